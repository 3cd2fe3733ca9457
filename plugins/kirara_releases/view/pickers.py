"""Pickers of days and months: in a dialog, and as popups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from kirara_releases.calendar.business_days import is_holiday
from kirara_releases.texts import long_day_text, month_text
from kirara_releases.view.month_table import HEADER, SUNDAY, MonthTable
from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import color, draw_focus_ring, font

translate = QCoreApplication.translate

_ROW = 30  # pixels


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
        head = fill(QHBoxLayout(), (self.name, 1), self.back, self.forward, spacing=4)
        fill(QVBoxLayout(self), head, self.days, spacing=2)
        self.back.clicked.connect(lambda: self.days.turn(-1))
        self.forward.clicked.connect(lambda: self.days.turn(1))
        self.days.month_changed.connect(self._show_name)
        self.days.picked.connect(self.picked)
        self.back.set_purpose(translate("releases", "Previous month"))
        self.forward.set_purpose(translate("releases", "Next month"))
        self.setFocusProxy(self.days)
        self._show_name()

    def set_marked(self, days: Iterable[date]) -> None:
        """Fill these days and no others."""
        self.days.marked = set(days)
        self.days.days.refresh()

    def _show_name(self) -> None:
        self.name.setText(month_text(self.days.month))


class _Days(MonthTable):
    """``picked`` is sent with a day; ``marked`` days are filled."""

    picked = Signal(object)

    def __init__(self, today: date) -> None:
        self.marked: set[date] = set()
        self._hovered: date | None = None
        super().__init__(today, self._describe, row_height=_ROW)
        self.setFixedSize(252, HEADER + 6 * _ROW + 2)
        self.setAccessibleName(translate("releases", "Calendar"))
        self.day_chosen.connect(self.go_to)

    def _describe(self, day: date) -> str:
        text = long_day_text(day)
        return translate("releases", "{0}, chosen").format(text) if day in self.marked else text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.day_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a day is picked on release

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            # Not of a neighbour's month: the page would turn under the pointer.
            if self.has(day):
                self.go_to(day)
            self.picked.emit(day)

    def _hover(self, day: date | None) -> None:
        if day != self._hovered:
            self._hovered = day
            self.viewport().update()

    def paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        circle = QRectF(0, 0, 27, 27)
        circle.moveCenter(cell.center())
        inside = self.has(day)
        marked = day in self.marked
        if marked or day == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_fill" if marked else "pressed"))
            painter.drawEllipse(circle)
        elif day == self.today:
            painter.setPen(QPen(color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if marked:
            tone = "on_accent"
        elif day.weekday() == SUNDAY or is_holiday(day):
            tone = "accent_text"
        else:
            tone = "text" if inside else "text_soft"
        painter.setFont(font(self, 12, bold=marked))
        painter.setOpacity(1.0 if inside or marked else 0.6)
        painter.setPen(color(tone))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
        painter.setOpacity(1.0)
        if day == self.current and self.hasFocus():
            draw_focus_ring(painter, circle.adjusted(-2, -2, 2, 2), 14)


class Popup(QFrame):
    """Closes with the pick; ``picked`` carries it."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "palette")
        self.column = fill(QVBoxLayout(self), spacing=10, margins=(14, 12, 14, 14))

    def pick(self, choice: object) -> None:
        self.close()
        self.picked.emit(choice)


class DayPopup(Popup):
    """Asks for another day than ``day``: a :class:`DayPicker` above a widget, or below it."""

    def __init__(self, today: date, day: date, beside: QWidget) -> None:
        super().__init__(beside.window())
        self.picker = DayPicker(today)
        self.picker.days.go_to(day)
        self.picker.set_marked({day})
        self.column.addWidget(self.picker)
        self.picker.picked.connect(self.pick)
        place = beside.mapToGlobal(beside.rect().topLeft())
        size = self.sizeHint()
        screen = self.screen().availableGeometry()
        left = min(max(place.x(), screen.left() + 4), screen.right() - size.width() - 4)
        top = place.y() - size.height() - 6
        if top < screen.top():
            top = min(place.y() + 6, screen.bottom() - size.height() - 4)
        self.move(left, top)
        self.show()
        self.picker.days.setFocus(Qt.FocusReason.PopupFocusReason)


class MonthPopup(Popup):
    """Asks for a month of any year: a year that is typed or stepped, and twelve buttons below.

    ``picked`` carries how many months it is later than that of ``day``.
    """

    def __init__(self, day: date, below: QWidget) -> None:
        super().__init__(below.window())
        self._day = day
        self.year = QSpinBox()
        self.year.setRange(1, 9999)
        self.year.setValue(day.year)
        self.year.setAccessibleName(translate("releases", "Year"))
        self.year.lineEdit().setTextMargins(8, 0, 0, 0)
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for number in range(12):
            name = QLocale().standaloneMonthName(number + 1, QLocale.FormatType.ShortFormat)
            button = Button(name)
            button.setCheckable(True)
            button.setChecked(number + 1 == day.month)
            button.setFixedWidth(76)
            button.clicked.connect(lambda _=False, month=number + 1: self._pick_month(month))
            buttons.addWidget(button, number // 3, number % 3)
        self.column.addWidget(self.year)
        self.column.addLayout(buttons)
        self.move(below.mapToGlobal(below.rect().bottomLeft()))
        self.show()
        self.year.setFocus(Qt.FocusReason.PopupFocusReason)
        self.year.selectAll()

    def _pick_month(self, month: int) -> None:
        self.pick(12 * (self.year.value() - self._day.year) + month - self._day.month)
