"""A small month in which days are picked: one for a correction, many for a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kirara_releases.calendar.business_days import is_holiday
from kirara_releases.calendar.rules import month_later, shifted
from kirara_releases.texts import long_day_text, month_text
from kirara_releases.view.month_layout import HEADER, Month, MonthLayout
from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.look import color, draw_focus_ring, font

translate = QCoreApplication.translate

_SUNDAY = 6


class DayPicker(QWidget):
    """A month with its name and two arrows; ``picked`` is sent with a day.

    Marked days are filled. Arrow keys walk, Enter and Space pick, Page Up and Down turn.
    """

    picked = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.days = _Days(today)
        self.name = Label(size=14, bold=True)
        self.back = Button(icon="chevron-left", kind="quiet")
        self.forward = Button(icon="chevron-right", kind="quiet")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.name, 1)
        head.addWidget(self.back)
        head.addWidget(self.forward)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.days)
        self.back.clicked.connect(lambda: self.days.turn(-1))
        self.forward.clicked.connect(lambda: self.days.turn(1))
        self.days.turned.connect(self._show_name)
        self.days.picked.connect(self.picked)
        for button, text in (
            (self.back, translate("releases", "Previous month")),
            (self.forward, translate("releases", "Next month")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.setFocusProxy(self.days)
        self._show_name()

    def show_day(self, day: date) -> None:
        """Show the month of a day, and put the keyboard on it."""
        self.days.go_to(day)

    def set_marked(self, days: Iterable[date]) -> None:
        """Fill these days and no others."""
        self.days.marked = set(days)
        self.days.update()

    def _show_name(self) -> None:
        month = self.days.month
        self.name.setText(month_text(month.year, month.month))


class _Days(QWidget):
    picked = Signal(object)
    turned = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.current = today
        self.marked: set[date] = set()
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedSize(252, int(HEADER) + 6 * 30 + 2)
        self.setAccessibleName(translate("releases", "Calendar"))

    @property
    def month(self) -> Month:
        return Month.of(self.current)

    def go_to(self, day: date) -> None:
        turned = Month.of(day) != self.month
        self.current = day
        self.setAccessibleDescription(long_day_text(day))
        self.update()
        if turned:
            self.turned.emit()

    def turn(self, count: int) -> None:
        self.go_to(month_later(self.current, count))

    def place(self) -> MonthLayout:
        first_weekday = QLocale().firstDayOfWeek().value - 1
        rows = len(self.month.weeks(first_weekday))
        box = QRectF(0, 0, self.width(), HEADER + 30 * rows)
        return MonthLayout(self.month, first_weekday, box, [])

    def sizeHint(self) -> QSize:
        return self.size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.go_to(shifted(self.current, steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_T, Qt.Key.Key_Home):
            self.go_to(self.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.place().day_at(event.position()))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.place().day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            # Not of a neighbour's month: the page would turn under the pointer.
            if Month.of(day) == self.month:
                self.go_to(day)
            self.picked.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().y()) >= 120:
            self.turn(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def _hover(self, day: date | None) -> None:
        if day != self._hovered:
            self._hovered = day
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        place = self.place()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(self, 12))
            for column, weekday in enumerate(place.columns):
                painter.setPen(color("accent_text" if weekday == _SUNDAY else "text_soft"))
                name = QLocale().dayName(weekday + 1, QLocale.FormatType.NarrowFormat)
                painter.drawText(place.header(column), Qt.AlignmentFlag.AlignCenter, name)
            for day in place.days:
                self._paint_day(painter, place.cell(day), day)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        circle = QRectF(0, 0, 27, 27)
        circle.moveCenter(QPointF(cell.center()))
        inside = Month.of(day) == self.month
        if day in self.marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_fill"))
            painter.drawEllipse(circle)
        elif day == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed"))
            painter.drawEllipse(circle)
        elif day == self.today:
            painter.setPen(QPen(color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        red = day.weekday() == _SUNDAY or is_holiday(day)
        if day in self.marked:
            tone = "on_accent"
        elif red:
            tone = "accent_text"
        else:
            tone = "text" if inside else "text_soft"
        painter.setFont(font(self, 12, bold=day in self.marked))
        painter.setOpacity(1.0 if inside or day in self.marked else 0.6)
        painter.setPen(color(tone))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
        painter.setOpacity(1.0)
        if day == self.current and self.hasFocus():
            draw_focus_ring(painter, circle.adjusted(-2, -2, 2, 2), 14)


class DayPopup(QFrame):
    """A :class:`DayPicker` that opens below a widget and closes with the pick."""

    picked = Signal(object)

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "palette")
        self.picker = DayPicker(today)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.addWidget(self.picker)
        self.picker.picked.connect(self._pick)

    def open_at(self, place: QPoint) -> None:
        """Open with the lower left corner near a place of the screen, where that fits."""
        size = self.sizeHint()
        screen = self.screen().availableGeometry()
        left = min(max(place.x(), screen.left() + 4), screen.right() - size.width() - 4)
        top = place.y() - size.height() - 6
        if top < screen.top():
            top = min(place.y() + 6, screen.bottom() - size.height() - 4)
        self.move(left, top)
        self.show()
        self.picker.days.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick(self, day: date) -> None:
        self.close()
        self.picked.emit(day)
