"""The strip: the chosen release, its note, and what can be done with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kirara_releases.calendar.release import Release
from kirara_releases.texts import countdown_text, day_text, moved_text
from kirara_releases.view.covers import MiniCover
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets import Button, Label, plain_tip
from kirara_studio.api.widgets.layouts import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

translate = QCoreApplication.translate

HEIGHT = 96


class Details(QWidget):
    """Shows one release, or that a day has none.

    ``note_edited`` is sent with the release and the text once the note is complete.
    """

    bought_toggled = Signal(object)
    note_edited = Signal(object, str)
    day_requested = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.release: Release | None = None
        self._note = ""
        self._bought = False
        self.cover = MiniCover(48, 66)
        self.title = Label(size=14, bold=True, elide=True)
        self.facts = Label(size=12, tone="text_soft", elide=True)
        self.note = QLineEdit()
        self.note.setMaxLength(2_000)
        self.bought = Button(icon="check")
        self.bought.setCheckable(True)
        self.another_day = Button()
        self.more = Button(icon="more", kind="quiet")

        controls = ((self.note, 1), self.bought, self.another_day, self.more)
        line = fill(QHBoxLayout(), *controls, spacing=8)
        texts = fill(QHBoxLayout(), self.title, (self.facts, 1), spacing=12)
        right = fill(QVBoxLayout(), texts, line, spacing=6)
        fill(QHBoxLayout(self), self.cover, (right, 1), spacing=16, margins=(24, 10, 16, 12))
        self.setFixedHeight(HEIGHT)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.title.setMinimumWidth(40)

        self.note.editingFinished.connect(self.commit_note)
        self.bought.clicked.connect(self._toggle)
        self.another_day.clicked.connect(
            lambda: self.release and self.day_requested.emit(self.release)
        )
        self.more.clicked.connect(self._request_menu)
        self.retranslate()

    def show_release(
        self, release: Release | None, model: ViewModel, today: date, day: date | None = None
    ) -> None:
        """Show a release; without one, the empty ``day``."""
        if release != self.release:
            self.commit_note()
        self.release = release
        for widget in (self.cover, self.note, self.bought, self.another_day, self.more):
            widget.setVisible(release is not None)
        if release is None:
            self.title.setText(day_text(day, today) if day else "")
            self.facts.setText(translate("releases", "Nothing comes out on this day."))
            return
        mark = model.mark(release)
        self._bought = bool(mark.bought)
        self.cover.show_color(release.magazine.color)
        self.title.setText(release.magazine.title)
        self.title.setToolTip(plain_tip(release.magazine.title))
        facts = [day_text(release.date, today), countdown_text(release.date, today)]
        facts += [why] if (why := moved_text(release, today)) else []
        self.facts.setText(" · ".join(facts))
        self.facts.setToolTip(plain_tip("\n".join(facts)))
        self.bought.setChecked(self._bought)
        if mark.note != self._note or not self.note.hasFocus():
            self.note.setText(mark.note)
            self.note.setCursorPosition(0)
        self._note = mark.note

    def commit_note(self) -> None:
        """Emit a note that was changed, before something else is shown."""
        if self.release is not None and self.note.text().strip() != self._note.strip():
            self._note = self.note.text()
            self.note_edited.emit(self.release, self.note.text().strip())

    def retranslate(self) -> None:
        """Set the texts again; the release's own follow with the next :meth:`show_release`."""
        self.note.setPlaceholderText(translate("releases", "Note"))
        self.note.setAccessibleName(translate("releases", "Note"))
        self.bought.setAccessibleName(translate("releases", "Bought"))
        self.bought.setToolTip(translate("releases", "Bought or not (Space or B in the calendar)"))
        self.another_day.set_content(translate("releases", "Another day…"))
        self.another_day.setToolTip(
            translate("releases", "Correct the day on which this issue comes out")
        )
        self.more.set_purpose(translate("releases", "More"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.title.setMaximumWidth(int(self.width() * 0.55))  # the day must be seen, too

    def _request_menu(self) -> None:
        if self.release is not None:
            place = self.more.mapToGlobal(self.more.rect().topLeft())
            self.menu_requested.emit(self.release, place)

    def _toggle(self) -> None:
        self.bought.setChecked(self._bought)  # it follows the records, not the click
        if self.release is not None:
            self.bought_toggled.emit(self.release)
