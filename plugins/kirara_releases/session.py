"""What the panel works on, without widgets: the releases, the selected one, and all changes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QUndoStack

from kirara_releases.calendar.corrections import moved, skipped, uncorrected
from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import Feed, month_later
from kirara_releases.edits import merged
from kirara_releases.exchange.importing import Candidate, Listing, candidates, records_of
from kirara_releases.jobs import export_calendar, fetch_feeds, read_lists
from kirara_releases.notifications.messengers import ReminderMessengers
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.catalogue import bundled, replaced
from kirara_releases.storage.repository import ReleaseRepository, feed_urls
from kirara_releases.storage.store import Delivery, Mark, Records
from kirara_releases.texts import day_text
from kirara_releases.view_model import ViewModel, read_model, reminder_of
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists
from kirara_studio.api.notices import Notice
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import ListedBackend, NotificationBackends, Step, Task

translate = QCoreApplication.translate

_PAST, _AHEAD = 1, 24  # months that are exported
_State = tuple[Sequence[Magazine], Records]


class Session(QObject):
    """The releases of one user. Every change is a step that can be undone.

    The records also change without the panel, when somebody clicks a notification, edits the file
    or uses the command line, so they are read again by :meth:`reload`, and every minute between
    :meth:`watch` and :meth:`rest`.

    ``release`` is the selected one, on ``day``; ``next`` is the one that comes out next. Signals:
    :attr:`changed` if ``model`` or ``today`` are different, :attr:`refreshed` after each reading,
    :attr:`busy_changed`, :attr:`choice_needed` with the candidates of an import, :attr:`imported`
    with the number of magazines that it changed, :attr:`saved` for each file.
    """

    changed = Signal()
    refreshed = Signal()
    selection_changed = Signal()
    busy_changed = Signal()
    choice_needed = Signal(list)
    imported = Signal(int)
    saved = Signal(Path)

    def __init__(
        self,
        context: PanelContext,
        undo_stack: QUndoStack | None = None,
        parent: QObject | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        """``clock`` gives the time of this computer."""
        super().__init__(parent)
        self._context = context
        self._clock = clock
        self._undo_stack = undo_stack if undo_stack is not None else QUndoStack(self)
        self.repository = ReleaseRepository(context.data_folder, context.show_error)
        self._refused = False
        self._imported_from = Records()
        self._problem = ""
        self.model = ViewModel()
        self.today = self.day = clock().date()
        self.release: Release | None = None
        self.next: Release | None = None
        choice = ReminderMessengers(self.repository.store, context.messengers, context.secrets)
        self.backends = NotificationBackends(context, choice, _test_notice, self)

        self._fetching = Task(context.jobs, "feeds", io=True, parent=self)
        self._importing = Task(context.jobs, "import", io=True, parent=self)
        self._exporting = Task(context.jobs, "export", io=True, parent=self)
        self._tasks = (self._fetching, self._importing, self._exporting)
        for task in self._tasks:
            task.changed.connect(self.busy_changed)
            task.failed.connect(context.show_error)
        for signal in (self._fetching.failed, self._fetching.stopped):
            signal.connect(self.reload)
        # Compares wall clocks: a timer alone would count through neither sleep nor a new day.
        self.minute = QTimer(self, singleShot=True)
        self.minute.timeout.connect(self.watch)

        self.reload()
        self.select_next()
        self.destroyed.connect(self.repository.close)

    # Reading

    def reload(self) -> None:
        try:
            model = read_model(self.repository, self.model)
        except UserError as error:
            if str(error) != self._problem:  # not a banner every minute
                self._problem = str(error)
                self._context.show_error(error)
            return
        self._problem = ""
        today = self.now().date()
        changed = model is not self.model or today != self.today
        self.model, self.today = model, today
        self.next = model.next_wanted(today)
        if changed:
            self._follow_selection()
            self.changed.emit()
        self.refreshed.emit()

    def now(self) -> datetime:
        return self._clock()

    def watch(self) -> None:
        """Read the records now and every minute."""
        self.reload()
        now = self.now()
        following = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        self.minute.start(max(int((following - now).total_seconds() * 1000) + 50, 1000))

    def rest(self) -> None:
        """Stop what :meth:`watch` began."""
        self.minute.stop()

    def remind_at(self, release: Release) -> float:
        """When the studio reminds of a release, in seconds since 1970; 0 for never."""
        return reminder_of(release, ReminderSettings.of(self._context.settings), self.now())

    def deliveries(self) -> list[Delivery]:
        """The reminders of the past and those that are pending, newest first."""
        return self.repository.store.deliveries()

    # The selection

    @property
    def target(self) -> Release | None:
        """What the primary button is about: the selected release, or else the next one."""
        return self.release or self.next

    def select(self, release: Release) -> None:
        """Select a release, as it is now."""
        self.release = self.model.again(release) or release
        self.day = self.release.date
        self.selection_changed.emit()

    def select_day(self, day: date) -> None:
        """Select a day, and the first release on it unless one of them is selected already."""
        self.day = day
        releases = self.model.on(day)
        if self.release not in releases:
            self.release = releases[0] if releases else None
        self.selection_changed.emit()

    def select_next(self) -> None:
        """Select what comes out next, if anything does."""
        if self.next is not None:
            self.select(self.next)

    def _follow_selection(self) -> None:
        """Keep the same issue selected, perhaps on another day."""
        if self.release is not None:
            found = self.model.again(self.release)
            if found is not None and found.date != self.release.date:
                self.day = found.date
            self.release = found
        if self.release is None:  # it is gone, or something new comes out on the day
            self.release = next(iter(self.model.on(self.day)), None)

    # Marks

    def toggle_bought(self, release: Release) -> None:
        """Mark an issue as bought, or not."""
        mark = self.model.mark(release)
        bought = not mark.bought
        text = translate("releases", "Bought") if bought else translate("releases", "Not bought")
        if self._mark(release, replace(mark, bought=time.time() if bought else 0.0), text):
            self._context.show_message(f"{text}: {release.magazine.title}")
            if bought:  # its reminder need not stay on the desktop
                for notice in self.repository.store.notices_of(*release.key):
                    self._context.withdraw(notice)

    def set_note(self, release: Release, note: str) -> None:
        mark = replace(self.model.mark(release), note=note)
        self._mark(release, mark, translate("releases", "Note"))

    def _mark(self, release: Release, mark: Mark, text: str) -> bool:
        before, store = self.model.mark(release), self.repository.store

        def write(old: Mark, new: Mark) -> None:
            if new.bought != old.bought:
                store.set_bought(*release.key, new.bought)
            if new.note != old.note:
                store.set_note(*release.key, new.note)

        return mark == before or self._push(text, write, before, mark)

    # Corrections

    def move(self, release: Release, day: date) -> None:
        """Correct the day of an issue."""
        siblings = self.model.siblings(release)
        text = translate("releases", "Another day")
        if self._correct(lambda: moved(release, day, siblings), text):
            where = day_text(day, self.today)
            self._context.show_message(f"{release.magazine.title}: {where}")

    def skip(self, release: Release) -> None:
        """Note that an issue does not come out."""
        siblings = self.model.siblings(release)
        self._correct(lambda: skipped(release, siblings), translate("releases", "Skip this issue"))

    def uncorrect(self, release: Release) -> None:
        """Let the rule hold for an issue again."""
        self._correct(lambda: uncorrected(release), translate("releases", "Back to the rule"))

    def _correct(self, change: Callable[[], Magazine], text: str) -> bool:
        try:
            return self.put(change(), text)
        except UserError as error:
            self._context.show_error(error)
            return False

    # The list of magazines

    def put(self, magazine: Magazine, text: str) -> bool:
        """Add a magazine, or replace the one with its id; False if it cannot be written."""
        magazines = replaced(self.model.magazines, [magazine])
        return magazines == list(self.model.magazines) or self._put_all(magazines, text)

    def save(self, magazine: Magazine, text: str) -> None:
        """:meth:`put` a magazine, and fetch its feed if that was never fetched."""
        kept = self.put(magazine, text)
        rule = magazine.rule
        if kept and isinstance(rule, Feed) and not self.model.feeds[magazine.id].fetched:
            self.fetch((rule.url,))

    def remove(self, magazine: Magazine) -> None:
        """Remove a magazine from the list; its marks stay, for the day when it is back."""
        others = [other for other in self.model.magazines if other.id != magazine.id]
        if self._put_all(others, translate("releases", "Remove")):
            text = translate("releases", "Removed: {0}. Ctrl+Z brings it back.")
            self._context.show_message(text.format(magazine.title))

    def set_notify(self, magazine: Magazine, on: bool) -> None:
        """Remind of a magazine, or do not."""
        self.put(replace(magazine, notify=on), translate("releases", "Remind me"))

    def add_bundled(self) -> None:
        """Bring the author's four back."""
        here = {magazine.id for magazine in self.model.magazines}
        new = [magazine for magazine in bundled() if magazine.id not in here]
        self._put_all([*self.model.magazines, *new], translate("releases", "Add the four"))
        self.select_next()

    def _put_all(self, magazines: Sequence[Magazine], text: str) -> bool:
        def write(old: Sequence[Magazine], new: Sequence[Magazine]) -> None:
            self.repository.catalogue.change(lambda current: merged(current, old, new))

        return self._push(text, write, self.model.magazines, tuple(magazines))

    def _push(self, text: str, write: Callable[[Any, Any], None], old: Any, new: Any) -> bool:
        """Do a step; False if it could not be written."""
        self._undo_stack.push(Step(text, write, old, new, self._on_step))
        return not self._refused

    def _on_step(self, problem: UserError | None) -> None:
        self._refused = problem is not None
        if problem is not None:
            self._context.show_error(problem)
        self.reload()

    # Opening things in other programs

    def open_page(self, magazine: Magazine) -> None:
        if not QDesktopServices.openUrl(QUrl(magazine.page)):
            self._context.show_error(
                UserError(
                    "“{page}” could not be opened.",
                    advice="Open it in your browser.",
                    page=magazine.page,
                )
            )

    def open_file(self) -> None:
        catalogue = self.repository.catalogue
        try:
            if not exists(catalogue.path):  # it is made with the first change; this is one
                catalogue.change(lambda current: current)
        except UserError as error:
            self._context.show_error(error)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(catalogue.path))):
            self._context.show_message(
                translate("releases", "The list is {0}").format(catalogue.path)
            )

    # Feeds

    @property
    def busy(self) -> bool:
        """True while there is something to stop."""
        return any(task.busy for task in self._tasks)

    def stop(self) -> None:
        """Stop fetching, importing and exporting; feeds fetched until then stay."""
        for task in self._tasks:
            task.stop()

    def fetch(self, urls: Sequence[str] = ()) -> None:
        """Fetch these feeds now, or all of them. Errors are shown beside their magazines."""
        self._fetching.start(
            fetch_feeds,
            (self._context.data_folder, urls or feed_urls(self.model.magazines)),
            self._on_fetched,
            title=translate("releases", "Fetching feeds"),
        )

    def _on_fetched(self, failed: int) -> None:
        self.reload()
        self._context.show_message(
            translate("releases", "{0} feeds could not be fetched.").format(failed)
            if failed
            else translate("releases", "The feeds are up to date.")
        )

    # Files

    def take(self, paths: Sequence[Path]) -> None:
        """Import files; if there is a choice, :attr:`choice_needed` asks for it."""
        self._importing.start(
            read_lists, tuple(paths), self._on_read, title=translate("releases", "Reading a file")
        )

    def _on_read(self, found: list[Magazine | Listing]) -> None:
        try:
            self._imported_from = self.repository.store.records()
        except UserError as error:
            self._context.show_error(error)
            return
        offered = candidates(found, self.model.magazines, self._imported_from)
        if len(offered) <= 1 or not any(candidate.is_new for candidate in offered):
            self.accept(offered)
        else:
            self.choice_needed.emit(offered)

    def accept(self, chosen: Sequence[Candidate]) -> None:
        """Import these, as one step that can be undone."""
        new = [candidate for candidate in chosen if candidate.is_new]
        before, after = records_of(chosen, self._imported_from)
        if not new:
            with contextlib.suppress(UserError):
                self.repository.store.put_records(after)
        elif not self._import(new, before, after):
            new = []
        texts = [candidate.text(_translate) for candidate in new or chosen]
        titles = ", ".join(texts[:3]) + (" …" if len(texts) > 3 else "")
        self._context.show_message(
            translate("releases", "Imported: {0}").format(titles)
            if new
            else translate("releases", "There was nothing new to import. {0}").format(titles)
        )
        self.imported.emit(len(new))

    def _import(self, chosen: Sequence[Candidate], before: Records, after: Records) -> bool:
        magazines = replaced(self.model.magazines, [candidate.magazine for candidate in chosen])

        def write(old: _State, new: _State) -> None:
            self.repository.catalogue.change(lambda current: merged(current, old[0], new[0]))
            self.repository.store.put_records(new[1])

        text = translate("releases", "Import")
        old = (self.model.magazines, before)
        return self._push(text, write, old, (tuple(magazines), after))

    def export(self, path: Path) -> None:
        """Write what is coming, and a month of what came, to an iCalendar file."""
        if path.suffix.lower() != ".ics":
            path = path.with_name(f"{path.name}.ics")
        first, last = month_later(self.today, -_PAST), month_later(self.today, _AHEAD)
        request = (path, self.model.releases(first, last))
        self._exporting.start(export_calendar, request, self.saved.emit)


def _translate(text: str) -> str:
    return translate("releases", text)


def _test_notice(backend: ListedBackend) -> Notice:
    return Notice(
        translate("releases", "This is a test"),
        translate("releases", "Reminders arrive through {0}").format(backend.title),
        panel="releases",
        id=f"releases.test.{backend.key}",
    )
