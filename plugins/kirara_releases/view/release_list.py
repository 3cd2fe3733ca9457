"""Releases below each other, in months."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QStandardItem,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from kirara_releases.calendar.release import Release
from kirara_releases.texts import countdown_text, day_text, month_text, moved_text, release_text
from kirara_releases.view.covers import paint_mini
from kirara_releases.view.row_list import RowList
from kirara_releases.view.titles import title_lines
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.look import color, draw_focus_ring, font

translate = QCoreApplication.translate

_ROW, _HEADING = 54, 34
_RELEASE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ReleaseList(RowList):
    """Signals as those of the month's grid: ``chosen``, ``opened``, ``bought_toggled``, and
    ``menu_requested`` with a release and a place on the screen."""

    chosen = Signal(object)
    opened = Signal(object)
    bought_toggled = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.view_model = ViewModel()
        self.today = date.min
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_releases(self, releases: list[Release], model: ViewModel, today: date) -> None:
        """Show releases in this order, with a heading where the month changes."""
        self.view_model, self.today = model, today
        before = self.current_release
        place = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self.rows.clear()
        for (year, month), group in groupby(releases, lambda r: (r.date.year, r.date.month)):
            heading = QStandardItem(month_text(year, month))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.rows.appendRow(heading)
            for release in group:
                item = QStandardItem(release_text(release, model, today))
                item.setToolTip(item.text())
                item.setData(release, _RELEASE)
                self.rows.appendRow(item)
        self.select(before)
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(place)

    @property
    def current_release(self) -> Release | None:
        """The release that the keyboard is at."""
        return self.currentIndex().data(_RELEASE)

    @property
    def releases(self) -> list[Release]:
        """All that are shown."""
        found = (self.rows.item(row).data(_RELEASE) for row in range(self.rows.rowCount()))
        return [release for release in found if release is not None]

    def select(self, release: Release | None) -> None:
        """Put the keyboard at a release, where it is in the list."""
        for row in range(self.rows.rowCount() if release else 0):
            other = self.rows.item(row).data(_RELEASE)
            if other is not None and release is not None and _key(other) == _key(release):
                self.setCurrentIndex(self.rows.index(row, 0))
                return

    def tick_box(self, row: QRect) -> QRectF:
        """Where in a row the tick is."""
        return QRectF(row.right() - 44, row.center().y() - 13, 28, 28)

    def _on_current(self, index: QModelIndex) -> None:
        release = index.data(_RELEASE)
        if release is not None:
            self.chosen.emit(release)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        release = index.data(_RELEASE)
        ticked = self.tick_box(self.visualRect(index)).contains(event.position())
        if release is not None and ticked and event.button() == Qt.MouseButton.LeftButton:
            self.bought_toggled.emit(release)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not self.tick_box(self.visualRect(index)).contains(event.position()):
            release = index.data(_RELEASE)
            if release is not None:
                self.opened.emit(release)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        release = self.current_release
        key = Qt.Key(event.key())
        if event.modifiers() or release is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_B):
            self.bought_toggled.emit(release)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(release)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        release = index.data(_RELEASE)
        if release is not None:
            place = self.visualRect(index).center() if keyboard else event.pos()
            self.menu_requested.emit(release, self.viewport().mapToGlobal(place))


class _Rows(QStyledItemDelegate):
    def __init__(self, owner: ReleaseList) -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _HEADING if index.data(_RELEASE) is None else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        release = index.data(_RELEASE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if release is None:
            painter.setFont(font(self._list, 12, bold=True))
            painter.setPen(color("text_soft"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(rect.adjusted(16, 0, -16, -5), int(flags), index.data())
        else:
            self._paint_release(painter, rect, state, release)
        painter.restore()

    def _paint_release(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, release: Release
    ) -> None:
        owner = self._list
        mark = owner.view_model.mark(release)
        box = QRectF(rect).adjusted(6, 1, -6, -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if chosen and owner.hasFocus():
            draw_focus_ring(painter, box, 7)
        cover = QRectF(rect.left() + 16, rect.center().y() - 18, 27, 37)
        paint_mini(painter, cover, release.magazine.color, bool(mark.bought))
        self._paint_tick(painter, owner.tick_box(rect), bool(mark.bought))
        left = rect.left() + 58
        right = rect.right() - 58
        day = day_text(release.date, owner.today)
        countdown = countdown_text(release.date, owner.today)
        column = max(
            QFontMetrics(font(owner, 14, bold=True)).horizontalAdvance(day) + 2,
            QFontMetrics(font(owner, 12)).horizontalAdvance(countdown),
        )
        self._paint_pair(
            painter,
            QRect(right - column, rect.top(), column + 2, rect.height()),
            (day, countdown),
            soft=bool(mark.bought),
            align=Qt.AlignmentFlag.AlignRight,
        )
        below = " · ".join(part for part in (moved_text(release, owner.today), mark.note) if part)
        room = QRect(left, rect.top(), right - column - left - 16, rect.height())
        self._paint_pair(
            painter, room, (release.magazine.title, " ".join(below.split())), soft=bool(mark.bought)
        )

    def _paint_pair(
        self,
        painter: QPainter,
        room: QRect,
        texts: tuple[str, str],
        *,
        soft: bool,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Two lines, or one in the middle where there is no second one."""
        upper, lower = texts
        middle = room.center().y()
        tops = (middle - 20, middle + 1) if lower else (middle - 10, middle)
        for text, size, top, tone in (
            (upper, 14, tops[0], "text_soft" if soft else "text"),
            (lower, 12, tops[1], "text_soft"),
        ):
            face = font(self._list, size, bold=size == 14 and not soft)
            width = QFontMetrics(face).horizontalAdvance
            lines = title_lines(text, width, room.width(), 1)
            painter.setFont(face)
            painter.setPen(color(tone))
            place = QRect(room.left(), top, room.width() + 2, 20)
            flags = int(align | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(place, flags, lines[0] if lines else "")

    def _paint_tick(self, painter: QPainter, box: QRectF, bought: bool) -> None:
        circle = box.adjusted(3, 3, -3, -3)
        if bought:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("success_soft"))
            painter.drawEllipse(circle)
            paint_icon(painter, "check", circle.adjusted(4, 4, -4, -4), color("success_text"))
        else:
            painter.setPen(QPen(color("line_strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle)


def _key(release: Release) -> tuple[str, str]:
    return release.magazine.id, release.issue
