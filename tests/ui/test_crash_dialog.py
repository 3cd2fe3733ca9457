"""Errors that no panel can show."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from kirara_studio.host.registry import PluginError
from tests.ui.conftest import Studio, process_events


def fail(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as raised:
        return raised


def test_an_error_of_the_studio(studio: Studio) -> None:
    studio.window.report_fault(fail(OSError("the sound card is on fire")))
    dialog = studio.window.crash_dialog
    assert "OSError: the sound card is on fire" in dialog.fault.message
    assert dialog.switch_off.isHidden()
    dialog.copy.click()
    assert "Traceback" in QGuiApplication.clipboard().text()
    studio.window.report_fault(fail(ValueError("another")))
    assert studio.window.crash_dialog is dialog
    assert "1" in dialog.count.text()
    dialog.go_on.click()
    process_events()
    assert studio.window.crash_dialog is None
    assert not studio.restarts


def test_restart_in_safe_mode(studio: Studio) -> None:
    studio.window.report_fault(fail(OSError("x")))
    studio.window.crash_dialog.safe_mode.click()
    assert studio.restarts == [True]


def test_switch_the_culprit_off(studio: Studio) -> None:
    studio.window.report_fault(fail(PluginError("sample", "made a mess.")))
    dialog = studio.window.crash_dialog
    assert dialog.fault.plugin == "sample"
    dialog.switch_off.click()
    assert not studio.registry.is_enabled("sample")


def test_stopping_the_program_is_no_crash(studio: Studio) -> None:
    studio.window.report_fault(fail(KeyboardInterrupt()))
    assert studio.window.crash_dialog is None


def test_escape_means_go_on(studio: Studio) -> None:
    studio.window.report_fault(fail(OSError("x")))
    studio.window.crash_dialog.reject()
    assert studio.window.crash_dialog is None
