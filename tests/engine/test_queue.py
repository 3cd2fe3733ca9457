"""The job queue with a real engine process."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QTimer

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled, JobTools
from kirara_studio.engine import queue as queue_module
from kirara_studio.engine.children import NICENESS
from kirara_studio.engine.errors import EngineDied, JobError
from kirara_studio.engine.job import JobInfo
from kirara_studio.engine.queue import JobQueue
from tests.engine import engine_jobs
from tests.engine.recorder import Recorder, wait_until


def has_ended(process: psutil.Process) -> bool:
    """True for a zombie too: nobody may be there to bury an orphan."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def test_a_result_comes_back_in_the_ui_thread(panel: Recorder) -> None:
    threads = []
    panel.jobs.submit(
        "a", engine_jobs.double, 21, on_result=lambda r: threads.append((r, threading.get_ident()))
    )
    assert not threads, "callbacks must not run inside submit()"
    wait_until(lambda: threads)
    assert threads == [(42, threading.get_ident())]


def test_jobs_run_in_another_process_that_has_our_path(panel: Recorder) -> None:
    state = panel.run(engine_jobs.process_state, None)
    assert state["pid"] != os.getpid()
    assert set(filter(None, sys.path)) <= set(state["path"])


@pytest.mark.skipif(sys.platform == "win32", reason="the start gives the priority")
@pytest.mark.usefixtures("low_priority")
def test_jobs_run_at_a_low_priority_if_nobody_asks_for_another(own_queue: JobQueue) -> None:
    state = Recorder(own_queue).run(engine_jobs.process_state, None)
    assert state["nice"] == NICENESS


