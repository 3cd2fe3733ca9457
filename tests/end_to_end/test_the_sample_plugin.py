"""The plugin of docs/writing-a-plugin.md, installed as it stands there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from kirara_studio.host.folders import Folders
from tests.desktop_session import DesktopSession, wait_until
from tests.end_to_end.conftest import home
from tests.end_to_end.test_studio import open_window


def install_sample(page: Path, folder: Path) -> None:
    """Write the files that the page shows, and the metadata that pip would make of them."""
    files = dict(re.findall(r"```\w+\n# ([\w./]+)[^\n]*\n(.*?)```", page.read_text(), re.DOTALL))
    project = tomllib.loads(files.pop("pyproject.toml"))["project"]
    for name, code in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(code, encoding="utf-8")
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {module}" for name, module in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")


def test_the_sample_plugin_does_what_the_page_says(
    session: DesktopSession, repository: Path
) -> None:
    install_sample(
        repository / "docs" / "writing-a-plugin.md", Folders.below(home(session)).plugins
    )
    program = open_window(session)
    program.tell("open hello")

    def texts() -> list[str]:
        count = len(program.events())
        program.tell("texts hello")
        wait_until(lambda: len(program.events()) > count)
        seen = program.events()[-1]
        assert not seen["faults"]
        return list(seen["texts"])

    wait_until(lambda: "Press the button." in texts())
    program.tell("click hello")
    wait_until(lambda: f"{sum(range(1_000_000)):,}" in texts(), 60)
    program.tell("click hello")
    program.tell("click hello")  # Stop
    program.tell("quit")
    assert program.wait() == 0
    assert "Traceback" not in program.output()
