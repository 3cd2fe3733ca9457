"""Training with real children, which are paused, stopped, killed, orphaned and found again."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QTimer, QTranslator

from kirara_studio.api.errors import UserError
from kirara_studio.api.resources import resource_folder
from kirara_studio.engine import run_folder as run_folder_module
from kirara_studio.engine import training as training_module
from kirara_studio.engine.run_folder import STOP, RunFolder
from kirara_studio.engine.training import Run, TrainingService
from kirara_studio.engine.training_child import EventReporter, run_in_foreground
from tests.engine.recorder import wait_until

TRAINERS = "tests.engine.trainers"
COUNTER = f"{TRAINERS}:train_counter"
LONG = {"steps": 100_000, "pause": 0.005}

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")


class Events(list[dict[str, Any]]):
    """The events of a run."""

    @property
    def kinds(self) -> list[str]:
        return [event["event"] for event in self]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self if event["event"] == kind]


@pytest.fixture
def service(application: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> TrainingService:
    monkeypatch.setattr(training_module, "POLL_MS", 20)
    return TrainingService()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A run folder."""
    yield tmp_path / "run"
    end_child(tmp_path / "run")


def end_child(folder: Path) -> None:
    """End a child that still trains after a test, and take a queued run out of the queue."""
    if folder.is_dir():
        RunFolder(folder).want(STOP)
    if RunFolder(folder).alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(pid_of(folder)).kill()


def pid_of(folder: Path) -> int:
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
    started = [json.loads(line) for line in lines if '"started"' in line]
    return int(started[-1]["pid"])


def wait_for(run: Run, state: str) -> None:
    wait_until(lambda: run.state == state)


def wait_for_end(run: Run) -> None:
    wait_until(lambda: not run.alive)


def steps(folder: Path) -> int:
    return int(json.loads((folder / "checkpoint.json").read_text()))


def test_a_run_from_start_to_finish(service: TrainingService, folder: Path) -> None:
    events = Events()
    run = service.start(COUNTER, {"steps": 50}, folder, on_event=events.append)
    assert run.state == "starting" and run.folder == folder
    wait_for(run, "finished")
    assert events.kinds[0] == "started" and events.kinds[-1] == "finished"
    assert events.of("started")[0]["pid"] != os.getpid()
    assert events.of("progress")[-1] == {
        **events.of("progress")[-1],
        "step": 50,
        "total": 50,
        "metrics": {"loss": 0.02},
        "not_finite": ["bad"],
    }
    assert len(events.of("progress")) < 50, "progress is thinned"
    assert events.of("checkpoint")[-1]["path"] == str(folder / "checkpoint.json")
    assert steps(folder) == 50
    wait_for_end(run)


def test_pause_resume_stop_and_resume_again(service: TrainingService, folder: Path) -> None:
    events = Events()
    run = service.start(COUNTER, LONG, folder, on_event=events.append)
    wait_until(lambda: events.of("progress"))
    run.pause()
    wait_for(run, "paused")
    step = events.of("progress")[-1]["step"]
    run.resume()
    wait_until(lambda: "resumed" in events.kinds)
    wait_until(lambda: events.of("progress")[-1]["step"] > step)
    run.stop()
    wait_for(run, "stopped")
    wait_for_end(run)
    reached = steps(folder)
    assert reached > step
    run.resume()
    wait_until(lambda: f"begins at {reached}" in [e["text"] for e in events.of("message")])
    run.pause()
    wait_for(run, "paused")
    run.stop()
    wait_for(run, "stopped")


def test_a_run_is_stopped_before_there_is_anything_to_save(
    service: TrainingService, folder: Path, tmp_path: Path
) -> None:
    read = tmp_path / "read"
    run = service.start(f"{TRAINERS}:train_reader", {"read": str(read)}, folder)
    wait_for(run, "running")
    assert not run.stopping
    run.stop()
    assert run.stopping and run.state == "running"
    other = TrainingService().attach(folder)  # another window knows it, too
    assert other is not None and other.stopping
    read.touch()
    wait_for(run, "stopped")
    assert not run.stopping


def test_previews_have_absolute_paths(service: TrainingService, folder: Path) -> None:
    events = Events()
    run = service.start(f"{TRAINERS}:train_preview", {}, folder, on_event=events.append)
    wait_for(run, "finished")
    assert Path(events.of("preview")[0]["path"]).read_bytes() == b"picture"


