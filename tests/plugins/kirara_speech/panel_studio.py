"""What the tests of the panel share: a context with a real queue of jobs, and real voices."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from kirara_speech import kirara_panels
from kirara_speech.panel import SpeechPanel
from kirara_speech.project.script import Line, Script
from kirara_speech.settings import PAGE
from kirara_speech.view.phrase_layout import Hit
from kirara_studio.engine.queue import JobQueue
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore

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
        self.training = None
        self.settings = SettingsStore(
            folder / "settings.toml", Secrets(folder / "secrets.json")
        ).page(PAGE)
        self.jobs = queue.for_panel("speech", self.show_error)

    def tr(self, text: str) -> str:
        return text

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)

    def show_message(self, text: str) -> None:
        self.messages.append(text)

    def set_status(self, text: str) -> None:
        self.status = text


OpenPanel = Callable[[], SpeechPanel]


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path) -> Context:
    QLocale.setDefault(QLocale("en_US"))
    return Context(queue, tmp_path)


@pytest.fixture
def open_panel(context: Context) -> Iterator[OpenPanel]:
    opened: list[SpeechPanel] = []

    def open_it() -> SpeechPanel:
        panel = SpeechPanel(context)  # type: ignore[arg-type]
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
def panel(open_panel: OpenPanel) -> SpeechPanel:
    """The panel as it is opened for the first time."""
    return open_panel()


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not condition():
        assert not deadline.hasExpired(), "waited in vain"
        QTest.qWait(5)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)


def texts(panel: SpeechPanel) -> list[str]:
    return [line.text for line in panel.script.lines]


def show(panel: SpeechPanel, *lines: str | Line) -> None:
    """Show these lines, the first in front, as if they had been there from the start."""
    made = tuple(Line(line) if isinstance(line, str) else line for line in lines)
    panel.show_script(Script(made).at(0))
    panel.undo_stack.clear()


def read(panel: SpeechPanel) -> None:
    """Wait until the line in front is read."""
    wait_for(lambda: panel.desk.phrases.view.edits.phrases)


def place_of(panel: SpeechPanel, hit: Hit) -> QPoint:
    """A point of the phrases' picture at which there is ``hit``."""
    view = panel.desk.phrases.view
    layout = view.layout_now
    for y in range(0, view.height(), 3):
        for x in range(0, view.width(), 2):
            if layout.hit(x, y) == hit:
                return QPoint(x + 1, y + 1)
    raise AssertionError(f"{hit} is nowhere")


def entry(menu: QMenu, text: str) -> None:
    """Choose an entry of a menu."""
    for action in menu.actions():
        if action.text().split("\t")[0] == text:
            assert action.isEnabled(), text
            action.trigger()
            return
    raise AssertionError(f"no “{text}” among {[a.text() for a in menu.actions()]}")
