"""The job bar: what runs, how far it is, Stop; at the right the device."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kirara_studio.api.jobs import Device, Progress
from kirara_studio.api.widgets import Button, Label, plain_tip
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.style import color
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.engine.job import JobInfo
from kirara_studio.engine.queue import JobQueue

APPEAR_MS = 250
"""A job that ends sooner is not worth a flicker."""
MESSAGE_MS = 6000
HEIGHT = 44


class JobBar(Translated, QFrame):
    """Follows the job queue. With ``only_panel`` it shows the jobs of one panel alone.

    ``row`` shows a job, ``popup`` (opened by ``more``) the others, ``message`` is the short
    sentence that is shown.
    """

    def __init__(self, jobs: JobQueue, only_panel: str = "") -> None:
        super().__init__()
        tokens = current_tokens()
        self._jobs = jobs
        self._only_panel = only_panel
        self._current_panel = only_panel
        self._running: dict[int, tuple[JobInfo, Progress | None]] = {}
        self._visible: list[int] = []
        self.message = ""
        self.popup: JobPopup | None = None
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)

        self.row = JobRow()
        self.more = Button(kind="quiet", small=True)
        self._message = Label(tone="text_soft", elide=True)
        self._status = Label(tone="text_soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.space_l, 0, tokens.space_l, 0)
        row.setSpacing(tokens.space_m)
        row.addWidget(self.row)
        row.addWidget(self.more)
        row.addWidget(self._message, 1)
        row.addWidget(self._status)

        self._hide_message = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._hide_message.timeout.connect(self._forget_message)
        self.row.stop_wanted.connect(jobs.cancel)
        self.more.clicked.connect(self._toggle_popup)
        jobs.job_started.connect(self._on_started)
        jobs.job_progress.connect(self._on_progress)
        jobs.job_finished.connect(self._on_finished)
        jobs.device_known.connect(self._on_device)
        if not only_panel:
            jobs.message.connect(self.show_message)
        self._device = jobs.device
        self._status_text = ""
        self._retranslate()

    @property
    def status(self) -> str:
        """The text at the right."""
        return self._status.text()

    def adopt(self, other: JobBar) -> None:
        """Show the running jobs that another bar knows of, as far as they belong here."""
        for job_id, (job, progress) in other._running.items():
            if not self._only_panel or job.panel_id == self._only_panel:
                self._running[job_id] = (job, progress)
                self._visible.append(job_id)
        self._show_jobs()

    def show_message(self, text: str) -> None:
        """Show a short sentence for some seconds."""
        self.message = text
        self._show_message()
        self._hide_message.start()

    def set_status(self, text: str) -> None:
        """What the panel in front runs on: model, milliseconds."""
        self._status_text = text
        self._show_status()

    def set_current_panel(self, panel_id: str) -> None:
        """Show this panel's job before the others'."""
        self._current_panel = panel_id
        self._show_jobs()

    # The queue

    def _on_started(self, job: JobInfo) -> None:
        if self._only_panel and job.panel_id != self._only_panel:
            return
        self._running[job.id] = (job, None)
        QTimer.singleShot(APPEAR_MS, self, lambda: self._appear(job.id))

    def _appear(self, job_id: int) -> None:
        if job_id in self._running:
            self._visible.append(job_id)
            self._show_jobs()

    def _on_progress(self, job: JobInfo, progress: Progress) -> None:
        if job.id in self._running:
            self._running[job.id] = (job, progress)
            if job.id in self._visible:
                self._show_jobs()

    def _on_finished(self, job: JobInfo) -> None:
        self._running.pop(job.id, None)
        if job.id in self._visible:
            self._visible.remove(job.id)
            self._show_jobs()

    def _on_device(self, device: Device) -> None:
        self._device = device
        self._show_status()

    # What is shown

    def _in_order(self) -> list[tuple[JobInfo, Progress | None]]:
        """The current panel's jobs first, then by age."""
        jobs = [self._running[job_id] for job_id in self._visible]
        return sorted(jobs, key=lambda entry: entry[0].panel_id != self._current_panel)

    def _show_jobs(self) -> None:
        jobs = self._in_order()
        self.row.setVisible(bool(jobs))
        self._show_message()
        if jobs:
            self.row.show_job(*jobs[0])
        others = len(jobs) - 1
        self.more.setVisible(others > 0)
        self.more.setText(self.tr("and %n more", "", max(others, 0)))
        if self.popup is not None:
            self.popup.show_jobs(jobs[1:])
            if others < 1:
                self.popup.close()

    def _show_status(self) -> None:
        device = self._device
        name = device.name if device else ""
        if device and device.kind == "cpu":
            one, count = self.tr("CPU, 1 thread"), device.threads
            name = one if count == 1 else self.tr("CPU, %n threads", "", count)
        self._status.setText(" · ".join(part for part in (name, self._status_text) if part))
        self._status.setToolTip(
            plain_tip(f"{device.name} · {device.precision} · {device.threads}" if device else "")
        )

    def _forget_message(self) -> None:
        self.message = ""
        self._show_message()

    def _show_message(self) -> None:
        """The message, or if there is none, how to find everything."""
        idle = not self._visible and not self._only_panel
        hint = self.tr("Ctrl+K finds everything") if idle else ""
        self._message.setText(self.message or hint)
        self._message.setToolTip(plain_tip(self.message))

    def _toggle_popup(self) -> None:
        if self.popup is not None:
            self.popup.close()
            return
        popup = JobPopup(self)
        popup.closed.connect(self._forget_popup)
        popup.stop_wanted.connect(self._jobs.cancel)
        popup.show_jobs(self._in_order()[1:])
        popup.adjustSize()
        corner = self.more.mapToGlobal(QPoint(0, 0))
        popup.move(corner - QPoint(0, popup.height() + current_tokens().space_xs))
        popup.show()
        self.popup = popup

    def _forget_popup(self) -> None:
        self.popup = None

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Running jobs"))
        self._show_jobs()
        self._show_status()


