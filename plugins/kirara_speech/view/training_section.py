"""Training a voice on one's own recordings, from the folder to the voice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kirara_speech.learning.recording_report import Report
from kirara_speech.learning.voice_making import (
    CheckRequest,
    ListenRequest,
    MakeVoiceRequest,
    check_job,
    listen_job,
    make_voice_job,
)
from kirara_speech.speaking.voices import available_voices, config_in
from kirara_speech.training_session import TrainingSession
from kirara_speech.view.training_form import TrainingForm
from kirara_speech.view.training_progress import TrainingProgress
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.style import RADIUS, color

translate = QCoreApplication.translate


class TrainingSection(QWidget):
    """Settings and recordings at the left, the newest run at the right.

    ``voice_made`` carries the name of a voice that is there now. Runs are kept in
    ``data_folder / "training"``; they go on while the window is closed, and are found again.
    """

    voice_made = Signal(str)

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.folder: Path | None = None
        self.report: Report | None = None
        self.task = TrainingSession(context, self)
        self.form = TrainingForm()
        self.progress = TrainingProgress(self.task, self._show_error)
        self.start_button = Button(kind="primary")
        self.name = QLineEdit()
        self.make_button = Button(icon="check")
        self._made = Label(size=12, tone="success_text", wrap=True)
        self._assemble()
        self._connect()
        self.retranslate()

    def _assemble(self) -> None:
        left = _Card()
        left.setFixedWidth(340)
        column = QVBoxLayout(left)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(self.form, 1)
        column.addWidget(self.start_button)
        column.addWidget(self.progress.pause_button)
        right = _Card()
        column = QVBoxLayout(right)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(self.progress, 1)
        making = QHBoxLayout()
        making.setSpacing(8)
        making.addWidget(self.name, 1)
        making.addWidget(self.make_button)
        column.addLayout(making)
        column.addWidget(self._made)
        self._made.hide()
        self.name.setMinimumWidth(160)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(left)
        layout.addWidget(right, 1)

    def _connect(self) -> None:
        self.form.folder_wanted.connect(self.ask_folder)
        self.form.folder_given.connect(self.choose_folder)
        self.form.voice_changed.connect(self._check)
        self.form.report.listen_wanted.connect(self.listen)
        self.task.changed.connect(self._show_state)
        self.start_button.clicked.connect(self.start_or_stop)
        self.name.textChanged.connect(lambda _: self._show_state())
        self.name.returnPressed.connect(self.make_voice)
        self.make_button.clicked.connect(self.make_voice)

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    # Recordings

    def ask_folder(self) -> None:
        """Let the user choose a folder of recordings."""
        title = translate("speech", "A folder with recordings")
        chosen = QFileDialog.getExistingDirectory(self, title)
        if chosen:
            self.choose_folder(Path(chosen))

    def choose_folder(self, folder: Path) -> None:
        """Take the recordings of ``folder`` for the next run, and check them."""
        self.folder = folder
        if not self.name.text():
            self.name.setText(folder.name)
        self._check()

    def _check(self) -> None:
        if self.folder is None:
            return
        self.report = None
        self.form.show_folder(self.folder, checking=True)
        try:
            request = CheckRequest(self.folder, self._front_end())
        except UserError as error:
            self._forget_folder(error)
            return
        self._context.jobs.submit(
            "check recordings",
            check_job,
            request,
            title=translate("speech", "Checking the recordings"),
            on_result=self._on_report,
            on_error=self._forget_folder,
        )
        self._show_state()

    def _front_end(self) -> str:
        """By which the texts are read: as the voice does that is gone on from."""
        start = self.form.start_from
        if start is None or start.text2mel is None:
            return "japanese"
        return str(getattr(config_in(start.text2mel), "front_end", "japanese"))

    def _on_report(self, report: Report) -> None:
        self.report = report
        self.form.show_report(report)
        self._show_state()

    def listen(self, name: str) -> None:
        """Play a recording of the folder."""
        if self.folder is None:
            return
        self._context.jobs.submit(
            "hear recording",
            listen_job,
            ListenRequest(self.folder, name),
            on_result=self.progress.play,
            on_error=self._show_error,
        )

    def _forget_folder(self, error: BaseException) -> None:
        self.folder = None
        self.form.show_folder(None, checking=False)
        self._show_state()
        self._show_error(error)

    # Runs

    def start_or_stop(self) -> None:
        """Start a run on the checked folder; while one runs, save and end it."""
        if self.task.stopping:
            return
        if self.task.running:
            self.task.stop()
        elif self.folder is None:
            self.ask_folder()
        elif self.report is not None:
            self.progress.player.stop()
            self._show_made("")
            self.task.start(self.folder, self.report.used, self.form.kinds, self.form.start_from)

    # The voice

    def make_voice(self) -> None:
        """Make a voice of what the run has learnt so far; it goes on meanwhile."""
        run = self.task.run
        if run is None or not self.make_button.isEnabled():
            return
        self._show_made("")
        self._context.jobs.submit(
            "make voice",
            make_voice_job,
            MakeVoiceRequest(run.folder, self.name.text(), self._context.data_folder),
            title=translate("speech", "Making a voice"),
            on_result=self._on_made,
            on_error=self._show_error,
        )

    def _on_made(self, name: str) -> None:
        text = translate("speech", "“{0}” is among your voices now.")
        self._show_made(text.format(self.name.text().strip()))
        self.form.show_voices(available_voices(self._context.data_folder))
        self.voice_made.emit(name)

    # What is shown

    def _show_made(self, text: str) -> None:
        self._made.setText(text)
        self._made.setVisible(bool(text))

    def _show_error(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._context.show_error(error)

    def _show_state(self) -> None:
        running, stopping = self.task.running, self.task.stopping
        text = translate("speech", "Stop") if running else translate("speech", "Start training")
        if stopping:
            text = translate("speech", "Stopping…")
        self.start_button.set_content(text, icon="stop" if running else "train")
        usable = self.report is not None and self.report.used > 1
        self.start_button.setEnabled(not stopping and (running or self.folder is None or usable))
        self.make_button.setEnabled(self.task.has_checkpoint and bool(self.name.text().strip()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.show_voices(available_voices(self._context.data_folder))
        self.task.attach()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.name.setPlaceholderText(translate("speech", "Name of the voice"))
        self.name.setAccessibleName(translate("speech", "Name of the voice"))
        self.make_button.set_content(translate("speech", "Make a voice of it"))
        self.form.retranslate()
        self.progress.retranslate()
        self._show_state()


class _Card(QWidget):
    """A card of the page."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(color("line"))
            painter.setBrush(color("surface"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS, RADIUS)
