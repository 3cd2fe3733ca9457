"""How a training goes: its state, how far it is, curves, the newest preview, and Pause."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.curve import Curve
from kirara_studio.api.widgets.image_canvas import ImageCanvas
from kirara_studio.api.widgets.label import Label, plain_tip
from kirara_studio.api.widgets.training_task import TrainingTask
from kirara_studio.api.widgets.value_slider import ValueSlider

translate = QCoreApplication.translate


class TrainingView(QWidget):
    """Shows a :class:`TrainingTask`; a panel's own subclass has the words for it.

    ``column`` holds the state, the progress bar, a detail and the curves; a ``compact`` one, for an
    inspector, has no curves and small text. Where ``preview``, ``moments`` (chooses an earlier
    one) and ``pause_button`` stand is up to the panel.
    """

    def __init__(
        self, task: TrainingTask, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.task = task
        self._preview_path: Path | None = None
        self.status = Label(size=17, bold=True, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.detail = Label(size=12, tone="text_soft", wrap=True)
        self.curve = Curve()
        self.preview = ImageCanvas(at_top=True)
        self.moments = ValueSlider("", 1, 1, 1, parent=self)
        self.moments.hide()
        self.moments.changing.connect(lambda _: self._show_moment())
        self.pause_button = Button(icon="pause")
        self.pause_button.clicked.connect(task.toggle_pause)
        self.end_button = Button(icon="stop", kind="quiet")
        self.end_button.clicked.connect(task.end_now)
        self.start_button = Button(icon="play", kind="quiet")
        self.start_button.clicked.connect(task.start_now)
        self._compact = compact
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        for widget in (self.bar, self.detail) if compact else (self.status, self.bar, self.detail):
            self.column.addWidget(widget)
        if not compact:
            self.column.addWidget(self.curve, 1)
        self.column.addWidget(self.start_button)
        self.column.addWidget(self.end_button)
        task.changed.connect(self.refresh)

    # The words of a subclass

    def state_text(self, state: str) -> str:
        """The words for a state of the run; the state is "" without a run."""
        return {
            "starting": translate("widgets", "Starting…"),
            "running": translate("widgets", "Training"),
            "paused": translate("widgets", "Paused"),
            "stopped": translate("widgets", "Stopped; it can be resumed"),
            "finished": translate("widgets", "Finished"),
            "failed": translate("widgets", "The training failed"),
        }.get(state, "")

    def detail_text(self) -> str:
        """The progress of the run, in a sentence or two."""
        return self.task.text

    def end_text(self) -> str:
        """When the run ends, if it reports that."""
        left = self.task.seconds_left
        if left is None:
            return ""
        if left < 60:
            return translate("widgets", "Less than a minute left")
        now, short = QDateTime.currentDateTime(), QLocale.FormatType.ShortFormat
        end = now.addSecs(round(left))
        when = end.time() if end.date() == now.date() else end
        hours, minutes = divmod(round(left / 60), 60)
        length = translate("widgets", "{0} min").format(minutes)
        if hours:
            length = translate("widgets", "{0} h {1} min").format(hours, minutes)
        text = translate("widgets", "{0} left, until about {1}")
        return text.format(length, QLocale().toString(when, short))

    def curve_name(self, metric: str) -> str:
        """The name of a curve in the language of the window."""
        return metric

    # What is shown

    def refresh(self) -> None:
        """Show the run as it is now."""
        task = self.task
        self.preview.set_message(
            translate("widgets", "The first preview appears after a few seconds.")
        )
        self.curve.set_empty_text(translate("widgets", "The curves appear after a few seconds."))
        share = task.share
        self.bar.setRange(0, 0 if share is None and task.running and not task.queued else 1000)
        self.bar.setValue(round(1000 * (share or 0.0)))
        self.curve.set_series({self.curve_name(n): list(p) for n, p in task.curves.items()})
        self._show_previews()
        status, detail = self._status(), self.detail_text()
        self.status.setText(status or self.state_text(task.state))
        lines = (status if self._compact else "", detail, self.end_text())
        self.detail.setText("\n".join(filter(None, lines)))
        self.start_button.setVisible(task.queued)
        self.end_button.setVisible(task.stopping)
        self.detail.setToolTip(plain_tip("\n".join(task.notes)))
        held = task.resumable
        text = translate("widgets", "Resume") if held else translate("widgets", "Pause")
        self.pause_button.set_content(text, icon="play" if held else "pause")
        self.pause_button.setEnabled((held or task.state == "running") and not task.stopping)

    def _status(self) -> str:
        """What comes before all that a panel says of a run; "" if nothing does."""
        task = self.task
        if task.stopping:
            return translate("widgets", "Stopping…")
        if task.waiting:
            return translate("widgets", "Waiting for the processor…")
        if task.queued:
            return translate("widgets", "Waiting for the run before it")
        if task.interrupted:
            return translate("widgets", "Interrupted; it can be resumed")
        return translate("widgets", "Starting…") if task.state == "starting" else ""

    def previews(self) -> list[Path]:
        """The previews to show, the oldest first."""
        return self.task.previews

    def _show_previews(self) -> None:
        """Offer all previews; the newest is shown until the user looks at an earlier one."""
        count = len(self.previews())
        newest = self.moments.value >= self.moments.maximum or self.moments.value > count
        self.moments.maximum = self.moments.largest = self.moments.default = max(count, 1)
        self.moments.suffix = f" / {count}"
        self.moments.set_label(translate("widgets", "Previews over time"))
        self.moments.set_value(count if newest else self.moments.value)
        self.moments.setVisible(count > 1 and not self._compact)
        self._show_moment()

    def _show_moment(self) -> None:
        """Show the chosen preview; the one before stays while the file cannot be read."""
        previews, chosen = self.previews(), round(self.moments.value)
        path = previews[min(chosen, len(previews)) - 1] if previews else None
        if path != self._preview_path:
            image = QImage(str(path)) if path is not None else QImage()
            if path is None or not image.isNull():
                self._preview_path = path
                self.preview.set_picture(None if image.isNull() else image)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.bar.setAccessibleName(translate("widgets", "Progress of the training"))
        self.preview.setAccessibleName(translate("widgets", "Preview"))
        self.start_button.set_content(translate("widgets", "Start now"), icon="play")
        self.start_button.setToolTip(
            translate(
                "widgets",
                "Do not wait for the run before it. Two runs at once slow each other down.",
            )
        )
        self.end_button.set_content(translate("widgets", "End now"), icon="stop")
        self.end_button.setToolTip(
            translate(
                "widgets",
                "End the training without waiting for it. What it did since its last checkpoint is "
                "lost.",
            )
        )
        self.refresh()
