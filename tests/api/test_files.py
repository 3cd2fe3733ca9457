"""Files appear whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import (
    free_path,
    remove_leftovers,
    rename_new,
    whole_file,
    whole_folder,
    write_atomically,
)


def test_bytes_text_and_functions_are_written(tmp_path):
    write_atomically(tmp_path / "new" / "a.bin", b"\x00\xff")
    write_atomically(tmp_path / "a.txt", "きらら")
    write_atomically(tmp_path / "b.txt", lambda path: path.write_text("by a function"))
    assert (tmp_path / "new" / "a.bin").read_bytes() == b"\x00\xff"
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "きらら"
    assert (tmp_path / "b.txt").read_text() == "by a function"


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("old")

    def fail(temporary):
        temporary.write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), whole_file(target) as temporary:
        fail(temporary)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_temporary_file_keeps_the_suffix(tmp_path):
    with whole_file(tmp_path / "a.webp") as temporary:
        assert temporary.suffix == ".webp" and temporary.parent == tmp_path
        temporary.write_bytes(b"x")


def test_others_may_read_what_was_written(tmp_path):
    write_atomically(tmp_path / "a.txt", "x")
    assert (tmp_path / "a.txt").stat().st_mode & stat.S_IRGRP


def test_a_full_disk_is_reported_and_loses_nothing(tiny_disk):
    target = tiny_disk / "a.bin"
    write_atomically(target, b"precious")
    with pytest.raises(UserError, match=r"disk is full.*a\.bin.*Make room"):
        write_atomically(target, b"x" * 1_000_000)
    assert target.read_bytes() == b"precious"
    assert list(tiny_disk.iterdir()) == [target]


def test_a_read_only_disk_is_reported(read_only_disk):
    with pytest.raises(UserError, match="cannot be written to"):
        write_atomically(read_only_disk / "a.bin", b"x")


def test_a_file_in_place_of_a_folder_is_reported(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="could not be written"):
        write_atomically(tmp_path / "file" / "a.bin", b"x")


def test_a_free_path_gets_the_lowest_number_that_is_free(tmp_path: Path) -> None:
    assert free_path(tmp_path, "film", ".mp4") == tmp_path / "film.mp4"
    for name in ("film.mp4", "film-2.mp4", "film-4.mp4", "voice 1.2"):
        (tmp_path / name).touch()
    assert free_path(tmp_path, "film", ".mp4") == tmp_path / "film-3.mp4"
    assert free_path(tmp_path, "film", ".gif") == tmp_path / "film.gif"
    assert free_path(tmp_path, "voice 1.2", number=" {}").name == "voice 1.2 2", (
        "a dot is no suffix"
    )
    assert not (tmp_path / "film-3.mp4").exists(), "nothing is created"


def test_a_free_path_is_numbered_from_one_when_it_always_has_a_number(tmp_path: Path) -> None:
    assert free_path(tmp_path, "run", always=True).name == "run-1"
    (tmp_path / "run-1").mkdir()
    assert free_path(tmp_path, "run", always=True).name == "run-2"


def test_a_free_path_avoids_what_the_caller_names(tmp_path: Path) -> None:
    planned = {"a.wav", "a (2).wav"}
    path = free_path(tmp_path, "a", ".wav", number=" ({})", taken=lambda path: path.name in planned)
    assert path == tmp_path / "a (3).wav"


KILLED = """
import os, signal, sys
from pathlib import Path
from kirara_studio.api.files import whole_file
with whole_file(Path(sys.argv[1])) as temporary:
    temporary.write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_what_a_killed_process_leaves_is_removed(tmp_path):
    target = tmp_path / "deep" / "a.json"
    subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    (left,) = target.parent.iterdir()
    assert left.read_bytes() == b"half"
    (tmp_path / ".kirara-notes.txt").write_text("somebody else's")
    with whole_file(tmp_path / "b.json") as written:
        remove_leftovers(tmp_path, lambda process: True)
        assert left.exists(), "its process may still write"
        remove_leftovers(tmp_path, lambda process: False)
        assert written.exists(), "this process still writes"
    assert not left.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".kirara-notes.txt",
        "b.json",
        "deep",
    ]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_what_a_killed_process_leaves_is_removed_at_the_next_save(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert [path.name[:8] for path in tmp_path.iterdir()] == [".kirara-"]
    write_atomically(target, "whole")
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_of_another_machine_stays_for_a_day(tmp_path: Path) -> None:
    other = tmp_path / ".kirara-999999999-00000000-x.json"
    other.touch()
    remove_leftovers(tmp_path)
    assert other.exists(), "it may be written right now"
    os.utime(other, (1, 1))
    remove_leftovers(tmp_path)
    assert not other.exists()


class Syncs:
    """Notes the order of syncs and renames, by the real functions of the system."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[tuple[str, object]] = []
        fsync, replace = os.fsync, os.replace

        def noted_fsync(handle: int) -> None:
            self.events.append(("sync", os.fstat(handle).st_ino))
            fsync(handle)

        def noted_replace(source: Path, target: Path) -> None:
            self.events.append(("replace", Path(target)))
            replace(source, target)

        monkeypatch.setattr(os, "fsync", noted_fsync)
        monkeypatch.setattr(os, "replace", noted_replace)


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot sync folders")
def test_the_file_is_synced_before_it_is_renamed_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.json"
    syncs = Syncs(monkeypatch)
    write_atomically(target, "x")
    assert syncs.events == [
        ("sync", target.stat().st_ino),
        ("replace", target),
        ("sync", tmp_path.stat().st_ino),
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot sync folders")
def test_a_folder_is_synced_with_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    syncs = Syncs(monkeypatch)
    with whole_folder(tmp_path / "frames") as folder:
        (folder / "1.png").write_bytes(b"1")
    inodes = [inode for kind, inode in syncs.events if kind == "sync"]
    made = tmp_path / "frames"
    assert inodes == [path.stat().st_ino for path in (made / "1.png", made, tmp_path)]


def test_a_name_that_is_taken_is_never_replaced(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_text("new")
    target.write_text("old")
    with pytest.raises(FileExistsError):
        rename_new(source, target)
    assert (source.read_text(), target.read_text()) == ("new", "old")
    target.unlink()
    rename_new(source, target)
    assert target.read_text() == "new" and not source.exists()


def test_errors_of_the_program_are_not_taken_for_a_full_disk(tiny_disk: Path) -> None:
    (tiny_disk / "filler").write_bytes(b"x" * 50_000)

    def write(path: Path) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_atomically(tiny_disk / "a.txt", write)
