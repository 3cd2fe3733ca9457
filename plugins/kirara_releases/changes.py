"""Everything that the user changes in the diary. Each change is a step that can be undone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kirara_releases.calendar.corrections import moved, skipped, uncorrected
from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.edits import CatalogueEdit, MarkEdit, Records
from kirara_releases.storage.catalogue import bundled
from kirara_releases.storage.store import Mark
from kirara_releases.view.texts import day_text
from kirara_studio.api.errors import UserError

if TYPE_CHECKING:
    from kirara_releases.panel import ReleasesPanel

translate = QCoreApplication.translate


class Changes:
    """Pushes steps onto the panel's stack; what cannot be written is reported."""

    def __init__(self, panel: ReleasesPanel) -> None:
        self._panel = panel
        self._refused = False
        diary = panel.diary
        self._records = Records(diary.store, diary.catalogue, panel.reload, self._refuse)

    # Marks

    def toggle_bought(self, release: Release) -> None:
        """Mark an issue as bought, or not."""
        mark = self._panel.agenda.mark(release)
        bought = not mark.bought
        text = translate("releases", "Bought") if bought else translate("releases", "Not bought")
        if self._mark(release, replace(mark, bought=time.time() if bought else 0.0), text):
            self._panel.context.show_message(f"{text}: {release.magazine.title}")
            if bought:
                self._withdraw(release)

    def _withdraw(self, release: Release) -> None:
        """What is bought need not stay on the desktop."""
        store = self._panel.diary.store
        for notice in store.notices_of(release.magazine.id, release.issue):
            self._panel.context.withdraw(notice)

    def set_note(self, release: Release, note: str) -> None:
        """Change the note of an issue."""
        mark = replace(self._panel.agenda.mark(release), note=note)
        self._mark(release, mark, translate("releases", "Note"))

    def _mark(self, release: Release, mark: Mark, text: str) -> bool:
        before = self._panel.agenda.mark(release)
        key = (release.magazine.id, release.issue)
        return mark == before or self._push(MarkEdit(self._records, key, before, mark, text))

    # Corrections

    def move(self, release: Release, day: date) -> None:
        """Correct the day of an issue."""
        siblings = self._panel.agenda.siblings(release)
        text = translate("releases", "Another day")
        if self._correct(lambda: moved(release, day, siblings), text):
            where = day_text(day, self._panel.today)
            self._panel.context.show_message(f"{release.magazine.title}: {where}")

    def skip(self, release: Release) -> None:
        """Say that an issue does not come out."""
        siblings = self._panel.agenda.siblings(release)
        self._correct(lambda: skipped(release, siblings), translate("releases", "Skip this issue"))

    def uncorrect(self, release: Release) -> None:
        """Let the rule hold for an issue again."""
        self._correct(lambda: uncorrected(release), translate("releases", "As the rule has it"))

    def _correct(self, change: Callable[[], Magazine], text: str) -> bool:
        try:
            return self.put(change(), text)
        except UserError as error:
            self._panel.report(error)
            return False

    # The list of magazines

    def put(self, magazine: Magazine, text: str) -> bool:
        """Add a magazine, or put it in the place of the one with its id."""
        current = list(self._panel.agenda.magazines)
        places = [other.id for other in current]
        if magazine.id in places:
            if current[places.index(magazine.id)] == magazine:
                return True
            current[places.index(magazine.id)] = magazine
        else:
            current.append(magazine)
        return self.edit_list(current, text)

    def remove(self, magazine: Magazine) -> None:
        """Take a magazine out of the list; its marks stay, for the day when it is back."""
        others = [other for other in self._panel.agenda.magazines if other.id != magazine.id]
        if self.edit_list(others, translate("releases", "Remove")):
            text = translate("releases", "Removed: {0}. Ctrl+Z brings it back.")
            self._panel.context.show_message(text.format(magazine.title))

    def set_notify(self, magazine: Magazine, on: bool) -> None:
        """Remind of a magazine, or do not."""
        self.put(replace(magazine, notify=on), translate("releases", "Remind me"))

    def add_bundled(self) -> None:
        """Bring the author's four back."""
        current = self._panel.agenda.magazines
        here = {magazine.id for magazine in current}
        new = [magazine for magazine in bundled() if magazine.id not in here]
        self.edit_list([*current, *new], translate("releases", "Add the four"))

    def edit_list(self, magazines: Sequence[Magazine], text: str) -> bool:
        """Put another list in the place of this one; False where it cannot be written."""
        before = self._panel.agenda.magazines
        return self._push(CatalogueEdit(self._records, before, magazines, text))

    def _push(self, step: MarkEdit | CatalogueEdit) -> bool:
        self._refused = False
        self._panel.undo_stack.push(step)
        return not self._refused

    def _refuse(self, error: BaseException) -> None:
        self._refused = True
        self._panel.report(error)
