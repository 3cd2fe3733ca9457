"""What was told: a list of the courier's records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItem
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from kirara_releases.calendar.magazine import DEFAULT_COLOR
from kirara_releases.notifications.delivery_log import Delivery
from kirara_releases.notifications.outbox import (
    DELIVERED,
    DESKTOP,
    DROPPED,
    FAILED,
    PENDING,
    SENDING,
    UNCERTAIN,
)
from kirara_releases.notifications.planner import DAY_BEFORE, ON_DAY
from kirara_releases.storage.stored_errors import load_error
from kirara_releases.texts import day_text, moment_text
from kirara_releases.view.covers import paint_mini
from kirara_releases.view.row_list import RowList
from kirara_releases.view.titles import title_lines
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets import error_words
from kirara_studio.api.widgets.look import color, draw_focus_ring, font

translate = QCoreApplication.translate

_ROW = 54
_TELLING = Qt.ItemDataRole.UserRole
_COLOR = Qt.ItemDataRole.UserRole + 1
_TEXTS = Qt.ItemDataRole.UserRole + 2
_TONES = {
    DELIVERED: "success",
    PENDING: "attention",
    SENDING: "attention",
    UNCERTAIN: "attention",
    FAILED: "loss",
}


class DeliveryList(RowList):
    """The courier's records, newest first: what, when, where to, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Rows(self))

    def show_deliveries(
        self,
        deliveries: Sequence[Delivery],
        model: ViewModel,
        backends: Mapping[str, str],
        now: datetime,
    ) -> None:
        """Show these; ``routes``: what the desktop's are called, by id."""
        place = self.verticalScrollBar().value()
        self.rows.clear()
        for delivery in deliveries:
            magazine = model.magazine(delivery.magazine)
            title = magazine.title if magazine else delivery.magazine
            lower = _what(delivery, backends, now)
            when, state = moment_text(delivery.time, now), state_text(delivery)
            item = QStandardItem(f"{title}\n{lower}\n{when}\n{state}")
            lines = (title, lower, when, state, _why(delivery))
            item.setToolTip("\n".join(line for line in lines if line))
            item.setData(delivery, _TELLING)
            item.setData(magazine.color if magazine else DEFAULT_COLOR, _COLOR)
            item.setData((title, lower, when, state), _TEXTS)
            self.rows.appendRow(item)
        self.verticalScrollBar().setValue(place)

    @property
    def count(self) -> int:
        """How many are shown."""
        return self.rows.rowCount()

    def text(self, row: int) -> str:
        """What a row says, in lines."""
        return self.rows.item(row).text()


def state_text(delivery: Delivery) -> str:
    """What came of it."""
    return {
        DELIVERED: translate("releases", "Told"),
        PENDING: translate("releases", "Waiting")
        if not delivery.attempts
        else translate("releases", "To be tried again"),
        SENDING: translate("releases", "On its way"),
        UNCERTAIN: translate("releases", "Perhaps told"),
        FAILED: translate("releases", "Given up"),
        DROPPED: translate("releases", "No longer needed"),
    }.get(delivery.state, delivery.state)


def kind_text(kind: str) -> str:
    """What was to be said."""
    if kind == ON_DAY:
        return translate("releases", "On the day")
    if kind == DAY_BEFORE:
        return translate("releases", "The day before")
    return translate("releases", "After a snooze")


def _what(delivery: Delivery, backends: Mapping[str, str], now: datetime) -> str:
    parts = [kind_text(delivery.kind), day_text(delivery.date, now.date())]
    if delivery.destination != DESKTOP:
        parts.append(delivery.destination)
    else:
        parts.append(backends.get(delivery.route, "") or translate("releases", "Desktop"))
    if delivery.error and delivery.state != DELIVERED:
        parts.append(" ".join(_why(delivery).split()))
    return " · ".join(parts)


def _why(delivery: Delivery) -> str:
    return str(error_words(load_error(delivery.error)))


class _Rows(QStyledItemDelegate):
    def __init__(self, owner: DeliveryList) -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        title, what, when, came_of_it = index.data(_TEXTS)
        delivery: Delivery = index.data(_TELLING)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(6, 1, -6, -1)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(box, 8, 8)
            if self._list.hasFocus():
                draw_focus_ring(painter, box, 7)
        cover = QRectF(rect.left() + 16, rect.center().y() - 18, 27, 37)
        paint_mini(painter, cover, index.data(_COLOR))
        pill_width = self._paint_pill(painter, rect, came_of_it, delivery.state)
        when_width = QFontMetrics(font(self._list, 12)).horizontalAdvance(when) + 4
        right = rect.right() - 20 - max(pill_width, when_width)
        self._line(painter, QRect(right, rect.top() + 30, rect.right() - 16 - right, 18), when, 12)
        room = right - rect.left() - 58 - 12
        upper = QRect(rect.left() + 58, rect.center().y() - 20, room, 20)
        lower = QRect(rect.left() + 58, rect.center().y() + 1, room, 20)
        self._line(painter, upper, title, 14, left=True)
        self._line(painter, lower, what, 12, left=True)
        painter.restore()

    def _paint_pill(self, painter: QPainter, rect: QRect, text: str, state: str) -> int:
        tone = _TONES.get(state)
        face = font(self._list, 12)
        width = QFontMetrics(face).horizontalAdvance(text) + 18
        pill = QRectF(rect.right() - 16 - width, rect.top() + 7, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(f"{tone}_soft" if tone else "sunken"))
        painter.drawRoundedRect(pill, 10, 10)
        painter.setPen(color(f"{tone}_text" if tone else "text_soft"))
        painter.setFont(face)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return width

    def _line(
        self, painter: QPainter, place: QRect, text: str, size: int, *, left: bool = False
    ) -> None:
        face = font(self._list, size, bold=size > 12)
        painter.setFont(face)
        painter.setPen(color("text" if size > 12 else "text_soft"))
        metrics = QFontMetrics(face)
        if size > 12:
            lines = title_lines(text, metrics.horizontalAdvance, place.width(), 1)
            text = lines[0] if lines else ""
        else:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), text)
