"""The delivery log: reminders that were delivered, are pending, or failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from kirara_releases.calendar.magazine import DEFAULT_COLOR
from kirara_releases.notifications.planner import DAY_BEFORE, ON_DAY
from kirara_releases.storage.store import DELIVERED, Delivery
from kirara_releases.texts import day_text, moment_text
from kirara_releases.view.row_list import Row, RowList, RowPainter
from kirara_releases.view_model import ViewModel
from kirara_studio.api.database import load_error
from kirara_studio.api.notices import DESKTOP
from kirara_studio.api.outbox import DROPPED, FAILED, PENDING, SENDING, UNCERTAIN
from kirara_studio.api.widgets import error_words

translate = QCoreApplication.translate

_TONES = {DELIVERED: "success", FAILED: "loss"} | dict.fromkeys(
    (PENDING, SENDING, UNCERTAIN), "attention"
)


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
                _state(delivery),
                moment_text(delivery.time, now),
                tone=_TONES.get(delivery.state, ""),
            )
            self.add(row, delivery, "\n".join(filter(None, (row.text, _why(delivery)))))
        self.verticalScrollBar().setValue(place)

    @property
    def count(self) -> int:
        return self.rows.rowCount()

    def text(self, row: int) -> str:
        return self.rows.item(row).text()


def _state(delivery: Delivery) -> str:
    again = translate("releases", "Will be tried again")
    return {
        DELIVERED: translate("releases", "Delivered"),
        PENDING: again if delivery.attempts else translate("releases", "Waiting"),
        SENDING: translate("releases", "Being sent"),
        UNCERTAIN: translate("releases", "Perhaps delivered"),
        FAILED: translate("releases", "Failed"),
        DROPPED: translate("releases", "No longer needed"),
    }.get(delivery.state, delivery.state)


def _what(delivery: Delivery, backends: Mapping[str, str], now: datetime) -> str:
    kinds = {
        ON_DAY: translate("releases", "On the day"),
        DAY_BEFORE: translate("releases", "The day before"),
    }
    kind = kinds.get(delivery.kind) or translate("releases", "After a snooze")
    desktop = backends.get(delivery.backend) or translate("releases", "Desktop")
    place = desktop if delivery.destination == DESKTOP else delivery.destination
    parts = [kind, day_text(delivery.date, now.date()), place]
    if delivery.error and delivery.state != DELIVERED:
        parts.append(" ".join(_why(delivery).split()))
    return " · ".join(parts)


def _why(delivery: Delivery) -> str:
    return str(error_words(load_error(delivery.error)))
