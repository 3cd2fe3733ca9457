"""The menus of releases, days and magazines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import SingleDates
from kirara_releases.session import Session
from kirara_releases.texts import day_text
from kirara_studio.api.widgets import MenuEntry, make_menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

translate = QCoreApplication.translate


class Menus(QObject):
    """The menus of the panel.

    Signals ask for what needs another widget: the note and another day of a release, a magazine
    to edit, a rule (or None) to begin a new magazine with, files to import.
    """

    note_requested = Signal(object)
    day_requested = Signal(object)
    edit_requested = Signal(object)
    add_requested = Signal(object)
    import_requested = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._parent = parent

    def of_release(self, release: Release) -> QMenu:
        session, magazine = self._session, release.magazine
        entries: list[MenuEntry | None] = [
            (translate("releases", "Bought"), lambda: session.toggle_bought(release)),
            (translate("releases", "Note…"), lambda: self.note_requested.emit(release)),
            None,
            (translate("releases", "Another day…"), lambda: self.day_requested.emit(release)),
            (translate("releases", "Skip this issue"), lambda: session.skip(release)),
        ]
        if release.corrected:
            day = day_text(release.rule_date, session.today) if release.rule_date else "–"
            back = translate("releases", "Back to the rule: {0}").format(day)
            entries.append((back, lambda: session.uncorrect(release)))
        entries.append(None)
        if magazine.page:
            page = translate("releases", "Open its page")
            entries.append((page, lambda: session.open_page(magazine)))
        edit = translate("releases", "Edit the magazine…")
        entries.append((edit, lambda: self.edit_requested.emit(magazine)))
        menu = make_menu(self._parent, entries)
        bought = menu.actions()[0]
        bought.setCheckable(True)
        bought.setChecked(bool(session.model.mark(release).bought))
        return menu

    def of_day(self, day: date) -> QMenu:
        text = translate("releases", "Something comes out on this day…")
        return make_menu(
            self._parent, [(text, lambda: self.add_requested.emit(SingleDates((day,))))]
        )

    def of_crowd(self, day: date) -> QMenu:
        """All that comes out on a day, to select one."""
        session = self._session
        menu = make_menu(self._parent, [])
        for release in session.model.on(day):
            # A menu takes a single ampersand for a key.
            action = menu.addAction(release.magazine.title[:80].replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(bool(session.model.mark(release).bought))
            action.triggered.connect(lambda _=False, r=release: session.select(r))
        return menu

    def of_magazine(self, magazine: Magazine) -> QMenu:
        session = self._session
        edit = translate("releases", "Edit…")
        entries: list[MenuEntry | None] = [(edit, lambda: self.edit_requested.emit(magazine))]
        if magazine.page:
            page = translate("releases", "Open its page")
            entries.append((page, lambda: session.open_page(magazine)))
        entries.append((translate("releases", "Remove"), lambda: session.remove(magazine)))
        return make_menu(self._parent, entries)

    def more(self) -> QMenu:
        """Import, and what is seldom needed."""
        # Behind a tab, Qt shows keys; the panel's own shortcuts listen to them.
        imports, add = translate("releases", "Import…"), translate("releases", "Add a magazine…")
        return make_menu(
            self._parent,
            [
                (f"{imports}\tCtrl+O", self.import_requested.emit),
                (f"{add}\tCtrl+N", lambda: self.add_requested.emit(None)),
                (translate("releases", "Open the list as a file"), self._session.open_file),
            ],
        )
