"""A saved file reopens the panel with its state, in the real window."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kirara_studio.development.scaffold import new_plugin
from kirara_studio.host.source_plugins import read_project
from kirara_studio.live_reload import LiveReload, write_no_bytecode
from kirara_studio.testing import OffscreenStudio, wait_for


@pytest.fixture
def plugin(tmp_path: Path) -> Iterator[Path]:
    writes = sys.dont_write_bytecode
    environment = dict(os.environ)
    write_no_bytecode()
    yield new_plugin("live", tmp_path / "live") / "kirara_live"
    sys.dont_write_bytecode = writes
    os.environ.clear()
    os.environ.update(environment)
    for name in [name for name in sys.modules if name.startswith("kirara_live")]:
        del sys.modules[name]


@pytest.fixture
def studio(
    plugin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OffscreenStudio]:
    project = read_project(plugin.parent)
    monkeypatch.syspath_prepend(str(project.import_folder))
    with OffscreenStudio(project.plugins, tmp_path / "home") as studio:
        studio.window.show()
        LiveReload(studio.studio, project).start()
        yield studio


def save(file: Path, old: str, new: str, *, replaced: bool = False) -> None:
    """Save a file as editors do: in place, or by renaming another one over it."""
    text = file.read_text("utf-8")
    assert old in text
    target = file.with_suffix(".new") if replaced else file
    target.write_text(text.replace(old, new), "utf-8")
    if replaced:
        target.replace(file)


def test_saving_a_file_reopens_the_panel_with_its_state(
    studio: OffscreenStudio, plugin: Path
) -> None:
    first = studio.open_panel("live")
    first.slider.changed.emit(50)
    studio.settle()
    for number, replaced in enumerate((False, True, True), start=1):
        # The same size each time, within the same second.
        old, new = (f"SEEDS{n}" if n else "A title" for n in (number - 1, number))
        if number == 1:
            save(plugin / "panel.py", '"Seeds"', '"SEEDS1"')
        else:
            save(plugin / "panel.py", old, new, replaced=replaced)
        wait_for(lambda new=new: label(studio) == new, 20)
    panel = studio.open_panel("live")
    assert panel is not first
    assert panel.document.value.seeds == 50
    studio.settle()
    assert len(panel.picture.flower.seeds) == 50
    assert studio.problems == []


def label(studio: OffscreenStudio) -> str:
    widget = studio.host("live").widget
    return widget.slider.accessibleName() if widget is not None else ""  # type: ignore[attr-defined]


def test_a_syntax_error_shows_in_the_panel_and_the_next_save_tries_again(
    studio: OffscreenStudio, plugin: Path
) -> None:
    studio.open_panel("live").slider.changed.emit(70)
    host = studio.host("live")
    save(plugin / "panel.py", "class SunflowerView(QWidget):", "class SunflowerView(QWidget:")
    wait_for(lambda: host.fault is not None, 20)
    assert host.fault is not None
    assert "panel.py, line" in host.fault.message and "SyntaxError" in host.fault.message
    save(plugin / "__init__.py", "@hookimpl\ndef kirara_panels", "@hookimpl\ndef kirara_panels(")
    wait_for(lambda: host.fault is not None and "__init__.py" in host.fault.message, 20)
    save(plugin / "__init__.py", "def kirara_panels((", "def kirara_panels(")
    save(plugin / "panel.py", "class SunflowerView(QWidget:", "class SunflowerView(QWidget):")
    wait_for(lambda: host.widget is not None, 20)
    assert host.widget.document.value.seeds == 70  # type: ignore[union-attr]


def test_new_hooks_of_the_plugin_count(studio: OffscreenStudio, plugin: Path) -> None:
    studio.open_panel("live")
    save(plugin / "__init__.py", '"Live"', '"Sunny side"', replaced=True)
    wait_for(lambda: studio.window.rail.button("live").text() == "Sunny side", 20)
    assert studio.window.windowTitle() == "Sunny side — Kirara Studio"
    assert studio.studio.registry.panels[0].title == "Sunny side"


def test_the_engine_runs_what_was_saved_also_while_a_job_runs(
    plugin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = plugin / "jobs.py"
    save(jobs, "        radius =", "        time.sleep(0.01)\n        radius =")
    save(jobs, "import math\n", "import math\nimport time\n")
    project = read_project(plugin.parent)
    monkeypatch.syspath_prepend(str(project.import_folder))
    with OffscreenStudio(project.plugins, tmp_path / "home", engine=True) as studio:
        LiveReload(studio.studio, project).start()
        panel = studio.open_panel("live")
        assert panel.busy
        wait_for(lambda: studio.jobs.engine_pid is not None, 20)
        save(jobs, "range(request.seeds)", "range(request.seeds // 10)")
        wait_for(lambda: studio.host("live").widget not in (None, panel), 30)
        studio.settle()
        again = studio.open_panel("live")
        assert again is not panel
        assert len(again.picture.flower.seeds) == 30
        assert studio.problems == []


def test_files_that_nobody_changed_reload_nothing(studio: OffscreenStudio, plugin: Path) -> None:
    panel = studio.open_panel("live")
    (plugin / "panel.py").touch()
    save(plugin / "panel.py", '"Seeds"', '"Grains"')
    wait_for(lambda: studio.host("live").widget not in (None, panel), 20)
    panel = studio.host("live").widget
    (plugin / "__pycache__").mkdir(exist_ok=True)
    (plugin / "__pycache__" / "panel.cpython-311.pyc").write_bytes(b"")
    studio.settle()
    assert studio.host("live").widget is panel
