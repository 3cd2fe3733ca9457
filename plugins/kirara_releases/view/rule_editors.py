"""Edits a rule: four kinds, each with an editor of its own."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from kirara_releases.calendar.date_texts import find_dates
from kirara_releases.calendar.rules import (
    LAST,
    SHIFTS,
    WEEKDAYS,
    Feed,
    MonthDay,
    NthWeekday,
    Rule,
    SingleDates,
)
from kirara_releases.view.pickers import DayPicker
from kirara_studio.api.widgets import Button, Label, Problem, Segments
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate


class RuleProblem(ValueError):
    """What is wrong with what was entered, as a sentence for the user."""


class Editor(QWidget):
    """What the editors of all kinds have in common. ``changed`` with every change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = fill(QVBoxLayout(self), spacing=8)

    def rule(self) -> Rule:
        """What was entered. Raises RuleProblem."""
        raise NotImplementedError

    def show_rule(self, rule: Rule) -> None:
        """Show a rule of this editor's kind."""
        raise NotImplementedError


class MonthlyEditor(Editor):
    """A row of widgets, and below where a release goes that would fall on a Sunday or holiday."""

    def __init__(self) -> None:
        super().__init__()
        text = translate("releases", "On a Sunday or a holiday")
        self.holidays = Segments(
            [
                translate("releases", "Earlier"),
                translate("releases", "Later"),
                translate("releases", "As it is"),
            ]
        )
        self.holidays.set_name(text)
        self.holidays.chosen.connect(lambda _: self.changed.emit())
        self.row = fill(QHBoxLayout(), spacing=8)
        self.column.addLayout(self.row)
        self.column.addSpacing(4)
        self.column.addWidget(Label(text, size=12, tone="text_soft"))
        self.column.addWidget(self.holidays)
        self.column.addStretch(1)

    @property
    def shift(self) -> str:
        """One of :data:`~kirara_releases.calendar.rules.SHIFTS`."""
        return SHIFTS[self.holidays.current]

    def show_shift(self, shift: str) -> None:
        self.holidays.set_current(SHIFTS.index(shift))


class DayEditor(MonthlyEditor):
    """The same day of every month."""

    def __init__(self) -> None:
        super().__init__()
        self.day = QSpinBox()
        self.day.setRange(1, 31)
        self.day.setFixedWidth(110)
        self.day.lineEdit().setTextMargins(8, 0, 0, 0)
        self.day.setAccessibleName(translate("releases", "Day of the month"))
        before, _, after = translate("releases", "On day {0} of every month").partition("{0}")
        fill(self.row, Label(before.strip()), self.day, Label(after.strip()), None)
        self.day.valueChanged.connect(lambda _: self.changed.emit())

    def rule(self) -> MonthDay:
        return MonthDay(self.day.value(), self.shift)

    def show_rule(self, rule: Rule) -> None:
        assert isinstance(rule, MonthDay)
        self.day.setValue(rule.day)
        self.show_shift(rule.shift)


class WeekdayEditor(MonthlyEditor):
    """The n-th of a weekday in every month."""

    _NUMBERS = (1, 2, 3, 4, 5, LAST)

    def __init__(self) -> None:
        super().__init__()
        self.number, self.weekday = QComboBox(), QComboBox()
        self.number.addItems(
            [
                translate("releases", "First"),
                translate("releases", "Second"),
                translate("releases", "Third"),
                translate("releases", "Fourth"),
                translate("releases", "Fifth"),
                translate("releases", "Last"),
            ]
        )
        self.weekday.addItems([QLocale().standaloneDayName(number) for number in range(1, 8)])
        self.number.setAccessibleName(translate("releases", "Which"))
        self.weekday.setAccessibleName(translate("releases", "Weekday"))
        for box in (self.number, self.weekday):
            self.row.addWidget(box, 1)
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.row.addWidget(Label(translate("releases", "of every month")))

    def rule(self) -> NthWeekday:
        number = self._NUMBERS[self.number.currentIndex()]
        return NthWeekday(number, WEEKDAYS[self.weekday.currentIndex()], self.shift)

    def show_rule(self, rule: Rule) -> None:
        assert isinstance(rule, NthWeekday)
        self.number.setCurrentIndex(self._NUMBERS.index(rule.nth))
        self.weekday.setCurrentIndex(WEEKDAYS.index(rule.weekday))
        self.show_shift(rule.shift)


