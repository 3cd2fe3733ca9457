"""Projects: new, open, save, recent; and what is dropped on the panel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from kirara_speech.project.project_file import (
    SUFFIX,
    load_project,
    load_text,
    load_voicevox,
    save_project,
)
from kirara_speech.project.script import Line, Script
from kirara_speech.project.sound_memory import lines_of
from kirara_speech.sound.saving import SOUND_SUFFIXES, recall
from kirara_speech.speaking.voice_import import (
    SUFFIXES,
    ImportRequest,
    holds_voice,
    import_voice_job,
)
from kirara_studio.api.errors import UserError

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel

translate = QCoreApplication.translate

VOICEVOX = ".vvproj"
_RECENT = 8


class Files:
    """The project's file. What is not in it yet is kept in the panel's state all the same."""

    def __init__(self, panel: SpeechPanel) -> None:
        self._panel = panel
        self.path: Path | None = None
        self.name = ""
        """What a project without a file is called, such as the one of VOICEVOX that it was."""
        self._saved: tuple[Line, ...] = ()

    @property
    def title(self) -> str:
        """What the project is called."""
        return self.path.stem if self.path else self.name or translate("speech", "Untitled")

    @property
    def unsaved(self) -> bool:
        """Whether there is something that is not in the file, or in no file at all."""
        lines = self._panel.script.lines
        if self.path is None and all(line.empty for line in lines):
            return False
        return lines != self._saved

    @property
    def recent(self) -> list[Path]:
        """Projects that were open, the newest first, as far as they are there."""
        known = self._panel.context.state.get("recent", [])
        names = known if isinstance(known, list) else []
        return [Path(name) for name in names if isinstance(name, str) and Path(name).is_file()]

    # New, open, save

    def new(self) -> None:
        """Begin anew, after asking about what is unsaved."""
        if self.may_go_on():
            line = Line(voice=self._panel.script.line.voice)
            self._take(Script((line,), line.key), None)

    def ask_open(self) -> None:
        """Ask for a file, and open it."""
        kinds = " ".join(f"*{s}" for s in (SUFFIX, VOICEVOX, ".txt", *SOUND_SUFFIXES))
        name, _ = QFileDialog.getOpenFileName(
            self._panel,
            translate("speech", "Open"),
            str(self.path or self._panel.context.results_folder),
            translate("speech", "Projects, texts and sounds ({0})").format(kinds),
        )
        if name:
            self.take([Path(name)])

    def open(self, path: Path) -> None:
        """Open a project, the studio's or VOICEVOX's, after asking about what is unsaved."""
        try:
            if path.suffix.lower() == VOICEVOX:
                script, place = load_voicevox(path, self._panel.voices.styles), None
            else:
                script, place = load_project(path), path
        except UserError as error:
            self._panel.report(error)
            return
        if self.may_go_on():
            self._take(script, place, path.stem)
            if place is None:
                self._tell_missing_voices()

    def _tell_missing_voices(self) -> None:
        """Say which lines of VOICEVOX's project have a voice that is not here."""
        lines = self._panel.script.lines
        missing = sum(not line.voice for line in lines)
        if not missing:
            return
        self._panel.report(
            UserError(
                "The voices of {missing} of {lines} lines are not here. {voice} speaks them.",
                advice="Start VOICEVOX and open the project again, or choose voices (F3).",
                missing=missing,
                lines=len(lines),
                voice=self._panel.voices.look("").title,
            )
        )

    def save(self) -> bool:
        """Save the project where it is, or ask where; True where it was."""
        return self.ask_save_as() if self.path is None else self.save_as(self.path)

    def ask_save_as(self) -> bool:
        """Ask where, and save the project there."""
        folder = self._panel.context.results_folder
        start = self.path or folder / f"{self.title}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self._panel,
            translate("speech", "Save the project"),
            str(start),
            translate("speech", "Projects of Speech ({0})").format(f"*{SUFFIX}"),
        )
        if not name:
            return False
        path = Path(name)
        return self.save_as(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX))

    def save_as(self, path: Path) -> bool:
        """Save the project there; True where it was."""
        try:
            save_project(path, self._panel.script)
        except UserError as error:
            self._panel.report(error)
            return False
        self.path, self._saved = path, self._panel.script.lines
        self._remember(path)
        self._panel.show_name()
        self._panel.context.show_message(translate("speech", "Saved as {0}").format(path))
        return True

    def may_go_on(self) -> bool:
        """Whether the lines in front may be put away: asks where some are unsaved."""
        if not self.unsaved:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._panel,
            translate("speech", "Unsaved lines"),
            translate("speech", "Save the changes to “{0}” first?").format(self.title),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self.save()
        return answer == buttons.Discard

    def restore(self, script: Script, path: Path | None, saved: bool, name: str = "") -> None:
        """Take over what was open when the studio ended."""
        self.path, self.name = path, name
        self._panel.show_script(script)
        self._saved = self._panel.script.lines if saved else ()
        self._panel.show_name()

    def _take(self, script: Script, path: Path | None, name: str = "") -> None:
        panel = self._panel
        panel.hearing.stop()
        panel.undo_stack.clear()
        self.restore(script, path, path is not None, name)
        if path is not None:
            self._remember(path)

    def _remember(self, path: Path) -> None:
        names = [str(path), *(str(known) for known in self.recent if known != path)]
        self._panel.context.state["recent"] = names[:_RECENT]

    # Drops

    def take(self, paths: Sequence[Path]) -> None:
        """Projects are opened, voices imported; the lines of texts and saved sounds come below."""
        for path in paths:
            suffix = path.suffix.lower()
            if suffix in (SUFFIX, VOICEVOX):
                self.open(path)
                return
        if any(map(holds_voice, paths)):
            self.import_voice([path for path in paths if holds_voice(path)])
            return
        new: list[Line] = []
        for path in paths:
            try:
                new += self._lines_in(path)
            except UserError as error:
                self._panel.report(error)
        if new:
            self._panel.changes.add_lines(new, translate("speech", "From a file"))

    def ask_voice(self) -> None:
        """Ask for a voice's networks, and import them."""
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(
            self._panel,
            translate("speech", "Import a voice"),
            "",
            translate("speech", "Networks of a voice ({0})").format(kinds),
        )
        if names:
            self.import_voice([Path(name) for name in names])

    def import_voice(self, paths: Sequence[Path]) -> None:
        """Make a voice of networks, or of a folder with them; the selected lines get it."""
        self._panel.context.jobs.submit(
            "import",
            import_voice_job,
            ImportRequest(tuple(paths), self._panel.context.data_folder),
            title=translate("speech", "Importing a voice"),
            on_result=self._on_voice,
            on_error=self._panel.report,
        )

    def _on_voice(self, name: str) -> None:
        self._panel.voices.refresh()
        self._panel.changes.set_voice(name)
        self._panel.context.show_message(
            translate("speech", "The voice “{0}” is here.").format(name)
        )

    def _lines_in(self, path: Path) -> list[Line]:
        if path.suffix.lower() in SOUND_SUFFIXES:
            return lines_of(recall(path))
        if path.is_dir():
            raise UserError(
                "“{file}” is a folder.",
                advice="Drop a project, a voice, a text or a sound that was saved here.",
                file=path.name,
            )
        voice = self._panel.script.line
        return [Line(line.text, voice.voice, voice.manner) for line in load_text(path)]
