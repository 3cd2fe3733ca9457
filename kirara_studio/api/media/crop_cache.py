"""Remembers what was found in picture files, with small pictures of the crops.

A cache: one that is damaged is made again, and without a folder that can be written to nothing is
remembered.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kirara_studio.api.media.training_pictures import FileState, Square

CACHE_NAME = "crops.sqlite"
_DAY = 86_400  # seconds
_KEPT_DAYS = 60
_PATIENCE = 5.0  # seconds, while another process writes
_TABLE = """
create table if not exists crops (
    path blob, bytes integer, changed integer, recipe text, number integer, seen integer,
    x integer, y integer, side integer, reason text, detail text, fingerprint blob, thumbnail blob,
    primary key (path, number)
) without rowid
"""


@dataclass(frozen=True)
class Look:
    """What was found in a file: one crop of it, or why it cannot be read.

    ``thumbnail`` is a small JPEG of the crop; both it and the ``fingerprint`` are empty without a
    square.
    """

    square: Square | None
    reason: str = ""
    detail: str = ""
    fingerprint: bytes = field(default=b"", repr=False)
    thumbnail: bytes = field(default=b"", repr=False)


class CropCache:
    """The looks at files, in the SQLite database ``path``. Use it in one thread, and close it."""

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._today = int(time.time() // _DAY)
        self._database = self._opened()

    def _opened(self) -> sqlite3.Connection:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(2):
            try:
                return _connected(str(self._path))
            except sqlite3.OperationalError:  # locked, or in a folder that cannot be written to
                break
            except sqlite3.DatabaseError:
                self._remove()
        return _connected(":memory:")

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{self._path}{suffix}").unlink()

    def looks(self, path: Path, state: FileState, recipe: str) -> list[Look] | None:
        """What was found in a file, without thumbnails; None if it is not known.

        ``recipe`` names how crops are found: what was found in another way does not count.
        """
        rows = self._rows(
            "select bytes, changed, recipe, x, y, side, reason, detail, fingerprint from crops "
            "where path = ? order by number",
            os.fsencode(path),
        )
        if not rows or any((*state, recipe) != row[:3] for row in rows):
            return None
        return [
            Look(Square(x, y, side) if side else None, reason, detail, fingerprint)
            for _, _, _, x, y, side, reason, detail, fingerprint in rows
        ]

    def keep(self, path: Path, state: FileState, recipe: str, looks: Sequence[Look]) -> None:
        """Remember what was found in a file, in place of what was found before."""
        name = os.fsencode(path)
        with contextlib.suppress(sqlite3.Error):
            self._database.execute("delete from crops where path = ?", (name,))
            for number, look in enumerate(looks):
                self._database.execute(
                    "insert into crops values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        name, *state, recipe, number, self._today, *(look.square or (0, 0, 0)),
                        look.reason, look.detail, look.fingerprint, look.thumbnail,
                    ),
                )  # fmt: skip

    def thumbnail(self, path: str, square: Square) -> bytes:
        """The small JPEG of a crop, b"" if there is none."""
        rows = self._rows(
            "select thumbnail from crops where path = ? and x = ? and y = ? and side = ?",
            os.fsencode(path),
            *square,
        )
        return bytes(rows[0][0]) if rows else b""

    def save(self) -> None:
        """Write what was remembered, so that other processes see it."""
        with contextlib.suppress(sqlite3.Error):
            self._database.commit()

    def close(self, *, tidy: bool = False) -> None:
        """Save and close; ``tidy`` forgets what was found more than sixty days ago."""
        with contextlib.suppress(sqlite3.Error):
            if tidy:
                oldest = (self._today - _KEPT_DAYS,)
                self._database.execute("delete from crops where seen < ?", oldest)
            self._database.commit()
        self._database.close()

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error:  # damaged in the middle: as if nothing were known
            return []


def _connected(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = off")  # it can be made again
        database.execute(_TABLE)
        database.execute("select path, bytes, changed, recipe, thumbnail from crops limit 1")
    except sqlite3.Error:
        database.close()
        raise
    return database
