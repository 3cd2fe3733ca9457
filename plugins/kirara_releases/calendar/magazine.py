"""What a magazine is, and how it is written down."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kirara_releases.calendar.rules import Rule, read_date, rule_from_dict

SKIPPED = "none"
"""A correction by which nothing comes out in that month."""

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_LONGEST = 200  # characters of a title
_KEYS = ("id", "title", "rule", "color", "corrections", "page", "notify", "remind")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")

MOST_DAYS_BEFORE = 31
"""So many days before a release a reminder may be."""
DEFAULT_COLOR = "#8A7FA8"


@dataclass(frozen=True)
class ReminderTime:
    """When to remind of a release: 0…31 days before its day, at a minute of that day, 0…1439.

    Days and minutes are those of this computer's clock. Raises ValueError for other numbers.
    """

    days_before: int
    minute: int

    def __post_init__(self) -> None:
        if type(self.days_before) is not int or not 0 <= self.days_before <= MOST_DAYS_BEFORE:
            raise ValueError(f"“days_before” must be a whole number from 0 to {MOST_DAYS_BEFORE}")
        if type(self.minute) is not int or not 0 <= self.minute < 1440:
            raise ValueError("the minute of a day must be a whole number from 0 to 1439")

    @property
    def clock(self) -> str:
        """The time of the day, as "09:30"."""
        return f"{self.minute // 60:02}:{self.minute % 60:02}"

    def to_dict(self) -> dict[str, Any]:
        return {"days_before": self.days_before, "at": self.clock}

    @classmethod
    def from_dict(cls, values: object) -> ReminderTime:
        """Read :meth:`to_dict`'s values. Raises ValueError."""
        if not isinstance(values, Mapping) or set(values) - {"days_before", "at"}:
            raise ValueError('“remind” must be a table such as { days_before = 1, at = "20:00" }')
        found = _CLOCK.fullmatch(str(values.get("at", "")))
        if found is None:
            raise ValueError("“at” must be a time such as 20:00")
        return cls(values.get("days_before", 0), int(found[1]) * 60 + int(found[2]))


@dataclass(frozen=True)
class Magazine:
    """A magazine, or anything else that comes out on certain days.

    ``id`` is kept for ever, since records refer to it. ``corrections`` gives, by month ("2027-01"),
    the date on which that month's issue really comes out, or None if none does; a correction wins
    over the rule. ``page`` is a web page about it, or empty; ``notify`` whether the studio
    reminds of it, and ``remind`` when, if not at the times in the settings. Raises ValueError
    saying what does not fit.
    """

    id: str
    title: str
    rule: Rule
    color: str = DEFAULT_COLOR
    corrections: Mapping[str, date | None] = field(default_factory=dict)
    page: str = ""
    notify: bool = True
    remind: ReminderTime | None = None

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(
                f"the id “{self.id[:80]}” may only have lower-case letters, digits, - and _"
            )
        if not self.title.strip() or len(self.title) > _LONGEST or not self.title.isprintable():
            raise ValueError(f"the title must be one line of 1 to {_LONGEST} characters")
        if not _COLOR.fullmatch(self.color):
            raise ValueError(f"the color “{self.color}” is not of the form #RRGGBB")
        if self.page and not self.page.lower().startswith(("http://", "https://")):
            raise ValueError("the page must begin with http:// or https://")
        for month in self.corrections:
            if not _MONTH.fullmatch(month):
                raise ValueError(f"the correction's month “{month}” is not of the form 2027-01")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, as in ``magazines.toml``; what is as usual is left out."""
        values: dict[str, Any] = {"id": self.id, "title": self.title, "color": self.color}
        if self.page:
            values["page"] = self.page
        if not self.notify:
            values["notify"] = False
        if self.remind is not None:
            values["remind"] = self.remind.to_dict()
        values["rule"] = self.rule.to_dict()
        if self.corrections:
            values["corrections"] = {
                month: day or SKIPPED for month, day in sorted(self.corrections.items())
            }
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Magazine:
        """Read :meth:`to_dict`'s values. Raises ValueError, also for a key that looks misspelt."""
        if slip := misspelt(values, _KEYS):
            raise ValueError(f"“{slip}” is probably a misspelt “{_meant(slip, _KEYS)}”")
        for key in ("id", "title", "rule"):
            if key not in values:
                raise ValueError(f"“{key}” is missing")
        if not isinstance(values["rule"], Mapping):
            raise ValueError("“rule” must be a table such as { day = 9 }")
        corrections = values.get("corrections", {})
        if not isinstance(corrections, Mapping):
            raise ValueError('“corrections” must be a table such as { "2027-01" = 2027-01-08 }')
        if not isinstance(values.get("notify", True), bool):
            raise ValueError("“notify” must be true or false")
        return cls(
            id=str(values["id"]),
            title=str(values["title"]),
            rule=rule_from_dict(values["rule"]),
            color=str(values.get("color", DEFAULT_COLOR)),
            corrections={
                str(month): None if day == SKIPPED else read_date(day)
                for month, day in corrections.items()
            },
            page=str(values.get("page", "")),
            notify=values.get("notify", True),
            remind=ReminderTime.from_dict(values["remind"]) if "remind" in values else None,
        )


def misspelt(values: Iterable[str], known: Sequence[str]) -> str:
    """The first of ``values`` that is not known, but almost; else an empty text."""
    strange = (str(key) for key in values if key not in known)
    return next((key for key in strange if _meant(key, known)), "")


def _meant(key: str, known: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(key.lower(), known, 1, cutoff=0.8)), "")


def id_for(title: str, taken: set[str]) -> str:
    """An id for a new magazine: made of the title's Latin letters if it has any."""
    base = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "magazine"
    number, candidate = 2, base
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    return candidate
