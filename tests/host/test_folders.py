"""Where things are kept."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from kirara_studio.host.folders import Folders


def test_kirara_home_holds_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "stick"))
    folders = Folders.default()
    for folder in dataclasses.astuple(folders):
        assert folder.parent == tmp_path / "stick"
    assert len(set(dataclasses.astuple(folders))) == 6
    assert not (tmp_path / "stick").exists()


def test_a_relative_home_means_the_same_after_a_change_of_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIRARA_HOME", "stick")
    assert Folders.default().data == tmp_path / "stick" / "data"


@pytest.mark.skipif(sys.platform != "linux", reason="the names are those of Linux")
def test_on_linux_the_xdg_folders_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KIRARA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_PICTURES_DIR", raising=False)
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    (tmp_path / "CONFIG").mkdir()
    (tmp_path / "CONFIG" / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/画像"\n')
    assert Folders.default() == Folders(
        config=tmp_path / "CONFIG" / "kirara-studio",
        data=tmp_path / "DATA" / "kirara-studio",
        cache=tmp_path / "CACHE" / "kirara-studio",
        logs=tmp_path / "STATE" / "kirara-studio" / "log",
        results=tmp_path / "画像" / "Kirara Studio",
        plugins=tmp_path / "DATA" / "kirara-studio" / "plugins",
    )
