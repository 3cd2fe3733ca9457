"""A plugin's database; its faults are tried on that of Releases (test_store)."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kirara_studio.api.database import Database, Schema
from kirara_studio.api.errors import UserError

SCHEMA = Schema(
    """
CREATE TABLE IF NOT EXISTS post (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(text, content=post, content_rowid=id);
CREATE TRIGGER IF NOT EXISTS post_added AFTER INSERT ON post BEGIN
    INSERT INTO search (rowid, text) VALUES (new.id, new.text); END;
""",
    derived=("search",),
    rebuild="INSERT INTO search (search) VALUES ('rebuild')",
)


def test_what_follows_from_other_tables_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "posts.sqlite"
    database = Database(path, SCHEMA)
    for number in range(300):
        database.write("INSERT INTO post (text) VALUES (?)", (f"picture {number}",))
    database.close()
    data = bytearray(path.read_bytes())
    data[:50] = b"x" * 50
    path.write_bytes(data)
    problems: list[UserError] = []
    again = Database(path, SCHEMA, problems.append)
    assert "posts.sqlite" in str(problems[0]) and "300 of its entries" in str(problems[0])
    query = "SELECT post.text FROM search JOIN post ON post.id = search.rowid WHERE search MATCH ?"
    assert again.rows(query, ("277",)) == [("picture 277",)]
    again.write("INSERT INTO post (text) VALUES ('new one')")
    assert again.rows(query, ("new",)) == [("new one",)]


def damage(path: Path, *, unseen: bool) -> None:
    """Overwrite a page in the middle; ``unseen``: as if nobody had written."""
    status = path.stat()
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = bytes([255]) * 4096
    path.write_bytes(data)
    if unseen:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def filled(path: Path, schema: Schema) -> None:
    """A database that was opened, and closed, since it was written."""
    database = Database(path, schema)
    with database.transaction() as connection:
        rows = [(f"picture {number} " + "x" * 300,) for number in range(300)]
        connection.executemany("INSERT INTO post (text) VALUES (?)", rows)
    database.close()
    Database(path, schema).close()


@pytest.mark.parametrize("unseen", [False, True])
def test_a_file_is_read_through_unless_it_is_as_it_was(tmp_path: Path, unseen: bool) -> None:
    path = tmp_path / "posts.sqlite"
    filled(path, SCHEMA)
    damage(path, unseen=unseen)
    problems: list[UserError] = []
    again = Database(path, SCHEMA, problems.append)
    assert len(problems) == (0 if unseen else 1)
    assert 0 < len(again.rows("SELECT text FROM post")) < 300
    assert len(problems) == 1, "at the latest when it is used"


def test_a_damaged_cache_begins_anew(tmp_path: Path) -> None:
    path, schema = tmp_path / "posts.sqlite", replace(SCHEMA, cache=True)
    filled(path, schema)
    damage(path, unseen=False)
    problems: list[UserError] = []
    again = Database(path, schema, problems.append)
    assert not again.rows("SELECT text FROM post") and not problems
    again.write("INSERT INTO post (text) VALUES ('new one')")
    again.close()
    path.write_bytes(b"nonsense" * 1000)
    assert not Database(path, schema, problems.append).rows("SELECT text FROM post")
    assert not problems
    assert {one.name for one in tmp_path.iterdir()} <= {
        f"posts.{end}" for end in ("sqlite", "sqlite-wal", "sqlite-shm", "lock")
    }
