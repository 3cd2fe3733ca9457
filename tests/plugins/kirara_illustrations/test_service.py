"""The background service, in a real studio: it collects, judges, makes room, sends, and ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from PIL import Image

from kirara_illustrations import service as service_module
from kirara_illustrations.filter.classes import CLASSES, ILLUSTRATION
from kirara_illustrations.options import PAGE
from kirara_illustrations.service import Service
from kirara_illustrations.storage.library import Library, Query
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.messengers import MessengerSwitches
from kirara_studio.api.notices import Notice
from kirara_studio.api.settings import Settings
from kirara_studio.engine.job import JobInfo
from kirara_studio.host.discovery import EntryPoint, PluginRecord
from kirara_studio.testing.driving import wait_for
from kirara_studio.testing.studio import OffscreenStudio
from tests.api.webhook import Server, webhook
from tests.host.keyrings import use_keyring

from .picture_server import Site, drawing, picture_site
from .small_filter import save_examples, save_filter

NOON = datetime(2027, 1, 15, 12).timestamp()
ALL = Query(passing=None)


class Clock:
    """A clock that one can set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


class Background:
    """A service in a studio, with a folder as its source."""

    def __init__(self, home: Path, folder: Path) -> None:
        point = EntryPoint("illustrations", "kirara_illustrations")
        record = PluginRecord("illustrations", "kirara-studio", "1", "", "", point)
        self.studio = OffscreenStudio([record], home)
        self.folder = folder
        self.clock = Clock()
        self.service = Service(self.studio.studio, str, self.clock)
        self.library = Library(self.studio.studio.data_folder("illustrations"))
        folder.mkdir(exist_ok=True)
        self.library.add_source("mine", "folder", {"path": str(folder)})

    @property
    def settings(self) -> Settings:
        return self.studio.studio.settings(PAGE)

    def draw(self, *numbers: int) -> None:
        """New pictures in the folder, of this minute."""
        for number in numbers:
            path = self.folder / f"{number}.png"
            path.write_bytes(drawing(number))
            # A file that has just been changed may still be written, and is left for later.
            self.touch(path)

    def touch(self, path: Path) -> None:
        os.utime(path, (self.clock.now - 30, self.clock.now - 30))

    def round(self, minutes: float = 0) -> None:
        """Let a whole round pass."""
        self.clock.now += 60 * minutes
        self.service.check()
        self.wait()

    def wait(self, condition: Callable[[], object] | None = None) -> None:
        wait_for(condition or (lambda: not self.service.busy), 120)

    def send_to(self, server: Server) -> None:
        """Switch a messenger and sending on."""
        messengers = self.studio.studio.messengers
        messengers.add("Slack", server.url)
        MessengerSwitches(self.library, messengers).set_enabled("Slack", True)
        self.settings["send"] = True

    def notices(self) -> list[str]:
        """The texts of all notices that were sent so far."""
        self.studio.studio.notify(Notice("That is all."))
        self.wait(lambda: any(one.title == "That is all." for one in self.studio.notices))
        found = [one for one in self.studio.notices if one.title != "That is all."]
        self.studio.notices[:] = found
        return [one.text for one in found]

    def kept(self) -> list[str]:
        found = self.library.items(self.library.find(ALL))
        return sorted(Path(item.file).stem for item in found)

    def close(self) -> None:
        self.service.stop()
        self.library.close()
        self.studio.close()


@pytest.fixture
def background(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Background]:
    use_keyring(monkeypatch, "memory")
    # Whether a filter comes with the studio must not matter.
    monkeypatch.setattr("kirara_studio.api.model_library.available_models", lambda *_, **__: [])
    background = Background(tmp_path / "home", tmp_path / "drawings")
    yield background
    background.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with webhook() as server:
        yield server


@pytest.fixture
def site() -> Iterator[Site]:
    with picture_site() as site:
        yield site


def texts(server: Server) -> list[str]:
    return [one["message"].splitlines()[0] for one in server.got]


