"""What the tests of the panel share: a context with a real queue of jobs, and real voices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint

from kirara_speech import kirara_panels
from kirara_speech.panel import SpeechPanel
from kirara_speech.project.script import Line, Script
from kirara_speech.settings import PAGE
from kirara_speech.view.phrase_layout import Hit
from kirara_studio.engine.queue import JobQueue
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore
from tests.plugins.panel_studio import PanelStudio, panels_of, wait_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu


class Context(PanelStudio):
    """The studio of this panel."""

    def __init__(self, queue: JobQueue, folder: Path) -> None:
        super().__init__(kirara_panels()[0], queue, folder)
        self.settings = SettingsStore(
            folder / "settings.toml", Secrets(folder / "secrets.json")
        ).page(PAGE)


OpenPanel = Callable[[], SpeechPanel]


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path) -> Context:
    return Context(queue, tmp_path)


@pytest.fixture
def open_panel(context: Context) -> Iterator[OpenPanel]:
    with panels_of(context, lambda: SpeechPanel(context)) as open_it:  # type: ignore[arg-type]
        yield open_it


@pytest.fixture
def panel(open_panel: OpenPanel) -> SpeechPanel:
    """The panel as it is opened for the first time."""
    return open_panel()


def texts(panel: SpeechPanel) -> list[str]:
    return [line.text for line in panel.session.script.lines]


def show(panel: SpeechPanel, *lines: str | Line) -> None:
    """Show these lines, the first in front, as if they had been there from the start."""
    made = tuple(Line(line) if isinstance(line, str) else line for line in lines)
    panel.session.document.replace(Script(made).at(0))
    panel.undo_stack.clear()


def read(panel: SpeechPanel) -> None:
    """Wait until the line in front is read."""
    wait_for(lambda: panel.workspace.phrases.view.edits.phrases)


def place_of(panel: SpeechPanel, hit: Hit) -> QPoint:
    """A point of the phrases' picture at which there is ``hit``."""
    view = panel.workspace.phrases.view
    layout = view.layout_now
    for y in range(0, view.viewport().height(), 3):
        for x in range(0, view.viewport().width(), 2):
            if layout.hit(x, y) == hit:
                return QPoint(x + 1, y + 1)
    raise AssertionError(f"{hit} is nowhere")


def entry(menu: QMenu, text: str) -> None:
    """Choose an entry of a menu."""
    for action in menu.actions():
        if action.text().split("\t")[0] == text:
            assert action.isEnabled(), text
            action.trigger()
            return
    raise AssertionError(f"no “{text}” among {[a.text() for a in menu.actions()]}")
