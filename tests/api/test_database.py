"""A plugin's database; its faults are tried on that of Releases (test_store)."""

from __future__ import annotations

from pathlib import Path

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
