"""What the tests of the panel share: a context with a real queue of jobs, and small clips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kirara_foresight import kirara_panels
from kirara_foresight.panel import ForesightPanel
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.training import TrainingService
from tests.plugins.panel_studio import PanelStudio, panels_of, wait_for

BUNDLED = "kirara_studio.api.model_library.resource_folder"
"""Where the library of models looks for those that come with the studio."""


class Context(PanelStudio):
    """The studio of this panel."""

    def __init__(self, queue: JobQueue, folder: Path) -> None:
        super().__init__(kirara_panels()[0], queue, folder)
        self.training = TrainingService()


OpenPanel = Callable[[], ForesightPanel]


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    """A studio that comes without networks, so that what users bring can be distinguished."""
    monkeypatch.setattr(BUNDLED, lambda: tmp_path / "nothing")
    return Context(queue, tmp_path)


@pytest.fixture
def open_panel(context: Context) -> Iterator[OpenPanel]:
    with panels_of(context, lambda: ForesightPanel(context)) as open_it:  # type: ignore[arg-type]
        yield open_it


@pytest.fixture
def panel(open_panel: OpenPanel) -> ForesightPanel:
    """The panel as it is opened for the first time, with the forecasts of its first sample."""
    panel = open_panel()
    wait_for(lambda: has_forecast(panel))
    return panel


def has_forecast(panel: ForesightPanel) -> bool:
    """True where what is shown is what the setting asks for."""
    result = panel.session.result
    return (
        not panel.busy
        and result is not None
        and (result.request.clip, result.request.start)
        == (panel.session.setting.clip, panel.session.setting.start)
    )
