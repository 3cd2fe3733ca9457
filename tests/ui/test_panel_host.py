"""Panels that fail: each error names its plugin, and everything else goes on."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice
from tests.host.keyrings import use_keyring
from tests.ui.conftest import MakeStudio, Studio, found_plugin, process_events


@pytest.fixture
def faulty(make_studio: MakeStudio) -> Studio:
    studio = make_studio(
        found_plugin("sample", "kirara_sample"), found_plugin("faulty", "kirara_faulty")
    )
    studio.appearance.choose("language", "en")
    return studio


@pytest.mark.parametrize(
    ("panel", "expected"),
    [
        ("raises", "ZeroDivisionError: nothing to divide by"),
        ("exits", "SystemExit: 3"),
        ("missing", "NotThere"),
        ("nonsense", "not a QWidget"),
        ("import", "libmissing.so.1 is not installed"),
    ],
)
def test_a_panel_that_cannot_be_made(faulty: Studio, panel: str, expected: str) -> None:
    assert faulty.opened(f"faulty.{panel}") is None
    fault = faulty.window.host(f"faulty.{panel}").fault
    assert fault is not None
    assert fault.plugin == "faulty"
    assert f"Faulty {panel}" in fault.message
    assert expected in fault.message
    assert "Plugin faulty 1.2 (kirara-for-tests)" in fault.details
    assert faulty.opened("sample") is not None


def test_an_error_that_gives_advice(faulty: Studio) -> None:
    faulty.opened("faulty.advises")
    fault = faulty.window.host("faulty.advises").fault
    assert fault is not None and fault.expected
    assert (fault.message, fault.advice) == (
        "“model.safetensors” is missing.",
        "Import a model first.",
    )


def test_the_error_page_follows_the_language(faulty: Studio) -> None:
    faulty.window.show()
    faulty.opened("faulty.raises")
    faulty.appearance.choose("language", "ja")
    process_events()
    fault = faulty.window.host("faulty.raises").fault
    assert fault is not None and "予期しない問題" in fault.message
    assert faulty.window.host("faulty.raises").fault_page.again.text() == "もう一度試す"  # type: ignore[union-attr]


def test_the_keyboard_waits_for_the_panel(faulty: Studio) -> None:
    faulty.window.show()
    QTest.qWaitForWindowActive(faulty.window)
    faulty.window.open_panel("faulty.raises")
    host = faulty.window.host("faulty.raises")
    host.focus_content()
    assert host.hasFocus()
    host.load()
    assert host.fault_page.again.hasFocus()  # type: ignore[union-attr]
    assert host.fault_page.again.property("ring") is True  # type: ignore[union-attr]


def test_try_again(faulty: Studio) -> None:
    host = faulty.window.host("faulty.raises")
    assert faulty.opened("faulty.raises") is None
    host.fault_page.again.click()  # type: ignore[union-attr]
    assert host.fault is not None
    sys.modules["kirara_faulty.panels"].Raises.works = True
    host.fault_page.again.click()  # type: ignore[union-attr]
    assert host.fault is None and host.widget is not None


def test_copy_details(faulty: Studio) -> None:
    faulty.opened("faulty.raises")
    page = faulty.window.host("faulty.raises").fault_page
    assert page is not None
    page.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "Traceback" in text and "nothing to divide by" in text and "Qt 6" in text
    assert page.copy.text() == "Copied"


def test_switch_the_plugin_off_from_its_page(faulty: Studio) -> None:
    faulty.opened("faulty.raises")
    faulty.window.host("faulty.raises").fault_page.switch_off.click()  # type: ignore[union-attr]
    assert not faulty.registry.is_enabled("faulty")
    assert faulty.registry.is_enabled("sample")
    assert faulty.window.windowTitle().startswith("Plugins")


def test_a_slot_that_raises_becomes_a_banner(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``app.py`` sets it: the hook hands errors to the window."""
    monkeypatch.setattr(
        sys, "excepthook", lambda kind, error, trace: studio.window.report_fault(error)
    )
    panel = studio.opened("sample")
    panel.line.setText("not lost")
    panel.fail.click()
    host = studio.window.host("sample")
    (banner,) = host.banners.banners
    assert "“Characters” met an unexpected problem" in banner.message
    assert "seven is not a face" in banner.message
    panel.fail.click()
    assert len(host.banners.banners) == 1
    assert host.widget is panel and panel.line.text() == "not lost"
    assert studio.window.crash_dialog is None


