"""The collection: sources, posts and pictures in a database, and files in a folder beside it.

A picture is *wanted* as soon as its post is known, in the transaction that also moves the source's
state on, so a stop or a crash at any moment neither loses a post nor asks for one again. Its file
has a name that follows from the picture's number: a file that was written just before a crash is
found and kept instead of being fetched again. What is removed is marked first and deleted then.
"""

from __future__ import annotations

import contextlib
import heapq
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_illustrations.filter.classes import THRESHOLD
from kirara_illustrations.sources.base import Page, Post
from kirara_illustrations.storage.thumbnails import forget_others
from kirara_studio.api.database import Database, Schema, load_error, store_error
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import remove_leftovers
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.media.near_duplicates import SIZE, fold
from kirara_studio.api.messengers import MessengerSwitches
from kirara_studio.api.outbox import DeliveryTable
from kirara_studio.api.reading import reading

FILE = "illustrations.sqlite"
PICTURES = "pictures"
"""The folder of the files, beside the database."""

WANTED, KEPT, FAILED, TRASHED, REMOVED = "wanted", "kept", "failed", "trashed", "removed"
"""States of a picture: to be fetched; there; given up; deleted by the user, until the next start;
deleted to save space, or for good. Only the file goes: what was seen is never fetched again."""

_STAYS = -1  # in “alike”: compared, and unlike all others; 0: not compared yet
_RETRIES = (60.0, 600.0, 3_600.0, 86_400.0)  # seconds; then it is given up
_A_FOLDER = 1_000  # files
_SHORT = 3  # characters: the index finds no shorter words
_LONGEST_QUERY = 200  # characters
_COMPARED = 4_096  # pictures whose features are in memory at once

TABLE = DeliveryTable("delivery")
"""The table of what was sent where, and of what is to be sent."""

_SCHEMA = Schema(
    f"""
CREATE TABLE IF NOT EXISTS source (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    settings TEXT NOT NULL DEFAULT '{{}}', state TEXT NOT NULL DEFAULT '{{}}',
    enabled INTEGER NOT NULL DEFAULT 1, next_time REAL NOT NULL DEFAULT 0,
    collected_at REAL NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE IF NOT EXISTS post (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, source INTEGER NOT NULL,
    address TEXT NOT NULL, author TEXT NOT NULL, author_name TEXT NOT NULL,
    text TEXT NOT NULL, tags TEXT NOT NULL,
    posted REAL NOT NULL, found REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS picture (
    id INTEGER PRIMARY KEY, post INTEGER NOT NULL, number INTEGER NOT NULL,
    address TEXT NOT NULL, description TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'wanted', file TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0, width INTEGER NOT NULL DEFAULT 0,
    height INTEGER NOT NULL DEFAULT 0, digest TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0, next_attempt REAL NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    fingerprint BLOB, alike INTEGER NOT NULL DEFAULT 0,
    class TEXT NOT NULL DEFAULT '', confidences TEXT NOT NULL DEFAULT '{{}}',
    corrected TEXT NOT NULL DEFAULT '',
    favourite INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0,
    kept REAL NOT NULL DEFAULT 0,
    UNIQUE (post, number)) STRICT;
CREATE INDEX IF NOT EXISTS picture_state ON picture (state, next_attempt);
CREATE INDEX IF NOT EXISTS picture_digest ON picture (digest);
CREATE INDEX IF NOT EXISTS picture_file ON picture (state, file, size);
CREATE INDEX IF NOT EXISTS picture_corrected ON picture (corrected) WHERE corrected > '';
CREATE INDEX IF NOT EXISTS picture_shown ON picture (post, number, state, hidden, alike, favourite,
    width, height, class, corrected, confidences);
CREATE INDEX IF NOT EXISTS post_posted ON post (posted);
CREATE TABLE IF NOT EXISTS features (
    picture INTEGER PRIMARY KEY, numbers BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS {TABLE.name} (
    id INTEGER PRIMARY KEY, picture INTEGER NOT NULL, automatic INTEGER NOT NULL DEFAULT 0,
    {TABLE.columns},
    UNIQUE (picture, destination)) STRICT;
CREATE INDEX IF NOT EXISTS delivery_state ON {TABLE.name} (state, next_attempt);
{MessengerSwitches.TABLE}
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(
    author, author_name, text, tags, content=post, content_rowid=id, tokenize='trigram');
CREATE TRIGGER IF NOT EXISTS post_added AFTER INSERT ON post BEGIN
    INSERT INTO search (rowid, author, author_name, text, tags)
    VALUES (new.id, new.author, new.author_name, new.text, new.tags); END;
""",
    derived=("search",),
    rebuild="INSERT INTO search (search) VALUES ('rebuild')",
)


