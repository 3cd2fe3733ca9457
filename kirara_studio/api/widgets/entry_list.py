"""A section of the inspector that lists entries with a switch and a menu each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.inspector import Inspector
from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.switch import Switch

translate = QCoreApplication.translate


class EntryRow(QWidget):
    """An entry: its title, a line below, a switch, and a button for its menu."""

    title: QWidget

    def __init__(self, title: QWidget, below: Label) -> None:
        super().__init__()
        self.title, self.below = title, below
        self.switch = Switch()
        self.more = Button(icon="more", kind="quiet")
        texts = fill(QVBoxLayout(), None, title, below, None, spacing=0)
        self.line = fill(QHBoxLayout(self), (texts, 1), self.switch, self.more, spacing=4)

    def name_controls(self, title: str, switch: str) -> None:
        """Name the switch, and the button for what is called ``title``."""
        self.switch.setAccessibleName(switch.format(title))
        self.more.setToolTip(translate("widgets", "More"))
        self.more.setAccessibleName(translate("widgets", "More about {0}").format(title))


AnyRow = TypeVar("AnyRow", bound=EntryRow)


class EntryList(QObject, Generic[AnyRow]):
    """A section of the inspector with a row for each entry, and two buttons below."""

    def __init__(self, inspector: Inspector, spacing: int, icons: tuple[str, str]) -> None:
        super().__init__(inspector)
        self.rows: dict[str, AnyRow] = {}
        self.section = inspector.add_section("")
        self.note = self.section.add_text()
        place = QWidget()
        self._column = fill(QVBoxLayout(place), spacing=spacing)
        self.section.add(place)
        self.buttons = [Button(icon=icon) for icon in icons]
        for button in self.buttons:
            self.section.add(button)

    def set_keys(self, keys: Sequence[str]) -> None:
        """Make the rows again if the entries are others."""
        if list(self.rows) != list(keys):
            for row in self.rows.values():
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = {key: self.make_row() for key in keys}
            for row in self.rows.values():
                self._column.addWidget(row)

    def make_row(self) -> AnyRow:
        """Make an empty row."""
        raise NotImplementedError
