"""Small copies in a database of their own: kept, made again, and removed with their pictures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kirara_illustrations.jobs import thumbnails_job
from kirara_illustrations.rounds import Rounds
from kirara_illustrations.storage.library import Library, Query
from kirara_illustrations.storage.thumbnails import FILE, TALLEST, WIDTH, ThumbnailStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import Messengers
from kirara_studio.engine.tools import ExecutionContext, Tools
from tests.api.webhook import Drawer

from .kept_pictures import keep


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path)) as library:
        yield library


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ThumbnailStore]:
    with closing(ThumbnailStore(tmp_path)) as store:
        yield store


def save(path: Path, width: int, height: int, tone: int = 200) -> Path:
    Image.new("RGB", (width, height), (tone, 90, 30)).save(path)
    return path


def digests(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE)) as database:
        return {digest for (digest,) in database.execute("SELECT digest FROM thumbnail")}


def ask(library: Library, pictures: list[int]) -> dict[int, np.ndarray | None]:
    """What the job gives for pictures."""
    parts: list[tuple[int, np.ndarray | None]] = []
    tools = Tools(ExecutionContext(library.folder / "cache"), on_part=parts.append)
    thumbnails_job(library.folder, tuple(pictures), tools)
    assert len(parts) == len(pictures)
    return dict(parts)


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((1024, 512), (WIDTH, 128)), ((90, 60), (90, 60)), ((512, 4096), (WIDTH, TALLEST)),
        ((4096, 3), (WIDTH, 1)),
    ],
)  # fmt: skip
def test_a_copy_is_narrow_and_what_is_too_tall_is_cut(
    store: ThumbnailStore, tmp_path: Path, size: tuple[int, int], small: tuple[int, int]
) -> None:
    path = save(tmp_path / "one.png", *size)
    assert store.get("a", path).size == store.get("a", path).size == small


def test_a_kept_copy_is_used_by_the_next_one_too(tmp_path: Path) -> None:
    path = save(tmp_path / "one.png", 300, 300)
    with closing(ThumbnailStore(tmp_path)) as store:
        store.get("a", path)
    path.unlink()
    with closing(ThumbnailStore(tmp_path)) as store:
        assert abs(np.asarray(store.get("a", path))[9, 9, 0] - 200.0) < 8
        with pytest.raises(UserError):
            store.get("b", path)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0 not a picture", b"x" * 5000])
def test_a_damaged_copy_is_made_again(store: ThumbnailStore, tmp_path: Path, data: bytes) -> None:
    path = save(tmp_path / "one.png", 300, 300)
    store.get("a", path)
    store.write("UPDATE thumbnail SET data = ?", (data,))
    assert store.get("a", path).size == (WIDTH, WIDTH)
    path.unlink()
    assert store.get("a", path).size == (WIDTH, WIDTH), "it was kept"


def test_a_damaged_database_is_replaced(tmp_path: Path) -> None:
    path = save(tmp_path / "one.png", 300, 300)
    with closing(ThumbnailStore(tmp_path)) as store:
        store.get("a", path)
    file = tmp_path / FILE
    file.write_bytes(b"nonsense" * 2000)
    with closing(ThumbnailStore(tmp_path)) as store:
        assert store.get("a", path).size == (WIDTH, WIDTH)
    assert digests(tmp_path) == {"a"}


def test_damage_that_shows_when_it_is_used_does_no_harm(tmp_path: Path) -> None:
    path, count = save(tmp_path / "one.png", 700, 900), 200
    with closing(ThumbnailStore(tmp_path)) as store:
        for number in range(count):
            store.get(f"{number:064}", path)
    data = bytearray((tmp_path / FILE).read_bytes())
    for start in range(8192, len(data), 2 * 4096):
        data[start : start + 4096] = bytes([255]) * 4096
    (tmp_path / FILE).write_bytes(data)
    with closing(ThumbnailStore(tmp_path)) as store:
        for number in range(count):
            assert store.get(f"{number:064}", path).size == (WIDTH, 329)


def test_a_damaged_and_a_missing_file_have_none(library: Library) -> None:
    sound, damaged, missing = keep(library, [1, 2, 3])
    items = {item.id: library.path_of(item.file) for item in library.items([damaged, missing])}
    items[damaged].write_bytes(items[damaged].read_bytes()[:70])
    items[missing].unlink()
    found = ask(library, [sound, damaged, missing, 999])
    pixels = found[sound]
    assert pixels is not None and pixels.shape == (48, 48, 3) and pixels.dtype == np.uint8
    assert found[damaged] is found[missing] is found[999] is None


def test_copies_go_with_their_pictures(library: Library, tmp_path: Path) -> None:
    pictures = keep(library, range(4))
    ask(library, pictures)
    known = {item.id: item.digest for item in library.items(pictures)}
    assert digests(tmp_path) == set(known.values())
    library.trash(pictures[:1])
    library.tidy()
    assert digests(tmp_path) == {known[one] for one in pictures[1:]}
    library.mark(pictures[1:2], favourite=True)
    library.shrink(1)
    assert library.find(Query(passing=None)) == pictures[1:2]
    assert digests(tmp_path) == {known[pictures[1]]}


def test_a_copy_that_two_pictures_share_stays_until_both_are_gone(
    library: Library, tmp_path: Path
) -> None:
    one, other = keep(library, [1, 2])
    library.write("UPDATE picture SET digest = 'same', file = (SELECT min(file) FROM picture)")
    ask(library, [one, other])
    library.trash([one])
    library.tidy()
    assert digests(tmp_path) == {"same"}
    library.trash([other])
    library.tidy()
    assert digests(tmp_path) == set()


def test_a_start_of_the_service_removes_what_is_left(library: Library, tmp_path: Path) -> None:
    keep(library, [1])
    ask(library, [1])
    library.trash([1])
    problems: list[object] = []
    messengers = Messengers(tmp_path / "messengers.json", Drawer())
    Rounds(tmp_path, Drawer(), messengers, report=problems.append, failed=problems.append).close()
    assert digests(tmp_path) == set() and problems == []


def test_without_copies_there_is_no_database_of_them(library: Library, tmp_path: Path) -> None:
    keep(library, [1])
    library.trash([1])
    library.tidy()
    assert not (tmp_path / FILE).exists()


def test_a_database_of_copies_that_cannot_be_used_stops_nothing(
    library: Library, tmp_path: Path
) -> None:
    (picture,) = keep(library, [1])
    (item,) = library.items([picture])
    with closing(sqlite3.connect(tmp_path / FILE)) as newer:
        newer.execute("PRAGMA user_version = 7")
    library.trash([picture])
    library.tidy()
    assert not library.path_of(item.file).exists()