@dataclass(frozen=True)
class SourceRow:
    """A source as the user set it up. Times are seconds since 1970, 0 for never."""

    id: int
    name: str
    kind: str
    settings: Mapping[str, Any]
    state: Mapping[str, Any]
    enabled: bool
    next_time: float
    collected_at: float
    error: str


@dataclass(frozen=True)
class Wanted:
    """A picture to be fetched; ``source`` is the number of the source that found it."""

    id: int
    address: str
    attempts: int
    source: int


@dataclass(frozen=True)
class Kept:
    """What is known of a picture's file.

    ``file`` is relative to the library's folder, unless it is one of the user's own; ``digest`` is
    the SHA-256 of its bytes.
    """

    file: str
    size: int
    width: int
    height: int
    digest: str
    fingerprint: bytes


@dataclass(frozen=True)
class Item:
    """A picture of the gallery, with its post. Times are seconds since 1970.

    ``corrected`` is the class that the user gave it, if any; ``confidence`` is that of the class
    "illustration", ``confidences`` are those of all.
    """

    id: int
    file: str
    width: int
    height: int
    description: str
    class_name: str
    confidence: float
    favourite: int
    hidden: int
    alike: int
    address: str
    author: str
    author_name: str
    text: str
    tags: tuple[str, ...]
    posted: float
    digest: str
    corrected: str
    confidences: Mapping[str, float]


@dataclass(frozen=True)
class Query:
    """Which pictures of the gallery: all ``words`` occur in author, text or tags.

    ``least`` is the confidence of the class "illustration" from which a picture passes; what the
    user corrected counts as certain. ``passing`` is None for all, True or False for those that
    pass or do not.
    """

    words: str = ""
    passing: bool | None = True
    least: float = THRESHOLD
    favourites: bool = False
    hidden: bool = False
    source: int = 0
    folded: bool = True


