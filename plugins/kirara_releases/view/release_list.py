"""Releases below each other, in months."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen

from kirara_releases.calendar.release import Release
from kirara_releases.texts import countdown_text, day_text, month_text, moved_text, release_text
from kirara_releases.view.row_list import VALUE, Row, RowList, RowPainter
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.style import color


class ReleaseList(RowList):
    """Releases by month; ``menu_requested`` carries a release and a place on the screen."""

    chosen = Signal(object)
    opened = Signal(object)
    bought_toggled = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        _ReleasePainter(self, right_margin=58)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_releases(self, releases: list[Release], model: ViewModel, today: date) -> None:
        """Show releases in this order, with a heading where the month changes."""
        before = self.current_release
        place = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self.rows.clear()
        for month, group in groupby(releases, lambda r: r.date.replace(day=1)):
            self.add_heading(month_text(month))
            for release in group:
                row = release_row(release, model, today)
                self.add(row, release, release_text(release, model, today))
        self.select(before)
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(place)

    @property
    def current_release(self) -> Release | None:
        """The release that the keyboard is at."""
        return self.currentIndex().data(VALUE)

    @property
    def releases(self) -> list[Release]:
        found = (self.rows.item(row).data(VALUE) for row in range(self.rows.rowCount()))
        return [release for release in found if release is not None]

    def select(self, release: Release | None) -> None:
        """Put the keyboard at a release, if it is in the list."""
        for row in range(self.rows.rowCount() if release else 0):
            other = self.rows.item(row).data(VALUE)
            if other is not None and release is not None and other.key == release.key:
                self.setCurrentIndex(self.rows.index(row, 0))
                return

    def _on_current(self, index: QModelIndex) -> None:
        release = index.data(VALUE)
        if release is not None:
            self.chosen.emit(release)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        release = index.data(VALUE)
        ticked = tick_box(self.visualRect(index)).contains(event.position())
        if release is not None and ticked and event.button() == Qt.MouseButton.LeftButton:
            self.bought_toggled.emit(release)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        release = index.data(VALUE)
        if release and not tick_box(self.visualRect(index)).contains(event.position()):
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
        release = index.data(VALUE)
        if release is not None:
            place = self.visualRect(index).center() if keyboard else event.pos()
            self.menu_requested.emit(release, self.viewport().mapToGlobal(place))


def release_row(release: Release, model: ViewModel, today: date) -> Row:
    """How a release is shown in a list."""
    mark = model.mark(release)
    below = " · ".join(part for part in (moved_text(release, today), mark.note) if part)
    return Row(
        release.magazine.title,
        " ".join(below.split()),
        release.magazine.color,
        day_text(release.date, today),
        countdown_text(release.date, today),
        soft=bool(mark.bought),
    )


def tick_box(row: QRect) -> QRectF:
    """Where in a row the tick is."""
    return QRectF(row.right() - 44, row.center().y() - 13, 28, 28)


class _ReleasePainter(RowPainter):
    def paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        super().paint_row(painter, rect, row)
        circle = tick_box(rect).adjusted(3, 3, -3, -3)
        painter.setPen(Qt.PenStyle.NoPen if row.soft else QPen(color("line_strong"), 1.5))
        painter.setBrush(color("success_soft") if row.soft else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if row.soft:
            paint_icon(painter, "check", circle.adjusted(4, 4, -4, -4), color("success_text"))
