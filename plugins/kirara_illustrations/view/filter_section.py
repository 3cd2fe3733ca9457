"""The inspector's filter: the threshold, and what it does to the user's own pictures."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_illustrations.filter.classes import THRESHOLD
from kirara_illustrations.session import ANY, PASSING, REST, Session
from kirara_studio.api.widgets import Button, Inspector, Segments, ValueSlider, model_name
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate

_SHOWN = (PASSING, REST, ANY)
_BARS = 20


class FilterSection(QObject):
    """Which pictures are shown, from which confidence on, and how many pass then.

    Emits :attr:`learn_requested`.
    """

    learn_requested = Signal()

    def __init__(self, inspector: Inspector, session: Session) -> None:
        super().__init__(inspector)
        self._session, self._filtering = session, session.filtering
        self.section = inspector.add_section("")
        self.shown = Segments(["", "", ""])
        self.histogram = Histogram()
        self.threshold = ValueSlider("", 0, 100, 100 * THRESHOLD, suffix="%")
        self.learn = Button(icon="train")
        for widget in (self.shown, self.histogram, self.threshold):
            self.section.add(widget)
        self.note = self.section.add_text()
        self.section.add(self.learn)
        self.shown.chosen.connect(lambda index: session.set_show(_SHOWN[index]))
        self.threshold.changing.connect(lambda value: self._show_consequence(value / 100))
        self.threshold.changed.connect(lambda value: self._filtering.set_threshold(value / 100))
        self.learn.clicked.connect(self.learn_requested)
        session.changed.connect(self.show_filter)

    def show_filter(self) -> None:
        """Show the filter as the session has it."""
        filtering = self._filtering
        there = filtering.model is not None
        for widget in (self.shown, self.histogram, self.threshold):
            widget.setVisible(there)
        self.learn.setVisible(there and filtering.corrections > 0)
        self.shown.set_current(_SHOWN.index(self._session.view.show))
        self.threshold.set_value(round(100 * filtering.threshold))
        text = translate("illustrations", "Learn from {0} corrections")
        self.learn.set_content(text.format(filtering.corrections))
        self._show_consequence(filtering.threshold)

    def _show_consequence(self, threshold: float) -> None:
        model, values = self._filtering.model, sorted(self._filtering.confidences)
        self.histogram.show_values(values, threshold)
        if model is None:
            self.note.setText(
                translate(
                    "illustrations",
                    "No filter is installed, so every picture passes. Choose one in the settings.",
                )
            )
            return
        passing = len(values) - bisect_left(values, threshold)
        text = translate("illustrations", "{0} of {1} pictures pass. Filter: {2}")
        self.note.setText(text.format(f"{passing:,}", f"{len(values):,}", model_name(model.name)))

    def retranslate(self) -> None:
        """Set the texts again."""
        self.section.set_title(translate("illustrations", "Filter"))
        self.shown.set_texts(
            [
                translate("illustrations", "Passes"),
                translate("illustrations", "Rest"),
                translate("illustrations", "All"),
            ]
        )
        self.shown.set_name(translate("illustrations", "Which pictures are shown"))
        self.threshold.set_label(translate("illustrations", "Passes from"))
        self.histogram.setAccessibleName(
            translate("illustrations", "How sure the filter is of the pictures")
        )
        self.show_filter()


class Histogram(QWidget):
    """How many pictures have which confidence, and which of them pass."""

    def __init__(self) -> None:
        super().__init__()
        self._values: Sequence[float] = ()
        self._threshold = THRESHOLD
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float], threshold: float) -> None:
        """Show sorted confidences of 0…1."""
        self._values, self._threshold = values, threshold
        passing = len(values) - bisect_left(values, threshold)
        self.setAccessibleDescription(f"{passing} / {len(values)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        edges = [bisect_left(self._values, n / _BARS) for n in range(_BARS)] + [len(self._values)]
        counts = [after - before for before, after in itertools.pairwise(edges)]
        most = max(*counts, 1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            wide, high = self.width() / _BARS, self.height() - 4
            for n, count in enumerate(counts):
                passes = (n + 0.5) / _BARS >= self._threshold
                painter.setBrush(color("accent" if passes else "line_strong"))
                # A square root, or the one bar of the certain ones would hide all others.
                tall = 2 + (high - 2) * (count / most) ** 0.5 if count else 1
                painter.drawRoundedRect(QRectF(n * wide + 1, high - tall, wide - 2, tall), 2, 2)
            painter.setBrush(color("text"))
            painter.drawRect(QRectF(self._threshold * self.width() - 1, 0, 2, high + 4))
