"""Generations: which one is active, which ones are kept."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.host.installation.generations import (
    active_generation,
    locked,
    next_generation,
    note_start,
    plugin_paths,
    sweep,
)


def change(folder: Path, name: str = "file", text: str = "") -> None:
    with locked(folder), next_generation(folder) as clone:
        (clone / name).unlink(missing_ok=True)
        (clone / name).write_text(text)


def numbers(folder: Path) -> list[int]:
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isdigit())


def test_a_change_is_a_new_generation_and_the_old_one_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "plugins"
    change(folder, text="one")
    change(folder, "more", "two")
    change(folder, text="three")
    active = active_generation(folder)
    assert active == folder / "3" and (active / "file").read_text() == "three"
    assert (active / "more").samefile(folder / "2" / "more"), "what did not change is linked"
    assert (folder / "2" / "file").read_text() == "one"
    assert plugin_paths(folder) == [active, folder]


def test_a_change_that_fails_changes_nothing(tmp_path: Path) -> None:
    change(tmp_path, text="one")
    with contextlib.suppress(RuntimeError), locked(tmp_path), next_generation(tmp_path) as clone:
        (clone / "file").unlink()
        raise RuntimeError
    assert active_generation(tmp_path) == tmp_path / "1"
    assert (tmp_path / "1" / "file").read_text() == "one" and numbers(tmp_path) == [1]


def test_without_hard_links_it_is_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(tmp_path, text="one")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    change(tmp_path, "more", "two")
    assert (tmp_path / "2" / "file").read_text() == "one"
    assert not (tmp_path / "2" / "file").samefile(tmp_path / "1" / "file")


@pytest.mark.parametrize("content", [b"", b"9", b"x", b"\xff", b"-1", b"1" * 5000])
def test_without_a_name_the_newest_is_active(tmp_path: Path, content: bytes) -> None:
    change(tmp_path, text="one")
    change(tmp_path, text="two")
    (tmp_path / "current").write_bytes(content)
    assert active_generation(tmp_path) == tmp_path / "2"
    change(tmp_path, text="three")
    assert active_generation(tmp_path) == tmp_path / "3"


def test_what_a_start_used_is_kept_until_the_start_after_the_next(tmp_path: Path) -> None:
    change(tmp_path)
    note_start(tmp_path)  # uses 1
    for _ in range(4):
        change(tmp_path)
    assert numbers(tmp_path) == [1, 4, 5], "the running window still imports from 1"
    note_start(tmp_path)  # uses 5; a training of the last start may use 1
    assert numbers(tmp_path) == [1, 5]
    note_start(tmp_path)
    assert numbers(tmp_path) == [5]


def test_what_a_killed_change_left_is_removed(tmp_path: Path) -> None:
    change(tmp_path)
    (tmp_path / "2").mkdir()  # complete, but never activated
    (tmp_path / ".kirara-999999999-abc").mkdir()
    with locked(tmp_path):
        sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "current", "lock"]


def test_a_start_waits_for_nobody(tmp_path: Path) -> None:
    note_start(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_one_change_at_a_time(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from kirara_studio.host.installation.generations import locked\n"
        "with locked(Path(sys.argv[1])): print('locked', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "locked\n"
        with pytest.raises(UserError, match="Another installation"), locked(tmp_path):
            pass
        other.kill()
    with locked(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError), locked(tmp_path / "file" / "plugins"):
        pass
