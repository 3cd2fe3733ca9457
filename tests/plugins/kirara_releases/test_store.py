"""The records survive damage, locks and full disks, and say what happened."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from kirara_releases.storage.store import FILE, FeedState, Mark, ReleaseStore
from kirara_studio.api import database
from kirara_studio.api.errors import UserError


def filled(folder: Path) -> ReleaseStore:
    store = ReleaseStore(folder)
    store.set_bought("kirara", "2026-12-09", 5.0)
    store.set_note("kirara", "2026-12-09", "付録つき")
    with store.transaction() as connection:
        rows = [("max", f"2026-{number}", "x" * 200) for number in range(300)]
        connection.executemany("INSERT INTO note VALUES (?, ?, ?)", rows)
    return store


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a sound database with 301 marks."""
    folder = tmp_path_factory.mktemp("whole")
    filled(folder).close()
    return (folder / FILE).read_bytes()


def test_marks_are_kept_and_forgotten(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.close()
    store = ReleaseStore(tmp_path)
    assert store.marks().get(("kirara", "2026-12-09"), Mark()) == Mark(5.0, "付録つき")
    assert store.marks().get(("kirara", "2026-11-09"), Mark()) == Mark()
    store.set_bought("kirara", "2026-12-09", 0)
    store.set_note("kirara", "2026-12-09", "  ")
    assert store.marks().get(("kirara", "2026-12-09"), Mark()) == Mark()
    store.close()


def test_two_programs_share_the_records(tmp_path: Path) -> None:
    first, second = ReleaseStore(tmp_path), ReleaseStore(tmp_path)
    first.set_bought("kirara", "1", 1.0)
    second.set_bought("kirara", "2", 1.0)
    assert len(first.marks()) == len(second.marks()) == 2
    first.close()
    second.close()


def test_a_block_that_fails_changes_nothing(tmp_path: Path) -> None:
    store = ReleaseStore(tmp_path)
    statement = "INSERT INTO bought VALUES ('a', 'b', 1.0)"
    with pytest.raises(UserError), store.transaction() as connection:
        connection.execute(statement).execute(statement)  # the key is not unique
    assert store.marks().get(("a", "b"), Mark()) == Mark()
    store.set_bought("a", "b", 2.0)
    assert store.marks().get(("a", "b"), Mark()).bought == 2.0
    store.close()


Damage = Callable[[bytes], bytes]


def at(offset: int, value: bytes) -> Damage:
    """Other bytes at a place in the file."""
    return lambda data: data[:offset] + value + data[offset + len(value) :]


def altered(*statements: str) -> Damage:
    """The file after statements that this program would not execute."""

    def apply(data: bytes) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "x")
            path.write_bytes(data)
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
                for statement in statements:
                    connection.execute(statement)
            return path.read_bytes()  # the log is merged when the last connection is closed

    return apply


