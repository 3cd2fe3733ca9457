"""The list of runs of a panel, with the studio's own training service and real children."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QUndoStack
from PySide6.QtTest import QTest

from kirara_studio.api.files import TRASH
from kirara_studio.api.widgets import TrainingRuns, TrainingTask
from kirara_studio.engine import training as training_module
from kirara_studio.engine.training import TrainingService
from kirara_studio.testing import wait_for
from tests.engine.test_training_service import COUNTER, LONG, end_child

from .conftest import Heard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

QUICK = {"steps": 20}


class Context:
    """What a task needs of a panel's context."""

    def __init__(self, folder: Path) -> None:
        self.data_folder = folder
        self.training = TrainingService(data=folder.parent)
        self.errors: list[BaseException] = []
        self.messages: list[str] = []
        self.show_error, self.show_message = self.errors.append, self.messages.append


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    QLocale.setDefault(QLocale("en_US"))
    monkeypatch.setattr(training_module, "POLL_MS", 20)
    yield Context(tmp_path / "plugin")
    for folder in tmp_path.glob("*/training/*"):
        end_child(folder)


@pytest.fixture
def task(context: Any) -> TrainingTask:
    return TrainingTask(context, COUNTER, ("loss",))


@pytest.fixture
def stack() -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def runs(task: TrainingTask, stack: QUndoStack, show: Callable[..., Any]) -> TrainingRuns:
    widget: TrainingRuns = show(TrainingRuns(task, stack), 280, 400)
    return widget


def train(task: TrainingTask, name: str) -> Path:
    """A run that has finished."""
    assert task.start_run(QUICK, name) and task.run is not None
    run = task.run
    wait_for(lambda: run.state == "finished" and not run.alive)  # type: ignore[attr-defined]
    return run.folder


def rows(runs: TrainingRuns) -> list[tuple[str, str]]:
    """The accessible name and description of each row, as a screen reader gets them."""
    runs.refresh()
    model = runs.list.model()
    roles = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole
    indices = [model.index(row, 0) for row in range(model.rowCount())]
    return [(index.data(roles[0]), index.data(roles[1])) for index in indices]


