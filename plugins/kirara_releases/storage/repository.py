"""The repository of releases: the list of magazines and the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import Feed
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError


class ReleaseRepository:
    """The releases of one user in ``folder``; ``report`` is that of :class:`ReleaseStore`."""

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        self.folder = Path(folder)
        self.catalogue = Catalogue(self.folder)
        self._report = report
        self._store: ReleaseStore | None = None

    @property
    def store(self) -> ReleaseStore:
        """The database, opened when it is first needed. Raises UserError if it cannot be used."""
        if self._store is None:
            self._store = ReleaseStore(self.folder, self._report)
        return self._store

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def releases(self, first: date, last: date) -> list[Release]:
        """What comes out between two dates, both included; feeds as they were fetched last."""
        magazines = self.catalogue.magazines
        return releases_between(magazines, first, last, self.feed_dates(magazines))

    def feed_dates(self, magazines: Iterable[Magazine]) -> dict[str, tuple[date, ...]]:
        """The last dates of the feeds of these magazines, by the magazine's id."""
        return {
            magazine.id: self.store.feed(magazine.rule.url).dates
            for magazine in magazines
            if isinstance(magazine.rule, Feed)
        }


def feed_urls(magazines: Iterable[Magazine]) -> list[str]:
    """The addresses of all feeds of these magazines."""
    return [magazine.rule.url for magazine in magazines if isinstance(magazine.rule, Feed)]
