"""A real desktop for tests: X server, session bus, panel with a tray, notification daemon.

All of it private to the test, and all of it ended with it::

    with DesktopSession(tmp_path) as session:
        session.start_tray()
        session.start_notifications()
        program = session.start_python("-m", "kirara_studio", "--background")
        ...
        assert session.notifications() == [...]

Programs run as child processes with ``session.environment``.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SERVICES = Path("/usr/share/dbus-1/services")

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>{kind}</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""

_PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""

_DUNST = """[global]
history_length = 100
format = "%s %b"
timeout = 0
dmenu = {chooser}
"""

_CHOOSER = """#!/bin/sh
# dunst writes a line for each action into this menu; the user has made up their mind already.
grep -F -m 1 "#$(cat {choice}) "
"""


@dataclass(frozen=True)
class Shown:
    """A notification as the daemon got it."""

    program: str
    title: str
    text: str


class DesktopSession:
    """Starts the parts of a desktop one by one; a test is skipped where one is not installed.

    Parameters
    ----------
    folder
        An empty folder for sockets, configuration and logs. Its path should be short: that of
        a socket has at most 107 bytes.
    display, bus
        Whether there is an X server, and a session bus.
    """

    def __init__(self, folder: Path, *, display: bool = True, bus: bool = True) -> None:
        self.folder = folder
        self.environment = self._clean_environment()
        self._display = display
        self._bus = bus
        self._parts: dict[str, subprocess.Popen[bytes]] = {}
        self._programs: list[Program] = []

    def __enter__(self) -> DesktopSession:
        try:
            if self._display:
                self._start_display()
            if self._bus:
                self._start_bus()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End everything, the programs first."""
        for program in self._programs:
            program.stop()
        for name in reversed(list(self._parts)):
            self._end(name)

    # Parts

    def start_tray(self) -> None:
        """A panel with a tray, which takes StatusNotifier items and XEmbed windows."""
        self._write_panel()
        self._start("xfce4-panel", ["xfce4-panel", "--disable-wm-check"])
        wait_until(lambda: self.owner("org.kde.StatusNotifierWatcher") is not None)

    def start_older_tray(self) -> None:
        """A panel whose tray takes XEmbed windows only, since it is on another bus."""
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        self._write_panel()
        other = self._run_bus("other-bus", "session", self.folder / "services")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = other
        self._start("older-panel", ["xfce4-panel", "--disable-wm-check"])
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def _write_panel(self) -> None:
        need("xfce4-panel")
        channels = self.folder / "config/xfce4/xfconf/xfce-perchannel-xml"
        channels.mkdir(parents=True, exist_ok=True)
        (channels / "xfce4-panel.xml").write_text(_PANEL)

    def stop_tray(self) -> None:
        """The panel crashes, tray and all."""
        self._end("xfce4-panel")

    def start_notifications(self) -> None:
        """A notification daemon, dunst."""
        need("dunst", "dunstctl")
        config = self.folder / "dunstrc"
        chooser = self.folder / "chooser"
        chooser.write_text(_CHOOSER.format(choice=self.folder / "choice"))
        chooser.chmod(0o700)
        config.write_text(_DUNST.format(chooser=chooser))
        self._start("dunst", ["dunst", "-config", str(config)])
        wait_until(lambda: self.owner("org.freedesktop.Notifications") is not None)

    def stop_notifications(self) -> None:
        """The daemon crashes."""
        self._end("dunst")

    def notifications(self) -> list[Shown]:
        """What the daemon showed so far, oldest first; closes what is still on the screen."""
        self.run("dunstctl", "close-all")
        history = json.loads(self.run("dunstctl", "history"))["data"][0]
        entries = [{key: entry[key]["data"] for key in entry} for entry in history]
        entries.sort(key=lambda entry: entry["id"])
        return [Shown(e["appname"], e["summary"], e["body"]) for e in entries]

    def displayed(self) -> int:
        """How many notifications are on the screen now."""
        return int(self.run("dunstctl", "count", "displayed"))

    def click_notification(self) -> None:
        """Click the newest notification on the screen."""
        self.run("dunstctl", "action", "0")

    def choose_action(self, title: str) -> None:
        """Choose an action of a notification on the screen, from the daemon's menu."""
        (self.folder / "choice").write_text(title)
        self.run("dunstctl", "context")

    def screenshot(self, path: Path) -> Path:
        """Take a picture of the whole screen."""
        code = (
            "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
            "assert app.primaryScreen().grabWindow(0).save(sys.argv[1])"
        )
        self.run(sys.executable, "-c", code, str(path))
        return path

    def start_accessibility(self) -> None:
        """The bus that screen readers read programs on; those started from now on are on it."""
        launcher = Path("/usr/libexec/at-spi-bus-launcher")
        if not launcher.exists():
            pytest.skip("at-spi2-core is not installed")
        self._start("at-spi-bus-launcher", [str(launcher), "--launch-immediately"])
        wait_until(lambda: self.owner("org.a11y.Bus"))
        self.environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        del self.environment["QT_ACCESSIBILITY"], self.environment["NO_AT_BRIDGE"]

    def start_system_bus(self) -> None:
        """A bus that is the whole computer's to the programs of this session; it is empty."""
        (self.folder / "system").mkdir()
        address = self._run_bus("system-bus", "system", self.folder / "system")
        self.environment["DBUS_SYSTEM_BUS_ADDRESS"] = address

    def restart_bus(self) -> None:
        """The bus crashes, and another one starts at another address."""
        self._end("dbus-daemon")
        self._start_bus()

    def process(self, name: str) -> subprocess.Popen[bytes]:
        """The process of a part, such as "dunst"."""
        return self._parts[name]

    # Programs

    def run(self, *command: str) -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, f"{command} failed:\n{done.stdout}{done.stderr}"
        return done.stdout

    def start_python(self, *arguments: str, **environment: str) -> Program:
        """Start a Python program that is ended with the session."""
        return self.start(sys.executable, *arguments, **environment)

    def start(self, *command: str, **environment: str) -> Program:
        """Start a program that is ended with the session."""
        program = Program(command, self.environment | environment, self.folder)
        self._programs.append(program)
        return program

    def owner(self, name: str) -> str | None:
        """The unique name of whoever owns ``name`` on the session bus."""
        from jeepney import DBusAddress

        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        if not self.call(bus, "NameHasOwner", "s", (name,))[0]:
            return None
        return str(self.call(bus, "GetNameOwner", "s", (name,))[0])

    def call(
        self, address: Any, method: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> Any:
        """Call a method on the session bus; ``address`` is a ``jeepney.DBusAddress``."""
        from jeepney import new_method_call
        from jeepney.io.blocking import open_dbus_connection

        bus = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        with contextlib.closing(open_dbus_connection(bus)) as connection:
            message = new_method_call(address, method, signature or None, body)
            reply = connection.send_and_get_reply(message, timeout=10)
        assert reply.header.message_type.name == "method_return", reply.body
        return reply.body

    # Beginning and end

    def _clean_environment(self) -> dict[str, str]:
        kept = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")
        environment = {key: os.environ[key] for key in kept if key in os.environ}
        for key, name in {
            "HOME": "home",
            "XDG_CONFIG_HOME": "config",
            "XDG_DATA_HOME": "data",
            "XDG_CACHE_HOME": "cache",
            "XDG_STATE_HOME": "state",
            "XDG_RUNTIME_DIR": "runtime",
            "KIRARA_HOME": "kirara",
        }.items():
            (self.folder / name).mkdir(parents=True, exist_ok=True)
            (self.folder / name).chmod(0o700)
            environment[key] = str(self.folder / name)
        environment["PYTHONPATH"] = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "plugins")])
        environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        # What the real computer does is not the test's business.
        environment["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={self.folder / 'no-system-bus'}"
        environment["QT_QPA_PLATFORM"] = "xcb"
        environment["QT_ACCESSIBILITY"] = "0"
        environment["NO_AT_BRIDGE"] = "1"
        return environment

    def _start_display(self) -> None:
        need("Xvfb")
        reading, writing = os.pipe()
        screen = ["-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"]
        command = ["Xvfb", "-displayfd", str(writing), *screen]
        self._start("Xvfb", command, pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        self.environment["DISPLAY"] = f":{number}"

    def _start_bus(self) -> None:
        # Of the installed services only the panel's: who shows notifications is up to the test.
        services = self.folder / "services"
        services.mkdir(exist_ok=True)
        for name in ("org.xfce.Xfconf.service", "ca.desrt.dconf.service"):
            if (SERVICES / name).exists():
                shutil.copy(SERVICES / name, services)
        address = self._run_bus("dbus-daemon", "session", services)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def _run_bus(self, name: str, kind: str, services: Path) -> str:
        """Start a message bus, and return its address."""
        need("dbus-daemon")
        config = self.folder / f"{name}.conf"
        config.write_text(_BUS.format(kind=kind, folder=self.folder, services=services))
        reading, writing = os.pipe()
        command = ["dbus-daemon", f"--config-file={config}", "--nofork"]
        self._start(name, [*command, f"--print-address={writing}"], pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as answer:
            return answer.readline().strip()

    def _start(self, name: str, command: Sequence[str], pass_fds: Sequence[int] = ()) -> None:
        assert name not in self._parts, f"{name} runs already"
        # When the tests are killed, their desktop ends too.
        guard = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        with (self.folder / f"{name}.log").open("ab") as log:
            self._parts[name] = subprocess.Popen(
                [*guard, *command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=pass_fds,
                # A group of its own, so that the panel's helpers end with it.
                start_new_session=True,
            )

    def _end(self, name: str) -> None:
        process = self._parts.pop(name)
        # Only the display is asked, so that it removes its socket; the others crash.
        how = signal.SIGTERM if name == "Xvfb" else signal.SIGKILL
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait()


class Program:
    """A child process that says what happens in lines of JSON on its standard output."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], folder: Path) -> None:
        self._log = (folder / f"program-{time.monotonic_ns()}.log").open("w+b")
        self.process = subprocess.Popen(
            command,
            env=environment,
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def events(self) -> list[dict[str, Any]]:
        """Everything said so far."""
        return [json.loads(line) for line in self.output().splitlines() if line.startswith("{")]

    def output(self) -> str:
        """Everything printed so far, complaints included."""
        return Path(self._log.name).read_text(errors="replace")

    def wait_for(self, timeout: float = 20.0, **event: Any) -> dict[str, Any]:
        """The first event that has all these values. Fails when it does not come in time."""
        found: list[dict[str, Any]] = []

        def look() -> bool:
            found[:] = [e for e in self.events() if event.items() <= e.items()]
            return bool(found) or self.process.poll() is not None

        with contextlib.suppress(TimeoutError):
            wait_until(look, timeout)
        assert found, f"{event} did not happen:\n{self.output()}"
        return found[0]

    def tell(self, line: str) -> None:
        """Write a line to the program's standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def wait(self, timeout: float = 20.0) -> int:
        """Wait for the end; the exit status."""
        return self.process.wait(timeout)

    def stop(self) -> None:
        """End it, as kill -9 does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
        self._log.close()


@contextlib.contextmanager
def desktop(folder: Path) -> Iterator[DesktopSession]:
    """A whole desktop: display, bus, tray and notifications."""
    with DesktopSession(folder) as session:
        session.start_tray()
        session.start_notifications()
        yield session


def need(*commands: str) -> None:
    """Skip the test where a command is missing."""
    for command in commands:
        if shutil.which(command) is None:
            pytest.skip(f"“{command}” is not installed; see packaging/system_packages.sh --test")


def wait_until(condition: Callable[[], object], timeout: float = 60.0) -> None:
    """Look every 50 ms until ``condition()``; raises TimeoutError after ``timeout`` seconds."""
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"it did not happen within {timeout:g} s")
        time.sleep(0.05)
