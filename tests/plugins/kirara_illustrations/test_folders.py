"""Folders as sources: what is new and what changed, and what cannot be read."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from kirara_illustrations.sources import Source, make_source
from kirara_illustrations.sources.folder import PAGE
from kirara_studio.api.errors import UserError

from .collecting import collect


def save(path: Path, colour: str = "red") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (4, 4), colour).save(path)
    return path


def make(folder: Path, skipped: list[UserError] | None = None) -> Source:
    report = (skipped if skipped is not None else []).append
    return make_source("folder", {"path": str(folder)}, {}, report=report)


def names(folder: Path, state: dict[str, object] | None = None) -> list[str]:
    posts, _ = collect(make(folder), state)
    return [Path(post.pictures[0].address).relative_to(folder).as_posix() for post in posts]


def test_a_picture_is_a_post(tmp_path: Path) -> None:
    path = save(tmp_path / "Yuno" / "a folder" / "絵.png")
    os.utime(path, (1_000_000, 1_000_000))
    (post,), _ = collect(make(tmp_path / "Yuno"))
    assert post.pictures[0].address == str(path) and post.pictures[0].name == "絵.png"
    assert (post.author, post.author_name, post.address) == ("Yuno", "Yuno", "")
    assert post.posted == datetime.fromtimestamp(1_000_000, UTC)
    # The same through the folder above it.
    assert collect(make(tmp_path))[0][0].id == post.id == f"folder:{path.as_uri()}"


def test_only_what_is_new_or_changed_is_given_again(tmp_path: Path) -> None:
    for name in ("a.png", "b/c.jpg", "b/d.webp"):
        save(tmp_path / name)
    (tmp_path / "words.txt").write_text("no picture")
    _, state = collect(make(tmp_path))
    assert names(tmp_path, state) == []
    save(tmp_path / "b/e.png")
    save(tmp_path / "b/c.jpg", "blue")
    os.utime(tmp_path / "b/c.jpg", (2_000_000, 2_000_000))
    # An old picture, in a folder that was moved here.
    old = save(tmp_path.with_name("elsewhere") / "old.png")
    os.utime(old, (1000, 1000))
    old.parent.rename(tmp_path / "moved")
    assert sorted(names(tmp_path, state)) == ["b/c.jpg", "b/e.png", "moved/old.png"]


def test_what_is_gone_is_forgotten_and_new_when_it_is_back(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png")
    save(tmp_path / "b.png")
    _, state = collect(make(tmp_path))
    kept = path.rename(tmp_path.with_name("kept.png"))
    posts, state = collect(make(tmp_path), state)
    assert posts == [] and list(state["files"]) == ["b.png"]
    kept.rename(path)
    assert names(tmp_path, state) == ["a.png"]


def test_a_stop_between_two_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PAGE > 7
    monkeypatch.setattr("kirara_illustrations.sources.folder.PAGE", 3)
    for number in range(8):
        save(tmp_path / f"{number}.png")
    posts, state = collect(make(tmp_path), stop=1)
    rest, state = collect(make(tmp_path), state)
    assert len(posts) == 3 and len(rest) == 5
    assert len({post.id for post in [*posts, *rest]}) == 8


def test_what_cannot_be_read_is_reported_and_skipped(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    (tmp_path / "broken.png").symlink_to(tmp_path / "nothing.png")
    (tmp_path / "circle").symlink_to(tmp_path)
    skipped: list[UserError] = []
    posts, _ = collect(make(tmp_path, skipped))
    assert len(posts) == 1
    assert len(skipped) == 1 and "broken.png" in skipped[0].message


def test_a_locked_folder_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    save(tmp_path / "a" / "b.png")
    _, state = collect(make(tmp_path))
    (tmp_path / "a").chmod(0)
    if os.access(tmp_path / "a", os.R_OK):
        pytest.skip("this user may read anything")
    skipped: list[UserError] = []
    try:
        assert collect(make(tmp_path, skipped), state) == ([], state)
    finally:
        (tmp_path / "a").chmod(0o700)
    assert len(skipped) == 1 and "may not be read" in skipped[0].message


def test_names_of_any_bytes_are_kept(tmp_path: Path) -> None:
    strange = os.fsdecode(b"\xff\xfe.png")
    save(tmp_path / "a.png").rename(tmp_path / strange)
    (post,), state = collect(make(tmp_path))
    assert post.id.isascii() and Path(post.pictures[0].address).name == strange
    assert names(tmp_path, state) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        collect(make(tmp_path / "nothing"))
    with pytest.raises(UserError, match="There is no folder"):
        make(save(tmp_path / "a.png")).test()
    assert make(tmp_path).test() == f"{tmp_path.name}: 1"


@pytest.mark.parametrize("state", [{"files": 5}, {"files": {"a.png": "x"}}, {"files": []}])
def test_a_damaged_state_is_as_none(tmp_path: Path, state: dict[str, object]) -> None:
    save(tmp_path / "a.png")
    assert names(tmp_path, state) == ["a.png"]
