"""A panel gives files to another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kirara_studio.api.panel import TRAINING
from kirara_studio.testing import wait_for
from tests.ui.conftest import MakeStudio, Studio, found_plugin, process_events

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def widget(studio: Studio, panel_id: str) -> Any:
    """The widget of a panel that is made already."""
    return studio.window.host(panel_id).widget


@pytest.fixture
def shown(studio: Studio) -> Studio:
    studio.window.show()
    process_events()
    return studio


def test_the_other_panel_is_shown_and_gets_them(shown: Studio, tmp_path: Path) -> None:
    context = shown.opened("sample").context
    assert [panel.id for panel in context.panels] == ["sample", "sample.second"]
    context.give_files("sample.second", (tmp_path / "a.png", tmp_path / "b.png"))
    assert shown.window.current_panel == "sample.second"
    assert widget(shown, "sample.second").opened == ["a.png", "b.png"]
    assert widget(shown, "sample").opened == []


def test_a_panel_that_is_open_keeps_its_widget(shown: Studio, tmp_path: Path) -> None:
    second, first = shown.opened("sample.second"), shown.opened("sample")
    first.context.give_files("sample.second", [tmp_path / "a.png"])
    assert widget(shown, "sample.second") is second and second.opened == ["a.png"]


def test_windows_of_their_own_are_left_and_raised(shown: Studio, tmp_path: Path) -> None:
    window, first = shown.window, shown.opened("sample")

    def in_front(expected: QWidget | None) -> bool:
        return shown.application.activeWindow() is expected

    window.detach("sample")
    wait_for(lambda: in_front(window.panel_window("sample")))
    first.context.give_files("sample.second", [tmp_path / "a.png"])
    wait_for(lambda: in_front(window))
    window.detach("sample.second")
    window.activateWindow()
    wait_for(lambda: in_front(window))
    first.context.give_files("sample.second", [tmp_path / "b.png"])
    wait_for(lambda: in_front(window.panel_window("sample.second")))
    assert widget(shown, "sample.second").opened == ["a.png", "b.png"]


def test_a_hidden_window_stays_hidden(studio: Studio, tmp_path: Path) -> None:
    studio.opened("sample").context.give_files("sample.second", [tmp_path / "a.png"])
    assert not studio.window.isVisible()
    assert widget(studio, "sample.second").opened == ["a.png"]


def test_a_panel_that_is_not_there(make_studio: MakeStudio, tmp_path: Path) -> None:
    studio = make_studio(
        found_plugin("sample", "kirara_sample"), found_plugin("faulty", "kirara_faulty")
    )
    context = studio.opened("sample").context
    with pytest.raises(KeyError, match="nowhere"):
        context.give_files("nowhere", [tmp_path])
    # One that cannot be opened shows why.
    context.give_files("faulty.raises", [tmp_path], TRAINING)
    assert studio.window.current_panel == "faulty.raises"
    assert studio.window.host("faulty.raises").fault is not None
