"""The whole program, started as a user starts it and driven by keys and clicks."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from kirara_studio.host.folders import Folders
from tests.desktop_session import DesktopSession, Program, wait_until
from tests.end_to_end.conftest import Screen, home, start
from tests.host.plugin_maker import install


def test_the_window_opens_is_driven_by_keys_and_remembers(
    session: DesktopSession, screen: Screen
) -> None:
    program = start(session)
    screen.wait_for_title("Characters — Kirara Studio")
    screen.press("ctrl+comma")
    screen.wait_for_title("Settings — Kirara Studio")
    screen.press("ctrl+q")
    assert program.wait() == 0
    state = json.loads((home(session) / "data" / "state.json").read_text())
    assert state["window"]["panel"] == "page:settings"

    again = start(session)
    screen.wait_for_title("Settings — Kirara Studio")
    screen.press("ctrl+1")
    screen.wait_for_title("Characters — Kirara Studio")
    again.stop()


def test_what_a_killed_studio_was_writing_is_removed(
    session: DesktopSession, screen: Screen
) -> None:
    left = home(session) / "data" / "plugins-data" / "speech" / ".kirara-999999999-x1.json"
    left.parent.mkdir(parents=True)
    left.write_text("{", "utf-8")
    program = start(session)
    screen.wait_for_title("Kirara Studio")
    wait_until(lambda: not left.exists())
    program.stop()


def test_the_start_uses_the_active_generation_of_plugins_and_removes_what_was_left(
    session: DesktopSession, screen: Screen
) -> None:
    plugins = home(session) / "plugins"
    code = """
    @hookimpl
    def kirara_panels():
        title = f"Hello {Path(__file__).parent.name}"
        return [Panel(id="hello", title=title, icon="x", widget="plugin_of_tests_hello:W")]
    """
    for number in ("1", "2", "3"):
        install(plugins / number, "hello", code)
    (plugins / "current").write_text("2")
    left = plugins / ".kirara-999999999-x1"
    left.mkdir()
    program = start(session, "--panel", "hello")
    screen.wait_for_title("Hello 2 — Kirara Studio")
    wait_until(lambda: (plugins / "starts").exists() and not (plugins / "3").exists())
    assert (plugins / "starts").read_text() == "2" and not left.exists()
    program.stop()


def test_a_second_start_raises_the_first_and_ends(session: DesktopSession, screen: Screen) -> None:
    first = start(session)
    screen.wait_for_title("Kirara Studio")
    screen.press("F1")
    screen.wait_for_title("Help — Kirara Studio")
    second = start(session, "--panel", "characters")
    assert second.wait(30) == 0
    screen.wait_for_title("Characters — Kirara Studio")
    assert len(screen.titles()) == 1
    assert first.process.poll() is None


def test_a_start_with_a_model_imports_it_where_it_belongs(
    session: DesktopSession, screen: Screen, repository: Path
) -> None:
    program = start(session)
    screen.wait_for_title("Characters — Kirara Studio")
    model = repository / "resources" / "models" / "foresight-digits.safetensors"
    assert start(session, str(model)).wait(30) == 0
    screen.wait_for_title("Foresight — Kirara Studio")
    models = home(session) / "data" / "plugins-data" / "foresight" / "models"
    wait_until(lambda: (models / model.name).is_file(), 60)
    program.stop()


def test_the_panel_command_palette_opens_what_is_typed(
    session: DesktopSession, screen: Screen
) -> None:
    program = start(session)
    screen.wait_for_title("Characters — Kirara Studio")
    screen.press("ctrl+k")
    for key in ("p", "l", "u", "g", "i", "n", "s", "Return"):
        screen.press(key)
    screen.wait_for_title("Plugins — Kirara Studio")
    program.stop()


def test_in_the_background_it_waits_in_the_tray(session: DesktopSession, screen: Screen) -> None:
    session.start_tray()
    program = start(session, "--background")

    def click_tray() -> bool:
        session.run("xdotool", "mousemove", "11", "15", "click", "1")
        return bool(screen.titles())

    wait_until(lambda: (home(session) / "logs" / "kirara-studio.log").exists())
    assert not screen.titles(), "no window on a start in the background"
    wait_until(click_tray)
    assert program.process.poll() is None


def test_without_a_tray_a_background_start_stays_reachable(
    session: DesktopSession, screen: Screen
) -> None:
    program = start(session, "--background")
    wait_until(lambda: (home(session) / "logs" / "kirara-studio.log").exists())
    assert start(session).wait(30) == 0
    screen.wait_for_title("Kirara Studio")
    assert program.process.poll() is None


KILLER = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


def test_a_plugin_that_kills_the_studio_is_off_at_the_next_start_and_the_user_is_told(
    session: DesktopSession,
) -> None:
    install(home(session) / "plugins", "killer", KILLER)
    switches = home(session) / "config" / "plugins.toml"
    first = start(session)
    assert first.wait(30) == -signal.SIGKILL, first.output()
    program = open_window(session)
    assert "killer" in switches.read_text()
    program.tell("banners")
    told = program.wait_for(buttons=["Try again", "Restart in safe mode"])
    assert "while the plugin “killer” was loading. It was switched off." in told["banners"][0]
    (home(session) / "plugins" / "plugin_of_tests_killer.py").write_text("mended = True")
    program.tell("press Try again")
    program.tell("plugins")
    states = {
        "characters": "on",
        "foresight": "on",
        "illustrations": "on",
        "paintings": "on",
        "releases": "on",
        "speech": "on",
        "killer": "on",
    }
    card = program.wait_for(plugins=states)
    assert card and "killer" not in switches.read_text()
    program.tell("banners")
    program.wait_for(banners=[])


def test_damaged_files_of_the_studio_are_kept_and_the_user_is_told(
    session: DesktopSession,
) -> None:
    data = home(session) / "data"
    data.mkdir(parents=True)
    line = {"text": "まだ保存していない行。", "voice": ""}
    state = json.dumps({"panel.speech": {"script": {"lines": [line, line], "current": 0}}})
    damaged = {"state.json": state[:-30].encode(), "inbox.json": b'[{"title": "x", "text": "'}
    for name, content in damaged.items():
        (data / name).write_bytes(content)
    program = open_window(session)
    program.tell("banners")
    told = program.wait_for(buttons=[])["banners"]
    named = [name for text in told for name in damaged if f"“{name}” was damaged" in text]
    assert sorted(named) == sorted(damaged), "each once"
    program.stop()
    kept = {path.read_bytes() for path in data.glob("*.damaged-*.json")}
    assert kept == set(damaged.values())
    section = json.loads((data / "state.json").read_text())["panel.speech"]
    assert section["script"]["lines"][0] == line


def test_quitting_quits_also_where_closing_hides_in_the_tray(session: DesktopSession) -> None:
    session.start_tray()
    settings = home(session) / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[studio]\nclose_to_tray = true\n")
    program = open_window(session)
    program.wait_for(tray=True)
    program.tell("close")
    program.tell("state hidden")
    assert program.wait_for(question="hidden")["visible"] is False
    program.tell("tray")
    program.tell("state shown")
    assert program.wait_for(question="shown")["visible"] is True
    program.tell("quit")
    assert program.wait() == 0


def test_a_click_on_the_tray_hides_the_window_and_never_quits(session: DesktopSession) -> None:
    session.start_tray()
    program = open_window(session)
    program.wait_for(tray=True)
    # Without a window manager nothing is active before it is asked to be.
    program.tell("key F1")
    program.tell("tray")
    program.tell("state hidden")
    assert program.wait_for(question="hidden")["visible"] is False
    program.tell("tray")
    program.tell("state shown")
    assert program.wait_for(question="shown")["visible"] is True


def test_the_keys_of_the_studio_work_in_a_panels_own_window(session: DesktopSession) -> None:
    program = open_window(session)
    program.tell("apart characters")
    program.tell("key Ctrl+, characters")
    program.tell("state settings")
    seen = program.wait_for(question="settings")
    assert seen["title"] == "Settings — Kirara Studio" and seen["active"]
    program.tell("key Ctrl+K characters")
    program.tell("state palette")
    assert program.wait_for(question="palette")["palette"] is True
    program.tell("key Ctrl+1 characters")
    program.tell("state panel")
    assert program.wait_for(question="panel")["title"] == "Characters — Kirara Studio"
    program.tell("key Ctrl+Q characters")
    assert program.wait() == 0


def test_a_signal_to_end_saves_everything(session: DesktopSession) -> None:
    program = open_window(session)
    program.tell("open characters")
    program.tell("key F1")
    program.tell("state ready")
    program.wait_for(question="ready")
    program.process.send_signal(signal.SIGTERM)
    assert program.wait() == 0
    assert program.wait_for(ended=True)
    state = json.loads((home(session) / "data" / "state.json").read_text())
    assert state["window"]["panel"] == "page:help"


TRAINS = """
from PySide6.QtWidgets import QLabel

