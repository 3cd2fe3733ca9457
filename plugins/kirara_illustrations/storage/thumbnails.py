"""Small copies of the pictures, in a file of their own that may be deleted at any time."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from kirara_studio.api.database import Database, Schema
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.reading import reading

FILE = "thumbnails.sqlite"
WIDTH, TALLEST = 256, 768
"""Pixels: the width of a small copy, and its greatest height."""

_QUALITY = 82
_SCHEMA = Schema(
    """
CREATE TABLE IF NOT EXISTS thumbnail (digest TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
"""
)


class ThumbnailStore(Database):
    """Small copies in ``folder``, by the digest of the picture. Use an object from one thread."""

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        super().__init__(Path(folder) / FILE, _SCHEMA, report)

    def get(self, digest: str, path: Path) -> Image.Image:
        """The small copy of the picture in ``path``, made and kept if there is none yet.

        Raises UserError if the picture cannot be read.
        """
        kept = self.rows("SELECT data FROM thumbnail WHERE digest = ?", (digest,))
        if kept:
            with reading(self.path), Image.open(io.BytesIO(kept[0][0]), formats=("JPEG",)) as one:
                return one.convert("RGB")
        image = small(load_picture(path, least=WIDTH))
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=_QUALITY)
        self.write("INSERT OR REPLACE INTO thumbnail VALUES (?, ?)", (digest, stream.getvalue()))
        return image

    def forget(self, digests: list[str]) -> None:
        """Remove small copies, of pictures that are gone."""
        with self.transaction() as connection:
            connection.executemany(
                "DELETE FROM thumbnail WHERE digest = ?", [(digest,) for digest in digests]
            )


def small(image: Image.Image) -> Image.Image:
    """An RGB picture :data:`WIDTH` pixels wide, or less; what is taller than allowed is cut off."""
    width, height = image.size
    to = min(width, WIDTH)
    tall = max(1, round(height * to / width))
    small = image.resize((to, tall), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return small.crop((0, 0, to, min(tall, TALLEST)))
