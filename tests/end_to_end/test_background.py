"""The studio in the background: in the tray, without a window until one is wanted."""

from __future__ import annotations

import json

from tests.desktop_session import DesktopSession, Program, wait_until
from tests.end_to_end.conftest import home
from tests.host.plugin_maker import install

REMINDS = """
from PySide6.QtWidgets import QLabel
from kirara_studio.api.notices import Notice, NoticeAction

STUDIO = None

@hookimpl
def kirara_panels():
    return [Panel("reminds", "Reminds", "panel", "plugin_of_tests_reminds:Reminds")]

@hookimpl
def kirara_startup(studio):
    global STUDIO
    STUDIO = studio
    actions = (NoticeAction("bought", "Bought"), NoticeAction("show", "Show"))
    studio.notify(Notice("MAX is out", "today", "reminds", "reminds.max", actions))

@hookimpl
def kirara_notice_activated(notice, action):
    with (STUDIO.data_folder("reminds").parent / "heard").open("a") as file:
        print(notice.id, action or "itself", file=file)
    if action == "bought":
        STUDIO.withdraw(notice.id)
    elif action == "show":
        raise KeyError("a slip of the pen")

class Reminds(QLabel):
    def __init__(self, context):
        super().__init__("reminds")
"""


def started(session: DesktopSession, *arguments: str) -> Program:
    module = "tests.end_to_end.window_program"
    program = session.start_python("-m", module, "--background", *arguments)
    program.wait_for(started=True)
    return program


def install_reminder(session: DesktopSession) -> None:
    install(home(session) / "plugins", "reminds", REMINDS)
    (home(session) / "data" / "plugins-data").mkdir(parents=True)


def heard(session: DesktopSession) -> list[str]:
    file = home(session) / "data" / "plugins-data" / "heard"
    return file.read_text().split("\n")[:-1] if file.exists() else []


def test_a_click_on_an_action_reaches_the_plugin_and_makes_no_window(
    session: DesktopSession,
) -> None:
    install_reminder(session)
    session.start_tray()
    session.start_notifications()
    program = started(session)
    wait_until(lambda: session.displayed() == 1)
    session.choose_action("Bought")
    wait_until(lambda: session.displayed() == 0)
    assert heard(session) == ["reminds.max bought"]
    program.tell("made after an action")
    assert program.wait_for(question="after an action")["made"] is False
    assert [shown.text for shown in session.notifications()] == ["today"]


def test_a_click_on_the_notice_opens_its_panel_and_is_told_too(session: DesktopSession) -> None:
    install_reminder(session)
    session.start_tray()
    session.start_notifications()
    program = started(session)
    wait_until(lambda: session.displayed() == 1)
    session.click_notification()
    wait_until(lambda: heard(session) == ["reminds.max itself"])
    program.tell("state opened")
    seen = program.wait_for(question="opened")
    assert seen["title"] == "Reminds — Kirara Studio" and seen["visible"] is True


def test_a_plugin_that_fails_at_a_click_is_said_to_be_broken(session: DesktopSession) -> None:
    install_reminder(session)
    session.start_notifications()
    program = started(session)
    wait_until(lambda: session.displayed() == 1)
    session.choose_action("Show")
    wait_until(lambda: heard(session) == ["reminds.max show"])
    program.tell("banners")
    told = program.wait_for(buttons=["Show the plugins"])
    assert "“reminds” is broken" in told["banners"][0] and "KeyError" in told["banners"][0]


def test_without_a_desktop_that_shows_notices_they_wait_in_the_window(
    session: DesktopSession,
) -> None:
    install_reminder(session)
    session.start_tray()
    program = started(session)
    inbox = home(session) / "data" / "inbox.json"
    wait_until(inbox.exists)
    program.stop()  # kill -9
    assert "reminds.max" in inbox.read_text()
    again = started(session)
    again.tell("tray")
    again.tell("state shown")
    again.wait_for(question="shown", visible=True)
    again.tell("banners")
    told = again.wait_for(buttons=["Open", "Bought", "Show"])
    assert told["banners"] == ["MAX is out today"]
    again.tell("press Bought")
    wait_until(lambda: heard(session) == ["reminds.max bought"])
    again.tell("banners")
    again.wait_for(banners=[])
    assert json.loads(inbox.read_text()) == []


FAILS = """
@hookimpl
def kirara_startup(studio):
    studio.every(0.1, lambda: 1 / 0)
"""


def test_what_fails_in_the_background_is_told_on_the_desktop_and_later_in_the_window(
    session: DesktopSession,
) -> None:
    install(home(session) / "plugins", "fails", FAILS)
    session.start_tray()
    session.start_notifications()
    program = started(session)
    wait_until(lambda: session.displayed() == 1)
    assert "ZeroDivisionError" in session.notifications()[0].title
    program.tell("tray")
    program.tell("state shown")
    program.wait_for(question="shown", visible=True)
    program.tell("banners")
    (told,) = program.wait_for(buttons=["Copy details"])["banners"]
    assert "“Fails” met an unexpected problem: ZeroDivisionError" in told


def test_without_a_tray_it_says_so_once_and_waits_minimised(session: DesktopSession) -> None:
    session.start_notifications()
    for start in ("first", "second"):
        program = started(session, "--impatient")
        program.wait_for(absent=True)
        program.tell("state waits")
        seen = program.wait_for(question="waits")
        assert seen["minimised"] is True, start
        program.tell("quit")
        assert program.wait() == 0
    assert [shown.title for shown in session.notifications()] == [
        "This desktop has no tray, so the studio waits minimised."
    ]


def test_when_the_tray_goes_for_good_a_studio_without_a_window_shows_one(
    session: DesktopSession,
) -> None:
    session.start_tray()
    program = started(session)
    program.wait_for(tray=True)
    session.stop_tray()
    program.wait_for(tray=False)
    program.tell("state shown")
    assert program.wait_for(question="shown")["visible"] is True


def test_a_window_closed_in_the_background_goes_back_to_the_tray(session: DesktopSession) -> None:
    session.start_tray()
    program = started(session)
    program.wait_for(tray=True)
    for command in ("tray", "state open", "close", "state closed", "tray", "state again"):
        program.tell(command)
    assert program.wait_for(question="open")["visible"] is True
    assert program.wait_for(question="closed")["visible"] is False
    assert program.wait_for(question="again")["visible"] is True
    program.tell("quit")
    assert program.wait() == 0