def test_it_collects_at_once_and_what_is_due_later(background: Background) -> None:
    background.draw(1, 2)
    background.service.start()
    background.wait()
    assert background.kept() == ["1", "2"]
    background.draw(3)
    background.round(1)
    assert background.kept() == ["1", "2"], "it is not due"
    background.round(60)
    assert background.kept() == ["1", "2", "3"]
    assert background.studio.problems == [] and background.notices() == []


def test_switched_off_it_collects_nothing(background: Background) -> None:
    background.settings["collect"] = False
    background.draw(1)
    background.round()
    assert background.kept() == []
    background.service.start()
    background.wait()
    background.settings["collect"] = True
    background.wait()
    assert background.kept() == ["1"], "at once"


def test_nothing_happens_in_quiet_hours_over_midnight(
    background: Background, server: Server
) -> None:
    for key, value in {"quiet": True, "quiet_from": 22, "quiet_until": 6}.items():
        background.settings[key] = value
    background.send_to(server)
    background.clock.now = datetime(2027, 1, 15, 22, 1).timestamp()
    background.draw(1)
    for hours in (0, 1.5, 1, 5):  # 22:01, 23:31, 0:31, 5:31
        background.round(60 * hours)
        assert background.kept() == [] and server.got == []
    background.draw(1)
    background.round(30)
    assert background.kept() == ["1"] and len(server.got) == 1


def test_without_a_filter_every_new_picture_is_sent_once(
    background: Background, server: Server
) -> None:
    background.draw(1)
    background.round()
    background.send_to(server)
    background.round(1)
    assert server.got == [], "it was there before"
    background.draw(2, 3)
    background.round(60)
    assert len(server.got) == 2 and all(len(one["attachments"]) == 1 for one in server.got)
    background.round(60)
    background.settings["send"] = False
    background.draw(4)
    background.round(60)
    assert len(server.got) == 2 and len(background.kept()) == 4


def test_what_a_messenger_refuses_is_sent_by_a_later_round(
    background: Background, server: Server
) -> None:
    background.send_to(server)
    background.round()
    server.answers = ["500"]
    background.draw(1)
    background.round(60)
    background.round(0.5)
    assert len(server.got) == 1
    background.round(1)
    background.round(60)
    assert len(server.got) == 2
    assert background.library.rows("SELECT state FROM delivery") == [("delivered",)]


def test_only_what_passes_the_filter_is_sent(
    background: Background, server: Server, tmp_path: Path
) -> None:
    model = save_filter(tmp_path / "filter.safetensors", Extractor(threads=1))
    background.settings["model"] = str(model)
    background.send_to(server)
    background.round()
    for path in save_examples(background.folder):
        background.touch(path)
    background.round(60)
    assert len(background.kept()) == len(CLASSES)
    classes = background.library.rows("SELECT class FROM picture ORDER BY class")
    assert [name for (name,) in classes] == sorted(CLASSES)
    assert len(server.got) == 1
    assert server.got[0]["attachments"][0]["filename"] == f"{ILLUSTRATION}.png"
    background.round(60)
    assert len(server.got) == 1 and background.studio.problems == []


def test_a_picture_that_cannot_be_judged_is_not_sent_and_holds_up_nothing(
    background: Background, server: Server, tmp_path: Path
) -> None:
    model = save_filter(tmp_path / "filter.safetensors", Extractor(threads=1))
    background.send_to(server)
    background.settings["collect"] = False
    background.draw(1)
    background.round()
    background.settings["collect"] = True
    background.settings["model"] = str(tmp_path / "none.safetensors")
    background.round()
    background.round(1)
    (text,) = background.notices()
    assert "There is no model" in text and server.got == [], "once; it waits"
    (background.folder / "1.png").unlink()
    background.settings["model"] = str(model)
    jobs: list[JobInfo] = []
    background.studio.jobs.job_started.connect(jobs.append)
    background.round()
    background.round(1)
    assert [job.title for job in jobs] == ["Judging new pictures"] and server.got == []
    assert background.library.rows("SELECT class FROM picture") == [("other",)], "as in the panel"


