"""The rows of the list of lines: a model, and a delegate that paints them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kirara_speech.project.script import Line
from kirara_speech.reading.traced_text import Span
from kirara_speech.view.avatar import paint_avatar
from kirara_speech.voice_library import VoiceLook
from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.style import color, draw_focus_ring, font

Index = QModelIndex | QPersistentModelIndex

ROW = 44
"""The height of a row, in pixels."""
_LINE = Qt.ItemDataRole.UserRole
_AVATAR, _NAME, _PLAY = 28, 92, 40  # widths in pixels
_WIDE = 560  # pixels from which on there is room for names


class LineModel(QAbstractListModel):
    """The lines of a script; views are notified only of differences."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines; the rows of known ones stay."""
        old, new = [x.key for x in self._lines], [x.key for x in lines]
        start = 0
        while start < min(len(old), len(new)) and old[start] == new[start]:
            start += 1
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
            end += 1
        top = QModelIndex()
        if len(old) - end > start:
            self.beginRemoveRows(top, start, len(old) - end - 1)
            del self._lines[start : len(old) - end]
            self.endRemoveRows()
        if len(new) - end > start:
            self.beginInsertRows(top, start, len(new) - end - 1)
            self._lines[start:start] = lines[start : len(new) - end]
            self.endInsertRows()
        for row, line in enumerate(lines):
            if self._lines[row] is not line:
                self._lines[row] = line
                index = self.index(row, 0)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == _LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # between rows, never onto one
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class LineRows(QStyledItemDelegate):
    """Paints the lines of ``view``; :attr:`playing` is the key of the one that is played."""

    def __init__(
        self,
        view: QListView,
        look: Callable[[str], VoiceLook],
        unread_of: Callable[[Line], Sequence[Span]],
    ) -> None:
        super().__init__(view)
        self._view, self._look, self._unread_of = view, look, unread_of
        self.playing = ""

    def text_box(self, row: QRect) -> QRect:
        """Where the text is in a row."""
        width = self._view.viewport().width()
        left = 12 + _AVATAR + 10 + (_NAME if width >= _WIDE else 0) + 8
        return QRect(left, row.top(), width - left - _PLAY - 6, row.height())

    def play_box(self, row: QRect) -> QRectF:
        """Where the play button is in a row."""
        return QRectF(self._view.viewport().width() - _PLAY, row.center().y() - 14, 30, 30)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, line = self._view, index.data(_LINE)
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
            paint_icon(painter, icon, self.play_box(rect).adjusted(8, 8, -8, -8), color(tone))
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line, *, current: bool) -> None:
        view, look = self._view, self._look(line.voice)
        avatar = QRectF(12, rect.center().y() - _AVATAR / 2 + 1, _AVATAR, _AVATAR)
        paint_avatar(painter, look, avatar, view.font())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        text = self.text_box(rect)
        if text.left() > _NAME + 40:
            painter.setFont(font(view, 12))
            painter.setPen(color("text_soft"))
            name = painter.fontMetrics().elidedText(
                look.short, Qt.TextElideMode.ElideRight, _NAME - 6
            )
            painter.drawText(
                QRect(12 + _AVATAR + 8, rect.top(), _NAME, rect.height()), int(middle), name
            )
        if line.phrases is not None:  # its reading is edited
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
        painter.setClipRect(text)
        mark_unread(painter, line.text, self._unread_of(line), text.left(), text.center().y() + 11)


def mark_unread(
    painter: QPainter, text: str, spans: Sequence[Span], left: float, bottom: float
) -> None:
    """Underline characters that cannot be read, of a text in the painter's font at ``left``."""
    painter.setPen(QPen(color("attention"), 2, Qt.PenStyle.DotLine))
    metrics = painter.fontMetrics()
    for start, end in spans:
        first, last = (left + metrics.horizontalAdvance(text[:place]) for place in (start, end))
        painter.drawLine(QPointF(first, bottom), QPointF(last, bottom))
