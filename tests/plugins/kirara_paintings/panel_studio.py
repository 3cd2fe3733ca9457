"""What the tests of the panel share: a context with a real queue of jobs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QLocale, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kirara_paintings import kirara_panels
from kirara_paintings.panel import PaintingsPanel
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.training import TrainingService

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


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
        self.jobs = queue.for_panel("paintings", self.show_error)

    def tr(self, text: str) -> str:
        return text

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)

    def show_message(self, text: str) -> None:
        self.messages.append(text)

    def set_status(self, text: str) -> None:
        self.status = text


OpenPanel = Callable[[], PaintingsPanel]


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path) -> Context:
    QLocale.setDefault(QLocale("en_US"))
    return Context(queue, tmp_path / "home")


@pytest.fixture
def open_panel(context: Context) -> Iterator[OpenPanel]:
    opened: list[PaintingsPanel] = []

    def open_it() -> PaintingsPanel:
        panel = PaintingsPanel(context)  # type: ignore[arg-type]
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
def panel(open_panel: OpenPanel) -> PaintingsPanel:
    """The panel as it is opened for the first time: empty."""
    return open_panel()


@pytest.fixture
def sampled(panel: PaintingsPanel) -> PaintingsPanel:
    """The panel with its samples, all of them classified."""
    panel.show_samples()
    wait_for(lambda: len(panel.collection) == 12 and is_quiet(panel))
    return panel


def wait_for(condition: Callable[[], object], seconds: float = 90) -> None:
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not condition():
        assert not deadline.hasExpired(), "waited in vain"
        QTest.qWait(5)


def is_quiet(panel: PaintingsPanel) -> bool:
    """True where nothing is being looked at, and all that was said is shown."""
    return not panel.busy and not panel.classification.busy


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)


def click(panel: PaintingsPanel, number: int, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Click a picture of the gallery."""
    gallery = panel.gallery
    gallery.go_to(number)
    box = gallery.place(gallery.order.index(number))
    QTest.mouseClick(gallery.viewport(), LEFT, modifier, box.center().toPoint())


def centre(panel: PaintingsPanel, style: str) -> QPointF:
    """The middle of a heading of the gallery."""
    names = [group.name for group in panel.gallery.groups]
    return panel.gallery.heading(names.index(style)).center()
