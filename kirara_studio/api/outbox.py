"""An outbox: each message is delivered exactly once, as far as a destination allows it.

A delivery goes *pending → sending → delivered*, and every step is on the disk before the next.
A process that dies while it sends leaves "sending" behind. The next one asks the backend whether
the notice was shown (`NoticeBackend.was_shown`). The desktop gets
it again if that is unknown: notices keep their id, so the desktop replaces the first. Messengers
cannot be asked; the delivery becomes *uncertain* and is not repeated.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Generic, TypeVar

from filelock import FileLock, Timeout

from kirara_studio.api.database import Database, store_error
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.notices import DESKTOP, Notice, NoticeBackend, Uncertain

log = logging.getLogger(__name__)

PENDING, SENDING, DELIVERED = "pending", "sending", "delivered"
UNCERTAIN, FAILED, DROPPED = "uncertain", "failed", "dropped"
"""The states of a delivery; a dropped one is no longer needed."""

_FIRST_RETRY, _LAST_RETRY = 60.0, 3600.0
_GIVE_UP = 7 * 86400.0  # seconds

Message = TypeVar("Message")
Items = TypeVar("Items")


@dataclass(frozen=True)
class DeliveryTable:
    """The table ``name`` of deliveries in a database (version 1.4).

    A row is one delivery; those of a ``batch`` for one ``destination`` are sent as one message.
    Insert rows with ``batch``, ``destination``, ``due`` (seconds since 1970) and ``state``
    "pending". A unique index over what they are about keeps anything from being sent twice. The
    other fields are the names that the plugin has for a state and two columns.
    """

    name: str
    delivered: str = DELIVERED
    delivered_at: str = "delivered_at"
    backend: str = "backend"

    @property
    def columns(self) -> str:
        """The definitions of the columns that an outbox needs, for CREATE TABLE."""
        return (
            "destination TEXT NOT NULL, due REAL NOT NULL, batch TEXT NOT NULL,"
            " state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,"
            f" next_attempt REAL NOT NULL DEFAULT 0, {self.delivered_at} REAL NOT NULL DEFAULT 0,"
            f" {self.backend} TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT ''"
        )


@dataclass(frozen=True)
class Destination(Generic[Message]):
    """Where messages go: the desktop (``DESKTOP``), or the messenger called ``name``.

    ``send`` delivers a message and returns the id of the backend that took it. It raises UserError
    if it was not delivered and may be tried again, and
    :class:`~kirara_studio.api.notices.Uncertain`. ``was_shown`` returns
    whether the message of a batch was delivered; None if that is unknown. A ``repeatable``
    destination replaces a message of the same batch. Version 1.4.
    """

    name: str
    send: Callable[[Message], str]
    was_shown: Callable[[str], bool | None] = lambda _: None
    repeatable: bool = False


def desktop_destination(
    deliver: Callable[[Notice], str], backends: Callable[[], Sequence[NoticeBackend]]
) -> Destination[Notice]:
    """The desktop, by the first notification backend that works (version 1.4).

    The id of a notice must be its batch.
    """

    def was_shown(batch: str) -> bool | None:
        answers = [backend.was_shown(batch) for backend in backends() if backend.was_shown]
        if any(answers):
            return True
        return False if False in answers else None

    return Destination(DESKTOP, deliver, was_shown, repeatable=True)


class Outbox(Generic[Items, Message]):
    """Sends the pending deliveries of a table, in one process of a user at a time (version 1.4).

    Deliveries to others than ``destinations`` wait.

    Parameters
    ----------
    lock
        The file that is locked while a process delivers.
    claim
        Called within a transaction, with the connection, a batch and the name of a destination: it
        sets the state of each pending row of that batch to "sending", or to "dropped" if it is no
        longer needed, and returns what stands in those to send; if there are none, something empty.
    compose
        Makes the message of a batch from that.
    """

    def __init__(
        self,
        database: Database,
        table: DeliveryTable,
        lock: Path,
        destinations: Sequence[Destination[Message]],
        claim: Callable[[Connection, str, str], Items],
        compose: Callable[[str, Items], Message],
    ) -> None:
        self._database = database
        self._table = table
        self._lock = lock
        self._destinations = {destination.name: destination for destination in destinations}
        self._claim = claim
        self._compose = compose

    def deliver(
        self, clock: Callable[[], float], check: Callable[[], object] = lambda: None
    ) -> list[Message]:
        """Send what is due at ``clock()`` (seconds since 1970); returns what was delivered.

        ``check`` is called before each message; what it raises ends it, and the rest waits.

        What a destination refuses stays pending, for one minute at first and then for longer
        and longer, up to a week. Returns nothing while another process delivers. Call it in a
        worker thread. Raises UserError if the database or its folder cannot be written to.
        """
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(FileLock(self._lock, timeout=0))
            except Timeout:
                return []
            except OSError as error:
                raise UserError(
                    "“{path}” cannot be written: {reason}.",
                    advice="Free disk space, or make the folder writable.",
                    path=self._lock,
                    reason=error.strerror or error,
                ) from error
            # We hold the lock, so the process that left these is gone.
            for batch, destination in self._groups("state = 'sending'", ()):
                self._take_over(batch, destination, clock())
            due = "state = 'pending' AND next_attempt <= ?"
            delivered = []
            for batch, destination in self._groups(due, (clock(),)):
                check()
                delivered += self._send(batch, destination, clock)
            return delivered

    def _groups(
        self, condition: str, values: tuple[object, ...]
    ) -> list[tuple[str, Destination[Message]]]:
        rows = self._database.rows(
            f"SELECT batch, destination FROM {self._table.name} WHERE {condition}"
            " GROUP BY batch, destination ORDER BY min(due), min(id)",
            values,
        )
        return [
            (batch, self._destinations[name]) for batch, name in rows if name in self._destinations
        ]

    def _take_over(self, batch: str, destination: Destination[Message], now: float) -> None:
        shown = None
        try:
            shown = destination.was_shown(batch)
        except Exception as error:  # then it is unknown
            log.info("Unknown whether %s was shown: %s", batch, error)
        if shown:
            self._set(batch, destination, self._table.delivered, now)
        elif shown is False or destination.repeatable:
            self._set(batch, destination, PENDING, now)
        else:
            self._set(batch, destination, UNCERTAIN, now, error="interrupted")

    def _send(
        self, batch: str, destination: Destination[Message], clock: Callable[[], float]
    ) -> list[Message]:
        with self._database.transaction() as connection:
            items = self._claim(connection, batch, destination.name)
        if not items:
            return []
        try:
            message = self._compose(batch, items)
            backend = destination.send(message)
        except Uncertain as error:
            self._set(batch, destination, UNCERTAIN, clock(), error=str(error))
            return []
        except Exception as error:
            # Whatever went wrong, it was not sent and must be tried again.
            log.info("Not delivered to %s: %s", destination.name, one_line(error))
            self._put_off(batch, destination, clock(), store_error(error))
            return []
        self._set(batch, destination, self._table.delivered, clock(), backend=backend)
        return [message]

    def _set(
        self,
        batch: str,
        destination: Destination[Message],
        state: str,
        now: float,
        *,
        backend: str = "",
        error: str = "",
    ) -> None:
        table = self._table
        self._database.write(
            f"UPDATE {table.name} SET state = ?, {table.delivered_at} = ?, {table.backend} = ?,"
            " error = ? WHERE batch = ? AND destination = ? AND state = ?",
            (state, now, backend, error, batch, destination.name, SENDING),
        )

    def _put_off(
        self, batch: str, destination: Destination[Message], now: float, error: str
    ) -> None:
        with self._database.transaction() as connection:
            key = (batch, destination.name)
            attempts, due = connection.execute(
                "SELECT coalesce(max(attempts), 0), coalesce(max(due), 0)"
                f" FROM {self._table.name} WHERE batch = ? AND destination = ?",
                key,
            ).fetchone()
            wait = min(_FIRST_RETRY * 2 ** min(attempts, 10), _LAST_RETRY)
            state = FAILED if now - due > _GIVE_UP else PENDING
            connection.execute(
                f"UPDATE {self._table.name} SET state = ?, attempts = attempts + 1,"
                " next_attempt = ?, error = ?"
                " WHERE batch = ? AND destination = ? AND state = 'sending'",
                (state, now + wait, error, *key),
            )
