"""The panel's context menus."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import SingleDates
from kirara_releases.view.texts import day_text

if TYPE_CHECKING:
    from kirara_releases.panel import ReleasesPanel

translate = QCoreApplication.translate


def release_menu(panel: ReleasesPanel, release: Release) -> QMenu:
    """What can be done with one issue."""
    menu = _menu(panel)
    bought = menu.addAction(translate("releases", "Bought"))
    bought.setCheckable(True)
    bought.setChecked(bool(panel.agenda.mark(release).bought))
    bought.triggered.connect(lambda: panel.changes.toggle_bought(release))
    note = menu.addAction(translate("releases", "Note…"))
    note.triggered.connect(lambda: panel.write_note(release))
    menu.addSeparator()
    other_day = menu.addAction(translate("releases", "Another day…"))
    other_day.triggered.connect(lambda: panel.ask_day(release, panel.details.another_day))
    skip = menu.addAction(translate("releases", "Skip this issue"))
    skip.triggered.connect(lambda: panel.changes.skip(release))
    if release.corrected:
        day = day_text(release.rule_date, panel.today) if release.rule_date else "–"
        back = menu.addAction(translate("releases", "As the rule has it: {0}").format(day))
        back.triggered.connect(lambda: panel.changes.uncorrect(release))
    menu.addSeparator()
    if release.magazine.page:
        page = menu.addAction(translate("releases", "Open its page"))
        page.triggered.connect(lambda: panel.open_page(release.magazine))
    edit = menu.addAction(translate("releases", "Edit the magazine…"))
    edit.triggered.connect(lambda: panel.edit_magazine(release.magazine))
    return menu


def day_menu(panel: ReleasesPanel, day: date) -> QMenu:
    """What can be done with a day on which nothing was clicked."""
    menu = _menu(panel)
    add = menu.addAction(translate("releases", "Something comes out on this day…"))
    add.triggered.connect(lambda: panel.add_magazine(SingleDates((day,))))
    return menu


def crowd_menu(panel: ReleasesPanel, day: date) -> QMenu:
    """All that comes out on a day."""
    menu = _menu(panel)
    for release in panel.desk.grid.layout_now.on(day):
        # A menu takes a single ampersand for a key.
        action = menu.addAction(release.magazine.title[:80].replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(bool(panel.agenda.mark(release).bought))
        action.triggered.connect(lambda _=False, r=release: panel.desk.grid.choose(r))
    return menu


def _menu(panel: ReleasesPanel) -> QMenu:
    menu = QMenu(panel)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
