"""Plugins that end the process or keep the window: what this session and the next start do."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop_session import DesktopSession, Program, wait_until
from tests.end_to_end.conftest import Screen, home
from tests.host.plugin_maker import install

PANEL = """
import ctypes, os, signal, sys, time
from kirara_studio.api.widgets import PanelWidget

DO = Path(__file__).with_name("do.py")


@hookimpl
def kirara_panels():
    return [Panel("danger", "Danger", "panel", "plugin_of_tests_danger:DangerPanel", order=500)]


@hookimpl
def kirara_startup(studio):
    if DO.with_name("at_startup").exists():
        time.sleep(600)


@hookimpl
def kirara_shutdown():
    if DO.with_name("at_shutdown").exists():
        time.sleep(600)


class DangerPanel(PanelWidget):
    def __init__(self, context):
        super().__init__(context)
        self.set_primary("Go", self.go, lambda: None)
        if DO.with_name("at_opening").exists():
            os._exit(3)

    def go(self):
        exec(DO.read_text(), globals())
"""

SEGMENTATION_FAULT = "ctypes.string_at(0)"
LOOP = "while True: pass"
LOCKED = "import itertools; sum(itertools.repeat(1))"


@pytest.fixture
def hidden() -> Iterator[DesktopSession]:
    """A computer without a display; Qt paints into memory."""
    folder = Path(tempfile.mkdtemp(prefix="kirara-"))
    with DesktopSession(folder, display=False, bus=False) as session:
        session.environment["QT_QPA_PLATFORM"] = "offscreen"
        prepare(session)
        yield session
    shutil.rmtree(folder, ignore_errors=True)


def prepare(session: DesktopSession) -> None:
    install(home(session) / "plugins", "danger", PANEL)
    settings = home(session) / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('[studio]\nlanguage = "en"\n[releases]\non_day = false\n')


def do(session: DesktopSession, code: str) -> None:
    (home(session) / "plugins" / "do.py").write_text(code)


def start(session: DesktopSession, *options: str) -> Program:
    program = session.start_python("-m", "tests.end_to_end.window_program", *options)
    program.wait_for(started=True)
    return program


def answers(program: Program) -> bool:
    """True if the window answers within some seconds."""
    question = str(time.monotonic_ns())
    program.tell(f"made {question}")
    return bool(program.wait_for(question=question))


def open_panel(program: Program) -> None:
    program.tell("open danger")
    wait_until(lambda: figures(program)["show_seconds"])


def figures(program: Program) -> dict[str, object]:
    return ask(program, "figures danger", "figures")


def texts(program: Program) -> list[str]:
    return ask(program, "texts danger", "texts")


def banners(program: Program) -> str:
    return str(ask(program, "banners", "banners"))


def ask(program: Program, command: str, key: str):
    before = len([event for event in program.events() if key in event])
    program.tell(command)

    def answered() -> list[dict[str, object]]:
        return [event for event in program.events() if key in event][before:]

    wait_until(lambda: answered() or program.process.poll() is not None)
    assert answered(), program.output()
    return answered()[0][key]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (SEGMENTATION_FAULT, -signal.SIGSEGV),
        ("raise SystemExit(4)", 4),
        ("os._exit(3)", 3),
    ],
)
def test_a_panel_that_ends_the_process_is_not_opened_again(
    hidden: DesktopSession, code: str, status: int
) -> None:
    do(hidden, code)
    first = start(hidden)
    open_panel(first)
    first.tell("click danger")
    assert first.wait() == status

    do(hidden, "self_test = 1")
    second = start(hidden)
    assert "ended unexpectedly soon after “Danger” was opened" in banners(second)
    buttons = [event["buttons"] for event in second.events() if "buttons" in event][-1]
    assert buttons == ["Try again", "Restart in safe mode"]
    second.tell("open danger")  # the state is saved two seconds later, so maybe not at all
    wait_until(lambda: "“Danger” was not opened" in texts(second))
    assert figures(second)["show_seconds"] is None
    second.tell("press Try again")
    wait_until(lambda: figures(second)["show_seconds"])


def test_a_panel_that_ends_the_process_while_it_is_made_is_held_too(hidden: DesktopSession) -> None:
    flag = home(hidden) / "plugins" / "at_opening"
    flag.touch()
    first = start(hidden)
    first.tell("open danger")
    assert first.wait() == 3
    second = start(hidden)
    second.tell("open danger")  # the state is saved two seconds later, so maybe not at all
    wait_until(lambda: "“Danger” was not opened" in texts(second))
    second.tell("again danger")
    assert second.wait() == 3


def test_a_kill_long_after_the_opening_blames_nobody(hidden: DesktopSession) -> None:
    first = start(hidden, "--fresh", "0.1")
    open_panel(first)
    time.sleep(0.3)
    assert answers(first)
    first.process.kill()
    first.wait()
    # But a crash in native code names its plugin, however late.
    do(hidden, SEGMENTATION_FAULT)
    second = start(hidden, "--fresh", "0.1")
    assert "unexpectedly" not in banners(second)
    open_panel(second)
    time.sleep(0.3)
    second.tell("click danger")
    assert second.wait() == -signal.SIGSEGV
    assert "“Danger” was opened" in banners(start(hidden))


def test_a_slot_cannot_end_the_studio_with_exit(hidden: DesktopSession) -> None:
    program = start(hidden)
    assert figures(program)["show_seconds"] is None
    open_panel(program)
    found = figures(program)
    assert 0 < found["import_seconds"] < 5 and 0 < found["show_seconds"] < 20  # type: ignore[operator]
    assert found["errors"] == 0 and found["notes"] == []
    for code in ("sys.exit(4)", "exit()", "raise KeyboardInterrupt"):
        do(hidden, code)
        program.tell("click danger")
        assert answers(program)
    faults = ask(program, "texts danger", "faults")
    assert any("“Danger” wanted to end the studio, which goes on: ExitRefused" in f for f in faults)
    assert any("KeyboardInterrupt" in fault for fault in faults)
    assert figures(program)["errors"] == 3


@pytest.mark.parametrize("code", ["time.sleep(600)", LOCKED])
def test_a_blocked_studio_obeys_the_first_signal_to_end(hidden: DesktopSession, code: str) -> None:
    do(hidden, code)
    program = start(hidden, "--patience", "60")
    open_panel(program)
    program.tell("click danger")
    time.sleep(1)
    program.process.send_signal(signal.SIGTERM)
    # Python code ends, and the studio as always; what holds the interpreter's lock is killed.
    assert program.wait(20) == (-signal.SIGKILL if code == LOCKED else 0)


def test_a_shutdown_hook_that_blocks_does_not_keep_the_studio(hidden: DesktopSession) -> None:
    (home(hidden) / "plugins" / "at_shutdown").touch()
    program = start(hidden, "--patience", "1")
    program.tell("quit")
    assert program.wait(20) == 0


# The window of the monitor


@pytest.fixture
def shown(session: DesktopSession) -> DesktopSession:
    prepare(session)
    return session


def question(screen: Screen) -> list[str]:
    """The windows of the monitor: their title is the program's name alone."""
    return screen._ask("search", "--onlyvisible", "--name", "^Kirara Studio$").split()


