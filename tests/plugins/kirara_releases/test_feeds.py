"""Feeds are fetched when they are due; one that fails keeps its dates, and keeps no other back."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.rules import Feed
from kirara_releases.feeds.refresh import (
    FIRST_RETRY_SECONDS,
    FRESH_SECONDS,
    LONGEST_RETRY_SECONDS,
    is_due,
    refresh,
)
from kirara_releases.jobs import fetch_feeds, preview_feed
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.store import FeedState, Mark, ReleaseStore
from kirara_studio.api.database import store_error
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import Limits
from kirara_studio.api.jobs import Cancelled

from .feed_server import (
    Behaviour,
    FeedServer,
    breaking_off,
    closed_port,
    dripping_body,
    dripping_headers,
    giving,
    hanging_up,
    huge,
    stalling,
    stalling_body,
    versioned,
)

NOW = 1_796_000_000.0  # in November 2026
IMPATIENT = Limits(connect=1.0, silence=0.4, total=0.9)
DAYS = (date(2026, 12, 9), date(2027, 1, 8))
JSON = b'["2026-12-09", "2027-01-08"]'
CALENDAR = b"""BEGIN:VCALENDAR
X-WR-CALNAME:Everything
BEGIN:VEVENT
DTSTART:20261209
SUMMARY:Kirara
END:VEVENT
BEGIN:VEVENT
DTSTART:20270108
SUMMARY:Kirara
END:VEVENT
BEGIN:VEVENT
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FeedServer() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReleaseStore]:
    store = ReleaseStore(tmp_path)
    yield store
    store.close()


def fetch(store: ReleaseStore, *urls: str, now: float = NOW, **options) -> list:
    return refresh(store, urls, now, limits=IMPATIENT, jitter=lambda: 0.5, **options)


@pytest.mark.parametrize("body", [JSON, CALENDAR])
def test_a_feed_is_fetched_and_its_dates_kept(
    server: FeedServer, store: ReleaseStore, body: bytes
) -> None:
    url = server.at("/a", giving(body, ETag='"1"', Last_Modified="yesterday"))
    assert fetch(store, url) == []
    assert store.feed(url) == FeedState(
        DAYS, '"1"', "yesterday", fetched=NOW, next_fetch=NOW + FRESH_SECONDS
    )


def test_it_is_asked_again_after_six_hours_and_keeps_what_has_not_changed(
    server: FeedServer, store: ReleaseStore
) -> None:
    url = server.at("/a", versioned(JSON, etag='"1"'))
    fetch(store, url)
    fetch(store, url, now=NOW + FRESH_SECONDS - 1)
    assert len(server.requests) == 1
    later = NOW + FRESH_SECONDS + 1
    assert fetch(store, url, now=later) == []
    assert server.requests[1][1]["If-None-Match"] == '"1"'
    state = store.feed(url)
    assert (state.dates, state.etag, state.fetched) == (DAYS, '"1"', later)
    assert state.next_fetch == later + FRESH_SECONDS


def test_what_has_changed_replaces_what_was(server: FeedServer, store: ReleaseStore) -> None:
    url = server.at("/a", versioned(JSON, etag='"1"'))
    fetch(store, url)
    server.at("/a", versioned(b'["2027-02-09"]', etag='"2"'))
    fetch(store, url, force=True)
    assert store.feed(url).dates == (date(2027, 2, 9),)
    assert store.feed(url).etag == '"2"'


def test_without_dates_everything_is_asked_for(server: FeedServer, store: ReleaseStore) -> None:
    url = server.at("/a", versioned(JSON, etag='"1"'))
    store.put_feed(url, FeedState(etag='"1"'))  # as after records that were damaged
    assert fetch(store, url) == []
    assert store.feed(url).dates == DAYS


