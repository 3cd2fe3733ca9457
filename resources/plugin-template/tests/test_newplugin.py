"""The plugin in a real studio, whose window is painted into memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.testing import OffscreenStudio, check_plugin, table


def test_a_sunflower_grows(studio: OffscreenStudio) -> None:
    panel = studio.open_panel("newplugin")
    studio.settle()
    assert len(panel.picture.flower.seeds) == 300
    assert studio.problems == []


def test_stop_ends_the_job(studio: OffscreenStudio) -> None:
    studio.hold_jobs()
    panel = studio.open_panel("newplugin")
    assert panel.busy
    panel.primary.click()  # it is “Stop” while a job runs
    assert not panel.busy
    studio.release_jobs()
    studio.settle()
    assert panel.picture.flower.seeds == ()


def test_the_number_of_seeds_outlives_the_session(
    make_studio: Callable[..., OffscreenStudio],
) -> None:
    panel = make_studio().open_panel("newplugin")
    panel.slider.changed.emit(50)
    assert make_studio().open_panel("newplugin").document.value.seeds == 50


def test_the_command_writes_a_picture(studio: OffscreenStudio, tmp_path: Path) -> None:
    file = tmp_path / "flower.svg"
    status, output = studio.run_command("newplugin", "--seeds", "20", "--out", str(file))
    assert status == 0
    assert output == f"Saved as {file}\n"
    assert file.read_text(encoding="utf-8").count("<circle") == 20


def test_too_many_seeds_are_refused(studio: OffscreenStudio) -> None:
    with pytest.raises(UserError, match="cannot have 5000 seeds"):
        studio.run_command("newplugin", "--seeds", "5000")


def test_the_plugin_keeps_the_rules_of_the_studio() -> None:
    results = check_plugin(Path(__file__).parent.parent)
    assert all(result.passed for result in results), table(results)