class Library(Database):
    """The collection in ``folder``. Use an object from one thread; several may be open at once."""

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        super().__init__(Path(folder) / FILE, _SCHEMA, report)
        self.folder = Path(folder)

    # Sources

    def sources(self) -> list[SourceRow]:
        """All sources, by name; a damaged state counts as none."""
        columns = "id, name, kind, settings, state, enabled, next_time, collected_at, error"
        rows = self.rows(f"SELECT {columns} FROM source ORDER BY name")
        return [
            SourceRow(*(*row[:3], _values(row[3]), _values(row[4]), bool(row[5]), *row[6:]))
            for row in rows
        ]

    def add_source(self, name: str, kind: str, settings: Mapping[str, Any]) -> int:
        """Add a source; returns its number. Raises UserError if the name is taken."""
        name = name.strip()
        self._check_name(name)
        with self.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO source (name, kind, settings) VALUES (?, ?, ?)",
                (name, kind, json.dumps(dict(settings))),
            )
            return int(cursor.lastrowid or 0)

    def change_source(self, source: int, name: str, settings: Mapping[str, Any]) -> None:
        """Rename a source, or set it up in another way: then it is asked from the beginning.

        Raises UserError if the name is taken.
        """
        before = next((one for one in self.sources() if one.id == source), None)
        if before is None:
            return
        name = name.strip()
        if name != before.name:
            self._check_name(name)
        what = {key: value for key, value in settings.items() if key != "every"}
        same = what == {key: value for key, value in before.settings.items() if key != "every"}
        self.write(
            "UPDATE source SET name = ?, settings = ?, state = ?, next_time = 0, error = ''"
            " WHERE id = ?",
            (
                name, json.dumps(dict(settings)), json.dumps(dict(before.state) if same else {}),
                source,
            ),
        )  # fmt: skip

    def _check_name(self, name: str) -> None:
        if not name or self.rows("SELECT 1 FROM source WHERE name = ?", (name,)):
            raise UserError(
                "There is a source “{name}” already." if name else "A source needs a name.",
                advice="Choose another name.",
                name=name,
            )

    def remove_source(self, source: int) -> None:
        """Forget a source. What it brought stays."""
        self.write("DELETE FROM source WHERE id = ?", (source,))

    def restore_source(self, row: SourceRow) -> None:
        """Bring a removed source back, as it was."""
        self.write(
            "INSERT OR IGNORE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.id, row.name, row.kind, json.dumps(dict(row.settings)),
                json.dumps(dict(row.state)), row.enabled, row.next_time, row.collected_at,
                row.error,
            ),
        )  # fmt: skip

    def set_enabled(self, source: int, on: bool) -> None:
        """Collect from a source from now on, or do not."""
        self.write("UPDATE source SET enabled = ? WHERE id = ?", (on, source))

    def put_page(self, source: int, page: Page, now: float) -> int:
        """Remember the posts of a page and the source's new state; returns how many are new.

        A post with another time is one whose pictures changed: a file of the user's.
        """
        new = 0
        with self.transaction() as connection:
            for post in page.posts:
                cursor = connection.execute(
                    "INSERT OR IGNORE INTO post (key, source, address, author, author_name, text,"
                    " tags, posted, found) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        post.id, source, post.address, post.author, post.author_name, post.text,
                        "\n".join(post.tags), post.posted.timestamp() if post.posted else now, now,
                    ),
                )  # fmt: skip
                if not cursor.rowcount:
                    _look_again(connection, post)
                    continue
                new += 1
                connection.executemany(
                    "INSERT INTO picture (post, number, address, description) VALUES (?, ?, ?, ?)",
                    [
                        (cursor.lastrowid, number, picture.address, picture.description)
                        for number, picture in enumerate(post.pictures)
                    ],
                )
            connection.execute(
                "UPDATE source SET state = ? WHERE id = ?", (json.dumps(dict(page.state)), source)
            )
        return new

    def end_collection(
        self, source: int, now: float, next_time: float, error: BaseException | None = None
    ) -> None:
        """Remember when a source was asked, when to ask it again, and what went wrong."""
        self.write(
            "UPDATE source SET collected_at = ?, next_time = ?, error = ? WHERE id = ?",
            (now, next_time, "" if error is None else store_error(error), source),
        )

    # Files

    def wanted(self, now: float, limit: int = 100) -> list[Wanted]:
        """Pictures to be fetched now, those of the newest posts first."""
        rows = self.rows(
            "SELECT picture.id, picture.address, attempts, source FROM picture"
            " JOIN post ON post.id = picture.post"
            " WHERE state = 'wanted' AND next_attempt <= ?"
            " ORDER BY post.posted DESC, picture.number LIMIT ?",
            (now, limit),
        )
        return [Wanted(*row) for row in rows]

    def stem_of(self, picture: int) -> Path:
        """Where the file of a picture goes, without its suffix."""
        return self.folder / PICTURES / f"{picture // _A_FOLDER:04d}" / f"{picture:08d}"

    def file_with(self, digest: str) -> str:
        """A kept file with these bytes, "" if there is none."""
        query = "SELECT file FROM picture WHERE digest = ? AND state = 'kept' LIMIT 1"
        return next((file for (file,) in self.rows(query, (digest,))), "")

    def keep(self, picture: int, kept: Kept, now: float = 0.0) -> None:
        """The file of a picture is there since ``now``."""
        self.write(
            "UPDATE picture SET state = 'kept', file = ?, size = ?, width = ?, height = ?,"
            " digest = ?, fingerprint = ?, error = '', kept = ? WHERE id = ?",
            (
                kept.file, kept.size, kept.width, kept.height, kept.digest, kept.fingerprint,
                now, picture,
            ),
        )  # fmt: skip

    def refuse(self, wanted: Wanted, error: BaseException, now: float, *, final: bool) -> None:
        """A picture could not be fetched; it is tried again later, unless that is ``final``."""
        final = final or wanted.attempts >= len(_RETRIES)
        wait = 0.0 if final else _RETRIES[wanted.attempts]
        self.write(
            "UPDATE picture SET state = ?, attempts = attempts + 1, next_attempt = ?, error = ?"
            " WHERE id = ?",
            (FAILED if final else WANTED, now + wait, store_error(error), wanted.id),
        )

    def failures(self, limit: int = 100) -> list[tuple[str, UserError]]:
        """The addresses of pictures that could not be fetched, and why, the newest first."""
        query = (
            "SELECT address, error FROM picture WHERE state IN ('wanted', 'failed')"
            " AND error != '' ORDER BY id DESC LIMIT ?"
        )
        return [(address, load_error(error)) for address, error in self.rows(query, (limit,))]

    # The gallery

    def find(self, query: Query) -> list[int]:
        """The numbers of pictures with a file, those of the newest posts first."""
        return [picture for picture, _, _ in self.shapes(query)]

    def shapes(self, query: Query) -> list[tuple[int, int, int]]:
        """Number, width and height in pixels of what :meth:`find` gives."""
        condition, values = _condition(query)
        return self.rows(
            f"SELECT picture.id, width, height FROM {_BY_POST}"
            f" WHERE {condition} ORDER BY posted DESC, post.id DESC, number",
            values,
        )

    def confidences(self, query: Query) -> list[float]:
        """How certainly each picture of a query is an illustration, 0…1, whatever passes.

        Pictures that nobody judged yet are left out.
        """
        condition, values = _condition(replace(query, passing=None))
        rows = self.rows(
            f"SELECT {CONFIDENCE} FROM {_BY_POST}"
            f" WHERE {condition} AND (class != '' OR corrected != '')",
            values,
        )
        return [confidence for (confidence,) in rows]

    def counts(self) -> dict[int, int]:
        """How many pictures are there of each source, by its number."""
        return dict(
            self.rows(
                "SELECT source, count(*) FROM picture JOIN post ON post.id = picture.post"
                f" WHERE state = '{KEPT}' AND hidden = 0 AND alike <= 0 GROUP BY source"
            )
        )

    @property
    def version(self) -> int:
        """Another number after somebody else changed the collection."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def similar(
        self, picture: int, count: int, check: Callable[[], None] = lambda: None
    ) -> list[int]:
        """Pictures that look most like one, by the cosine of their features; itself first.

        Raises UserError if the picture was not judged yet.
        """
        own = self.rows("SELECT numbers FROM features WHERE picture = ?", (picture,))
        if not own:
            raise UserError(
                "Pictures like this one cannot be found yet.",
                advice="Wait until the filter has judged it.",
            )
        wanted = _unit(np.frombuffer(own[0][0], np.float16).astype(np.float32)[None])[0]
        numbers = self.find(Query(passing=None))
        found: list[tuple[float, int]] = []
        for start in range(0, len(numbers), _COMPARED):
            check()
            rows = self.rows(
                "SELECT picture, numbers FROM features"
                " WHERE picture IN (SELECT value FROM json_each(?)) AND length(numbers) = ?",
                (json.dumps(numbers[start : start + _COMPARED]), len(own[0][0])),
            )
            if rows:
                each = np.frombuffer(b"".join(row[1] for row in rows), np.float16)
                alike = _unit(each.astype(np.float32).reshape(len(rows), -1)) @ wanted
                found += zip(alike.tolist(), (row[0] for row in rows), strict=True)
                found = heapq.nlargest(count, found)
        return [number for _, number in found]

    def items(self, pictures: Sequence[int]) -> list[Item]:
        """Pictures by their numbers, in that order, without those that are gone."""
        rows = self.rows(
            "SELECT picture.id, file, width, height, picture.description, class,"
            f" {CONFIDENCE}, favourite, hidden, alike, post.address, author, author_name, text,"
            " tags, posted, digest, corrected, confidences"
            " FROM picture JOIN post ON post.id = picture.post"
            " WHERE picture.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(pictures)),),
        )
        found = {
            row[0]: Item(*(*row[:14], _words(row[14]), *row[15:18], _values(row[18])))
            for row in rows
        }
        return [found[picture] for picture in pictures if picture in found]

    def mark(self, pictures: Iterable[int], **values: bool) -> None:
        """Set ``favourite`` or ``hidden`` of pictures."""
        for name, value in values.items():
            if name not in ("favourite", "hidden"):
                raise ValueError(name)
            self._set(pictures, f"{name} = ?", (value,))

    def correct(self, pictures: Iterable[int], class_name: str) -> None:
        """The user says what pictures are; "" takes it back."""
        self._set(pictures, "corrected = ?", (class_name,))

    def corrected(self) -> list[tuple[int, str, str]]:
        """Number, file and class of the pictures that the user gave a class."""
        return self.rows(
            f"SELECT id, file, corrected FROM picture WHERE state = '{KEPT}' AND corrected != ''"
            " ORDER BY id"
        )

    def count_corrected(self) -> int:
        """How many :meth:`corrected` gives."""
        # Without the sign, SQLite would look at all that are kept.
        query = f"SELECT count(*) FROM picture WHERE corrected > '' AND +state = '{KEPT}'"
        return int(self.rows(query)[0][0])

    def trash(self, pictures: Iterable[int]) -> None:
        """Delete pictures: the files go at the next start, until then :meth:`restore` helps."""
        self._set(pictures, f"state = '{TRASHED}'", (), f"state = '{KEPT}'")

    def restore(self, pictures: Iterable[int]) -> None:
        """Bring deleted pictures back."""
        self._set(pictures, f"state = '{KEPT}'", (), f"state = '{TRASHED}'")

    def _set(
        self, pictures: Iterable[int], change: str, values: Sequence[object], where: str = "true"
    ) -> None:
        with self.transaction() as connection:
            connection.executemany(
                f"UPDATE picture SET {change} WHERE id = ? AND {where}",
                [(*values, picture) for picture in pictures],
            )

    # Near-duplicates

    @property
    def has_new(self) -> bool:
        """Whether there are pictures that were not compared with the others yet."""
        query = "SELECT 1 FROM picture WHERE state = 'kept' AND alike = 0 LIMIT 1"
        return bool(self.rows(query))

    def fold(self) -> int:
        """Fold pictures that nearly equal an earlier one into it; returns how many of the new.

        ``alike`` of a picture is the number of the one that stays.
        """
        rows = self.rows(
            "SELECT id, fingerprint, alike FROM picture WHERE state = 'kept'"
            " AND length(fingerprint) = ? AND alike <= 0 ORDER BY alike DESC, id",
            (SIZE,),
        )
        known = sum(alike == _STAYS for _, _, alike in rows)
        rows.sort(key=lambda row: row[2] != _STAYS)
        marks = [np.frombuffer(mark, np.uint8) for _, mark, _ in rows]
        same = fold(marks, known)[known:]
        stays = [_STAYS if to < 0 else rows[to][0] for to in same]
        new = list(zip(stays, (row[0] for row in rows[known:]), strict=True))
        with self.transaction() as connection:
            connection.executemany("UPDATE picture SET alike = ? WHERE id = ?", new)
        return sum(to != _STAYS for to, _ in new)

    # Judging

    def unjudged(self, limit: int = 64) -> dict[Path, list[int]]:
        """Pictures without a class, by file, which copies share."""
        query = "SELECT id, file FROM picture WHERE state = 'kept' AND class = '' LIMIT ?"
        pictures: dict[Path, list[int]] = {}
        for picture, file in self.rows(query, (limit,)):
            pictures.setdefault(self.path_of(file), []).append(picture)
        return pictures

    def put_verdicts(self, verdicts: Sequence[tuple[int, str, Mapping[str, float], bytes]]) -> None:
        """Remember for pictures their class, its confidences by name, and their features."""
        with self.transaction() as connection:
            for picture, class_name, confidences, numbers in verdicts:
                connection.execute(
                    "UPDATE picture SET class = ?, confidences = ? WHERE id = ?",
                    (class_name, json.dumps(confidences), picture),
                )
                connection.execute(
                    "INSERT OR REPLACE INTO features VALUES (?, ?)", (picture, numbers)
                )

    def features(self, after: int, limit: int) -> list[tuple[int, bytes]]:
        """Number and features of pictures with larger numbers than ``after``, by number."""
        query = "SELECT picture, numbers FROM features WHERE picture > ? ORDER BY picture LIMIT ?"
        return self.rows(query, (after, limit))

    # Space

    @property
    def size(self) -> int:
        """Bytes of all files that the collection keeps; what several pictures share counts once."""
        query = (
            "SELECT coalesce(sum(size), 0) FROM (SELECT DISTINCT file, size FROM picture"
            f" WHERE {_OURS})"
        )
        return int(self.rows(query)[0][0])

    def shrink(self, most: int, least: float = THRESHOLD) -> int:
        """Remove files until all have ``most`` bytes together; returns how many went.

        Favourites stay. What does not pass goes first, then what is hidden, then the oldest.
        """
        excess, gone = self.size - most, []
        rows = (
            self.rows(
                "SELECT file, max(size) FROM picture JOIN post ON post.id = picture.post"
                f" WHERE {_OURS} GROUP BY file HAVING max(favourite) = 0"
                f" ORDER BY max({CONFIDENCE}) >= ?, min(hidden) DESC, max(found)",
                (least,),
            )
            if excess > 0
            else []
        )
        for file, size in rows:
            if excess <= 0:
                break
            gone.append(file)
            excess -= size
        with self.transaction() as connection:
            connection.executemany(
                f"UPDATE picture SET state = '{REMOVED}' WHERE file = ?", [(file,) for file in gone]
            )
        if gone:
            self._delete(gone)
        return len(gone)

    def tidy(self) -> None:
        """At a start: delete what is in the trash, and files that a crash left behind."""
        remove_leftovers(self.folder / PICTURES)
        with self.transaction() as connection:
            connection.execute(f"UPDATE picture SET state = '{REMOVED}' WHERE state = '{TRASHED}'")
        query = (
            f"SELECT DISTINCT file FROM picture WHERE state = '{REMOVED}' AND file != ''"
            f" EXCEPT SELECT file FROM picture WHERE {_OURS}"
        )
        self._delete([file for (file,) in self.rows(query)])

    def _delete(self, files: Iterable[str]) -> None:
        for file in files:
            if not Path(file).is_absolute():  # those are the user's own
                with contextlib.suppress(OSError):
                    (self.folder / file).unlink(missing_ok=True)
        query = f"SELECT DISTINCT digest FROM picture WHERE state IN ('{KEPT}', '{TRASHED}')"
        forget_others(self.folder, [digest for (digest,) in self.rows(query)])

    def path_of(self, file: str) -> Path:
        """The path of a picture's file."""
        return self.folder / file


