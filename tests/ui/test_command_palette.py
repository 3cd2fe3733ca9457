"""The command palette: finding in both languages, and the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kirara_studio.ui.fuzzy import best_score, fold
from tests.ui.conftest import Studio


@pytest.fixture
def palette(studio: Studio):  # type: ignore[no-untyped-def]
    studio.window.show()
    QTest.qWaitForWindowActive(studio.window)
    QTest.keyClick(studio.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return studio.window.command_palette


def test_fold() -> None:
    assert fold("ＧＩＦ") == fold("gif")
    assert fold("カタカナ") == fold("かたかな") == fold("ｶﾀｶﾅ")


def test_ranking() -> None:
    def rank(query: str, *texts: str) -> list[str]:
        scored = [(best_score(query, [text]), text) for text in texts]
        return [text for points, text in sorted(scored, key=lambda s: -(s[0] or 0)) if points]

    assert rank("set", "Reset it", "Open the settings", "Sunset")[0] == "Open the settings"
    assert rank("dt", "Dark theme", "Edit")[0] == "Dark theme"
    assert rank("theme dark", "Dark theme", "Light theme") == ["Dark theme"]
    assert rank("xyz", "Dark theme") == []


def test_everything_is_listed(palette, studio: Studio) -> None:  # type: ignore[no-untyped-def]
    listed = {(entry.group, entry.title) for entry in palette.found}
    assert {
        ("Panel", "Characters"),
        ("New window", "Speech"),
        ("Characters", "Shuffle the faces"),  # with the panel that it belongs to
        ("Settings", "Sample"),
        ("Settings", "Kirara Studio"),
        ("Command", "Dark theme"),
        ("Command", "Show everything in Japanese"),
        ("Command", "Quit"),
    } <= listed


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dark", "Dark theme"),
        ("ダーク", "Dark theme"),
        ("だーく", "Dark theme"),
        ("日本語", "Show everything in Japanese"),
        ("shuf", "Shuffle the faces"),
        ("終了", "Quit"),
    ],
)
def test_finding(palette, typed: str, first: str) -> None:  # type: ignore[no-untyped-def]
    palette.field.setText(typed)
    assert palette.found[0].title == first


def test_finding_english_names_in_japanese(studio: Studio) -> None:
    studio.appearance.choose("language", "ja")
    studio.window.open_palette()
    studio.window.command_palette.field.setText("dark")
    assert studio.window.command_palette.found[0].title == "ダークテーマ"


def test_keyboard_alone(palette, studio: Studio) -> None:  # type: ignore[no-untyped-def]
    field = palette.field
    assert field.hasFocus()
    QTest.keyClicks(field, "speech")
    assert [entry.group for entry in palette.found] == ["Panel", "New window"]
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert studio.window.current_panel == "sample.second"


def test_escape_gives_the_keyboard_back(studio: Studio) -> None:
    studio.window.show()
    panel = studio.opened("sample")
    QTest.qWaitForWindowActive(studio.window)
    panel.line.setFocus()
    studio.window.open_palette()
    palette = studio.window.command_palette
    QTest.keyClicks(palette.field, "zzzz")
    assert palette.found == [] and palette.nothing.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert panel.line.hasFocus()


def test_commands_do_what_they_say(palette, studio: Studio) -> None:  # type: ignore[no-untyped-def]
    for typed, check in (
        ("dark theme", lambda: studio.appearance.theme.choice == "dark"),
        ("in japanese", lambda: studio.appearance.language.code == "ja"),
        ("safe mode", lambda: studio.restarts == [True]),
        ("sample", lambda: studio.window.windowTitle().startswith("設定")),
        ("quit", lambda: studio.quits == 1),
    ):
        palette.open()
        QTest.keyClicks(palette.field, typed)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert check(), typed