class JobRow(Translated, QWidget):
    """One job: title, how far, and Stop; ``aligned`` with the rows above and below."""

    stop_wanted = Signal(int)

    def __init__(self, *, aligned: bool = False) -> None:
        super().__init__()
        tokens = current_tokens()
        self._id = 0
        self._title = Label()
        self._text = Label(tone="text_soft")
        self._line = ProgressLine()
        self.stop_button = Button(kind="play", icon="stop", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.space_m)
        row.addWidget(self._title)
        row.addWidget(self._text)
        if aligned:
            row.addStretch(1)
        row.addWidget(self._line)
        row.addWidget(self.stop_button)
        self.stop_button.clicked.connect(lambda: self.stop_wanted.emit(self._id))
        self._retranslate()

    @property
    def text(self) -> str:
        """The title and the progress, as one text."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def show_job(self, job: JobInfo, progress: Progress | None) -> None:
        """Show a job and its progress; None while it has reported none."""
        if job.id != self._id:
            self._id = job.id
            self._text.setMinimumWidth(0)
        self._title.setText(job.title)
        self._text.setText(progress.text if progress else "")
        # It only gets wider: the line and the button keep still while numbers count up.
        self._text.setMinimumWidth(max(self._text.minimumWidth(), self._text.sizeHint().width()))
        self._text.setVisible(bool(self._text.text()))
        self._line.set_fraction(progress.fraction if progress else None)
        self.stop_button.setVisible(job.stoppable)
        self.stop_button.setAccessibleName(self.tr("Stop “{title}”").format(title=job.title))

    def _retranslate(self) -> None:
        self.stop_button.setText(self.tr("Stop"))


class ProgressLine(QWidget):
    """A thin mint line; it moves back and forth while the duration is unknown."""

    def __init__(self, width: int = 150) -> None:
        super().__init__()
        self._fraction: float | None = None
        self._phase = 0.0
        self.setFixedSize(width, 12)
        self.timer = QTimer(self, interval=40)
        self.timer.timeout.connect(self._step)

    def set_fraction(self, fraction: float | None) -> None:
        """From 0 to 1, or None if it is not known."""
        if fraction == self._fraction:
            return
        self._fraction = fraction
        percent = "" if fraction is None else f"{fraction:.0%}"
        self.setAccessibleName(percent)
        self.setToolTip(plain_tip(percent))
        self._run_timer()
        self.update()

    def showEvent(self, event: QEvent) -> None:
        self._run_timer()

    def hideEvent(self, event: QEvent) -> None:
        self.timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        groove = QRectF(0, self.height() / 2 - 2, self.width(), 4)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("line"))
            painter.drawRoundedRect(groove, 2, 2)
            done = QRectF(groove)
            if self._fraction is None:
                done.setWidth(groove.width() * 0.3)
                swing = 1 - abs(self._phase % 2 - 1)
                done.moveLeft((groove.width() - done.width()) * swing)
            else:
                done.setWidth(max(groove.width() * self._fraction, 4))
            painter.setBrush(color("success"))
            painter.drawRoundedRect(done, 2, 2)

    def _run_timer(self) -> None:
        moving = self._fraction is None and self.isVisible() and current_tokens().motion_fast > 0
        if moving != self.timer.isActive():
            self.timer.start() if moving else self.timer.stop()

    def _step(self) -> None:
        self._phase += 0.03
        self.update()


class JobPopup(QFrame):
    """The other running jobs, above the job bar."""

    closed = Signal()
    stop_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.rows: list[JobRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 12, 10)

    def show_jobs(self, jobs: list[tuple[JobInfo, Progress | None]]) -> None:
        """Show these jobs, in this order."""
        while len(self.rows) < len(jobs):
            row = JobRow(aligned=True)
            row.stop_wanted.connect(self.stop_wanted)
            self.rows.append(row)
            self._column.addWidget(row)
        while len(self.rows) > len(jobs):
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        for row, (job, progress) in zip(self.rows, jobs, strict=True):
            row.show_job(job, progress)

    def closeEvent(self, event: QEvent) -> None:
        self.closed.emit()
