"""``check_plugin``, whose plugin runs in a process of its own, and the studio's own plugins."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.development.scaffold import new_plugin
from kirara_studio.host.discovery import find_plugins
from kirara_studio.processes import child_environment
from kirara_studio.testing import Result, check_plugin, table

BUILT_IN = [record.name for record in find_plugins() if record.builtin]


def changed(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def of_the_studio(repository: Path) -> list[Result]:
    """What comes out for the studio's own plugins, one after the other in one process."""
    return check_plugin(repository)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_studios_own_plugins_keep_the_rules(name: str, of_the_studio: list[Result]) -> None:
    results = [result for result in of_the_studio if result.plugin == name]
    assert len(results) > 15
    assert all(result.passed for result in results), table(results)


def test_a_new_plugin_keeps_all_of_them(tmp_path: Path) -> None:
    folder = new_plugin("fresh", tmp_path / "fresh", author="Yuno")
    results = check_plugin(folder)
    assert {result.outcome for result in results if result.rule != "wheel"} == {"passed"}, table(
        results
    )
    assert all(result.passed for result in results), table(results)


def test_a_file_that_the_wheel_loses_is_named(tmp_path: Path) -> None:
    folder = new_plugin("lossy", tmp_path / "lossy")
    changed(folder, "pyproject.toml", 'artifacts = ["*.qm"]', "")
    changed(folder, ".gitignore", "build/", "build/\n*.qm")
    (result,) = check_plugin(folder, only=["wheel"])
    if result.outcome == "skipped":
        pytest.skip(result.reason)
    assert result.reason == "“kirara_lossy/translations/ja.qm” is not in the wheel."
    assert "artifacts" in result.advice


def test_a_plugin_that_crashes_or_hangs_breaks_one_rule_and_the_others_are_tried(
    tmp_path: Path,
) -> None:
    folder = new_plugin("crashes", tmp_path / "crashes")
    line = "        self.task = Task("
    panel = "kirara_crashes/panel.py"
    changed(folder, panel, line, f"        __import__('os').abort()\n{line}")
    opens, icons = check_plugin(folder, only=["icons", "opens"])[::-1]
    assert (icons.outcome, opens.outcome) == ("passed", "failed")
    assert "The process ended (signal 6)." in opens.reason
    changed(folder, panel, "__import__('os').abort()", "while True: pass")
    results = check_plugin(folder, only=["opens", "metadata"], slowest=5)
    assert [result.outcome for result in results] == ["passed", "failed"]
    assert results[1].reason.startswith("It hangs.")


def test_what_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="neither a plugin nor a source folder “nowhere”"):
        check_plugin("nowhere")
    with pytest.raises(UserError, match="There is no rule “beauty”"):
        check_plugin("releases", only=["beauty"])


def test_the_table_gives_reason_and_advice() -> None:
    text = table(
        [
            Result("a", "icons", "Its icons are there.", "failed", "There is no icon.", "Draw it."),
            Result("a", "names", "Names.", "skipped", "It has no panel.", "Set names."),
            Result("a", "opens", "It opens.", "passed"),
        ]
    )
    lines = [line.split(maxsplit=2) for line in text.splitlines()]
    assert lines[0][:2] == ["FAILED", "icons"]
    assert "There is no icon." in text and "Draw it." in text and "Set names." not in text
    assert text.splitlines()[-1] == "1 passed, 1 failed, 1 skipped"


def test_the_command_prints_results_and_fails_if_one_does(tmp_path: Path) -> None:
    folder = new_plugin("told", tmp_path / "told")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kirara_studio", "plugins", "check", str(folder)]
        environment = child_environment() | {"KIRARA_HOME": str(tmp_path / "home")}
        return subprocess.run(
            [*command, *arguments], env=environment, capture_output=True, encoding="utf-8"
        )

    done = run("--rule", "metadata", "--rule", "icons", "--json")
    assert done.returncode == 0, done.stderr
    assert [result["rule"] for result in json.loads(done.stdout)] == ["metadata", "icons"]
    changed(folder, "kirara_told/__init__.py", '"icon.svg"', '"sun.svg"')
    done = run("--rule", "icons")
    assert done.returncode == 1
    assert "FAILED  icons" in done.stdout and "There is no icon “sun.svg”." in done.stdout
