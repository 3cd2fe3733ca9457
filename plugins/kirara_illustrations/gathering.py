"""The sources as the panel sees them, and collecting from them. No widgets."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_illustrations.collecting.collector import OwnSecrets
from kirara_illustrations.jobs import Collected, CollectRequest, TryRequest, collect_job, try_job
from kirara_illustrations.sources import SOURCES
from kirara_illustrations.storage.library import Library, SourceRow
from kirara_studio.api.files import is_folder
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Task

translate = QCoreApplication.translate

Push = Callable[[str, Callable[[Any, Any], None], Any, Any], None]
"""Does a step that can be undone: its text, ``write(old, new)``, and both values."""


class Gathering(QObject):
    """The sources of ``library``.

    Emits :attr:`changed` when the sources are others, :attr:`progressed` while a collection goes
    on, :attr:`ended` after it, and :attr:`tried` with what a source has, a line, or its error.
    """

    changed = Signal()
    progressed = Signal()
    ended = Signal()
    tried = Signal(object)

    def __init__(
        self, context: PanelContext, library: Library, push: Push, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._library, self._push = context, library, push
        self.rows: list[SourceRow] = []
        self.counts: Mapping[int, int] = {}
        """How many pictures are there of each source, by its number."""
        self.progress: Collected | None = None
        self.task = Task(context.jobs, "collect", io=True, parent=self)
        self.task.failed.connect(context.show_error)
        for signal in (self.task.failed, self.task.stopped):
            signal.connect(self._end)
        self._trying = Task(context.jobs, "try", io=True, parent=self)
        self._trying.failed.connect(self.tried)

    def reload(self) -> None:
        """Read the sources again. Raises UserError if that fails."""
        self.rows, self.counts = self._library.sources(), self._library.counts()

    # Collecting

    def collect(self, sources: Iterable[int] = ()) -> None:
        """Collect from these sources now, or from all that are switched on."""
        chosen = tuple(sources) or tuple(row.id for row in self.rows if row.enabled)
        self.progress = Collected()
        self.task.start(
            collect_job,
            CollectRequest(self._context.data_folder, self._context.secrets, chosen),
            self._on_collected,
            title=translate("illustrations", "Collecting"),
            on_part=self._on_progress,
        )

    def _on_progress(self, progress: Collected) -> None:
        self.progress = progress
        self.progressed.emit()

    def _on_collected(self, result: Collected) -> None:
        self._end()
        text = translate("illustrations", "{0} new pictures from {1} new posts.")
        text = text.format(result.files, result.posts)
        if result.failed:  # why stands beside the sources
            more = translate("illustrations", "{0} sources could not be asked.")
            text += " " + more.format(result.failed)
        self._context.show_message(text)

    def _end(self) -> None:
        self.progress = None
        self.ended.emit()

    # The list

    def try_source(self, kind: str, settings: Mapping[str, Any], secret: str) -> None:
        """Look what a source has; :attr:`tried` follows."""
        secrets = {SOURCES[kind].secret: secret}
        self._trying.start(try_job, TryRequest(kind, settings, secrets), self.tried.emit)

    def stop_trying(self) -> None:
        """Wait for a source no longer."""
        self._trying.stop()

    def secret_of(self, row: SourceRow) -> str:
        """The token or password of a source."""
        return self._secrets(row.name).get(SOURCES[row.kind].secret)

    def _secrets(self, name: str) -> OwnSecrets:
        return OwnSecrets(self._context.secrets, name)

    def put(
        self,
        before: SourceRow | None,
        name: str,
        kind: str,
        settings: Mapping[str, Any],
        secret: str,
    ) -> None:
        """Add a source, or change one, and collect from it. Raises UserError if that fails."""
        name = name.strip()
        if before is None:
            number = self._library.add_source(name, kind, settings)
        else:
            number = before.id
            self._library.change_source(number, name, settings)
            if name != before.name:
                self._secrets(before.name).set(SOURCES[kind].secret, "")
        if SOURCES[kind].secret:
            self._secrets(name).set(SOURCES[kind].secret, secret)
        self.collect([number])
        self.changed.emit()

    def add_folders(self, paths: Sequence[Path]) -> None:
        """Add folders as sources; of a file it is the folder that it lies in."""
        folders = dict.fromkeys(path if is_folder(path) else path.parent for path in paths)
        known = {row.settings.get("path") for row in self.rows}
        names = {row.name for row in self.rows}
        numbers = []
        for folder in folders:
            if str(folder) not in known:
                name = base = folder.name or str(folder)
                for count in itertools.count(2):
                    if name not in names:
                        break
                    name = f"{base} {count}"
                names.add(name)
                numbers.append(self._library.add_source(name, "folder", {"path": str(folder)}))
        if numbers:
            self.collect(numbers)
        self.changed.emit()

    def set_enabled(self, row: SourceRow, on: bool) -> None:
        """Collect from a source in the background, or do not."""

        def write(_old: bool, new: bool) -> None:
            self._library.set_enabled(row.id, new)

        text = translate("illustrations", "Switch on or off")
        self._push(text, write, row.enabled, on)

    def remove(self, row: SourceRow) -> None:
        """Forget a source; what it brought stays."""
        secret, name = self.secret_of(row), SOURCES[row.kind].secret

        def write(_old: bool, there: bool) -> None:
            if there:
                self._library.restore_source(row)
            else:
                self._library.remove_source(row.id)
            if name:
                self._secrets(row.name).set(name, secret if there else "")

        self._push(translate("illustrations", "Remove the source"), write, True, False)
        text = translate("illustrations", "Removed: {0}. Its pictures stay. Ctrl+Z brings it back.")
        self._context.show_message(text.format(row.name))