def test_room_is_made(background: Background, site: Site) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (8, 220, 220, 3), dtype=np.uint8)
    items = ""
    for number, pixels in enumerate(noise):
        Image.fromarray(pixels).save(background.folder.parent / "noise.png")
        address = site.add(f"{number}.png", (background.folder.parent / "noise.png").read_bytes())
        items += (
            f"<item><guid>{number}</guid><link>{site.address}/{number}</link>"
            f"<enclosure url='{address}' type='image/png' length='1'/></item>"
        )
    feed = f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"
    background.library.add_source("feed", "feed", {"address": site.add("feed.xml", feed.encode())})
    background.round()
    assert background.library.size > 1_000_000 and len(background.kept()) == 8
    # The smallest limit of the settings is more than a test should write.
    background.library.write("UPDATE picture SET size = 100 * size")
    background.settings["disk_limit"] = 0.2
    background.round()
    assert len(background.kept()) == 8
    background.settings["disk_limit"] = 0.1
    background.round()
    assert background.library.size <= 100_000_000 and 4 < len(background.kept()) < 8


def test_a_source_that_fails_is_reported_once(background: Background, site: Site) -> None:
    address = f"{site.address}/none.xml"
    background.library.add_source("gone", "feed", {"address": address})
    background.draw(1)
    for _ in range(3):
        background.round(61)
    (text,) = background.notices()
    assert text.startswith("gone: ") and background.kept() == ["1"]


def test_while_a_command_collects_it_waits_quietly(background: Background) -> None:
    background.draw(1)
    with FileLock(background.library.folder / "collecting.lock"):
        background.round()
        assert background.kept() == [] and background.notices() == []
    background.round(1)
    assert background.kept() == ["1"]


def test_what_was_deleted_goes_at_the_start_only(background: Background, site: Site) -> None:
    background.draw(1, 2)
    background.round()
    background.library.trash(background.library.find(ALL)[:1])
    background.round(1)
    state = "SELECT count(*) FROM picture WHERE state = ?"
    assert background.library.rows(state, ("trashed",)) == [(1,)]
    background.service.stop()
    background.service = Service(background.studio.studio, str, background.clock)
    background.round()
    assert background.library.rows(state, ("removed",)) == [(1,)]


def test_it_ends_in_the_middle_of_a_collection(background: Background, site: Site) -> None:
    count, items = 400, ""
    for number in range(count):
        address = site.add(f"{number}.png", drawing(number))
        items += (
            f"<item><guid>{number}</guid><link>{site.address}/{number}</link>"
            f"<enclosure url='{address}' type='image/png' length='1'/></item>"
        )
    feed = f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"
    background.library.add_source("feed", "feed", {"address": site.add("feed.xml", feed.encode())})
    background.service.check()
    background.wait(lambda: len(site.asked) > 3)
    background.service.stop(patience=60)
    assert 0 < len(background.kept()) < count


def test_it_ends_at_once_while_a_site_does_not_answer(
    background: Background, server: Server
) -> None:
    background.send_to(server)
    background.round()
    server.answers = ["stall"]
    background.draw(1)
    background.clock.now += 3600
    background.service.check()
    background.wait(lambda: server.got)
    before = time.monotonic()
    background.service.stop(patience=0.2)
    assert time.monotonic() - before < 5
    server.release.set()


def test_the_studio_starts_and_ends_it(tmp_path: Path) -> None:
    background = Background(tmp_path / "home", tmp_path / "drawings")
    assert service_module.running() is None
    background.clock.now = time.time()
    background.draw(1)
    background.studio.start_plugins()
    wait_for(lambda: background.kept() == ["1"], 60)
    wait_for(lambda: not service_module.running().busy, 60)  # type: ignore[union-attr]
    background.close()
    assert service_module.running() is None


def test_the_studios_own_process_imports_no_torch(tmp_path: Path) -> None:
    model = save_filter(tmp_path / "filter.safetensors", Extractor(threads=1))
    (tmp_path / "drawings").mkdir()
    before = time.time() - 600
    for path in save_examples(tmp_path / "drawings"):
        os.utime(path, (before, before))
    command = [sys.executable, "-m", "tests.plugins.kirara_illustrations.service_program"]
    command += [str(tmp_path / "home"), str(model), str(tmp_path / "drawings")]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"classes": sorted(CLASSES), "heavy": []}
