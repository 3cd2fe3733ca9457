"""The outbox of reminders: each is delivered exactly once, as far as a destination allows it.

A delivery goes *pending → sending → delivered*, and every step is on the disk before the next.
A process that dies while it sends leaves "sending" behind. The next one asks the backend whether
the notice was shown (`NoticeBackend.was_shown`). The desktop gets
it again if that is unknown: notices keep their id, so the desktop replaces the first. Messengers
cannot be asked; the delivery becomes *uncertain* and is not repeated.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.storage.store import DELIVERED, DELIVERIES, ReleaseStore
from kirara_studio.api.database import store_error
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.notices import Notice, Uncertain

log = logging.getLogger(__name__)

PENDING, SENDING = "pending", "sending"
UNCERTAIN, FAILED, DROPPED = "uncertain", "failed", "dropped"

_FIRST_RETRY, _LAST_RETRY = 60.0, 3600.0
_GIVE_UP = 7 * 86400.0  # seconds


@dataclass(frozen=True)
class Item:
    """A release in a message."""

    magazine: str
    issue: str
    date: date
    kind: str


@dataclass(frozen=True)
class Destination:
    """Where reminders go: the desktop (``DESKTOP``), or the messenger called ``name``.

    ``send`` delivers a notice and returns the id of the backend that took it. It raises UserError
    if it was not delivered and may be tried again, and :class:`Uncertain`. ``was_shown`` returns
    whether the notice with an id was delivered; None if that is unknown. A ``repeatable``
    destination replaces a notice with the same id.
    """

    name: str
    send: Callable[[Notice], str]
    was_shown: Callable[[str], bool | None] = lambda _: None
    repeatable: bool = False


Compose = Callable[[str, Sequence[Item], Mapping[str, Magazine], date], Notice]
"""Makes the notice of a batch: its id, its releases, the magazines, and today."""


class Outbox:
    """Sends the pending deliveries of a store, in one process of a user at a time.

    Deliveries to others than ``destinations`` wait. ``compose`` makes the notice of a batch.
    """

    def __init__(
        self, store: ReleaseStore, destinations: Sequence[Destination], compose: Compose
    ) -> None:
        self._store = store
        self._destinations = {destination.name: destination for destination in destinations}
        self._compose = compose

    def deliver(
        self, magazines: Mapping[str, Magazine], today: date, clock: Callable[[], float]
    ) -> list[Notice]:
        """Send what is due at ``clock()`` (seconds since 1970); returns what was delivered.

        What a destination refuses stays pending, for one minute at first and then for longer
        and longer. Returns nothing while another process delivers.
        """
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(FileLock(lock_path(self._store), timeout=0))
            except Timeout:
                return []
            except OSError as error:
                raise UserError(
                    "“{path}” cannot be written: {reason}.",
                    advice="Free disk space, or make the folder writable.",
                    path=lock_path(self._store),
                    reason=error.strerror or error,
                ) from error
            # We hold the lock, so the process that left these is gone.
            for batch, destination in self._groups("state = 'sending'", ()):
                self._take_over(batch, destination, clock())
            delivered = []
            due = "state = 'pending' AND next_attempt <= ?"
            for batch, destination in self._groups(due, (clock(),)):
                delivered += self._send(batch, destination, magazines, today, clock)
            return delivered

    def _groups(self, condition: str, values: tuple[object, ...]) -> list[tuple[str, Destination]]:
        rows = self._store.rows(
            f"SELECT batch, destination FROM {DELIVERIES} WHERE {condition}"
            " GROUP BY batch, destination ORDER BY min(due), min(id)",
            values,
        )
        return [
            (batch, self._destinations[name]) for batch, name in rows if name in self._destinations
        ]

    def _take_over(self, batch: str, destination: Destination, now: float) -> None:
        shown = None
        try:
            shown = destination.was_shown(batch)
        except Exception as error:  # then it is unknown
            log.info("Unknown whether %s was shown: %s", batch, error)
        if shown:
            self._set(batch, destination, DELIVERED, now)
        elif shown is False or destination.repeatable:
            self._set(batch, destination, PENDING, now)
        else:
            self._set(batch, destination, UNCERTAIN, now, error="interrupted")

    def _send(
        self,
        batch: str,
        destination: Destination,
        magazines: Mapping[str, Magazine],
        today: date,
        clock: Callable[[], float],
    ) -> list[Notice]:
        deliveries = self._claim(batch, destination, magazines)
        if not deliveries:
            return []
        try:
            notice = self._compose(batch, deliveries, magazines, today)
            route = destination.send(notice)
        except Uncertain as error:
            self._set(batch, destination, UNCERTAIN, clock(), error=str(error))
            return []
        except Exception as error:
            # Whatever went wrong, it was not sent and must be tried again.
            log.info("Not delivered to %s: %s", destination.name, one_line(error))
            self._put_off(batch, destination, clock(), store_error(error))
            return []
        self._set(batch, destination, DELIVERED, clock(), route=route)
        return [notice]

    def _claim(
        self, batch: str, destination: Destination, magazines: Mapping[str, Magazine]
    ) -> list[Item]:
        """Mark the batch as being sent, without what is no longer needed."""
        with self._store.transaction() as connection:
            rows = connection.execute(
                f"SELECT t.id, t.magazine, t.issue, t.date, t.kind, b.at FROM {DELIVERIES} t"
                " LEFT JOIN bought b ON b.magazine = t.magazine AND b.issue = t.issue"
                " WHERE batch = ? AND destination = ? AND state = 'pending'"
                " ORDER BY t.date, t.id",
                (batch, destination.name),
            ).fetchall()
            deliveries = []
            for identity, name, issue, day, kind, bought in rows:
                when = _day(day)
                wanted = bought is None and name in magazines and magazines[name].notify
                connection.execute(
                    f"UPDATE {DELIVERIES} SET state = ? WHERE id = ?",
                    (SENDING if wanted and when else DROPPED, identity),
                )
                if wanted and when:
                    deliveries.append(Item(name, issue, when, kind))
            return deliveries

    def _set(
        self,
        batch: str,
        destination: Destination,
        state: str,
        now: float,
        *,
        route: str = "",
        error: str = "",
    ) -> None:
        self._store.write(
            f"UPDATE {DELIVERIES} SET state = ?, told_at = ?, route = ?, error = ?"
            " WHERE batch = ? AND destination = ? AND state = ?",
            (state, now, route, error, batch, destination.name, SENDING),
        )

    def _put_off(self, batch: str, destination: Destination, now: float, error: str) -> None:
        with self._store.transaction() as connection:
            key = (batch, destination.name)
            attempts, due = connection.execute(
                "SELECT coalesce(max(attempts), 0), coalesce(max(due), 0)"
                f" FROM {DELIVERIES} WHERE batch = ? AND destination = ?",
                key,
            ).fetchone()
            wait = min(_FIRST_RETRY * 2 ** min(attempts, 10), _LAST_RETRY)
            state = FAILED if now - due > _GIVE_UP else PENDING
            connection.execute(
                f"UPDATE {DELIVERIES} SET state = ?, attempts = attempts + 1, next_attempt = ?,"
                " error = ? WHERE batch = ? AND destination = ? AND state = 'sending'",
                (state, now + wait, error, *key),
            )


def _day(text: str) -> date | None:
    """The date of a row; None if it is damaged, which must not hold up the other rows."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def lock_path(store: ReleaseStore) -> Path:
    """The file that is locked while a process delivers."""
    return store.path.with_name("courier.lock")  # the name since version 0.1