def test_jobs_of_what_was_installed_since_the_engine_started(
    own_queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = Recorder(own_queue)
    assert panel.run(engine_jobs.double, 1) == 2
    (tmp_path / "installed_later.py").write_text("def triple(n, tools):\n    return 3 * n\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    triple = importlib.import_module("installed_later").triple
    assert panel.run(triple, 2) == 6
    first = own_queue.engine_pid
    assert panel.run(engine_jobs.double, 1) == 2
    assert own_queue.engine_pid == first, "one start is enough"


def test_newest_request_wins(panel: Recorder, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    handles = []
    for number in range(100):
        request = engine_jobs.Note(ran, str(number), seconds=0.2)
        handles.append(panel.jobs.submit("slider", engine_jobs.note, request, **panel.callbacks))
        if number == 0:
            wait_until(lambda: lines(ran))
    wait_until(lambda: panel.results)
    assert lines(ran) == ["0", "99"], "only the first and the last may run"
    assert panel.results == ["99"]
    assert not panel.errors and not panel.shown
    assert not any(handle.running for handle in handles)


def test_a_stale_result_is_dropped(panel: Recorder, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    panel.jobs.submit("k", engine_jobs.deaf, engine_jobs.Note(ran, "old", 0.2), **panel.callbacks)
    wait_until(lambda: lines(ran))
    panel.jobs.submit("k", engine_jobs.deaf, engine_jobs.Note(ran, "new"), **panel.callbacks)
    wait_until(lambda: panel.results)
    assert lines(ran) == ["old", "new"]
    assert panel.results == ["new"]


def test_keys_are_private_to_the_panel_and_served_in_order(
    queue: JobQueue, panel: Recorder, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    other = Recorder(queue, "other")
    panel.jobs.submit("first", engine_jobs.deaf, engine_jobs.Note(ran, "first", 0.2))
    for text in ("a1", "a2"):
        panel.jobs.submit("a", engine_jobs.note, engine_jobs.Note(ran, text), **panel.callbacks)
    other.jobs.submit("a", engine_jobs.note, engine_jobs.Note(ran, "other"), **other.callbacks)
    panel.jobs.submit("a", engine_jobs.note, engine_jobs.Note(ran, "a3"), **panel.callbacks)
    wait_until(lambda: panel.results and other.results)
    assert lines(ran) == ["first", "a3", "other"], "a newer request keeps its key's place"


def test_a_cancelled_job_ends_silently_and_the_next_runs(panel: Recorder, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    handle = panel.jobs.submit(
        "k", engine_jobs.note, engine_jobs.Note(ran, "long", 60), **panel.callbacks
    )
    waiting = panel.jobs.submit("w", engine_jobs.note, engine_jobs.Note(ran, "waiting"))
    wait_until(lambda: lines(ran))
    assert handle.running and waiting.running
    waiting.cancel()
    handle.cancel()
    assert not handle.running
    assert panel.run(engine_jobs.double, 1) == 2
    assert lines(ran) == ["long"]
    assert not panel.shown


def test_the_job_bar_hears_of_titled_jobs_only(
    queue: JobQueue, panel: Recorder, tmp_path: Path
) -> None:
    heard: list[tuple[str, int]] = []
    fractions = []
    queue.job_started.connect(lambda info: heard.append(("started", info.id)))
    queue.job_finished.connect(lambda info: heard.append(("finished", info.id)))
    queue.job_progress.connect(lambda info, progress: fractions.append(progress.fraction))
    panel.run(engine_jobs.count, 10)
    assert not heard
    titled = panel.jobs.submit("k", engine_jobs.count, 1000, title="Counting", **panel.callbacks)
    assert heard == [("started", titled.info.id)]
    wait_until(lambda: 1000 in panel.results)
    assert heard == [("started", titled.info.id), ("finished", titled.info.id)]
    assert fractions[-1] == 1.0 and fractions == sorted(fractions)
    assert panel.progress[-1].done == 1000

    heard.clear()
    request = engine_jobs.Note(tmp_path / "ran", "long", 60)
    stopped = panel.jobs.submit("k", engine_jobs.note, request, title="Long", **panel.callbacks)
    wait_until(lambda: lines(tmp_path / "ran"))
    queue.cancel(stopped.info.id)
    assert heard == [("started", stopped.info.id), ("finished", stopped.info.id)]
    assert isinstance(panel.errors[-1], Cancelled), "the panel must learn of the user's Stop"
    queue.cancel(stopped.info.id)
    assert len(panel.errors) == 1


def test_arrays_arrive_whole_and_writable(panel: Recorder) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (4, 512, 512, 3), dtype=np.uint8)
    kept = picture.copy()
    inverted = panel.run(engine_jobs.invert, picture)
    assert np.array_equal(inverted, 255 - kept)
    assert np.array_equal(picture, kept), "the engine has its own copy"
    inverted[:] = 0


@pytest.mark.parametrize("way", ["submit", "submit_io"])
def test_parts_arrive_in_order_and_before_the_result(panel: Recorder, way: str) -> None:
    getattr(panel.jobs, way)("parts", engine_jobs.give_parts, 5, **panel.callbacks)
    wait_until(lambda: panel.results)
    assert [list(part) for part in panel.parts] == [[number] * 3 for number in range(5)]
    assert panel.results == ["all given"]


def test_no_part_arrives_after_a_stop(panel: Recorder) -> None:
    job = panel.jobs.submit("parts", engine_jobs.give_parts, -1, **panel.callbacks)
    wait_until(lambda: len(panel.parts) > 3)
    job.cancel()
    count = len(panel.parts)
    assert panel.run(engine_jobs.double, 2) == 4
    assert len(panel.parts) == count


@pytest.mark.parametrize("way", ["submit", "submit_io"])
def test_what_a_closed_panel_submits_never_runs(queue: JobQueue, way: str) -> None:
    closed, other = Recorder(queue, "closed"), Recorder(queue, "other")
    closed.jobs.close()
    job = getattr(closed.jobs, way)("double", engine_jobs.double, 2, **closed.callbacks)
    job.cancel()
    assert not job.running and not queue.busy
    assert other.run(engine_jobs.double, 2) == 4
    assert not closed.results and not closed.errors


def test_user_errors_keep_their_advice(panel: Recorder) -> None:
    error = panel.run(engine_jobs.refuse, "a.png")
    assert type(error) is UserError
    assert (error.message, error.advice) == ("“a.png” is not a picture.", "Choose another file.")


@pytest.mark.parametrize("pool", ["engine", "disk"])
def test_user_errors_keep_what_they_are_made_of(panel: Recorder, pool: str) -> None:
    """So the window can show them in its language."""
    submit = panel.jobs.submit if pool == "engine" else panel.jobs.submit_io
    submit("k", engine_jobs.refuse, "{a}.png", on_error=panel.errors.append)
    wait_until(lambda: panel.errors)
    error = panel.errors[0]
    assert (error.template, error.advice_template, error.values) == (
        "“{path}” is not a picture.",
        "Choose another file.",
        {"path": "{a}.png"},
    )
    assert error.message == "“{a}.png” is not a picture."


def test_other_errors_name_function_panel_and_line(panel: Recorder) -> None:
    panel.jobs.submit("k", engine_jobs.divide_by_zero, None)
    wait_until(lambda: panel.shown)
    error = panel.shown[0]
    assert isinstance(error, JobError)
    assert "engine_jobs.divide_by_zero" in str(error) and "“panel”" in str(error)
    assert "ZeroDivisionError" in str(error)
    assert "return 1 / int" in str(error.__cause__), "the traceback must show the line"


def test_sys_exit_in_a_job_is_an_error_like_others(panel: Recorder) -> None:
    before = panel.run(engine_jobs.process_state, None)["pid"]
    assert "SystemExit" in str(panel.run(engine_jobs.leave, 3))
    assert panel.run(engine_jobs.process_state, None)["pid"] == before


def test_what_cannot_be_pickled_is_refused(panel: Recorder) -> None:
    error = panel.run(lambda request, tools: None, None)
    assert isinstance(error, JobError)
    assert "<lambda>" in str(error) and "“panel”" in str(error) and "pickle" in str(error)
    error = panel.run(engine_jobs.double, threading.Lock())
    assert isinstance(error, JobError) and "lock" in str(error)
    assert "handed back" in str(panel.run(engine_jobs.return_function, None))
    assert panel.run(engine_jobs.double, 1) == 2


def test_tensors_are_refused_with_advice(panel: Recorder) -> None:
    error = panel.run(engine_jobs.return_tensor, None)
    assert "torch.Tensor; pass NumPy arrays" in str(error)


def test_a_function_that_the_engine_cannot_import_is_an_error(
    panel: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "passing_module.py").write_text("def job(request, tools):\n    return 1\n")
    with monkeypatch.context() as here_only:
        here_only.syspath_prepend(str(tmp_path))
        import passing_module

    error = panel.run(passing_module.job, None)
    assert isinstance(error, JobError) and "passing_module" in str(error)


def test_noise_on_the_standard_streams_is_harmless(panel: Recorder) -> None:
    assert panel.run(engine_jobs.be_noisy, "quiet") == "quiet"


def test_a_failing_callback_is_shown_in_its_panel(panel: Recorder) -> None:
    panel.jobs.submit("k", engine_jobs.double, 1, on_result=lambda result: result.nonsense)
    wait_until(lambda: panel.shown)
    assert isinstance(panel.shown[0], AttributeError)


def test_memory_that_runs_out_halves_the_batch_and_is_reported(
    queue: JobQueue, panel: Recorder
) -> None:
    messages: list[str] = []
    queue.message.connect(messages.append)
    assert panel.run(engine_jobs.need_memory, 4) == 4
    assert [text[-2:] for text in messages] == ["8.", "4."]
    error = panel.run(engine_jobs.need_memory, 0)
    assert type(error) is UserError and "too little memory" in str(error)
    assert panel.run(engine_jobs.need_memory, 16) == 16, "the next job starts afresh"


def test_models_stay_loaded_between_jobs(panel: Recorder) -> None:
    assert panel.run(engine_jobs.load_model, "a") == 1
    assert panel.run(engine_jobs.load_model, "a") == 1
    assert panel.run(engine_jobs.load_model, "b") == 2


def test_the_device_becomes_known(queue: JobQueue, panel: Recorder) -> None:
    assert panel.run(engine_jobs.use_device, None) in ("cuda", "mps", "cpu")
    assert queue.device is not None and queue.device.threads >= 1


@pytest.mark.parametrize(
    ("function", "request_", "how"),
    [
        (engine_jobs.exit_at_once, 7, "exit status 7"),
        (engine_jobs.kill_myself, None, "signal 9"),
        (engine_jobs.crash, None, "signal 11"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_dead_engine_costs_one_job(
    own_queue: JobQueue, function: object, request_: object, how: str
) -> None:
    panel = Recorder(own_queue)
    after: list[float] = []
    panel.jobs.submit("bad", function, request_, **panel.callbacks)  # type: ignore[arg-type]
    panel.jobs.submit("good", engine_jobs.double, 4, on_result=after.append)
    wait_until(lambda: after)
    (error,) = panel.errors
    assert isinstance(error, EngineDied)
    assert how in error.message and "started again" in error.advice
    assert f"engine_jobs.{function.__name__}" in error.message, "the culprit is named"  # type: ignore[attr-defined]
    assert after == [8]
    if function is engine_jobs.exit_at_once:
        assert "these are my last words" in str(error.__cause__)
    if function is engine_jobs.crash:
        assert "in crash" in str(error.__cause__), "the crashed function must be named"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_engine_that_died_idle_is_not_noticed(own_queue: JobQueue) -> None:
    panel = Recorder(own_queue)
    for _ in range(5):
        pid = panel.run(engine_jobs.process_state, None)["pid"]
        os.kill(pid, signal.SIGKILL)
        assert panel.run(engine_jobs.process_state, None)["pid"] != pid
    assert not panel.shown and not panel.errors


def test_rest_ends_the_process_and_the_next_job_starts_another(own_queue: JobQueue) -> None:
    panel = Recorder(own_queue)
    assert own_queue.engine_pid is None, "no process before the first job"
    first = panel.run(engine_jobs.process_state, None)["pid"]
    assert own_queue.engine_pid == first
    assert own_queue.rest()
    wait_until(lambda: own_queue.engine_pid is None)
    assert panel.run(engine_jobs.process_state, None)["pid"] != first
    panel.jobs.submit("k", engine_jobs.double, 1, **panel.callbacks)
    assert not own_queue.rest(), "a busy engine does not rest"


def test_a_job_that_ignores_stop_loses_its_process(
    own_queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "PATIENCE_MS", 100)
    panel = Recorder(own_queue)
    ran = tmp_path / "ran"
    deaf = panel.jobs.submit("k", engine_jobs.deaf, engine_jobs.Note(ran, "deaf", 60))
    wait_until(lambda: lines(ran))
    own_queue.cancel(deaf.info.id)
    assert panel.run(engine_jobs.double, 1) == 2
    assert not panel.shown


def test_a_job_that_hangs_unseen_is_shown_and_stop_frees_the_engine(
    own_queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "PATIENCE_MS", 100)
    monkeypatch.setattr(queue_module, "SLOW", 0.2)
    own_queue.findChild(QTimer).setInterval(50)
    panel, other = Recorder(own_queue), Recorder(own_queue, "other")
    shown: list[JobInfo] = []
    ended: list[int] = []
    messages: list[str] = []
    own_queue.job_started.connect(shown.append)
    own_queue.job_finished.connect(lambda info: ended.append(info.id))
    own_queue.message.connect(messages.append)
    request = engine_jobs.Note(tmp_path / "ran", "hung", 60)
    first = panel.jobs.submit("slider", engine_jobs.deaf, request)
    wait_until(lambda: shown)
    assert (shown[0].id, shown[0].panel_id) == (first.info.id, "panel")
    assert "panel" in shown[0].title

    newer = panel.jobs.submit("slider", engine_jobs.double, 1, **panel.callbacks)
    waiting = other.jobs.submit("k", engine_jobs.double, 4, **other.callbacks)
    assert ended == [first.info.id], "what was replaced is not shown any more"
    wait_until(lambda: len(shown) == 3)
    own_queue.cancel(newer.info.id)
    wait_until(lambda: other.results)
    assert other.results == [8]
    assert any("engine_jobs.deaf did not stop" in text for text in messages)
    assert sorted(ended) == [first.info.id, newer.info.id, waiting.info.id]


def test_a_job_without_torch_does_not_import_it(own_queue: JobQueue) -> None:
    panel = Recorder(own_queue)
    assert panel.run(engine_jobs.process_state, None)["torch"] is False
    known: list[object] = []
    own_queue.device_known.connect(known.append)
    own_queue.warm_up()
    assert panel.run(engine_jobs.process_state, None)["torch"] is True
    assert known == [own_queue.device]


STUDIO = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from tests.engine import engine_jobs
from kirara_studio.engine.queue import JobQueue

application = QCoreApplication([])
queue = JobQueue(Path(sys.argv[1]))
panel = queue.for_panel("panel", print)
panel.submit("k", engine_jobs.process_state, None,
             on_result=lambda state: print(state["pid"], flush=True))
if sys.argv[2] == "busy":
    note = engine_jobs.Note(Path(sys.argv[1]) / "ran", "x", 60)
    panel.submit("b", engine_jobs.deaf, note)
application.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("state", ["idle", "busy"])
def test_the_engine_ends_when_the_studio_is_killed(state: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    studio = subprocess.Popen(
        [sys.executable, "-c", STUDIO, str(tmp_path), state],
        stdout=subprocess.PIPE,
        env=environment,
    )
    with studio:
        assert studio.stdout is not None
        engine = psutil.Process(int(studio.stdout.readline()))
        if state == "busy":
            wait_until(lambda: lines(tmp_path / "ran"))
        studio.kill()
    wait_until(lambda: has_ended(engine), 5)


# Network and disk work


def test_io_jobs_have_the_same_semantics(panel: Recorder, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for number in range(50):
        request = engine_jobs.Note(ran, str(number), seconds=0.2)
        panel.jobs.submit_io("save", engine_jobs.note, request, **panel.callbacks)
        if number == 0:
            wait_until(lambda: lines(ran))
    wait_until(lambda: panel.results)
    assert lines(ran) == ["0", "49"]
    assert panel.results == ["49"]
    assert panel.progress


def test_io_jobs_run_beside_each_other_and_beside_the_engine(
    panel: Recorder, tmp_path: Path
) -> None:
    started = time.monotonic()
    for key in "abcd":
        request = engine_jobs.Note(tmp_path / key, key, seconds=0.3)
        panel.jobs.submit_io(key, engine_jobs.deaf, request, **panel.callbacks)
    wait_until(lambda: len(panel.results) == 4)
    assert time.monotonic() - started < 1.0


def test_a_job_in_the_background_runs_beside_the_engine(
    own_queue: JobQueue, tmp_path: Path
) -> None:
    panel, infos = Recorder(own_queue), []
    own_queue.job_started.connect(infos.append)
    ran = tmp_path / "ran"
    for number in range(2):  # one after the other
        request = engine_jobs.Note(ran, str(number), seconds=60)
        panel.jobs.submit(f"long {number}", engine_jobs.note, request, title="Long",
                          background=True, **panel.callbacks)  # fmt: skip
    wait_until(lambda: lines(ran))
    panel.jobs.submit("short", engine_jobs.process_state, None, **panel.callbacks)
    wait_until(lambda: panel.results)
    assert lines(ran) == ["0"] and not panel.errors and not own_queue.rest()
    assert panel.results[0]["pid"] == own_queue.engine_pid
    for info in infos:
        own_queue.cancel(info.id)
    wait_until(lambda: not own_queue.busy)
    assert [type(error) for error in panel.errors] == [Cancelled, Cancelled]
    again = panel.jobs.submit("again", engine_jobs.process_state, None, background=True,
                              **panel.callbacks)  # fmt: skip
    wait_until(lambda: len(panel.results) == 2)
    assert panel.results[1]["pid"] != own_queue.engine_pid and not again.running


def test_a_dead_engine_in_the_background_costs_its_job_only(own_queue: JobQueue) -> None:
    panel = Recorder(own_queue)
    panel.jobs.submit("a", engine_jobs.kill_myself, None, background=True, **panel.callbacks)
    panel.jobs.submit("b", engine_jobs.double, 2, **panel.callbacks)
    wait_until(lambda: panel.results and panel.errors)
    assert panel.results == [4] and isinstance(panel.errors[0], EngineDied)


def test_io_jobs_report_errors_and_have_no_device(panel: Recorder) -> None:
    panel.jobs.submit_io("a", engine_jobs.refuse, "b.png")
    wait_until(lambda: panel.shown)
    assert isinstance(panel.shown.pop(), UserError)
    panel.jobs.submit_io("a", engine_jobs.use_device, None)
    wait_until(lambda: panel.shown)
    assert "use submit() to compute" in str(panel.shown[0])


def test_io_jobs_need_not_be_pickled(panel: Recorder) -> None:
    def job(request: threading.Lock, tools: JobTools) -> threading.Lock:
        return request

    lock = threading.Lock()
    panel.jobs.submit_io("a", job, lock, **panel.callbacks)
    wait_until(lambda: panel.results)
    assert panel.results == [lock]


def test_nothing_is_called_back_after_shutdown(own_queue: JobQueue, tmp_path: Path) -> None:
    panel = Recorder(own_queue)
    panel.run(engine_jobs.double, 1)
    panel.results.clear()
    note = engine_jobs.Note(tmp_path / "ran", "x", 0.1)
    panel.jobs.submit("a", engine_jobs.note, note, **panel.callbacks)
    panel.jobs.submit_io("a", engine_jobs.note, note, **panel.callbacks)
    own_queue.shutdown()
    over = []
    QTimer.singleShot(300, lambda: over.append(True))
    wait_until(lambda: over)
    assert not panel.results and not panel.errors
    assert own_queue.engine_pid is None
    with pytest.raises(RuntimeError, match="shutting down"):
        panel.jobs.submit("a", engine_jobs.double, 1)


def test_torch_never_comes_into_the_ui_process(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from tests.engine import engine_jobs
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.training import TrainingService

application = QCoreApplication([])
queue = JobQueue(Path(sys.argv[1]))
service = TrainingService()
panel = queue.for_panel("panel", print)
panel.submit("t", engine_jobs.return_tensor, None, on_error=lambda error: None)
panel.submit("m", engine_jobs.need_memory, 8,
             on_result=lambda batch: application.exit(10 * batch + ("torch" in sys.modules)))
status = application.exec()
queue.shutdown()
sys.exit(status)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=environment, timeout=60)
    assert ended.returncode == 80
