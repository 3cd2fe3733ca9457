"""What the tests of the panel share: a context with real settings and a real queue of jobs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kirara_releases import kirara_panels
from kirara_releases.panel import ReleasesPanel
from kirara_releases.store import Mark, Store
from kirara_releases.wishes import PAGE
from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Channel, Notice
from kirara_studio.engine.queue import JobQueue
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore

LEFT = Qt.MouseButton.LeftButton
NOON = datetime(2026, 12, 7, 12, 0)
"""A Monday; the next release is that of the 9th."""


@dataclass
class Drawer:
    """Secrets in memory."""

    texts: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.texts.get(name, "")

    def set(self, name: str, value: str) -> None:
        self.texts[name] = value


class Context:
    """What the studio lends the panel; errors and messages are kept."""

    def __init__(self, queue: JobQueue, folder: Path) -> None:
        self.panel = kirara_panels()[0]
        self.data_folder = folder / "data"
        self.results_folder = folder / "results"
        self.state: dict[str, Any] = {}
        self.errors: list[BaseException] = []
        self.messages: list[str] = []
        self.sent: list[Notice] = []
        self.withdrawn: list[str] = []
        self.status = ""
        self.device = None
        self.training = None
        self.secrets = Drawer()
        self.jobs = queue.for_panel("releases", self.show_error)
        self.settings = SettingsStore(
            folder / "settings.toml", Secrets(folder / "secrets.json")
        ).page(PAGE)
        self.channels = [
            Channel("daemon", "Notification daemon", self.sent.append),
            Channel("tray", "Balloon", self._refuse, order=200),
        ]

    def _refuse(self, notice: Notice) -> None:
        raise UserError("There is no tray.", advice="Use another desktop.")

    def tr(self, text: str) -> str:
        return text

    def notify(self, notice: Notice) -> None:
        self.sent.append(notice)

    def deliver(self, notice: Notice) -> str:
        self.sent.append(notice)
        return "daemon"

    def withdraw(self, notice_id: str) -> None:
        self.withdrawn.append(notice_id)

    def notice_channels(self) -> list[Channel]:
        return self.channels

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)

    def show_message(self, text: str) -> None:
        self.messages.append(text)

    def set_status(self, text: str) -> None:
        self.status = text


@dataclass
class Clock:
    """A clock that tests set."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


OpenPanel = Callable[[], ReleasesPanel]


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path) -> Context:
    QLocale.setDefault(QLocale("en_US"))
    return Context(queue, tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_panel(context: Context, clock: Clock) -> Iterator[OpenPanel]:
    opened: list[ReleasesPanel] = []

    def open_it() -> ReleasesPanel:
        panel = ReleasesPanel(context, clock)  # type: ignore[arg-type]
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
def panel(open_panel: OpenPanel) -> ReleasesPanel:
    """The panel as it is opened for the first time, on 7 December 2026."""
    return open_panel()


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not condition():
        assert not deadline.hasExpired(), "waited in vain"
        QTest.qWait(5)


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)


def stored(context: Context) -> dict[tuple[str, str], Mark]:
    """The marks as another process reads them."""
    store = Store(context.data_folder)
    marks = store.marks()
    store.close()
    return marks
