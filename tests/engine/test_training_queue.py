"""Runs that wait for the run before them, with real children; and what a list shows of runs."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.engine import training as training_module
from kirara_studio.engine.run_folder import RunFolder
from kirara_studio.engine.training import Run, TrainingService
from tests.engine.recorder import wait_until
from tests.engine.test_training_service import COUNTER, LONG, TRAINERS, Events, end_child, pid_of

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture
def data(application: QCoreApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
         ) -> Iterator[Path]:  # fmt: skip
    """The plugins' folders for data, of which two have runs."""
    monkeypatch.setattr(training_module, "POLL_MS", 20)
    yield tmp_path
    for folder in tmp_path.glob("*/training/*"):
        end_child(folder)


def run_in(data: Path, plugin: str, name: str) -> Path:
    return data / plugin / "training" / name


def wait_for(run: Run, state: str) -> None:
    wait_until(lambda: run.state == state)


def test_a_second_run_waits_for_the_first_one_over_all_plugins(data: Path) -> None:
    service, events = TrainingService(data=data), Events()
    first = service.start(COUNTER, LONG, run_in(data, "one", "first"))
    second = service.start(
        COUNTER, {"steps": 5}, run_in(data, "two", "second"), on_event=events.append
    )
    third = service.start(COUNTER, {"steps": 5}, run_in(data, "one", "third"))
    assert (first.state, second.state, third.state) == ("starting", "queued", "queued")
    places = {run.name: run.place for run in service.runs(data / "one" / "training")}
    assert places == {"first": 0, "third": 2}
    wait_for(first, "running")
    assert second.state == "queued" and not events
    first.stop()
    wait_for(second, "finished")
    wait_for(third, "finished")
    assert events.kinds[0] == "started"
    times = [[e["time"] for e in map(_event, _lines(run.folder))] for run in (first, second, third)]
    assert times[0][-1] <= times[1][0] and times[1][-1] <= times[2][0], "one after the other"


def test_the_queue_goes_on_in_a_later_studio(data: Path) -> None:
    service = TrainingService(data=data)
    first = service.start(COUNTER, {"steps": 60, "pause": 0.005}, run_in(data, "one", "first"))
    second = service.start(COUNTER, {"steps": 5}, run_in(data, "two", "second"))
    assert second.state == "queued"
    del service  # the studio ends; nothing starts the second run meanwhile
    wait_until(lambda: not first.alive and not RunFolder(first.folder).alive)
    later = TrainingService(data=data)
    assert later.find_runs() == []
    found = later.attach(second.folder)
    assert found is not None
    wait_for(found, "finished")


def test_a_run_leaves_the_queue_and_comes_back_to_its_end(data: Path) -> None:
    service, events = TrainingService(data=data), Events()
    first = service.start(COUNTER, LONG, run_in(data, "one", "first"))
    second = service.start(COUNTER, {"steps": 5}, run_in(data, "one", "second"))
    third = service.start(COUNTER, LONG, run_in(data, "one", "third"))
    service.attach(second.folder, on_event=events.append)
    second.stop()
    assert second.state == "stopped" and events.kinds == ["stopped"]
    later = TrainingService(data=data).runs(data / "one" / "training")
    assert {run.name: run.state for run in later}["second"] == "stopped"
    second.resume()
    places = {run.name: run.place for run in service.runs(data / "one" / "training")}
    assert places == {"first": 0, "third": 1, "second": 2}
    first.stop()
    wait_for(third, "running")
    assert second.state == "queued"
    second.start_now()
    wait_for(second, "finished")
    assert third.alive, "the user wanted both at once"
    third.stop()
    wait_for(third, "stopped")


def test_a_paused_run_keeps_its_place(data: Path) -> None:
    service = TrainingService(data=data)
    first = service.start(COUNTER, LONG, run_in(data, "one", "first"))
    wait_for(first, "running")
    first.pause()
    wait_for(first, "paused")
    second = service.start(COUNTER, {"steps": 5}, run_in(data, "one", "second"))
    time.sleep(0.2)
    assert second.state == "queued"
    first.stop()
    wait_for(second, "finished")


def test_a_run_of_the_queue_that_cannot_start_is_reported_and_the_next_one_starts(
    data: Path,
) -> None:
    service, events = TrainingService(data=data), Events()
    first = service.start(COUNTER, LONG, run_in(data, "one", "first"))
    second = service.start(COUNTER, LONG, run_in(data, "one", "second"), on_event=events.append)
    third = service.start(COUNTER, {"steps": 5}, run_in(data, "one", "third"))
    (second.folder / "child.log").mkdir()
    first.stop()
    wait_for(third, "finished")
    assert second.state == "failed" and "cannot start" in events.of("failed")[0]["message"]


@posix_only
def test_a_killed_run_is_interrupted_and_offered_once(data: Path) -> None:
    service = TrainingService(data=data)
    first = service.start(COUNTER, LONG, run_in(data, "one", "first"))
    second = service.start(COUNTER, LONG, run_in(data, "two", "second"))
    wait_until(lambda: (first.folder / "checkpoint.json").exists())
    assert not first.interrupted
    del service  # all at once, as when the power fails
    os.kill(pid_of(first.folder), signal.SIGKILL)
    wait_until(lambda: not RunFolder(first.folder).alive)

    later = TrainingService(data=data)
    (offered,) = later.find_runs()
    assert offered.folder == first.folder and offered.interrupted and offered.name == "first"
    assert later.find_runs() == []
    (one,) = later.runs(data / "one" / "training")
    assert one.state == "interrupted" and one.share is not None
    run = later.attach(second.folder)
    assert run is not None
    wait_for(run, "running")
    events = Events()
    resumed = later.attach(first.folder, on_event=events.append)
    assert resumed is offered
    resumed.resume()
    assert resumed.state == "queued" and not resumed.interrupted
    run.stop()
    wait_until(lambda: "begins at 0" not in [e["text"] for e in events.of("message")][1:2]
               and len(events.of("message")) == 2)  # fmt: skip
    resumed.stop()
    wait_for(resumed, "stopped")


def test_a_list_describes_runs(data: Path) -> None:
    service, runs = TrainingService(data=data), data / "one" / "training"
    assert service.runs(runs) == []
    picture = service.start(f"{TRAINERS}:train_preview", {}, runs / "b")
    wait_for(picture, "finished")
    counter = service.start(COUNTER, {"steps": 50}, runs / "a")
    wait_for(counter, "finished")
    (runs / ".trash").mkdir()
    (runs / "something else").mkdir()
    found = service.runs(runs)
    assert [(one.name, one.state) for one in found] == [("a", "finished"), ("b", "finished")]
    assert found[0].share == 1 and found[0].preview is None
    assert found[1].share is None and found[1].preview == runs / "b" / "previews" / "1.png"
    assert found[0].began >= found[1].began > time.time() - 100
    service.rename(runs / "a", " My run ")
    assert service.runs(runs)[0].name == "My run"
    service.start(COUNTER, {"steps": 60}, runs / "a")
    assert service.runs(runs)[0].name == "My run", "also after it goes on"
    wait_until(lambda: not counter.alive)
    (runs / "a" / "run.json").write_text("{")
    with pytest.raises(UserError, match=r"run\.json"):
        service.rename(runs / "a", "x")
    assert service.runs(runs)[0].name == "a"


def _lines(folder: Path) -> list[bytes]:
    return (folder / "events.jsonl").read_bytes().splitlines()


def _event(line: bytes) -> dict[str, float]:
    found: dict[str, float] = json.loads(line)
    return found
