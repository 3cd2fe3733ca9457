"""The tour: every panel does its real job, on a machine without a display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kirara_studio.api.media.saving import recall
from kirara_studio.host.switches import PluginSwitches
from tests.host.plugin_maker import install


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {key: value for key, value in os.environ.items() if key not in hidden}
    return {**kept, "KIRARA_HOME": str(tmp_path / "home")}


def tour(out: Path, environment: dict[str, str]) -> tuple[int, dict]:
    command = [sys.executable, "-m", "kirara_studio", "tour", "--out", str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=170)
    return done.returncode, json.loads((out / "tour.json").read_text(encoding="utf-8"))


def test_every_panel_does_its_job_and_leaves_what_it_made(tmp_path, environment):
    out = tmp_path / "tour"
    status, report = tour(out, environment)
    assert (status, report["passed"]) == (0, True), report
    characters, speech, foresight, paintings, *_ = report["panels"]
    names = ["characters", "speech", "foresight", "paintings", "illustrations", "releases"]
    assert [panel["panel"] for panel in report["panels"]] == names
    for panel in report["panels"]:
        assert panel["seconds"] > 0 and panel["screenshots"] and panel["produced"]
        for name in panel["screenshots"]:
            with Image.open(out / name) as shot:
                assert min(shot.size) > 500
                colors = shot.convert("RGB").getcolors(1 << 24) or ()
                assert len(colors) > 500, "not a grey emptiness"
    kinds = {Path(name).suffix for name in characters["produced"]}
    assert {".png", ".gif"} <= kinds
    assert speech["produced"] == ["speech.wav"]
    assert foresight["produced"] == ["forecast.gif", "scores.csv"]
    assert recall(out / "forecast.gif")["setting"]["start"] == 60
    assert paintings["produced"] == ["styles.csv", "why.png"]
    assert recall(out / "why.png")["picture"] == "framed.jpg"
    table = (out / "styles.csv").read_text(encoding="utf-8").splitlines()
    assert len(table) == 1 + 2 * 12, "a header, and two answers for each sample"
    for name in characters["produced"]:
        assert recall(out / name)["model"], "a result remembers how it was made"
    assert not (tmp_path / "home" / "data" / "plugins-data").exists(), (
        "the user's own things are left alone"
    )


def test_a_panel_that_fails_fails_the_tour_by_name_and_the_others_go_on(tmp_path, environment):
    code = """
    @hookimpl
    def kirara_panels():
        return [Panel("bad", "Bad", "x", "plugin_of_tests_bad:Nothing", order=1)]
    """
    install(tmp_path / "home" / "plugins", "bad", code)
    quick = PluginSwitches(tmp_path / "home" / "config" / "plugins.toml")
    quick.set_disabled({"characters", "speech", "foresight", "paintings", "illustrations"})
    status, report = tour(tmp_path / "tour", environment)
    assert status == 1 and report["passed"] is False
    bad, releases = report["panels"]
    assert "Nothing" in bad["error"] and not releases["error"]
