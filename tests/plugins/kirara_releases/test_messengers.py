"""Which messengers get reminders, and those that Releases once kept by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from kirara_releases.notifications.messengers import ReminderMessengers
from kirara_releases.notifications.notifier import notify_due
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.repository import ReleaseRepository
from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import DESKTOP, Notice
from kirara_studio.api.outbox import Destination
from tests.api.webhook import Drawer

NOW = datetime(2026, 12, 9, 9, 30).timestamp()


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[ReleaseRepository]:
    repository = ReleaseRepository(tmp_path / "releases")
    yield repository
    repository.close()


@pytest.fixture
def own() -> Drawer:
    return Drawer()


@pytest.fixture
def messengers(tmp_path: Path) -> Messengers:
    return Messengers(tmp_path / "messengers.json", Drawer())


def test_one_that_another_panel_added_gets_no_reminders_unless_the_user_wants(
    repository: ReleaseRepository, messengers: Messengers, own: Drawer
) -> None:
    reminded = ReminderMessengers(repository.store, messengers, own)
    reminded.take_over()
    messengers.add("Slack", "json://127.0.0.1/")
    assert reminded.enabled() == {"Slack": False} and reminded.destinations() == []
    reminded.set_enabled("Slack", True)
    assert [one.name for one in reminded.destinations()] == ["Slack"]
    messengers.remove("Slack")
    assert reminded.destinations() == []


def test_two_of_the_same_name_are_told_apart(
    repository: ReleaseRepository, messengers: Messengers, own: Drawer
) -> None:
    messengers.add("Slack", "json://127.0.0.1/studio")
    repository.store.write("INSERT INTO destination VALUES ('Slack', 1)")
    own.set("messenger/Slack", "json://127.0.0.1/releases")
    reminded = ReminderMessengers(repository.store, messengers, own)
    reminded.take_over()
    assert reminded.enabled() == {"Slack": False, "Slack 2": True}


def test_a_locked_keyring_delays_messengers_only(
    repository: ReleaseRepository, messengers: Messengers, own: Drawer
) -> None:
    repository.store.write("INSERT INTO destination VALUES ('Slack', 1)")
    own.set("messenger/Slack", "json://127.0.0.1:9/")  # nobody listens there
    own.locked = True
    shown: list[Notice] = []
    desktop = Destination(DESKTOP, lambda notice: shown.append(notice) or "daemon")
    check = partial(
        notify_due, repository, ReminderSettings(), desktop, messengers, own, lambda text: text,
        clock=lambda: NOW,
    )  # fmt: skip
    with pytest.raises(UserError, match="locked"):
        check()
    assert len(shown) == 1
    rows = repository.store.rows("SELECT destination, state FROM telling ORDER BY destination")
    assert rows == [("Slack", "pending"), ("desktop", "told")]
    own.locked = False
    check()
    assert messengers.names() == ["Slack"] and len(shown) == 1


def test_a_list_that_cannot_be_read_delays_messengers_only(
    repository: ReleaseRepository, messengers: Messengers, own: Drawer, tmp_path: Path
) -> None:
    reminded = ReminderMessengers(repository.store, messengers, own)
    reminded.take_over()
    reminded.set_enabled("Slack", True)
    (tmp_path / "messengers.json").mkdir()
    assert [one.name for one in reminded.destinations()] == ["Slack"]
