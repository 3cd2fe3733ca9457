"""Lists of releases and deliveries: a model whose rows paint themselves and can be read aloud."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from kirara_releases.texts import spoken
from kirara_releases.view.covers import paint_mini
from kirara_releases.view.titles import title_lines
from kirara_studio.api.widgets import plain_tip
from kirara_studio.api.widgets.style import color, draw_focus_ring, font

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
VALUE = Qt.ItemDataRole.UserRole + 1
_HEADING = 34  # pixels
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Row:
    """What a row shows: two lines beside a cover, two at the right.

    With a ``tone`` (or an empty one), ``right`` is a pill in that colour; ``soft`` rows are done
    with.
    """

    title: str
    below: str
    color: str
    right: str = ""
    right_below: str = ""
    tone: str | None = None
    soft: bool = False

    @property
    def text(self) -> str:
        """All of it, in lines."""
        lines = (self.title, self.below, self.right, self.right_below)
        return "\n".join(line for line in lines if line)


class RowList(QListView):
    """Rows of a standard item model; ``hint`` is written if there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.hint = ""
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def add(self, row: Row, value: object, tip: str = "") -> None:
        """Add a row that stands for ``value``; a screen reader reads ``tip`` or its text."""
        item = QStandardItem(row.text)
        item.setData(row, ROW)
        item.setData(value, VALUE)
        item.setToolTip(plain_tip(tip or row.text))
        item.setData(spoken(item.toolTip().splitlines()), Qt.ItemDataRole.AccessibleTextRole)
        self.rows.appendRow(item)

    def add_heading(self, text: str) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.rows.appendRow(item)

    def set_hint(self, hint: str) -> None:
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


class RowPainter(QStyledItemDelegate):
    """Paints the rows of a :class:`RowList`.

    ``height``, ``margin`` and ``right_margin`` are in pixels; ``bold`` is for the titles.
    """

    def __init__(
        self,
        owner: RowList,
        *,
        height: int = 54,
        margin: int = 16,
        right_margin: int = 16,
        bold: bool = True,
    ) -> None:
        super().__init__(owner)
        self._list = owner
        self._height, self._margin, self._right_margin = height, margin, right_margin
        self._bold = bold
        owner.setItemDelegate(self)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _HEADING if index.data(ROW) is None else self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row is None:
            painter.setFont(font(self._list, 12, bold=True))
            painter.setPen(color("text_soft"))
            place = rect.adjusted(self._margin, 0, -self._margin, -5)
            painter.drawText(place, int(_LEFT | Qt.AlignmentFlag.AlignBottom), index.data())
        else:
            self._paint_ground(painter, rect, option.state)
            self.paint_row(painter, rect, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        inset = max(self._margin - 10, 0)
        box = QRectF(rect).adjusted(inset, 1, -inset, -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, box, 7)

    def paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        cover = QRectF(QRect(rect.left() + self._margin, rect.center().y() - 18, 27, 37))
        paint_mini(painter, cover, row.color, row.soft)
        right = rect.right() - self._right_margin
        column = max(
            QFontMetrics(font(self._list, 14, bold=True)).horizontalAdvance(row.right) + 2,
            QFontMetrics(font(self._list, 12)).horizontalAdvance(row.right_below) + 4,
        )
        place = QRect(right - column, rect.top(), column + 2, rect.height())
        if row.tone is None:
            self._paint_pair(painter, place, (row.right, row.right_below), row.soft, _RIGHT)
        else:
            self._paint_pill(painter, QRect(place.left(), rect.top() + 7, column + 2, 20), row)
            self._paint_pair(painter, place, ("", row.right_below), row.soft, _RIGHT)
        left = int(cover.right()) + self._margin - 1
        gap = 16 if row.right else 4
        room = QRect(left, rect.top(), right - column - left - gap, rect.height())
        self._paint_pair(painter, room, (row.title, row.below), row.soft, _LEFT)

    def _paint_pair(
        self,
        painter: QPainter,
        room: QRect,
        texts: tuple[str, str],
        soft: bool,
        side: Qt.AlignmentFlag,
    ) -> None:
        """Two lines, or one in the middle if there is no second one."""
        upper, lower = texts
        middle = room.center().y()
        tops = (middle - 20, middle + 1) if lower else (middle - 10, middle)
        for text, size, top in ((upper, 14, tops[0]), (lower, 12, tops[1])):
            face = font(self._list, size, bold=size == 14 and self._bold and not soft)
            lines = title_lines(text, QFontMetrics(face).horizontalAdvance, room.width(), 1)
            painter.setFont(face)
            painter.setPen(color("text_soft" if soft or size == 12 else "text"))
            place = QRect(room.left(), top, room.width() + 2, 20)
            flags = int(side | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(place, flags, lines[0] if lines else "")

    def _paint_pill(self, painter: QPainter, place: QRect, row: Row) -> None:
        face = font(self._list, 12)
        width = QFontMetrics(face).horizontalAdvance(row.right) + 18
        pill = QRectF(place.right() + 1 - width, place.top(), width, place.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(f"{row.tone}_soft" if row.tone else "sunken"))
        painter.drawRoundedRect(pill, 10, 10)
        painter.setPen(color(f"{row.tone}_text" if row.tone else "text_soft"))
        painter.setFont(face)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, row.right)
