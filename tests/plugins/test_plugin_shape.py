"""Plugins have the folder shape that docs/architecture.md describes. Those not listed follow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.import_cycles import imports_of

SHAPED = (
    "kirara_characters", "kirara_foresight", "kirara_illustrations", "kirara_paintings",
    "kirara_releases", "kirara_speech", "parikh/kirara_parikh",
)  # fmt: skip
WITHOUT_QT = (
    "networks", "learning", "clips", "forecasts", "commands",
    "network", "features", "pictures",
    "calendar", "exchange", "feeds", "notifications", "storage",
    "grammars", "images", "automata", "formulas",
    "engines", "project", "reading", "serving", "sound", "speaking",
    "collecting", "filter", "sources",
)  # fmt: skip
NO_WIDGETS = (
    "Document",
    "ListedBackend",
    "NotificationBackends",
    "Step",
    "Task",
    "offer_corrected",
)
"""Names of ``api.widgets`` that are none."""
LONGEST_PANEL = 300  # lines


@pytest.fixture(params=SHAPED)
def plugin(request: pytest.FixtureRequest, repository: Path) -> Path:
    return repository / "plugins" / request.param


def imported(file: Path) -> Iterator[str]:
    """Every module, and every name from one, that a file imports from outside its package."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_files_of_the_shape_are_there(plugin: Path) -> None:
    for name in ("panel.py", "session.py", "jobs.py", "commands", "view", "translations"):
        assert (plugin / name).exists(), name
    assert len((plugin / "panel.py").read_text(encoding="utf-8").splitlines()) <= LONGEST_PANEL


def test_only_the_tour_knows_the_panel(plugin: Path) -> None:
    panel = f"{plugin.name}.panel"
    holders = {module for module, others in imports_of(plugin).items() if panel in others}
    assert holders <= {f"{plugin.name}.tour"}


def test_the_session_has_no_widgets(plugin: Path) -> None:
    names = set(imported(plugin / "session.py"))
    widgets = {name for name in names if name.startswith("kirara_studio.api.widgets.")}
    assert widgets <= {f"kirara_studio.api.widgets.{name}" for name in NO_WIDGETS}
    assert not any(name.startswith("PySide6.QtWidgets") for name in names)
    assert not any(name.startswith(f"{plugin.name}.view.") for name in names)


def test_what_is_not_seen_has_no_qt(plugin: Path) -> None:
    for folder in WITHOUT_QT:
        for file in (plugin / folder).rglob("*.py"):
            assert not [name for name in imported(file) if name.startswith("PySide6")], file
