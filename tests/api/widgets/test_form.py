"""A form in a panel: some fields of a page, stored at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDoubleSpinBox

from kirara_studio.api.settings import Choice, Number, SettingsPage, Text, Toggle
from kirara_studio.api.widgets import Form

from .conftest import Heard

PAGE = SettingsPage(
    id="sample",
    title="Sample",
    fields=(
        Toggle("on", "On"),
        Number("count", "Count", default=3, maximum=10),
        Choice("format", "Format", (("png", "PNG"), ("webp", "WebP")), default="png"),
        Text("name", "Name"),
    ),
)


class Values(dict[str, Any]):
    """Settings in memory; refuses 7."""

    def __init__(self) -> None:
        super().__init__({field.key: field.default for field in PAGE.fields})
        self.watchers: dict[str, Callable[[Any], None]] = {}

    def watch(self, key: str, changed: Callable[[Any], None]) -> None:
        self.watchers[key] = changed

    def __setitem__(self, key: str, value: Any) -> None:
        if value == 7:
            raise ValueError("not a seven")
        super().__setitem__(key, value)


def test_some_fields_of_a_page_in_an_inspector(show: Callable[..., Any]) -> None:
    values = Values()
    form = show(Form(PAGE, values, keys=("format", "on"), compact=True), 259, 200)
    assert list(form.rows) == ["format", "on"]
    heard = Heard(form.changed)
    switch = form.findChild(QAbstractButton)
    assert switch.accessibleName() == "On"
    switch.click()
    assert values["on"] is True and heard == ["on"]
    box = form.findChild(QComboBox)
    assert box.accessibleName() == "Format"
    assert box.geometry().width() == 259 and box.geometry().right() < form.width()
    values.watchers["format"]("webp")
    assert box.currentText() == "WebP" and heard == ["on"]


def test_what_cannot_be_stored_is_explained(show: Callable[..., Any]) -> None:
    values = Values()
    form = show(Form(PAGE, values, keys=("count",)), 500, 100)
    heard = Heard(form.changed)
    box = form.findChild(QDoubleSpinBox)
    box.setValue(7)
    assert values["count"] == 3 and form.rows["count"].problem == "not a seven" and not heard
    box.setValue(5)
    QTest.qWait(1)
    assert values["count"] == 5 and not form.rows["count"].problem and heard == ["count"]
