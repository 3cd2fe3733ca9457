"""Asks which lines to save as sound, where, and under which names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QFormLayout, QLineEdit, QWidget

from kirara_speech.project.exporting import ExportChoice
from kirara_speech.project.naming import (
    PATTERN,
    check_pattern,
    file_name,
    free_paths,
    pattern_of_all,
)
from kirara_speech.project.script import Line
from kirara_speech.sound.saving import SOUND_SUFFIXES
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists
from kirara_studio.api.widgets import Button, Label, Segments, error_words
from kirara_studio.api.widgets.layouts import column, row

translate = QCoreApplication.translate

CHOSEN, EACH, JOINED = 0, 1, 2
"""The selected lines separately, all lines separately, all lines in one file."""

_SUFFIXES = tuple(SOUND_SUFFIXES)
_SHOWN = 4  # names in the preview


class ExportDialog(QDialog):
    """``accepted_choice`` carries an :class:`ExportChoice`; ``state`` is what was chosen last."""

    accepted_choice = Signal(object)

    def __init__(
        self,
        lines: Sequence[Line],
        chosen: Sequence[int],
        project: str,
        folder: Path,
        voice_name: Callable[[str], str],
        state: dict[str, object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._lines = [(i, line) for i, line in enumerate(lines, 1) if not line.empty]
        self._chosen = {index + 1 for index in chosen}
        self._project, self._voice_name, self._state = project, voice_name, state
        self.which = Segments(["", "", ""])
        self.format = Segments([suffix[1:].upper() for suffix in _SUFFIXES])
        self.pattern = QLineEdit(str(state.get("pattern", PATTERN)))
        self.folder = QLineEdit(str(state.get("folder", folder)))
        self.browse = Button(icon="folder")
        self.replace = QCheckBox()
        self.texts = QCheckBox()
        self.labels = QCheckBox()
        self.preview = Label(size=12, tone="text_soft", wrap=True)
        self.problem = Label(size=12, tone="loss_text", wrap=True)
        self.cancel = Button()
        self.save = Button(kind="primary", icon="export")
        self._assemble()
        self._restore()
        for signal in (
            self.which.chosen,
            self.format.chosen,
            self.pattern.textChanged,
            self.folder.textChanged,
            self.replace.toggled,
        ):
            signal.connect(lambda _: self._show())
        self.browse.clicked.connect(self._ask_folder)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.submit)
        self._show()

    def _assemble(self) -> None:
        self.setWindowTitle(translate("speech", "Save as sound"))
        self.which.set_texts(
            [
                translate("speech", "Selected"),
                translate("speech", "All, each"),
                translate("speech", "All in one"),
            ]
        )
        self.which.set_name(translate("speech", "What"))
        self.format.set_name(translate("speech", "Format"))
        self.pattern.setAccessibleName(translate("speech", "Names"))
        self.pattern.setToolTip(
            translate("speech", "{number}, {voice}, {text} and {project} stand for what they name.")
        )
        self.folder.setAccessibleName(translate("speech", "Folder"))
        self.browse.set_purpose(translate("speech", "Choose a folder"))
        self.replace.setText(translate("speech", "Replace files that are there already"))
        self.texts.setText(translate("speech", "The text beside it (.txt)"))
        self.labels.setText(translate("speech", "The times of the morae beside it (.lab)"))
        self.cancel.set_content(translate("speech", "Cancel"))
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(translate("speech", "What"), self.which)
        form.addRow(translate("speech", "Format"), self.format)
        form.addRow(translate("speech", "Names"), self.pattern)
        form.addRow(translate("speech", "Folder"), row((self.folder, 1), self.browse))
        for box in (self.replace, self.texts, self.labels):
            form.addRow("", box)
        buttons = row(None, self.cancel, self.save)
        parts = (form, self.preview, self.problem, None, buttons)
        self.setLayout(column(*parts, spacing=14, margins=(24, 20, 24, 20)))
        self.setMinimumWidth(560)

    def _restore(self) -> None:
        suffix = self._state.get("suffix", ".wav")
        self.format.set_current(_SUFFIXES.index(suffix) if suffix in _SUFFIXES else 0)
        self.texts.setChecked(bool(self._state.get("texts")))
        self.labels.setChecked(bool(self._state.get("labels")))
        several = len(self._chosen) > 1 or len(self._lines) == 1
        self.which.set_current(CHOSEN if several else EACH)

    @property
    def suffix(self) -> str:
        return _SUFFIXES[self.format.current]

    def groups(self) -> list[list[tuple[int, Line]]]:
        """The lines of each file, with their numbers from 1."""
        if self.which.current == JOINED:
            return [self._lines] if self._lines else []
        wanted = self._lines
        if self.which.current == CHOSEN:
            wanted = [pair for pair in self._lines if pair[0] in self._chosen]
        return [[pair] for pair in wanted]

    def paths(self) -> list[Path]:
        """The paths of the files. Raises :class:`UserError` for an invalid pattern."""
        pattern = self.pattern.text()
        check_pattern(pattern)
        if self.which.current == JOINED:
            pattern = pattern_of_all(pattern)
        names = [
            file_name(
                pattern,
                number=group[0][0],
                voice=self._voice_name(group[0][1].voice),
                text=group[0][1].text,
                project=self._project,
            )
            for group in self.groups()
        ]
        folder = Path(self.folder.text()).expanduser()
        return free_paths(folder, names, self.suffix, replace=self.replace.isChecked())

    def _show(self) -> None:
        try:
            paths = self.paths()
        except UserError as error:
            self._refuse(str(error_words(error)))
            return
        if not paths:
            self._refuse(translate("speech", "These lines have no text."))
            return
        names = [path.name for path in paths[:_SHOWN]]
        rest = len(paths) - len(names)
        more = [translate("speech", "and {0} more").format(rest)] if rest else []
        self.preview.setText("\n".join([*names, *more]))
        there = sum(exists(path) for path in paths)
        text = translate("speech", "{0} of these files will be replaced.")
        self.problem.setText(text.format(there) if there else "")
        self.problem.setVisible(bool(there))
        self.save.setEnabled(True)
        self.save.set_content(
            translate("speech", "Save {0} files").format(len(paths))
            if len(paths) > 1
            else translate("speech", "Save the file")
        )

    def _refuse(self, problem: str) -> None:
        self.preview.setText("")
        self.problem.setText(problem)
        self.problem.show()
        self.save.set_content(translate("speech", "Save"))
        self.save.setEnabled(False)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, translate("speech", "Choose a folder"), self.folder.text()
        )
        if folder:
            self.folder.setText(folder)

    def submit(self) -> None:
        if not self.save.isEnabled():
            return
        groups = self.groups()
        self._state.update(
            pattern=self.pattern.text(),
            folder=self.folder.text(),
            suffix=self.suffix,
            texts=self.texts.isChecked(),
            labels=self.labels.isChecked(),
        )
        choice = ExportChoice(
            tuple(self.paths()),
            tuple(tuple(line for _, line in group) for group in groups),
            self.texts.isChecked(),
            self.labels.isChecked(),
        )
        self.accept()
        self.accepted_choice.emit(choice)
