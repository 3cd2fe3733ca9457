"""Reads a feed or a file, whatever its format and its characters: iCalendar, or JSON.

Either may be packed by gzip.
JSON is a list, or an object with one, of texts or of objects with a date.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Callable
from datetime import date, datetime
from email.message import Message
from typing import Any

from kirara_releases.feeds.entries import JAPAN, MOST_SECONDS, Collector, FeedContent, read_day
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import Limits
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import reading

LISTS = ("releases", "events", "items")
"""Keys of the list in an object; the last is JSON Feed's."""

DATES = ("date", "release_date", "start", "date_published")
"""Keys of the date in an entry; the first that it has counts."""

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
LARGEST = Limits().size
"""Bytes of a calendar, after decompression."""

_GZIP = b"\x1f\x8b\x08"
_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", re.I)
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")
_HTML = re.compile(r"<!doctype\s+html|<(html|head|body|title|meta|script|div|p|h1)[\s>]", re.I)


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

    ``source`` is its name in errors; ``content_type`` as in HTTP, for the charset; ``today`` is
    the day in Japan, by default by the clock. ``check`` is called now and then and may raise to
    stop; reading takes at most ``seconds``. The caller bounds the size of ``data``.

    Raises UserError for a web page, an RSS feed, anything else, and data that is broken as a whole.
    Single entries that are broken are counted instead.
    """
    with reading(source, advice="Try again later, or use another address or file."):
        data = _unpacked(data)
        if _CALENDAR.match(data):  # lines are folded at 75 bytes, perhaps inside a character
            data = _FOLD.sub(b"", data)
        text = decode(data, _charset(content_type)).lstrip("\ufeff \t\r\n")
        collector = Collector(source, today or datetime.now(JAPAN).date(), check, seconds)
        if text[:15].upper() == "BEGIN:VCALENDAR":
            # Slow to import, and the tray has no need of it while no feed is due.
            from kirara_releases.feeds.icalendar_dates import collect_events

            collect_events(text, collector)
        elif text[:1] in ("{", "["):
            _collect_items(text, collector)
        else:
            raise _not_a_calendar(text, source)
        return collector.content()


def _unpacked(data: bytes) -> bytes:
    """What gzip packed, whatever the name says; other data as it is."""
    if not data.startswith(_GZIP):
        return data
    with gzip.open(io.BytesIO(data)) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"it has more than {LARGEST / 1e6:g} MB")
    return data


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


def _collect_items(text: str, collector: Collector) -> None:
    with reading(
        collector.source,
        "“{file}” is not valid JSON: {reason}.",
        advice="It may be incomplete; try again later.",
    ):
        document = parse_json(text)
    items = document
    if isinstance(document, dict):
        collector.name = _text(document, "title", "name")
        items = next((document[key] for key in LISTS if key in document), None)
    if not isinstance(items, list):
        raise UserError(
            "“{source}” is JSON without a list of releases.",
            advice="The file must be a list, or hold one as: {names}.",
            source=collector.source,
            names=", ".join(LISTS),
        )
    for item in items:
        collector.step()
        with collector.skipping():
            _collect_item(item, collector)


def _collect_item(item: Any, collector: Collector) -> None:
    if isinstance(item, dict):
        day = next((item[key] for key in DATES if key in item), None)
        title = _text(item, "title", "summary", "name")
    else:
        day, title = item, ""
    if not isinstance(day, str):
        raise ValueError("no date")
    collector.add(read_day(day), title)


def _text(values: dict[str, Any], *keys: str) -> str:
    return next((values[key] for key in keys if isinstance(values.get(key), str)), "")


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
        return UserError("“{source}” is empty.", advice="Look at it again later.", source=source)
    if _HTML.search(text[:2000]):
        return UserError(
            "“{source}” is a web page (HTML), not a calendar.",
            advice="Look on that page for a link to iCalendar (.ics) or JSON, and use its address.",
            source=source,
        )
    return UserError(
        "“{source}” is an XML file, perhaps RSS."
        if text.startswith("<")
        else "“{source}” is neither iCalendar nor JSON.",
        advice="Use an iCalendar (.ics) or JSON file of releases.",
        source=source,
    )
