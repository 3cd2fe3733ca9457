"""One job at a time of a panel, with the studio's real queue and engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.widgets import Task
from kirara_studio.engine.queue import JobQueue
from tests.engine import engine_jobs
from tests.engine.recorder import Recorder, wait_until


class Listener:
    """What a task signals, in order; ``busy`` is what it was at each ``changed``."""

    def __init__(self, task: Task) -> None:
        self.results: list[Any] = []
        self.errors: list[BaseException] = []
        self.stops = 0
        self.busy: list[bool] = []
        task.failed.connect(self.errors.append)
        task.stopped.connect(self._stop)
        task.changed.connect(lambda: self.busy.append(task.busy))

    def _stop(self) -> None:
        self.stops += 1


@pytest.fixture
def task(panel: Recorder) -> Task:
    return Task(panel.jobs, "task")


@pytest.fixture
def heard(task: Task) -> Listener:
    return Listener(task)


def fail(request: str, tools: JobTools) -> None:
    raise UserError(request)


def test_a_result_arrives_and_it_is_no_longer_busy(task: Task, heard: Listener) -> None:
    assert not task.busy
    task.start(engine_jobs.double, 21, heard.results.append)
    assert task.busy
    wait_until(lambda: not task.busy)
    assert heard.results == [42] and heard.busy == [True, False]
    assert heard.errors == [] and heard.stops == 0


def test_work_with_the_disk_runs_in_a_thread(panel: Recorder, tmp_path: Path) -> None:
    task = Task(panel.jobs, "disk", io=True)
    results: list[str] = []
    task.start(engine_jobs.note, engine_jobs.Note(tmp_path / "ran", "x"), results.append)
    wait_until(lambda: results)
    assert results == ["x"] and not task.busy


def test_an_error_is_signalled_and_not_shown_by_itself(
    task: Task, heard: Listener, panel: Recorder
) -> None:
    task.start(fail, "Nothing works.", heard.results.append)
    wait_until(lambda: heard.errors)
    assert str(heard.errors[0]) == "Nothing works." and heard.results == []
    assert not task.busy and heard.busy == [True, False] and panel.shown == []


def test_a_stop_is_not_an_error(task: Task, heard: Listener, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    task.start(engine_jobs.note, engine_jobs.Note(ran, "x", 30), heard.results.append)
    wait_until(ran.exists)
    task.stop()
    assert not task.busy and heard.stops == 1 and heard.busy == [True, False]
    task.stop()
    assert heard.stops == 1, "there was nothing to stop"
    task.start(engine_jobs.double, 1, heard.results.append)
    wait_until(lambda: heard.results)
    assert heard.results == [2] and heard.errors == []


def test_a_stop_in_the_job_bar_is_the_same(
    task: Task, heard: Listener, queue: JobQueue, tmp_path: Path
) -> None:
    started: list[int] = []
    note_start = queue.job_started.connect(lambda info: started.append(info.id))
    ran = tmp_path / "ran"
    note = engine_jobs.Note(ran, "x", 30)
    task.start(engine_jobs.note, note, heard.results.append, title="Waiting")
    wait_until(ran.exists)
    queue.cancel(started[0])
    queue.job_started.disconnect(note_start)
    assert not task.busy and heard.stops == 1 and heard.errors == [] and heard.results == []


def test_a_newer_job_replaces_an_older_one(task: Task, heard: Listener, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    old, new = engine_jobs.Note(ran, "old", 0.2), engine_jobs.Note(ran, "new")
    task.start(engine_jobs.deaf, old, heard.results.append)
    wait_until(ran.exists)
    task.start(engine_jobs.deaf, new, heard.results.append)
    wait_until(lambda: not task.busy)
    assert heard.results == ["new"] and heard.stops == 0 and heard.busy == [True, True, False]


def test_a_result_that_starts_the_next_job_leaves_it_busy(task: Task, heard: Listener) -> None:
    def again(result: float) -> None:
        heard.results.append(result)
        if result < 8:
            task.start(engine_jobs.double, result, again)

    task.start(engine_jobs.double, 1, again)
    wait_until(lambda: not task.busy)
    assert heard.results == [2, 4, 8]
    assert heard.busy.count(False) == 1, "a Stop button does not flicker"


def test_progress_and_parts_arrive(task: Task, heard: Listener, tmp_path: Path) -> None:
    progress: list[Any] = []
    note = engine_jobs.Note(tmp_path / "ran", "x", 0.1)
    task.start(engine_jobs.note, note, heard.results.append, on_progress=progress.append)
    wait_until(lambda: heard.results)
    assert progress and progress[0].text == "x"
