"""The outbox of reminders: what a message is about, and whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sqlite3 import Connection

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.storage.store import DELIVERIES, TABLE, ReleaseStore
from kirara_studio.api.notices import Notice
from kirara_studio.api.outbox import DROPPED, SENDING, Destination, Outbox


@dataclass(frozen=True)
class Item:
    """A release in a message."""

    magazine: str
    issue: str
    date: date
    kind: str


Compose = Callable[[str, Sequence[Item], Mapping[str, Magazine], date], Notice]
"""Makes the notice of a batch: its id, its releases, the magazines, and today."""


def reminder_outbox(
    store: ReleaseStore,
    destinations: Sequence[Destination[Notice]],
    compose: Compose,
    magazines: Mapping[str, Magazine],
    today: date,
) -> Outbox[list[Item], Notice]:
    """The outbox of the reminders in ``store``; ``compose`` makes the notice of a batch."""

    def claim(connection: Connection, batch: str, destination: str) -> list[Item]:
        rows = connection.execute(
            f"SELECT t.id, t.magazine, t.issue, t.date, t.kind, b.at FROM {DELIVERIES} t"
            " LEFT JOIN bought b ON b.magazine = t.magazine AND b.issue = t.issue"
            " WHERE batch = ? AND destination = ? AND state = 'pending'"
            " ORDER BY t.date, t.id",
            (batch, destination),
        ).fetchall()
        items = []
        for identity, name, issue, day, kind, bought in rows:
            when = _day(day)
            wanted = bought is None and name in magazines and magazines[name].notify
            connection.execute(
                f"UPDATE {DELIVERIES} SET state = ? WHERE id = ?",
                (SENDING if wanted and when else DROPPED, identity),
            )
            if wanted and when:
                items.append(Item(name, issue, when, kind))
        return items

    return Outbox(
        store, TABLE, lock_path(store), destinations, claim,
        lambda batch, items: compose(batch, items, magazines, today),
    )  # fmt: skip


def _day(text: str) -> date | None:
    """The date of a row; None if it is damaged, which must not hold up the other rows."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def lock_path(store: ReleaseStore) -> Path:
    """The file that is locked while a process delivers."""
    return store.path.with_name("courier.lock")  # the name since version 0.1
