"""Paints the rows of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kirara_speech.project.script import Line
from kirara_speech.view.line_model import LINE, Index
from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.look import color, draw_focus_ring, font

if TYPE_CHECKING:
    from kirara_speech.view.line_list import LineList

ROW = 44
"""The height of a row, in pixels."""
AVATAR = 28
"""The side of a voice's badge."""
NAME = 92
"""The width of a voice's name, where the list is wide enough for it."""


class LineRows(QStyledItemDelegate):
    """Paints what a :class:`LineList` shows."""

    def __init__(self, owner: LineList) -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        owner, line = self._list, index.data(LINE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        current = index.row() == owner.row
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(3, 1, -3, -1)
        if chosen or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if current and owner.hasFocus():
            draw_focus_ring(painter, box, 8)
        self._paint_line(painter, rect, line, current=current)
        if current or over or line.key == owner.playing:
            playing = line.key == owner.playing
            tone = "success_text" if playing else "text_soft"
            icon = "stop" if playing else "play"
            paint_icon(painter, icon, owner.play_box(rect).adjusted(8, 8, -8, -8), color(tone))
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line, *, current: bool) -> None:
        owner = self._list
        look = owner.look(line.voice)
        avatar = QRectF(12, rect.center().y() - AVATAR / 2 + 1, AVATAR, AVATAR)
        look.paint_avatar(painter, avatar, owner.font())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        text = owner.text_box(rect)
        if text.left() > NAME + 40:
            painter.setFont(font(owner, 12))
            painter.setPen(color("text_soft"))
            name = painter.fontMetrics().elidedText(
                look.short, Qt.TextElideMode.ElideRight, NAME - 6
            )
            painter.drawText(
                QRect(12 + AVATAR + 8, rect.top(), NAME, rect.height()), int(middle), name
            )
        if line.phrases is not None:  # something was changed in its reading
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(QRectF(text.left() - 17, rect.center().y() - 2, 5, 5))
        if current:  # the field lies over the text
            return
        painter.setFont(font(owner, 14))
        painter.setPen(color("text"))
        shown = painter.fontMetrics().elidedText(
            line.text, Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, int(middle), shown)
