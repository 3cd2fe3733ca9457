"""Collects from a source: first the posts, page by page, then the files of their pictures."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from filelock import FileLock, Timeout

from kirara_illustrations.collecting.files import Trust, fetch, is_final
from kirara_illustrations.sources import make_source
from kirara_illustrations.sources.base import RateLimited, Source
from kirara_illustrations.storage.library import Library, SourceRow
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import DiskFull
from kirara_studio.api.http import host_of, is_private, places_of
from kirara_studio.api.secrets import Secrets

FOLDER = "folder"
"""The kind of source whose addresses are paths of the user's own files."""
EVERY = 3_600.0
"""Seconds between two collections of a source, unless its settings have ``every``."""
LOCK = "collecting.lock"
"""The file that is locked while somebody collects, beside the database."""
_LONGEST_WAIT = 60.0  # seconds; a longer one is for the next collection
_STEP = 0.05  # seconds between two looks whether to stop
_SLOW = 0.2  # seconds between two requests for files to one host, out of politeness


class Collecting(UserError):
    """Somebody else collects into the library."""


@dataclass
class Result:
    """What a collection brought: new posts, files, and files that failed for now or for good."""

    posts: int = 0
    files: int = 0
    failed: int = 0


class Collector:
    """Collects into ``library``.

    ``check`` is called often, and what it raises ends the collection: the next one goes on from
    there. ``report`` is called with the :class:`Result` so far.
    """

    def __init__(
        self,
        library: Library,
        *,
        check: Callable[[], None] = lambda: None,
        report: Callable[[Result], object] = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._library = library
        self._check, self._report, self._clock = check, report, clock

    def collect(self, row: SourceRow, source: Source) -> Result:
        """Ask ``source`` for what is new, and fetch the files. Raises UserError if it fails.

        The error is remembered with the source, and when to try again.
        """
        result = Result()
        every = _number(row.settings.get("every"), EVERY)
        try:
            self._ask(row, source, result)
            self.fetch_files(result)
        except UserError as error:
            now = self._clock()
            again = now + (getattr(error, "retry_after", None) or every)
            if isinstance(error, RateLimited):
                again = error.until.timestamp()
            self._library.end_collection(row.id, now, again, error)
            raise
        now = self._clock()
        self._library.end_collection(row.id, now, now + every)
        return result

    def _ask(self, row: SourceRow, source: Source, result: Result) -> None:
        pages = source.pages(row.state)
        while True:
            self._check()
            page = next(pages, None)
            if page is None:
                return
            result.posts += self._library.put_page(row.id, page, self._clock())
            self._report(result)
            if page.wait > _LONGEST_WAIT:
                return  # the next collection goes on from here
            self._sleep(page.wait)

    def fetch_files(self, result: Result | None = None) -> Result:
        """Fetch the files of all pictures that are wanted now.

        What fails is remembered, and tried again by a later call. Raises DiskFull, and what
        ``check`` raises.
        """
        result = Result() if result is None else result
        trusts = {row.id: trust_of(row) for row in self._library.sources()}
        paused: set[str] = set()  # hosts that asked for patience
        while wanted := [
            one for one in self._library.wanted(self._clock()) if host_of(one.address) not in paused
        ]:
            for one in wanted:
                self._check()
                if host_of(one.address) in paused:
                    continue
                trust = trusts.get(one.source, Trust())
                try:
                    kept = fetch(self._library, one, trust, self._check)
                except DiskFull:
                    raise
                except UserError as error:
                    result.failed += 1
                    self._library.refuse(one, error, self._clock(), final=is_final(error))
                    if getattr(error, "status", 0) in (429, 503):
                        paused.add(host_of(one.address))
                else:
                    self._library.keep(one.id, kept, self._clock())
                    result.files += 1
                    self._sleep(0.0 if trust.network or trust.files else _SLOW)
                self._report(result)
        return result

    def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._check()
            time.sleep(min(_STEP, left))


def collect_due(
    library: Library,
    secrets: Secrets,
    rows: Iterable[SourceRow],
    *,
    check: Callable[[], None] = lambda: None,
    report: Callable[[SourceRow, Result], object] = lambda *_: None,
    skipped: Callable[[UserError], None] = lambda _: None,
    clock: Callable[[], float] = time.time,
) -> Iterator[tuple[SourceRow, Result | UserError]]:
    """Collect from some sources, one after the other, and give what each brought, or its error.

    ``skipped`` gets what a source left out, such as a folder that cannot be read. Raises DiskFull,
    which no other source would survive, what ``check`` raises, and :class:`Collecting` if somebody
    else collects, in this process or another. A source that was collected since is left out.
    """
    rows = list(rows)
    if not rows:
        return
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(FileLock(library.path.with_name(LOCK), timeout=0))
        except Timeout:
            raise Collecting(
                "Somebody else is collecting into this library.",
                advice="Wait until that has ended, or stop it.",
            ) from None
        now = {row.id: row for row in library.sources()}
        same = [now[row.id] for row in rows if row.id in now]
        known = {row.id: row.collected_at for row in rows}
        yield from _collected(
            library, secrets, [row for row in same if row.collected_at == known[row.id]],
            check, report, skipped, clock,
        )  # fmt: skip


def _collected(
    library: Library,
    secrets: Secrets,
    rows: Iterable[SourceRow],
    check: Callable[[], None],
    report: Callable[[SourceRow, Result], object],
    skipped: Callable[[UserError], None],
    clock: Callable[[], float],
) -> Iterator[tuple[SourceRow, Result | UserError]]:
    for row in rows:
        collector = Collector(library, check=check, report=partial(report, row), clock=clock)
        try:
            own = OwnSecrets(secrets, row.name)
            source = make_source(row.kind, row.settings, own, check=check, report=skipped)
            yield row, collector.collect(row, source)
        except DiskFull:
            raise
        except UserError as error:
            yield row, error


class OwnSecrets:
    """The secrets of one source, among those of the plugin."""

    def __init__(self, secrets: Secrets, source: str) -> None:
        self._secrets, self._source = secrets, source

    def get(self, name: str) -> str:
        """The secret, or an empty text."""
        return self._secrets.get(f"source/{self._source}/{name}")

    def set(self, name: str, value: str) -> None:
        """Keep a secret; an empty text forgets it."""
        self._secrets.set(f"source/{self._source}/{name}", value)


def trust_of(row: SourceRow) -> Trust:
    """What a source may refer to, by the addresses and hosts that the user entered."""
    if row.kind == FOLDER:
        return Trust(files=True)
    named = (value for value in row.settings.values() if isinstance(value, str))
    hosts = (one if "://" in one else f"http://{one}" for one in named if "." in one or ":" in one)
    return Trust(network=any(is_private(place) for host in hosts for place in places_of(host)))


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) and value > 0 else default
