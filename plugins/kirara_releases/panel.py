"""The Releases panel: a month with its covers, what comes next, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import Feed, Rule
from kirara_releases.changes import Changes
from kirara_releases.notifications.delivery_log import read_tellings
from kirara_releases.notifications.reminder_settings import Wishes
from kirara_releases.storage.catalogue import bundled
from kirara_releases.storage.repository import Diary
from kirara_releases.view.backends_section import RoutesSection
from kirara_releases.view.day_picker import DayPopup
from kirara_releases.view.details import Details
from kirara_releases.view.feed_fetcher import FeedFetcher
from kirara_releases.view.files import Files
from kirara_releases.view.magazine_dialog import MagazineDialog
from kirara_releases.view.magazines_section import MagazinesSection
from kirara_releases.view.menus import crowd_menu, day_menu, release_menu
from kirara_releases.view.reminders_section import WishesSection
from kirara_releases.view.workspace import COMING, HISTORY, MONTH, Desk
from kirara_releases.view_model import Agenda, read_agenda, reminder_of
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Button, PanelWidget

translate = QCoreApplication.translate


class ReleasesPanel(PanelWidget):
    """Shows an :class:`~kirara_releases.view_model.Agenda` of the diary; every change is a step.

    The diary also changes without the panel, when somebody clicks a notification, edits the file
    or uses the command line: it is read again when the panel is shown or its window comes to the
    front, every minute while it is seen, and by :meth:`reload`.

    Parameters
    ----------
    context
        What the studio lends.
    clock
        The time of this computer.
    """

    def __init__(self, context: PanelContext, clock: Callable[[], datetime] = datetime.now) -> None:
        super().__init__(context)
        self._clock = clock
        self.diary = Diary(context.data_folder, context.show_error)
        self.agenda = Agenda()
        self.today = clock().date()
        self._problem = ""
        self.dialog: MagazineDialog | None = None

        self.desk = Desk(self.today)
        self.details = Details()
        self.magazines = MagazinesSection(self.inspector)
        self.wishes = WishesSection(self.inspector, context.settings)
        self.routes = RoutesSection(self.inspector, context, self.diary.store)
        self.changes = Changes(self)
        self.feeds = FeedFetcher(self)
        self.files = Files(self)
        self.more = Button(icon="more", kind="quiet")
        # Compares wall clocks: a timer alone would count through neither sleep nor a new day.
        self._minute = QTimer(self, singleShot=True)

        self.set_canvas(self.desk)
        self.set_strip(self.details)
        self.add_action(self.more)
        self.setFocusProxy(self.desk.grid)
        self._connect()
        self.reload()
        self._choose_first()
        self.retranslate()
        self.restore_state(context.state)
        self.destroyed.connect(self.diary.close)

    def _connect(self) -> None:
        desk = self.desk
        desk.grid.chosen.connect(self._on_chosen)
        desk.grid.bought_toggled.connect(self.changes.toggle_bought)
        desk.grid.opened.connect(self.write_note)
        desk.grid.moved.connect(self.changes.move)
        desk.grid.menu_requested.connect(self._open_menu)
        desk.grid.crowd_requested.connect(lambda day, place: crowd_menu(self, day).popup(place))
        for shown in (desk.coming, desk.came_out):
            shown.chosen.connect(self.choose)
            shown.bought_toggled.connect(self.changes.toggle_bought)
            shown.opened.connect(self.write_note)
            shown.menu_requested.connect(
                lambda release, place: release_menu(self, release).popup(place)
            )
        desk.card.bought.connect(self.changes.toggle_bought)
        desk.card.clicked.connect(self.show_in_calendar)
        desk.page_changed.connect(lambda _: self._on_page())
        desk.empty.clicked.connect(self._add_bundled)
        desk.problem.open_requested.connect(self.open_file)
        desk.problem.again_requested.connect(self.reload)

        details = self.details
        details.bought_toggled.connect(self.changes.toggle_bought)
        details.note_edited.connect(self.changes.set_note)
        details.day_requested.connect(self.ask_day)
        details.menu_requested.connect(
            lambda release, button: release_menu(self, release).popup(
                button.mapToGlobal(button.rect().topLeft())
            )
        )

        magazines = self.magazines
        magazines.add_requested.connect(lambda: self.add_magazine())
        magazines.edit_requested.connect(self.edit_magazine)
        magazines.remove_requested.connect(self.changes.remove)
        magazines.page_requested.connect(self.open_page)
        magazines.notify_toggled.connect(self.changes.set_notify)
        magazines.fetch_requested.connect(lambda: self.feeds.fetch())
        self.wishes.changed.connect(self._show_next)

        self.more.clicked.connect(self._open_more)
        self.dropped.connect(self.files.take)
        self.play_pressed.connect(self.press_bought)
        self._minute.timeout.connect(self._on_minute)
        self.add_shortcut("Ctrl+F", self.focus_search)
        self.add_shortcut("Ctrl+N", lambda: self.add_magazine())
        self.add_shortcut("Ctrl+O", self.files.ask_import)
        self.add_shortcut("Ctrl+E", self.files.ask_export)
        self.add_shortcut("F5", self.reload)

    # Reading the diary

    def reload(self) -> None:
        """Read the diary again, and show what changed."""
        try:
            agenda = read_agenda(self.diary, self.agenda)
        except UserError as error:
            if str(error) != self._problem:  # not a banner every minute
                self._problem = str(error)
                self.report(error)
            return
        self._problem = ""
        today = self._clock().date()
        changed = agenda is not self.agenda or today != self.today
        self.agenda, self.today = agenda, today
        if changed:
            self._show()
        if self.desk.page == HISTORY:
            self._show_tellings()

    def _show(self) -> None:
        self.desk.show_agenda(self.agenda, self.today)
        self.magazines.show_agenda(self.agenda)
        first = next(iter(self.agenda.magazines), None)
        self.wishes.set_example(first.title if first else "")
        self._show_next()
        self._show_chosen()
        self.context.set_status(
            translate("releases", "{0} magazines").format(len(self.agenda.magazines))
        )

    def _show_next(self) -> None:
        release = self.agenda.next_wanted(self.today)
        now = self._clock()
        told_at, following = 0.0, []
        if release is not None:
            told_at = reminder_of(release, Wishes.of(self.context.settings), now)
            following = self.agenda.wanted_after(release, self.today)
        self.desk.card.show_release(release, following, self.today, told_at, now)

    def _show_chosen(self) -> None:
        grid = self.desk.grid
        self.details.show_release(grid.release, self.agenda, self.today, grid.current)
        self.set_strip_visible(bool(self.agenda.magazines))
        self.show_primary()

    def _show_tellings(self) -> None:
        routes = {channel.id: channel.title for channel in self.context.notice_channels()}
        self.desk.show_tellings(read_tellings(self.diary.store), routes, self._clock())

    def show_primary(self) -> None:
        """Say what the primary button does."""
        release = self.target
        bought = release is not None and bool(self.agenda.mark(release).bought)
        text = translate("releases", "Not bought") if bought else translate("releases", "Bought")
        self.set_primary(text, self.press_bought, self.feeds.stop)
        self.primary.setEnabled(release is not None or self.busy)

    def _choose_first(self) -> None:
        release = self.agenda.next_wanted(self.today)
        if release is not None:
            self.choose(release)

    # Choosing

    @property
    def target(self) -> Release | None:
        """What the primary button is about: the chosen release, or else the next one."""
        return self.desk.grid.release or self.desk.card.release

    def choose(self, release: Release) -> None:
        """Choose a release on every page."""
        self.desk.select(release)
        self._on_chosen(release)

    def show_in_calendar(self, release: Release) -> None:
        """Choose a release, and show its month."""
        self.desk.show_page(MONTH)
        self.choose(release)
        self.desk.focus_content()

    def _on_chosen(self, release: Release | None) -> None:
        self._show_chosen()

    def _on_page(self) -> None:
        if self.desk.page == HISTORY:
            self._show_tellings()
        self.setFocusProxy(self.desk.focus_target)

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        if self.desk.page == MONTH:
            self.desk.show_page(COMING)
        self.desk.search.setFocus()
        self.desk.search.selectAll()

    def _open_menu(self, release: Release | None, day: date, place: QPoint) -> None:
        menu = release_menu(self, release) if release else day_menu(self, day)
        menu.popup(place)

    # What is marked

    def press_bought(self) -> None:
        """The primary button: mark the chosen release, or else the next one."""
        release = self.target
        if release is not None:
            self.changes.toggle_bought(release)

    def write_note(self, release: Release) -> None:
        """Put the keyboard into the note of an issue."""
        self.choose(release)
        self.details.note.setFocus()

    def ask_day(self, release: Release, beside: QWidget) -> None:
        """Ask for the day on which an issue comes out."""
        popup = DayPopup(self.today, self)
        popup.picker.show_day(release.date)
        popup.picker.set_marked({release.date})
        popup.picked.connect(lambda day: self.changes.move(release, day))
        popup.open_at(beside.mapToGlobal(beside.rect().topLeft()))

    # The list of magazines

    def add_magazine(self, rule: Rule | None = None) -> None:
        """Ask for a new magazine."""
        self._open_dialog(None, rule)

    def edit_magazine(self, magazine: Magazine) -> None:
        """Change a magazine."""
        self._open_dialog(magazine, None)

    def _add_bundled(self) -> None:
        self.changes.add_bundled()
        self._choose_first()

    def _open_dialog(self, magazine: Magazine | None, rule: Rule | None) -> None:
        state = self.agenda.feeds.get(magazine.id) if magazine else None
        taken = [other.id for other in self.agenda.magazines]
        self.dialog = MagazineDialog(
            self.context, magazine, taken, self.today, self.window(),
            known=state.dates if state else (), rule=rule,
        )  # fmt: skip
        text = translate("releases", "Edit") if magazine else translate("releases", "Add")
        self.dialog.kept.connect(lambda kept: self._keep(kept, text))
        self.dialog.open()

    def _keep(self, magazine: Magazine, text: str) -> None:
        kept = self.changes.put(magazine, text)
        if kept and isinstance(magazine.rule, Feed) and not self.agenda.feeds[magazine.id].fetched:
            self.feeds.fetch((magazine.rule.url,))

    def open_page(self, magazine: Magazine) -> None:
        """Open a magazine's page in the browser."""
        if not QDesktopServices.openUrl(QUrl(magazine.page)):
            self.report(
                UserError(
                    "“{page}” could not be opened.",
                    advice="Open it in your browser.",
                    page=magazine.page,
                )
            )

    def open_file(self) -> None:
        """Open the list of magazines as a file."""
        path = self.diary.catalogue.path
        try:
            if not path.exists():  # it is made with the first change; this is one
                self.diary.catalogue.replace_all(())
                self.diary.catalogue.replace_all(bundled())
        except UserError as error:
            self.report(error)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.context.show_message(translate("releases", "The list is {0}").format(path))

    # Time, and what is remembered

    def _on_minute(self) -> None:
        self.reload()
        self._show_next()
        self._wait_for_minute()

    def _wait_for_minute(self) -> None:
        now = self._clock()
        following = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        self._minute.start(max(int((following - now).total_seconds() * 1000) + 50, 1000))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self.routes.reload()
        self._wait_for_minute()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()  # nobody looks
        self.details.commit_note()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.reload()

    def report(self, error: BaseException) -> None:
        """Show an error as a banner; a Stop is none."""
        if not isinstance(error, Cancelled):
            self.context.show_error(error)

    def save_state(self) -> dict[str, Any]:
        self.details.commit_note()
        return {**super().save_state(), "page": self.desk.page}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        page = state.get("page")
        if page in (MONTH, COMING, HISTORY):
            self.desk.show_page(page)
            self._on_page()

    # Menus and language

    def _open_more(self) -> None:
        menu = self.more_menu()
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def more_menu(self) -> QMenu:
        """Import, export, and what is seldom needed."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        entries: list[tuple[str, str, Callable[[], object]]] = [
            (translate("releases", "Import…"), "Ctrl+O", self.files.ask_import),
            (translate("releases", "Export as iCalendar…"), "Ctrl+E", self.files.ask_export),
            (translate("releases", "Add a magazine…"), "Ctrl+N", lambda: self.add_magazine()),
            (translate("releases", "Open the list as a file"), "", self.open_file),
        ]
        for text, keys, function in entries:
            # Behind a tab, Qt shows keys; the panel's own shortcuts listen to them.
            menu.addAction(f"{text}\t{keys}" if keys else text).triggered.connect(
                lambda _=False, f=function: f()
            )
        return menu

    def retranslate(self) -> None:
        super().retranslate()
        self.set_drop_text(
            translate("releases", "Drop a calendar (.ics, .json) or a list (.toml) to import it")
        )
        self.more.setToolTip(translate("releases", "Import, export and more"))
        self.more.setAccessibleName(translate("releases", "More"))
        self.desk.retranslate()
        self.details.retranslate()
        self.magazines.retranslate()
        self.wishes.retranslate()
        self.routes.retranslate()
        self._show()
