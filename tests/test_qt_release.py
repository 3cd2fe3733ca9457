"""The Qt release in use does not lose references (PySide6 6.12.0 does, on Python 3.11)."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QWidget


def test_calls_that_return_nothing_leave_the_count_of_none_alone():
    app = QApplication.instance() or QApplication([])
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(200):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 100
    assert app is not None
