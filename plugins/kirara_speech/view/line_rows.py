"""Paints the rows of lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kirara_speech.project.script import Line
from kirara_speech.view.avatar import paint_avatar
from kirara_speech.view.line_model import LINE, Index
from kirara_speech.voice_library import VoiceLook
from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.style import color, draw_focus_ring, font

ROW = 44
"""The height of a row, in pixels."""
AVATAR = 28
"""The side of a voice's badge."""
NAME = 92
"""The width of a voice's name, where the list is wide enough for it."""


_WIDE = 560  # pixels from which on there is room for names
_PLAY = 40


def text_box(row: QRect, width: int) -> QRect:
    """Where the text is in a row of a list of ``width`` pixels."""
    left = 12 + AVATAR + 10 + (NAME if width >= _WIDE else 0) + 8
    return QRect(left, row.top(), width - left - _PLAY - 6, row.height())


def play_box(row: QRect, width: int) -> QRectF:
    """Where the play button is in a row of a list of ``width`` pixels."""
    return QRectF(width - _PLAY, row.center().y() - 14, 30, 30)


class LineRows(QStyledItemDelegate):
    """Paints the lines of ``view``; :attr:`playing` is the key of the one that is heard."""

    def __init__(self, view: QListView, look: Callable[[str], VoiceLook]) -> None:
        super().__init__(view)
        self._view, self._look = view, look
        self.playing = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, line = self._view, index.data(LINE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        current = index.row() == view.currentIndex().row()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(3, 1, -3, -1)
        if chosen or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if current and view.hasFocus():
            draw_focus_ring(painter, box, 8)
        self._paint_line(painter, rect, line, current=current)
        playing = line.key == self.playing
        if current or over or playing:
            tone = "success_text" if playing else "text_soft"
            icon = "stop" if playing else "play"
            box = play_box(rect, view.viewport().width()).adjusted(8, 8, -8, -8)
            paint_icon(painter, icon, box, color(tone))
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line, *, current: bool) -> None:
        view, look = self._view, self._look(line.voice)
        avatar = QRectF(12, rect.center().y() - AVATAR / 2 + 1, AVATAR, AVATAR)
        paint_avatar(painter, look, avatar, view.font())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        text = text_box(rect, view.viewport().width())
        if text.left() > NAME + 40:
            painter.setFont(font(view, 12))
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
        painter.setFont(font(view, 14))
        painter.setPen(color("text"))
        shown = painter.fontMetrics().elidedText(
            line.text, Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, int(middle), shown)
