"""A text inside an MP4 file: a ``uuid`` box at the end, which players skip."""

from __future__ import annotations

import io
import struct
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

LONGEST_TEXT = 1 << 20
"""Bytes: longer ones are not read back."""

_BOX = uuid.uuid5(uuid.NAMESPACE_URL, "kirara-studio/settings").bytes


def append_text(path: Path, text: bytes) -> None:
    """Append a text to an MP4 file."""
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", 24 + len(text), b"uuid") + _BOX + text)


def read_text(file: BinaryIO) -> bytes | None:
    """The text in an MP4 file, or None. Raises ValueError for a damaged file."""
    for kind, start, size in boxes(file):
        if kind == b"uuid" and 16 <= size <= LONGEST_TEXT:
            file.seek(start)
            content = file.read(size)
            if content.startswith(_BOX):
                return content[16:]
    return None


def boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and size of the content of each box on the top level of an MP4 file.

    Raises ValueError if a box claims to be larger than the file, or smaller than its header.
    """
    end = file.seek(0, io.SEEK_END)
    place = 0
    while place + 8 <= end:
        file.seek(place)
        size, kind = struct.unpack(">I4s", file.read(8))
        header = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            header = 16
        elif size == 0:
            size = end - place
        if size < header or place + size > end:
            raise ValueError("a box does not fit into the file")
        yield kind, place + header, size - header
        place += size
