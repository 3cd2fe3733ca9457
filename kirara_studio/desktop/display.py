"""Is there a display?"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import sys
from pathlib import Path

from kirara_studio.api.files import exists

_WITHOUT_DISPLAY = ("offscreen", "minimal", "minimalegl", "vnc", "eglfs", "linuxfb", "vkkhrdisplay")


def has_display() -> bool:
    """True if a window can be opened. Qt would end the process if the display did not answer."""
    if sys.platform in ("win32", "darwin"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if platform in _WITHOUT_DISPLAY:
        return True
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY", ""), os.environ.get("DISPLAY", "")
    if platform != "xcb" and wayland and _wayland_answers(wayland):
        return True
    return not platform.startswith("wayland") and bool(x11) and _x11_answers(x11)


def _x11_answers(display: str) -> bool:
    """``display`` is [host]:number[.screen]; a host means TCP, as over ssh."""
    found = re.fullmatch(r"(?:unix|(?P<host>[^:]*)):(?P<number>\d+)(?:\.\d+)?", display)
    if found is None:
        return exists(display)  # XQuartz names a socket
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
