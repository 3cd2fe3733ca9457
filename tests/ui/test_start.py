"""What a start must not import before the first paint, so that the window is there at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "PIL", "PySide6.QtDBus", "PySide6.QtNetwork", "apprise", "cv2", "dateutil", "email",
    "gzip", "holidays", "html", "icalendar", "importlib.metadata", "jeepney", "keyring", "numpy",
    "packaging", "requests", "safetensors", "sounddevice", "tomlkit", "torch",
)  # fmt: skip
LATER = (
    "api.models", "desktop.autostart", "desktop.bus", "engine.link", "engine.model_formats",
    "engine.process", "ui.command_palette", "ui.fault_views", "ui.hang_monitor", "ui.help_view",
    "ui.plugin_manager", "ui.plugins_view", "ui.settings_view", "ui.watchdog",
)  # fmt: skip
PANELS = ("characters", "foresight", "illustrations", "paintings", "releases", "speech")

START = """
import sys
from kirara_studio import cli

def import_watched():
    import_pyside()
    from kirara_studio.studio import Studio

    def report():
        print(*sys.modules, flush=True)
        studio.quit()

    def start_watched(new, request):
        global studio
        studio = new
        new.started.connect(report)
        start(new, request)

    start, Studio.start = Studio.start, start_watched

import_pyside, cli.import_pyside = cli.import_pyside, import_watched
cli.main([])
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are imported when the window was painted for the first time."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "KIRARA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", START]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[0].split())


def test_the_first_paint_imports_little(imported: set[str]) -> None:
    assert "kirara_studio.ui.main_window" in imported
    assert {"kirara_characters", "kirara_speech"} <= imported, "plugins are loaded"
    assert sorted(imported.intersection(HEAVY)) == []
    assert sorted(imported.intersection(f"kirara_studio.{name}" for name in LATER)) == []
    assert sorted(imported.intersection(f"kirara_{name}.panel" for name in PANELS)) == []


@pytest.mark.parametrize(
    "start",
    [
        "from kirara_studio.importing import import_pyside; import_pyside()",
        "from kirara_studio.app import make_application; app = make_application()",
    ],
)
def test_sources_of_modules_are_not_read(start: str, tmp_path: Path) -> None:
    """PySide would read and keep them all."""
    (tmp_path / "some_module.py").write_text("import json\n", encoding="utf-8")
    code = (
        f"{start}\n"
        "import linecache, some_module\n"
        "print([file for file in linecache.cache if 'some_module' in file])"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    }
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert done.stdout == "[]\n", done.stderr
