"""The notification centre's library, with the daemon that it speaks to on Linux: dunst.

Windows and macOS are not tested here; what the studio adds to the library is.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeAction
from kirara_studio.desktop.desktop_backends import desktop_backends
from kirara_studio.desktop.system_notifier import SystemNotifier
from tests.desktop_session import DesktopSession, wait_until

BOUGHT = NoticeAction("bought", "買った")


@pytest.fixture
def centre(clicks: list[tuple[str, str, str]]) -> SystemNotifier:
    return SystemNotifier(lambda notice, *rest: clicks.append((notice.title, *rest)))


def test_a_notice_is_shown_and_a_click_comes_back(
    bus_session: DesktopSession, centre: SystemNotifier, clicks: list[tuple[str, str, str]]
) -> None:
    bus_session.start_notifications()
    centre.send(Notice("今日は発売日です。", "きらら"))
    bus_session.click_notification()
    wait_until(lambda: clicks)
    assert clicks == [("今日は発売日です。", "", "")]
    (shown,) = bus_session.notifications()
    assert (shown.program, shown.title) == ("Kirara Studio", "今日は発売日です。")


def test_an_action_comes_back(
    bus_session: DesktopSession, centre: SystemNotifier, clicks: list[tuple[str, str, str]]
) -> None:
    bus_session.start_notifications()
    centre.send(Notice("今日は発売日です。", id="releases.x", actions=(BOUGHT,)))
    bus_session.choose_action("買った")
    wait_until(lambda: clicks)
    assert clicks == [("今日は発売日です。", "bought", "")]


def test_a_notice_is_withdrawn(bus_session: DesktopSession, centre: SystemNotifier) -> None:
    bus_session.start_notifications()
    centre.send(Notice("kept"))
    centre.send(Notice("withdrawn", id="releases.x"))
    assert bus_session.displayed() == 2
    centre.withdraw("releases.x")
    wait_until(lambda: bus_session.displayed() == 1)
    centre.withdraw("releases.unknown")
    assert bus_session.displayed() == 1


def test_what_is_not_shown_is_an_error(bus_session: DesktopSession, centre: SystemNotifier) -> None:
    with pytest.raises(UserError, match="cannot be used"):
        centre.send(Notice("lost"))
    bus_session.start_notifications()
    centre.send(Notice("shown"))
    bus_session.stop_notifications()
    with pytest.raises(UserError, match="does not show"):
        centre.send(Notice("lost too"))


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_it_is_the_first_channel_there(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    (backend,) = desktop_backends()
    assert backend.id == "centre" and backend.order < 30  # the balloon's


def test_the_library_is_imported_with_the_first_notice() -> None:
    program = (
        "import sys; sys.platform = 'darwin';"
        "from kirara_studio.desktop.desktop_backends import desktop_backends; desktop_backends();"
        "print([m for m in ('desktop_notifier', 'PySide6') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr
