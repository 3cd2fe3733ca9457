"""Makes real, installed plugins for tests: a package and its metadata in a folder."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

PREAMBLE = """
from kirara_studio.api.hooks import hookimpl, Action
from kirara_studio.api.commands import Command
from kirara_studio.api.notices import NoticeBackend
from kirara_studio.api.panel import ModelFormat, Panel
from kirara_studio.api.settings import Choice, SettingsPage, Toggle
from pathlib import Path
"""


def install(folder: Path, name: str, code: str, *, distribution: str = "") -> None:
    """Install a plugin ``name`` whose module holds ``code`` into ``folder``, as pip would."""
    folder.mkdir(parents=True, exist_ok=True)
    module = f"plugin_of_tests_{name}"
    (folder / f"{module}.py").write_text(PREAMBLE + dedent(code), encoding="utf-8")
    distribution = distribution or f"{name}-for-tests"
    info = folder / f"{distribution.replace('-', '_')}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\nSummary: A test\n"
    )
    (info / "entry_points.txt").write_text(f"[kirara_studio.plugins]\n{name} = {module}\n")
