"""A panel's context without a window, which records what the panel shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kirara_studio.api.panel import Panel
from kirara_studio.engine.job import Job
from kirara_studio.engine.queue import JobQueue, PanelJobs

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


class RecordingContext:
    """A panel's context with a real queue, for sessions and panels without a studio around them.

    :attr:`errors`, :attr:`messages`, :attr:`offers` and :attr:`status` hold what the panel showed,
    :attr:`given` what it gave to others: panel, paths and purpose.
    Texts stay English. ``settings``, ``training``, ``secrets``, ``messengers`` and notices are
    given by a test that needs them. ``folder`` is the home.
    """

    def __init__(self, panel: Panel, queue: JobQueue, folder: Path) -> None:
        QLocale.setDefault(QLocale("en_US"))
        self.panel = panel
        self.data_folder = folder / "data"
        self.results_folder = folder / "results"
        self.state: dict[str, Any] = {}
        self.errors: list[BaseException] = []
        self.messages: list[str] = []
        self.offers: list[tuple[str, dict[str, Callable[[], object]]]] = []
        self.given: list[tuple[str, list[Path], str]] = []
        self.status = ""
        self.panels = [panel]
        self.device = None
        self.settings: Any = None
        self.training: Any = None
        self.jobs = StoppableJobs(queue.for_panel(panel.id, self.show_error))

    def tr(self, text: str) -> str:
        """The text itself: English."""
        return text

    def show_error(self, error: BaseException) -> None:
        """Record an error."""
        self.errors.append(error)

    def offer(
        self, message: str, _advice: str, choices: Sequence[tuple[str, Callable[[], object]]]
    ) -> None:
        """Record an offer, with the functions of its buttons by their texts."""
        self.offers.append((message, dict(choices)))

    def show_message(self, text: str) -> None:
        """Record a message."""
        self.messages.append(text)

    def set_status(self, text: str) -> None:
        """Record the status."""
        self.status = text

    def give_files(self, panel_id: str, paths: Sequence[Path], purpose: str = "") -> None:
        """Record files for another panel."""
        self.given.append((panel_id, list(paths), purpose))

    @contextmanager
    def opening(self, build: Callable[[], AnyPanel]) -> Iterator[Callable[[], AnyPanel]]:
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
        self.jobs.stop()
        for panel in filter(shiboken6.isValid, opened):
            panel.close()
            panel.deleteLater()
        QTest.qWait(1)
