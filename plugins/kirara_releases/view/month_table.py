"""A month as a table of days: its model, and the view that the calendar and the picker share."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kirara_releases.calendar.rules import month_later, shifted
from kirara_studio.api.widgets.style import color, font

Index = QModelIndex | QPersistentModelIndex
DAY = Qt.ItemDataRole.UserRole
HEADER = 24  # pixels, for the names of the weekdays
SUNDAY = 6
_NOTCH = 120  # how far a wheel turns in one step
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


def weeks_of(month: date, first_weekday: int) -> list[list[date | None]]:
    """The weeks of a month with its neighbours' days, from ``first_weekday`` (0: Monday).

    None stands beyond the calendar's ends.
    """
    days = calendar.Calendar(first_weekday).itermonthdays3(month.year, month.month)
    found = [date(*day) if date.min.year <= day[0] <= date.max.year else None for day in days]
    return [found[place : place + 7] for place in range(0, len(found), 7)]


class MonthModel(QAbstractTableModel):
    """The weeks of a month (its first day), one a row; :data:`DAY` is the date of a cell.

    ``describe`` returns the accessible name of a day.
    """

    def __init__(self, day: date, describe: Callable[[date], str], short_names: bool) -> None:
        super().__init__()
        self._describe = describe
        formats = QLocale.FormatType
        self._header = formats.ShortFormat if short_names else formats.NarrowFormat
        self.set_month(day)

    def set_month(self, day: date) -> None:
        """Show the month of a day, perhaps again: weeks may begin on another day now."""
        self.beginResetModel()
        self.month = day.replace(day=1)
        # Qt counts Monday as 1.
        self.first_weekday = QLocale().firstDayOfWeek().value - 1
        self.weeks = weeks_of(self.month, self.first_weekday)
        self._places = {
            day: (row, column)
            for row, week in enumerate(self.weeks)
            for column, day in enumerate(week)
            if day is not None
        }
        self.endResetModel()

    @property
    def days(self) -> list[date]:
        """All days, those of the neighbours included."""
        return list(self._places)

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; an invalid one if it is not shown."""
        return self.index(*self._places[day]) if day in self._places else QModelIndex()

    def weekday(self, column: int) -> int:
        """The weekday of a column; 0 is Monday."""
        return (self.first_weekday + column) % 7

    def refresh(self) -> None:
        """The names of the days have changed."""
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.weeks) - 1, 6))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.weeks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.weeks[index.row()][index.column()] if index.isValid() else None
        if role == DAY:
            return day
        if role == Qt.ItemDataRole.AccessibleTextRole and day is not None:
            return self._describe(day)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            number = self.weekday(section) + 1
            if role == Qt.ItemDataRole.DisplayRole:
                return QLocale().dayName(number, self._header)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return QLocale().standaloneDayName(number)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        here = index.isValid() and index.data(DAY) is not None
        return super().flags(index) if here else Qt.ItemFlag.NoItemFlags


class MonthTable(QTableView):
    """A month that is walked by arrow keys beyond its ends, and turned by Page Up, Down and wheel.

    ``day_chosen`` is sent when keyboard, mouse or a screen reader move to a day; the owner of the
    selection answers with :meth:`go_to`. ``month_changed`` follows every turn.
    """

    day_chosen = Signal(object)
    month_changed = Signal()

    def __init__(
        self, today: date, describe: Callable[[date], str], *, row_height: int = 0
    ) -> None:
        """``row_height`` is in pixels; 0 fills the height. Low rows have the shortest names."""
        super().__init__()
        self.today = today
        self.current = today
        self._turned = 0
        self._showing = False
        self.days = MonthModel(today, describe, short_names=not row_height)
        self.setModel(self.days)
        self.setItemDelegate(DayPainter(self))
        self.setHorizontalHeader(_WeekdayHeader(self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(row_height or HEADER)
        rows.setSectionResizeMode(
            QHeaderView.ResizeMode.Fixed if row_height else QHeaderView.ResizeMode.Stretch
        )
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(
            "QTableView { background: transparent; border: 1px solid transparent; }"
            "QHeaderView { background: transparent; border: none; }"
        )
        for part in (self, self.horizontalHeader()):
            part.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.go_to(today)

    @property
    def month(self) -> date:
        return self.days.month

    def go_to(self, day: date) -> None:
        """Show the month of a day, with the keyboard at the day."""
        changed = day.replace(day=1) != self.month
        self._showing = True
        if changed:
            self.days.set_month(day)
        self.current = day
        self.setCurrentIndex(self.days.index_of(day))
        self._showing = False
        self.viewport().update()
        if changed:
            self.month_changed.emit()

    def turn(self, count: int) -> None:
        """Show the month so many later, with the keyboard at the day with the same number."""
        self.go_to(month_later(self.current, count))

    def retranslate(self) -> None:
        """Another language may begin its weeks on another day."""
        self.days.set_month(self.month)
        self.go_to(self.current)

    def has(self, day: date) -> bool:
        """True for a day of the month, not of a neighbour."""
        return day.replace(day=1) == self.month

    def cell(self, day: date) -> QRectF:
        """Where a day lies in the viewport; empty for one that is not shown."""
        return QRectF(self.visualRect(self.days.index_of(day)))

    def day_at(self, point: QPointF) -> date | None:
        day: date | None = self.indexAt(point.toPoint()).data(DAY)
        return day

    def place_of(self, day: date) -> QPoint:
        """The middle of a day, on the screen."""
        return self.viewport().mapToGlobal(self.cell(day).center().toPoint())

    def frame_of(self, part: QWidget) -> QRectF:
        """The whole table in the coordinates of one of its parts."""
        return QRectF(self.rect()).translated(-QPointF(part.mapTo(self, QPoint())))

    def scrollTo(self, index: Index, hint: object = None) -> None:
        """Nothing to do: all days are seen."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._showing and current.data(DAY) is not None:
            self.day_chosen.emit(current.data(DAY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            event.ignore()
        elif key in _STEPS:
            self.day_chosen.emit(shifted(self.current, _STEPS[key]))
        elif key in _MONTHS:
            self.turn(_MONTHS[key] * (12 if shift else 1))
            self.day_chosen.emit(self.current)
        elif key in (Qt.Key.Key_T, Qt.Key.Key_Home):
            self.day_chosen.emit(self.today)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        count = int(self._turned / _NOTCH)
        if count:
            self._turned -= count * _NOTCH
            self.turn(-count)
        event.accept()

    def paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        """Paint a day into its cell."""

    def paint_frame(self, painter: QPainter, box: QRectF) -> None:
        """Paint behind the header; ``box`` is the whole table in the painter's coordinates."""


class DayPainter(QStyledItemDelegate):
    """Lets a :class:`MonthTable` paint its days."""

    def __init__(self, table: MonthTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day = index.data(DAY)
        if day is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._table.paint_day(painter, QRectF(option.rect), day)
            painter.restore()


class _WeekdayHeader(QHeaderView):
    def __init__(self, table: MonthTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setMinimumSectionSize(1)
        self.setFixedHeight(HEADER)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        self._table.paint_frame(painter, self._table.frame_of(self.viewport()))
        sunday = self._table.days.weekday(logicalIndex) == SUNDAY
        painter.setFont(font(self, 12, bold=True))
        painter.setPen(color("accent_text" if sunday else "text_soft"))
        name = self._table.days.headerData(logicalIndex, Qt.Orientation.Horizontal)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()