def click(runs: TrainingRuns, row: int) -> None:
    place = runs.list.visualRect(runs.list.model().index(row, 0)).center()
    QTest.mouseClick(runs.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def entries(runs: TrainingRuns) -> dict[str, bool]:
    """The texts of the menu, and whether they can be chosen."""
    runs.menu.aboutToShow.emit()
    return {one.text(): one.isEnabled() for one in runs.menu.actions() if one.text()}


def choose(runs: TrainingRuns, text: str) -> None:
    runs.menu.aboutToShow.emit()
    next(one for one in runs.menu.actions() if one.text() == text).trigger()


def test_runs_are_listed_and_the_picked_one_is_followed(
    task: TrainingTask, runs: TrainingRuns
) -> None:
    assert rows(runs) == [] and not runs.actions_button.isVisible()
    first = train(task, "first")
    train(task, "second")
    task.start_run(LONG, "third")
    wait_for(lambda: task.state == "running" and "step" in task.figures)
    task.start_run(LONG, "fourth")
    found = rows(runs)
    assert [name for name, _ in found] == ["fourth-1", "third-1", "second-1", "first-1"]
    assert found[0][1] == "Queued: number 1"
    assert found[1][1].startswith("Training · 0 % · ") and found[2][1].startswith("Finished · ")
    assert runs.list.accessibleName() == "Training runs"

    click(runs, 3)
    assert task.run is not None and task.run.folder == first
    wait_for(lambda: task.figures.get("step") == 20 and bool(task.curves["loss"]))
    assert runs.list.shown is not None and runs.list.shown.name == "first-1"
    QTest.keyClick(runs.list, Qt.Key.Key_Up)
    QTest.keyClick(runs.list, Qt.Key.Key_Up)
    QTest.keyClick(runs.list, Qt.Key.Key_Space)
    assert task.state == "running", "the third one, by the keyboard"
    QTest.qWait(100)
    assert task.figures.get("total") == LONG["steps"], "events of the first one are not mixed in"
    runs.list.viewport().grab()


def test_what_can_be_done_depends_on_the_state(task: TrainingTask, runs: TrainingRuns) -> None:
    task.start_run(LONG, "long")
    wait_for(lambda: task.state == "running")
    long = task.run
    assert long is not None
    runs.refresh()
    found = entries(runs)
    assert "Pause" in found and "Stop" in found and not found["Delete"]
    assert not found["Use this model now"], "it has no checkpoint of a network"
    choose(runs, "Pause")
    wait_for(lambda: task.state == "paused")
    runs.refresh()
    assert "Resume" in entries(runs)
    task.start_run(QUICK, "next")
    runs.refresh()
    assert not entries(runs)["Delete"]
    QTest.keyClick(runs.list, Qt.Key.Key_Delete)
    assert task.run is not None and task.run.folder.exists(), "a queued run is not deleted"
    choose(runs, "Leave the queue")
    runs.refresh()
    assert task.state == "stopped" and entries(runs)["Delete"]
    choose(runs, "Resume")
    assert task.queued
    runs.refresh()
    choose(runs, "Start now, beside the other run")
    wait_for(lambda: task.state == "finished")
    long.stop()
    wait_for(lambda: long.state == "stopped")


def test_the_copied_command_goes_on_with_the_run(
    task: TrainingTask, runs: TrainingRuns, context: Any, repository: Path, tmp_path: Path
) -> None:
    task.start_run({"steps": 200, "pause": 0.02}, "my girls")
    wait_for(lambda: "step" in task.figures)
    task.stop()
    wait_for(lambda: task.state == "stopped")
    runs.refresh()
    choose(runs, "Copy its command line")
    words = shlex.split(QGuiApplication.clipboard().text())
    assert words[:2] == ["kirara-studio", "train"] and words[2] in context.messages[-1]
    done = subprocess.run(
        [sys.executable, "-m", "kirara_studio", *words[1:]],
        cwd=repository,
        env=os.environ | {"KIRARA_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    begun = next(event["text"] for event in events if event["event"] == "message")
    assert begun.startswith("begins at ") and begun != "begins at 0"
    assert events[-1]["event"] == "finished"
    wait_for(lambda: task.state == "finished")


def test_a_run_is_renamed(task: TrainingTask, runs: TrainingRuns) -> None:
    folder = train(task, "first")
    runs.refresh()
    runs.rename("My girls <3")
    assert rows(runs)[0][0] == "My girls <3" and folder.exists()


def test_a_deleted_run_comes_back_with_undo(
    task: TrainingTask, runs: TrainingRuns, stack: QUndoStack, context: Any
) -> None:
    first, second = train(task, "first"), train(task, "second")
    runs.refresh()
    used = Heard(runs.use_requested)
    (second / "checkpoint.safetensors").write_bytes(b"weights")
    choose(runs, "Use this model now")
    assert len(used) == 1
    QTest.keyClick(runs.list, Qt.Key.Key_Down)
    QTest.keyClick(runs.list, Qt.Key.Key_Up)
    QTest.keyClick(runs.list, Qt.Key.Key_Delete)
    assert not second.exists() and [name for name, _ in rows(runs)] == ["first-1"]
    assert task.run is not None and task.run.folder == first
    assert context.messages == ["Deleted: second-1. Ctrl+Z brings it back."]
    assert (first.parent / TRASH / "second-1" / "run.json").exists()
    assert stack.undoText() == "Delete “second-1”"
    stack.undo()
    assert (second / "checkpoint.safetensors").read_bytes() == b"weights"
    assert len(rows(runs)) == 2
    stack.redo()
    assert not second.exists()
    second.mkdir()  # another run of that name began meanwhile
    stack.undo()
    assert "second-1" in str(context.errors[-1]) and (first.parent / TRASH / "second-1").exists()


def test_a_preview_is_the_picture_of_its_row(
    task: TrainingTask, runs: TrainingRuns, application: QApplication
) -> None:
    folder = train(task, "first")
    picture = QImage(32, 16, QImage.Format.Format_RGB32)
    picture.fill(QColor(200, 30, 60))
    picture.save(str(folder / "1.png"))
    with (folder / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"event": "preview", "time": 1, "path": "1.png"}\n')
        file.write('{"event": "preview", "time": 1, "path": "2.wav"}\n')
    runs.refresh()
    shown = runs.list.viewport().grab().toImage()
    assert shown.pixelColor(30, 30) == QColor(200, 30, 60)
