"""Is there a display? Where there is none, starts a virtual one."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from kirara_studio.api.errors import UserError

_WITHOUT_DISPLAY = ("offscreen", "minimal", "minimalegl", "vnc", "eglfs", "linuxfb", "vkkhrdisplay")


def has_display() -> bool:
    """True where a window can be opened: a display is named, and answers.

    Qt ends the process when the display that is named does not answer, so this asks first.
    """
    if sys.platform in ("win32", "darwin"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if platform in _WITHOUT_DISPLAY:
        return True
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY", ""), os.environ.get("DISPLAY", "")
    if platform != "xcb" and wayland and _wayland_answers(wayland):
        return True
    return not platform.startswith("wayland") and bool(x11) and _x11_answers(x11)


class VirtualDisplay:
    """An X server without a screen, Xvfb, which ends with this process however that ends.

    Use it as a context manager, or call :meth:`start`; call it in the main thread, before
    there is a QApplication. Meanwhile ``DISPLAY`` names the server.

    Parameters
    ----------
    width, height
        The size of its screen, in pixels.
    """

    def __init__(self, width: int = 1440, height: int = 900) -> None:
        self._screen = f"{width}x{height}x24"
        self._process: subprocess.Popen[bytes] | None = None
        self._before: dict[str, str | None] = {}

    def start(self) -> VirtualDisplay:
        """Start the server. Raises UserError where it is not installed or does not start."""
        if shutil.which("Xvfb") is None:
            raise UserError(
                "There is no display, and Xvfb, which would stand in for one, is not installed.",
                advice="Install the package “xvfb” (on Fedora “xorg-x11-server-Xvfb”).",
            )
        reading, writing = os.pipe()
        # The server chooses a free number itself, so that two starts never meet.
        # -noreset: without it the server starts over when its last client leaves, and refuses
        # whoever comes in that moment; a look whether it answers would be such a client.
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", self._screen, "-noreset"]
        # setpriv ends the server when this process is killed and atexit never runs.
        guard = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        with tempfile.TemporaryFile() as complaints:
            self._process = subprocess.Popen(
                [*guard, *command, "-nolisten", "tcp"],
                pass_fds=[writing],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
            )
            os.close(writing)
            with os.fdopen(reading) as answer:
                number = answer.readline().strip()
            if not number:
                self.stop()
                complaints.seek(0)
                lines = complaints.read().decode(errors="replace").split("\n")
                reason = " ".join(line.strip() for line in lines if line.strip())
                raise UserError(
                    "There is no display, and Xvfb did not start: {reason}.",
                    advice="Start “Xvfb” by hand to see why, or open the studio on a desktop.",
                    reason=reason or "no reason given",
                )
        self._set("DISPLAY", f":{number}")
        # A Wayland display that does not answer, or another platform, must not be tried first.
        self._set("WAYLAND_DISPLAY", None)
        self._set("QT_QPA_PLATFORM", "xcb")
        atexit.register(self.stop)
        return self

    def stop(self) -> None:
        """End the server. Doing so twice is no mistake."""
        atexit.unregister(self.stop)
        while self._before:
            name, value = self._before.popitem()
            _set_variable(name, value)
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> VirtualDisplay:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _set(self, name: str, value: str | None) -> None:
        self._before[name] = os.environ.get(name)
        _set_variable(name, value)


def _set_variable(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


def _x11_answers(display: str) -> bool:
    """``display`` is [host]:number[.screen]; a host means TCP, as over ssh."""
    found = re.fullmatch(r"(?:unix|(?P<host>[^:]*)):(?P<number>\d+)(?:\.\d+)?", display)
    if found is None:
        return Path(display).exists()  # XQuartz names a socket
    host, number = found["host"], int(found["number"])
    if host:
        with contextlib.suppress(OSError), socket.create_connection((host, 6000 + number), 5):
            return True
        return False
    path = f"/tmp/.X11-unix/X{number}"
    return _listens(f"\0{path}") or _listens(path)


def _wayland_answers(display: str) -> bool:
    return _listens(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/run"), display)))


def _listens(address: str) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(address)
        return True
    return False
