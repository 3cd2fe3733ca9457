"""The panel's dialogs: opening, importing, saving, and the user's dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from kirara_speech.open_project import PROJECTS
from kirara_speech.project.project_file import SUFFIX
from kirara_speech.session import Session
from kirara_speech.sound.saving import SOUND_SUFFIXES
from kirara_speech.speaking.voice_import import SUFFIXES
from kirara_speech.view.dictionary_dialog import DictionaryDialog
from kirara_speech.view.export_dialog import ExportDialog
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import SaveButton

translate = QCoreApplication.translate


class Dialogs:
    """Asks the user and calls the session; ``export`` and ``dictionary`` are the last dialogs."""

    def __init__(self, context: PanelContext, session: Session, save_button: SaveButton) -> None:
        self._context, self._session, self._save_button = context, session, save_button
        self.dictionary: DictionaryDialog | None = None
        self.export: ExportDialog | None = None

    # Projects and other files

    def new_project(self) -> None:
        """Start an empty project, after asking about unsaved lines."""
        if self._may_replace():
            self._session.project.new()

    def ask_open(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in (*PROJECTS, ".txt", *SOUND_SUFFIXES))
        name, _ = QFileDialog.getOpenFileName(
            self._save_button.window(),
            translate("speech", "Open"),
            str(self._session.project.path or self._context.results_folder),
            translate("speech", "Projects, texts and sounds ({0})").format(kinds),
        )
        if name:
            self.take([Path(name)])

    def take(self, paths: Sequence[Path]) -> None:
        """Open the first project of these files, or add all of them."""
        project = next((path for path in paths if path.suffix.lower() in PROJECTS), None)
        if project is None:
            self._session.add_files(paths)
        else:
            self.open_project(project)

    def open_project(self, path: Path) -> None:
        """Open a project, after asking about unsaved lines."""
        script = self._session.project.load(path)
        if script is not None and self._may_replace():
            self._session.project.show(script, path)

    def save_project(self) -> bool:
        """Save the project; True if it was saved."""
        project = self._session.project
        return self.save_project_as() if project.path is None else project.save(project.path)

    def save_project_as(self) -> bool:
        """Ask where, and save the project there; True if it was saved."""
        project = self._session.project
        kinds = translate("speech", "Projects of Speech ({0})").format(f"*{SUFFIX}")
        path = self._save_button.ask(project.title, SUFFIX, kinds, project.path)
        return path is not None and project.save(path)

    def _may_replace(self) -> bool:
        project, buttons = self._session.project, QMessageBox.StandardButton
        if not project.unsaved:
            return True
        answer = QMessageBox.question(
            self._save_button.window(),
            translate("speech", "Unsaved lines"),
            translate("speech", "Save the changes to “{0}” first?").format(project.title),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self.save_project()
        return answer == buttons.Discard

    def ask_voice(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(
            self._save_button.window(),
            translate("speech", "Import a voice"),
            "",
            translate("speech", "Networks of a voice ({0})").format(kinds),
        )
        if names:
            self._session.import_voice([Path(name) for name in names])

    # Dialogs of our own

    def ask_export(self) -> None:
        session = self._session
        state = self._context.state.setdefault("export", {})
        if not isinstance(state, dict):
            state = self._context.state["export"] = {}
        self.export = ExportDialog(
            session.script.lines,
            session.script.rows,
            session.project.title,
            self._context.results_folder,
            lambda name: session.voices.look(name).short,
            state,
            self._save_button.window(),
        )
        self.export.accepted_choice.connect(session.export)
        self.export.open()

    def report_export(self, paths: list[Path]) -> None:
        if len(paths) == 1:
            self._save_button.report(paths[0])
        else:
            text = translate("speech", "Saved {0} files in {1}")
            self._context.show_message(text.format(len(paths), paths[0].parent))

    def open_dictionary(self, word: str = "") -> None:
        """Show the user's dictionary, with a new ``word`` unless it is empty."""
        session = self._session
        self.dictionary = DictionaryDialog(session.dictionary, self._save_button.window())
        self.dictionary.changed.connect(session.read_again)
        self.dictionary.play_wanted.connect(session.play_word)
        self.dictionary.failed.connect(self._context.show_error)
        if word:
            self.dictionary.begin(word, session.reading_of(word))
        self.dictionary.open()
