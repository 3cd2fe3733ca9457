"""The page that trains a voice on recordings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QScrollArea, QWidget

from kirara_speech.training_session import TrainingSession
from kirara_speech.view.training_form import TrainingForm
from kirara_speech.view.training_progress import TrainingProgress
from kirara_speech.voice_library import VoiceLibrary
from kirara_studio.api.widgets import Button, Label, TrainingRuns
from kirara_studio.api.widgets.inspector import scroll_in
from kirara_studio.api.widgets.layouts import Part, column, row
from kirara_studio.api.widgets.mixins import Translated

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent, QUndoStack

translate = QCoreApplication.translate


class TrainingSection(Translated, QWidget):
    """Settings and recordings on the left, the newest run on the right."""

    def __init__(self, task: TrainingSession, voices: VoiceLibrary, stack: QUndoStack) -> None:
        super().__init__()
        self.task, self._voices = task, voices
        self.runs = TrainingRuns(task, stack)
        self.form = TrainingForm(task)
        self.progress = TrainingProgress(task)
        self.start_button = Button(kind="primary")
        self.queue_button = Button(icon="plus")
        self.name = QLineEdit()
        self.make_button = Button(icon="check")
        self._made = Label(size=12, tone="success_text", wrap=True)
        self._assemble()
        self._connect()
        self._retranslate()

    def _assemble(self) -> None:
        self._made.hide()
        self.name.setMinimumWidth(160)
        making = row((self.name, 1), self.make_button)
        buttons = self.start_button, self.queue_button, self.progress.pause_button
        settings, scroll = QWidget(), QScrollArea()
        settings.setLayout(column((self.form, 1), self.runs, spacing=4))
        scroll_in(scroll, settings)
        left = _card((scroll, 1), *buttons)
        left.setFixedWidth(340)
        right = _card((self.progress, 1), making, self._made)
        self.setLayout(row(left, (right, 1), spacing=16))

    def _connect(self) -> None:
        self.form.folder_wanted.connect(self.ask_folder)
        self.form.folder_given.connect(self.choose_folder)
        self.form.report.listen_wanted.connect(self.task.listen)
        self.task.sound_read.connect(self.progress.play)
        self.task.voice_made.connect(lambda _: self._on_made())
        self.task.changed.connect(self._show_state)
        self.start_button.clicked.connect(self.start_or_stop)
        self.queue_button.clicked.connect(self.start)
        self.runs.use_requested.connect(self._use_run)
        self.name.textChanged.connect(lambda _: self._show_state())
        self.name.returnPressed.connect(self.make_voice)
        self.make_button.clicked.connect(self.make_voice)

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    # Recordings

    def ask_folder(self) -> None:
        title = translate("speech", "A folder with recordings")
        chosen = QFileDialog.getExistingDirectory(self, title)
        if chosen:
            self.choose_folder(Path(chosen))

    def choose_folder(self, folder: Path) -> None:
        if not self.name.text():
            self.name.setText(folder.name)
        self.task.check(folder, self.form.start_from)

    # Runs

    def start_or_stop(self) -> None:
        """Start a run on the checked folder, or save and end the current one."""
        if self.task.stopping:
            return
        if self.task.running:
            self.task.stop()
        elif self.task.folder is None:
            self.ask_folder()
        else:
            self.start()

    def start(self) -> None:
        """Start a run on the checked folder; it is queued while another one goes on."""
        self.progress.player.stop()
        self._show_made("")
        self.task.start(self.form.kinds, self.form.start_from)

    # The voice

    def make_voice(self) -> None:
        if self.make_button.isEnabled():
            self._show_made("")
            self.task.make_voice(self.name.text())

    def _use_run(self) -> None:
        """Make a voice of the run, with the run's name if none was typed."""
        run = self.runs.list.shown
        if run is not None and not self.name.text().strip():
            self.name.setText(run.name)
        self.make_voice()

    def _on_made(self) -> None:
        text = translate("speech", "“{0}” is among your voices now.")
        self._show_made(text.format(self.name.text().strip()))
        self._show_voices()

    def _show_voices(self) -> None:
        self._voices.refresh()
        self.form.show_voices(self._voices.own)

    # What is shown

    def _show_made(self, text: str) -> None:
        self._made.setText(text)
        self._made.setVisible(bool(text))

    def _show_state(self) -> None:
        running, stopping = self.task.running, self.task.stopping
        folder, report = self.task.folder, self.task.report
        self.form.refresh()
        text = translate("speech", "Stop") if running else translate("speech", "Start training")
        if stopping:
            text = translate("speech", "Stopping…")
        self.start_button.set_content(text, icon="stop" if running else "train")
        usable = report is not None and report.used > 1
        self.start_button.setEnabled(not stopping and (running or folder is None or usable))
        self.queue_button.setVisible(running and folder is not None)
        self.queue_button.setEnabled(usable)
        self.make_button.setEnabled(self.task.has_checkpoint and bool(self.name.text().strip()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_voices()
        self.task.attach()

    def _retranslate(self) -> None:
        self.name.setPlaceholderText(translate("speech", "Name of the voice"))
        self.name.setAccessibleName(translate("speech", "Name of the voice"))
        self.make_button.set_content(translate("speech", "Make a voice of it"))
        self.queue_button.set_content(translate("speech", "Train on them next"))
        self.form.retranslate()
        self.progress.retranslate()
        self._show_state()


def _card(*parts: Part) -> QFrame:
    """Parts below each other on a card."""
    card = QFrame()
    card.setProperty("role", "card")
    card.setLayout(column(*parts, spacing=12, margins=(20, 20, 20, 20)))
    return card
