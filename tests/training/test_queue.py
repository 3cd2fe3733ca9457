"""The queue of trainings, with real processes that are stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import tomlkit

from kirara_studio.engine.run_folder import RunFolder

COUNTER = "tests.engine.trainers:train_counter"
EXPORT = "tests.training.models:export"
ENDLESS = {"steps": 100_000, "pause": 0.005}
WAIT = 60.0  # seconds

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def entry(name: str, **values: Any) -> dict[str, Any]:
    """An entry that counts to 30, unless ``values`` say otherwise."""
    usual = {"trainer": COUNTER, "request": {"steps": 30, "pause": 0.002}, "export": EXPORT}
    return {"name": name, **usual, **values}


def judged(gate: str, best: int, passes: int, seconds: float = 0.0) -> dict[str, Any]:
    """Keys of an entry that is judged at every checkpoint."""
    numbers = [str(best), str(passes), str(seconds)]
    judge = ["tests.training.models", "{model}", gate, *numbers]
    return {"judge": judge, "lowest": "error", "minutes": 1e-4}


class Runs:
    """A folder of runs, and the commands that work on it."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder = folder / "runs"
        self.file = folder / "queue.toml"
        self._repository = repository
        self._environment = {
            **os.environ,
            "KIRARA_RUNS": str(self.folder),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }

    def write(self, *entries: dict[str, Any], **data: dict[str, Any]) -> None:
        """Write the queue's file."""
        self.file.write_text(
            tomlkit.dumps({"entry": list(entries), "data": data}), encoding="utf-8"
        )

    def popen(self, verb: str) -> subprocess.Popen[str]:
        """Start ``python -m training``."""
        return subprocess.Popen(
            [sys.executable, "-m", "training", verb, "--queue", str(self.file)],
            cwd=self._repository,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def command(self, verb: str) -> str:
        """Run ``python -m training``, and return what it printed."""
        with self.popen(verb) as process:
            output, errors = process.communicate(timeout=2 * WAIT)
        assert process.returncode == 0, errors
        return output

    def state(self, name: str) -> str:
        """The state of an entry, as the table shows it."""
        (row,) = (
            line for line in self.command("status").splitlines() if line.startswith(f"{name} ")
        )
        return row.split()[1]

    def events(self, name: str, kind: str) -> list[dict[str, Any]]:
        """What happened in a run."""
        path = self.folder / name / "events.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        events = [json.loads(line) for line in lines if line.endswith("}")]
        return [event for event in events if event["event"] == kind]

    def reports(self) -> list[str]:
        """What the queue reported."""
        return [event["text"] for event in self.events("queue", "message")]

    def milestones(self, name: str) -> list[dict[str, Any]]:
        """The judged milestones of a run."""
        path = self.folder / name / "judged.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def pid(self, name: str) -> int:
        """The process that worked on a run last; that of the queue is the run “queue”."""
        return int(self.events(name, "started")[-1]["pid"])

    def kill(self, *names: str) -> None:
        """Kill -9."""
        for name in names:
            os.kill(self.pid(name), signal.SIGKILL)
        for name in names:
            wait(lambda name=name: not RunFolder(self.folder / name).alive)  # type: ignore[misc]


