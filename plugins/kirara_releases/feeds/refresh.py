"""Downloads the feeds that are due, and stores the state of each."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from kirara_releases.calendar.rules import Feed
from kirara_releases.exchange.importing import followed, records_of
from kirara_releases.feeds.content import read_content
from kirara_releases.feeds.entries import JAPAN, Event, FeedContent
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.store import FeedState, ReleaseStore
from kirara_studio.api.database import load_error, store_error
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.http import HttpError, Limits, Response, host_of, request
from kirara_studio.api.jobs import Cancelled

log = logging.getLogger(__name__)

FRESH_SECONDS = 6 * 3600.0
"""A feed that was fetched is asked again after about this time."""

FIRST_RETRY_SECONDS = 300.0
LONGEST_RETRY_SECONDS = 86_400.0
"""After failures it doubles from the first to the longest; a server may not ask for more."""

TRY_LATER = "It is tried again later; what it gave before stays."
"""The advice of errors that may pass."""

EMPTY = "“{host}” lists no dates any more."
"""The error of a feed that was seen empty; its dates stay until the next regular look."""

LIMITS = Limits()
_JITTER = 0.2  # of every wait: not all studios shall ask at the same moment
_LONGEST_VALIDATOR = 1000  # characters of an ETag; a longer one is not sent back

ProgressCall = Callable[[float, float, str], object]
"""``progress(done, total, text)``, as :meth:`JobTools.progress`; raises Cancelled to stop."""


def refresh(
    store: ReleaseStore,
    urls: Iterable[str],
    now: float,
    progress: ProgressCall | None = None,
    *,
    force: bool = False,
    limits: Limits = LIMITS,
    jitter: Callable[[], float] = random.random,
) -> list[UserError]:
    """Fetch the feeds that are due at ``now`` (seconds since 1970), or with ``force`` all of them.

    They are fetched one after the other. A feed that fails keeps its last good dates, is tried
    again later and later, and does not keep others from being fetched. ``progress`` is called about
    ten times a second, in the thread of the caller; ``jitter`` gives numbers from 0 to 1.

    Returns what went wrong now; it is in the store as well. Raises Cancelled from ``progress`` (the
    feeds fetched until then are kept), and UserError if the database cannot be written.
    """
    states = {url: store.feed(url) for url in urls}
    due = [url for url, state in states.items() if force or is_due(state, now)]
    problems = []
    for number, url in enumerate(due):

        def check(number: int = number, url: str = url) -> None:
            if progress is not None:
                progress(number, len(due), host_of(url))

        check()
        state = states[url]
        try:
            new = _fetched(store, url, state, now, limits, check)
            new = replace(new, next_fetch=now + _spread(FRESH_SECONDS, jitter))
            if new.error:
                problems.append(load_error(new.error))
        except Cancelled:
            raise
        except Exception as error:
            problems.append(_problem(url, error))
            log.info("Feed not fetched: %s", problems[-1])
            wait = _retry_seconds(state.failures, error, jitter)
            new = _failed(state, problems[-1], now + wait)
        store.put_feed(url, new)
    return problems


def _failed(state: FeedState, problem: UserError, next_fetch: float) -> FeedState:
    failures, error = state.failures + 1, store_error(problem)
    return replace(state, next_fetch=next_fetch, failures=failures, error=error)


def is_due(state: FeedState, now: float) -> bool:
    """True once a feed may be asked again. A date far in the future is one of a wrong clock."""
    longest = LONGEST_RETRY_SECONDS * (1 + _JITTER)
    return not now < state.next_fetch <= now + longest


def preview(url: str, progress: ProgressCall) -> FeedContent:
    """Fetch a feed once, without storing anything: its dates, titles and name.

    ``progress`` as for :func:`refresh`. Raises UserError saying why it cannot be used.
    """

    def check() -> None:
        progress(0, 1, host_of(url))

    return _content(url, download(url, check=check), check)


def download(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    limits: Limits = LIMITS,
    check: Callable[[], None] = lambda: None,
) -> Response:
    """Fetch ``url`` (http, https, or webcal, which is taken for https).

    ``etag`` and ``modified`` are the validators of the last download; with them the server may
    answer that nothing changed, with status 304; otherwise the status is 200. ``check`` is called
    about twenty times a second; what it raises ends the download.

    Raises :class:`HttpError`, saying in a sentence why nothing usable came.
    """
    if url.lower().startswith("webcal://"):
        url = "https" + url[len("webcal") :]
    headers = {"Accept": "text/calendar, application/json, */*;q=0.5"}
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    response = request("GET", url, headers=headers, limits=limits, advice=TRY_LATER, check=check)
    if response.status != 200 and not (response.status == 304 and (etag or modified)):
        raise _refusal(response, host_of(url))
    return response


def validator(response: Response, name: str) -> str:
    """A header (``etag``, ``last-modified``) to send back next time; empty if it is too long."""
    value = response.headers.get(name, "")
    return value if len(value) <= _LONGEST_VALIDATOR else ""


def _fetched(
    store: ReleaseStore,
    url: str,
    state: FeedState,
    now: float,
    limits: Limits,
    check: Callable[[], None],
) -> FeedState:
    # Without dates there is nothing to keep: "not modified" would not help.
    etag, modified = (state.etag, state.modified) if state.dates else ("", "")
    got = download(url, etag=etag, modified=modified, limits=limits, check=check)
    if got.status == 304:
        return replace(state, fetched=now, failures=0, error="")
    today = datetime.fromtimestamp(now, JAPAN).date()
    content = _content(url, got, check, today)
    if state.dates and not content.dates:
        return _emptied(url, state, now)
    _carry_marks(store, url, state.dates, content.events, today)
    return FeedState(
        content.dates, validator(got, "etag"), validator(got, "last-modified"), fetched=now
    )


def _carry_marks(
    store: ReleaseStore, url: str, dates: Collection[date], events: Sequence[Event], today: date
) -> None:
    """Let the marks of issues follow their events to other days."""
    magazines, _ = Catalogue(store.path.parent).best()
    fed = [m for m in magazines if isinstance(m.rule, Feed) and m.rule.url == url]
    if fed and events:
        before = store.records()
        changes = [followed(magazine, events, dates, today, before) for magazine in fed]
        store.put_records(records_of(changes, before)[1])


def _emptied(url: str, state: FeedState, now: float) -> FeedState:
    """The state after a feed with dates came without any: servers have bad hours.

    The dates stay until the feed is empty at the next regular look, about six hours later, too;
    fetching it by hand in between does not count.
    """
    confirmed = load_error(state.error).template == EMPTY and is_due(state, now)
    problem = UserError(
        EMPTY,
        advice="Look at its address in a browser."
        if confirmed
        else "What it gave before stays until it is empty again in six hours.",
        host=host_of(url),
    )
    error = store_error(problem)
    if confirmed:
        return FeedState(fetched=now, error=error)
    return replace(state, failures=0, error=error)


def _content(
    url: str, got: Response, check: Callable[[], None], today: date | None = None
) -> FeedContent:
    content_type = got.headers.get("content-type", "")
    return read_content(got.body, host_of(url), content_type=content_type, today=today, check=check)


def _refusal(response: Response, host: str) -> HttpError:
    status = response.status
    return HttpError(
        "“{host}” has nothing at this address."
        if status == 404
        else "“{host}” has taken this calendar away for good."
        if status == 410
        else "“{host}” asks for a name and a password."
        if status == 401
        else "“{host}” does not let you read this calendar."
        if status == 403
        else "The proxy on the way to “{host}” asks for a name and a password."
        if status == 407
        else "“{host}” is asked too often."
        if status == 429
        else "“{host}” is busy."
        if status == 503
        else "“{host}” has a fault of its own ({code})."
        if status >= 500
        else "“{host}” gave an unexpected answer ({code}).",
        advice="Look at the address in a browser, and correct it."
        if status == 404
        else "Look for its new address, or remove it."
        if status == 410
        else "Look for an address that is public, or that holds your key."
        if status in (401, 403)
        else "Add them to the proxy settings of this computer."
        if status == 407
        else TRY_LATER,
        status=status,
        retry_after=response.retry_after,
        host=host,
        code=status,
    )


def _problem(url: str, error: Exception) -> UserError:
    if isinstance(error, UserError):
        return error
    log.error("Reading the feed of %s failed", host_of(url), exc_info=error)
    return UserError(
        "“{host}” cannot be read: {reason}.", host=host_of(url), reason=one_line(error, 100)
    )


def _retry_seconds(failures: int, error: Exception, jitter: Callable[[], float]) -> float:
    wait = min(FIRST_RETRY_SECONDS * 2 ** min(failures, 20), LONGEST_RETRY_SECONDS)
    wait = _spread(wait, jitter)
    if isinstance(error, HttpError):
        if error.status == 410:  # gone for good
            wait = LONGEST_RETRY_SECONDS
        wait = max(wait, min(error.retry_after or 0.0, LONGEST_RETRY_SECONDS))
    return wait


def _spread(seconds: float, jitter: Callable[[], float]) -> float:
    """A wait between 0.8 and 1.2 times ``seconds``."""
    return seconds * (1 + _JITTER * (2 * jitter() - 1))
