"""What the tests of the panel share: a context with a real queue of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from kirara_paintings import kirara_panels
from kirara_paintings.panel import PaintingsPanel
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.training import TrainingService
from tests.plugins.panel_studio import LEFT, PLAIN, PanelStudio, panels_of, wait_for

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF, Qt


class Context(PanelStudio):
    """The studio of this panel."""

    def __init__(self, queue: JobQueue, folder: Path) -> None:
        super().__init__(kirara_panels()[0], queue, folder)
        self.training = TrainingService()


OpenPanel = Callable[[], PaintingsPanel]


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path) -> Context:
    return Context(queue, tmp_path / "home")


@pytest.fixture
def open_panel(context: Context) -> Iterator[OpenPanel]:
    with panels_of(context, lambda: PaintingsPanel(context)) as open_it:  # type: ignore[arg-type]
        yield open_it


@pytest.fixture
def panel(open_panel: OpenPanel) -> PaintingsPanel:
    """The panel as it is opened for the first time: empty."""
    return open_panel()


@pytest.fixture
def sampled(panel: PaintingsPanel) -> PaintingsPanel:
    """The panel with its samples, all of them classified."""
    panel.session.add_samples()
    wait_for(lambda: len(panel.session.collection) == 12 and is_quiet(panel))
    return panel


def is_quiet(panel: PaintingsPanel) -> bool:
    """True if no job runs and all results are shown."""
    return not panel.busy and not panel.session.classification.busy


def click(panel: PaintingsPanel, number: int, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Click a picture of the gallery."""
    gallery = panel.gallery
    gallery.go_to(number)
    place = gallery.visualRect(gallery.cells.index_of(number)).center()
    QTest.mouseClick(gallery.viewport(), LEFT, modifier, place)


def centre(panel: PaintingsPanel, style: str) -> QPointF:
    """The middle of a heading of the gallery."""
    names = [group.name for group in panel.gallery.groups]
    return panel.gallery.heading(names.index(style)).center()