FAILURES: dict[str, Behaviour] = {
    "stalls": stalling,
    "drips headers": dripping_headers,
    "drips": dripping_body,
    "stalls in the body": stalling_body,
    "is incomplete": breaking_off,
    "hangs up": hanging_up,
    "too large": huge(100_000_000),
    "a web page": giving(b"<!DOCTYPE html><title>Sorry</title>", Content_Type="text/html"),
    "half a calendar": giving(CALENDAR[:-20]),
    "half of JSON": giving(JSON[:-3]),
    "deep JSON": giving(b"[" * 1_000_000),
    "nothing": giving(b""),
    "fault": giving(b"", 500),
    "gone": giving(b"", 410),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_keeps_the_dates_and_the_other_feeds(
    server: FeedServer, store: ReleaseStore, failure: str
) -> None:
    bad, good = server.at("/bad", giving(JSON, ETag='"1"')), server.at("/good", JSON)
    fetch(store, bad)
    before = store.feed(bad)
    server.at("/bad", FAILURES[failure])

    later = NOW + 10 * FRESH_SECONDS
    [problem] = fetch(store, bad, good, now=later)

    assert problem.message and problem.advice
    state = store.feed(bad)
    assert state == replace(
        before, next_fetch=state.next_fetch, failures=1, error=store_error(problem)
    )
    assert state.next_fetch >= later + FIRST_RETRY_SECONDS
    assert store.feed(good).dates == DAYS


WHOLE = CALENDAR.replace(b"BEGIN:VEVENT\nEND:VEVENT\n", b"")
EMPTY_FEEDS = {
    "no events": b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "no items": b"[]",
    "all cancelled": WHOLE.replace(b"SUMMARY", b"STATUS:CANCELLED\nSUMMARY", 2),
    "cancelled as a whole": WHOLE.replace(b"X-WR", b"METHOD:CANCEL\nX-WR", 1),
}


@pytest.mark.parametrize("kind", EMPTY_FEEDS)
def test_an_empty_feed_keeps_the_dates_until_it_is_empty_again(
    server: FeedServer, store: ReleaseStore, kind: str
) -> None:
    url = server.at("/a", JSON)
    fetch(store, url)
    server.at("/a", EMPTY_FEEDS[kind])
    later = NOW + FRESH_SECONDS
    for now in (later, later + 60, later + 120):  # by hand as often as you like
        [problem] = fetch(store, url, now=now, force=True)
        assert "no dates any more" in problem.message and "stays" in problem.advice
        state = store.feed(url)
        assert state.dates == DAYS and state.error == store_error(problem)
        assert state.next_fetch == now + FRESH_SECONDS
    [problem] = fetch(store, url, now=state.next_fetch)
    assert store.feed(url).dates == () and "stays" not in problem.advice
    assert fetch(store, url, now=state.next_fetch + FRESH_SECONDS) == []
    assert store.feed(url).error == ""


def test_a_feed_that_was_empty_once_recovers(server: FeedServer, store: ReleaseStore) -> None:
    url = server.at("/a", versioned(JSON, etag='"1"'))
    fetch(store, url)
    server.at("/a", b"[]")
    fetch(store, url, now=NOW + FRESH_SECONDS)
    server.at("/a", versioned(JSON, etag='"1"'))
    assert fetch(store, url, now=NOW + 2 * FRESH_SECONDS) == []
    assert (store.feed(url).dates, store.feed(url).error) == (DAYS, "")
    server.at("/a", b"[]")
    fetch(store, url, now=NOW + 3 * FRESH_SECONDS)
    assert store.feed(url).dates == DAYS  # it counts from the start


def test_marks_follow_an_event_of_a_feed_to_another_day(
    server: FeedServer, store: ReleaseStore, tmp_path: Path
) -> None:
    event = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:%s\nEND:VEVENT\nEND:VCALENDAR\n"
    url = server.at("/a", event % b"20261209")
    Catalogue(tmp_path).put(Magazine("fed", "Fed", Feed(url)))
    fetch(store, url)
    store.set_bought("fed", "2026-12-09", 5.0)
    store.set_note("kirara", "2026-12-09", "another magazine")
    server.at("/a", event % b"20261211")
    fetch(store, url, force=True)
    assert store.feed(url).dates == (date(2026, 12, 11),)
    assert store.marks() == {
        ("fed", "2026-12-11"): Mark(5.0), ("kirara", "2026-12-09"): Mark(0.0, "another magazine"),
    }  # fmt: skip


def test_a_feed_may_be_packed_by_gzip(server: FeedServer, store: ReleaseStore) -> None:
    url = server.at("/a.ics.gz", giving(gzip.compress(CALENDAR), Content_Type="application/gzip"))
    assert fetch(store, url) == [] and store.feed(url).dates == DAYS


def test_nobody_listening_is_a_failure_too(store: ReleaseStore) -> None:
    url = f"http://127.0.0.1:{closed_port()}/a"
    [problem] = fetch(store, url)
    assert "cannot be reached" in problem.message


def test_after_failures_it_waits_longer_and_longer(server: FeedServer, store: ReleaseStore) -> None:
    url = server.at("/a", giving(b"", 500))
    waits, now = [], NOW
    for _ in range(12):
        fetch(store, url, now=now)
        waits.append(store.feed(url).next_fetch - now)
        now = store.feed(url).next_fetch
    assert waits[:3] == [FIRST_RETRY_SECONDS, 2 * FIRST_RETRY_SECONDS, 4 * FIRST_RETRY_SECONDS]
    assert waits[-1] == LONGEST_RETRY_SECONDS
    assert len(server.requests) == 12
    fetch(store, url, now=now - 1)
    assert len(server.requests) == 12

    server.at("/a", JSON)
    assert fetch(store, url, now=now) == []
    state = store.feed(url)
    assert (state.failures, state.error, state.dates) == (0, "", DAYS)


def test_many_failures_do_not_overflow(server: FeedServer, store: ReleaseStore) -> None:
    url = server.at("/a", giving(b"", 500))
    store.put_feed(url, FeedState(failures=10**9))
    fetch(store, url)
    assert store.feed(url).next_fetch == NOW + LONGEST_RETRY_SECONDS


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("3600", 3600),
        ("1", FIRST_RETRY_SECONDS),
        ("99999999", LONGEST_RETRY_SECONDS),
        ("soon", FIRST_RETRY_SECONDS),
    ],
)
def test_a_server_may_ask_for_time(
    server: FeedServer, store: ReleaseStore, status: int, asked: str, wait: float
) -> None:
    url = server.at("/a", giving(b"", status, Retry_After=asked))
    fetch(store, url)
    assert store.feed(url).next_fetch == NOW + wait


