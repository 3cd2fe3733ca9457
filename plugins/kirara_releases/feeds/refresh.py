"""Fetches the feeds that are due, and stores the state of each."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from kirara_releases.feeds.content import read_content
from kirara_releases.feeds.download import LIMITS, download, validator
from kirara_releases.feeds.entries import JAPAN, FeedContent
from kirara_releases.storage.feed_cache import FeedCache, FeedState
from kirara_releases.storage.stored_errors import store_error
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.http import HttpError, Limits, host_of
from kirara_studio.api.jobs import Cancelled

log = logging.getLogger(__name__)

FRESH_SECONDS = 6 * 3600.0
"""A feed that was fetched is asked again after about this time."""

FIRST_RETRY_SECONDS = 300.0
LONGEST_RETRY_SECONDS = 86_400.0
"""After failures it doubles from the first to the longest; a server may not ask for more."""

_JITTER = 0.2  # of every wait: not all studios shall ask at the same moment

ProgressCall = Callable[[float, float, str], object]
"""``progress(done, total, text)``, as :meth:`JobTools.progress`; raises Cancelled to stop."""


class FeedProblem(UserError):
    """What went wrong with the feed at ``url``."""

    def __init__(self, message: str, *, url: str, advice: str = "", **values: object) -> None:
        super().__init__(message, advice=advice, **values)
        self.url = url


def refresh(
    cache: FeedCache,
    urls: Iterable[str],
    now: float,
    progress: ProgressCall | None = None,
    *,
    force: bool = False,
    limits: Limits = LIMITS,
    jitter: Callable[[], float] = random.random,
) -> list[FeedProblem]:
    """Fetch the feeds that are due at ``now`` (seconds since 1970), one after the other.

    A feed that fails keeps its last good dates, is tried again later and later, and keeps no
    other from being fetched. If none is due, this returns immediately.

    Parameters
    ----------
    progress
        Called about ten times a second, in the thread of the caller.
    force
        Fetch also those that are not due.
    jitter
        Gives numbers from 0 to 1.

    Returns
    -------
    list
        What went wrong now, in sentences; each is in the cache as well.

    Raises
    ------
    Cancelled
        From ``progress``. Feeds fetched until then are kept.
    UserError
        If the database cannot be written.
    """
    states = {url: cache.state(url) for url in urls}
    due = [url for url, state in states.items() if force or is_due(state, now)]
    problems = []
    for number, url in enumerate(due):

        def check(number: int = number, url: str = url) -> None:
            if progress is not None:
                progress(number, len(due), host_of(url))

        check()
        state = states[url]
        try:
            new = _fetched(url, state, now, limits, check)
            new = replace(new, next_fetch=now + _spread(FRESH_SECONDS, jitter))
        except Cancelled:
            raise
        except Exception as error:
            problem = _problem(url, error)
            log.info("Feed not fetched: %s", problem)
            problems.append(problem)
            wait = _spread(_retry_seconds(state.failures), jitter)
            if isinstance(error, HttpError):
                if error.status == 410:  # gone for good
                    wait = LONGEST_RETRY_SECONDS
                wait = max(wait, min(error.retry_after or 0.0, LONGEST_RETRY_SECONDS))
            new = replace(
                state,
                next_fetch=now + wait,
                failures=state.failures + 1,
                error=store_error(problem),
            )
        cache.put(url, new)
    return problems


def is_due(state: FeedState, now: float) -> bool:
    """True once a feed may be asked again. A date far in the future is one of a wrong clock."""
    longest = LONGEST_RETRY_SECONDS * (1 + _JITTER)
    return not now < state.next_fetch <= now + longest


def preview(
    url: str,
    progress: ProgressCall | None = None,
    *,
    limits: Limits = LIMITS,
) -> FeedContent:
    """Fetch a feed once, without keeping anything: its dates, titles and name.

    ``progress`` as for :func:`refresh`. Raises UserError saying why it cannot be used.
    """

    def check() -> None:
        if progress is not None:
            progress(0, 1, host_of(url))

    got = download(url, limits=limits, check=check)
    return read_content(
        got.body, host_of(url), content_type=got.headers.get("content-type", ""), check=check
    )


def _fetched(
    url: str,
    state: FeedState,
    now: float,
    limits: Limits,
    check: Callable[[], None],
) -> FeedState:
    # Without dates there is nothing to keep: "not modified" would not help.
    known = bool(state.dates)
    got = download(
        url,
        etag=state.etag if known else "",
        modified=state.modified if known else "",
        limits=limits,
        check=check,
    )
    if got.status == 304:
        return replace(state, fetched=now, failures=0, error="")
    content = read_content(
        got.body,
        host_of(url),
        content_type=got.headers.get("content-type", ""),
        today=datetime.fromtimestamp(now, JAPAN).date(),
        check=check,
    )
    return FeedState(
        content.dates, validator(got, "etag"), validator(got, "last-modified"), fetched=now
    )


def _problem(url: str, error: Exception) -> FeedProblem:
    if isinstance(error, UserError):
        return FeedProblem(error.template, url=url, advice=error.advice_template, **error.values)
    log.error("Reading the feed of %s failed", host_of(url), exc_info=error)
    return FeedProblem(
        "“{host}” cannot be read: {reason}.",
        url=url,
        host=host_of(url),
        reason=one_line(error, 100),
    )


def _retry_seconds(failures: int) -> float:
    return min(FIRST_RETRY_SECONDS * 2 ** min(failures, 20), LONGEST_RETRY_SECONDS)


def _spread(seconds: float, jitter: Callable[[], float]) -> float:
    """A wait between 0.8 and 1.2 times ``seconds``."""
    return seconds * (1 + _JITTER * (2 * jitter() - 1))
