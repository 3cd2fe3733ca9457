"""The button "Save as sound", and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kirara_speech.project.exporting import Clip, ExportRequest, export_job
from kirara_speech.project.script import Line
from kirara_speech.speaking.pieces import SpeakRequest
from kirara_speech.view.export_dialog import Choice, ExportDialog
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobHandle
from kirara_studio.api.widgets import Button

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel

translate = QCoreApplication.translate


class Exports:
    """Asks what to save, and has it saved in the engine; ``saved`` are the newest files."""

    def __init__(self, panel: SpeechPanel) -> None:
        self._panel = panel
        self.button = Button(icon="export")
        self.button.clicked.connect(self.ask)
        self.dialog: ExportDialog | None = None
        self.saved: list[Path] = []
        self.job: JobHandle | None = None
        self._waiting: Choice | None = None

    def ask(self) -> None:
        """Ask what is to be saved."""
        panel = self._panel
        state = panel.context.state.setdefault("export", {})
        if not isinstance(state, dict):
            state = panel.context.state["export"] = {}
        self.dialog = ExportDialog(
            panel.script.lines,
            panel.desk.lines.chosen,
            panel.files.title,
            panel.context.results_folder,
            lambda name: panel.voices.look(name).short,
            state,
            panel.window(),
        )
        self.dialog.accepted_choice.connect(self.save)
        self.dialog.open()

    def save(self, choice: Choice) -> None:
        """Save what was chosen, as soon as it is known how all of it is read."""
        self._waiting = choice
        self.try_waiting()

    def try_waiting(self) -> None:
        """Go on with what waited for readings."""
        choice = self._waiting
        if choice is None:
            return
        try:
            requests = [self._requests(lines) for lines in choice.lines]
        except UserError as error:
            self._waiting = None
            self._panel.report(error)
            return
        ready = [found for found in requests if found is not None]
        if len(ready) < len(requests):
            return
        self._waiting = None
        clips = tuple(map(Clip, choice.paths, choice.lines, ready))
        self.job = self._panel.context.jobs.submit(
            "export",
            export_job,
            ExportRequest(clips, choice.texts, choice.labels),
            title=translate("speech", "Saving sound"),
            on_result=self._on_saved,
            on_error=self._on_error,
        )

    def _requests(self, lines: Sequence[Line]) -> tuple[SpeakRequest, ...] | None:
        """The requests of lines; None while a reading is missing, all of which are asked for."""
        found = [self._panel.hearing.request_of(line) for line in lines]
        ready = [request for request in found if request is not None]
        return tuple(ready) if len(ready) == len(found) else None

    def _on_saved(self, paths: list[Path]) -> None:
        self.job = None
        self.saved = paths
        if len(paths) == 1:
            text = translate("speech", "Saved as {0}").format(paths[0])
        else:
            text = translate("speech", "Saved {0} files in {1}").format(len(paths), paths[0].parent)
        self._panel.context.show_message(text)

    def _on_error(self, error: BaseException) -> None:
        self.job = None
        self._panel.report(error)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.button.set_content(translate("speech", "Save sound"))
        self.button.setToolTip(translate("speech", "Save lines as sound files (Ctrl+E)"))
