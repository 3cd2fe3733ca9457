"""A model that is dropped anywhere goes to the panel whose plugin recognises it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from kirara_studio.api.models import Checkpoint, ModelCard
from kirara_studio.testing import wait_for
from tests.ui.conftest import MakeStudio, Studio, found_plugin, process_events

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOUSE, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


@pytest.fixture
def shown(studio: Studio) -> Studio:
    studio.window.show()
    process_events()
    return studio


def model(folder: Path, content: str, name: str = "a.model") -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def drop(target: QWidget, *paths: Path) -> bool:
    """Drop files in the middle of a widget, as the window system would; False if it is refused."""
    window = target.window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = target.mapTo(window, QRect(0, 0, target.width(), target.height()).center())
    handle = window.windowHandle()
    enter = QDragEnterEvent(middle, COPY, data, MOUSE, NO_KEYS)
    QCoreApplication.sendEvent(handle, enter)
    event = QDropEvent(QPointF(middle), COPY, data, MOUSE, NO_KEYS)
    QCoreApplication.sendEvent(handle, event)
    return enter.isAccepted() and event.isAccepted()


def opened(studio: Studio, panel_id: str) -> list[str]:
    widget = studio.window.host(panel_id).widget
    return list(getattr(widget, "opened", []))


def wait_until_opened(studio: Studio, panel_id: str, *names: str) -> None:
    wait_for(lambda: opened(studio, panel_id) == list(names), 60)


def test_on_the_navigation(shown: Studio, tmp_path: Path) -> None:
    assert drop(shown.window.rail, model(tmp_path, "second"))
    wait_until_opened(shown, "sample.second", "a.model")
    assert shown.window.current_panel == "sample.second"
    assert opened(shown, "sample") == []


def test_on_another_panel(shown: Studio, tmp_path: Path) -> None:
    panel = shown.opened("sample.second")
    both = [model(tmp_path, "first"), model(tmp_path, "first too", "b.model")]
    assert drop(panel, *both)
    wait_until_opened(shown, "sample", "a.model", "b.model")
    assert shown.window.current_panel == "sample" and panel.opened == []


def test_on_a_panel_in_a_window_of_its_own(shown: Studio, tmp_path: Path) -> None:
    panel = shown.opened("sample")
    shown.window.detach("sample")
    process_events()
    assert drop(panel, model(tmp_path, "either"))
    wait_until_opened(shown, "sample", "a.model")


def test_several_panels_would_take_it(shown: Studio, tmp_path: Path) -> None:
    assert drop(shown.window.rail, model(tmp_path, "either"))
    wait_until_opened(shown, "sample", "a.model")
    panel = shown.opened("sample.second")
    assert drop(panel, model(tmp_path, "either", "b.model"))
    wait_until_opened(shown, "sample.second", "b.model")


def test_by_the_card_of_weights(shown: Studio, tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    Checkpoint(ModelCard("first-network"), {"w": torch.zeros(1)}).save(path)
    shown.opened("sample.second")
    shown.window.model_files.open([path])
    wait_until_opened(shown, "sample", "a.safetensors")


@pytest.mark.parametrize("content", ["something else", ""])
def test_nobody_recognises_it(shown: Studio, tmp_path: Path, content: str) -> None:
    path = model(tmp_path, content)
    assert drop(shown.window.rail, path)
    wait_for(lambda: bool(shown.window.banners.banners), 60)
    (banner,) = shown.window.banners.banners
    assert "“a.model”" in banner.message and "First, Second" in banner.advice
    # Dropped on a panel, it is for that panel, which may have more to say of it.
    panel = shown.opened("sample.second")
    assert drop(panel, path)
    wait_until_opened(shown, "sample.second", "a.model")


def test_other_files_are_left_to_the_panel(shown: Studio, tmp_path: Path) -> None:
    picture = model(tmp_path, "a picture", "a.png")
    assert not drop(shown.window.rail, picture)
    assert not drop(shown.window.rail, picture, model(tmp_path, "first"))
    process_events()
    assert not shown.jobs.busy


def test_no_plugin_has_formats(make_studio: MakeStudio, tmp_path: Path) -> None:
    studio = make_studio(found_plugin("faulty", "kirara_faulty"))
    studio.appearance.choose("language", "en")
    studio.window.show()
    studio.window.model_files.open([model(tmp_path, "first")])
    wait_for(lambda: bool(studio.window.banners.banners), 60)
    assert "“a.model”" in studio.window.banners.banners[0].message
