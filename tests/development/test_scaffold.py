"""``plugins new``: a plugin that works, under any name that a plugin can have."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.cli import main
from kirara_studio.development.scaffold import checked_name, new_plugin
from kirara_studio.development.translations import translate_package
from kirara_studio.host.source_plugins import read_project
from kirara_studio.processes import child_environment


def test_the_name_is_everywhere(tmp_path: Path) -> None:
    folder = new_plugin("star-map", tmp_path / "here", title="Star map", author="Ume Aoki")
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".qm"
    }
    for name, text in texts.items():
        assert "newplugin" not in text.casefold() + name, name
    project = tomllib.loads(texts["pyproject.toml"])["project"]
    assert project["name"] == "kirara-star-map"
    assert project["authors"] == [{"name": "Ume Aoki"}]
    assert project["entry-points"]["kirara_studio.plugins"] == {"star_map": "kirara_star_map"}
    assert "class StarMapPanel(" in texts["kirara_star_map/panel.py"]
    assert "kirara_star_map/translations/ja.ts" in texts
    assert (folder / "kirara_star_map" / "translations" / "ja.qm").stat().st_size > 100
    assert ".github/workflows/test.yml" in texts and ".gitignore" in texts
    (record,) = read_project(folder).plugins
    assert (record.name, record.author) == ("star_map", "Ume Aoki")


def test_a_title_may_hold_anything(tmp_path: Path) -> None:
    title = 'Bob’s “new” "panel" \\ <b> & きらら {x} %d'
    folder = new_plugin("odd", tmp_path / "odd", title=title)
    source = (folder / "kirara_odd" / "__init__.py").read_text(encoding="utf-8")
    constants = {
        node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)
    }
    assert title in constants
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["description"] == f"{title}: a panel for Kirara Studio"
    assert "authors" not in project


@pytest.mark.parametrize(
    "name",
    ["", "Hello", "9lives", "a b", "a/b", "../a", "ひまわり", "class", "a" * 41, "a__b", "-a"],
)
def test_a_name_that_no_package_can_have_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="cannot be called"):
        checked_name(name)


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="already a plugin “mine”"):
        checked_name("mine", ["mine"])
    with pytest.raises(UserError, match="already a plugin “plugins”"):
        checked_name("plugins")
    with pytest.raises(UserError, match="already a package “kirara_speech”"):
        checked_name("speech")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("keep", "utf-8")
    with pytest.raises(UserError, match="is there already"):
        new_plugin("sun", tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert (new_plugin("sun", tmp_path / "empty") / "pyproject.toml").is_file()


def test_the_command_makes_one_beside_where_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    assert main(["plugins", "new", "moon"]) == 0
    assert "kirara-studio plugins check moon" in capsys.readouterr().out
    assert (tmp_path / "moon" / "kirara_moon" / "panel.py").is_file()
    assert main(["plugins", "new", "releases"]) == 1
    assert "There is already a plugin “releases”." in capsys.readouterr().err


def test_its_own_tests_pass(tmp_path: Path) -> None:
    folder = new_plugin("tested", tmp_path / "tested")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not rules"],
        cwd=folder,  # the rules have a test of their own here
        env=child_environment() | {"KIRARA_HOME": str(tmp_path / "home")},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout


def test_new_texts_are_collected_and_compiled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = new_plugin("wordy", tmp_path / "wordy")
    panel = folder / "kirara_wordy" / "panel.py"
    panel.write_text(panel.read_text("utf-8").replace('"Grow"', '"Grow now"'), "utf-8")
    assert main(["plugins", "translate", str(folder)]) == 0
    assert capsys.readouterr().out.strip().endswith("1 texts to translate")
    catalogue = folder / "kirara_wordy" / "translations" / "ja.ts"
    assert "<source>Grow now</source>" in catalogue.read_text("utf-8")


def test_a_new_catalogue_takes_up_later_texts(tmp_path: Path) -> None:
    text = "from PySide6.QtCore import QCoreApplication\nQCoreApplication.translate('x', '{}')\n"
    for number, word in enumerate(("first", "second")):
        (tmp_path / f"part{number}.py").write_text(text.format(word), encoding="utf-8")
        (catalogue,) = translate_package(tmp_path)
        written = catalogue.read_text(encoding="utf-8")
        assert word in written and 'language="ja"' in written
