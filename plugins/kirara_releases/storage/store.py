"""What was bought and noted, deliveries, and the last state of feeds."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kirara_studio.api.database import Database, Schema, load_error, put_meta
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.messengers import MessengerSwitches
from kirara_studio.api.outbox import DeliveryTable
from kirara_studio.api.reading import reading

FILE = "releases.sqlite"
TABLE = DeliveryTable("telling", "told", "told_at", "route")
"""The table of deliveries, as version 0.1 named it."""

DELIVERIES, DELIVERED = TABLE.name, TABLE.delivered

_EVENTS = "events:"  # and the magazine's id

_SCHEMA = Schema(
    f"""
CREATE TABLE IF NOT EXISTS bought (
    magazine TEXT NOT NULL, issue TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (magazine, issue)) STRICT;
CREATE TABLE IF NOT EXISTS note (
    magazine TEXT NOT NULL, issue TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (magazine, issue)) STRICT;
CREATE TABLE IF NOT EXISTS {DELIVERIES} (
    id INTEGER PRIMARY KEY,
    magazine TEXT NOT NULL, issue TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL,
    {TABLE.columns},
    UNIQUE (magazine, issue, date, kind, destination)) STRICT;
CREATE INDEX IF NOT EXISTS telling_state ON {DELIVERIES} (state);
CREATE TABLE IF NOT EXISTS feed (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '',
    dates TEXT NOT NULL DEFAULT '[]', fetched REAL NOT NULL DEFAULT 0,
    next_fetch REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '') STRICT;
{MessengerSwitches.TABLE}
"""
)


@dataclass(frozen=True)
class Mark:
    """Marks of an issue: ``bought`` (when, seconds since 1970; 0: not), and a ``note``."""

    bought: float = 0.0
    note: str = ""


Events = Mapping[tuple[str, str], date]
"""The dates of imported events, by UID and occurrence (:class:`~.feeds.entries.Event`)."""


@dataclass(frozen=True)
class Records:
    """Marks by (magazine, issue), and imported events by magazine."""

    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    events: Mapping[str, Events] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivery:
    """A reminder of one release for one destination.

    The magazine may be gone by now. ``kind`` is one of those in
    :mod:`~kirara_releases.notifications.planner`, ``state`` one of those in
    :mod:`~kirara_studio.api.outbox` or :data:`DELIVERED`; ``backend`` is empty until one took it.
    Times are seconds since 1970, 0 for never. ``error`` is the stored error of the last refusal.
    """

    magazine: str
    issue: str
    date: date
    kind: str
    destination: str
    state: str
    due: float
    delivered_at: float
    next_attempt: float
    attempts: int
    backend: str
    error: str

    @property
    def time(self) -> float:
        """When it was delivered, or, until then, when it was due."""
        return self.delivered_at or self.due


@dataclass(frozen=True)
class FeedState:
    """The last state of a feed. Times are seconds since 1970, 0 for never.

    ``etag`` and ``modified`` are the server's validators for the next request; ``failures`` counts
    those since the last success, and ``error`` is the stored error of the last one.
    """

    dates: tuple[date, ...] = ()
    etag: str = ""
    modified: str = ""
    fetched: float = 0.0
    next_fetch: float = 0.0
    failures: int = 0
    error: str = ""


class ReleaseStore(Database):
    """The database in ``folder`` (:class:`~kirara_studio.api.database.Database`)."""

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        super().__init__(Path(folder) / FILE, _SCHEMA, report)

    # Marks

    def marks(self) -> dict[tuple[str, str], Mark]:
        """All marks, by (magazine, issue)."""
        marks = {
            (magazine, issue): Mark(bought=at)
            for magazine, issue, at in self.rows("SELECT magazine, issue, at FROM bought")
        }
        for magazine, issue, text in self.rows("SELECT magazine, issue, text FROM note"):
            key = (magazine, issue)
            marks[key] = Mark(marks.get(key, Mark()).bought, text)
        return marks

    def set_bought(self, magazine: str, issue: str, at: float) -> None:
        """Remember when an issue was bought (seconds since 1970); 0 forgets it."""
        self._mark("bought", magazine, issue, at)

    def set_note(self, magazine: str, issue: str, text: str) -> None:
        """Remember a note; an empty text forgets it."""
        self._mark("note", magazine, issue, text if text.strip() else "")

    def _mark(self, table: str, magazine: str, issue: str, value: str | float) -> None:
        if value:
            self.write(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", (magazine, issue, value))
        else:
            self.write(f"DELETE FROM {table} WHERE magazine = ? AND issue = ?", (magazine, issue))

    # Imports

    def records(self) -> Records:
        """All marks, and the events of all imports."""
        events: dict[str, Events] = {}
        start = len(_EVENTS)
        query = "SELECT key, value FROM meta WHERE substr(key, 1, ?) = ?"
        for key, text in self.rows(query, (start, _EVENTS)):
            with contextlib.suppress(UserError), reading(self.path):
                events[key[start:]] = {
                    (uid, occurrence): date.fromisoformat(day)
                    for uid, occurrences in parse_json(text).items()
                    for occurrence, day in occurrences.items()
                }
        return Records(self.marks(), events)

    def put_records(self, records: Records) -> None:
        """Replace these marks and events, and leave all others. Raises as :meth:`transaction`."""
        with self.transaction() as connection:
            for key, mark in records.marks.items():
                for table, value in (("bought", mark.bought), ("note", mark.note)):
                    connection.execute(f"DELETE FROM {table} WHERE magazine = ? AND issue = ?", key)
                    if value:
                        connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", (*key, value))
            for magazine, events in records.events.items():
                connection.execute("DELETE FROM meta WHERE key = ?", (_EVENTS + magazine,))
                nested: dict[str, dict[str, str]] = {}
                for (uid, occurrence), day in events.items():
                    nested.setdefault(uid, {})[occurrence] = day.isoformat()
                if nested:
                    text = json.dumps(nested, ensure_ascii=False)
                    put_meta(connection, _EVENTS + magazine, text)

    # Deliveries

    def deliveries(self, limit: int = 500) -> list[Delivery]:
        """The newest ones, newest first; rows that cannot be read are left out."""
        rows = self.rows(
            "SELECT magazine, issue, date, kind, destination, state, due, told_at, next_attempt,"
            f" attempts, route, error FROM {DELIVERIES}"
            " ORDER BY CASE WHEN told_at > 0 THEN told_at ELSE due END DESC, id DESC LIMIT ?",
            (limit,),
        )
        deliveries = []
        for magazine, issue, day, *others in rows:
            with contextlib.suppress(ValueError):
                deliveries.append(Delivery(magazine, issue, date.fromisoformat(day), *others))
        return deliveries

    def of_batch(self, batch: str) -> list[tuple[str, str]]:
        """The releases that a message was about, as (magazine, issue)."""
        return self.rows(
            f"SELECT DISTINCT magazine, issue FROM {DELIVERIES} WHERE batch = ?", (batch,)
        )

    def notices_of(self, magazine: str, issue: str) -> list[str]:
        """The ids of the notices on the desktop that were about this issue alone."""
        rows = self.rows(
            f"SELECT batch FROM {DELIVERIES}"
            f" WHERE destination = 'desktop' AND state = '{DELIVERED}'"
            " GROUP BY batch HAVING count(*) = 1 AND max(magazine) = ? AND max(issue) = ?",
            (magazine, issue),
        )
        return [batch for (batch,) in rows]

    def refused_since(self, moment: float) -> list[tuple[str, str, str]]:
        """What was not certainly delivered since ``moment``, as (destination, state, reason)."""
        rows = self.rows(
            f"SELECT DISTINCT destination, state, error FROM {DELIVERIES} WHERE error != ''"
            " AND (state IN ('pending', 'failed') AND next_attempt > ?"
            " OR state = 'uncertain' AND told_at >= ?)",
            (moment, moment),
        )
        return [(destination, state, str(load_error(error))) for destination, state, error in rows]

    # Feeds

    def feed(self, url: str) -> FeedState:
        """The last state of the feed at ``url``; a feed that fails keeps its last good dates."""
        rows = self.rows(
            "SELECT dates, etag, modified, fetched, next_fetch, failures, error"
            " FROM feed WHERE url = ?",
            (url,),
        )
        if not rows:
            return FeedState()
        dates: tuple[date, ...] = ()
        with contextlib.suppress(UserError), reading(self.path):
            dates = tuple(date.fromisoformat(day) for day in parse_json(rows[0][0]))
        return FeedState(dates, *rows[0][1:])

    def put_feed(self, url: str, state: FeedState) -> None:
        dates = json.dumps([day.isoformat() for day in sorted(set(state.dates))])
        self.write(
            "INSERT OR REPLACE INTO feed"
            " (url, dates, etag, modified, fetched, next_fetch, failures, error)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                url, dates, state.etag, state.modified,
                state.fetched, state.next_fetch, state.failures, state.error,
            ),
        )  # fmt: skip

    def forget_other_feeds(self, urls: Collection[str]) -> None:
        """Forget all feeds but these."""
        places = ", ".join("?" * len(urls))
        self.write(f"DELETE FROM feed WHERE url NOT IN ({places})", tuple(urls))
