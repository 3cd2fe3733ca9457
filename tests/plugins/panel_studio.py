"""What the tests of all panels share: a context with a real queue of jobs, and what users do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kirara_studio.api.panel import Panel
from kirara_studio.engine.job import Job
from kirara_studio.engine.queue import JobQueue, PanelJobs

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier

AnyPanel = TypeVar("AnyPanel", bound=QWidget)


class StoppableJobs:
    """The jobs of a panel, which its test stops at the end."""

    def __init__(self, jobs: PanelJobs) -> None:
        self._jobs = jobs
        self._submitted: list[Job] = []

    def submit(self, *arguments: Any, **named: Any) -> Job:
        self._submitted.append(self._jobs.submit(*arguments, **named))
        return self._submitted[-1]

    def submit_io(self, *arguments: Any, **named: Any) -> Job:
        self._submitted.append(self._jobs.submit_io(*arguments, **named))
        return self._submitted[-1]

    def stop(self) -> None:
        """Stop them all."""
        for job in self._submitted:
            job.cancel()


class PanelStudio:
    """What the studio lends a panel; errors and messages are kept. Texts stay English."""

    def __init__(self, panel: Panel, queue: JobQueue, folder: Path) -> None:
        QLocale.setDefault(QLocale("en_US"))
        self.panel = panel
        self.data_folder = folder / "data"
        self.results_folder = folder / "results"
        self.state: dict[str, Any] = {}
        self.errors: list[BaseException] = []
        self.messages: list[str] = []
        self.offers: list[tuple[str, dict[str, Callable[[], object]]]] = []
        self.status = ""
        self.device = None
        self.settings: Any = None
        self.training: Any = None
        self.jobs = StoppableJobs(queue.for_panel(panel.id, self.show_error))

    def tr(self, text: str) -> str:
        return text

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)

    def offer(
        self, message: str, _advice: str, choices: Sequence[tuple[str, Callable[[], object]]]
    ) -> None:
        self.offers.append((message, dict(choices)))

    def show_message(self, text: str) -> None:
        self.messages.append(text)

    def set_status(self, text: str) -> None:
        self.status = text


@contextmanager
def panels_of(
    studio: PanelStudio, build: Callable[[], AnyPanel]
) -> Iterator[Callable[[], AnyPanel]]:
    """A function that opens a panel in a window of its own; all are closed at the end."""
    opened: list[AnyPanel] = []

    def open_it() -> AnyPanel:
        panel = build()
        panel.resize(1080, 760)
        panel.show()
        panel.activateWindow()
        assert QTest.qWaitForWindowActive(panel)
        opened.append(panel)
        return panel

    yield open_it
    studio.jobs.stop()
    for panel in filter(shiboken6.isValid, opened):
        panel.close()
        panel.deleteLater()
    QTest.qWait(1)


def wait_for(condition: Callable[[], object], seconds: float = 90) -> None:
    """Let the window work until ``condition`` holds."""
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not condition():
        assert not deadline.hasExpired(), "waited in vain"
        QTest.qWait(5)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key where the widget has the focus."""
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)
