"""The section "Learn" of the inspector."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QProgressBar

from kirara_foresight.fine_tuning import FineTuning
from kirara_foresight.learning.schedule import LEFT
from kirara_studio.api.widgets import Button, ImageCanvas, Inspector, Segments

translate = QCoreApplication.translate

SECONDS = (60.0, 600.0, 0.0)
"""How long the training lasts; 0 until it is stopped."""


class FineTuningSection(QObject):
    """Shows a :class:`FineTuning`; :attr:`toggled` carries the seconds to train for."""

    toggled = Signal(float)

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self.section = inspector.add_section("")
        self.advice = self.section.add_text()
        self.length = Segments(["", "", ""])
        self.section.add(self.length)
        self.button = Button(icon="train")
        self.section.add(self.button)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedHeight(6)
        self.section.add(self.bar)
        self.status = self.section.add_text()
        self.preview = ImageCanvas(at_top=True)
        self.preview.setFixedHeight(116)
        self.section.add(self.preview)
        self.preview_note = self.section.add_text()
        self._preview_path: Path | None = None
        self.button.clicked.connect(lambda: self.toggled.emit(SECONDS[self.length.current]))

    def show(self, tuning: FineTuning) -> None:
        """Show how far the training is."""
        self.button.set_content(
            translate("foresight", "Stop, and use it")
            if tuning.running
            else translate("foresight", "Learn from this clip"),
            icon="stop" if tuning.running else "train",
        )
        self.length.setEnabled(not tuning.running)
        self._show_preview(tuning.preview)
        self.bar.setVisible(tuning.running)
        self.status.setVisible(tuning.run is not None)
        left = tuning.figures.get(LEFT)
        if left is not None and tuning.seconds > 0:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * (1 - left / tuning.seconds)))
        else:
            self.bar.setRange(0, 0)
        self.status.setText(_words(tuning))

    def _show_preview(self, path: Path | None) -> None:
        if path != self._preview_path:
            image = QImage(str(path)) if path is not None else QImage()
            if path is None or not image.isNull():
                self._preview_path = path
                self.preview.set_picture(None if image.isNull() else image)
        there = not self.preview.image.isNull()
        self.preview.setVisible(there)
        self.preview_note.setVisible(there)

    def retranslate(self) -> None:
        """Set the texts again; those of a training are set by :meth:`show`."""
        self.section.set_title(translate("foresight", "Learn"))
        self.advice.setText(
            translate(
                "foresight",
                "Learns only from what comes before the moment, so that its forecast stays "
                "honest. Goes on from the network above, or begins a small one.",
            )
        )
        self.length.set_name(translate("foresight", "How long"))
        self.length.set_texts(
            [
                translate("foresight", "1 min"),
                translate("foresight", "10 min"),
                translate("foresight", "Until I stop"),
            ]
        )
        self.bar.setAccessibleName(translate("foresight", "Fine-tuning progress"))
        self.preview.setAccessibleName(translate("foresight", "Preview"))
        self.preview_note.setText(
            translate("foresight", "From above: seen, truth, forecast, error")
        )


def _words(tuning: FineTuning) -> str:
    if tuning.problem:
        return tuning.problem
    figures = tuning.figures
    step = figures.get("step")
    if step is None:
        return translate("foresight", "Reading the clip…") if tuning.running else ""
    text = translate("foresight", "{0} steps").format(f"{step:,.0f}")
    if tuning.running and (left := figures.get(LEFT)) is not None:
        text += " · " + translate("foresight", "{0} s left").format(f"{left:.0f}")
    error = figures.get("MSE (held out)")
    still = figures.get("MSE where nothing moves (held out)")
    if error is not None and still is not None:
        text += "\n" + translate(
            "foresight", "MSE {0} on what was held out; {1} where nothing moves"
        ).format(f"{error:,.0f}", f"{still:,.0f}")
    return text
