"""A list whose rows paint themselves, and which says so where there are none."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView

from kirara_studio.api.widgets.look import color, font


class RowList(QListView):
    """Rows of a standard item model; ``hint`` is written where there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.hint = ""
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def set_hint(self, hint: str) -> None:
        """Change what is written in the empty list."""
        self.hint = hint
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows.rowCount() or not self.hint:
            return
        with QPainter(self.viewport()) as painter:
            painter.setFont(font(self, 14))
            painter.setPen(color("text_soft"))
            room: QRect = self.viewport().rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), self.hint)
