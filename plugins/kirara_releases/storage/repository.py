"""The repository of releases: the list of magazines, the database, and the state of feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import Feed
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.feed_cache import FeedCache
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError


class ReleaseRepository:
    """The releases of one user.

    Parameters
    ----------
    folder
        The plugin's folder for data.
    report
        Called with an error for the user if a damaged database was set aside.
    """

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

    @property
    def feeds(self) -> FeedCache:
        """The last state of each feed. Raises UserError as :attr:`store` does."""
        return FeedCache(self.store)

    def close(self) -> None:
        """Close the database."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def magazines(self) -> Mapping[str, Magazine]:
        """The magazines by id, in their order. Raises UserError if the list cannot be read."""
        return {magazine.id: magazine for magazine in self.catalogue.magazines}

    def releases(self, first: date, last: date) -> list[Release]:
        """What comes out between two dates, both included; feeds as they were fetched last."""
        return releases_between(self.catalogue.magazines, first, last, self.feed_dates())

    def feed_dates(self) -> dict[str, tuple[date, ...]]:
        """The last dates of each feed, by the magazine's id."""
        return self.dates_of(self.catalogue.magazines)

    def dates_of(self, magazines: Iterable[Magazine]) -> dict[str, tuple[date, ...]]:
        """The same for these magazines."""
        return {
            magazine.id: self.feeds.dates(magazine.rule.url)
            for magazine in magazines
            if isinstance(magazine.rule, Feed)
        }
