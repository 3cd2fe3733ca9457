"""What the tests of the panel share: a context with a real queue of jobs, and small clips."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kirara_foresight import kirara_panels
from kirara_foresight.panel import ForesightPanel
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.training import TrainingService

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Context:
    """What the studio lends the panel; errors and messages are kept."""

    def __init__(self, queue: JobQueue, folder: Path) -> None:
        self.panel = kirara_panels()[0]
        self.data_folder = folder / "data"
        self.results_folder = folder / "results"
        self.state: dict[str, Any] = {}
        self.errors: list[BaseException] = []
        self.messages: list[str] = []
        self.status = ""
        self.device = None
        self.settings = None
        self.training = TrainingService()
        self.jobs = queue.for_panel("foresight", self.show_error)

    def tr(self, text: str) -> str:
        return text

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)

    def show_message(self, text: str) -> None:
        self.messages.append(text)

    def set_status(self, text: str) -> None:
        self.status = text


OpenPanel = Callable[[], ForesightPanel]


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path) -> Context:
    QLocale.setDefault(QLocale("en_US"))
    return Context(queue, tmp_path)


@pytest.fixture
def open_panel(context: Context) -> Iterator[OpenPanel]:
    opened: list[ForesightPanel] = []

    def open_it() -> ForesightPanel:
        panel = ForesightPanel(context)  # type: ignore[arg-type]
        panel.resize(1080, 760)
        panel.show()
        panel.activateWindow()
        assert QTest.qWaitForWindowActive(panel)
        opened.append(panel)
        return panel

    yield open_it
    context.jobs.cancel_all()
    for panel in filter(shiboken6.isValid, opened):
        panel.close()
        panel.deleteLater()
    QTest.qWait(1)


@pytest.fixture
def panel(open_panel: OpenPanel) -> ForesightPanel:
    """The panel as it is opened for the first time, with what is foretold of its first sample."""
    panel = open_panel()
    wait_for(lambda: is_foretold(panel))
    return panel


def wait_for(condition: Callable[[], object], seconds: float = 90) -> None:
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not condition():
        assert not deadline.hasExpired(), "waited in vain"
        QTest.qWait(5)


def is_foretold(panel: ForesightPanel) -> bool:
    """True where what is shown is what the setting asks for."""
    result = panel.result
    return (
        not panel.busy
        and result is not None
        and (str(result.request.path), result.request.start)
        == (panel.setting.clip, panel.setting.start)
    )


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)