def test_what_is_gone_is_asked_for_seldom(server: FeedServer, store: ReleaseStore) -> None:
    url = server.at("/a", giving(b"", 410))
    fetch(store, url)
    assert store.feed(url).next_fetch == NOW + LONGEST_RETRY_SECONDS


def test_waits_are_spread(server: FeedServer, store: ReleaseStore) -> None:
    url, waits = server.at("/a", JSON), []
    for jitter in (0.0, 0.999999):
        refresh(store, [url], NOW, force=True, jitter=lambda jitter=jitter: jitter)
        waits.append((store.feed(url).next_fetch - NOW) / FRESH_SECONDS)
    assert waits == pytest.approx([0.8, 1.2], abs=0.001)


def test_a_clock_that_was_wrong_stops_no_feed() -> None:
    assert is_due(FeedState(), NOW)
    assert not is_due(FeedState(next_fetch=NOW + 60), NOW)
    assert is_due(FeedState(next_fetch=NOW), NOW)
    assert is_due(FeedState(next_fetch=NOW + 365 * 86_400), NOW)


def test_a_feed_listed_twice_is_fetched_once(server: FeedServer, store: ReleaseStore) -> None:
    url = server.at("/a", JSON)
    fetch(store, url, url)
    assert len(server.requests) == 1


def test_stop_keeps_what_was_fetched(server: FeedServer, store: ReleaseStore) -> None:
    first, second = server.at("/a", JSON), server.at("/b", stalling)
    calls = []

    def progress(done: float, total: float, text: str) -> None:
        assert total == 2 and text.startswith("127.0.0.1:")
        calls.append(done)
        if calls.count(1) == 2:  # while the second is on its way
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(store, first, second, progress=progress)
    assert store.feed(first).dates == DAYS
    assert store.feed(second) == FeedState()


class Tools:
    """As a job has them, without a studio around."""

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        pass


def test_the_job_opens_the_records_itself(server: FeedServer, tmp_path: Path) -> None:
    good, bad = server.at("/a", JSON), server.at("/b", giving(b"", 404))
    assert fetch_feeds((tmp_path, (good, bad)), Tools()) == 1  # type: ignore[arg-type]
    store = ReleaseStore(tmp_path)
    assert store.feed(good).dates == DAYS
    store.close()


def test_a_preview_shows_what_is_there(server: FeedServer) -> None:
    url = server.at("/a", CALENDAR)
    content = preview_feed(url, Tools())  # type: ignore[arg-type]
    assert content.name == "Everything"
    assert content.entries == tuple((day, "Kirara") for day in DAYS)
    assert (content.dates, content.skipped) == (DAYS, 1)


def test_a_preview_says_what_is_wrong(server: FeedServer) -> None:
    with pytest.raises(UserError, match="is a web page"):
        preview_feed(server.at("/a", b"<html></html>"), Tools())  # type: ignore[arg-type]
    with pytest.raises(UserError, match="nothing at this address"):
        preview_feed(server.at("/b", giving(b"", 404)), Tools())  # type: ignore[arg-type]
