"""Starting at login, on all three systems."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.desktop.autostart import (
    MacAutostart,
    WindowsAutostart,
    XdgAutostart,
    autostart,
    start_command,
)

COMMAND = ["/opt/kirara/bin/kirara-studio", "--background"]


def desktop_file(folder: Path, text: str) -> Path:
    file = folder / "autostart" / "kirara-studio.desktop"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"[Desktop Entry]\nType=Application\n{text}", encoding="utf-8")
    return file


# Linux


def test_xdg_enabling_writes_a_file_and_disabling_removes_it(tmp_path: Path) -> None:
    start = XdgAutostart(COMMAND, tmp_path)
    assert not start.is_enabled()
    start.disable()
    start.enable()
    assert start.is_enabled()
    text = (tmp_path / "autostart" / "kirara-studio.desktop").read_text()
    assert text.startswith("[Desktop Entry]\n")
    assert "\nExec=/opt/kirara/bin/kirara-studio --background\n" in text
    start.enable()
    start.disable()
    assert not start.is_enabled()
    assert list((tmp_path / "autostart").iterdir()) == []


def test_xdg_a_file_without_the_entry_is_off(tmp_path: Path) -> None:
    start = XdgAutostart(COMMAND, tmp_path)
    start.enable()
    (file,) = (tmp_path / "autostart").iterdir()
    file.write_text("[Other]\nExec=x\n", encoding="utf-8")
    assert not start.is_enabled()


@pytest.mark.parametrize(
    ("text", "enabled"),
    [
        ("Exec=x\n", True),
        ("Exec=x\nHidden=false\n", True),
        ("Exec=x\nHidden=true\n", False),
        ("Exec=x\nX-GNOME-Autostart-enabled=false\n", False),
        ("Exec=x\n[Desktop Action a]\nHidden=true\n", True),
        ("", False),
        ("Exec=x\nnonsense without a sign\n", False),
    ],
)
def test_xdg_what_others_wrote_is_respected(tmp_path: Path, text: str, enabled: bool) -> None:
    desktop_file(tmp_path, text)
    start = XdgAutostart(COMMAND, tmp_path)
    assert start.is_enabled() is enabled
    start.enable()
    assert start.is_enabled()


def test_xdg_a_file_of_the_system_counts_and_is_hidden_not_removed(tmp_path: Path) -> None:
    file = desktop_file(tmp_path / "etc", "Exec=x\n")
    start = XdgAutostart(COMMAND, tmp_path / "home", [tmp_path / "etc"])
    assert start.is_enabled()
    start.disable()
    assert not start.is_enabled()
    assert file.exists()
    assert "Hidden=true" in (tmp_path / "home/autostart/kirara-studio.desktop").read_text()
    start.enable()
    assert start.is_enabled()


def test_xdg_odd_paths_are_quoted_as_glib_reads_them(tmp_path: Path) -> None:
    gio = shutil.which("gio")
    odd = tmp_path / 'my $tudio "1" `\\ 桜'
    odd.mkdir()
    program = odd / "kirara-studio"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{tmp_path}/started"\n')
    program.chmod(0o755)
    XdgAutostart([str(program), '100% "$HOME" \\ `x`'], tmp_path).enable()
    file = tmp_path / "autostart" / "kirara-studio.desktop"
    if gio is None:
        pytest.skip("“gio”, which starts desktop files, is not installed")
    subprocess.run([gio, "launch", str(file)], check=True, timeout=20)
    from tests.desktop_session import wait_until

    wait_until((tmp_path / "started").exists)
    wait_until(lambda: (tmp_path / "started").read_text() == '100% "$HOME" \\ `x`')


def test_xdg_a_read_only_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("in the way")
    start = XdgAutostart(COMMAND, tmp_path)
    assert not start.is_enabled()
    with pytest.raises(UserError):
        start.enable()


@pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")
def test_the_way_of_this_system_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    autostart().enable()
    text = (tmp_path / "config/autostart/kirara-studio.desktop").read_text()
    assert "--background" in text


def test_the_command_starts_this_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    command = start_command()
    assert Path(command[0]).is_absolute() and command[-1] == "--background"
    version = subprocess.run([*command[:-1], "--version"], capture_output=True, text=True)
    assert "Kirara Studio" in version.stdout
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    assert start_command() == [sys.executable, "-m", "kirara_studio", "--background"]


# macOS


def test_on_windows_the_command_opens_no_console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    for name in ("pythonw.exe", "kirara-studio"):
        (tmp_path / name).touch(0o755)
    pythonw = str(tmp_path / "pythonw.exe")
    assert start_command() == [pythonw, "-m", "kirara_studio", "--background"]


def test_macos_writes_a_launch_agent(tmp_path: Path) -> None:
    start = MacAutostart(COMMAND, tmp_path / "LaunchAgents")
    assert not start.is_enabled()
    start.disable()
    start.enable()
    assert start.is_enabled()
    (file,) = (tmp_path / "LaunchAgents").iterdir()
    agent = plistlib.loads(file.read_bytes())
    assert file.name == f"{agent['Label']}.plist"
    assert agent["ProgramArguments"] == COMMAND
    assert agent["RunAtLoad"] is True
    assert "KeepAlive" not in agent
    file.write_bytes(plistlib.dumps(agent | {"Disabled": True}))
    assert not start.is_enabled()
    file.write_text("nonsense")
    assert not start.is_enabled()
    start.disable()
    assert not file.exists()


# Windows


class Registry(types.ModuleType):
    """The part of the module winreg that is used, over a dict."""

    HKEY_CURRENT_USER, REG_SZ, KEY_SET_VALUE = "HKCU", 1, 2

    def __init__(self) -> None:
        super().__init__("winreg")
        self.keys: dict[str, dict[str, object]] = {}

    @contextmanager
    def CreateKey(self, root: str, path: str) -> Iterator[dict[str, object]]:
        yield self.keys.setdefault(path, {})

    @contextmanager
    def OpenKey(
        self, root: str, path: str, reserved: int = 0, access: int = 0
    ) -> Iterator[dict[str, object]]:
        if path not in self.keys:
            raise FileNotFoundError(2, "no such key")
        yield self.keys[path]

    def SetValueEx(
        self, key: dict[str, object], name: str, reserved: int, kind: int, value: object
    ) -> None:
        key[name] = value

    def QueryValueEx(self, key: dict[str, object], name: str) -> tuple[object, int]:
        if name not in key:
            raise FileNotFoundError(2, "no such value")
        return key[name], self.REG_SZ

    def DeleteValue(self, key: dict[str, object], name: str) -> None:
        if name not in key:
            raise FileNotFoundError(2, "no such value")
        del key[name]


def test_windows_writes_the_run_key_and_heeds_the_task_manager(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registry = Registry()
    monkeypatch.setitem(sys.modules, "winreg", registry)
    start = WindowsAutostart([r"C:\Program Files\kirara-studio.exe", "--background"])
    assert not start.is_enabled()
    start.disable()
    start.enable()
    assert start.is_enabled()
    assert registry.keys[start.RUN] == {
        "Kirara Studio": r'"C:\Program Files\kirara-studio.exe" --background'
    }
    registry.keys[start.APPROVED] = {"Kirara Studio": b"\x03" + bytes(11)}
    assert not start.is_enabled()
    registry.keys[start.APPROVED] = {"Kirara Studio": b"\x02" + bytes(11)}
    assert start.is_enabled()
    registry.keys[start.APPROVED] = {"Kirara Studio": b"\x03" + bytes(11)}
    start.enable()
    assert start.is_enabled()
    start.disable()
    assert not start.is_enabled()