def wait(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def runs(tmp_path: Path, repository: Path) -> Iterator[Runs]:
    made = Runs(tmp_path, repository)
    yield made
    for folder in made.folder.glob("*"):
        if RunFolder(folder).alive:
            psutil.Process(made.pid(folder.name)).kill()


@posix_only
@pytest.mark.usefixtures("low_priority")
def test_a_killed_queue_goes_on_from_the_checkpoint(runs: Runs) -> None:
    runs.write(entry("count", request=ENDLESS))
    assert "started" in runs.command("start")
    wait(lambda: len(runs.events("count", "checkpoint")) > 2)
    assert (
        psutil.Process(runs.pid("queue")).nice() == psutil.Process(runs.pid("count")).nice() == 10
    )
    assert os.getsid(runs.pid("queue")) == runs.pid("queue"), "it outlives the terminal"
    runs.kill("queue", "count")
    reached = json.loads((runs.folder / "count" / "checkpoint.json").read_text())
    assert runs.state("count") == "next"
    runs.command("start")
    wait(lambda: len(runs.events("count", "message")) == 2)
    assert runs.events("count", "message")[-1]["text"] == f"begins at {reached}"
    assert runs.state("count") == "running"
    assert "rests" in runs.command("stop")
    assert len(runs.events("count", "stopped")) == 1
    assert not RunFolder(runs.folder / "count").alive


@posix_only
def test_a_killed_training_is_started_again(runs: Runs) -> None:
    runs.write(entry("count", request=ENDLESS))
    runs.command("start")
    wait(lambda: runs.events("count", "checkpoint"))
    runs.kill("count")
    wait(lambda: len(runs.events("count", "started")) == 2)
    assert "count: ended without a report (signal 9)" in runs.reports()
    runs.command("stop")


@posix_only
def test_a_training_that_lives_is_joined(runs: Runs) -> None:
    runs.write(entry("count", request=ENDLESS, **judged("gate", 30, 10**9, seconds=WAIT)))
    runs.command("start")
    wait(lambda: runs.events("count", "paused"))
    runs.kill("queue")  # while the training is paused to be judged
    assert runs.state("count") == "paused"
    runs.write(entry("count", request=ENDLESS))
    runs.command("start")
    wait(lambda: runs.events("count", "resumed"))
    assert len(runs.events("count", "started")) == 1
    runs.kill("queue")
    assert "rests" in runs.command("stop"), "it stops what a killed queue left"
    assert not RunFolder(runs.folder / "count").alive


def test_called_twice_it_is_one_process(runs: Runs) -> None:
    runs.write(entry("count", request=ENDLESS), entry("other", request=ENDLESS))
    both = [runs.popen("start"), runs.popen("start")]
    for process in both:
        with process:
            output, errors = process.communicate(timeout=2 * WAIT)
        assert process.returncode == 0 and "count" in output, errors
    wait(lambda: runs.events("count", "started"))
    assert "works already" in runs.command("start")
    assert len(runs.events("queue", "started")) == 1
    assert len(runs.events("count", "started")) == 1
    assert not (runs.folder / "other").exists(), "one at a time"
    runs.command("stop")


def test_a_gate_that_is_passed_ends_the_entry_and_the_next_one_starts(runs: Runs) -> None:
    runs.write(
        entry("gated", request=ENDLESS, gate="step", **judged("step", 30, 20)),
        entry("next"),
    )
    runs.command("run")
    assert runs.events("gated", "stopped") and runs.events("next", "finished")
    assert runs.milestones("gated")[-1]["passed"]
    assert runs.reports()[-1] == "Nothing is left to train."
    assert runs.state("gated") == runs.state("next") == "done"
    runs.command("run")
    assert len(runs.events("next", "started")) == 1, "what is done stays done"


def test_the_best_milestone_and_the_last_are_kept(runs: Runs) -> None:
    values = {"request": {"steps": 60, "pause": 0.03}, "card": {"name": "Counter"}}
    runs.write(entry("count", **values, **judged("", 25, 10**9)))
    runs.command("run")
    found = runs.milestones("count")
    assert found[-1]["step"] == 60 and len(found) > 2
    best = min(found, key=lambda one: one["measures"]["error"])
    folder = runs.folder / "count"
    assert float((folder / "best.safetensors").read_text()) == best["measures"]["step"] < 60
    assert (folder / "best.toml").read_text() == 'name = "Counter"\n'
    kept = sorted(path.name for path in (folder / "milestones").iterdir())
    assert kept == ["0000060.safetensors", "0000060.toml"]
    paused, judging = len(runs.events("count", "paused")), len(found) - 1
    assert paused == judging, "the training is held while a milestone is judged"


def test_a_judge_that_fails_stops_nothing(runs: Runs) -> None:
    broken = {"judge": ["tests.training.models", "{model}"], "lowest": "error"}
    wrong = judged("another", 30, 20)
    runs.write(entry("count", **broken), entry("other", gate="step", **wrong))
    runs.command("run")
    assert "exit status 1" in runs.milestones("count")[-1]["problem"]
    assert "by the gate “another”, not “step”" in runs.milestones("other")[-1]["problem"]
    assert runs.state("count") == runs.state("other") == "done"


def test_a_model_is_judged_together_with_others(runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "other.safetensors").write_text("7")
    keys = judged("", 30, 10**9) | {"called": "mine.safetensors"}
    keys["judge"][1] = "{folder}/mine.safetensors"
    runs.write(entry("count", beside=[str(tmp_path / "other.safetensors")], **keys))
    runs.command("run")
    assert runs.milestones("count")[-1]["measures"]["step"] == 30
    assert (runs.folder / "count" / "judging" / "other.safetensors").read_text() == "7"


def test_what_is_missing_is_skipped(runs: Runs) -> None:
    runs.write(
        entry("no-data", paths=["../no/such/data"]),
        entry("no-package", packages=["no_such_package"]),
        entry("no-trainer", trainer="kirara_foresight.no_such_module:train"),
        entry("later", after="no-data"),
        entry("there"),
    )
    runs.command("run")
    table = runs.command("status")
    for reason in (
        "“../no/such/data” is missing",
        "the package “no_such_package” is not installed",
        "the trainer “kirara_foresight.no_such_module:train” is missing",
        "“no-data” is not done",
    ):
        assert f"    {reason}" in table.splitlines()
    assert "no-data: skipped, “../no/such/data” is missing" in runs.reports()
    assert runs.state("no-data") == "skipped" and runs.state("later") == "blocked"
    assert runs.state("there") == "done"


def test_a_training_that_fails_hands_over_and_is_tried_again_by_the_next_call(runs: Runs) -> None:
    runs.write(entry("broken", trainer="tests.engine.trainers:train_break"), entry("there"))
    runs.command("run")
    assert runs.state("there") == "done"
    assert "ZeroDivisionError" in runs.command("status")
    runs.command("run")
    assert len(runs.events("broken", "failed")) == 2


def test_an_entry_has_its_hours_and_the_next_begins_where_it_ended(runs: Runs) -> None:
    runs.write(
        entry("first", request=ENDLESS, hours=1 / 3600),
        entry("second", request={"steps": 1}, after="first"),
    )
    runs.command("run")
    assert runs.state("first") == runs.state("second") == "done"
    reached = json.loads((runs.folder / "first" / "checkpoint.json").read_text())
    assert runs.events("second", "message")[0]["text"] == f"begins at {reached}"
    assert "first: done, trained to its end" in runs.reports()


@pytest.mark.alone
def test_a_real_training_with_data_made_on_demand(runs: Runs) -> None:
    make = ["characters", "draw", "--count", "4", "--size", "8", "--out", "{out}"]
    train = ["characters", "train", "{drawings}", "--size", "8", "--batch", "2", "--no-faces"]
    runs.write(
        entry("faces", export="kirara_characters.networks.model_files:export_generator")
        | {"train": [*train, "--thoroughness", "0.00005"], "trainer": "", "request": {}},
        drawings={"make": make},
    )
    runs.command("run")
    assert len(list((runs.folder / "data" / "drawings").glob("*.png"))) == 4
    assert runs.state("faces") == "done", runs.reports()
    assert (runs.folder / "faces" / "best.safetensors").stat().st_size > 10_000
