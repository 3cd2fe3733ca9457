"""One engine process for all tests that do not kill it: importing torch takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from kirara_studio.engine.queue import JobQueue
from tests.engine.recorder import Recorder


@pytest.fixture(scope="session")
def application() -> QCoreApplication:
    """Qt's event loop. Other folders' tests may have made a QApplication already."""
    existing = QCoreApplication.instance()
    if existing is None:
        from PySide6.QtWidgets import QApplication

        existing = QApplication(["tests", "-platform", "offscreen"])
    return existing


@pytest.fixture(scope="session")
def queue(
    application: QCoreApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JobQueue]:
    """A queue whose engine is shared by the tests."""
    queue = JobQueue(tmp_path_factory.mktemp("cache"))
    yield queue
    queue.shutdown()


@pytest.fixture
def panel(queue: JobQueue) -> Recorder:
    return Recorder(queue)


@pytest.fixture
def own_queue(application: QCoreApplication, tmp_path: Path) -> Iterator[JobQueue]:
    """A queue with an engine of its own, for tests that treat it badly."""
    queue = JobQueue(tmp_path / "cache")
    yield queue
    queue.shutdown()
    # Else it would be collected as garbage some time, in whichever thread, and Qt would still
    # find its timers in this one.
    queue.deleteLater()
    QCoreApplication.sendPostedEvents(queue, QEvent.Type.DeferredDelete)