def press(screen: Screen, *keys: str) -> None:
    screen._ask("windowfocus", "--sync", question(screen)[0])
    for key in keys:
        screen._ask("key", key)


def test_a_slot_that_does_not_return_can_be_ended(shown: DesktopSession, screen: Screen) -> None:
    do(shown, LOOP)
    program = start(shown, "--patience", "2")
    open_panel(program)
    program.tell("click danger")
    wait_until(lambda: question(screen))
    press(screen, "Tab", "space")
    faults = ask(program, "texts danger", "faults")
    assert faults == ["“Danger” did not answer. What it was doing was ended."]
    wait_until(lambda: not question(screen))
    assert figures(program)["errors"] == 1


def test_a_hook_that_blocks_is_named_and_can_be_ended(
    shown: DesktopSession, screen: Screen
) -> None:
    (home(shown) / "plugins" / "at_startup").touch()
    program = start(shown, "--patience", "2")
    screen.wait_for_title(" — Kirara Studio")  # the window does not wait for the hook
    wait_until(lambda: question(screen))
    press(screen, "Tab", "space")
    assert "The plugin “danger” is broken. kirara_startup: Unanswered" in banners(program)


def test_what_holds_the_lock_is_named_and_the_studio_restarts_without_it(
    shown: DesktopSession, screen: Screen
) -> None:
    do(shown, LOCKED)
    program = start(shown, "--patience", "2")
    open_panel(program)
    program.tell("click danger")
    wait_until(lambda: question(screen))
    if picture := os.environ.get("KIRARA_PICTURES"):
        shown.screenshot(Path(picture) / "hang.png")
    press(screen, "Tab", "space")
    assert program.wait(20) == -signal.SIGKILL
    screen.wait_for_title(" — Kirara Studio")
    # It is nobody's child.
    found = shown.run("pgrep", "-f", "-n", "kirara_studio$").split()
    os.kill(int(found[0]), signal.SIGTERM)


def test_a_stopped_studio_is_not_accused(shown: DesktopSession, screen: Screen) -> None:
    program = start(shown, "--patience", "1")
    assert answers(program)
    program.process.send_signal(signal.SIGSTOP)
    time.sleep(8)  # a blocked one would be accused after four
    assert not question(screen)
    program.process.send_signal(signal.SIGCONT)
    assert answers(program)
    assert not question(screen)
