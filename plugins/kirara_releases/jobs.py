"""Jobs in threads: feeds and files.

What speaks HTTP and reads calendars is imported when a job runs, so the panel opens without it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.storage.catalogue import read_list
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import JobTools

if TYPE_CHECKING:
    from kirara_releases.exchange.importing import Listing
    from kirara_releases.feeds.entries import FeedContent

SUFFIXES = (".ics", ".ical", ".json", ".gz", ".toml")
"""Suffixes of files that can be imported."""


def fetch_feeds(request: tuple[Path, Sequence[str]], tools: JobTools) -> int:
    """Fetch the feeds at these addresses now; returns how many failed.

    The folder is the plugin's for data; the reasons of failures are in its database.
    """
    from kirara_releases.feeds.refresh import refresh

    folder, urls = request
    with contextlib.closing(ReleaseStore(folder)) as store:
        return len(refresh(store, urls, time.time(), progress=tools.progress, force=True))


def preview_feed(url: str, tools: JobTools) -> FeedContent:
    """Fetch a feed without storing it. Raises UserError saying why it cannot be used."""
    from kirara_releases.feeds.refresh import preview

    return preview(url, tools.progress)


def read_lists(paths: Sequence[Path], tools: JobTools) -> list[Magazine | Listing]:
    """What files hold: magazines with their rules, or listings of calendars.

    Raises UserError naming the first file that cannot be read.
    """
    from kirara_releases.exchange.importing import read_file

    found: list[Magazine | Listing] = []
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
        else:
            found.append(read_file(path, check=lambda: tools.progress(0, 1, "")))
    return found


def export_calendar(request: tuple[Path, Sequence[Release]], tools: JobTools) -> Path:
    """Write releases to an iCalendar file; returns its path. Raises UserError if that fails."""
    from kirara_releases.exchange.calendar_file import calendar_bytes

    path, releases = request
    tools.progress(0, 1, path.name)
    write_atomically(path, calendar_bytes(releases))
    return path
