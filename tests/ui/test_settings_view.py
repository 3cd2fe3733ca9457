"""Settings: forms from descriptions, stored at once, reset, searched."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kirara_studio.api.settings import Settings
from kirara_studio.ui.studio_settings import STUDIO_PAGE
from tests.ui.conftest import Studio, process_events


@pytest.fixture
def rows(studio: Studio) -> dict[str, Any]:
    studio.window.show()
    studio.window.open_settings()
    process_events()
    view: Any = studio.window.page("page:settings")
    return view.sections["sample"].form.rows


def sample_settings(studio: Studio) -> Settings:
    (page,) = (page for page in studio.registry.settings_pages if page.id == "sample")
    return studio.settings.page(page)


def stored(studio: Studio) -> str:
    return (studio.home / "settings.toml").read_text()


def test_each_kind_is_stored_at_once(studio: Studio, rows: dict[str, Any]) -> None:
    QTest.mouseClick(rows["playful"].control.editor, Qt.MouseButton.LeftButton)
    assert "playful = false" in stored(studio)
    number = rows["count"].control.editor
    number.selectAll()
    QTest.keyClicks(number, "24")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert "count = 24\n" in stored(studio)
    rows["strength"].control.editor.stepUp()
    assert "strength = 0.75" in stored(studio)
    box = rows["format"].control.editor
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert 'format = "webp"' in stored(studio)
    text = rows["name"].control.editor
    text.insert("ゆの")  # QTest types Latin letters only
    assert "ゆの" not in stored(studio)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert 'name = "ゆの"' in stored(studio)


def test_a_secret_is_hidden_and_not_in_the_file(studio: Studio, rows: dict[str, Any]) -> None:
    control = rows["token"].control
    edit = control.editor
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    QTest.keyClicks(edit, "s3cret")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not (studio.home / "settings.toml").exists() or "s3cret" not in stored(studio)
    control.eye.click()
    assert edit.echoMode() == QLineEdit.EchoMode.Normal


def test_a_double_click_resets(studio: Studio, rows: dict[str, Any]) -> None:
    settings = sample_settings(studio)
    for key, value in (("count", 3), ("playful", False), ("format", "webp"), ("name", "x")):
        settings[key] = value
        QTest.mouseDClick(rows[key].name, Qt.MouseButton.LeftButton)
    assert [settings[k] for k in ("count", "playful", "format", "name")] == [16, True, "gif", ""]
    assert rows["count"].control.editor.value() == 16


def test_changes_from_elsewhere_show(studio: Studio, rows: dict[str, Any]) -> None:
    sample_settings(studio)["count"] = 5
    sample_settings(studio)["playful"] = False
    assert rows["count"].control.editor.value() == 5
    assert not rows["playful"].control.editor.isChecked()


def test_what_cannot_be_stored_is_said_beside_the_setting(
    studio: Studio, rows: dict[str, Any]
) -> None:
    rows["name"].control.changed.emit("two\nlines")
    assert "single line" in rows["name"].problem
    rows["name"].control.changed.emit("one line")
    assert rows["name"].problem == ""


def test_the_wheel_changes_nothing_on_the_way(studio: Studio, rows: dict[str, Any]) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    box = rows["count"].control.editor
    box.clearFocus()
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.value() == 16


def test_search_in_both_languages(studio: Studio, rows: dict[str, Any]) -> None:
    view: Any = studio.window.page("page:settings")
    studio_rows = view.sections["studio"].form.rows

    def shown() -> set[str]:
        everything = {**studio_rows, **rows}
        return {key for key, row in everything.items() if row.isVisible()}

    view.search.setText("theme")
    assert shown() == {"theme"}
    view.search.setText("言語")
    assert shown() == {"language"}
    view.search.setText("webp")
    assert shown() == {"format"}
    view.search.setText("qqq")
    assert shown() == set() and view.nothing.isVisible()
    view.search.setText("sample")
    assert shown() == set(rows)
    view.search.clear()
    assert shown() == set(rows) | set(studio_rows)


def test_the_studios_page_acts(studio: Studio, rows: dict[str, Any]) -> None:
    settings = studio.settings.page(STUDIO_PAGE)
    settings["theme"] = "dark"
    assert studio.appearance.theme.tokens.dark
    settings["language"] = "ja"
    assert studio.appearance.language.code == "ja"


def test_a_file_that_cannot_be_written_is_no_crash(studio: Studio, rows: dict[str, Any]) -> None:
    problems: list[Exception] = []
    studio.settings.watch_problems(problems.append)
    (studio.home / "settings.toml").unlink(missing_ok=True)
    (studio.home / "settings.toml").mkdir()
    rows["count"].control.editor.stepUp()
    assert sample_settings(studio)["count"] == 17
    assert problems
