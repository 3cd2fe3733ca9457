"""Files are copied and moved into folders and back, and none is ever lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kirara_paintings.sort_into_folders import (
    SortResult,
    finish_job,
    finished_job,
    folder_name,
    interrupted_job,
    sort_job,
    undo_sort_job,
)
from kirara_paintings.sort_journal import SortRequest
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from tests.saving.full_disk import small_disk


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


def test_a_copy_of_the_same_size_and_time_that_was_changed_stays(
    tmp_path: Path, pictures: list[Path]
) -> None:
    what = request(tmp_path, pictures, move=False)
    sort_job(what, Tools())
    copy = tmp_path / "out" / "Neo" / "a.png"
    status = copy.stat()
    copy.write_bytes(b"x" * 1000)
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert len(undo_sort_job(what, Tools()).done) == 3
    assert contents(tmp_path / "out") == {"Neo/a.png": b"x"}


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system than the pictures', of 16 KB."""
    try:
        with small_disk(tmp_path / "other", 16_384) as disk:
            yield disk
    except OSError:
        pytest.skip("mounting a small file system needs Linux and root")


@pytest.mark.parametrize("move", [True, False])
def test_a_full_disk_loses_nothing(
    tmp_path: Path, pictures: list[Path], move: bool, other_disk: Path
) -> None:
    for path in pictures:
        path.write_bytes(path.read_bytes() * 7)
    before = contents(tmp_path / "in")
    what = replace(request(tmp_path, pictures, move=move), folder=other_disk)
    result = sort_job(what, Tools())
    assert len(result.done) == 2 and result.left == 2 and "disk is full" in str(result.error)
    whole = {**contents(tmp_path / "in"), **contents(other_disk)}
    assert sorted(whole.values()) == (
        sorted(before.values()) if move else sorted([*before.values(), b"\0", b"\1"])
    )
    undo_sort_job(what, Tools())
    assert contents(tmp_path / "in") == before and contents(other_disk) == {}


def test_to_another_disk_and_back(tmp_path: Path, pictures: list[Path], other_disk: Path) -> None:
    before = contents(tmp_path / "in")
    what = replace(request(tmp_path, pictures, move=True), folder=other_disk)
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


@pytest.mark.parametrize("end", [finish_job, undo_sort_job])
@pytest.mark.parametrize("move", [True, False])
def test_what_was_interrupted_is_finished_or_undone(
    tmp_path: Path, pictures: list[Path], move: bool, end: Callable[..., SortResult]
) -> None:
    before = contents(tmp_path / "in")
    what = request(tmp_path, pictures, move=move)
    journals = what.journal.parent
    sort_job(what, Tools(2))
    assert interrupted_job(journals, Tools()) == (), "the user stopped it"
    cut = what.journal.read_bytes().rpartition(b'\n{"state"')[0]
    # As a crash leaves it: a name taken in a folder, half a copy, half a line.
    taken = tmp_path / "out" / "Field" / "絵.png"
    taken.parent.mkdir()
    taken.touch()
    (taken.parent / ".kirara-999999999-half.png").write_bytes(b"half")
    note = json.dumps({"source": str(pictures[2]), "target": str(taken)})
    what.journal.write_bytes(cut + f'\n{note}\n{{"source": '.encode())
    (found,) = interrupted_job(journals, Tools())
    assert (found.request, found.done) == (what, 2)
    result = end(found.request, Tools())
    assert result.error is None
    if end is finish_job:
        assert sorted(contents(tmp_path / "out").values()) == sorted(before.values())
        assert contents(tmp_path / "in") == ({} if move else before)
        assert len(result.done) == 4 and len(undo_sort_job(what, Tools()).done) == 4
    assert contents(tmp_path / "in") == before and contents(tmp_path / "out") == {}
    assert interrupted_job(journals, Tools()) == ()
    assert list(journals.iterdir()) == [what.journal]


def test_a_request_that_another_process_works_on_is_not_interrupted(
    tmp_path: Path, pictures: list[Path]
) -> None:
    what = request(tmp_path, pictures, move=True)

    class Looking(Tools):
        found: tuple[object, ...] | None = None

        def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
            self.found = interrupted_job(what.journal.parent, Tools())

    looking = Looking()
    sort_job(what, looking)
    assert looking.found == ()


def test_an_undo_names_a_file_that_has_gone(tmp_path: Path, pictures: list[Path]) -> None:
    what = request(tmp_path, pictures, move=True)
    sort_job(what, Tools())
    gone = tmp_path / "out" / "Field" / "絵.png"
    gone.unlink()
    back = undo_sort_job(what, Tools())
    assert len(back.done) == 3 and back.left == 1 and "絵.png" in str(back.error)
    assert len(contents(tmp_path / "in")) == 3


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
