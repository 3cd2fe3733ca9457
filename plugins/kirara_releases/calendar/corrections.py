"""Moves or skips one issue: what that means for its magazine, by the kind of its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import Feed, SingleDates
from kirara_studio.api.errors import UserError


def month_of(release: Release) -> str:
    """The month whose correction concerns ``release``, as "2027-01".

    That is the month of its nominal day. If the rule gives nothing in a month, the issue is there
    only because of the correction with its date.
    """
    corrections = release.magazine.corrections
    month = release.issue[:7]
    if release.rule_date is not None:
        return month
    return next((key for key, day in corrections.items() if day == release.date), month)


def moved(release: Release, day: date, siblings: int = 1) -> Magazine:
    """Its magazine, with the issue on ``day``. ``siblings``: issues of that month, with it.

    Raises UserError if a feed has several dates in that month: a correction cannot name one.
    """
    magazine = release.magazine
    if siblings > 1:
        return _with_dates(release, day)
    corrections = dict(magazine.corrections)
    month = month_of(release)
    if day == release.rule_date:
        corrections.pop(month, None)
    else:
        corrections[month] = day
    return replace(magazine, corrections=corrections)


def skipped(release: Release, siblings: int = 1) -> Magazine:
    """Its magazine, without that issue. Raises as :func:`moved` does."""
    if siblings > 1:
        return _with_dates(release, None)
    corrections = {**release.magazine.corrections, month_of(release): None}
    return replace(release.magazine, corrections=corrections)


def uncorrected(release: Release) -> Magazine:
    """Its magazine, with that issue as the rule has it."""
    corrections = dict(release.magazine.corrections)
    corrections.pop(month_of(release), None)
    return replace(release.magazine, corrections=corrections)


def _with_dates(release: Release, day: date | None) -> Magazine:
    """Change the one date among several of a month in the list that the user wrote."""
    magazine, rule = release.magazine, release.magazine.rule
    if not isinstance(rule, SingleDates):
        raise UserError(
            "The feed of “{title}” has several dates in {month}; a single one cannot be corrected."
            if isinstance(rule, Feed)
            else "The rule of “{title}” has several dates in {month}; "
            "a single one cannot be corrected.",
            advice="Correct it at its source.",
            title=magazine.title,
            month=release.issue[:7],
        )
    dates = {other for other in rule.dates if other != release.nominal} | ({day} if day else set())
    return replace(magazine, rule=SingleDates(tuple(sorted(dates))))
