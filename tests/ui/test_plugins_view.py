"""The list of plugins."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from tests.ui.conftest import MakeStudio, Studio, found_plugin


def view_of(studio: Studio) -> Any:
    studio.appearance.choose("language", "en")
    studio.window.open_plugins()
    return studio.window.page("page:plugins")


def test_states_and_reasons(make_studio: MakeStudio) -> None:
    studio = make_studio(
        found_plugin("sample", "kirara_sample", distribution="kirara-studio"),
        found_plugin("gone", "kirara_gone"),
    )
    cards = view_of(studio).cards
    assert cards["sample"].state_text == "on"
    assert "comes with the studio" in cards["sample"].origin.text()
    assert cards["sample"].copy.isHidden()
    assert cards["gone"].state_text == "broken"
    assert "kirara_gone" in cards["gone"].reason.text()
    cards["gone"].copy.click()
    assert "Traceback" in QGuiApplication.clipboard().text()


def test_switching_holds_from_the_next_start(make_studio: MakeStudio) -> None:
    studio = make_studio()
    view = view_of(studio)
    view.cards["sample"].switch.click()
    assert view.cards["sample"].state_text == "off from the next start"
    assert view.restart_offered
    assert studio.window.rail.button("sample") is not None
    view.cards["sample"].switch.click()
    assert not view.restart_offered
    view.cards["sample"].switch.click()
    view.restart.click()
    assert studio.restarts == [False]
    again = make_studio()
    assert again.registry.panels == []
    assert view_of(again).cards["sample"].state_text == "off"
    view_of(again).cards["sample"].switch.click()
    assert view_of(make_studio()).cards["sample"].state_text == "on"


def buttons(banner: Any) -> dict[str, QAbstractButton]:
    return {button.text(): button for button in banner.findChildren(QAbstractButton)}


def test_safe_mode_says_so_and_how_to_leave_it(make_studio: MakeStudio) -> None:
    studio = make_studio(safe_mode=True)
    (banner,) = studio.window.banners.banners
    assert "safe mode" in banner.message
    buttons(banner)["Restart"].click()
    assert studio.restarts == [False]
    assert "safe mode" in view_of(studio).cards["sample"].reason.text()


def test_the_plugin_that_the_last_start_died_of(make_studio: MakeStudio) -> None:
    studio = make_studio(suspect="sample")
    (banner,) = studio.window.banners.banners
    assert "“sample”" in banner.message
    view = view_of(studio)
    assert view.cards["sample"].state_text == "off"
    assert "last start ended" in view.cards["sample"].reason.text()
    buttons(banner)["Restart in safe mode"].click()
    assert studio.restarts == [True]
    assert not studio.window.rail.isHidden() and studio.window.current_panel == ""
    buttons(banner)["Try again"].click()
    assert view.cards["sample"].state_text == "on"
    assert studio.window.current_panel == "sample", "at once, without a restart"
    assert studio.registry.is_enabled("sample") and not studio.window.banners.banners


def test_broken_plugins_are_told_once(make_studio: MakeStudio) -> None:
    studio = make_studio(found_plugin("gone", "kirara_gone"), found_plugin("off", "kirara_off"))
    (banner,) = studio.window.banners.banners
    assert banner.message == "2 plugins are broken." and banner.advice == "gone, off"
    buttons(banner)["Show the plugins"].click()
    assert studio.window.windowTitle().startswith("Plugins") and not studio.window.banners.banners
    studio.window.show_plugin_notices()
    assert not studio.window.banners.banners
