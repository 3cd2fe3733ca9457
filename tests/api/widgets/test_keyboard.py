"""Space plays, unless the keyboard walked to a control."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, DropZone, KeyboardFocus

from .conftest import Heard


def checkbox() -> QCheckBox:
    box = QCheckBox("Loop")
    KeyboardFocus(box)
    return box


@pytest.mark.parametrize("make", [lambda: Button("Go"), lambda: DropZone("Drop"), checkbox])
def test_space_presses_what_tab_reached_and_plays_after_a_click(
    show: Callable[..., Any], make: Callable[[], Any]
) -> None:
    window = QWidget()
    control, other = make(), Button("Other")
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(control)
    shortcut = QShortcut(QKeySequence("Space"), window)
    show(window, 300, 300)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    played, pressed = Heard(shortcut.activated), Heard(control.clicked)
    other.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(other, Qt.Key.Key_Tab)
    assert control.hasFocus()
    QTest.keyClick(control, Qt.Key.Key_Space)
    assert (len(played), len(pressed)) == (0, 1)
    place = QPoint(10, control.height() // 2)  # a checkbox takes clicks on its mark only
    QTest.mouseClick(control, Qt.MouseButton.LeftButton, pos=place)
    assert len(pressed) == 2
    QTest.keyClick(control, Qt.Key.Key_Space)
    assert (len(played), len(pressed)) == (1, 2)
