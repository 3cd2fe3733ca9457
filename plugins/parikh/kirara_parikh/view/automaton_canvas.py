"""An automaton, drawn."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from kirara_parikh.grammars.writing import EMPTY_WORD, letter_text
from kirara_parikh.jobs import Drawing
from kirara_parikh.view.zoom_canvas import ZoomCanvas
from kirara_studio.api.widgets import set_role
from kirara_studio.api.widgets.style import color, font

_READABLE = 44  # pixels of a unit below which labels are left out
_UP = 1.25  # a unit across is this many upwards
_MOST_LABELS = 3
_CROWDED = 60  # transitions; labels are then shown for the state that is looked at


class AutomatonCanvas(ZoomCanvas):
    """States and transitions; the pointer and the arrow keys explore them.

    :attr:`state_changed` carries the state that is looked at, or None.
    """

    state_changed = Signal(object)
    largest_scale = 120.0
    margin = 56.0

    def __init__(self) -> None:
        super().__init__()
        self._drawing: Drawing | None = None
        self._labels: dict[tuple[int, int], str] = {}
        self._walked: frozenset[int] = frozenset()
        self._pointed: int | None = None
        self.selected: int | None = None
        self.hovered.connect(self._on_hover)
        self.clicked.connect(lambda place: self.select(self._state_at(place)))
        set_role(self, QAccessible.Role.Graphic)

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Show an automaton with places."""
        if drawing is self._drawing:
            return
        self._drawing = drawing
        self._pointed = self.selected = None
        self._walked = frozenset()
        self._labels = {} if drawing is None else _labels_of(drawing)
        self.fit()
        self.state_changed.emit(None)

    def show_walk(self, states: Iterable[int]) -> None:
        """Mark the states in which a word leads."""
        self._walked = frozenset(states)
        self.update()

    @property
    def state(self) -> int | None:
        """The state that is looked at."""
        return self._pointed if self._pointed is not None else self.selected

    def place(self, state: int) -> tuple[float, float]:
        """Where a state lies in the scene."""
        assert self._drawing is not None
        x, y = self._drawing.places[state]
        return x * _UP, y

    def extent(self) -> QRectF:
        if self._drawing is None or not self._drawing.places:
            return QRectF()
        places = [self.place(state) for state in range(len(self._drawing.places))]
        left, right = min(x for x, _ in places), max(x for x, _ in places)
        top, bottom = min(y for _, y in places), max(y for _, y in places)
        return QRectF(left - 0.3, top - 0.35, right - left + 0.6, bottom - top + 0.7)

    # Exploring

    def _state_at(self, place: QPointF) -> int | None:
        if self._drawing is None or not self._drawing.places:
            return None

        def away(state: int) -> float:
            x, y = self.place(state)
            return math.hypot(place.x() - x, place.y() - y)

        nearest = min(range(len(self._drawing.places)), key=away)
        return nearest if away(nearest) * self.scale < max(26, self._radius()) else None

    def _on_hover(self, place: QPointF | None) -> None:
        state = None if place is None else self._state_at(place)
        if state != self._pointed:
            self._pointed = state
            self.update()
            self.state_changed.emit(self.state)

    def select(self, state: int | None) -> None:
        """Look at a state; None looks at none."""
        self.selected = state
        if state is not None:
            self.reveal(*self.place(state))
        self.update()
        self.state_changed.emit(self.state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self._drawing is not None and self._drawing.places:
            count = len(self._drawing.places)
            self._pointed = None
            self.select(0 if self.selected is None else (self.selected + step) % count)
        elif event.key() == Qt.Key.Key_Escape and self.selected is not None:
            self.select(None)
        else:
            super().keyPressEvent(event)

    # Painting

    def _radius(self) -> float:
        return min(max(self.scale * 0.19, 4.0), 20.0)

    def _width(self, state: int) -> float:
        """Half the width of a state: its name fits in."""
        assert self._drawing is not None
        if self.scale < _READABLE:
            return self._radius()
        text = QFontMetricsF(font(self, 12)).horizontalAdvance(self._name(state))
        return max(self._radius(), text / 2 + 8)

    def _name(self, state: int) -> str:
        assert self._drawing is not None
        name = self._drawing.automaton.names[state]
        return name if len(name) <= 14 else f"{name[:12]}…"

    def draw(self, painter: QPainter, size: QRectF) -> None:
        if self._drawing is None or not self._drawing.places:
            return
        looked_at = self.state
        for near in (False, True):  # what is looked at lies above the rest
            for (source, target), label in self._labels.items():
                if (looked_at in (source, target)) == near:
                    faded = not near and (looked_at is not None or len(self._labels) > _CROWDED)
                    self._draw_transition(painter, source, target, label, faded, near)
        self._draw_start(painter)
        for state in range(len(self._drawing.places)):
            self._draw_state(painter, state)

    def _draw_state(self, painter: QPainter, state: int) -> None:
        assert self._drawing is not None
        middle = self.to_pixel(*self.place(state))
        half, high = self._width(state), self._radius()
        box = QRectF(middle.x() - half, middle.y() - high, 2 * half, 2 * high)
        looked_at, walked = state == self.state, state in self._walked
        painter.setPen(
            QPen(color("accent" if looked_at else "line_strong"), 2 if looked_at else 1.5)
        )
        painter.setBrush(
            color("success_soft" if walked else "accent_soft" if looked_at else "raised")
        )
        painter.drawRoundedRect(box, high, high)
        if state in self._drawing.automaton.final:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = box.adjusted(3, 3, -3, -3)
            painter.drawRoundedRect(inner, high - 3, high - 3)
        if self.scale >= _READABLE:
            painter.setPen(color("success_text" if walked else "text"))
            painter.setFont(font(self, 12, bold=looked_at))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._name(state))

    def _draw_start(self, painter: QPainter) -> None:
        assert self._drawing is not None
        start = self._drawing.automaton.start
        end = self.to_pixel(*self.place(start)) - QPointF(self._width(start) + 2, 0)
        painter.setPen(QPen(color("text_soft"), 1.5))
        painter.drawLine(end - QPointF(26, 0), end)
        _draw_tip(painter, end, QPointF(1, 0), color("text_soft"))

    def _draw_transition(
        self,
        painter: QPainter,
        source: int,
        target: int,
        label: str,
        faded: bool,
        strong: bool,
    ) -> None:
        ink = color("accent_text" if strong else "text_soft", 0.35 if faded else 1.0)
        path, tip, direction, place = self._curve(source, target)
        painter.setPen(QPen(ink, 2 if strong else 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        _draw_tip(painter, tip, direction, ink)
        if self.scale >= _READABLE and not faded:
            self._draw_label(painter, place, label, ink)

    def _draw_label(self, painter: QPainter, place: QPointF, label: str, ink: QColor) -> None:
        painter.setFont(font(self, 12))
        box = QFontMetricsF(painter.font()).boundingRect(label).adjusted(-3, -1, 3, 1)
        box.moveCenter(place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("surface", 0.9))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    def _curve(self, source: int, target: int) -> tuple[QPainterPath, QPointF, QPointF, QPointF]:
        """The line of a transition: path, tip, direction at the tip, and where its label goes."""
        begin, end = (self.to_pixel(*self.place(state)) for state in (source, target))
        if source == target:
            return self._loop(begin)
        way = end - begin
        length = max(math.hypot(way.x(), way.y()), 1.0)
        side = QPointF(way.y(), -way.x()) / length
        bend = 0.0
        layers = abs(self.place(source)[0] - self.place(target)[0]) / _UP
        if (target, source) in self._labels or layers < 0.5 or layers > 1.5:
            bend = min(0.16 * length + 8, 0.7 * self.scale)
        middle = (begin + end) / 2 + side * 2 * bend
        start = _border(begin, middle - begin, self._width(source), self._radius())
        tip = _border(end, middle - end, self._width(target) + 2, self._radius() + 2)
        path = QPainterPath(start)
        path.quadTo(middle, tip)
        direction = tip - middle
        size = max(math.hypot(direction.x(), direction.y()), 1e-6)
        return path, tip, direction / size, path.pointAtPercent(0.5)

    def _loop(self, middle: QPointF) -> tuple[QPainterPath, QPointF, QPointF, QPointF]:
        high = self._radius()
        reach = min(max(self.scale * 0.36, 14.0), 42.0)
        start, tip = middle + QPointF(-9, -high + 1), middle + QPointF(9, -high - 1)
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(-reach * 0.5, -reach), tip + QPointF(reach * 0.5, -reach), tip)
        way = QPointF(-reach * 0.5, reach)
        return path, tip, way / math.hypot(way.x(), way.y()), path.pointAtPercent(0.5)


def _border(middle: QPointF, way: QPointF, across: float, up: float) -> QPointF:
    """Where a line from the middle of a state leaves it."""
    length = max(math.hypot(way.x() / across, way.y() / up), 1e-6)
    return middle + way / length


def _draw_tip(painter: QPainter, tip: QPointF, direction: QPointF, ink: QColor) -> None:
    side = QPointF(-direction.y(), direction.x())
    back = tip - direction * 8
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([tip, back + side * 4, back - side * 4]))


def _labels_of(drawing: Drawing) -> dict[tuple[int, int], str]:
    """The words of the transitions between two states, in one label."""
    automaton = drawing.automaton
    words: dict[tuple[int, int], list[str]] = defaultdict(list)
    for step in automaton.transitions:
        letters = [automaton.letters[letter] for letter in step.word]
        joined = ("" if all(len(name) == 1 for name in letters) else " ").join(letters)
        words[step.source, step.target].append(joined or EMPTY_WORD)
    return {
        pair: " | ".join(found[:_MOST_LABELS]) + (" | …" if len(found) > _MOST_LABELS else "")
        for pair, found in words.items()
    }


def transitions_text(drawing: Drawing, state: int) -> str:
    """What leaves a state, for the caption and for screen readers."""
    automaton = drawing.automaton
    parts = [
        f"{' '.join(letter_text(automaton.letters[n]) for n in step.word) or EMPTY_WORD} → "
        f"{automaton.names[step.target]}"
        for step in automaton.leaving[state]
    ]
    shown = ",  ".join(parts[:6])
    return f"{shown} …" if len(parts) > 6 else shown
