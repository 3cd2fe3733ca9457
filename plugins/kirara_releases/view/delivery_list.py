"""The delivery log: reminders that were delivered, are pending, or failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from kirara_releases.calendar.magazine import DEFAULT_COLOR
from kirara_releases.notifications.outbox import (
    DESKTOP,
    DROPPED,
    FAILED,
    PENDING,
    SENDING,
    UNCERTAIN,
)
from kirara_releases.notifications.planner import DAY_BEFORE, ON_DAY
from kirara_releases.storage.store import DELIVERED, Delivery, load_error
from kirara_releases.texts import day_text, moment_text
from kirara_releases.view.row_list import Row, RowList, RowPainter
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets import error_words

translate = QCoreApplication.translate

_TONES = {
    DELIVERED: "success",
    PENDING: "attention",
    SENDING: "attention",
    UNCERTAIN: "attention",
    FAILED: "loss",
}


class DeliveryList(RowList):
    """Deliveries, newest first: what, when, where to, and the result."""

    def __init__(self) -> None:
        super().__init__()
        RowPainter(self)

    def show_deliveries(
        self,
        deliveries: Sequence[Delivery],
        model: ViewModel,
        backends: Mapping[str, str],
        now: datetime,
    ) -> None:
        """Show these; ``backends``: the titles of the desktop's, by id."""
        place = self.verticalScrollBar().value()
        self.rows.clear()
        for delivery in deliveries:
            magazine = model.magazine(delivery.magazine)
            row = Row(
                magazine.title if magazine else delivery.magazine,
                _what(delivery, backends, now),
                magazine.color if magazine else DEFAULT_COLOR,
                state_text(delivery),
                moment_text(delivery.time, now),
                tone=_TONES.get(delivery.state, ""),
            )
            self.add(row, delivery, "\n".join(filter(None, (row.text, _why(delivery)))))
        self.verticalScrollBar().setValue(place)

    @property
    def count(self) -> int:
        """How many are shown."""
        return self.rows.rowCount()

    def text(self, row: int) -> str:
        """The text of a row, in lines."""
        return self.rows.item(row).text()


def state_text(delivery: Delivery) -> str:
    """The state in words."""
    return {
        DELIVERED: translate("releases", "Delivered"),
        PENDING: translate("releases", "Waiting")
        if not delivery.attempts
        else translate("releases", "Will be tried again"),
        SENDING: translate("releases", "Being sent"),
        UNCERTAIN: translate("releases", "Perhaps delivered"),
        FAILED: translate("releases", "Failed"),
        DROPPED: translate("releases", "No longer needed"),
    }.get(delivery.state, delivery.state)


def kind_text(kind: str) -> str:
    """The kind of reminder in words."""
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
        parts.append(backends.get(delivery.backend, "") or translate("releases", "Desktop"))
    if delivery.error and delivery.state != DELIVERED:
        parts.append(" ".join(_why(delivery).split()))
    return " · ".join(parts)


def _why(delivery: Delivery) -> str:
    return str(error_words(load_error(delivery.error)))
