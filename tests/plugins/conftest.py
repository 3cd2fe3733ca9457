"""What the tests of all panels share: an application and a real queue of jobs."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from kirara_studio.engine.queue import JobQueue


@pytest.fixture(scope="session")
def application() -> QApplication:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    return app


@pytest.fixture(scope="session")
def queue(
    application: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JobQueue]:
    queue = JobQueue(tmp_path_factory.mktemp("cache"))
    yield queue
    queue.shutdown()
