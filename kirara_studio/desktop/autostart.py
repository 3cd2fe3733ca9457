"""Starts the studio at login: XDG on Linux, the Run key on Windows, launchd on macOS."""

from __future__ import annotations

import configparser
import contextlib
import importlib
import os
import plistlib
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_file, write_atomically
from kirara_studio.api.reading import read_bytes, reading

_TITLE = "Kirara Studio"
_NAME = "kirara-studio"
_LABEL = "studio.kirara"


def autostart() -> XdgAutostart | MacAutostart | WindowsAutostart:
    """The start at login of this system.

    ``is_enabled()`` asks the system, since the user may have changed it elsewhere; ``enable()``
    and ``disable()`` raise UserError if they cannot write.
    """
    command = start_command()
    if sys.platform == "win32":
        return WindowsAutostart(command)
    if sys.platform == "darwin":
        return MacAutostart(command, Path.home() / "Library" / "LaunchAgents")
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    system = os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
    return XdgAutostart(command, Path(config), [Path(path) for path in system.split(":") if path])


def start_command() -> list[str]:
    """How to start this installation in the tray."""
    folder = Path(sys.executable).parent
    windowless = folder / "pythonw.exe"
    if sys.platform == "win32" and exists(windowless):
        # The script is a console program there: at each login a black window would open with it.
        return [str(windowless), "-m", "kirara_studio", "--background"]
    script = shutil.which(_NAME, path=str(folder)) or shutil.which(_NAME)
    start = [str(Path(script).absolute())] if script else [sys.executable, "-m", "kirara_studio"]
    return [*start, "--background"]


class XdgAutostart:
    """A file ``autostart/kirara-studio.desktop``, as freedesktop.org specifies.

    ``config`` is the user's configuration folder, and ``system`` are the system's, most important
    first; a file there counts if the user has none.
    """

    def __init__(self, command: Sequence[str], config: Path, system: Sequence[Path] = ()) -> None:
        self._command = command
        self._file = config / "autostart" / f"{_NAME}.desktop"
        self._system = [folder / "autostart" / f"{_NAME}.desktop" for folder in system]

    def is_enabled(self) -> bool:
        """False also if the file is ``Hidden``, as the settings of a desktop make it."""
        file = next((file for file in (self._file, *self._system) if is_file(file)), None)
        if file is None:
            return False
        entry = _desktop_entry(file)
        hidden = entry.get("Hidden", "false").strip().lower() == "true"
        gnome = entry.get("X-GNOME-Autostart-enabled", "true").strip().lower() == "true"
        return bool(entry.get("Exec")) and gnome and not hidden

    def enable(self) -> None:
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            f"Name={_TITLE}",
            f"Exec={' '.join(_quoted(word) for word in self._command)}",
            f"Icon={_NAME}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        ]
        write_atomically(self._file, "\n".join(lines) + "\n")

    def disable(self) -> None:
        """Remove the file; hide one of the system."""
        if any(is_file(file) for file in self._system):
            entry = f"[Desktop Entry]\nType=Application\nName={_TITLE}\nHidden=true\n"
            write_atomically(self._file, entry)
        else:
            _remove(self._file)


class MacAutostart:
    """A launch agent, which launchd starts at login."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._file = folder / f"{_LABEL}.plist"

    def is_enabled(self) -> bool:
        """False also if the agent is disabled."""
        with contextlib.suppress(UserError), reading(self._file):
            agent = plistlib.loads(read_bytes(self._file))
            return bool(agent.get("RunAtLoad")) and not agent.get("Disabled")
        return False

    def enable(self) -> None:
        agent = {
            "Label": _LABEL,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        write_atomically(self._file, plistlib.dumps(agent))

    def disable(self) -> None:
        _remove(self._file)


class WindowsAutostart:
    """A value under the Run key of the user, and the Task Manager's switch for it."""

    RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
    APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"

    def __init__(self, command: Sequence[str]) -> None:
        self._command = subprocess.list2cmdline(command)
        # Only Windows has it, and type checkers know it there only.
        self._registry: Any = importlib.import_module("winreg")

    def is_enabled(self) -> bool:
        """False also if the user switched it off in the Task Manager."""
        if self._value(self.RUN) is None:
            return False
        approved = self._value(self.APPROVED)
        # The first byte is even while the entry is on.
        return not (isinstance(approved, bytes) and approved and approved[0] % 2)

    def enable(self) -> None:
        """Write the value, and undo the Task Manager's switch."""
        registry = self._registry
        try:
            with registry.CreateKey(registry.HKEY_CURRENT_USER, self.RUN) as key:
                registry.SetValueEx(key, _TITLE, 0, registry.REG_SZ, self._command)
        except OSError as error:
            raise _refused(error) from error
        self._delete(self.APPROVED)

    def disable(self) -> None:
        self._delete(self.RUN)

    def _value(self, path: str) -> object:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as key:
                return registry.QueryValueEx(key, _TITLE)[0]
        except OSError:
            return None

    def _delete(self, path: str) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(
                registry.HKEY_CURRENT_USER, path, 0, registry.KEY_SET_VALUE
            ) as key:
                registry.DeleteValue(key, _TITLE)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise _refused(error) from error


def _desktop_entry(file: Path) -> dict[str, str]:
    """The keys of the file's first group; none if it is not a desktop entry."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    with contextlib.suppress(UserError), reading(file):
        parser.read_string(read_bytes(file).decode())
        return dict(parser.items("Desktop Entry"))
    return {}


def _quoted(word: str) -> str:
    """``word`` for the key Exec: quoted, then escaped as a value."""
    if re.fullmatch(r"[\w@+=:,./-]+", word):
        return word
    for character in '\\"`$':
        word = word.replace(character, f"\\{character}")
    return f'"{word}"'.replace("\\", "\\\\").replace("%", "%%")


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> UserError:
    return UserError(
        "Starting at login could not be changed: {reason}.",
        advice="Change it in the settings of the desktop.",
        reason=error.strerror or error,
    )
