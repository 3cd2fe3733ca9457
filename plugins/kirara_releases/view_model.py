"""The view model: what the panel shows at one moment, magazines, feeds and marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import Feed, month_later
from kirara_releases.notifications.planner import times
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.repository import ReleaseRepository
from kirara_releases.storage.store import FeedState, Mark
from kirara_studio.api.database import store_error
from kirara_studio.api.errors import UserError

# Katakana to hiragana: both are written for the same word.
_KANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


@dataclass(frozen=True)
class ViewModel:
    """A snapshot of the repository. Equal ones look the same.

    ``problem`` is the stored error if the list of magazines cannot be read; ``magazines`` are then
    the previous ones.
    """

    magazines: tuple[Magazine, ...] = ()
    feeds: Mapping[str, FeedState] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    problem: str = ""

    def releases(self, first: date, last: date) -> list[Release]:
        """What comes out between two dates, both included."""
        dates = {identity: state.dates for identity, state in self.feeds.items()}
        return releases_between(self.magazines, first, last, dates)

    def next_wanted(self, today: date) -> Release | None:
        """What comes out next and is not bought yet, today included, within two years.

        If all of it is bought already, simply what comes out next.
        """
        coming = self.releases(today, month_later(today, 24))
        wanted = (release for release in coming if not self.mark(release).bought)
        return next(wanted, coming[0] if coming else None)

    def wanted_after(self, release: Release, today: date, most: int = 8) -> list[Release]:
        """What else comes out within a year and is not bought yet."""
        coming = self.releases(today, month_later(today, 12))
        wanted = (other for other in coming if not self.mark(other).bought)
        return [other for other in wanted if other.key != release.key][:most]

    def on(self, day: date) -> list[Release]:
        return self.releases(day, day)

    def again(self, release: Release) -> Release | None:
        """The same issue as it is known now, perhaps on another day."""
        around = self.releases(month_later(release.nominal, -3), month_later(release.date, 3))
        return next((other for other in around if other.key == release.key), None)

    def matching(self, releases: list[Release], wanted: str) -> list[Release]:
        """The releases in whose title or note every word of ``wanted`` occurs."""
        words = folded(wanted).split()
        titles = {magazine.id: folded(magazine.title) for magazine in self.magazines}

        def fits(release: Release) -> bool:
            note = folded(self.mark(release).note)
            return all(word in titles[release.magazine.id] or word in note for word in words)

        return [release for release in releases if fits(release)] if words else releases

    def mark(self, release: Release) -> Mark:
        return self.marks.get(release.key, Mark())

    def magazine(self, identity: str) -> Magazine | None:
        return next((m for m in self.magazines if m.id == identity), None)

    def siblings(self, release: Release) -> int:
        """How many issues its magazine has in the month of its nominal day, itself included."""
        first = release.nominal.replace(day=1)
        return sum(
            other.magazine.id == release.magazine.id and other.issue[:7] == release.issue[:7]
            for other in self.releases(first, month_later(first, 1))
        )


def folded(text: str) -> str:
    """``text`` without the differences that a search ignores: width, case, and kind of kana."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_KANA)


def read_model(repository: ReleaseRepository, before: ViewModel) -> ViewModel:
    """The repository as it is now. Raises UserError if the database cannot be read."""
    try:
        magazines, problem = repository.catalogue.magazines, ""
    except UserError as error:
        magazines, problem = before.magazines, store_error(error)
    feeds = {
        magazine.id: repository.store.feed(magazine.rule.url)
        for magazine in magazines
        if isinstance(magazine.rule, Feed)
    }
    now = ViewModel(magazines, feeds, repository.store.marks(), problem)
    # The same object for the same content, so "is" shows whether anything must be drawn.
    return before if now == before else now


def reminder_of(release: Release, reminders: ReminderSettings, now: datetime) -> float:
    """When the next reminder of ``release`` is due, in seconds since 1970; 0 for never."""
    moment = now.timestamp()
    return min((due for _, due in times(release, reminders) if due > moment), default=0.0)
