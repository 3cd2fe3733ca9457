"""A number is dragged, typed, walked by keys, and reset by a double click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kirara_studio.api.widgets import ValueSlider

from .conftest import Heard

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(show: Callable[..., Any]) -> ValueSlider:
    made = ValueSlider("Truncation", 0.0, 1.0, 0.7, step=0.01, decimals=2, largest=2.0)
    return show(made, 220, 46)


def type_number(slider: ValueSlider, text: str) -> None:
    QTest.mouseClick(slider, LEFT, pos=slider.number_box().center().toPoint())
    editor = next(e for e in slider.findChildren(QLineEdit) if e.isVisible())
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_dragging_tells_every_value_and_settles_once(slider: ValueSlider) -> None:
    changing, changed = Heard(slider.changing), Heard(slider.changed)
    QTest.mousePress(slider, LEFT, pos=QPoint(40, 34))
    QTest.mouseMove(slider, QPoint(110, 34))
    QTest.mouseMove(slider, QPoint(300, 34))
    assert not changed
    QTest.mouseRelease(slider, LEFT, pos=QPoint(300, 34))
    assert len(changing) == 3 and changing[1] == pytest.approx(0.5, abs=0.02)
    assert changed == [1.0]


def test_a_typed_number_may_lie_beyond_the_slider_up_to_the_largest(slider: ValueSlider) -> None:
    changed = Heard(slider.changed)
    type_number(slider, "1.5")
    type_number(slider, "99")
    assert changed == [1.5, 2.0]
    assert not [editor for editor in slider.findChildren(QLineEdit) if editor.isVisible()]
    assert slider.text() == "2.00"


def test_nonsense_and_escape_leave_the_number_alone(slider: ValueSlider) -> None:
    changed = Heard(slider.changing, slider.changed)
    for text in ("kirara", "nan", "inf", ""):
        type_number(slider, text)
    QTest.mouseClick(slider, LEFT, pos=slider.number_box().center().toPoint())
    editor = next(e for e in slider.findChildren(QLineEdit) if e.isVisible())
    QTest.keyClicks(editor, "0.1")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert slider.value == 0.7 and changed == []


def test_full_width_digits_and_points_are_numbers(slider: ValueSlider) -> None:
    for text, value in (("０.２５", 0.25), ("１．２", 1.2), ("０。５", 0.5), ("－０．２", -0.2)):
        slider.minimum = -1.0
        slider.edit()
        editor = next(e for e in slider.findChildren(QLineEdit) if e.isVisible())
        editor.setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert slider.value == value, text


def test_a_double_click_resets(slider: ValueSlider) -> None:
    slider.set_value(0.1)
    changed = Heard(slider.changed)
    QTest.mouseDClick(slider, LEFT, pos=QPoint(100, 10))
    assert slider.value == 0.7 and changed == [0.7]


def test_keys_walk(slider: ValueSlider) -> None:
    slider.setFocus()
    for key, value in (
        (Qt.Key.Key_Right, 0.71),
        (Qt.Key.Key_PageDown, 0.61),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_Left, 0.0),
        (Qt.Key.Key_End, 1.0),
        (Qt.Key.Key_Delete, 0.7),
    ):
        QTest.keyClick(slider, key)
        assert slider.value == pytest.approx(value)


def test_setting_the_value_from_outside_is_silent_and_clamped(slider: ValueSlider) -> None:
    heard = Heard(slider.changing, slider.changed)
    slider.set_value(-3)
    assert slider.value == 0 and heard == []
    assert slider.accessibleName() == "Truncation"
    assert slider.accessibleDescription() == "0.00"


def test_whoever_shows_the_value_while_it_is_dragged_does_not_swallow_the_change(
    slider: ValueSlider,
) -> None:
    slider.changing.connect(slider.set_value)
    changed = Heard(slider.changed)
    QTest.mousePress(slider, LEFT, pos=QPoint(40, 34))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(40, 34))
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert len(changed) == 2
