"""The background service: checks, reminds, and handles clicks."""

from __future__ import annotations

import functools
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.rules import Feed
from kirara_releases.notifications.notifier import BOUGHT, OPEN, SNOOZE
from kirara_releases.notifications.reminder_settings import PAGE
from kirara_releases.service import Service
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.store import Mark, ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.host.folders import Folders
from kirara_studio.host.messengers import shared_messengers
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore

DAY = datetime(2026, 12, 9, 9, 30).timestamp()
BATCH = "releases:kirara:2026-12-09:2026-12-09:day"


@dataclass
class Studio:
    """What the studio lends, without a window."""

    folder: Path
    delivered: list[Notice] = field(default_factory=list)
    noticed: list[Notice] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    repeated: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    refusing: bool = False

    def __post_init__(self) -> None:
        self._secrets = Secrets(self.folder / "secrets.json")
        folders = Folders.below(self.folder)
        self.messengers = shared_messengers(folders, self._secrets)
        self._settings = SettingsStore(self.folder / "settings.toml", self._secrets)

    def settings(self, page: Any) -> Any:
        return self._settings.page(page)

    def secrets(self, plugin: str) -> Any:
        return self._secrets.of_plugin(plugin)

    def data_folder(self, plugin: str) -> Path:
        return self.folder / plugin

    def deliver(self, notice: Notice) -> str:
        if self.refusing:
            raise UserError("Nobody listens.")
        self.delivered.append(notice)
        return "daemon"

    def backends(self) -> Sequence[NoticeBackend]:
        return []

    def notify(self, notice: Notice) -> None:
        self.noticed.append(notice)

    def open_panel(self, panel: str) -> None:
        self.opened.append(panel)

    def every(self, seconds: float, function: Callable[[], None]) -> None:
        self.repeated.append((seconds, function))


class Clock:
    """A clock that one can set."""

    def __init__(self) -> None:
        self.now = DAY

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(studio: Studio, clock: Clock) -> Iterator[Service]:
    service = Service(studio, lambda text: text, studio.opened.append, clock)  # type: ignore[arg-type]
    yield service
    service.stop()


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def records(studio: Studio) -> ReleaseStore:
    return ReleaseStore(studio.data_folder("releases"))


def test_it_looks_at_once_and_every_minute(service: Service, studio: Studio, clock: Clock) -> None:
    service.start()
    wait_for(lambda: studio.delivered)
    ((seconds, look),) = studio.repeated
    assert seconds == 60
    look()
    clock.now += 10 * 86400
    look()
    wait_for(lambda: len(studio.delivered) == 2)
    titles = [notice.title for notice in studio.delivered]
    assert titles == [
        "今日はまんがタイムきららの発売日です。",
        "今日はまんがタイムきららMAXの発売日です。",
    ]


def test_settings_count_from_the_next_moment(
    service: Service, studio: Studio, clock: Clock
) -> None:
    studio.settings(PAGE)["hour"] = 12
    studio.settings(PAGE)["message"] = "%s!"
    service.start()
    time.sleep(0.2)
    assert studio.delivered == []
    studio.settings(PAGE)["hour"] = 9
    wait_for(lambda: studio.delivered)
    assert studio.delivered[0].title == "まんがタイムきらら!"


def test_bought_on_the_notice_is_bought(service: Service, studio: Studio) -> None:
    service.start()
    wait_for(lambda: studio.delivered)
    service.click(BATCH, BOUGHT)
    wait_for(lambda: records(studio).marks().get(("kirara", "2026-12-09"), Mark()).bought == DAY)


def test_the_notice_can_be_snoozed(service: Service, studio: Studio, clock: Clock) -> None:
    studio.settings(PAGE)["snooze"] = 30
    service.start()
    wait_for(lambda: studio.delivered)
    service.click(BATCH, SNOOZE)
    query = "SELECT count(*) FROM telling WHERE kind LIKE 'again%'"
    wait_for(lambda: records(studio).connection.execute(query).fetchone()[0])
    clock.now += 29 * 60
    service.check()
    time.sleep(0.2)
    assert len(studio.delivered) == 1
    clock.now += 61
    service.check()
    wait_for(lambda: len(studio.delivered) == 2)
    assert studio.delivered[1].title == studio.delivered[0].title
    assert studio.delivered[1].id != BATCH


