"""A labelled number that is dragged, typed, or reset by a double click."""

from __future__ import annotations

import math
import unicodedata

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from kirara_studio.api.widgets.mixins import Hovered
from kirara_studio.api.widgets.roles import set_role
from kirara_studio.api.widgets.style import Animation, color, draw_line, font

_KNOB = 7.0
_TRACK_Y = 34.0


class ValueSlider(Hovered, QWidget):
    """A number from ``minimum`` to ``maximum`` in steps of ``step``.

    A click on the number (or Enter, or a digit) types it; numbers typed may go up to
    ``largest``, which may lie beyond the slider. A double click on the track resets to
    ``default``. Emits :attr:`changing` for every value on the way, and :attr:`changed` once,
    when a value is settled: one drag is one undo step.
    """

    changing = Signal(float)
    changed = Signal(float)

    def __init__(
        self,
        label: str,
        minimum: float,
        maximum: float,
        default: float,
        *,
        step: float = 1.0,
        decimals: int = 0,
        suffix: str = "",
        largest: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = label
        self.minimum, self.maximum = minimum, maximum
        self.largest = maximum if largest is None else largest
        self.default, self.step, self.decimals, self.suffix = default, step, decimals, suffix
        self._value = self._settled = default
        self._dragging = False
        self._hover = Animation(self, self.update)
        self._editor: QLineEdit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, QAccessible.Role.Slider)
        self._describe()

    # The value

    @property
    def value(self) -> float:
        """The current value."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show ``value`` without emitting anything.

        Setting the value that :attr:`changing` just sent does not settle it.
        """
        value = self._fit(value)
        if value == self._value:
            return
        self._value = self._settled = value
        self._describe()
        self.update()

    def set_label(self, label: str) -> None:
        """Change the label, after the language changed."""
        self._label = label
        self._describe()
        self.update()

    def reset(self) -> None:
        """Go back to the default."""
        self._go(self.default)
        self._settle()

    def text(self) -> str:
        """The value as it is shown."""
        return f"{self._value:.{self.decimals}f}{self.suffix}"

    def _fit(self, value: float) -> float:
        if not math.isfinite(value):
            return self._value
        return round(min(max(value, self.minimum), self.largest), self.decimals)

    def _go(self, value: float) -> None:
        value = self._fit(value)
        if value != self._value:
            self._value = value
            self._describe()
            self.update()
            self.changing.emit(value)

    def _settle(self) -> None:
        if self._value != self._settled:
            self._settled = self._value
            self.changed.emit(self._value)

    def _describe(self) -> None:
        self.setAccessibleName(self._label)
        self.setAccessibleDescription(self.text())

    # Where things are

    def sizeHint(self) -> QSize:
        return QSize(200, 46)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 46)

    def number_box(self) -> QRectF:
        """Where the number is, which a click edits."""
        width = QFontMetrics(font(self, 14)).horizontalAdvance(self.text()) + 16
        return QRectF(self.width() - width, 0, width, 24)

    def _fraction(self) -> float:
        span = self.maximum - self.minimum
        return min(max((self._value - self.minimum) / span, 0.0), 1.0) if span else 0.0

    def _value_at(self, x: float) -> float:
        fraction = (x - _KNOB) / max(self.width() - 2 * _KNOB, 1)
        value = self.minimum + min(max(fraction, 0.0), 1.0) * (self.maximum - self.minimum)
        return self.minimum + round((value - self.minimum) / self.step) * self.step

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.number_box().contains(event.position()):
            self.edit()
        elif event.position().y() > 20:
            self._dragging = True
            self._go(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over_number = self.number_box().contains(event.position())
        shape = Qt.CursorShape.IBeamCursor if over_number else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if self._dragging:
            self._go(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._dragging = False
            self._settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():  # a wheel that scrolls past must not change numbers
            event.ignore()
            return
        self._go(self._value + (self.step if event.angleDelta().y() > 0 else -self.step))
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: -self.step,
            Qt.Key.Key_Down: -self.step,
            Qt.Key.Key_Right: self.step,
            Qt.Key.Key_Up: self.step,
            Qt.Key.Key_PageDown: -10 * self.step,
            Qt.Key.Key_PageUp: 10 * self.step,
        }
        key = Qt.Key(event.key())
        places = {
            Qt.Key.Key_Home: self.minimum,
            Qt.Key.Key_End: self.maximum,
            Qt.Key.Key_Delete: self.default,
            Qt.Key.Key_Backspace: self.default,
        }
        if key in moves:
            self._go(self._value + moves[key])
        elif key in places:
            self._go(places[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.edit()
            return
        elif (typed := _narrow(event.text())) and typed in "0123456789-.":
            self.edit(typed)
            return
        else:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self._settle()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._settle()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle()

    # Typing

    def edit(self, start: str = "") -> None:
        """Type the number; ``start`` replaces it, else it is selected."""
        if self._editor is not None:
            return
        editor = QLineEdit(start or f"{self._value:.{self.decimals}f}", self)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setFont(font(self, 14))
        editor.setAccessibleName(self._label)
        editor.setStyleSheet(
            f"QLineEdit {{ background: {color('surface').name()}; color: {color('text').name()};"
            f" border: 1px solid {color('accent').name()}; border-radius: 4px;"
            " padding: 0 4px; margin: 0; min-height: 0; }"
        )
        editor.setGeometry(self.width() - 96, 0, 96, 24)
        if not start:
            editor.selectAll()
        editor.installEventFilter(self)
        editor.editingFinished.connect(self._typed)
        self._editor = editor
        editor.show()
        editor.setFocus()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._close_editor()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._typed()  # here, since a line edit hands Return on, and it would edit again
            return True
        return False

    def _typed(self) -> None:
        if self._editor is None:
            return
        text = _narrow(self._editor.text()).strip().removesuffix(self.suffix.strip() or "\0")
        self._close_editor()
        try:
            self._go(float(text.strip().replace(",", ".")))
        except ValueError:
            return
        self._settle()

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.deleteLater()
            editor.hide()
            if had_focus:
                self.setFocus()
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self.isEnabled():
                painter.setOpacity(0.45)
            number = self.number_box()
            painter.setFont(font(self, 14))
            painter.setPen(color("text_soft"))
            label_box = QRectF(0, 0, number.left() - 4, 24)
            label = QFontMetrics(painter.font()).elidedText(
                self._label, Qt.TextElideMode.ElideRight, int(label_box.width())
            )
            painter.drawText(label_box, Qt.AlignmentFlag.AlignVCenter, label)
            if self._editor is None:
                painter.setPen(color("text"))
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(number, right, self.text())
            self._paint_track(painter)

    def _paint_track(self, painter: QPainter) -> None:
        left, right = _KNOB, self.width() - _KNOB
        x = left + (right - left) * self._fraction()
        start, end, knob = (QPointF(place, _TRACK_Y) for place in (left, right, x))
        draw_line(painter, start, end, color("line"), 4)
        if self.minimum < 0 < self.maximum:  # numbers around zero fill from zero
            start.setX(left + (right - left) * -self.minimum / (self.maximum - self.minimum))
        draw_line(painter, start, knob, color("accent"), 4)
        if self.hasFocus() or self._hover.value > 0:
            strength = 0.22 if self.hasFocus() else 0.14 * self._hover.value
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent", strength))
            painter.drawEllipse(knob, _KNOB + 4.5, _KNOB + 4.5)
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(color("surface"))
        radius = _KNOB - 1 + self._hover.value
        painter.drawEllipse(knob, radius, radius)


def _narrow(text: str) -> str:
    """Digits and signs as ``float`` reads them, of what Japanese input methods write."""
    narrow = unicodedata.normalize("NFKC", text)
    return narrow.translate(str.maketrans("。、ー−‐", ".,---"))
