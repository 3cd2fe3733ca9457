"""Plugins in a source folder, which are read and not imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.host.source_plugins import read_project

PROJECT = """
[project]
name = "kirara-one"
version = "2.0"
description = "The first"
authors = [{ name = "Yuno" }, { email = "miyako@example.org" }]
dependencies = ["networkx"]

[project.entry-points."kirara_studio.plugins"]
one = "kirara_one.hooks"
"""


@pytest.mark.parametrize(
    ("place", "more"),
    [
        (".", ""),
        ("src", ""),
        ("code", '[tool.hatch.build.targets.wheel]\npackages = ["code/kirara_one"]'),
    ],
)
def test_a_project_says_what_its_plugins_are_and_where(
    tmp_path: Path, place: str, more: str
) -> None:
    (tmp_path / place / "kirara_one").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(PROJECT + more, "utf-8")
    project = read_project(tmp_path)
    assert project.import_folder == (tmp_path / place).resolve()
    assert project.dependencies == ["networkx"]
    (record,) = project.plugins
    assert (record.name, record.distribution, record.version) == ("one", "kirara-one", "2.0")
    assert (record.summary, record.author) == ("The first", "Yuno, miyako@example.org")
    assert record.package == "kirara_one" and not record.builtin
    found = project.find(None)
    assert found[-1] == record and "speech" in {plugin.name for plugin in found}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "has no pyproject.toml"),
        ("[project", "is not a valid pyproject.toml"),
        ('[project]\nname = "a"\n', "has no plugin"),
        (PROJECT, "no package “kirara_one”"),
    ],
)
def test_a_folder_without_a_plugin_is_explained(
    tmp_path: Path, text: str | None, message: str
) -> None:
    if text is not None:
        (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    with pytest.raises(UserError, match=message):
        read_project(tmp_path)
