"""What the tests of the panel share: a context with real settings and a real queue of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from kirara_releases import kirara_panels
from kirara_releases.notifications.reminder_settings import PAGE
from kirara_releases.panel import ReleasesPanel
from kirara_releases.storage.store import Mark, ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.engine.queue import JobQueue
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore
from tests.plugins.panel_studio import PanelStudio, panels_of

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


class Context(PanelStudio):
    """The studio of this panel; it keeps the notices."""

    def __init__(self, queue: JobQueue, folder: Path) -> None:
        super().__init__(kirara_panels()[0], queue, folder)
        self.sent: list[Notice] = []
        self.withdrawn: list[str] = []
        self.secrets = Drawer()
        self.messengers = Messengers(folder / "messengers.json", self.secrets)
        self.settings = SettingsStore(
            folder / "settings.toml", Secrets(folder / "secrets.json")
        ).page(PAGE)
        self.backends = [
            NoticeBackend("daemon", "Notification daemon", self.sent.append),
            NoticeBackend("tray", "Balloon", self._refuse, order=200),
        ]

    def _refuse(self, notice: Notice) -> None:
        raise UserError("There is no tray.", advice="Use another desktop.")

    def notify(self, notice: Notice) -> None:
        self.sent.append(notice)

    def deliver(self, notice: Notice) -> str:
        self.sent.append(notice)
        return "daemon"

    def withdraw(self, notice_id: str) -> None:
        self.withdrawn.append(notice_id)

    def notice_backends(self) -> list[NoticeBackend]:
        return self.backends


@dataclass
class Clock:
    """A clock that tests set."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


OpenPanel = Callable[[], ReleasesPanel]


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path) -> Context:
    return Context(queue, tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_panel(context: Context, clock: Clock) -> Iterator[OpenPanel]:
    with panels_of(context, lambda: ReleasesPanel(context, clock)) as open_it:  # type: ignore[arg-type]
        yield open_it


@pytest.fixture
def panel(open_panel: OpenPanel) -> ReleasesPanel:
    """The panel as it is opened for the first time, on 7 December 2026."""
    return open_panel()


def stored(context: Context) -> dict[tuple[str, str], Mark]:
    """The marks as another process reads them."""
    store = ReleaseStore(context.data_folder)
    marks = store.marks()
    store.close()
    return marks
