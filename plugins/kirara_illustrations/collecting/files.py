"""Fetches the file of a picture, and looks at it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kirara_illustrations.storage.library import Kept, Library, Wanted
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file, whole_file
from kirara_studio.api.http import HttpError, Limits, host_of, request
from kirara_studio.api.media.near_duplicates import fingerprint
from kirara_studio.api.media.pictures import load_picture, opened_picture, upright_size
from kirara_studio.api.reading import read_bytes, reading

LIMITS = Limits(total=300.0, size=60_000_000)
"""Of one file."""
_SEEN = 64  # pixels at which the fingerprint is taken
_STARTS = (
    (b"\x89PNG\r\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"), (b"BM", ".bmp"),
    (b"II*\0", ".tif"), (b"MM\0*", ".tif"), (b"\xff\x0a", ".jxl"),
    (b"\0\0\0\x0cJXL ", ".jxl"), (b"\0\0\0\x0cjP  ", ".jp2"),
)  # fmt: skip
"""How files begin: what a site calls them means nothing."""
_SUFFIXES = tuple(dict.fromkeys((*(suffix for _, suffix in _STARTS), ".webp", ".avif", ".heic")))


@dataclass(frozen=True)
class Trust:
    """What a source may refer to, besides the internet.

    ``network``: this computer and its network, for a site that is there itself. ``files``: the
    user's own files.
    """

    network: bool = False
    files: bool = False


def fetch(
    library: Library, wanted: Wanted, trust: Trust, check: Callable[[], None] = lambda: None
) -> Kept:
    """Bring the file of a picture into the library, unless it or its bytes are there already.

    The user's own files stay where they are. Raises UserError if it cannot be fetched, is no
    picture, or is damaged; nothing is left behind then.
    """
    if trust.files:
        return _read(Path(wanted.address), wanted.address)
    stem = library.stem_of(wanted.id)
    for suffix in _SUFFIXES:  # one of them if it was written just before a crash
        if is_file(path := stem.with_suffix(suffix)):
            return _read(path, _relative(library, path))
    answer = request("GET", wanted.address, limits=LIMITS, public=not trust.network, check=check)
    if answer.status != 200:
        raise HttpError(
            "“{host}” answered with an error.",
            host=host_of(wanted.address),
            status=answer.status,
            retry_after=answer.retry_after,
        )
    path = stem.with_suffix(_suffix_of(answer.body))
    digest = hashlib.sha256(answer.body).hexdigest()
    size = len(answer.body)
    if same := library.file_with(digest):
        return _looked_at(library.path_of(same), same, size, digest)
    with whole_file(path) as temporary:
        temporary.write_bytes(answer.body)
        return _looked_at(temporary, _relative(library, path), size, digest)


def is_final(error: BaseException) -> bool:
    """Whether it is of no use to try again."""
    if isinstance(error, HttpError):
        return error.status in (400, 401, 403, 404, 405, 406, 410, 451)
    return isinstance(error, UserError)


def _relative(library: Library, path: Path) -> str:
    return path.relative_to(library.folder).as_posix()


def _suffix_of(data: bytes) -> str:
    """The suffix of a picture's file by its first bytes. Raises UserError if it is none."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:8] == b"ftyp":
        return ".avif" if data[8:11] == b"avi" else ".heic"
    for start, suffix in _STARTS:
        if data.startswith(start):
            return suffix
    raise UserError("The site sent something that is not a picture.")


def _read(path: Path, file: str) -> Kept:
    with reading(path):
        data = read_bytes(path, LIMITS.size)
        return _looked_at(path, file, len(data), hashlib.sha256(data).hexdigest())


def _looked_at(path: Path, file: str, size: int, digest: str) -> Kept:
    with opened_picture(path) as image:
        width, height = upright_size(image)
    marks = fingerprint(load_picture(path, _SEEN)).tobytes()
    return Kept(file, size, width, height, digest, marks)