_OURS = f"state IN ('{KEPT}', '{TRASHED}') AND file LIKE '{PICTURES}%'"
CONFIDENCE = (
    "CASE corrected WHEN '' THEN coalesce(json_extract(confidences, '$.illustration'), 0.0)"
    " WHEN 'illustration' THEN 1.0 ELSE 0.0 END"
)
"""How certainly a picture is an illustration."""


_BY_POST = "post CROSS JOIN picture ON picture.post = post.id"
"""Both tables, post by post: in the order of an index, which is quicker than sorting."""

_WORDS = "author || ' ' || author_name || ' ' || text || ' ' || tags"


def _condition(query: Query) -> tuple[str, list[object]]:
    values: list[object] = []
    parts = [f"state = '{KEPT}'", f"hidden = {int(query.hidden)}"]
    if query.passing is not None:
        parts.append(f"{CONFIDENCE} {'>=' if query.passing else '<'} ?")
        values.append(query.least)
    if query.favourites:
        parts.append("favourite = 1")
    if query.source:
        parts.append("source = ?")
        values.append(query.source)
    if query.folded:
        parts.append("alike <= 0")
    for word in query.words[:_LONGEST_QUERY].split():
        if len(word) < _SHORT:
            parts.append(f"instr(lower({_WORDS}), ?)")
            values.append(word.lower())
        else:
            parts.append("post.id IN (SELECT rowid FROM search WHERE search MATCH ?)")
            values.append('"' + word.replace('"', '""') + '"')
    return " AND ".join(parts), values


def _look_again(connection: sqlite3.Connection, post: Post) -> None:
    """If a known post has another time, its pictures are fetched and judged once more."""
    if post.posted is None:
        return
    posted = post.posted.timestamp()
    changed = "UPDATE post SET posted = ? WHERE key = ? AND posted != ? RETURNING id"
    for (number,) in connection.execute(changed, (posted, post.id, posted)).fetchall():
        connection.execute(
            "UPDATE picture SET state = 'wanted', attempts = 0, next_attempt = 0, class = '',"
            " alike = 0 WHERE post = ? AND state IN ('kept', 'failed')",
            (number,),
        )


def _unit(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def _values(text: str) -> dict[str, Any]:
    with contextlib.suppress(UserError), reading(FILE):
        values = parse_json(text)
        if isinstance(values, dict):
            return values
    return {}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
