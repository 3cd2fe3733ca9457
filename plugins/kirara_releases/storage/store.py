"""The database: what was bought and noted, deliveries, the last state of feeds. SQLite, WAL.

A database that is damaged, or that another program keeps locked, is set aside under another
name, and a new one takes over whatever could still be read from it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.files import free_path
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import reading

log = logging.getLogger(__name__)

FILE = "releases.sqlite"
LOCKED_SECONDS = 5.0
"""So long a lock is waited for; nothing here takes more than some milliseconds."""

DELIVERIES = "telling"
DELIVERED = "told"
"""The table of deliveries and the state of one that arrived, as version 0.1 named them."""

_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS bought (
    magazine TEXT NOT NULL, issue TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (magazine, issue)) STRICT;
CREATE TABLE IF NOT EXISTS note (
    magazine TEXT NOT NULL, issue TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (magazine, issue)) STRICT;
CREATE TABLE IF NOT EXISTS {DELIVERIES} (
    id INTEGER PRIMARY KEY,
    magazine TEXT NOT NULL, issue TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL,
    destination TEXT NOT NULL, due REAL NOT NULL,
    batch TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt REAL NOT NULL DEFAULT 0, told_at REAL NOT NULL DEFAULT 0,
    route TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '',
    UNIQUE (magazine, issue, date, kind, destination)) STRICT;
CREATE INDEX IF NOT EXISTS telling_state ON {DELIVERIES} (state);
CREATE TABLE IF NOT EXISTS feed (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '',
    dates TEXT NOT NULL DEFAULT '[]', fetched REAL NOT NULL DEFAULT 0,
    next_fetch REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE IF NOT EXISTS destination (
    name TEXT PRIMARY KEY, enabled INTEGER NOT NULL DEFAULT 1) STRICT;
"""
_VERSION = 1
_TABLES = ("meta", "bought", "note", DELIVERIES, "feed", "destination")

_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_HOPELESS = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True)
class Mark:
    """Marks of an issue: ``bought`` (when, seconds since 1970; 0: not), and a ``note``."""

    bought: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Delivery:
    """A reminder of one release for one destination.

    The magazine may be gone by now. ``kind`` is one of those in
    :mod:`~kirara_releases.notifications.planner`, ``state`` one of those in
    :mod:`~kirara_releases.notifications.outbox`; ``backend`` is empty until one took it. Times are
    seconds since 1970, 0 for never. ``error`` is the stored error of the last refusal.
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


def store_error(error: BaseException) -> str:
    """``error`` as a text for the database, to be shown in the language of the panel later."""
    if not isinstance(error, UserError):
        return one_line(error)
    return json.dumps([error.template, error.advice_template, error.values], ensure_ascii=False)


def load_error(text: str) -> UserError:
    """The error stored as ``text``; earlier versions stored a sentence."""
    try:
        with reading("error"):
            template, advice, values = parse_json(text)
            return UserError(str(template), advice=str(advice), **values)
    except UserError:
        return UserError(text)


class ReleaseStore:
    """The database in ``folder``. Use an object from one thread; several may be open at once.

    ``report`` is called with an error for the user if a database was set aside. Raises UserError
    if the folder cannot be written to, or a newer studio made the database.
    """

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        self.path = Path(folder) / FILE
        self._report = report or (lambda message: log.warning("%s", message))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(self.path, str(error.strerror or error)) from error
        self._connection = self._open()
        self._file = _identity(self.path)

    @property
    def connection(self) -> sqlite3.Connection:
        """The database; opened again if another program has set the file aside meanwhile."""
        if _identity(self.path) != self._file:
            self._connection.close()
            self._connection = self._open()
            self._file = _identity(self.path)
        return self._connection

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block or nothing; on leaving, it is on the disk.

        Raises UserError if the disk is full or the database stays locked.
        """
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise _unusable(self.path, str(error)) from error

    def write(self, statement: str, values: Sequence[object] = ()) -> None:
        """Execute one statement. Raises as :meth:`transaction` does."""
        with self.transaction() as connection:
            connection.execute(statement, values)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises UserError if the database cannot be read."""
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _unusable(self.path, str(error)) from error

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

    # Opening

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_NOTADB) & 0xFF
            if code not in (*_IN_USE, *_HOPELESS):
                raise _unusable(self.path, str(error)) from error
        aside = self._set_aside()
        connection = self._connect()
        saved = _salvage(aside, connection)
        self._report(
            UserError(
                "The database of Releases could not be used because another program keeps it "
                "locked. It was set aside as “{file}”, and {saved} of its entries were recovered."
                if code in _IN_USE
                else "The database of Releases could not be used because it is damaged. It was set "
                "aside as “{file}”, and {saved} of its entries were recovered.",
                advice="If something is missing, it is in “{aside}”. Today’s reminders may come "
                "once more.",
                file=aside.name,
                saved=saved,
                aside=aside,
            )
        )
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=LOCKED_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # A stored delivery must survive a power failure.
            connection.execute("PRAGMA synchronous = FULL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise UserError(
                    "“{path}” was made by a newer Kirara Studio.",
                    advice="Install the newest version.",
                    path=self.path,
                )
            if version < _VERSION:
                connection.executescript(_SCHEMA)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if sound != "ok":
                raise sqlite3.DatabaseError(sound)
            connection.execute("BEGIN IMMEDIATE")  # a lock must show now, not at the first change
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self) -> Path:
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        aside = free_path(self.path.parent, f"{FILE}.{stamp}")
        try:
            for suffix in ("", "-wal", "-shm"):
                part = self.path.with_name(FILE + suffix)
                with contextlib.suppress(FileNotFoundError):
                    part.rename(aside.with_name(aside.name + suffix))
        except OSError as error:
            raise _unusable(self.path, str(error.strerror or error)) from error
        return aside


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def put_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Within a transaction, remember a single value."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _salvage(damaged: Path, connection: sqlite3.Connection) -> int:
    """Copy what can be read; returns how many rows."""
    for mode in ("mode=ro", "immutable=1"):  # the latter reads past another program's lock
        count = 0
        with contextlib.suppress(sqlite3.Error):
            old = sqlite3.connect(f"{damaged.absolute().as_uri()}?{mode}", uri=True, timeout=0.2)
            with contextlib.closing(old):
                # Read from both ends, up to where each breaks off.
                for table in _TABLES:
                    for order in ("rowid", "rowid DESC"):
                        count += _copy(
                            f"SELECT * FROM {table} ORDER BY {order}", table, old, connection
                        )
        if count:
            return count
    return 0


def _copy(query: str, table: str, old: sqlite3.Connection, new: sqlite3.Connection) -> int:
    count = 0
    with contextlib.suppress(sqlite3.Error):
        for row in old.execute(query):
            places = ", ".join("?" * len(row))
            count += new.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", row).rowcount
    return count


def _unusable(path: Path, reason: str) -> UserError:
    refused = "readonly" in reason or "unable to open" in reason
    return UserError(
        "The database of Releases “{path}” cannot be used: {reason}.",
        advice="Make the folder “{folder}” writable."
        if refused or not os.access(path.parent, os.W_OK)
        else "Free disk space, or close the program that uses it, and try again.",
        path=path,
        folder=path.parent,
        reason=reason,
    )
