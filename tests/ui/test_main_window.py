"""The main window: navigation, lazy panels, windows of their own, memory, keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kirara_studio.testing import wait_for
from tests.ui.conftest import MakeStudio, Studio, found_plugin, process_events


def made_panels() -> int:
    from kirara_sample.panel import SamplePanel  # type: ignore[import-not-found]

    return SamplePanel.made


def test_title_always_holds_the_name(studio: Studio) -> None:
    window = studio.window
    assert window.windowTitle() == "Characters — Kirara Studio"
    for open_page in (window.open_settings, window.open_plugins, window.open_help):
        open_page()
        assert "Kirara Studio" in window.windowTitle()
    studio.appearance.choose("language", "ja")
    process_events()
    assert window.windowTitle() == "ヘルプ — Kirara Studio"


def test_panels_are_made_when_first_seen(studio: Studio) -> None:
    import sys

    process_events()
    assert "kirara_sample.panel" not in sys.modules
    studio.window.show()
    wait_for(lambda: studio.window.host("sample").widget is not None)
    assert made_panels() == 1
    studio.window.open_panel("sample.second")
    wait_for(lambda: studio.window.host("sample.second").widget is not None)
    studio.window.open_panel("sample")
    process_events()
    assert made_panels() == 2


def test_unknown_panel_changes_nothing(studio: Studio) -> None:
    studio.window.open_panel("not-there")
    assert studio.window.current_panel == "sample"


def test_keys(studio: Studio) -> None:
    window = studio.window
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel == "sample.second"
    QTest.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel == "sample.second"
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.windowTitle().startswith("Settings")
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.windowTitle().startswith("Help")
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_N, shift)
    own = window.panel_window("sample")
    assert own is not None and own.isVisible()
    QTest.qWaitForWindowActive(own)
    QTest.keyClick(own, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.panel_window("sample") is None
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert studio.quits == 1


def test_shortcut_of_an_action(studio: Studio) -> None:
    window = studio.window
    window.show()
    QTest.qWaitForWindowActive(window)
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_G, shift)
    assert window.current_panel == "sample.second"


def test_f6_goes_round_the_areas(studio: Studio) -> None:
    window = studio.window
    window.show()
    panel = studio.opened("sample")
    QTest.qWaitForWindowActive(window)
    window.rail.button("sample").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert panel.isAncestorOf(window.focusWidget())
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.rail.button("sample").hasFocus()
    assert window.rail.button("sample").property("ring") is True
    QTest.keyClick(window.rail.button("sample"), Qt.Key.Key_Down)
    QTest.keyClick(window.rail.button("sample.second"), Qt.Key.Key_Return)
    assert window.current_panel == "sample.second"


def test_a_click_draws_no_focus_ring(studio: Studio) -> None:
    window = studio.window
    window.show()
    QTest.qWaitForWindowActive(window)
    button = window.rail.button("sample.second")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.current_panel == "sample.second"
    assert not button.property("ring")


def test_detached_panel_keeps_its_widget_and_comes_back(studio: Studio) -> None:
    window = studio.window
    window.show()
    panel = studio.opened("sample")
    panel.line.setText("half a sentence")
    window.detach("sample")
    own = window.panel_window("sample")
    assert own is not None and own.isAncestorOf(panel)
    assert own.windowTitle() == "Characters — Kirara Studio"
    assert not window.isAncestorOf(panel)
    window.detach("sample")
    assert window.panel_window("sample") is own
    own.close()
    process_events()
    assert window.isAncestorOf(panel) and panel.isVisible()
    assert panel.line.text() == "half a sentence"
    assert made_panels() == 1


def test_layout_is_remembered(make_studio: MakeStudio) -> None:
    first = make_studio()
    first.window.show()
    first.window.resize(780, 640)
    first.window.open_panel("sample.second")
    first.window.toggle_rail()
    first.window.detach("sample")
    first.window.host("sample").load()
    process_events()
    second = make_studio()
    second.window.show()
    wait_for(lambda: second.window.panel_window("sample") is not None)
    assert second.window.current_panel == "sample.second"
    assert (second.window.width(), second.window.height()) == (780, 640)
    # So small a window would show icons alone, if the user had not chosen otherwise.
    assert not second.window.rail.narrow


@pytest.mark.parametrize(
    "damaged",
    [
        {"geometry": 7, "panel": [], "apart": ["gone"], "panel_windows": 3},
        {"geometry": "ÿ", "rail": 1, "apart": 5},
    ],
)
def test_damaged_memory_does_no_harm(
    make_studio: MakeStudio, tmp_path: Path, damaged: dict[str, Any]
) -> None:
    (tmp_path / "state.json").write_text(json.dumps({"window": damaged}))
    studio = make_studio()
    studio.window.show()
    process_events()
    assert studio.window.current_panel == "sample"


def test_panels_are_asked_what_to_remember(make_studio: MakeStudio) -> None:
    first = make_studio()
    first.opened("sample").line.setText("half a sentence")
    first.opened("sample.second").line.setText("wrong")
    second = make_studio()
    assert second.opened("sample").line.text() == "half a sentence"
    assert second.opened("sample.second").line.text() == ""


def test_a_panel_is_asked_when_one_leaves_it(studio: Studio) -> None:
    """Not only at the end: a crash must not cost what was done before."""
    studio.opened("sample").line.setText("half a sentence")
    studio.window.open_help()
    assert studio.state.section("panel.sample")["line"] == "half a sentence"


def test_navigation_narrows_with_the_window(studio: Studio) -> None:
    window = studio.window
    window.show()
    window.resize(1280, 800)
    process_events()
    assert not window.rail.narrow
    window.resize(800, 600)
    process_events()
    assert window.rail.narrow
    assert "Characters" in window.rail.button("sample").toolTip()
    assert window.rail.button("sample").accessibleName() == "Characters"


def test_closing_hides_where_there_is_a_tray(studio: Studio) -> None:
    studio.window.show()
    studio.hides = True
    studio.window.close()
    assert not studio.window.isVisible() and studio.quits == 0
    studio.hides = False
    studio.window.show()
    studio.window.close()
    assert studio.quits == 1


def test_no_panel_at_all(make_studio: MakeStudio) -> None:
    studio = make_studio(found_plugin("broken", "kirara_not_there"))
    studio.window.show()
    process_events()
    assert studio.window.current_panel == ""
    assert studio.window.windowTitle() == "Kirara Studio"
    studio.window.open_plugins()
    assert "broken" in studio.window.page("page:plugins").cards  # type: ignore[attr-defined]


def test_everything_speaks_japanese_at_once(studio: Studio) -> None:
    window = studio.window
    window.show()
    window.open_settings()
    studio.appearance.choose("language", "ja")
    process_events()
    assert window.rail.button("page:plugins").text() == "プラグイン"
    row = window.page("page:settings").sections["studio"].form.rows  # type: ignore[attr-defined]
    assert row["theme"].name.text() == "テーマ"
    studio.appearance.choose("language", "en")
    process_events()
    assert row["theme"].name.text() == "Theme"


def test_status_belongs_to_the_panel_in_front(studio: Studio) -> None:
    studio.opened("sample")
    assert studio.window.job_bar.status == "sample of sample"
    studio.opened("sample.second")
    assert studio.window.job_bar.status == "sample of sample.second"
    studio.window.open_help()
    assert studio.window.job_bar.status == ""


SMALL_SCREEN = """
import sys
from pathlib import Path
from kirara_studio.app import make_application
from kirara_studio.host.folders import Folders
from kirara_studio.studio import Studio
application = make_application()
studio = Studio(application, Folders.below(Path(sys.argv[1])), on_tour=True)
studio.window.show()
application.processEvents()
size = studio.window.size()
print(size.width(), size.height())
studio.shutdown()
"""


@pytest.mark.parametrize(
    ("screen", "largest"), [((1366, 768), (1350, 720)), ((1920, 1080), (1280, 800))]
)
def test_the_first_window_fits_on_the_screen(
    tmp_path: Path, screen: tuple[int, int], largest: tuple[int, int]
) -> None:
    config = tmp_path / "screens.json"
    one = {"name": "one", "x": 0, "y": 0, "width": screen[0], "height": screen[1]}
    config.write_text(json.dumps({"screens": [one | {"logicalDpi": 96, "dpr": 1}]}))
    done = subprocess.run(
        [sys.executable, "-c", SMALL_SCREEN, str(tmp_path / "home")],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    width, height = map(int, done.stdout.split())
    # A desktop adds a frame of up to 16 by 48 pixels.
    assert 760 <= width <= largest[0] and 520 <= height <= largest[1]
