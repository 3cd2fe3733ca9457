"""Days, times and releases in words, in the language of the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import reduce

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from kirara_releases.calendar.release import Release
from kirara_releases.view_model import ViewModel

translate = QCoreApplication.translate


def day_text(day: date, today: date | None = None) -> str:
    """As in "Wed, Dec 9"; with the year if it is not that of ``today``."""
    if today is not None and day.year == today.year:
        pattern = translate("releases", "ddd, MMM d")
    else:
        pattern = translate("releases", "ddd, MMM d, yyyy")
    return QLocale().toString(qdate(day), pattern)


def long_day_text(day: date) -> str:
    """As in "Wednesday, December 9, 2026"."""
    return QLocale().toString(qdate(day), translate("releases", "dddd, MMMM d, yyyy"))


def month_text(day: date) -> str:
    """The month of a day, as in "December 2026"."""
    return QLocale().toString(qdate(day), translate("releases", "MMMM yyyy"))


def countdown_text(day: date, today: date) -> str:
    """How long until ``day``, or since."""
    days = (day - today).days
    if days == 0:
        return translate("releases", "Today")
    if days == 1:
        return translate("releases", "Tomorrow")
    if days == -1:
        return translate("releases", "Yesterday")
    if days > 0:
        return translate("releases", "in {0} days").format(days)
    return translate("releases", "{0} days ago").format(-days)


def moment_text(seconds: float, now: datetime) -> str:
    """A time of the wall clock, as in "Wed, Dec 9, 09:00"; ``seconds`` since 1970."""
    try:
        moment = datetime.fromtimestamp(seconds)
    except (OverflowError, ValueError, OSError):
        return ""
    return translate("releases", "{day}, {time}").format(
        day=day_text(moment.date(), now.date()), time=f"{moment:%H:%M}"
    )


def qdate(day: date) -> QDate:
    """The same day, as Qt has it."""
    return QDate(day.year, day.month, day.day)


def release_text(release: Release, model: ViewModel, today: date) -> str:
    """Title, day, and all that is known of it, in lines."""
    title, *facts = _release_facts(release, model, today)
    when = f"{day_text(release.date, today)} · {countdown_text(release.date, today)}"
    return "\n".join([title, when, *facts])


def day_summary(day: date, releases: Sequence[Release], model: ViewModel, today: date) -> str:
    """A day for screen readers, as in “Wednesday, December 9, 2026: Manga Time, Bought”."""
    name = long_day_text(day)
    if day == today:
        name = spoken([name, translate("releases", "Today")])
    if not releases:
        return name
    all_facts = [spoken(_release_facts(release, model, today)) for release in releases]
    return translate("releases", "{0}: {1}").format(
        name, reduce(translate("releases", "{0}; {1}").format, all_facts)
    )


def spoken(parts: Sequence[str]) -> str:
    """Parts of a text in one line, with commas."""
    return reduce(translate("releases", "{0}, {1}").format, parts)


def _release_facts(release: Release, model: ViewModel, today: date) -> list[str]:
    mark = model.mark(release)
    facts = [release.magazine.title, moved_text(release, today)]
    facts.append(translate("releases", "Bought") if mark.bought else "")
    facts.append(mark.note if len(mark.note) <= 200 else f"{mark.note[:199]}…")
    return [fact for fact in facts if fact]


def moved_text(release: Release, today: date) -> str:
    """Why it comes out on another day than its rule's, or an empty text."""
    if release.rule_date is None:
        return translate("releases", "Extra; the rule has none in this month")
    if release.corrected:
        return translate("releases", "Corrected; by the rule it would be {0}").format(
            day_text(release.rule_date, today)
        )
    if release.date != release.nominal:
        return translate("releases", "Not on {0}, a Sunday or holiday").format(
            day_text(release.nominal, today)
        )
    return ""
