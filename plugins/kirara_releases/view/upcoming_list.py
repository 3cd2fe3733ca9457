"""What comes after the next release: a few rows in the card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy

from kirara_releases.calendar.release import Release
from kirara_releases.texts import countdown_text, day_text
from kirara_releases.view.row_list import VALUE, Row, RowList, RowPainter

_ROW = 46


class UpcomingList(RowList):
    """Shows as many releases as there is room for; ``picked`` is sent with one."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        RowPainter(self, height=_ROW, margin=8, right_margin=4, bold=False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(120, 0)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._pick)

    def show_releases(self, releases: Sequence[Release], today: date) -> None:
        """Show these, the nearest first."""
        self.rows.clear()
        for release in releases:
            below = f"{day_text(release.date, today)} · {countdown_text(release.date, today)}"
            self.add(Row(release.magazine.title, below, release.magazine.color), release)
        self._hide_what_does_not_fit()

    def sizeHint(self) -> QSize:
        return QSize(200, 3 * _ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_what_does_not_fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _hide_what_does_not_fit(self) -> None:
        for row in range(self.rows.rowCount()):
            self.setRowHidden(row, (row + 1) * _ROW > self.height() + 3)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.data(VALUE))
