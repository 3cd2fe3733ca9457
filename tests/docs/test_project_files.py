"""What the repository shows to the public fits what is in it."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packaging import loaded

PANELS = ("characters", "foresight", "paintings", "releases", "speech")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def steps(repository: Path) -> list[str]:
    """The commands of the workflow."""
    jobs = read(repository / ".github" / "workflows" / "test.yml")["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def test_the_workflow_calls_the_projects_own_commands(repository: Path, steps: list[str]) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for step in steps:
        program, *arguments = shlex.split(step)
        if program == "make":
            assert set(arguments) <= targets, step
        for argument in arguments:
            if argument.startswith(("tests/", "packaging/")):
                assert (repository / argument).exists(), step
    assert "make test" in steps


def test_the_workflow_runs_on_three_systems(repository: Path) -> None:
    jobs = read(repository / ".github" / "workflows" / "test.yml")["jobs"]
    assert jobs["linux"]["runs-on"].startswith("ubuntu")
    systems = {name.split("-")[0] for name in jobs["others"]["strategy"]["matrix"]["system"]}
    assert systems == {"windows", "macos"}


@pytest.mark.parametrize("name", ["bug", "idea"])
def test_an_issue_form_asks_in_english_and_japanese(repository: Path, name: str) -> None:
    form = read(repository / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml")
    labels = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
    assert labels
    for label in (form["name"], *labels):
        assert re.search(r"[A-Za-z].* / .*[ぁ-んァ-ヶ一-龠]", label), label


def test_the_bug_form_names_every_panel(repository: Path) -> None:
    form = (repository / ".github" / "ISSUE_TEMPLATE" / "bug.yml").read_text(encoding="utf-8")
    for panel in PANELS:
        assert panel.capitalize() in form


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_has_a_page_in_both_languages_and_a_line_in_the_readme(
    repository: Path, panel: str
) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    for page in (f"docs/{panel}.md", f"docs/ja/{panel}.md"):
        assert (repository / page).is_file()
        assert f"]({page})" in readme


def test_local_links_lead_somewhere(repository: Path) -> None:
    pages = [*repository.glob("*.md"), *repository.glob("docs/**/*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_pre_commit_needs_no_shell_and_no_folder_of_one_system(repository: Path) -> None:
    hooks = read(repository / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert {hook["id"] for hook in hooks} == {"ruff", "ruff-format", "mypy", "import-contract"}
    for hook in hooks:
        interpreter, script, *_ = hook["entry"].split()
        assert (interpreter, hook["language"]) == ("python", "python")
        assert (repository / script).is_file()


@pytest.mark.parametrize("path", ["bin/ruff", "Scripts/ruff.exe"])
def test_a_tool_is_found_on_every_system(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    module = loaded(repository / "packaging" / "venv_tool.py")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    tool = tmp_path / ".venv" / path
    tool.parent.mkdir(parents=True)
    tool.touch()
    assert module.program("ruff") == tool


def test_a_missing_tool_says_how_to_install_it(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = loaded(repository / "packaging" / "venv_tool.py")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["venv_tool.py", "ruff", "check"])
    with pytest.raises(SystemExit, match=r"There is no ruff in \.venv"):
        module.main()
