"""The menu of what can be saved, and where."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from kirara_studio.api.widgets import SaveButton, SaveItem

from .conftest import Heard


@pytest.fixture
def messages() -> list[str]:
    return []


@pytest.fixture
def button(tmp_path: Path, messages: list[str]) -> SaveButton:
    context: Any = SimpleNamespace(results_folder=tmp_path, show_message=messages.append)
    return SaveButton(context)


def answer(monkeypatch: pytest.MonkeyPatch, path: str) -> list[tuple[Any, ...]]:
    """What a user answers in the dialog; returns what they are asked."""
    asked: list[tuple[Any, ...]] = []

    def ask(_: Any, *arguments: Any) -> tuple[str, str]:
        asked.append(arguments)
        return path, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return asked


def test_the_menu_offers_what_is_possible_now(button: SaveButton) -> None:
    saved: list[str] = []
    ready = [False]
    button.set_items(
        [
            SaveItem("Picture…", lambda: saved.append("picture"), shortcut="Ctrl+S"),
            None,
            SaveItem("Film…", lambda: saved.append("film"), lambda: ready[0]),
        ]
    )
    picture, separator, film = button.menu.actions()
    assert button.text() == "Save" and separator.isSeparator()
    assert picture.shortcut().toString() == "Ctrl+S"
    button.menu.aboutToShow.emit()
    assert picture.isEnabled() and not film.isEnabled()
    ready[0] = True
    button.menu.aboutToShow.emit()
    film.trigger()
    picture.trigger()
    assert saved == ["film", "picture"]
    button.set_items([SaveItem("絵…", lambda: None)])
    assert [action.text() for action in button.menu.actions()] == ["絵…"]


def test_it_proposes_a_free_name(
    button: SaveButton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "film.gif").touch()
    asked = answer(monkeypatch, str(tmp_path / "mine.gif"))
    assert button.ask("film", ".gif", "GIF (*.gif)") == tmp_path / "mine.gif"
    assert asked == [("Save", str(tmp_path / "film-2.gif"), "GIF (*.gif)")]


@pytest.mark.parametrize(
    ("typed", "suffix", "expected"),
    [
        ("mine", ".mp4", "mine.mp4"),
        ("mine.webp", ".mp4", "mine.webp"),
        ("mine", "", "mine"),
        ("", ".mp4", None),
    ],
)
def test_a_name_without_a_suffix_gets_one(
    button: SaveButton,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    suffix: str,
    expected: str | None,
) -> None:
    answer(monkeypatch, typed)
    assert button.ask("film", suffix) == (Path(expected) if expected else None)


def test_what_was_saved_is_reported(button: SaveButton, messages: list[str]) -> None:
    heard = Heard(button.saved)
    assert button.last_saved is None
    button.report(Path("a.png"))
    assert button.last_saved == Path("a.png")
    assert heard == [Path("a.png")] and messages == ["Saved as a.png"]
