"""Fetches the feeds when the user asks for it; the primary button stops it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kirara_releases.calendar.rules import Feed
from kirara_releases.view.fetching import Fetch, fetch_feeds
from kirara_studio.api.jobs import JobHandle

if TYPE_CHECKING:
    from kirara_releases.panel import ReleasesPanel

translate = QCoreApplication.translate


class FeedFetcher:
    """What went wrong with a feed stands beside its magazine afterwards."""

    def __init__(self, panel: ReleasesPanel) -> None:
        self._panel = panel
        self._job: JobHandle | None = None

    def fetch(self, urls: Sequence[str] = ()) -> None:
        """Fetch these feeds now, or all of them."""
        panel = self._panel
        every = [m.rule.url for m in panel.agenda.magazines if isinstance(m.rule, Feed)]
        self._job = panel.context.jobs.submit_io(
            "feeds",
            fetch_feeds,
            Fetch(panel.context.data_folder, tuple(urls or every)),
            title=translate("releases", "Fetching feeds"),
            on_result=self._on_fetched,
            on_error=self._on_failed,
        )
        panel.set_busy(True)
        panel.primary.setEnabled(True)

    def stop(self) -> None:
        """Stop fetching; what was fetched until then stays."""
        if self._job is not None:
            self._job.cancel()  # a server that says nothing may hold the thread for a while
            self._end()

    def _on_fetched(self, failed: int) -> None:
        self._end()
        self._panel.context.show_message(
            translate("releases", "{0} feeds could not be fetched.").format(failed)
            if failed
            else translate("releases", "The feeds are up to date.")
        )

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        self._panel.report(error)

    def _end(self) -> None:
        self._job = None
        self._panel.set_busy(False)
        self._panel.reload()
        self._panel.show_primary()
