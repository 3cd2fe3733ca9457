"""The canvas: month, list of what is coming, history; and the next release beside or above."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import month_later, shifted
from kirara_releases.storage.store import Delivery
from kirara_releases.texts import month_text
from kirara_releases.view.delivery_list import DeliveryList
from kirara_releases.view.month_grid import MonthGrid
from kirara_releases.view.next_release_card import NextReleaseCard
from kirara_releases.view.pickers import MonthPopup
from kirara_releases.view.problems import ProblemBar
from kirara_releases.view.release_list import ReleaseList
from kirara_releases.view_model import ViewModel, folded
from kirara_studio.api.widgets import Button, EmptyState, Label, Segments
from kirara_studio.api.widgets.layouts import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

translate = QCoreApplication.translate

MONTH, COMING, HISTORY = 0, 1, 2
"""The pages."""

_WIDE = 860  # pixels from which the card stands beside the calendar
_LOW = 412  # pixels below which the calendar needs the room of the card above it
_COMING_MONTHS, _HISTORY_MONTHS = 12, 24


class Workspace(QWidget):
    """Shows a :class:`ViewModel`. What is selected on one page is selected on the others.

    ``page_changed`` is sent with the page that the user chose.
    """

    page_changed = Signal(int)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.model = ViewModel()
        self.today = today
        self._release: Release | None = None
        self._deliveries: list[Delivery] = []
        self._backends: Mapping[str, str] = {}
        self._now = datetime.now()

        self.problem = ProblemBar()
        self.grid = MonthGrid(today)
        self.coming = ReleaseList()
        self.came_out = ReleaseList()
        self.deliveries = DeliveryList()
        self.empty = EmptyState("", "")
        self.card = NextReleaseCard()
        self.back = Button(icon="chevron-left", kind="quiet")
        self.month_name = Label(size=17, bold=True)
        self.month_button = Button(icon="chevron-down", kind="quiet")
        self.forward = Button(icon="chevron-right", kind="quiet")
        self.today_button = Button()
        self.search = QLineEdit()
        self.search.setProperty("role", "search")
        self.search.setClearButtonEnabled(True)
        self.which = Segments(["", ""])
        self.pages = Segments(["", "", ""])

        self._space = QWidget()
        self._month_controls = (
            self._space,
            self.back,
            self.forward,
            self.month_name,
            self.month_button,
            self.today_button,
        )

        self._assemble()
        self._connect()
        self.show_page(MONTH)

    def _assemble(self) -> None:
        parts = ((self.search, 1), self.which, (self._space, 1), self.pages)
        bar = fill(QHBoxLayout(), *self._month_controls[1:], *parts, spacing=4)
        self._stack = QStackedWidget()
        for page in (self.grid, self.coming, self.came_out, self.deliveries, self.empty):
            self._stack.addWidget(page)
        column = fill(QVBoxLayout(), bar, (self._stack, 1), spacing=8)
        # Bottom to top: then the same order puts the card at the right or above.
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        fill(self._box, (column, 1), self.card, spacing=16)
        fill(QVBoxLayout(self), self.problem, (self._box, 1), spacing=10, margins=(0, 4, 0, 4))

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.grid.turn(-1))
        self.forward.clicked.connect(lambda: self.grid.turn(1))
        self.today_button.clicked.connect(lambda: self.grid.day_chosen.emit(self.today))
        self.month_button.clicked.connect(self._choose_month)
        self.grid.month_changed.connect(self._show_month_name)
        self.pages.chosen.connect(self._on_page)
        self.which.chosen.connect(lambda _: self._fill())
        self.search.textChanged.connect(lambda _: self._fill())

    # What is shown

    @property
    def page(self) -> int:
        return self.pages.current

    def show_model(self, model: ViewModel, today: date) -> None:
        self.model, self.today = model, today
        self.problem.show_problem(model.problem)
        self.grid.show_model(model, today)
        self._fill()

    def show_deliveries(
        self, deliveries: list[Delivery], backends: Mapping[str, str], now: datetime
    ) -> None:
        """Show the delivery log; ``backends`` are the titles of the desktop's, by id."""
        self._backends = backends
        self._deliveries, self._now = deliveries, now
        if self._stack.currentWidget() is self.deliveries:
            self._fill()

    def show_page(self, page: int) -> None:
        self.pages.set_current(page)
        month = page == MONTH
        for widget in self._month_controls:
            widget.setVisible(month)
        self.search.setVisible(not month)
        self.which.setVisible(page == HISTORY)
        self._fill()

    def show_selection(self, release: Release | None, day: date, *, go: bool) -> None:
        """Show the selected release, or day, on every page; ``go`` to its month."""
        self._release = release
        self.grid.show_selection(release, day, go=go)
        for shown in (self.coming, self.came_out):
            shown.blockSignals(True)
            shown.select(release)
            shown.blockSignals(False)

    @property
    def focus_target(self) -> QWidget:
        """What takes the keyboard on the page in front."""
        shown = self._stack.currentWidget() or self.grid
        return self.empty.button if shown is self.empty else shown

    def focus_content(self) -> None:
        self.focus_target.setFocus()

    def _on_page(self, page: int) -> None:
        self.show_page(page)
        self.page_changed.emit(page)

    def _fill(self) -> None:
        """Fill the page in front; the others wait."""
        page = self.pages.current
        empty = not self.model.magazines and not self.model.problem
        self._show_card()
        if empty and not (page == HISTORY and self.which.current == 1):
            self._stack.setCurrentWidget(self.empty)
        elif page == MONTH:
            self._stack.setCurrentWidget(self.grid)
        elif page == COMING:
            last = shifted(month_later(self.today, _COMING_MONTHS), -1)
            self._fill_releases(self.coming, self.model.releases(self.today, last))
        elif self.which.current == 0:
            first = month_later(self.today, -_HISTORY_MONTHS)
            past = self.model.releases(first, self.today)
            self._fill_releases(self.came_out, past[::-1])
        else:
            self._fill_deliveries()

    def _show_card(self) -> None:
        """Show the card if it has content, and the calendar has room for it."""
        low = self.width() < _WIDE and self.height() < _LOW
        there = bool(self.model.magazines)
        self.card.setVisible(there and not low and self.page != HISTORY)

    def _fill_releases(self, target: ReleaseList, releases: list[Release]) -> None:
        wanted = self.search.text()
        found = self.model.matching(releases, wanted)
        target.set_hint(
            translate("releases", "No title or note contains “{0}”.").format(wanted)
            if releases
            else translate("releases", "Nothing comes out in this period.")
        )
        target.blockSignals(True)
        target.show_releases(found, self.model, self.today)
        target.select(self._release)
        target.blockSignals(False)
        self._stack.setCurrentWidget(target)

    def _fill_deliveries(self) -> None:
        words = folded(self.search.text()).split()
        titles = {magazine.id: folded(magazine.title) for magazine in self.model.magazines}
        found = [
            delivery
            for delivery in self._deliveries
            if all(word in titles.get(delivery.magazine, delivery.magazine) for word in words)
        ]
        self.deliveries.set_hint(
            translate("releases", "No title contains “{0}”.").format(self.search.text())
            if self._deliveries
            else translate("releases", "No reminder has been sent yet.")
        )
        self.deliveries.show_deliveries(found, self.model, self._backends, self._now)
        self._stack.setCurrentWidget(self.deliveries)

    # The month

    def _show_month_name(self) -> None:
        self.month_name.setText(month_text(self.grid.month))

    def _choose_month(self) -> None:
        MonthPopup(self.grid.month, self.month_button).picked.connect(self.grid.turn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        self.card.set_tall(wide)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop
        self._box.setDirection(direction)
        self._box.setSpacing(16 if wide else 10)
        self._show_card()

    # Language

    def retranslate(self) -> None:
        self.pages.set_texts(
            [
                translate("releases", "Month"),
                translate("releases", "Coming"),
                translate("releases", "History"),
            ]
        )
        reminders = translate("releases", "Reminders")
        self.which.set_texts([translate("releases", "Came out"), reminders])
        self.pages.set_name(translate("releases", "View"))
        self.which.set_name(translate("releases", "History"))
        self.search.setPlaceholderText(translate("releases", "Search titles and notes"))
        self.search.setAccessibleName(translate("releases", "Search titles and notes"))
        self.today_button.set_content(translate("releases", "Today"))
        self.grid.setAccessibleName(translate("releases", "Calendar"))
        self.coming.setAccessibleName(translate("releases", "Coming"))
        self.came_out.setAccessibleName(translate("releases", "Came out"))
        self.deliveries.setAccessibleName(reminders)
        self.back.set_purpose(translate("releases", "Previous month"))
        self.forward.set_purpose(translate("releases", "Next month"))
        self.month_button.set_purpose(translate("releases", "Choose a month"))
        self.today_button.setToolTip(translate("releases", "Go to today (T)"))
        self.empty.set_content(
            translate("releases", "No magazine yet"),
            translate(
                "releases",
                "Add what you read, or begin with the four monthly magazines of Manga Time Kirara.",
            ),
            translate("releases", "Add the four"),
        )
        self.problem.retranslate()
        self.card.retranslate()
        self.grid.retranslate()
        self._show_month_name()
        self._fill()