DAMAGES: dict[str, tuple[Damage, int]] = {
    "garbage": (lambda _: b"no database at all" * 500, 0),
    "a database of something else": (lambda _: altered("CREATE TABLE x (y)")(b""), 0),
    "cut after the header": (lambda data: data[:100], 0),
    "cut in the middle": (lambda data: data[: len(data) // 2], 30),
    "cut near its end": (lambda data: data[:-1000], 280),
    "a page overwritten": (
        lambda data: at(len(data) // 2 // 4096 * 4096, b"\xff" * 4096)(data), 250,
    ),
    "the first page overwritten": (at(100, b"\xff" * 3996), 0),
    "header empty": (at(0, bytes(100)), 301),
    "header without its magic": (at(0, b"XQLite"), 301),
    "header with another page size": (at(16, b"\x03\x07"), 301),
    "header that forbids writing": (at(18, b"\x09"), 301),
    "header that forbids reading": (at(19, b"\x09"), 301),
    "header with another format": (at(44, b"\0\0\0\x09"), 301),
    "header with another encoding": (at(56, b"\0\0\0\x02"), 301),
    "header with an absurd version": (at(60, b"\x7f\xff\xff\xff"), 301),
    "a table dropped": (altered("DROP TABLE feed"), 301),
    "all tables dropped": (
        altered(*[f"DROP TABLE {t}" for t in ("meta", "bought", "note", "telling", "feed")]), 0,
    ),
    "a column gone": (altered("ALTER TABLE feed DROP COLUMN error"), 301),
    "an index that lacks a row": (
        altered(
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = sql || ' WHERE id > 5' WHERE name = 'telling_state'",
            "UPDATE sqlite_master SET rootpage = 3 WHERE name = 'telling_state'",
        ), 301,
    ),
}  # fmt: skip
"""What happens to the file, and how many marks can be read afterwards at least."""


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_set_aside_and_what_can_be_read_is_kept(
    tmp_path: Path, whole: bytes, damage: str
) -> None:
    damaged, readable = DAMAGES[damage][0](whole), DAMAGES[damage][1]
    (tmp_path / FILE).write_bytes(damaged)
    reported: list[UserError] = []
    store = ReleaseStore(tmp_path, reported.append)
    [message] = map(str, reported)
    assert "set aside" in message and ("damaged" in message or "forbids writing" in damage)
    [aside] = (p for p in tmp_path.iterdir() if p.name.startswith(f"{FILE}.2"))
    assert aside.read_bytes() == damaged and aside.name in message
    assert len(store.marks()) >= readable
    if readable:
        assert store.marks()["kirara", "2026-12-09"] == Mark(5.0, "付録つき")
    store.set_bought("max", "2026-12-19", 1.0)
    store.put_feed("https://a", FeedState())
    assert store.deliveries() == [] and store.feed("https://a") == FeedState()
    store.close()
    again: list[UserError] = []
    ReleaseStore(tmp_path, again.append).close()
    assert again == []


def test_two_damages_within_a_second_get_two_names(tmp_path: Path) -> None:
    for _ in range(3):
        (tmp_path / FILE).write_bytes(b"no database at all")
        ReleaseStore(tmp_path).close()
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()  # even a folder
    ReleaseStore(tmp_path).close()
    assert len(list(tmp_path.glob(f"{FILE}.2*"))) == 4


def test_any_bytes_in_the_file_leave_a_database_that_works(tmp_path: Path, whole: bytes) -> None:
    chance = random.Random(6)
    for number in range(30):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            place = chance.randrange(len(data)) if number % 2 else chance.randrange(300)
            data[place] = chance.randrange(256)
        data[60:64] = whole[60:64]  # another version may be that of a newer studio
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / FILE).write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        store = ReleaseStore(folder)
        store.marks(), store.deliveries(), store.feed("https://a")
        store.set_bought("a", "b", 1.0)
        store.close()


def test_damage_that_shows_later_is_repaired_where_it_shows(tmp_path: Path) -> None:
    reported: list[UserError] = []
    filled(tmp_path).close()
    store = ReleaseStore(tmp_path, reported.append)
    with (tmp_path / FILE).open("r+b") as file:  # while it is open
        file.seek(100)
        file.write(b"\xff" * 60_000)
    store.connection.execute("PRAGMA shrink_memory")
    assert store.marks() == {} and len(reported) == 1
    store.set_bought("a", "b", 1.0)
    assert len(store.marks()) == 1 and len(reported) == 1
    store.close()


def test_a_damage_that_nobody_saw_is_reported_to_the_next_who_listens(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 500)
    ReleaseStore(tmp_path).close()  # a job in the background
    reported: list[UserError] = []
    for _ in range(2):
        ReleaseStore(tmp_path, reported.append).close()
    assert len(reported) == 1 and "set aside" in reported[0].message


def test_of_several_programs_one_sets_it_aside(tmp_path: Path, whole: bytes) -> None:
    (tmp_path / FILE).write_bytes(at(0, bytes(100))(whole))
    reported: list[UserError] = []

    def begin() -> None:
        store = ReleaseStore(tmp_path, reported.append)
        assert len(store.marks()) == 301
        store.close()

    with ThreadPoolExecutor(4) as pool:
        for result in [pool.submit(begin) for _ in range(4)]:
            result.result()
    assert len(list(tmp_path.glob(f"{FILE}.2*"))) == len(reported) == 1


def test_an_emptied_file_does_not_cost_its_log(tmp_path: Path) -> None:
    store = filled(tmp_path)
    (tmp_path / "log").write_bytes((tmp_path / f"{FILE}-wal").read_bytes())
    store.close()
    (tmp_path / FILE).write_bytes(b"")
    (tmp_path / "log").rename(tmp_path / f"{FILE}-wal")
    reported: list[UserError] = []
    ReleaseStore(tmp_path, reported.append).close()
    assert len(reported) == 1 and list(tmp_path.glob(f"{FILE}.2*-wal"))


def test_one_damaged_character_hides_no_other_row(tmp_path: Path, whole: bytes) -> None:
    (tmp_path / FILE).write_bytes(whole.replace("付録".encode(), b"\xff\xfe\xfd\xfc\xfb\xfa"))
    store = ReleaseStore(tmp_path)
    assert len(store.marks()) == 301 and store.marks()["kirara", "2026-12-09"].bought == 5.0
    store.close()


@pytest.mark.skipif(not hasattr(os, "setresuid"), reason="permissions of other systems")
@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_file_that_may_not_be_changed_is_set_aside(mode: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "data")
        filled(path).close()
        (path / FILE).chmod(mode)
        if os.geteuid() == 0:  # who may do everything
            for part in (Path(folder), path, *path.iterdir()):
                os.chown(part, 65534, 65534)
        code = (
            "import os, sys; from pathlib import Path\n"
            "from kirara_releases.storage.store import ReleaseStore\n"
            "os.geteuid() or os.setresuid(65534, 65534, 65534)\n"
            "store = ReleaseStore(Path(sys.argv[1]), print)\n"
            "store.set_bought('a', 'b', 1.0); print(len(store.marks()))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
        )
        assert done.stdout.splitlines()[-1:] == ["302"], done.stderr
        assert "no permission" in done.stdout and done.stdout.count("set aside") == 1
        assert len([p for p in path.glob(f"{FILE}.2*") if p.name[-4:] not in ("-wal", "-shm")]) == 1


LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode = EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


def test_records_that_stay_locked_are_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCKED_SECONDS", 0.2)
    filled(tmp_path).close()
    locker = subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(tmp_path / FILE)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert locker.stdout is not None and locker.stdout.readline() == b"locked\n"
    try:
        reported: list[UserError] = []
        store = ReleaseStore(tmp_path, reported.append)
        assert "locked" in str(reported[0])
        assert store.marks().get(("kirara", "2026-12-09"), Mark()).bought == 5.0
        store.close()
    finally:
        locker.communicate()


def test_a_program_that_has_it_open_goes_on_in_the_new_file(tmp_path: Path) -> None:
    running = filled(tmp_path)
    (tmp_path / FILE).rename(tmp_path / "aside")
    other = ReleaseStore(tmp_path)
    running.set_bought("late", "1", 1.0)
    assert other.marks().get(("late", "1"), Mark()).bought == 1.0
    assert running.marks().get(("kirara", "2026-12-09"), Mark()) == Mark()
    running.close()
    other.close()


def test_a_short_lock_is_waited_for(tmp_path: Path) -> None:
    first = filled(tmp_path)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = subprocess.Popen(
        [sys.executable, "-c", "import sys; from kirara_releases.storage.store import ReleaseStore;"
         "from pathlib import Path; s = ReleaseStore(Path(sys.argv[1]), lambda e: sys.exit(3));"
         "s.set_bought('late', '1', 1.0)", str(tmp_path)],
    )  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(1)
    other.execute("COMMIT")
    other.close()
    assert waiting.wait(30) == 0
    assert first.marks().get(("late", "1"), Mark()).bought == 1.0
    first.close()


def test_records_of_a_newer_studio_are_left_alone(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.connection.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(UserError, match="newer"):
        ReleaseStore(tmp_path)
    assert len(list(tmp_path.glob(f"{FILE}*"))) == 1


def test_a_full_disk_is_reported_and_loses_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path)
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for number in range(2000):
            store.set_note("full", str(number), "y" * 1000)

    with pytest.raises(UserError, match="full"):
        fill()
    assert store.marks().get(("kirara", "2026-12-09"), Mark()).bought == 5.0
    store.set_bought("kirara", "2026-12-09", 0)
    store.close()


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="file"):
        ReleaseStore(tmp_path / "file")


def test_the_states_of_feeds_are_stored(tmp_path: Path) -> None:
    store = ReleaseStore(tmp_path)
    assert store.feed("https://a") == FeedState()
    state = FeedState((date(2026, 12, 9), date(9999, 1, 1)), '"tag"', "Mon", 1.0, 2.0, 3, "no")
    store.put_feed("https://a", state)
    store.put_feed("https://b", state)
    assert store.feed("https://a") == state
    store.forget_other_feeds(["https://a"])
    assert store.feed("https://b") == FeedState()
    store.connection.execute("UPDATE feed SET dates = 'nonsense'")
    assert store.feed("https://a").dates == ()
    store.forget_other_feeds([])
    assert store.feed("https://a") == FeedState()
    store.close()


def test_what_is_committed_survives_a_power_cut(tmp_path: Path) -> None:
    store = ReleaseStore(tmp_path)
    (level,) = store.connection.execute("PRAGMA synchronous").fetchone()
    assert level == 2, "FULL: SQLite syncs at every commit"
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_the_owner_reads_the_addresses_of_feeds(tmp_path: Path) -> None:
    (tmp_path / "releases.sqlite").touch(0o644)
    store = ReleaseStore(tmp_path)
    store.put_feed("https://example.org/secret", FeedState())
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.glob("*sqlite*")}
    store.close()
    assert set(modes.values()) == {0} and len(modes) == 3
