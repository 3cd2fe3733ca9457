"""The last state of each feed. A feed that fails keeps its last good dates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.kept_json import parse_json


@dataclass(frozen=True)
class FeedState:
    """What is known of a feed. Times are seconds since 1970, 0 for never.

    ``etag`` and ``modified`` are what the server gave to ask with next time; ``failures`` counts
    those since the last success, and ``error`` is the stored error of the last one.
    """

    dates: tuple[date, ...] = ()
    etag: str = ""
    modified: str = ""
    fetched: float = 0.0
    next_fetch: float = 0.0
    failures: int = 0
    error: str = ""


class FeedCache:
    """The table of feeds in the database."""

    def __init__(self, store: ReleaseStore) -> None:
        self._store = store

    def dates(self, url: str) -> tuple[date, ...]:
        """The last dates of the feed, in order; none if it was never fetched."""
        return self.state(url).dates

    def state(self, url: str) -> FeedState:
        """All that is known of the feed at ``url``."""
        row = self._store.connection.execute(
            "SELECT dates, etag, modified, fetched, next_fetch, failures, error"
            " FROM feed WHERE url = ?",
            (url,),
        ).fetchone()
        if row is None:
            return FeedState()
        return FeedState(_read_dates(row[0]), *row[1:])

    def put(self, url: str, state: FeedState) -> None:
        """Remember what is known of the feed at ``url``."""
        with self._store.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feed"
                " (url, dates, etag, modified, fetched, next_fetch, failures, error)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    url, _write_dates(state.dates), state.etag, state.modified,
                    state.fetched, state.next_fetch, state.failures, state.error,
                ),
            )  # fmt: skip

    def forget_others(self, urls: Iterable[str]) -> None:
        """Forget all feeds but these."""
        kept = set(urls)
        with self._store.transaction() as connection:
            for (url,) in connection.execute("SELECT url FROM feed").fetchall():
                if url not in kept:
                    connection.execute("DELETE FROM feed WHERE url = ?", (url,))


def _write_dates(dates: Iterable[date]) -> str:
    return json.dumps([day.isoformat() for day in sorted(set(dates))])


def _read_dates(text: str) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(day) for day in parse_json(text))
    except (ValueError, TypeError):
        return ()
