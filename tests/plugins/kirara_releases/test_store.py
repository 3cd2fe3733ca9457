"""The records survive damage, locks and full disks, and say what happened."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kirara_releases.storage import store as module
from kirara_releases.storage.store import FeedState, Mark, ReleaseStore
from kirara_studio.api.errors import UserError


def filled(folder: Path) -> ReleaseStore:
    store = ReleaseStore(folder)
    store.set_bought("kirara", "2026-12-09", 5.0)
    store.set_note("kirara", "2026-12-09", "付録つき")
    for number in range(300):
        store.set_note("max", f"2026-{number}", "x" * 200)
    return store


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


@pytest.mark.parametrize("damage", ["garbage", "middle", "empty header"])
def test_damaged_records_are_set_aside_and_what_can_be_read_is_kept(
    tmp_path: Path, damage: str
) -> None:
    filled(tmp_path).close()
    path = tmp_path / module.FILE
    content = bytearray(path.read_bytes())
    if damage == "garbage":
        content = bytearray(b"no database at all" * 500)
    elif damage == "middle":
        content[len(content) // 2 : len(content) // 2 + 4096] = b"\xff" * 4096
    else:
        content[:100] = bytes(100)
    path.write_bytes(content)
    reported: list[UserError] = []
    store = ReleaseStore(tmp_path, reported.append)
    assert "damaged" in str(reported[0]) and "set aside" in str(reported[0])
    assert [p for p in tmp_path.iterdir() if p.name.startswith(f"{module.FILE}.2")]
    if damage == "middle":
        assert store.marks().get(("kirara", "2026-12-09"), Mark()).bought == 5.0
        assert len(store.marks()) > 50
    store.set_bought("max", "2026-12-19", 1.0)
    store.close()
    again: list[UserError] = []
    ReleaseStore(tmp_path, again.append).close()
    assert again == []


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
    monkeypatch.setattr(module, "LOCKED_SECONDS", 0.2)
    filled(tmp_path).close()
    locker = subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(tmp_path / module.FILE)],
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
    (tmp_path / module.FILE).rename(tmp_path / "aside")
    other = ReleaseStore(tmp_path)
    running.set_bought("late", "1", 1.0)
    assert other.marks().get(("late", "1"), Mark()).bought == 1.0
    assert running.marks().get(("kirara", "2026-12-09"), Mark()) == Mark()
    running.close()
    other.close()


def test_a_short_lock_is_waited_for(tmp_path: Path) -> None:
    first = filled(tmp_path)
    other = sqlite3.connect(tmp_path / module.FILE, isolation_level=None)
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
    assert len(list(tmp_path.glob(f"{module.FILE}*"))) == 1


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
