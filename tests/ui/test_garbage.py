"""Python's collector never destroys widgets beside Qt's thread."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kirara_studio.ui.garbage import WindowGarbage, collect_what_is_due

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class Knot(QObject):
    """Refers to itself, so that only the collector frees it."""

    def __init__(self, freed: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: freed.append(threading.current_thread().name))


def make_much() -> None:
    """Enough new objects for every threshold of the collector."""
    kept = [[number] for number in range(200_000)]
    del kept


def test_another_thread_frees_no_widget_and_the_windows_does(application: QApplication) -> None:
    freed: list[str] = []
    garbage = WindowGarbage()
    Knot(freed)
    thread = threading.Thread(target=make_much, name="other")
    thread.start()
    thread.join()
    assert freed == []
    for _ in range(200):
        make_much_kept = [[number] for number in range(2_000)]
        collect_what_is_due()
    assert freed == [threading.current_thread().name] and make_much_kept
    del garbage
    assert gc.isenabled(), "whoever has no window any more has Python's own ways again"
    gc.disable()
