"""The section of the inspector for fine-tuning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_foresight.fine_tuning import FineTuning
from kirara_studio.api.learning.schedule import LEFT
from kirara_studio.api.widgets import Button, Inspector, Segments, TrainingRuns, TrainingView

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

translate = QCoreApplication.translate

SECONDS = (60.0, 600.0, 0.0)
"""How long the training lasts; 0 means until it is stopped."""


class FineTuningSection(QObject):
    """Shows a :class:`FineTuning`; :attr:`toggled` carries the seconds to train for.

    Runs are deleted as steps of ``stack``.
    """

    toggled = Signal(float)

    def __init__(self, inspector: Inspector, tuning: FineTuning, stack: QUndoStack) -> None:
        super().__init__(inspector)
        self._tuning = tuning
        self.section = inspector.add_section("")
        self.advice = self.section.add_text()
        self.length = Segments(["", "", ""])
        self.button = Button(icon="train")
        self.view = _FineTuningView(tuning, compact=True)
        self.view.preview.setFixedHeight(116)
        for widget in (self.length, self.button, self.view, self.view.preview):
            self.section.add(widget)
        self.preview_note = self.section.add_text()
        self.runs = TrainingRuns(tuning, stack)
        self.section.add(self.runs)
        self.runs.use_requested.connect(tuning.use)
        self.button.clicked.connect(lambda: self.toggled.emit(SECONDS[self.length.current]))
        tuning.changed.connect(self._refresh)

    def _refresh(self) -> None:
        running = self._tuning.running
        self.button.set_content(
            translate("foresight", "Stop, and use it")
            if running
            else translate("foresight", "Train on this clip"),
            icon="stop" if running else "train",
        )
        self.length.setEnabled(not running)
        self.view.bar.setVisible(running)
        self.view.detail.setVisible(self._tuning.run is not None)
        there = not self.view.preview.image.isNull()
        self.view.preview.setVisible(there)
        self.preview_note.setVisible(there)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.section.set_title(translate("foresight", "Fine-tuning"))
        self.advice.setText(
            translate(
                "foresight",
                "Trains only on what comes before the moment, so the comparison stays fair. "
                "Goes on from the network above, or begins with a small one.",
            )
        )
        self.length.set_name(translate("foresight", "How long"))
        self.length.set_texts([
            translate("foresight", "1 min"), translate("foresight", "10 min"),
            translate("foresight", "Until I stop"),
        ])  # fmt: skip
        self.preview_note.setText(
            translate("foresight", "From above: seen, truth, forecast, error")
        )
        self.view.retranslate()
        self._refresh()


class _FineTuningView(TrainingView):
    def end_text(self) -> str:
        return ""  # the steps are followed by the seconds

    def detail_text(self) -> str:
        task = self.task
        if task.problem:
            return task.problem
        figures = task.figures
        step = figures.get("step")
        if step is None:
            return translate("foresight", "Reading the clip…") if task.running else ""
        text = translate("foresight", "{0} steps").format(f"{step:,.0f}")
        if task.running and (left := figures.get(LEFT)) is not None:
            text += " · " + translate("foresight", "{0} s left").format(f"{left:.0f}")
        error = figures.get("MSE (held out)")
        still = figures.get("MSE where nothing moves (held out)")
        if error is not None and still is not None:
            text += "\n" + translate(
                "foresight", "MSE {0} on held-out frames; {1} if nothing moves"
            ).format(f"{error:,.0f}", f"{still:,.0f}")
        return text
