"""Plugins that fail: each is named, and everything else goes on."""

from __future__ import annotations

import json

from kirara_studio.host.folders import Folders
from tests.desktop_session import DesktopSession
from tests.end_to_end.conftest import Screen, home, start
from tests.end_to_end.faulty_plugins import install_all
from tests.host.plugin_maker import install


def test_every_fault_names_its_plugin_and_the_window_goes_on(session: DesktopSession) -> None:
    install_all(Folders.below(home(session)).plugins)
    program = session.start_python("-m", "tests.end_to_end.faulty_program")
    assert program.wait(120) == 0, program.output()

    (told,) = [event["plugins"] for event in program.events() if "plugins" in event]
    assert told["characters"][0] == told["faulty"][0] == "enabled"
    for name, reason in {
        "at_import": "RuntimeError: no luck today",
        "in_a_hook": "kirara_panels: ZeroDivisionError",
        "nonsense": "expected Panel, got str",
        "at_startup": "kirara_startup: SystemExit: not today",
    }.items():
        assert told[name][0] == "broken" and reason in told[name][1]

    seen = {event["at"]: event for event in program.events() if "at" in event}
    banners = " ".join(seen["start"]["banners"])
    assert all(name in banners for name in ("at_import", "in_a_hook", "nonsense", "at_startup"))
    assert "libnothing.so" in seen["faulty.new"]["message"]
    assert "made a dict" in seen["faulty.odd"]["message"]
    assert seen["faulty.new"]["plugin"] == seen["faulty.odd"]["plugin"] == "faulty"
    for fault, says in {
        "slot": "KeyError: 'nothing under that key'",
        "raise": "plugin_of_tests_faulty.failing (of “faulty”) failed: IndexError",
        "odd": "plugin_of_tests_faulty.unpicklable (of “faulty”) returned something that cannot",
        "exit": "(exit status 9) while it ran plugin_of_tests_faulty.exiting",
    }.items():
        (banner,) = seen[fault]["banners"]
        assert says in banner
        assert "Plugin faulty 1.2 (faulty-for-tests)" in banner, "for whoever reports it"
    assert seen["hang"]["bar"].startswith("hang")
    assert "plugin_of_tests_faulty.hanging did not stop" in seen["hang"]["message"]
    assert seen["hang"]["answer"] == 42
    assert seen["end"]["title"] == "Characters — Kirara Studio"


EXITS = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

@hookimpl
def kirara_panels():
    return [Panel("quitter", "Quitter", "panel", "plugin_of_tests_quitter:Quitter")]

class Quitter(QLabel):
    def __init__(self, context):
        super().__init__("bye")
        context.state["words"] = "half a sentence"
        QTimer.singleShot(100, self, self.leave)

    def leave(self):
        raise SystemExit(4)
"""


def test_a_slot_that_ends_the_process_loses_nothing(
    session: DesktopSession, screen: Screen
) -> None:
    install(home(session) / "plugins", "quitter", EXITS)
    program = start(session, "--panel", "quitter")
    assert program.wait(30) == 4
    state = json.loads((home(session) / "data" / "state.json").read_text())
    assert state["panel.quitter"]["words"] == "half a sentence"
    assert state["window"]["panel"] == "quitter"
