"""The user's dictionary: words, how they are read, and where their pitch falls."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.user_dictionary import (
    UserDictionary,
    read_voicevox_file,
    write_voicevox_file,
)
from kirara_speech.reading.words import HIGHEST_PRIORITY, KINDS, Word, word
from kirara_speech.view.phrase_layout import LOWEST
from kirara_speech.view.phrase_view import PhraseView
from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import Button, Label, ValueSlider, error_words
from kirara_studio.api.widgets.layouts import column, row

translate = QCoreApplication.translate

_KEY = Qt.ItemDataRole.UserRole


class DictionaryDialog(QDialog):
    """``changed``: the dictionary has changed. ``play_wanted`` carries a phrase."""

    changed = Signal()
    play_wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, dictionary: UserDictionary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dictionary = dictionary
        self._key = ""  # of the word that is shown; empty for a new one
        self._words: dict[str, Word] = {}
        self._accent = 0
        self.list = QListWidget()
        self.surface = QLineEdit()
        self.reading = QLineEdit()
        self.accent = PhraseView()
        self.kind = QComboBox()
        self.priority = ValueSlider("", 0, HIGHEST_PRIORITY, 5)
        self.problem = Label(size=12, tone="loss_text", wrap=True)
        self.new = Button(icon="plus")
        self.import_button = Button(kind="quiet")
        self.export_button = Button(kind="quiet")
        self.report = Label(size=12, tone="success_text", wrap=True)
        self.play = Button(icon="play")
        self.remove = Button(icon="close")
        self.save = Button(kind="primary", icon="check")
        self.close_button = Button()
        self._assemble()
        self._connect()
        self.reload()
        self.begin()

    def _assemble(self) -> None:
        self.setWindowTitle(translate("speech", "Dictionary"))
        self.list.setAccessibleName(translate("speech", "Words"))
        self.list.setMinimumWidth(200)
        for field, name in (
            (self.surface, translate("speech", "Written")),
            (self.reading, translate("speech", "Read (katakana)")),
        ):
            field.setAccessibleName(name)
        for kind in KINDS:
            self.kind.addItem(kind_name(kind), kind)
        self.kind.setAccessibleName(translate("speech", "Kind"))
        self.priority.set_label(translate("speech", "Priority"))
        self.priority.setToolTip(
            translate("speech", "10: chosen before nearly any other word. 0: hardly ever.")
        )
        self.accent.setFixedHeight(int(LOWEST))
        self.import_button.setToolTip(
            translate("speech", "Import the words of a dictionary that VOICEVOX exported")
        )
        self.export_button.setToolTip(
            translate("speech", "Save the words for VOICEVOX, or for another studio")
        )
        for button, text in (
            (self.new, translate("speech", "New word")),
            (self.import_button, translate("speech", "Import…")),
            (self.export_button, translate("speech", "Export…")),
            (self.play, translate("speech", "Listen")),
            (self.remove, translate("speech", "Delete")),
            (self.save, translate("speech", "Save")),
            (self.close_button, translate("speech", "Close")),
        ):
            button.set_content(text)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(translate("speech", "Written"), self.surface)
        form.addRow(translate("speech", "Read (katakana)"), self.reading)
        form.addRow(translate("speech", "Kind"), self.kind)
        hint = Label(translate("speech", "Click where the pitch falls"), size=12, tone="text_soft")
        buttons = row(self.play, self.remove, None, self.close_button, self.save)
        right = column(
            *(form, hint, self.accent, self.priority, self.problem, None, buttons), spacing=10
        )
        files = row((self.import_button, 1), (self.export_button, 1))
        left = column((self.list, 1), self.report, self.new, files)
        self.report.hide()
        self.setLayout(row((left, 2), (right, 3), spacing=20, margins=(20, 20, 20, 20)))
        self.resize(760, 520)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda item, _: self._on_item(item))
        self.reading.textChanged.connect(lambda _: self._show_accent())
        self.surface.textChanged.connect(lambda _: self._check())
        self.accent.edits.changed.connect(lambda phrases, *_: self._on_accent(phrases))
        self.new.clicked.connect(lambda: self.begin())
        self.import_button.clicked.connect(self.ask_import)
        self.export_button.clicked.connect(self.ask_export)
        self.play.clicked.connect(lambda: self.play_wanted.emit(self.phrase))
        self.remove.clicked.connect(self.remove_word)
        self.save.clicked.connect(self.save_word)
        self.close_button.clicked.connect(self.accept)

    # What is shown

    def reload(self) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            try:
                self._words = self._dictionary.words()
            except UserError as error:
                self._words = {}
                self.failed.emit(error)
            for key, known in self._words.items():
                item = QListWidgetItem(f"{known.surface}　{known.reading}")
                item.setData(_KEY, key)
                self.list.addItem(item)
                if key == self._key:
                    self.list.setCurrentItem(item)
        self.export_button.setEnabled(bool(self._words))

    def begin(self, surface: str = "", reading: str = "") -> None:
        with QSignalBlocker(self.list):
            self.list.clearSelection()
            self.list.setCurrentRow(-1)
        self._show("", Word(surface, reading))
        (self.reading if surface else self.surface).setFocus()

    def _on_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            key = item.data(_KEY)
            self._show(key, self._words[key])

    def _show(self, key: str, shown: Word) -> None:
        self._key, self._accent = key, shown.accent
        self.surface.setText(shown.surface)
        self.reading.setText(shown.reading)
        self.kind.setCurrentIndex(max(self.kind.findData(shown.kind), 0))
        self.priority.set_value(shown.priority)
        self.remove.setEnabled(bool(key))
        self._show_accent()

    @property
    def phrase(self) -> AccentPhrase | None:
        """The word as it will be pronounced; None without a reading."""
        morae = morae_of(self.reading.text())
        return AccentPhrase(morae, min(self._accent, len(morae)), end=True) if morae else None

    def _show_accent(self) -> None:
        phrase = self.phrase
        hint = translate("speech", "Write the reading first.")
        self.accent.show_phrases(() if phrase is None else (phrase,), hint=hint)
        self._check()

    def _on_accent(self, phrases: tuple[AccentPhrase, ...]) -> None:
        if len(phrases) == 1:
            self._accent = phrases[0].accent
        self._show_accent()

    def _word(self) -> Word:
        return word(
            self.surface.text(),
            self.reading.text(),
            min(self._accent, len(morae_of(self.reading.text()))),
            self.kind.currentData(),
            int(self.priority.value),
        )

    def _check(self) -> None:
        self.play.setEnabled(self.phrase is not None)
        problem = ""
        if self.surface.text() and self.reading.text():
            try:
                self._word()
            except UserError as error:
                problem = str(error_words(error))
        self.problem.setText(problem)
        self.save.setEnabled(
            bool(self.surface.text().strip() and self.reading.text().strip()) and not problem
        )

    # Commands

    def save_word(self) -> None:
        try:
            shown = self._word()
            if self._key:
                self._dictionary.change(self._key, shown)
            else:
                self._key = self._dictionary.add(shown)
        except UserError as error:
            self.problem.setText(str(error_words(error)))
            return
        self.reload()
        self._show(self._key, shown)  # as it was normalised
        self.changed.emit()

    def remove_word(self) -> None:
        if not self._key:
            return
        try:
            self._dictionary.remove(self._key)
        except UserError as error:
            self.problem.setText(str(error_words(error)))
            return
        self._key = ""
        self.reload()
        self.begin()
        self.changed.emit()

    # Files

    def ask_import(self) -> None:
        title = translate("speech", "Import words")
        name, _ = QFileDialog.getOpenFileName(self, title, "", _kinds())
        if name:
            self.import_words(Path(name))

    def import_words(self, path: Path) -> None:
        """Import the words of a file; known ones do not change."""
        self.report.hide()
        try:
            words = read_voicevox_file(path)
            taken = self._dictionary.add_all(words, override=False)
        except UserError as error:
            self.problem.setText(str(error))
            return
        self.reload()
        text = translate("speech", "Words imported: {0}.").format(taken)
        if taken < len(words):
            here = translate("speech", "Already known, and not changed: {0}.")
            text = f"{text} {here.format(len(words) - taken)}"
        self._report(text)
        self.changed.emit()

    def ask_export(self) -> None:
        title = translate("speech", "Export the words")
        name, _ = QFileDialog.getSaveFileName(self, title, "dictionary.json", _kinds())
        if name:
            path = Path(name)
            self.export_words(path if path.suffix else path.with_suffix(".json"))

    def export_words(self, path: Path) -> None:
        self.report.hide()
        try:
            words = self._dictionary.words()
            write_voicevox_file(path, words)
        except UserError as error:
            self.problem.setText(str(error))
            return
        text = translate("speech", "Words saved to “{1}”: {0}.")
        self._report(text.format(len(words), path.name))

    def _report(self, text: str) -> None:
        self.problem.setText("")
        self.report.setText(text)
        self.report.show()


def _kinds() -> str:
    return translate("speech", "Dictionaries of VOICEVOX ({0})").format("*.json")


def kind_name(kind: str) -> str:
    """The title of a kind of word."""
    return {
        "PROPER_NOUN": translate("speech", "Proper noun"),
        "COMMON_NOUN": translate("speech", "Common noun"),
        "VERB": translate("speech", "Verb"),
        "ADJECTIVE": translate("speech", "Adjective"),
        "SUFFIX": translate("speech", "Suffix"),
    }.get(kind, kind)
