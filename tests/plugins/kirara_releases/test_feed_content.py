"""The formats and encodings that feeds come in, and what is refused in a sentence."""

from __future__ import annotations

import codecs
import json
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kirara_releases.feeds.content import decode, read_content
from kirara_releases.feeds.entries import FeedContent, read_day
from kirara_studio.api.errors import UserError

TODAY = date(2026, 12, 1)
TITLE = "まんがタイムきららフォワード"
CALENDAR = f"""BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20261224
SUMMARY:{TITLE}
END:VEVENT
END:VCALENDAR
"""


def read(data: bytes | str, content_type: str = "") -> FeedContent:
    data = data.encode() if isinstance(data, str) else data
    return read_content(data, "example.org", content_type=content_type, today=TODAY)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", "shift_jis"),  # declared wrongly
        ("utf-8", "nonsense"),
        ("utf-8", "punycode"),
        ("utf-8-sig", "euc-jp"),
        ("utf-16", ""),
        ("utf-32", ""),
        ("utf-16-be", "UTF-16BE"),
        ("shift_jis", "Shift_JIS"),
        ("cp932", "windows-31j"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", "ISO-2022-JP"),
        ("iso2022_jp", ""),
        ("shift_jis", ""),  # not declared, and declared wrongly
        ("euc_jp", ""),
        ("euc_jp", "utf-8"),
        ("shift_jis", "utf-8"),
    ],
)
def test_titles_survive_every_encoding(encoding: str, declared: str) -> None:
    content_type = f'text/calendar; charset="{declared}"' if declared else "text/calendar"
    [entry] = read(CALENDAR.encode(encoding), content_type).entries
    assert entry == (date(2026, 12, 24), TITLE)


def test_dates_survive_bytes_that_are_no_text() -> None:
    data = CALENDAR.encode().replace(b"SUMMARY:", b"SUMMARY:\xff\xfe\x80")
    assert read(data).dates == (date(2026, 12, 24),)


def test_japanese_that_could_be_either_is_guessed_right() -> None:
    title = "あいうえお"  # as Shift_JIS its EUC-JP is valid too
    assert decode(title.encode("euc_jp")) == decode(title.encode("shift_jis")) == title


@settings(max_examples=200)
@given(st.binary(max_size=200), st.text(max_size=20))
@example(codecs.BOM_UTF16_LE + b"a", "")
@example(b"\x1b$", "")
def test_decoding_never_fails(data: bytes, declared: str) -> None:
    assert isinstance(decode(data, declared), str)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300).map(lambda tail: b"BEGIN:VCALENDAR\n" + tail) | st.binary(max_size=300),
    st.text(max_size=30),
)
def test_whatever_comes_is_read_or_refused(data: bytes, content_type: str) -> None:
    refusal = None
    try:
        read(data, content_type)
    except UserError as error:
        refusal = error
    assert refusal is None or refusal.advice


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        ("\n <!-- x -->\n<HTML lang=ja>", "web page"),
        ("\ufeff<p>Please log in</p>", "web page"),
        ('<?xml version="1.0"?><rss/>', "XML"),
        ("", "is empty"),
        ("  \n", "is empty"),
        ("hello", "neither iCalendar nor JSON"),
        ("PK\x03\x04", "neither iCalendar nor JSON"),
    ],
)
def test_what_is_no_calendar_is_called_what_it_is(data: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read(data, "text/calendar")


def test_a_calendar_that_is_served_as_a_web_page_is_one_all_the_same() -> None:
    assert read(CALENDAR, "text/html; charset=utf-8").dates == (date(2026, 12, 24),)


ENTRY = (date(2026, 12, 24), TITLE)


@pytest.mark.parametrize(
    "document",
    [
        [{"date": "2026-12-24", "title": TITLE}],
        {"releases": [{"release_date": "20261224", "title": TITLE}]},
        {"events": [{"start": "2026-12-23T15:00:00Z", "title": TITLE}], "releases_of": 1},
        {"version": "https://jsonfeed.org/version/1.1",
         "items": [{"id": "1", "date_published": "2026-12-24T00:00:00+09:00", "title": TITLE}]},
        [{"date": "2026-12-24T23:59:59", "name": f"  {TITLE}\n"}],
    ],
)  # fmt: skip
def test_json(document: object) -> None:
    assert read(json.dumps(document)).entries == (ENTRY,)


def test_json_of_mere_dates_and_its_name() -> None:
    content = read('{"title": "All", "releases": ["1900-01-01", "9999-12-31", "1900-01-01"]}')
    assert content.dates == (date(1900, 1, 1), date(9999, 12, 31))
    assert content.name == "All"


def test_broken_entries_of_json_are_counted() -> None:
    entries = ["2026-12-24", "soon", 20261224, None, {"title": "x"}, {"date": 1}, [], "2026-13-01"]
    content = read(json.dumps(entries))
    assert (content.dates, content.skipped) == ((date(2026, 12, 24),), 7)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[" * 1_000_000, "nested too deeply"),
        ('{"items":' * 1_000_000, "nested too deeply"),
        ("[" * 1_000_000 + "]" * 1_000_000, "nested too deeply"),
        ('["2026-12-24", ', "not valid JSON"),
        ("[" + "9" * 1_000_000 + "]", "not valid JSON"),
        ('{"a": 1}', "without a list"),
        ('{"releases": {"a": 1}}', "without a list"),
        ('["soon", "later"]', "2 entries, but none"),
    ],
    ids=lambda text: text[:20],
)
def test_json_that_is_no_good_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read(text)


def test_an_empty_list_is_a_list() -> None:
    assert read("[]") == FeedContent()


@given(st.dates())
def test_every_date_can_be_read(day: date) -> None:
    assert read_day(day.isoformat()) == read_day(f" {day.isoformat()}T12:00:00 ") == day


def test_titles_become_one_printable_line() -> None:
    [entry] = read(
        json.dumps([{"date": "2026-12-24", "title": "a\x00\n\u202eb" + "c" * 999}])
    ).entries
    assert entry.title.startswith("a bc") and len(entry.title) == 200
