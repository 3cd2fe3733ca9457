"""A training run as a panel follows it, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kirara_studio.api.learning.schedule import LEFT
from kirara_studio.api.widgets import TrainingTask, TrainingView
from kirara_studio.api.widgets.layouts import column

from .conftest import Heard


class Run:
    """A run that does what it is asked at once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state, self.stopping = folder, "running", False
        self.waiting = self.ended = self.interrupted = False

    def pause(self) -> None:
        self.state = "paused"

    def resume(self) -> None:
        self.state = "running"

    def start_now(self) -> None:
        self.state = "starting"

    def stop(self) -> None:
        self.stopping = True

    def end_now(self) -> None:
        self.ended = True


class Training:
    """Starts runs that do nothing by themselves; refuses a request marked so."""

    def start(self, trainer: str, request: Mapping[str, Any], folder: Path, **_: Any) -> Run:
        if request.get("refuse"):
            raise ValueError("no")
        folder.mkdir(parents=True)
        return Run(folder)

    def attach(self, folder: Path, **_: Any) -> Run:
        return Run(folder)


@pytest.fixture
def context(tmp_path: Path) -> Any:
    errors: list[BaseException] = []
    return SimpleNamespace(
        data_folder=tmp_path, training=Training(), show_error=errors.append, errors=errors
    )


@pytest.fixture
def task(context: Any) -> TrainingTask:
    return TrainingTask(context, "tests:train", ("loss",))


def progress(step: int, total: int, **metrics: float) -> dict[str, Any]:
    return {"event": "progress", "step": step, "total": total, "metrics": metrics}


def test_a_run_is_started_followed_paused_and_stopped(task: TrainingTask, tmp_path: Path) -> None:
    ended = Heard(task.ended)
    assert task.start_run({}, "my data") and task.running and task.share is None
    assert task.run is not None and task.run.folder.parent == tmp_path / "training"
    for step in (10, 20, 30, 20, 40):
        task.take_event(progress(step, 80, loss=step / 10))
    assert [x for x, _ in task.curves["loss"]] == [10, 20, 40], "it went back to a checkpoint"
    assert task.share == 0.5 and task.figures["loss"] == 4
    task.toggle_pause()
    assert task.state == "paused" and task.resumable
    task.toggle_pause()
    task.stop()
    assert task.stopping
    task.toggle_pause()
    assert task.state == "running", "a run that stops is left alone"
    task.take_event({"event": "stopped"})
    assert len(ended) == 1 and not task.problem


def test_a_failure_is_reported_until_it_goes_on(task: TrainingTask) -> None:
    task.start_run({}, "x")
    task.take_event({"event": "failed", "message": "The disk is full.", "advice": "Make room."})
    assert task.problem == task.notes[-1] == "The disk is full. Make room."
    task.take_event({"event": "resumed"})
    assert not task.problem


def test_a_run_that_cannot_start_is_an_error(task: TrainingTask, context: Any) -> None:
    assert not task.start_run({"refuse": True}, "x")
    assert str(context.errors[0]) == "no" and task.run is None


def test_the_newest_run_is_found_once(task: TrainingTask, tmp_path: Path) -> None:
    (tmp_path / "training" / "old").mkdir(parents=True)
    task.attach()
    assert task.run is not None and task.run.folder.name == "old"
    run = task.run
    task.attach()
    assert task.run is run


def test_the_view_shows_the_run(
    task: TrainingTask, show: Callable[..., Any], tmp_path: Path
) -> None:
    view = show(TrainingView(task), 400, 400)
    view.retranslate()
    assert not view.pause_button.isEnabled()
    task.start_run({}, "x")
    assert task.run is not None
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor(200, 30, 60))
    picture.save(str(task.run.folder / "0000010-frames.png"))
    task.take_event(progress(10, 40, loss=1.0))
    task.take_event({"event": "preview", "path": "0000010-frames.png"})
    QTest.qWait(150)
    assert view.status.text() == "Training" and view.bar.value() == 250
    assert view.preview.image.pixelColor(4, 4) == QColor(200, 30, 60)
    assert task.previews_of("frames") == task.previews and task.previews_of("other") == []
    view.preview.grab()
    view.pause_button.click()
    assert view.status.text() == "Paused" and view.pause_button.text() == "Resume"


