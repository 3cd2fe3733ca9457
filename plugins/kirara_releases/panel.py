"""The Releases panel: its widgets, connected to the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QFileDialog

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import Rule
from kirara_releases.exchange.importing import Candidate
from kirara_releases.jobs import SUFFIXES
from kirara_releases.session import Session
from kirara_releases.view.details import Details
from kirara_releases.view.import_dialog import ImportDialog
from kirara_releases.view.magazine_dialog import MagazineDialog
from kirara_releases.view.menus import Menus
from kirara_releases.view.pickers import DayPopup
from kirara_releases.view.reminders_section import RemindersSection
from kirara_releases.view.sections import MagazinesSection
from kirara_releases.view.workspace import COMING, HISTORY, MONTH, Workspace
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import (
    Button,
    NotificationsSection,
    PanelWidget,
    SaveButton,
    SaveItem,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

translate = QCoreApplication.translate


class ReleasesPanel(PanelWidget):
    """A month with its covers, what comes next, and how the user is reminded of it."""

    def __init__(self, context: PanelContext, clock: Callable[[], datetime] = datetime.now) -> None:
        """``clock`` gives the time of this computer."""
        super().__init__(context)
        self.session = Session(context, self.undo_stack, self, clock)
        self.workspace = Workspace(self.session.today)
        self.details = Details()
        self.menus = Menus(self.session, self)
        self.magazines = MagazinesSection(self.inspector, self.session, self.menus)
        self.reminders = RemindersSection(self.inspector, context.settings)
        self.backends = NotificationsSection(
            self.inspector,
            self.session.backends,
            lambda: translate("releases", "Send reminders to {0}"),
        )
        self.more = Button(icon="more", kind="quiet")
        self.save_button = SaveButton(context)
        self.dialog: MagazineDialog | None = None
        self.import_dialog: ImportDialog | None = None

        self.set_canvas(self.workspace)
        self.set_strip(self.details)
        self.add_action(self.more)
        self.add_action(self.save_button)
        self.setFocusProxy(self.workspace.grid)
        self._connect_session()
        self._connect_widgets()
        self.retranslate()
        self._show_selection(go=True)
        self.restore_state(context.state)

    # Construction

    def _connect_session(self) -> None:
        session = self.session
        session.changed.connect(self._show)
        session.refreshed.connect(self._show_next)
        session.refreshed.connect(self._show_deliveries)
        session.selection_changed.connect(lambda: self._show_selection(go=True))
        session.busy_changed.connect(self._show_busy)
        session.choice_needed.connect(self._ask_candidates)
        session.saved.connect(self.save_button.report)

    def _connect_widgets(self) -> None:
        session, workspace, details = self.session, self.workspace, self.details

        def popup_release(release: Release, place: QPoint) -> None:
            self.menus.of_release(release).popup(place)

        workspace.grid.day_chosen.connect(session.select_day)
        workspace.grid.moved.connect(session.move)
        workspace.grid.menu_requested.connect(self._open_menu)
        workspace.grid.crowd_requested.connect(
            lambda day, place: self.menus.of_crowd(day).popup(place)
        )
        for shown in (workspace.grid, workspace.coming, workspace.came_out):
            shown.chosen.connect(session.select)
            shown.bought_toggled.connect(session.toggle_bought)
            shown.opened.connect(self.write_note)
        for shown in (workspace.coming, workspace.came_out):
            shown.menu_requested.connect(popup_release)
        workspace.card.bought.connect(session.toggle_bought)
        workspace.card.clicked.connect(self.show_in_calendar)
        workspace.page_changed.connect(lambda _: self._on_page())
        workspace.empty.clicked.connect(session.add_bundled)
        workspace.problem.open_requested.connect(session.open_file)
        workspace.problem.again_requested.connect(session.reload)
        details.bought_toggled.connect(session.toggle_bought)
        details.note_edited.connect(session.set_note)
        details.day_requested.connect(self.ask_day)
        details.menu_requested.connect(popup_release)
        self.menus.note_requested.connect(self.write_note)
        self.menus.day_requested.connect(self.ask_day)
        self.menus.edit_requested.connect(self.edit_magazine)
        self.menus.add_requested.connect(self.add_magazine)
        self.reminders.changed.connect(self._show_next)
        self.menus.import_requested.connect(self.ask_import)
        self.more.clicked.connect(
            lambda: self.menus.more().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        self.dropped.connect(session.take)
        self.play_pressed.connect(self.press_bought)
        self.add_shortcut("Ctrl+F", self.focus_search)
        self.add_shortcut("Ctrl+N", lambda: self.add_magazine())
        self.add_shortcut("Ctrl+O", self.ask_import)
        self.add_shortcut("Ctrl+E", self.ask_export)
        self.add_shortcut("F5", session.reload)

    # What the session holds

    def _show(self) -> None:
        model = self.session.model
        self.workspace.show_model(model, self.session.today)
        self.magazines.show_magazines()
        first = next(iter(model.magazines), None)
        self.reminders.set_example(first.title if first else "")
        self._show_selection(go=False)
        self.context.set_status(translate("releases", "{0} magazines").format(len(model.magazines)))

    def _show_next(self) -> None:
        session, release = self.session, self.session.next
        following = session.model.wanted_after(release, session.today) if release else []
        remind_at = session.remind_at(release) if release else 0.0
        self.workspace.card.show_release(
            release, following, session.today, remind_at, session.now()
        )

    def _show_selection(self, *, go: bool) -> None:
        session = self.session
        self.workspace.show_selection(session.release, session.day, go=go)
        self.details.show_release(session.release, session.model, session.today, session.day)
        self.set_strip_visible(bool(session.model.magazines))
        self._show_primary_text()

    def _show_primary_text(self) -> None:
        release = self.session.target
        bought = release is not None and bool(self.session.model.mark(release).bought)
        text = translate("releases", "Not bought") if bought else translate("releases", "Bought")
        self.set_primary(text, self.press_bought, self.session.stop)
        self.primary.setEnabled(release is not None or self.busy)

    def _show_busy(self) -> None:
        self.set_busy(self.session.busy)
        self._show_primary_text()

    def _show_deliveries(self) -> None:
        if self.workspace.page == HISTORY:
            titles = {channel.id: channel.title for channel in self.context.notice_backends()}
            self.workspace.show_deliveries(self.session.deliveries(), titles, self.session.now())

    # Going somewhere

    def show_in_calendar(self, release: Release) -> None:
        """Select a release, and show its month."""
        self.workspace.show_page(MONTH)
        self.session.select(release)
        self.workspace.focus_content()

    def focus_search(self) -> None:
        if self.workspace.page == MONTH:
            self.workspace.show_page(COMING)
        self.workspace.search.setFocus()
        self.workspace.search.selectAll()

    def _on_page(self) -> None:
        self._show_deliveries()
        self.setFocusProxy(self.workspace.focus_target)

    def _open_menu(self, release: Release | None, day: date, place: QPoint) -> None:
        menu = self.menus.of_release(release) if release else self.menus.of_day(day)
        menu.popup(place)

    # What is marked

    def press_bought(self) -> None:
        """The primary button: mark the selected release, or else the next one."""
        release = self.session.target
        if release is not None:
            self.session.toggle_bought(release)

    def write_note(self, release: Release) -> None:
        self.session.select(release)
        self.details.note.setFocus()

    def ask_day(self, release: Release) -> None:
        popup = DayPopup(self.session.today, release.date, self.details.another_day)
        popup.picked.connect(lambda day: self.session.move(release, day))

    # The list of magazines

    def add_magazine(self, rule: Rule | None = None) -> None:
        self._open_dialog(None, rule, translate("releases", "Add"))

    def edit_magazine(self, magazine: Magazine) -> None:
        self._open_dialog(magazine, None, translate("releases", "Edit"))

    def _open_dialog(self, magazine: Magazine | None, rule: Rule | None, text: str) -> None:
        session = self.session
        state = session.model.feeds.get(magazine.id) if magazine else None
        taken = [other.id for other in session.model.magazines]
        self.dialog = MagazineDialog(
            self.context.jobs, magazine, taken, session.today, self.window(),
            known=state.dates if state else (), rule=rule,
        )  # fmt: skip
        self.dialog.saved.connect(lambda saved: session.save(saved, text))
        self.dialog.open()

    # Files

    def ask_import(self) -> None:
        """Ask for files, and import them."""
        wildcards = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = translate("releases", "Calendars and lists ({0})").format(wildcards)
        title = translate("releases", "Import")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        if names:
            self.session.take([Path(name) for name in names])

    def _ask_candidates(self, offered: list[Candidate]) -> None:
        self.import_dialog = ImportDialog(offered, self.window())
        self.import_dialog.chosen.connect(self.session.accept)
        self.import_dialog.open()

    def ask_export(self) -> None:
        """Ask for a place, and write what is coming there."""
        path = self.save_button.ask("releases", ".ics", "iCalendar (*.ics)")
        if path is not None:
            self.session.export(path)

    # Time, and what is remembered

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.session.watch()
        self.session.backends.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.session.rest()  # nobody looks
        self.details.commit_note()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.reload()

    def save_state(self) -> dict[str, Any]:
        self.details.commit_note()
        return {**super().save_state(), "page": self.workspace.page}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        page = state.get("page")
        if page in (MONTH, COMING, HISTORY):
            self.workspace.show_page(page)
            self._on_page()

    def retranslate(self) -> None:
        super().retranslate()
        self.set_drop_text(
            translate("releases", "Drop a calendar (.ics, .json) or a list (.toml) to import it")
        )
        self.more.setToolTip(translate("releases", "Import and more"))
        self.more.setAccessibleName(translate("releases", "More"))
        export = translate("releases", "Export as iCalendar…")
        self.save_button.set_items([SaveItem(export, self.ask_export, shortcut="Ctrl+E")])
        for part in (self.workspace, self.details, self.magazines, self.reminders, self.backends):
            part.retranslate()
        self._show()
        self._show_next()