def test_open_on_the_notice_opens_the_page_or_the_panel(service: Service, studio: Studio) -> None:
    service.click(BATCH, OPEN)
    assert studio.opened == ["releases"]
    catalogue = Catalogue(studio.data_folder("releases"))

    catalogue.put(replace(catalogue.get("kirara"), page="https://example.org/kirara"))
    service.click(BATCH, OPEN)
    service.click("releases:missed:1", OPEN)
    assert studio.opened == ["releases", "https://example.org/kirara", "releases"]


def test_an_invalid_list_is_reported_once_and_waited_for(service: Service, studio: Studio) -> None:
    folder = studio.data_folder("releases")
    folder.mkdir()
    (folder / "magazines.toml").write_text("[[magazine")
    service.start()
    wait_for(lambda: studio.noticed)
    service.check()
    time.sleep(0.2)
    assert len(studio.noticed) == 1 and "not valid TOML" in studio.noticed[0].text
    (folder / "magazines.toml").unlink()
    service.check()
    wait_for(lambda: studio.delivered)


def test_a_damaged_database_is_reported_and_rebuilt(service: Service, studio: Studio) -> None:
    folder = studio.data_folder("releases")
    folder.mkdir()
    (folder / "releases.sqlite").write_bytes(b"damaged" * 1000)
    service.start()
    wait_for(lambda: studio.delivered)
    assert "set aside" in studio.noticed[0].text


def test_where_nobody_listens_it_is_tried_again(
    service: Service, studio: Studio, clock: Clock
) -> None:
    studio.refusing = True
    service.start()
    wait_for(lambda: studio.repeated)
    wait_for(lambda: (studio.folder / "releases" / "releases.sqlite").exists())
    wait_for(
        lambda: (
            records(studio).connection.execute("SELECT max(attempts) FROM telling").fetchone()[0]
        )
    )
    studio.refusing = False
    clock.now += 61
    service.check()
    wait_for(lambda: studio.delivered)


def test_a_calendar_file_follows_the_releases(
    service: Service, studio: Studio, tmp_path: Path
) -> None:
    file = tmp_path / "kept.ics"
    studio.settings(PAGE)["calendar_file"] = str(file)
    service.start()
    wait_for(file.exists)
    written = file.stat().st_mtime_ns
    catalogue = Catalogue(studio.data_folder("releases"))
    service.check()
    time.sleep(0.2)
    assert file.stat().st_mtime_ns == written  # nothing changed
    catalogue.put(replace(catalogue.get("kirara"), title="Another title"))
    service.check()
    wait_for(lambda: "Another title" in file.read_text())
    file.unlink()
    service.check()
    wait_for(file.exists)


def test_an_impossible_calendar_file_is_reported(service: Service, studio: Studio) -> None:
    studio.settings(PAGE)["calendar_file"] = "relative.txt"
    service.start()
    wait_for(lambda: studio.noticed)
    assert "relative.txt" in studio.noticed[0].text and studio.delivered


def test_a_feed_that_stalls_delays_nobody(service: Service, studio: Studio) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)  # it accepts, and never answers
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/a.ics"
        catalogue = Catalogue(studio.data_folder("releases"))
        catalogue.put(Magazine("fed", "Fed", Feed(address)))
        service.start()
        wait_for(lambda: studio.delivered)
        service.click(BATCH, BOUGHT)
        wait_for(lambda: records(studio).marks().get(("kirara", "2026-12-09"), Mark()).bought)


def test_the_dates_of_a_feed_are_reminded_of(
    service: Service, studio: Studio, tmp_path: Path
) -> None:
    (tmp_path / "served").mkdir()
    (tmp_path / "served" / "a.json").write_text('["2026-12-09"]')
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "served"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/a.json"
        Catalogue(studio.data_folder("releases")).put(Magazine("fed", "Fed", Feed(url)))
        service.start()
        wait_for(lambda: "今日はFedの発売日です。" in [notice.title for notice in studio.delivered])
        server.shutdown()


def test_it_ends_soon_even_while_somebody_is_slow(studio: Studio, clock: Clock) -> None:
    slow = threading.Event()
    studio.deliver = lambda notice: str(slow.wait(30))  # type: ignore[method-assign]
    service = Service(studio, lambda text: text, print, clock)  # type: ignore[arg-type]
    service.start()
    before = time.monotonic()
    service.stop(patience=0.2)
    assert time.monotonic() - before < 5
    slow.set()
    service.stop()
