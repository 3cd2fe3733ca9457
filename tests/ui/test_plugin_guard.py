"""Plugins that reach for what is not theirs: it is undone, and they are named."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QPalette, QShortcut
from PySide6.QtWidgets import QApplication

from kirara_studio.api.widgets.tokens import DARK
from kirara_studio.host.global_state import GlobalState
from kirara_studio.testing import wait_for
from tests.host.plugin_maker import install
from tests.ui.conftest import MakeStudio, Studio

PAINTER = """
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

@hookimpl
def kirara_panels():
    return [Panel("painter", "Painter", "panel", "plugin_of_tests_painter:Painter", order=500)]

@hookimpl
def kirara_actions():
    return [Action("painter.find", "Find", "plugin_of_tests_painter:find", shortcut="Ctrl+K")]

class Painter(QLabel):
    def __init__(self, context):
        super().__init__("red")
        QApplication.setPalette(QPalette(QColor("red")))
        QApplication.instance().setStyleSheet("* { color: red }")
"""


def test_a_panel_keeps_neither_palette_nor_keys_that_are_not_its_own(
    make_studio: MakeStudio, tmp_path: Path
) -> None:
    install(tmp_path / "plugins", "painter", PAINTER)
    studio = make_studio(find=True)
    studio.appearance.choose("language", "en")
    application = studio.application
    assert isinstance(application, QApplication)
    before = application.palette(), application.styleSheet()
    studio.window.show()
    keys = [shortcut.key().toString() for shortcut in studio.window.findChildren(QShortcut)]
    assert keys.count("Ctrl+K") == 1
    widget = studio.opened("painter")
    assert widget.text() == "red"
    assert (application.palette(), application.styleSheet()) == before
    shown = " ".join(banner.message for banner in studio.window.banners.banners)
    assert "“painter” wants the keys Ctrl+K for “Find”, which are taken." in shown
    assert "“painter” changed the palette. This was undone." in shown
    assert "“painter” changed the style sheet. This was undone." in shown
    wait_for(lambda: studio.registry.figures("painter").show_seconds is not None)
    studio.window.open_plugins()
    card = studio.window.page("page:plugins").cards["painter"]
    assert "first shown after" in card.figures.text() and "palette" in card.notes.text()


def test_a_theme_that_the_user_chose_meanwhile_stays(studio: Studio) -> None:
    state = GlobalState.now(of_the_window=True)
    studio.appearance.choose("theme", "dark")
    assert state.restore() == ()
    ground = studio.application.palette().color(QPalette.ColorRole.Window)
    assert ground == QColor(DARK.ground)