def test_earlier_previews_are_looked_at_with_a_slider(
    task: TrainingTask, show: Callable[..., Any]
) -> None:
    view = show(QWidget(), 400, 400)
    training = TrainingView(task)
    view.setLayout(column(training, training.moments))
    task.start_run({}, "x")

    def arrive(step: int) -> None:
        assert task.run is not None
        picture = QImage(8, 8, QImage.Format.Format_RGB32)
        picture.fill(QColor(step, 0, 0))
        picture.save(str(task.run.folder / f"{step:07d}-frames.png"))
        task.take_event({"event": "preview", "path": f"{step:07d}-frames.png"})
        QTest.qWait(150)

    def shown() -> int:
        return training.preview.image.pixelColor(4, 4).red()

    arrive(10)
    assert shown() == 10 and not training.moments.isVisible()
    arrive(20)
    assert shown() == 20 and training.moments.isVisible() and training.moments.text() == "2 / 2"
    QTest.keyClick(training.moments, Qt.Key.Key_Left)
    assert shown() == 10
    arrive(30)
    assert shown() == 10 and training.moments.text() == "1 / 3", "it stays where the user looks"
    QTest.keyClick(training.moments, Qt.Key.Key_End)
    arrive(40)
    assert shown() == 40, "the newest is followed again"
    arrive(20)  # the run went back to an earlier checkpoint
    assert training.moments.text() == "4 / 4" and shown() == 20


@pytest.mark.parametrize("compact", [False, True])
def test_a_run_without_time_says_so_and_can_be_ended(
    task: TrainingTask, show: Callable[..., Any], compact: bool
) -> None:
    view = show(TrainingView(task, compact=compact), 400, 400)
    view.retranslate()
    task.start_run({}, "x")
    shown = view.detail if compact else view.status
    assert isinstance(task.run, Run)
    task.run.state = "starting"
    task.changed.emit()
    assert shown.text() == "Starting…" and not view.end_button.isVisible()
    task.run.waiting = True
    QTest.qWait(1200)  # nothing is reported, and yet it is seen
    assert shown.text() == "Waiting for the processor…"
    task.stop()
    assert shown.text() == "Stopping…" and view.end_button.isVisible()
    assert view.end_button.text() == "End now" and "checkpoint" in view.end_button.toolTip()
    view.end_button.click()
    assert task.run.ended
    task.run.stopping, task.run.state = False, "stopped"
    task.take_event({"event": "stopped"})
    QTest.qWait(150)
    assert not view.end_button.isVisible()


def test_a_queued_run_says_so_and_can_be_started_now(
    task: TrainingTask, show: Callable[..., Any]
) -> None:
    view = show(TrainingView(task), 400, 400)
    view.retranslate()
    task.start_run({}, "x")
    assert isinstance(task.run, Run)
    task.run.state = "queued"
    task.changed.emit()
    assert task.running and view.status.text() == "Waiting for the run before it"
    assert view.bar.maximum() == 1000 and not view.pause_button.isEnabled()
    view.start_button.click()
    assert task.state == "starting" and not view.start_button.isVisible()


def test_an_interrupted_run_says_so_and_can_be_resumed(
    task: TrainingTask, show: Callable[..., Any]
) -> None:
    view = show(TrainingView(task), 400, 400)
    view.retranslate()
    task.start_run({}, "x")
    assert isinstance(task.run, Run)
    task.run.state, task.run.interrupted = "failed", True
    task.changed.emit()
    assert view.status.text() == "Interrupted; it can be resumed"
    view.pause_button.click()
    assert task.state == "running"


def test_the_view_says_when_the_run_ends(task: TrainingTask, show: Callable[..., Any]) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    view = show(TrainingView(task), 400, 400)
    view.retranslate()
    task.start_run({}, "x")
    assert task.seconds_left is None and view.end_text() == ""
    for seconds, words in (
        (30.0, "Less than a minute left"),
        (600.0, "10 min left, until about "),
        (3600.0 * 50 + 600, "50 h 10 min left, until about "),
    ):
        task.take_event(progress(1, 2, **{LEFT: seconds}))
        assert view.end_text().startswith(words)
    end = QDateTime.currentDateTime().addSecs(3600 * 50 + 600)
    assert view.end_text().endswith(QLocale().toString(end, QLocale.FormatType.ShortFormat))
    task.changed.emit()
    assert view.detail.text() == view.end_text()
    task.toggle_pause()
    assert view.end_text() == "", "it is not known how long the pause will be"
