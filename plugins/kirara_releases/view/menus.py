"""The context menus of releases and days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import SingleDates
from kirara_releases.session import Session
from kirara_releases.texts import day_text

translate = QCoreApplication.translate


class Menus(QObject):
    """What can be done with a release, with a day, and with all releases of a day.

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
        """What can be done with one issue."""
        session = self._session
        menu = self._menu()
        bought = menu.addAction(translate("releases", "Bought"))
        bought.setCheckable(True)
        bought.setChecked(bool(session.model.mark(release).bought))
        bought.triggered.connect(lambda: session.toggle_bought(release))
        note = menu.addAction(translate("releases", "Note…"))
        note.triggered.connect(lambda: self.note_requested.emit(release))
        menu.addSeparator()
        other_day = menu.addAction(translate("releases", "Another day…"))
        other_day.triggered.connect(lambda: self.day_requested.emit(release))
        skip = menu.addAction(translate("releases", "Skip this issue"))
        skip.triggered.connect(lambda: session.skip(release))
        if release.corrected:
            day = day_text(release.rule_date, session.today) if release.rule_date else "–"
            back = menu.addAction(translate("releases", "Back to the rule: {0}").format(day))
            back.triggered.connect(lambda: session.uncorrect(release))
        menu.addSeparator()
        if release.magazine.page:
            page = menu.addAction(translate("releases", "Open its page"))
            page.triggered.connect(lambda: session.open_page(release.magazine))
        edit = menu.addAction(translate("releases", "Edit the magazine…"))
        edit.triggered.connect(lambda: self.edit_requested.emit(release.magazine))
        return menu

    def of_day(self, day: date) -> QMenu:
        """What can be done with a day."""
        menu = self._menu()
        add = menu.addAction(translate("releases", "Something comes out on this day…"))
        add.triggered.connect(lambda: self.add_requested.emit(SingleDates((day,))))
        return menu

    def of_crowd(self, day: date) -> QMenu:
        """All that comes out on a day, to select one."""
        session = self._session
        menu = self._menu()
        for release in session.model.on(day):
            # A menu takes a single ampersand for a key.
            action = menu.addAction(release.magazine.title[:80].replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(bool(session.model.mark(release).bought))
            action.triggered.connect(lambda _=False, r=release: session.select(r))
        return menu

    def more(self) -> QMenu:
        """Import, and what is seldom needed."""
        menu = self._menu()
        entries: list[tuple[str, str, Callable[[], object]]] = [
            (translate("releases", "Import…"), "Ctrl+O", self.import_requested.emit),
            (
                translate("releases", "Add a magazine…"),
                "Ctrl+N",
                lambda: self.add_requested.emit(None),
            ),
            (translate("releases", "Open the list as a file"), "", self._session.open_file),
        ]
        for text, keys, function in entries:
            # Behind a tab, Qt shows keys; the panel's own shortcuts listen to them.
            menu.addAction(f"{text}\t{keys}" if keys else text).triggered.connect(
                lambda _=False, f=function: f()
            )
        return menu

    def _menu(self) -> QMenu:
        menu = QMenu(self._parent)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
