"""A Qt application for widgets, and pictures to put into them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


@pytest.fixture(scope="session", autouse=True)
def application() -> QApplication:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    return app


@pytest.fixture
def show() -> Iterator[Callable[..., Any]]:
    """Show a widget at a size; it is closed after the test."""
    shown: list[QWidget] = []

    def show_it(widget: QWidget, width: int, height: int) -> Any:
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        assert QTest.qWaitForWindowActive(widget)
        shown.append(widget)
        return widget

    yield show_it
    for widget in shown:
        widget.close()
        widget.deleteLater()
    QTest.qWait(1)


def plain(red: int, green: int, blue: int, side: int = 16) -> np.ndarray:
    """A picture of one colour."""
    return np.full((side, side, 3), (red, green, blue), np.uint8)


class Heard(list[Any]):
    """The values that a signal sent, in order."""

    def __init__(self, *signals: Any) -> None:
        super().__init__()
        for signal in signals:
            signal.connect(lambda *values: self.append(values if len(values) != 1 else values[0]))
