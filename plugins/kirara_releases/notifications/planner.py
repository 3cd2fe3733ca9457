"""Which reminders are due. Compares wall clocks only; nothing here waits.

A *delivery* is one release, of one kind (on the day, the day before, again after a snooze), to one
destination. Each is stored once before anything is sent; that it cannot be stored twice keeps it
from being sent twice.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from sqlite3 import Connection

from kirara_releases.calendar.magazine import MOST_DAYS_BEFORE
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import shifted
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.store import DELIVERIES, ReleaseStore
from kirara_studio.api.database import put_meta

ON_DAY, DAY_BEFORE, AGAIN = "day", "eve", "again"
"""The kinds of reminders; the last is followed by the time of the snooze."""

PREFIX = "releases:"
"""What the ids of this plugin's notices begin with."""

LONGEST_ABSENCE = 62  # days; what was missed earlier is dropped
_CLOCK_WENT_BACK = 3600.0  # seconds; less is a correction of the clock, or a summer time
_SETTLED = 600.0  # seconds after which a clock that went back is believed

Releases = Callable[[date, date], Iterable[Release]]
"""The releases between two dates, both included."""


def plan(
    store: ReleaseStore,
    releases: Releases,
    reminders: ReminderSettings,
    destinations: Sequence[str],
    now: float,
    *,
    whole_day: bool = False,
) -> int:
    """Store the reminders that are due at ``now`` (seconds since 1970); returns how many are new.

    Everything due since the last call is considered, and all of today. What came out on an
    earlier day is collected into one digest per destination. ``whole_day`` ignores the hours: for
    a command that is itself started at the right hour.

    A clock that went back by more than an hour may be wrong, or may just have been corrected.
    Nothing new is stored for ten minutes. If the clock is still there by then, it is trusted, and
    reminders of days that are in the future now are sent again when those days come.
    """
    today = datetime.fromtimestamp(now).date()
    with store.transaction() as connection:
        checked = _read(connection, "checked_until", default=start_of(today))
        if now < checked - _CLOCK_WENT_BACK:
            if not _settle(connection, now):
                return 0
            checked = start_of(today)
        else:
            connection.execute("DELETE FROM meta WHERE key = 'clock_went_back'")
        put_meta(connection, "checked_until", repr(max(checked, now)))
        since = max(min(checked, start_of(today)), now - LONGEST_ABSENCE * 86400)
        until = start_of(shifted(today, 1)) - 1 if whole_day else now
        ahead = shifted(datetime.fromtimestamp(until).date(), MOST_DAYS_BEFORE)
        return sum(
            _note(connection, release, kind, due, destination, today, now)
            for release in releases(datetime.fromtimestamp(since).date(), ahead)
            for kind, due in times(release, reminders)
            # Once the day itself has come, it is no longer to come.
            if since <= due <= until and (kind == ON_DAY or release.date > today)
            for destination in destinations
        )


def times(release: Release, reminders: ReminderSettings) -> list[tuple[str, float]]:
    """The kinds and times (seconds since 1970) of the reminders of a release.

    The magazine's own time comes before those of the settings. Leaves out a time that the system's
    clock does not know.
    """
    if not release.magazine.notify:
        return []
    own = release.magazine.remind
    if own is not None:
        kind = ON_DAY if own.days_before == 0 else DAY_BEFORE
        moments = [(kind, shifted(release.date, -own.days_before), own.minute)]
    else:
        moments = [(DAY_BEFORE, shifted(release.date, -1), 60 * reminders.hour_before)]
        moments = moments[: reminders.day_before]
        moments += [(ON_DAY, release.date, 60 * reminders.hour)] if reminders.on_day else []
    found = []
    for kind, day, minute in moments:
        with contextlib.suppress(OverflowError, ValueError, OSError):
            found.append((kind, start_of(day, minute)))
    return found


def snooze(store: ReleaseStore, batch: str, until: float, now: float) -> None:
    """Remind of a batch again at ``until``, on the desktop."""
    with store.transaction() as connection:
        rows = connection.execute(
            f"SELECT DISTINCT magazine, issue, date FROM {DELIVERIES} WHERE batch = ?", (batch,)
        ).fetchall()
        for magazine, issue, day in rows:
            kind = f"{AGAIN}-{now:.0f}"
            again = _batch(magazine, issue, day, kind)
            connection.execute(
                f"INSERT OR IGNORE INTO {DELIVERIES} (magazine, issue, date, kind, destination,"
                " due, batch, state, next_attempt)"
                " VALUES (?, ?, ?, ?, 'desktop', ?, ?, 'pending', ?)",
                (magazine, issue, day, kind, until, again, until),
            )


def magazine_of(batch: str) -> str:
    """The id of the magazine that a message was about; of a digest, an empty text."""
    parts = batch.removeprefix(PREFIX).split(":")
    return parts[0] if len(parts) == 4 else ""


def start_of(day: date, minute: int = 0) -> float:
    """When a minute of ``day`` begins in this computer's time zone, in seconds since 1970."""
    return datetime(day.year, day.month, day.day, *divmod(minute, 60)).timestamp()


def _note(
    connection: Connection,
    release: Release,
    kind: str,
    due: float,
    destination: str,
    today: date,
    now: float,
) -> int:
    day = release.date.isoformat()
    missed = release.date < today
    batch = f"{PREFIX}missed:{now:.0f}" if missed else _batch(*release.key, day, kind)
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO {DELIVERIES}"
        " (magazine, issue, date, kind, destination, due, batch, state)"
        " SELECT ?, ?, ?, ?, ?, ?, ?, 'pending'"
        " WHERE NOT EXISTS (SELECT 1 FROM bought WHERE magazine = ? AND issue = ?)",
        (*release.key, day, kind, destination, due, batch, *release.key),
    )
    return cursor.rowcount


def _batch(magazine: str, issue: str, day: str, kind: str) -> str:
    """The id of a single reminder, in the database and as a notice."""
    return f"{PREFIX}{magazine}:{issue}:{day}:{kind}"


def _settle(connection: Connection, now: float) -> bool:
    """The clock went back. True once it has run on from there for long enough."""
    back = _read(connection, "clock_went_back", default=now)
    if now < back:
        back = now
    put_meta(connection, "clock_went_back", repr(back))
    if now < back + _SETTLED:
        return False
    connection.execute(f"DELETE FROM {DELIVERIES} WHERE due > ? AND kind NOT LIKE 'again%'", (now,))
    connection.execute("DELETE FROM meta WHERE key = 'clock_went_back'")
    return True


def _read(connection: Connection, key: str, default: float) -> float:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    try:
        return float(row[0]) if row else default
    except ValueError:
        return default
