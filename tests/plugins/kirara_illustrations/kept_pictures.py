"""Pictures in a library, as a collection leaves them there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from kirara_illustrations.sources.base import Page
from kirara_illustrations.storage.library import Kept, Library

from .picture_server import drawing, post

NOW = 1_800_000_000.0


def keep(library: Library, numbers: Iterable[int], now: float = NOW, **values: Any) -> list[int]:
    """Pictures of posts that were posted and found at ``now``; returns their numbers here."""
    if not library.sources():
        library.add_source("feed of Yuno", "feed", {})
    (source, *_) = library.sources()
    values.setdefault("posted", datetime.fromtimestamp(now, UTC))
    posts = [post(n, f"https://example.org/{n}.png", **values) for n in numbers]
    library.put_page(source.id, Page(tuple(posts), {}), now)
    pictures = []
    for wanted in sorted(library.wanted(now, limit=1000), key=lambda one: one.id):
        data = drawing(int(wanted.address.rpartition("/")[2].removesuffix(".png")))
        path = library.stem_of(wanted.id).with_suffix(".png")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        file, digest = path.relative_to(library.folder).as_posix(), hashlib.sha256(data).hexdigest()
        library.keep(wanted.id, Kept(file, len(data), 48, 48, digest, b""), now)
        pictures.append(wanted.id)
    return pictures


def judge(library: Library, pictures: Iterable[int], confidence: float = 0.9) -> None:
    """Give pictures a verdict."""
    library.put_verdicts(
        [(one, "illustration", {"illustration": confidence}, b"") for one in pictures]
    )
