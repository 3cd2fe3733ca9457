"""What a user does, and waiting for what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PLAIN = Qt.KeyboardModifier.NoModifier


def wait_for(condition: Callable[[], object], seconds: float = 150) -> None:
    """Let the window work until ``condition`` holds; raises AssertionError after ``seconds``."""
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not condition():
        assert not deadline.hasExpired(), f"waited {seconds:g} s in vain"
        QTest.qWait(5)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key where the widget has the focus."""
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)


def process_events() -> None:
    """Let Qt do what is due now, and destroy what was given up."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