@hookimpl
def kirara_panels():
    return [Panel("trains", "Trains", "panel", "plugin_of_tests_trains:Trains")]

class Trains(QLabel):
    def __init__(self, context):
        super().__init__("training")
        self.witness = context.data_folder / "witness"
        self.witness.parent.mkdir(parents=True, exist_ok=True)
        folder = context.data_folder / "run"
        found = context.training.attach(folder, on_event=self.take)
        self.tell("found" if found else "begun")
        if found is None:
            request = {"steps": 100000, "pause": 0.005}
            trainer = "tests.engine.trainers:train_counter"
            context.training.start(trainer, request, folder, on_event=self.take)
        elif found.state == "running":
            self.tell("running")
        self.run = found

    def take(self, event):
        if event["event"] == "progress":
            self.tell(f"step {event['step']}")
            stop = self.witness.parent / "stop"
            if self.run is not None and event["step"] > int(stop.read_text()):
                self.run.stop()
        elif event["event"] == "stopped":
            self.tell("stopped")

    def tell(self, word):
        with self.witness.open("a") as file:
            print(word, file=file)
"""


def test_a_training_outlives_a_killed_studio_and_the_next_one_finds_it(
    session: DesktopSession,
) -> None:
    install(home(session) / "plugins", "trains", TRAINS)
    data = Folders.below(home(session)).of_plugin("trains")
    first = start(session, "--panel", "trains")
    wait_until(lambda: any(line.startswith("step") for line in told_by(data)), 60)
    first.stop()  # kill -9
    events = data / "run" / "events.jsonl"
    size = events.stat().st_size
    wait_until(lambda: events.stat().st_size > size + 200)
    reached = steps(events)[-1]

    # As a minute later: a panel is to blame for the end of the studio soon after it was opened.
    (home(session) / "data" / "session.json").unlink()
    (data / "witness").unlink()
    (data / "stop").write_text(str(reached))
    second = start(session, "--panel", "trains")
    wait_until(lambda: "stopped" in told_by(data), 60)
    told = told_by(data)
    assert told[:2] == ["found", "running"], "one and the same run, found by the new window"
    assert int(told[-2].split()[1]) > reached
    kinds = [json.loads(line)["event"] for line in events.read_text().splitlines()]
    assert kinds.count("started") == 1 and kinds[-1] == "stopped"
    assert second.process.poll() is None


def told_by(data: Path) -> list[str]:
    witness = data / "witness"
    return witness.read_text().splitlines() if witness.exists() else []


def steps(events: Path) -> list[int]:
    lines = [json.loads(line) for line in events.read_text().splitlines() if line.endswith("}")]
    return [event["step"] for event in lines if event["event"] == "progress"]


def test_a_killed_engine_costs_one_job_and_not_the_window(
    session: DesktopSession, screen: Screen
) -> None:
    program = start(session)
    screen.wait_for_title("Characters — Kirara Studio")
    (first,) = wait_for_engine(program)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: first not in engines(program))
    screen.press("ctrl+Return")
    wait_until(lambda: engines(program))
    assert program.process.poll() is None


def wait_for_engine(program: Program) -> list[int]:
    wait_until(lambda: engines(program))
    return engines(program)


def engines(program: Program) -> list[int]:
    """The engine processes of a studio."""
    import psutil

    found = []
    for child in psutil.Process(program.process.pid).children(recursive=True):
        try:
            if "kirara_studio.engine" in " ".join(child.cmdline()):
                found.append(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found


def test_quitting_while_a_job_runs_is_quick(session: DesktopSession, screen: Screen) -> None:
    program = start(session)
    screen.wait_for_title("Characters — Kirara Studio")
    (engine,) = wait_for_engine(program)
    screen.press("ctrl+Return")
    asked = time.monotonic()
    program.process.send_signal(signal.SIGTERM)
    assert program.wait() == 0
    assert time.monotonic() - asked < 6, "it waits for no job; a busy machine is slower"
    wait_until(lambda: not Path(f"/proc/{engine}").exists())


def open_window(session: DesktopSession) -> Program:
    program = session.start_python("-m", "tests.end_to_end.window_program")
    program.wait_for(started=True)
    return program
