"""Files are copied and moved into folders and back, and none is ever lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kirara_paintings import sort_into_folders
from kirara_paintings.sort_into_folders import (
    SortRequest,
    finished_job,
    folder_name,
    sort_job,
    undo_sort_job,
)
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled


class Tools:
    """The tools of a job that is stopped after so many steps."""

    def __init__(self, steps: int = 1 << 30) -> None:
        self._steps = steps

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        if done >= self._steps:
            raise Cancelled


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    paths = [folder / "a.png", folder / "deep" / "a.png", folder / "絵.png", folder / "b.png"]
    for number, path in enumerate(paths):
        path.write_bytes(bytes([number]) * 1000)
    return paths


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()[:1]
        for path in folder.rglob("*")
        if path.is_file()
    }


def request(tmp_path: Path, pictures: list[Path], *, move: bool) -> SortRequest:
    styles = ("Neo", "Neo", "Field", "Field")
    files = tuple(zip(pictures, styles, strict=True))
    return SortRequest(files, tmp_path / "out", move, tmp_path / "journals" / "one.jsonl")


@pytest.mark.parametrize("move", [True, False])
def test_into_folders_and_back(tmp_path: Path, pictures: list[Path], move: bool) -> None:
    before = contents(tmp_path / "in")
    what = request(tmp_path, pictures, move=move)
    (tmp_path / "out" / "Field").mkdir(parents=True)
    (tmp_path / "out" / "Field" / "b.png").write_bytes(b"old")
    result = sort_job(what, Tools())
    assert result.error is None and result.left == 0 and len(result.done) == 4
    assert contents(tmp_path / "out") == {
        "Neo/a.png": b"\0",
        "Neo/a-2.png": b"\1",
        "Field/絵.png": b"\2",
        "Field/b.png": b"o",
        "Field/b-2.png": b"\3",
    }
    assert contents(tmp_path / "in") == ({} if move else before)
    back = undo_sort_job(what, Tools())
    assert back.error is None and len(back.done) == 4
    assert contents(tmp_path / "in") == before
    assert contents(tmp_path / "out") == {"Field/b.png": b"o"}
    assert not (tmp_path / "out" / "Neo").exists(), "folders that are empty again go"


def test_what_took_the_old_place_stays(tmp_path: Path, pictures: list[Path]) -> None:
    what = request(tmp_path, pictures, move=True)
    sort_job(what, Tools())
    pictures[0].write_bytes(b"new")
    shutil.rmtree(tmp_path / "in" / "deep")
    undo_sort_job(what, Tools())
    found = contents(tmp_path / "in")
    assert found["a.png"] == b"n" and found["a-2.png"] == b"\0" and found["deep/a.png"] == b"\1"


def test_copies_that_were_changed_or_are_the_last_stay(
    tmp_path: Path, pictures: list[Path]
) -> None:
    what = request(tmp_path, pictures, move=False)
    sort_job(what, Tools())
    (tmp_path / "out" / "Neo" / "a.png").write_bytes(b"painted over")
    pictures[3].unlink()
    back = undo_sort_job(what, Tools())
    assert len(back.done) == 2
    assert set(contents(tmp_path / "out")) == {"Neo/a.png", "Field/b.png"}


@pytest.mark.parametrize("move", [True, False])
def test_a_full_disk_loses_nothing(
    tmp_path: Path, pictures: list[Path], move: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(tmp_path / "in")
    real = shutil.copyfile
    left = 2

    def copy(source: Path, target: Path) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            Path(target).write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(source, target)

    monkeypatch.setattr(sort_into_folders.shutil, "copyfile", copy)
    if move:  # onto another disk, where moving is copying
        pretend_other_disk(monkeypatch, tmp_path / "in")
    what = request(tmp_path, pictures, move=move)
    result = sort_job(what, Tools())
    assert len(result.done) == 2 and result.left == 2 and "disk is full" in str(result.error)
    whole = {**contents(tmp_path / "in"), **contents(tmp_path / "out")}
    assert sorted(whole.values()) == (
        sorted(before.values()) if move else sorted([*before.values(), b"\0", b"\1"])
    )
    monkeypatch.undo()
    undo_sort_job(what, Tools())
    assert contents(tmp_path / "in") == before and contents(tmp_path / "out") == {}


def pretend_other_disk(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    real: Callable[..., Path] = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.is_relative_to(home) != Path(target).is_relative_to(home):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_to_another_disk_and_back(
    tmp_path: Path, pictures: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(tmp_path / "in")
    pretend_other_disk(monkeypatch, tmp_path / "in")
    what = request(tmp_path, pictures, move=True)
    assert len(sort_job(what, Tools()).done) == 4
    assert contents(tmp_path / "in") == {}
    assert len(undo_sort_job(what, Tools()).done) == 4
    assert contents(tmp_path / "in") == before


def test_a_stop_leaves_what_was_done_and_it_can_be_undone(
    tmp_path: Path, pictures: list[Path]
) -> None:
    before = contents(tmp_path / "in")
    what = request(tmp_path, pictures, move=True)
    assert len(sort_job(what, Tools(2)).done) == 2
    asked = finished_job(what, Tools())
    assert [result.source for result in asked.done] == pictures[:2]
    undo_sort_job(what, Tools())
    assert contents(tmp_path / "in") == before


def test_a_crash_between_journal_and_file_is_undone(tmp_path: Path, pictures: list[Path]) -> None:
    before = contents(tmp_path / "in")
    what = request(tmp_path, pictures, move=True)
    sort_job(what, Tools(1))
    taken = tmp_path / "out" / "Neo" / "taken.png"
    taken.touch()
    with what.journal.open("a", encoding="utf-8") as journal:
        journal.write(f'{{"source": "{pictures[1]}", "target": "{taken}"}}\n{{"source": "/cut')
    undo_sort_job(what, Tools())
    assert contents(tmp_path / "in") == before and contents(tmp_path / "out") == {}


def test_files_that_are_gone_are_reported_and_the_rest_goes_on(
    tmp_path: Path, pictures: list[Path]
) -> None:
    pictures[1].unlink()
    result = sort_job(request(tmp_path, pictures, move=True), Tools())
    assert len(result.done) == 3 and result.left == 1 and "There is no file" in str(result.error)


def test_a_place_that_is_no_folder_is_reported_first(tmp_path: Path, pictures: list[Path]) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UserError) as raised:
        sort_job(request(tmp_path, pictures, move=True), Tools())
    assert raised.value.advice and contents(tmp_path / "in")


def test_names_of_styles_become_names_of_folders() -> None:
    assert folder_name("カラーフィールド") == "カラーフィールド"
    assert folder_name("a/b: c?") == "a-b- c-" and folder_name("..") == "-"
    assert len(os.fsencode(folder_name("x" * 300))) < 255
