"""The corrections of a magazine, month by month: a list, and one row to add another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from kirara_releases.calendar.corrections import month_of
from kirara_releases.calendar.release import Release
from kirara_releases.texts import day_text, month_text
from kirara_releases.view.pickers import DayPopup
from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate


class CorrectionsEditor(QWidget):
    """``changed`` is sent when one is added or removed."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._corrections: dict[str, date | None] = {}
        self._coming: list[Release] = []
        self.rows: dict[str, Button] = {}
        self._list = fill(QVBoxLayout(), spacing=0)
        self.month = QComboBox()
        self.month.setAccessibleName(translate("releases", "Issue"))
        self.month.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.another_day = Button(translate("releases", "Another day…"))
        self.skip = Button(translate("releases", "Skip"))
        self.skip.setToolTip(translate("releases", "Nothing comes out in that month"))
        add = fill(QHBoxLayout(), (self.month, 1), self.another_day, self.skip, spacing=8)
        fill(QVBoxLayout(self), self._list, add, spacing=4)
        self.another_day.clicked.connect(self._choose_day)
        self.skip.clicked.connect(lambda: self.put(self.month.currentData(), None))

    @property
    def corrections(self) -> dict[str, date | None]:
        """By month, as a magazine has them."""
        return dict(self._corrections)

    def show_corrections(self, corrections: Mapping[str, date | None]) -> None:
        self._corrections = dict(corrections)
        self._fill()

    def show_coming(self, releases: list[Release]) -> None:
        """Offer these issues for correction."""
        chosen = self.month.currentData()
        self._coming = releases
        self.month.clear()
        for release in releases:
            month = month_of(release)
            if month in self._corrections or self.month.findData(month) >= 0:
                continue
            name = f"{_name(month)} ({day_text(release.date, self._today)})"
            self.month.addItem(name, month)
        self.month.setCurrentIndex(max(self.month.findData(chosen), 0))
        for widget in (self.month, self.another_day, self.skip):
            widget.setEnabled(self.month.count() > 0)

    def put(self, month: str, day: date | None) -> None:
        """Correct a month: to ``day``, or, with None, to nothing."""
        if month:
            self._corrections[month] = day
            self._fill()
            self.changed.emit()

    def remove(self, month: str) -> None:
        """Let the rule hold again."""
        self._corrections.pop(month, None)
        self._fill()
        self.changed.emit()

    def _choose_day(self) -> None:
        month = self.month.currentData()
        release = next((r for r in self._coming if month_of(r) == month), None)
        if release is not None:
            popup = DayPopup(self._today, release.date, self.another_day)
            popup.picked.connect(lambda day: self.put(month, day))

    def _fill(self) -> None:
        while item := self._list.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for month, day in sorted(self._corrections.items()):
            nothing = translate("releases", "nothing comes out")
            what = day_text(day, self._today) if day is not None else nothing
            button = Button(icon="close", kind="quiet")
            button.setToolTip(translate("releases", "Remove this correction"))
            button.setAccessibleName(
                translate("releases", "Remove the correction of {0}").format(_name(month))
            )
            button.clicked.connect(lambda _=False, m=month: self.remove(m))
            row = QWidget()
            fill(QHBoxLayout(row), (Label(f"{_name(month)} → {what}"), 1), button)
            self.rows[month] = button
            self._list.addWidget(row)


def _name(month: str) -> str:
    """The month "2026-12" in words."""
    return month_text(date(max(int(month[:4]), 1), int(month[5:]), 1))