@pytest.mark.parametrize(
    ("trainer", "message", "advice"),
    [
        (f"{TRAINERS}:train_refuse", "The folder holds no pictures.", "Choose another one."),
        (f"{TRAINERS}:train_break", "ZeroDivisionError: the loss is gone", "last checkpoint"),
        (f"{TRAINERS}:no_trainer", "cannot be loaded", "plugin"),
        ("no_package_of_mine:train", "cannot be loaded", "plugin"),
    ],
)
def test_failures_say_why(
    service: TrainingService, folder: Path, trainer: str, message: str, advice: str
) -> None:
    events = Events()
    run = service.start(trainer, {}, folder, on_event=events.append)
    wait_for(run, "failed")
    wait_for_end(run)
    (failed,) = events.of("failed")
    assert message in failed["message"] and advice in failed["advice"]
    if trainer.endswith("train_break"):
        assert "in train_break" in failed["details"]


@pytest.fixture
def in_japanese(application: QCoreApplication) -> Iterator[None]:
    """The window's language."""
    translator = QTranslator()
    assert translator.load(str(resource_folder() / "translations" / "ja.qm"))
    application.installTranslator(translator)
    yield
    application.removeTranslator(translator)


def test_failures_are_shown_in_the_language_of_the_window(
    in_japanese: None, service: TrainingService, folder: Path
) -> None:
    events = Events()
    run = service.start("no_package_of_mine:train", {}, folder, on_event=events.append)
    wait_for(run, "failed")
    wait_for_end(run)
    (failed,) = events.of("failed")
    assert "学習プログラム「no_package_of_mine:train」を読み込めません" in failed["message"]
    assert "プラグイン" in failed["advice"]
    *_, kept = map(json.loads, (folder / "events.jsonl").read_text(encoding="utf-8").splitlines())
    assert kept["message"].startswith("The trainer “no_package_of_mine:train” cannot be loaded")
    assert kept["values"]["name"] == "no_package_of_mine:train"


def test_events_of_earlier_versions_are_read(
    in_japanese: None, service: TrainingService, folder: Path
) -> None:
    run = service.start(f"{TRAINERS}:train_refuse", {}, folder)
    wait_for(run, "failed")
    wait_for_end(run)
    old = {"event": "failed", "time": 1.0, "message": "{It} broke.", "advice": "Mend it."}
    (folder / "events.jsonl").write_text(json.dumps(old) + "\n", encoding="utf-8")
    events = Events()
    later = TrainingService()
    later.attach(folder, on_event=events.append)
    wait_until(lambda: events)
    assert events == [old]


@posix_only
def test_a_killed_child_is_seen_and_can_be_resumed(service: TrainingService, folder: Path) -> None:
    events = Events()
    run = service.start(COUNTER, LONG, folder, on_event=events.append)
    wait_until(lambda: events.of("checkpoint"))
    os.kill(pid_of(folder), signal.SIGKILL)
    wait_for(run, "failed")
    looked: list[bool] = []
    QTimer.singleShot(10 * training_module.POLL_MS, lambda: looked.append(True))
    wait_until(lambda: looked)
    (failed,) = events.of("failed")  # events once, however often the service looks
    assert "signal 9" in failed["message"] and "checkpoint" in failed["advice"]
    run.resume()
    wait_until(lambda: len(events.of("started")) == 2)
    wait_for(run, "running")
    run.stop()
    wait_for(run, "stopped")
    assert events.of("message")[-1]["text"] != "begins at 0", "it goes on from the checkpoint"


@posix_only
def test_a_run_that_gets_no_time_waits_for_the_processor(
    service: TrainingService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_folder_module, "LATE", 3.0)
    run = service.start(COUNTER, LONG, folder)
    assert run.state == "starting" and not run.waiting
    wait_until(lambda: (folder / "pulse").exists() and not run.waiting)
    os.kill(pid_of(folder), signal.SIGSTOP)
    wait_until(lambda: run.waiting)
    assert TrainingService().attach(folder).waiting  # type: ignore[union-attr]
    os.kill(pid_of(folder), signal.SIGCONT)
    wait_until(lambda: not run.waiting)

    def looks_starved() -> bool:
        (folder / "pulse").write_text("0.95")  # ready to run, and not running; until its next pulse
        return run.waiting

    wait_until(looks_starved)
    run.stop()
    wait_for(run, "stopped")
    assert not run.waiting


@posix_only
def test_a_run_that_does_not_stop_is_ended_now(
    service: TrainingService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_module, "GRACE", 0.3)
    events = Events()
    run = service.start(COUNTER, LONG, folder, on_event=events.append)
    wait_until(lambda: events.of("checkpoint"))
    os.kill(pid_of(folder), signal.SIGSTOP)
    run.stop()
    assert run.stopping
    run.end_now()
    assert run.stopping
    wait_for(run, "stopped")
    wait_for_end(run)
    assert events.kinds[-1] == "stopped" and not events.of("failed"), "the user wanted it"
    assert TrainingService().attach(folder).state == "stopped"  # type: ignore[union-attr]
    run.resume()
    wait_until(lambda: len(events.of("started")) == 2)
    wait_until(lambda: events.of("message")[-1]["text"] != "begins at 0")
    monkeypatch.setattr(training_module, "GRACE", 60)
    run.end_now()  # it answers in time, and is not killed
    wait_for(run, "stopped")
    assert (
        events.of("stopped")[-1].get("time")
        and json.loads((folder / "events.jsonl").read_text().splitlines()[-1])["event"] == "stopped"
    )


