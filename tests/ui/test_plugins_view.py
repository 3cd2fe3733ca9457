"""The list of plugins."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from tests.ui.conftest import MakeStudio, Studio, found_plugin


def view_of(studio: Studio) -> Any:
    studio.appearance.choose_language("en")
    studio.window.open_plugins()
    return studio.window._pages["page:plugins"]


def test_states_and_reasons(make_studio: MakeStudio) -> None:
    studio = make_studio(
        found_plugin("sample", "kirara_sample", distribution="kirara-studio"),
        found_plugin("gone", "kirara_gone"),
    )
    cards = view_of(studio).cards
    assert cards["sample"].state_text == "on"
    assert "comes with the studio" in cards["sample"]._origin.text()
    assert cards["sample"].copy.isHidden()
    assert cards["gone"].state_text == "broken"
    assert "kirara_gone" in cards["gone"]._reason.text()
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
    view._restart.button.click()
    assert studio.restarts == [False]
    again = make_studio()
    assert again.registry.panels == []
    assert view_of(again).cards["sample"].state_text == "off"
    view_of(again).cards["sample"].switch.click()
    assert view_of(make_studio()).cards["sample"].state_text == "on"


def test_safe_mode_says_so(make_studio: MakeStudio) -> None:
    studio = make_studio(safe_mode=True)
    view = view_of(studio)
    (banner,) = view.notices.banners
    assert "safe mode" in banner.message
    assert "safe mode" in view.cards["sample"]._reason.text()


def test_the_plugin_that_the_last_start_died_of(make_studio: MakeStudio) -> None:
    view = view_of(make_studio(suspect="sample"))
    (banner,) = view.notices.banners
    assert "“sample”" in banner.message
    assert view.cards["sample"].state_text == "off"
