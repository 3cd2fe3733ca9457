"""Light, dark and as the system; typefaces; motion; the style sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QPalette, QTextLayout
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QMessageBox, QPushButton

from kirara_studio.api.resources import resource_folder
from kirara_studio.api.widgets.icons import app_icon, icon_path, icon_pixmap
from kirara_studio.api.widgets.tokens import DARK, LIGHT, current_tokens
from kirara_studio.ui.stylesheet import style_sheet
from kirara_studio.ui.theme import Theme, families
from tests.ui.conftest import Studio, process_events


def test_choosing_a_theme_changes_everything_at_once(studio: Studio) -> None:
    studio.window.show()
    for choice, tokens in (("dark", DARK), ("light", LIGHT)):
        studio.appearance.choose("theme", choice)
        process_events()
        assert current_tokens() == tokens
        palette = studio.application.palette()
        assert palette.color(QPalette.ColorRole.Window) == QColor(tokens.ground)
        picture = studio.window.grab().toImage()
        left_edge = picture.pixelColor(3, picture.height() // 2)
        assert left_edge == QColor(tokens.surface)
        assert f'theme = "{choice}"' in (studio.home / "settings.toml").read_text()


def test_a_new_theme_is_applied_though_an_earlier_one_has_styled_the_application(
    application: QApplication,
) -> None:
    for choice, tokens in (("dark", DARK), ("light", LIGHT)):
        theme = Theme(application, choice)
        assert application.palette().color(QPalette.ColorRole.Window) == QColor(tokens.ground)
        theme.deleteLater()


def test_following_the_system_live(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """No platform of the tests has a colour scheme, so what Qt would say is put in its mouth."""
    system = {"dark": False}
    monkeypatch.setattr(studio.appearance.theme, "system_is_dark", lambda: system["dark"])
    hints = studio.application.styleHints()
    studio.appearance.choose("theme", "system")
    assert current_tokens() == LIGHT
    system["dark"] = True
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current_tokens() == DARK
    studio.appearance.choose("theme", "light")
    assert current_tokens() == LIGHT
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current_tokens() == LIGHT


def test_motion_stops_where_it_is_unwanted(studio: Studio) -> None:
    assert current_tokens().motion_fast == 120
    studio.settings.page(_studio_page())["reduce_motion"] = True
    assert (current_tokens().motion_fast, current_tokens().motion_slow) == (0, 0)
    studio.settings.page(_studio_page())["reduce_motion"] = False
    assert current_tokens() == LIGHT


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_can_be_read_by_qt(
    tokens: object, application: QApplication, capfd: pytest.CaptureFixture[str]
) -> None:
    label = QLabel("x")
    label.setStyleSheet(style_sheet(tokens, "/tmp"))  # type: ignore[arg-type]
    label.ensurePolished()
    errors = capfd.readouterr().err
    assert "Could not parse" not in errors and "Unknown property" not in errors


def test_colours_come_from_the_tokens_alone() -> None:
    """Both themes differ in their colours only, so no colour is written into the sheet."""
    light, dark = style_sheet(LIGHT, "p"), style_sheet(DARK, "p")
    for name in LIGHT._fields:
        old, new = getattr(DARK, name), getattr(LIGHT, name)
        if isinstance(old, str) and old.startswith("#"):
            dark, light = dark.replace(old, "C"), light.replace(new, "C")
    assert "#" not in _without_names(light) and "#" not in _without_names(dark)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_japanese_face_is_always_asked_before_others(language: str, platform: str) -> None:
    chosen = families(language, "Cantarell", platform)
    japanese = {"linux": "Noto Sans CJK JP", "darwin": "Hiragino Sans", "win32": "Yu Gothic UI"}
    assert japanese[platform] in chosen[:2]
    assert (chosen[0] == "Cantarell") == (language == "en")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_kanji_have_japanese_forms(studio: Studio, language: str) -> None:
    if "Noto Sans CJK JP" not in QFontDatabase.families():
        pytest.skip("Noto Sans CJK is not installed")
    studio.appearance.choose("language", language)
    layout = QTextLayout("直骨令", studio.application.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    used = {run.rawFont().familyName() for run in layout.glyphRuns()}
    assert used == {"Noto Sans CJK JP"}


def test_icons_take_the_colour(application: QApplication) -> None:
    for path in (resource_folder() / "icons").glob("*.svg"):
        image = icon_pixmap(path, "#ff0000", 32).toImage()
        colors = {
            image.pixelColor(x, y).name()
            for x in range(32)
            for y in range(32)
            if image.pixelColor(x, y).alpha() > 250
        }
        assert colors == {"#ff0000"}, path.name


def test_an_icon_cannot_leave_its_package(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (tmp_path / "outside.svg").write_text("<svg/>")
    (package / "own.svg").write_text("<svg/>")
    assert icon_path("own.svg", package) == package / "own.svg"
    plain = resource_folder() / "icons" / "panel.svg"
    for name in ("../outside.svg", str(tmp_path / "outside.svg"), "missing.svg", "", "app/x"):
        assert icon_path(name, package) == plain


def test_a_broken_icon_is_merely_empty(tmp_path: Path, application: QApplication) -> None:
    (tmp_path / "broken.svg").write_bytes(b"\xff\xfe not an svg")
    assert not icon_pixmap(tmp_path / "broken.svg", "#ff0000", 20).isNull()
    assert not icon_pixmap(tmp_path / "missing.svg", "#ff0000", 20).isNull()


def test_the_app_icon_is_what_its_drawing_shows(repository: Path, application: object) -> None:
    import importlib.util

    from PySide6.QtGui import QImage

    spec = importlib.util.spec_from_file_location(
        "app_icons", repository / "packaging" / "app_icons.py"
    )
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    folder = resource_folder() / "icons" / "app"
    for size in script.SIZES:
        stored = QImage(str(folder / f"kirara-studio-{size}.png"))
        drawn = script.render(folder / "kirara-studio.svg", size)
        assert stored.size() == drawn.size()
        middle = size // 2
        difference = abs(
            stored.pixelColor(middle, middle).green() - drawn.pixelColor(middle, middle).green()
        )
        assert difference < 8, f"run packaging/app_icons.py: {size} pixels"
    assert not app_icon().isNull()


def _studio_page() -> object:
    from kirara_studio.ui.studio_settings import STUDIO_PAGE

    return STUDIO_PAGE


def _without_names(sheet: str) -> str:
    """Selectors such as ``QWidget#ground`` are no colours."""
    return sheet.replace("#ground", "").replace("#scrolled", "")


def test_dialogs_of_qt_have_the_icons_of_the_studio(studio: Studio) -> None:
    buttons = QMessageBox.StandardButton
    box = QMessageBox(QMessageBox.Icon.Question, "", "Save?", buttons.Save | buttons.Discard)
    asking = QInputDialog()
    for dialog in (box, asking):
        dialog.show()
        process_events()
        found = dialog.findChildren(QPushButton)
        assert len(found) == 2 and all(button.icon().isNull() for button in found)
    picture = box.iconPixmap().toImage()
    colors = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert colors == {current_tokens().accent_text.lower()}
    for dialog in (box, asking):
        dialog.close()
        dialog.deleteLater()
