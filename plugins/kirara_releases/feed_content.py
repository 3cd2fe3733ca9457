"""What a feed or a file holds: which format it is in, in which characters, and its dates."""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from email.message import Message
from typing import NamedTuple

from kirara_studio.api.errors import UserError

JAPAN = timezone(timedelta(hours=9))
"""Magazines come out in Japan, which has no summer time."""

MOST_DATES = 5_000
"""Of more, those nearest to today are kept."""

MOST_SECONDS = 10.0
"""So long the reading may take; a calendar of honest size takes less than one."""

_MOST_COLLECTED = 20_000
_LONGEST_TITLE = 200  # characters, as many as a magazine's may have

# What servers call the encodings in use in Japan. Nothing else is looked up by a name that a
# server gave: among Python's codecs are some that take minutes.
_ENCODINGS = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "cp932": "cp932", "ms932": "cp932", "ms_kanji": "cp932",
    "euc-jp": "euc_jp", "euc_jp": "euc_jp", "eucjp": "euc_jp", "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext", "utf-16": "utf-16", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252",
}  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")
_HTML = re.compile(r"<!doctype\s+html|<(html|head|body|title|meta|script|div|p|h1)[\s>]", re.I)


class Entry(NamedTuple):
    """Something comes out: the day in Japan, and what it is called (perhaps nothing)."""

    date: date
    title: str = ""


@dataclass(frozen=True)
class FeedContent:
    """The entries of a feed or file by date, each once; at most :data:`MOST_DATES`.

    ``name`` is what it calls itself; ``skipped`` counts what was broken, could not be understood,
    or was too much.
    """

    entries: tuple[Entry, ...] = ()
    name: str = ""
    skipped: int = 0

    @property
    def dates(self) -> tuple[date, ...]:
        """Every day on which something comes out, in order, once each."""
        return tuple(sorted({entry.date for entry in self.entries}))


class Collector:
    """Gathers what a parser finds, and keeps it from going on for ever.

    Parameters
    ----------
    source
        What errors call the feed or file.
    today
        In Japan: recurrences are looked for around it.
    check
        Called now and then; may raise to stop.
    """

    def __init__(
        self,
        source: str,
        today: date,
        check: Callable[[], None] = lambda: None,
        seconds: float = MOST_SECONDS,
    ) -> None:
        self.source = source
        self.today = today
        self.name = ""
        self.skipped = 0
        self._check = check
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._entries: set[Entry] = set()

    def step(self) -> None:
        """To be called with every small piece of work. Raises UserError when it was too much."""
        self._check()
        if time.monotonic() > self._deadline:
            raise UserError(
                f"“{self.source}” takes longer than {self._seconds:g} seconds to read.",
                advice="It is too large, or repeats too much; look for a smaller calendar.",
            )

    def add(self, day: date, title: str) -> None:
        """One that was found."""
        entry = Entry(day, clean_title(title))
        if entry in self._entries or len(self._entries) < _MOST_COLLECTED:
            self._entries.add(entry)
        else:
            self.skipped += 1

    def content(self) -> FeedContent:
        """All of it. Raises UserError where there was something, and none of it any good."""
        if self.skipped and not self._entries:
            raise UserError(
                f"“{self.source}” has {self.skipped} entries, and none with a date that can be "
                "understood.",
                advice="Look at docs/releases.md for what is read.",
            )
        nearest = sorted(self._entries, key=lambda entry: abs(entry.date - self.today))
        left_out = len(nearest[MOST_DATES:])
        return FeedContent(
            tuple(sorted(nearest[:MOST_DATES])), clean_title(self.name), self.skipped + left_out
        )


def read_content(
    data: bytes,
    source: str,
    *,
    content_type: str = "",
    today: date | None = None,
    check: Callable[[], None] = lambda: None,
    seconds: float = MOST_SECONDS,
) -> FeedContent:
    """Read iCalendar or JSON, whichever it is.

    Parameters
    ----------
    data
        The file as it came; the caller bounds its size.
    source
        What errors call it.
    content_type
        As in HTTP, for the charset; the format is seen from the data.
    today
        In Japan; the clock's, unless given.
    check
        Called now and then; may raise to stop.
    seconds
        So long it may take.

    Raises
    ------
    UserError
        For a web page, an RSS feed, anything else, and what is broken as a whole. Single entries
        that are broken are counted instead.
    """
    from kirara_releases.icalendar_dates import collect_events
    from kirara_releases.json_dates import collect_items

    text = decode(data, _charset(content_type)).lstrip("\ufeff \t\r\n")
    collector = Collector(source, today or datetime.now(JAPAN).date(), check, seconds)
    if text[:15].upper() == "BEGIN:VCALENDAR":
        collect_events(text, collector)
    elif text[:1] in ("{", "["):
        collect_items(text, collector)
    else:
        raise _not_a_calendar(text, source)
    return collector.content()


def decode(data: bytes, declared: str = "") -> str:
    """Text from bytes: by its byte order mark, as UTF-8, as declared, or as Japanese encodings.

    Never fails: what fits nothing becomes UTF-8 with replacement characters.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    # Servers declare UTF-8 wrongly as something else far more often than another text happens
    # to be valid UTF-8. Only ISO-2022-JP looks like ASCII.
    candidates = ["iso2022_jp_ext"] if b"\x1b$" in data else []
    candidates += ["utf-8"]
    if declared.lower() in _ENCODINGS:
        candidates.append(_ENCODINGS[declared.lower()])
    for encoding in candidates:
        if (text := _decoded(data, encoding)) is not None:
            return text
    guesses = [text for name in ("cp932", "euc_jp") if (text := _decoded(data, name)) is not None]
    if not guesses:
        return data.decode("utf-8", "replace")
    # EUC-JP read as Shift_JIS is full of half-width kana, which hardly anybody writes.
    return min(guesses, key=lambda text: len(_HALF_WIDTH_KANA.findall(text)))


def read_day(text: str) -> date:
    """The day in Japan of an ISO date or date with time. Raises ValueError for anything else."""
    text = text.strip()
    if len(text) > 40:
        raise ValueError("too long for a date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return day_in_japan(datetime.fromisoformat(text.upper()))


def day_in_japan(moment: date) -> date:
    """The day in Japan of a moment; without a time zone, the day as it is written."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is not None:
        try:
            return moment.astimezone(JAPAN).date()
        except (OverflowError, ValueError):
            pass  # within some hours of the calendar's ends
    return moment.date()


def clean_title(text: str) -> str:
    """One line of printable characters, of at most 200."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_TITLE]


def titles_of(entries: Iterable[Entry]) -> dict[str, tuple[date, ...]]:
    """The dates of every title, in order; the titles by their first date."""
    found: dict[str, set[date]] = {}
    for entry in sorted(entries):
        found.setdefault(entry.title, set()).add(entry.date)
    return {title: tuple(sorted(days)) for title, days in found.items()}


def _charset(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = " ".join(content_type[:200].split())
    charset = message.get_param("charset", "")
    return charset if isinstance(charset, str) else ""


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _not_a_calendar(text: str, source: str) -> UserError:
    if not text:
        return UserError(f"“{source}” is empty.", advice="Look at it again later.")
    if _HTML.search(text[:2000]):
        return UserError(
            f"“{source}” is a web page (HTML), not a calendar.",
            advice="Look on that page for a link to iCalendar (.ics) or JSON, and use its address.",
        )
    kind = "an XML file, perhaps RSS" if text.startswith("<") else "neither iCalendar nor JSON"
    return UserError(
        f"“{source}” is {kind}.", advice="Use an iCalendar (.ics) or JSON file of releases."
    )
