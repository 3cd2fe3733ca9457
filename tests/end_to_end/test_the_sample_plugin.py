"""The plugin of docs/writing-a-plugin.md, as ``plugins new`` makes it, in the real window."""

from __future__ import annotations

import os
from pathlib import Path

from kirara_studio.development.scaffold import new_plugin
from kirara_studio.host.switches import PluginSwitches
from tests.desktop_session import DesktopSession, wait_until
from tests.end_to_end.conftest import Screen, home, start, switch_off


def test_it_runs_from_its_folder_and_again_after_each_save(
    session: DesktopSession, screen: Screen, tmp_path: Path
) -> None:
    folder = new_plugin("hello", tmp_path / "hello", author="Yuno")
    hooks = folder / "kirara_hello" / "__init__.py"
    switch_off(session, "characters", "foresight", "paintings", "releases", "speech")
    program = start(session, "--develop", str(folder))
    screen.wait_for_title("Hello — Kirara Studio")
    assert PluginSwitches(home(session) / "config" / "plugins.toml").disabled()

    # Saved within the second in which it was made, with the same size.
    text = hooks.read_text(encoding="utf-8")
    second = hooks.stat().st_mtime_ns // 10**9 * 10**9
    for number, title in enumerate(("Suns1", "Suns2")):
        hooks.write_text(text.replace('"Hello"', f'"{title}"'), encoding="utf-8")
        os.utime(hooks, ns=(second + number, second + number))
        screen.wait_for_title(f"{title} — Kirara Studio")

    other = start(session, "--develop", str(folder))
    assert other.wait(30) == 1
    assert "The studio is open already." in other.output()
    screen.press("ctrl+q")
    wait_until(lambda: program.process.poll() is not None)
    assert program.process.poll() == 0
    assert "Traceback" not in program.output()


def test_a_folder_without_a_plugin_is_explained(session: DesktopSession, tmp_path: Path) -> None:
    program = start(session, "--develop", str(tmp_path))
    assert program.wait(30) == 1
    assert "has no pyproject.toml" in program.output()