class DatesEditor(Editor):
    """Single dates: clicked in a calendar, typed, or pasted."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.picker = DayPicker(today)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(translate("releases", "Dates"))
        self.text.setPlaceholderText(
            translate("releases", "Click days, or paste dates: 2026-12-09, 2026/12/9, 12/9")
        )
        self.problem = Problem()
        right = fill(QVBoxLayout(), (self.text, 1), self.problem)
        self.column.addLayout(fill(QHBoxLayout(), self.picker, (right, 1), spacing=16))
        self.picker.picked.connect(self._toggle)
        self.text.textChanged.connect(self._on_text)

    def rule(self) -> SingleDates:
        found = find_dates(self.text.toPlainText(), self._today)
        if not found.dates:
            raise RuleProblem(translate("releases", "There is no date yet."))
        return SingleDates(found.dates)

    def show_rule(self, rule: Rule) -> None:
        assert isinstance(rule, SingleDates)
        days = sorted(set(rule.dates))
        self.text.setPlainText("\n".join(day.isoformat() for day in days))
        coming = [day for day in days if day >= self._today] or days[-1:]
        if coming:
            self.picker.days.go_to(coming[0])

    def _toggle(self, day: date) -> None:
        days = set(find_dates(self.text.toPlainText(), self._today).dates) ^ {day}
        self.text.setPlainText("\n".join(other.isoformat() for other in sorted(days)))

    def _on_text(self) -> None:
        found = find_dates(self.text.toPlainText(), self._today)
        self.picker.set_marked(found.dates)
        self.problem.show_text(
            translate("releases", "There is no date in “{0}”.").format(found.strange)
            if found.strange
            else ""
        )
        self.changed.emit()


_SECRET = re.compile(r"://[^/]*@|\?.|/(?=[^/]*\d)[\w%.-]{16,}")
"""A password, a query, or a long word with digits in an address."""


class FeedEditor(Editor):
    """The address of a calendar on the net; ``fetch_requested`` with it.

    An address that may hold a password or a key is hidden until the eye is pressed.
    """

    fetch_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.url = QLineEdit()
        self.url.setPlaceholderText("https://example.org/releases.ics")
        self.url.setAccessibleName(translate("releases", "Address of the feed"))
        self.eye = Button(icon="eye", kind="quiet", small=True)
        self.eye.setCheckable(True)
        self.eye.set_purpose(translate("releases", "Show the address"))
        self.fetch = Button(translate("releases", "Fetch"))
        self.problem = Problem()
        self.result = Label(size=12, tone="text_soft", wrap=True)
        row = fill(QHBoxLayout(), (self.url, 1), self.eye, self.fetch, spacing=8)
        fill(self.column, row, self.problem, self.result, None)
        self.url.textChanged.connect(lambda _: self._on_text())
        self.url.returnPressed.connect(self._fetch)
        self.eye.toggled.connect(self._show_address)
        self.eye.setChecked(True)
        self.fetch.clicked.connect(self._fetch)
        self._on_text()

    def rule(self) -> Feed:
        try:
            return Feed(self.url.text().strip())
        except ValueError:
            raise RuleProblem(
                translate(
                    "releases",
                    "The address of a feed begins with http://, https:// or webcal://.",
                )
            ) from None

    def show_rule(self, rule: Rule) -> None:
        assert isinstance(rule, Feed)
        self.url.setText(rule.url)
        self.eye.setChecked(_SECRET.search(rule.url) is None)

    def _show_address(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.url.setEchoMode(mode)

    def show_result(self, problem: str, result: str) -> None:
        self.fetch.setEnabled(True)
        self.problem.show_text(problem)
        self.result.setText(result)

    def _fetch(self) -> None:
        try:
            url = self.rule().url
        except RuleProblem as problem:
            self.problem.show_text(str(problem))
            return
        self.fetch.setEnabled(False)
        self.problem.show_text("")
        self.result.setText(translate("releases", "Fetching…"))
        self.fetch_requested.emit(url)

    def _on_text(self) -> None:
        self.problem.show_text("")
        self.fetch.setEnabled(bool(self.url.text().strip()))
        self.result.setText(
            translate(
                "releases",
                "An iCalendar or JSON file on the web; it is read four times a day.",
            )
        )
        self.changed.emit()
