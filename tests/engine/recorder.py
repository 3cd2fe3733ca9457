"""Waits in the event loop, and a panel that records its callbacks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop

from kirara_studio.engine.queue import JobQueue, PanelJobs


def wait_until(condition: Callable[[], Any], seconds: float = 30.0) -> None:
    """Run the event loop until ``condition()``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.001)


class Recorder:
    """A panel that records its callbacks."""

    def __init__(self, queue: JobQueue, panel_id: str = "panel") -> None:
        self.results: list[Any] = []
        self.errors: list[BaseException] = []
        self.shown: list[BaseException] = []
        self.progress: list[Any] = []
        self.parts: list[Any] = []
        self.jobs: PanelJobs = queue.for_panel(panel_id, self.shown.append)

    @property
    def callbacks(self) -> dict[str, Callable[[Any], Any]]:
        """The callbacks, as keywords of ``submit``."""
        return {
            "on_result": self.results.append,
            "on_error": self.errors.append,
            "on_progress": self.progress.append,
            "on_part": self.parts.append,
        }

    def run(self, function: Any, request: Any, *, seconds: float = 30.0) -> Any:
        """Submit, wait, and return the result or the error."""
        self.results.clear()
        self.errors.clear()
        self.jobs.submit("run", function, request, **self.callbacks)
        wait_until(lambda: self.results or self.errors, seconds)
        return (self.results or self.errors)[0]
