"""Files of models that are dropped anywhere, or named at the start, go to the panel for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QObject
from PySide6.QtWidgets import QApplication

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.ui.drops import WindowDrops
from kirara_studio.ui.panel_host import PanelHost
from kirara_studio.ui.services import WindowServices

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent


class ModelFiles(WindowDrops):
    """Asks the plugins' model formats which panel a file is for, and gives it to that panel.

    ``open_panel`` shows a panel and returns its place; ``show_error`` is for errors outside panels.
    """

    def __init__(
        self,
        services: WindowServices,
        open_panel: Callable[[str], PanelHost],
        show_error: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._registry = services.registry
        self._open_panel = open_panel
        self._show_error = show_error
        self._jobs = services.jobs.for_panel("", show_error)

    def files_in(self, data: QMimeData) -> list[Path]:
        """The files that are dragged, if each has the suffix of some format."""
        # Not needed for the first paint.
        from kirara_studio.api.widgets import dropped_files
        from kirara_studio.engine.model_formats import may_be

        paths, formats = dropped_files(data), self._registry.model_formats
        return paths if all(any(may_be(path, f) for f in formats) for path in paths) else []

    def open(self, paths: Sequence[Path], host: PanelHost | None = None) -> None:
        """Find out which panel ``paths`` are for, show it, and let it import them.

        If several panels would take a file, the one that it was dropped on (``host``) comes first,
        then they follow the order of the navigation. What no format recognises is for ``host``.
        """
        from kirara_studio.engine.model_formats import RecogniseRequest, recognise_job

        request = RecogniseRequest(tuple(paths), tuple(self._registry.model_formats))
        names = ", ".join(path.name for path in paths)
        self._jobs.submit(
            f"recognise {paths}",
            recognise_job,
            request,
            title=self.tr("Looking at {files}").format(files=names),
            on_result=lambda found: self._give(dict(zip(paths, found, strict=True)), host),
        )

    def take(self, paths: list[Path], window: QObject, event: QDropEvent) -> None:
        """Files were dropped."""
        self.open(paths, _host_at(window, event))

    def _give(self, found: dict[Path, list[str]], host: PanelHost | None) -> None:
        for_panels: dict[str, list[Path]] = {}
        for path, formats in found.items():
            panels = [
                self._registry.panel_of_format(form)
                for form in self._registry.model_formats
                if form.id in formats
            ]
            if host is not None and (host.panel.id in panels or not panels):
                panels = [host.panel.id]
            if panels:
                for_panels.setdefault(panels[0], []).append(path)
            else:
                self._show_error(self._unknown(path))
        for panel_id, paths in for_panels.items():
            self._open_panel(panel_id).open_files(paths)

    def _unknown(self, path: Path) -> UserError:
        if not is_file(path):
            return UserError("There is no file “{path}”.", advice="Check the name.", path=path)
        translate = QCoreApplication.translate
        formats = self._registry.model_formats
        titles = [translate(self._registry.panel_of_format(f), f.title) for f in formats]
        return UserError(
            "No panel can open “{file}”.",
            advice="Models can be imported of these kinds: {kinds}.",
            file=path.name,
            kinds=", ".join(titles) or "–",
        )


def _host_at(window: QObject, event: QDropEvent) -> PanelHost | None:
    """The panel that something is dropped on."""
    top = next((w for w in QApplication.topLevelWidgets() if w.windowHandle() is window), None)
    widget = top.childAt(event.position().toPoint()) if top is not None else None
    while widget is not None and not isinstance(widget, PanelHost):
        widget = widget.parentWidget()
    return widget
