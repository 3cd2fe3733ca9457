"""Small copies of the pictures, in a file of their own that may be deleted at any time."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from kirara_studio.api.database import Database, Schema
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.reading import reading

FILE = "thumbnails.sqlite"
WIDTH, TALLEST = 256, 768
"""Pixels: the width of a small copy, and its greatest height."""

_QUALITY = 82
_SCHEMA = Schema(
    """
CREATE TABLE IF NOT EXISTS thumbnail (digest TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
""",
    cache=True,
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
            with contextlib.suppress(UserError):  # a damaged one is made again
                return _opened(kept[0][0])
        image = small(load_picture(path, least=WIDTH))
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=_QUALITY)
        with contextlib.suppress(UserError):  # it need not be kept
            values = (digest, stream.getvalue())
            self.write("INSERT OR REPLACE INTO thumbnail VALUES (?, ?)", values)
        return image

    def keep_only(self, digests: Sequence[str]) -> None:
        """Remove the small copies of all pictures but these."""
        self.write(
            "DELETE FROM thumbnail WHERE digest NOT IN (SELECT value FROM json_each(?))",
            (json.dumps(list(digests)),),
        )


def forget_others(folder: Path, digests: Sequence[str]) -> None:
    """Remove the small copies in ``folder`` of all pictures but these, as far as that is possible.

    Nothing is made if there are none.
    """
    if is_file(Path(folder) / FILE):
        with contextlib.suppress(UserError), contextlib.closing(ThumbnailStore(folder)) as store:
            store.keep_only(digests)


def _opened(data: bytes) -> Image.Image:
    with reading(FILE), Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        return image.convert("RGB")


def small(image: Image.Image) -> Image.Image:
    """An RGB picture :data:`WIDTH` pixels wide, or less; what is taller than allowed is cut off."""
    width, height = image.size
    to = min(width, WIDTH)
    tall = max(1, round(height * to / width))
    small = image.resize((to, tall), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return small.crop((0, 0, to, min(tall, TALLEST)))
