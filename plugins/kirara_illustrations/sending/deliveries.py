"""Which pictures are sent where: queued by hand or by the switch, and delivered once.

A *delivery* is one picture for one messenger. It is stored before anything is sent, and cannot be
stored twice.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from sqlite3 import Connection

from kirara_illustrations.filter.classes import ILLUSTRATION
from kirara_illustrations.options import EACH, Options
from kirara_illustrations.sending.words import Card, Message, Translate, message_of
from kirara_illustrations.storage.library import CONFIDENCE, KEPT, TABLE, Library
from kirara_studio.api.database import load_error, put_meta
from kirara_studio.api.messengers import Messengers, MessengerSwitches
from kirara_studio.api.outbox import DROPPED, FAILED, PENDING, SENDING, Destination, Outbox

_SINCE = "sending_since"  # when the switch was turned on
_A_DAY = 86_400.0  # seconds; sites' clocks and time zones differ
_FILES = 10  # of a message; Discord takes no more
_PASSES = (
    f"picture.state = '{KEPT}' AND hidden = 0 AND alike <= 0"
    f" AND ({CONFIDENCE} >= ? OR ? AND class = '' AND corrected = '')"
)
"""With the least confidence, and whether what was not judged passes."""


@dataclass(frozen=True)
class Delivery:
    """A picture for a messenger.

    ``state`` is one of those in :mod:`kirara_studio.api.outbox`; ``delivered_at`` is in seconds
    since 1970, 0 for never; ``error`` says why the last try failed, or is empty.
    """

    picture: int
    destination: str
    batch: str
    state: str
    delivered_at: float
    error: str


def queue(
    library: Library,
    pictures: Sequence[int],
    destinations: Iterable[str],
    *,
    digest: str = EACH,
    automatic: bool = False,
    now: float | None = None,
) -> int:
    """Queue pictures, in their order, for some messengers; returns how many deliveries are new.

    What was delivered there is not queued again, what may have arrived neither. By hand, what was
    refused before is tried again at once. :func:`deliver` sends. ``digest`` is one of the
    settings: a message for each picture, or for all of them.
    """
    now = time.time() if now is None else now
    again = f"('{DROPPED}', '{FAILED}', '{PENDING}')" if not automatic else "()"
    with library.transaction() as connection:
        return sum(
            connection.execute(
                f"INSERT INTO {TABLE.name} (picture, destination, automatic, due, batch, state)"
                f" VALUES (?, ?, ?, ?, ?, '{PENDING}')"
                " ON CONFLICT (picture, destination) DO UPDATE SET state = excluded.state,"
                " automatic = excluded.automatic, due = excluded.due, batch = excluded.batch,"
                f" attempts = 0, next_attempt = 0, error = '' WHERE state IN {again}",
                (picture, destination, automatic, now, _batch(number, picture, digest, now)),
            ).rowcount
            for destination in destinations
            for number, picture in enumerate(pictures)
        )


def plan(
    library: Library,
    options: Options,
    destinations: Iterable[str],
    *,
    judged: bool,
    now: float | None = None,
) -> int:
    """Queue what is to be sent by itself to some messengers; returns how many are new.

    That is what was posted and kept after the switch was turned on, and passes. Unless pictures
    are ``judged``, because there is a filter, those without a verdict pass. What was queued for
    other messengers, or before the switch was turned off, is dropped.
    """
    now = time.time() if now is None else now
    since = note_switch(library, options.send, now)
    wanted = list(destinations) if options.send else []
    library.write(
        f"UPDATE {TABLE.name} SET state = '{DROPPED}' WHERE automatic AND state = '{PENDING}'"
        " AND destination NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(wanted),),
    )
    query = (
        "SELECT picture.id FROM picture JOIN post ON post.id = picture.post"
        f" WHERE kept >= ? AND posted >= ? AND {_PASSES} AND NOT EXISTS"
        f" (SELECT 1 FROM {TABLE.name} d WHERE d.picture = picture.id AND d.destination = ?)"
        " ORDER BY posted, picture.id"
    )
    new = 0
    for destination in wanted:
        values = (since, since - _A_DAY, options.threshold, not judged, destination)
        pictures = [picture for (picture,) in library.rows(query, values)]
        new += queue(
            library, pictures, [destination], digest=options.digest, automatic=True, now=now
        )
    return new


def note_switch(library: Library, on: bool, now: float) -> float:
    """Remember when sending by itself was turned on; returns that time (seconds since 1970)."""
    rows = library.rows("SELECT value FROM meta WHERE key = ?", (_SINCE,))
    if on and rows:
        return float(rows[0][0])
    if on or rows:
        with library.transaction() as connection:
            if on:
                put_meta(connection, _SINCE, repr(now))
            else:
                connection.execute("DELETE FROM meta WHERE key = ?", (_SINCE,))
    return now


def unsent(
    library: Library, destination: str, since: float, threshold: float, *, judged: bool
) -> list[int]:
    """Pictures kept after ``since`` that pass and were not delivered there, the oldest first."""
    rows = library.rows(
        "SELECT picture.id FROM picture JOIN post ON post.id = picture.post"
        f" WHERE kept >= ? AND {_PASSES} AND NOT EXISTS"
        f" (SELECT 1 FROM {TABLE.name} d WHERE d.picture = picture.id AND d.destination = ?"
        f" AND d.state NOT IN ('{PENDING}', '{FAILED}', '{DROPPED}'))"
        " ORDER BY posted, picture.id",
        (since, threshold, not judged, destination),
    )
    return [picture for (picture,) in rows]


def deliver(
    library: Library,
    messengers: Messengers,
    template: str,
    translate: Translate,
    *,
    clock: Callable[[], float] = time.time,
    check: Callable[[], object] = lambda: None,
) -> list[Message]:
    """Send what is queued and due; returns what was delivered. Call it in a worker thread.

    ``check`` is called before each message, and what it raises ends it. Returns nothing while
    another process sends. Raises UserError if the database cannot be written to.
    """

    def send(name: str, message: Message) -> str:
        return messengers.send(name, message.notice, message.files)

    names = MessengerSwitches(library, messengers).enabled()
    outbox = Outbox(
        library,
        TABLE,
        library.path.with_name("sending.lock"),
        [Destination(name, partial(send, name)) for name in names],
        partial(_claim, library),
        lambda batch, cards: message_of(batch, cards, template, translate),
    )
    return outbox.deliver(clock, check)


def deliveries(library: Library, pictures: Iterable[int]) -> list[Delivery]:
    """Where pictures were sent, or are to be sent, in the order of the queue."""
    rows = library.rows(
        f"SELECT picture, destination, batch, state, delivered_at, error FROM {TABLE.name}"
        " WHERE picture IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(pictures)),),
    )
    return [
        Delivery(picture, name, batch, state, at, str(load_error(error)) if error else "")
        for picture, name, batch, state, at, error in rows
    ]


def _batch(number: int, picture: int, digest: str, now: float) -> str:
    if digest == EACH:
        return f"illustrations:{picture}"
    return f"illustrations:{now!r}:{number // _FILES}"


def _claim(library: Library, connection: Connection, batch: str, destination: str) -> list[Card]:
    """Mark what is sent now; drop what was deleted, or hidden or corrected since the planning."""
    rows = connection.execute(
        "SELECT d.id, p.state = ? AND (NOT automatic OR hidden = 0 AND alike <= 0"
        " AND corrected IN ('', ?)),"
        " p.id, file, author, author_name, text, tags, post.address, posted,"
        " coalesce(source.name, '')"
        f" FROM {TABLE.name} d LEFT JOIN picture p ON p.id = d.picture"
        " LEFT JOIN post ON post.id = p.post LEFT JOIN source ON source.id = post.source"
        f" WHERE batch = ? AND destination = ? AND d.state = '{PENDING}' ORDER BY d.id",
        (KEPT, ILLUSTRATION, batch, destination),
    ).fetchall()
    cards = []
    for identity, wanted, picture, file, author, name, text, tags, *rest in rows:
        connection.execute(
            f"UPDATE {TABLE.name} SET state = ? WHERE id = ?",
            (SENDING if wanted else DROPPED, identity),
        )
        if wanted:
            words = tuple(tags.split("\n")) if tags else ()
            cards.append(Card(picture, library.path_of(file), author, name, text, words, *rest))
    return cards
