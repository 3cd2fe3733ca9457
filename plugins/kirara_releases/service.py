"""The background service: checks every minute for reminders that are due."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kirara_releases.calendar.rules import Feed
from kirara_releases.exchange.calendar_file import CalendarFile
from kirara_releases.notifications.messages import BOUGHT, OPEN, SNOOZE, Translate
from kirara_releases.notifications.notifier import Clock, desktop_destination, notify_due
from kirara_releases.notifications.planner import magazine_of, snooze
from kirara_releases.notifications.reminder_settings import PAGE, ReminderSettings
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.feed_cache import FeedCache
from kirara_releases.storage.repository import ReleaseRepository
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.hooks import Studio
from kirara_studio.api.notices import Notice
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import error_words

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two checks."""

_PLUGIN = "releases"
_PROBLEM = QT_TRANSLATE_NOOP("releases", "Releases cannot be checked at the moment")


@dataclass(frozen=True)
class _Check:
    """Check what is due, with these settings."""

    reminders: ReminderSettings


@dataclass(frozen=True)
class _Click:
    """The user clicked an action on a notice."""

    batch: str
    action: str
    reminders: ReminderSettings


class Service:
    """Sends reminders that are due, and handles clicks on them.

    One thread does everything and sleeps in between. It holds the database, and waits for slow
    messengers in place of the window.

    Parameters
    ----------
    studio
        The studio's services for plugins.
    translate
        Into the language of the moment.
    open_page
        Opens a web page.
    clock
        Seconds since 1970.
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
        self._waiting: list[_Check | _Click] = []
        self._something = threading.Condition()
        self._ending = False
        self._thread = threading.Thread(target=self._work, name="releases", daemon=True)
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
        self._put(_Check(ReminderSettings.of(self._settings)))

    def click(self, batch: str, action: str) -> None:
        """Handle an action of a notice; call it in the UI thread. Returns immediately."""
        if action == OPEN:
            self._open(batch)
        else:
            self._put(_Click(batch, action, ReminderSettings.of(self._settings)))

    def stop(self, patience: float = 3.0) -> None:
        """Finish the current task and end; waits at most ``patience`` seconds."""
        with self._something:
            self._ending = True
            self._something.notify()
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

    def _put(self, task: _Check | _Click) -> None:
        with self._something:
            if task not in self._waiting:
                self._waiting.append(task)
            self._something.notify()

    # In the thread

    def _work(self) -> None:
        repository: ReleaseRepository | None = None
        while (task := self._next()) is not None:
            try:
                if repository is None:
                    repository = ReleaseRepository(
                        self._studio.data_folder(_PLUGIN), self._report_problem
                    )
                if isinstance(task, _Click):
                    self._answer(repository, task)
                else:
                    self._check(repository, task.reminders)
                self._problem = ""
            except Exception as error:
                # Reported once; the next check may find it repaired.
                if not isinstance(error, UserError):
                    log.exception("Checking for releases failed")
                self._report_problem(error)
        if repository is not None:
            repository.close()

    def _next(self) -> _Check | _Click | None:
        with self._something:
            self._something.wait_for(lambda: self._waiting or self._ending)
            return None if self._ending else self._waiting.pop(0)

    def _check(self, repository: ReleaseRepository, reminders: ReminderSettings) -> None:
        desktop = desktop_destination(self._studio.deliver, self._studio.backends)
        secrets = self._studio.secrets(_PLUGIN)
        delivered = notify_due(
            repository, reminders, desktop, secrets, self._translate, clock=self._clock
        )
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
        urls = [m.rule.url for m in repository.catalogue.magazines if isinstance(m.rule, Feed)]
        if not urls or (self._fetching is not None and self._fetching.is_alive()):
            return
        from kirara_releases.feeds.refresh import is_due  # only those who have feeds need requests

        due = [url for url in urls if is_due(repository.feeds.state(url), now)]
        if due:
            repository.feeds.forget_others(urls)
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
                refresh(FeedCache(store), urls, now)
        except UserError as error:
            self._report_problem(error)
        else:
            self.check()  # new dates may be due

    def _answer(self, repository: ReleaseRepository, click: _Click) -> None:
        now = self._clock()
        if click.action == SNOOZE:
            snooze(repository.store, click.batch, now + 60 * click.reminders.snooze, now)
            return
        if click.action == BOUGHT:
            for magazine, issue in repository.store.of_batch(click.batch):
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