def test_banners(studio: Studio) -> None:
    studio.window.show()
    host = studio.window.host("sample")
    panel = studio.opened("sample")
    for number in range(5):
        panel.context.show_error(UserError(f"“{number}.png” is no picture.", advice="Try another."))
    shown = [banner.message for banner in host.banners.banners]
    assert shown == [f"“{number}.png” is no picture." for number in (4, 3, 2)]
    for banner in host.banners.banners:
        assert banner.copy.isHidden()
        banner.close_button.click()
    process_events()
    assert host.banners.isHidden()


def test_markup_in_an_error_is_shown_as_it_is(studio: Studio) -> None:
    host = studio.window.host("sample")
    host.show_error(UserError("<b>bold</b> <img src='file:///etc/passwd'>"))
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText
        for label in host.banners.banners[0].findChildren(QLabel)
    )


def test_a_panel_asks_in_a_banner(studio: Studio) -> None:
    chosen: list[str] = []
    context = studio.opened("sample").context
    choices = [("Finish", lambda: chosen.append("finish")), ("Undo", lambda: chosen.append("undo"))]
    context.offer("It was interrupted.", "2 of 3 are there.", choices)
    host = studio.window.host("sample")
    (banner,) = host.banners.banners
    assert (banner.message, banner.advice) == ("It was interrupted.", "2 of 3 are there.")
    buttons = {button.text(): button for button in banner.findChildren(QAbstractButton)}
    buttons["Undo"].click()
    assert chosen == ["undo"] and host.banners.banners == []


def test_an_action_that_raises(faulty: Studio) -> None:
    action = next(a for a in faulty.registry.actions if a.id == "faulty.act")
    faulty.window.run_action(action)
    (banner,) = faulty.window.banners.banners
    assert "no action today" in banner.message


def test_context_lends_what_it_promises(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    use_keyring(monkeypatch, "memory")
    context = studio.opened("sample").context
    assert context.panel.id == "sample"
    assert context.settings["count"] == 16
    context.settings["count"] = 9
    assert "count = 9" in (studio.home / "settings.toml").read_text()
    context.state["seed"] = 7
    assert studio.state.section("panel.sample") == {"seed": 7}
    assert context.data_folder == studio.home / "data" / "sample"
    pictures = studio.home / "Pictures"
    assert not pictures.exists()
    assert context.results_folder == pictures / "sample"
    assert context.results_folder.is_dir(), "a dialog cannot start in a folder that is not there"
    context.show_message("Saved as a.png")
    assert studio.window.job_bar.message == "Saved as a.png"
    context.set_status("tiny · 3 ms")
    assert studio.window.job_bar.status == "tiny · 3 ms"
    assert context.device is None
    context.secrets.set("slack", "https://hooks")
    assert studio.secrets("sample").get("slack") == "https://hooks"
    assert context.messengers is studio.messengers
    context.notify(Notice("today", id="sample.1"))
    assert [backend.id for backend in context.notice_backends()] == ["list"]
    with ThreadPoolExecutor() as threads:
        assert threads.submit(context.deliver, Notice("now")).result() == "list"
    context.withdraw("sample.1")
    studio.notifier.close()
    assert sorted(notice.title for notice in studio.notices) == ["now", "today"]
    # A panel without a page of its own gets an empty one rather than an error.
    with pytest.raises(KeyError):
        studio.opened("sample.second").context.settings["count"]
