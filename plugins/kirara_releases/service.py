"""The background service: checks every minute for reminders that are due."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from datetime import datetime

from kirara_releases.exchange.calendar_file import CalendarFile
from kirara_releases.notifications.notifier import (
    BOUGHT,
    OPEN,
    SNOOZE,
    Clock,
    Translate,
    notify_due,
)
from kirara_releases.notifications.planner import magazine_of, snooze
from kirara_releases.notifications.reminder_settings import PAGE, ReminderSettings
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.repository import ReleaseRepository, feed_urls
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.hooks import Studio
from kirara_studio.api.notices import Notice
from kirara_studio.api.outbox import desktop_destination
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import error_words

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two checks."""

_Work = Callable[[ReleaseRepository], None]
_PLUGIN = "releases"
_PROBLEM = QT_TRANSLATE_NOOP("releases", "Releases cannot be checked at the moment")


class Service:
    """Sends reminders that are due, and handles clicks on them.

    One thread does everything and sleeps in between. It holds the database, and waits for slow
    messengers in place of the window. ``translate`` translates into the current language,
    ``open_page`` opens a web page, ``clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        studio: Studio,
        translate: Translate,
        open_page: Callable[[str], object],
        clock: Clock = time.time,
    ) -> None:
        self._studio = studio
        self._translate = translate
        self._open_page = open_page
        self._clock = clock
        self._settings = studio.settings(PAGE)
        self._waiting: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._last_check: ReminderSettings | None = None  # that of the check that waits
        self._thread = threading.Thread(target=self._run, name="releases", daemon=True)
        self._ending = threading.Event()
        self._problem = ""
        self._calendar = CalendarFile()
        self._fetching: threading.Thread | None = None

    def start(self) -> None:
        """Start with a first check; call it in the UI thread."""
        self._thread.start()
        self.check()
        self._studio.every(EVERY, self.check)
        for key in ("on_day", "hour", "day_before", "hour_before", "calendar_file"):
            self._settings.watch(key, lambda _: self.check())

    def check(self) -> None:
        """Send what is due. Returns immediately."""
        reminders = ReminderSettings.of(self._settings)
        if reminders != self._last_check:  # or else the same check waits already
            self._last_check = reminders
            self._waiting.put(lambda repository: self._check(repository, reminders))

    def click(self, batch: str, action: str) -> None:
        """Handle an action of a notice; call it in the UI thread. Returns immediately."""
        reminders = ReminderSettings.of(self._settings)
        if action == OPEN:
            self._open(batch)
        else:
            self._waiting.put(lambda repository: self._answer(repository, batch, action, reminders))

    def stop(self, patience: float = 3.0) -> None:
        """Finish the current task and end; waits at most ``patience`` seconds."""
        self._ending.set()
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join(patience)

    def _open(self, batch: str) -> None:
        """Open the magazine's page if it has one, or else the panel."""
        page = ""
        with contextlib.suppress(UserError):  # the panel shows what is wrong with the list
            page = Catalogue(self._studio.data_folder(_PLUGIN)).get(magazine_of(batch)).page
        if page:
            self._open_page(page)
        else:
            self._studio.open_panel(_PLUGIN)

    # In the thread

    def _run(self) -> None:
        repository = ReleaseRepository(self._studio.data_folder(_PLUGIN), self._report_problem)
        while (work := self._waiting.get()) is not None and not self._ending.is_set():
            try:
                work(repository)
                self._problem = ""
            except Exception as error:
                # Reported once; the next check may find it repaired.
                if not isinstance(error, UserError):
                    log.exception("Checking for releases failed")
                self._report_problem(error)
        repository.close()

    def _check(self, repository: ReleaseRepository, reminders: ReminderSettings) -> None:
        self._last_check = None
        desktop = desktop_destination(self._studio.deliver, self._studio.backends)
        delivered = notify_due(
            repository, reminders, desktop, self._studio.messengers, self._studio.secrets(_PLUGIN),
            self._translate, clock=self._clock,
        )  # fmt: skip
        for notice in delivered:
            log.info("Reminded: %s", notice.title)
        log.debug("Checked for releases")
        if reminders.calendar_file:
            today = datetime.fromtimestamp(self._clock()).date()
            self._calendar.update(repository, reminders.calendar_file, today)
        self._refresh_feeds(repository)

    def _refresh_feeds(self, repository: ReleaseRepository) -> None:
        """Fetch feeds in a thread of its own: a slow server must not delay a reminder."""
        now = self._clock()
        urls = feed_urls(repository.catalogue.magazines)
        if not urls or (self._fetching is not None and self._fetching.is_alive()):
            return
        from kirara_releases.feeds.refresh import is_due  # only those who have feeds need requests

        due = [url for url in urls if is_due(repository.store.feed(url), now)]
        if due:
            repository.store.forget_other_feeds(urls)
            self._fetching = threading.Thread(
                target=self._fetch, args=(due, now), name="feeds of releases", daemon=True
            )
            self._fetching.start()

    def _fetch(self, urls: list[str], now: float) -> None:
        from kirara_releases.feeds.refresh import refresh

        try:
            store = ReleaseStore(self._studio.data_folder(_PLUGIN), self._report_problem)
            with contextlib.closing(store):
                # What fails is kept with the feed, and shown beside it in the panel.
                refresh(store, urls, now)
        except UserError as error:
            self._report_problem(error)
        else:
            self.check()  # new dates may be due

    def _answer(
        self, repository: ReleaseRepository, batch: str, action: str, reminders: ReminderSettings
    ) -> None:
        now = self._clock()
        if action == SNOOZE:
            snooze(repository.store, batch, now + 60 * reminders.snooze, now)
        elif action == BOUGHT:
            for magazine, issue in repository.store.of_batch(batch):
                repository.store.set_bought(magazine, issue, now)

    def _report_problem(self, error: Exception) -> None:
        text = str(error_words(error))
        if text != self._problem:
            self._problem = text
            title = self._translate(_PROBLEM)
            self._studio.notify(Notice(title, text, panel=_PLUGIN, id="releases:problem"))


_running: Service | None = None


def begin(studio: Studio) -> None:
    """Start the one service of this process."""
    from PySide6.QtCore import QCoreApplication, QUrl
    from PySide6.QtGui import QDesktopServices

    global _running
    end()
    _running = Service(
        studio,
        lambda text: QCoreApplication.translate(_PLUGIN, text),
        lambda page: QDesktopServices.openUrl(QUrl(page)),
    )
    _running.start()


def running() -> Service | None:
    """The service, if it was started."""
    return _running


def end() -> None:
    """Stop it."""
    global _running
    if _running is not None:
        _running.stop()
        _running = None
