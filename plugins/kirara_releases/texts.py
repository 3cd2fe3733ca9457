"""Days, times and releases in words, in the language of the program."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from kirara_releases.calendar.release import Release
from kirara_releases.view_model import ViewModel

translate = QCoreApplication.translate


def day_text(day: date, today: date | None = None) -> str:
    """As in "Wed, Dec 9"; with the year where it is not that of ``today``."""
    if today is not None and day.year == today.year:
        pattern = translate("releases", "ddd, MMM d")
    else:
        pattern = translate("releases", "ddd, MMM d, yyyy")
    return QLocale().toString(qdate(day), pattern)


def long_day_text(day: date) -> str:
    """As in "Wednesday, December 9, 2026"."""
    return QLocale().toString(qdate(day), translate("releases", "dddd, MMMM d, yyyy"))


def month_text(year: int, month: int) -> str:
    """As in "December 2026"."""
    return QLocale().toString(QDate(year, month, 1), translate("releases", "MMMM yyyy"))


def key_text(month: str) -> str:
    """The month "2026-12" in words."""
    return month_text(int(month[:4]), int(month[5:]))


def weekday_text(day: date) -> str:
    """As in "Wed"."""
    return QLocale().toString(qdate(day), "ddd")


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
    mark = model.mark(release)
    lines = [
        release.magazine.title,
        f"{day_text(release.date, today)} · {countdown_text(release.date, today)}",
    ]
    if why := moved_text(release, today):
        lines.append(why)
    if mark.bought:
        lines.append(translate("releases", "Bought"))
    if mark.note:
        lines.append(mark.note if len(mark.note) <= 200 else f"{mark.note[:199]}…")
    return "\n".join(lines)


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
