"""Edits when to remind of one magazine: as the settings have it, or at a time of its own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTime
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTimeEdit, QWidget

from kirara_releases.calendar.magazine import ReminderTime
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate

_OFFERED = (0, 1, 2, 3, 7)  # days before


class ReminderEditor(QWidget):
    """A day before the release, and a time of that day."""

    def __init__(self) -> None:
        super().__init__()
        self.day, self.clock = QComboBox(), QTimeEdit(QTime(9, 0))
        self.day.setAccessibleName(translate("releases", "When to remind"))
        self.day.addItem(translate("releases", "As in the settings"), None)
        for days in _OFFERED:
            self.day.addItem(_name(days), days)
        self.clock.lineEdit().setTextMargins(8, 0, 0, 0)
        self.clock.setDisplayFormat("HH:mm")
        self.clock.setAccessibleName(translate("releases", "Time of the reminder"))
        self.day.currentIndexChanged.connect(lambda _: self._on_day())
        fill(QHBoxLayout(self), (self.day, 1), self.clock, spacing=8)
        self._on_day()

    @property
    def time(self) -> ReminderTime | None:
        """What was entered; None for the times in the settings."""
        days, clock = self.day.currentData(), self.clock.time()
        return None if days is None else ReminderTime(days, clock.hour() * 60 + clock.minute())

    def show_time(self, time: ReminderTime | None) -> None:
        if time is None:
            self.day.setCurrentIndex(0)
            return
        if self.day.findData(time.days_before) < 0:
            self.day.addItem(_name(time.days_before), time.days_before)
        self.day.setCurrentIndex(self.day.findData(time.days_before))
        self.clock.setTime(QTime(*divmod(time.minute, 60)))

    def _on_day(self) -> None:
        self.clock.setVisible(self.day.currentData() is not None)


def _name(days: int) -> str:
    if days == 0:
        return translate("releases", "On the day")
    if days == 1:
        return translate("releases", "The day before")
    return translate("releases", "{0} days before").format(days)