@posix_only
def test_a_run_of_an_earlier_window_is_ended_now(
    service: TrainingService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_module, "GRACE", 0.3)
    first = service.start(COUNTER, LONG, folder)
    wait_for(first, "running")
    os.kill(pid_of(folder), signal.SIGSTOP)
    later = TrainingService().attach(folder)
    assert later is not None
    later.end_now()
    wait_for(later, "stopped")
    wait_for_end(first)


STUDIO = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from kirara_studio.engine.training import TrainingService

application = QCoreApplication([])
service = TrainingService()
service.start(sys.argv[2], {"steps": 100_000, "pause": 0.005}, Path(sys.argv[1]),
              on_event=lambda event: print(event["event"], flush=True))
application.exec()
"""


@posix_only
@pytest.mark.usefixtures("low_priority")
def test_the_run_outlives_a_killed_studio(service: TrainingService, folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        [sys.executable, "-c", STUDIO, str(folder), COUNTER],
        stdout=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as studio:
        assert studio.stdout is not None
        assert studio.stdout.readline() == b"started\n"
        os.killpg(studio.pid, signal.SIGKILL)  # as when its terminal is closed

    events = Events()
    run = service.attach(folder, on_event=events.append)
    assert run is not None and run.alive
    assert run.state == "running", "known at once, without waiting for the event loop"
    wait_until(lambda: events.of("checkpoint"))
    assert events.kinds[0] == "started", "the history is events from its beginning"
    child = psutil.Process(pid_of(folder))
    assert child.nice() == 10
    run.stop()
    wait_for(run, "stopped")
    assert steps(folder) > 0


def test_starting_a_live_run_joins_it(service: TrainingService, folder: Path) -> None:
    run = service.start(COUNTER, LONG, folder)
    wait_for(run, "running")
    pid = pid_of(folder)
    other, events = TrainingService(), Events()
    joined = other.start(COUNTER, LONG, folder, on_event=events.append)
    wait_until(lambda: events.of("progress"))
    assert pid_of(folder) == pid and joined.state == "running"
    joined.stop()
    wait_for(run, "stopped")
    wait_for(joined, "stopped")


def test_a_second_start_in_the_same_service_hears_everything(
    service: TrainingService, folder: Path
) -> None:
    first = service.start(COUNTER, {"steps": 20}, folder)
    wait_for(first, "finished")
    events = Events()
    assert service.attach(folder, on_event=events.append) is first
    wait_until(lambda: "finished" in events.kinds)
    assert events.kinds[0] == "started"
    wait_for_end(first)
    again = service.start(COUNTER, {"steps": 40}, folder, on_event=events.append)
    assert again is first
    wait_until(lambda: events.kinds.count("finished") == 3)  # once replayed twice, once new
    assert steps(folder) == 40


def test_attach_finds_ended_runs_and_nothing(service: TrainingService, folder: Path) -> None:
    assert service.attach(folder) is None
    run = service.start(COUNTER, {"steps": 5}, folder)
    wait_for(run, "finished")
    wait_for_end(run)  # a child that still ends counts as running
    later = TrainingService().attach(folder)
    assert later is not None and later.state == "finished"
    (folder / "events.jsonl").write_text('{"event": "started", "pid": 1}\n{"event": "prog')
    crashed = TrainingService().attach(folder)
    assert crashed is not None and crashed.state == "failed"


def test_a_folder_keeps_to_its_trainer(service: TrainingService, folder: Path) -> None:
    run = service.start(f"{TRAINERS}:train_preview", {}, folder)
    wait_for(run, "finished")
    wait_for_end(run)
    with pytest.raises(UserError, match="another trainer"):
        service.start(COUNTER, {"steps": 5}, folder)


def test_an_event_handler_that_fails_is_reported(service: TrainingService, folder: Path) -> None:
    failures: list[BaseException] = []
    service.callback_failed.connect(lambda run, error: failures.append(error))
    run = service.start(COUNTER, {"steps": 5}, folder, on_event=lambda event: event["nonsense"])
    wait_for(run, "finished")
    assert failures and isinstance(failures[0], KeyError)


@posix_only
def test_sigterm_saves_a_checkpoint(service: TrainingService, folder: Path) -> None:
    events = Events()
    run = service.start(COUNTER, LONG, folder, on_event=events.append)
    wait_until(lambda: events.of("progress"))
    os.kill(pid_of(folder), signal.SIGTERM)
    wait_for(run, "stopped")
    assert steps(folder) > 0


# A full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 64 KB."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(path)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs Linux and the right to do so")
    yield path
    end_child(path)
    subprocess.run(["umount", "-l", str(path)], check=True)


def test_a_full_disk_is_reported_and_pauses_the_run(
    service: TrainingService, small_disk: Path
) -> None:
    events = Events()
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 30_000)
    run = service.start(f"{TRAINERS}:train_talk", {}, small_disk, on_event=events.append)
    wait_for(run, "paused")
    assert "disk is full" in events[-1]["text"]
    assert run.alive
    filler.unlink()
    run.resume()
    wait_until(lambda: "resumed" in events.kinds)
    wait_until(lambda: events.kinds[-1] == "message")
    run.stop()
    wait_for(run, "stopped")
    for line in (small_disk / "events.jsonl").read_bytes().splitlines():
        json.loads(line)


def test_a_checkpoint_that_does_not_fit_pauses_the_run_and_is_saved_later(
    service: TrainingService, small_disk: Path
) -> None:
    events = Events()
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 20_000)
    run = service.start(f"{TRAINERS}:train_large", {}, small_disk, on_event=events.append)
    wait_for(run, "paused")
    assert "disk is full" in events[-1]["text"] and run.alive
    run.resume()
    wait_until(lambda: events.kinds.count("paused") == 2)
    filler.unlink()
    run.resume()
    wait_for(run, "finished")
    assert (small_disk / "large").stat().st_size == 30_000
    assert "message" in events.kinds and events.kinds.count("started") == 1


def test_a_run_that_waits_for_room_can_be_stopped(
    service: TrainingService, small_disk: Path
) -> None:
    (small_disk / "filler").write_bytes(b"x" * 20_000)
    run = service.start(f"{TRAINERS}:train_large", {}, small_disk)
    wait_for(run, "paused")
    run.stop()
    wait_for(run, "stopped")


# In the foreground


def test_foreground_prints_what_it_writes(tmp_path: Path) -> None:
    stream = io.StringIO()
    assert run_in_foreground(COUNTER, {"steps": 20}, tmp_path / "run", stream) == 0
    printed = [json.loads(line) for line in stream.getvalue().splitlines()]
    written = (tmp_path / "run" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert printed == [json.loads(line) for line in written]
    assert printed[-1]["event"] == "finished"
    assert run_in_foreground(f"{TRAINERS}:train_refuse", {}, tmp_path / "other", io.StringIO()) == 1


@posix_only
@pytest.mark.parametrize(
    ("trainer", "number", "times", "end"),
    [
        (COUNTER, signal.SIGINT, 1, "stopped"),
        (COUNTER, signal.SIGTERM, 1, "stopped"),
        (f"{TRAINERS}:train_deaf", signal.SIGINT, 2, "failed"),
        (f"{TRAINERS}:train_deaf", signal.SIGTERM, 2, "failed"),
    ],
)
def test_ctrl_c_and_sigterm_stop_with_a_checkpoint_and_twice_at_once(
    tmp_path: Path, trainer: str, number: signal.Signals, times: int, end: str
) -> None:
    # The handler is that of all commands (kirara_studio.cli).
    code = (
        "import signal, sys\nfrom pathlib import Path\n"
        "from kirara_studio.engine.training_child import run_in_foreground\n"
        "signal.signal(signal.SIGTERM, signal.default_int_handler)\n"
        "request = {'steps': 100_000, 'pause': 0.005}\n"
        "sys.exit(run_in_foreground(sys.argv[2], request, Path(sys.argv[1]), sys.stdout))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), trainer],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as command:
        assert command.stdout is not None
        next(line for line in command.stdout if "begins at" in line)
        for _ in range(times):
            command.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                command.wait(0.5)
        rest = [json.loads(line)["event"] for line in command.stdout]
        assert command.wait(10) == 128 + number
    assert rest[-1] == end
    assert (tmp_path / "checkpoint.json").exists() == (end == "stopped")


def test_two_trainings_in_one_folder_are_refused(service: TrainingService, folder: Path) -> None:
    run = service.start(COUNTER, LONG, folder)
    wait_for(run, "running")
    with pytest.raises(UserError, match="being trained already"):
        run_in_foreground(COUNTER, LONG, folder, io.StringIO())
    run.stop()
    wait_for(run, "stopped")


def test_should_stop_is_cheap_enough_for_every_step(tmp_path: Path) -> None:
    import time

    folder = RunFolder(tmp_path)
    folder.want("run")
    reporter = EventReporter(folder)
    started = time.perf_counter()
    for _ in range(1000):
        reporter.should_stop()
    assert time.perf_counter() - started < 0.5
    reporter.end("stopped")
