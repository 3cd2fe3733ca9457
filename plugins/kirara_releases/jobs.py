"""Jobs in threads: feeds, files, and tests of notification backends.

What speaks HTTP and reads calendars is imported when a job runs, so the panel opens without it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_releases.calendar.magazine import Magazine, id_for
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import SingleDates
from kirara_releases.notifications.messengers import Messengers
from kirara_releases.storage.catalogue import read_list
from kirara_releases.storage.feed_cache import FeedCache
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.secrets import Secrets

if TYPE_CHECKING:
    from kirara_releases.feeds.entries import FeedContent

SUFFIXES = (".ics", ".ical", ".json", ".toml")
"""What can be imported."""


# Feeds


@dataclass(frozen=True)
class Fetch:
    """Fetch these feeds now; ``folder`` holds the plugin's data."""

    folder: Path
    urls: tuple[str, ...]


def fetch_feeds(request: Fetch, tools: JobTools) -> int:
    """Fetch them; returns how many failed. The reasons are in the database."""
    from kirara_releases.feeds.refresh import refresh

    with contextlib.closing(ReleaseStore(request.folder)) as store:
        cache, now = FeedCache(store), time.time()
        return len(refresh(cache, request.urls, now, progress=tools.progress, force=True))


def preview_feed(url: str, tools: JobTools) -> FeedContent:
    """What a feed holds now. Raises UserError saying why it cannot be used."""
    from kirara_releases.feeds.refresh import preview

    return preview(url, progress=tools.progress)


# Files


def read_lists(paths: Sequence[Path], tools: JobTools) -> list[Magazine]:
    """The magazines that files hold; those of calendars get their own ids later.

    Raises UserError naming the first file that cannot be read.
    """
    from kirara_releases.exchange.importing import read_file

    found: list[Magazine] = []
    for number, path in enumerate(paths):
        tools.progress(number, len(paths), path.name)
        if path.suffix.lower() not in SUFFIXES:
            raise UserError(
                "“{file}” cannot be imported.",
                advice="Choose an iCalendar (.ics), JSON or TOML file.",
                file=path.name,
            )
        if path.suffix.lower() == ".toml":
            found += read_list(path)
            continue
        for proposal in read_file(path, check=lambda: tools.progress(0, 1, "")):
            title = proposal.title.strip()[:200] or path.stem[:200]
            identity = id_for(title, {magazine.id for magazine in found})
            found.append(Magazine(identity, title, SingleDates(proposal.dates)))
    return found


@dataclass(frozen=True)
class Export:
    """Write these releases to ``path``."""

    path: Path
    releases: tuple[Release, ...]


def export_calendar(request: Export, tools: JobTools) -> Path:
    """Write an iCalendar file; returns its path. Raises UserError if it cannot be written."""
    from kirara_releases.exchange.calendar_file import write_calendar

    write_calendar(request.path, request.releases)
    return request.path


# Notification backends


@dataclass(frozen=True)
class BackendTest:
    """Send ``notice`` through a channel of the desktop or, without one, a messenger.

    ``folder`` holds the plugin's data.
    """

    messenger: str
    channel: NoticeBackend | None
    notice: Notice
    folder: Path
    secrets: Secrets


def send_test(request: BackendTest, tools: JobTools) -> None:
    """Send the test. Raises UserError if the backend refuses."""
    if request.channel is not None:
        request.channel.send(request.notice)
    else:
        with _messengers(request.folder, request.secrets) as messengers:
            messengers.test(request.messenger, request.notice)


@dataclass(frozen=True)
class MessengerEdit:
    """Add a messenger, or replace its address; or remove it, then without an address."""

    name: str
    url: str
    folder: Path
    secrets: Secrets


def edit_messenger(request: MessengerEdit, tools: JobTools) -> str:
    """Check and store it; returns its name. Raises UserError saying what is wrong."""
    with _messengers(request.folder, request.secrets) as messengers:
        messengers.add(request.name, request.url)
    return request.name.strip()


def remove_messenger(request: MessengerEdit, tools: JobTools) -> None:
    """Remove it and its address."""
    with _messengers(request.folder, request.secrets) as messengers:
        messengers.remove(request.name)


@contextlib.contextmanager
def _messengers(folder: Path, secrets: Secrets) -> Iterator[Messengers]:
    """A worker thread needs a connection of its own."""
    with contextlib.closing(ReleaseStore(folder)) as store:
        yield Messengers(store, secrets)
