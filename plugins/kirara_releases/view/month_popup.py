"""Chooses a month of any year: a year that is typed or stepped, and twelve buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from kirara_releases.calendar.month import Month
from kirara_studio.api.widgets import Button

translate = QCoreApplication.translate


class MonthPopup(QFrame):
    """Opens below a button and closes with the choice; ``picked`` is sent with a month."""

    picked = Signal(object)

    def __init__(self, month: Month, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "palette")
        self.year = QSpinBox()
        self.year.setRange(1, 9999)
        self.year.setValue(month.year)
        self.year.setAccessibleName(translate("releases", "Year"))
        self.year.lineEdit().setTextMargins(8, 0, 0, 0)
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for number in range(1, 13):
            name = QLocale().standaloneMonthName(number, QLocale.FormatType.ShortFormat)
            button = Button(name)
            button.setCheckable(True)
            button.setChecked(number == month.month)
            button.setFixedWidth(76)
            button.clicked.connect(lambda _=False, n=number: self._pick(n))
            buttons.addWidget(button, (number - 1) // 3, (number - 1) % 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.year)
        column.addLayout(buttons)

    def open_at(self, place: QPoint) -> None:
        """Open with the upper left corner there."""
        self.move(place)
        self.show()
        self.year.setFocus(Qt.FocusReason.PopupFocusReason)
        self.year.selectAll()

    def _pick(self, number: int) -> None:
        self.close()
        self.picked.emit(Month(self.year.value(), number))
