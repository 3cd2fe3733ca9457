"""Fetches feeds: jobs in threads.

What speaks HTTP and reads calendars is imported there, so that the panel opens without it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_studio.api.jobs import JobTools

if TYPE_CHECKING:
    from kirara_releases.feeds.entries import FeedContent


@dataclass(frozen=True)
class Fetch:
    """Fetch these feeds now; ``folder`` holds the plugin's data."""

    folder: Path
    urls: tuple[str, ...]


def fetch_feeds(request: Fetch, tools: JobTools) -> int:
    """Fetch them; returns how many failed. Why is in the records."""
    from kirara_releases.feeds.refresh import RefreshRequest, refresh_job

    job = RefreshRequest(request.folder, request.urls, time.time(), force=True)
    return len(refresh_job(job, tools))


def preview_feed(url: str, tools: JobTools) -> FeedContent:
    """What a feed holds now. Raises UserError saying why it cannot be used."""
    from kirara_releases.feeds.refresh import preview_job

    return preview_job(url, tools)
