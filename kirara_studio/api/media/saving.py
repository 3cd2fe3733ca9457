"""Pictures and films on disk, each with the settings it was made with, and back again.

| suffix | what | where the settings are |
|---|---|---|
| ``.png`` | a picture | iTXt chunk ``kirara-studio`` |
| ``.webp`` | a picture or a film | EXIF, ImageDescription |
| ``.gif`` | a film of 256 colours a frame | comment extension |
| ``.mp4`` | a film, VP9 where OpenCV has it | a ``uuid`` box at the end, which players skip |
| none | a folder of PNG frames | in every frame |

Settings are a dict of plain JSON values. Files and folders appear whole or not at all.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import struct
import sys
import tempfile
import uuid
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image, PngImagePlugin

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import explain_write_error, is_file, is_folder, whole_file
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import reading

Pixels = npt.NDArray[np.uint8]

PICTURE_SUFFIXES = (".png", ".webp")
FILM_SUFFIXES = (".gif", ".webp", ".mp4", "")

_PROGRAM = "Kirara Studio"
_PNG_KEY = "kirara-studio"
_EXIF_DESCRIPTION = 0x010E
_MP4_BOX = uuid.uuid5(uuid.NAMESPACE_URL, "kirara-studio/settings").bytes
_LARGEST_SETTINGS = 1 << 20
_SHORTEST_GIF = 20  # ms a frame; browsers slow down anything shorter to 100 ms


def save_picture(path: Path, pixels: Pixels, settings: Mapping[str, Any]) -> None:
    """Write ``pixels`` (height, width, 3), RGB, as ``.png`` or ``.webp``.

    Raises :class:`UserError` for other suffixes and for a place that cannot be written to.
    """
    path = Path(path)
    suffix = _suffix(path, PICTURE_SUFFIXES)
    with whole_file(path) as temporary:
        _write_picture(temporary, suffix, pixels, settings)


def save_film(
    path: Path, frames: Iterable[Pixels], fps: float, settings: Mapping[str, Any], *, loop: bool
) -> None:
    """Write ``frames``, each (height, width, 3), RGB, as the suffix of ``path`` says.

    ``fps`` is frames a second, above 0; ``loop`` makes GIF and WebP repeat for ever. There is at
    least one frame; if taking one raises (after a Stop), nothing is left behind. Raises
    :class:`UserError` for other suffixes, for a place that cannot be written to, and for a folder
    that is not empty.
    """
    path = Path(path)
    suffix = _suffix(path, FILM_SUFFIXES)
    if suffix == "":
        _write_frames(path, frames, settings)
        return
    with whole_file(path) as temporary:
        if suffix == ".mp4":
            _write_mp4(temporary, frames, fps, settings)
        else:
            _write_animation(temporary, suffix, frames, fps, settings, loop)


def check_film_path(path: Path) -> None:
    """Raise the :class:`UserError` of :func:`save_film` for ``path`` before any frame is made."""
    if _suffix(Path(path), FILM_SUFFIXES) == "":
        _check_folder(Path(path))


def recall(path: Path) -> dict[str, Any]:
    """Read back the settings from a file, or from a folder of frames, that was saved here.

    The values are plain JSON, unchecked. Raises :class:`UserError` if there is no such file, if
    it is damaged, or if it was not saved here.
    """
    path = Path(path)
    with reading(
        path,
        "“{file}” cannot be read: it is damaged, or is not a picture or film.",
        advice="Choose a PNG, WebP, GIF or MP4 file that was saved in the studio.",
    ):
        settings = _parse(_read(path))
    if settings is None:
        raise UserError(
            "“{file}” does not hold the settings it was made with.",
            advice="Choose a file that was saved in the studio and not changed elsewhere.",
            file=path.name,
        )
    return settings


# Settings as text


def _describe(settings: Mapping[str, Any]) -> str:
    # ASCII only: EXIF and GIF comments support nothing else for certain.
    return json.dumps({"program": _PROGRAM, **settings}, allow_nan=False)


def _parse(text: str | bytes | None) -> dict[str, Any] | None:
    if not text or len(text) > _LARGEST_SETTINGS:
        return None
    try:
        values = parse_json(text)
    except ValueError:
        return None
    if not isinstance(values, dict) or values.pop("program", None) != _PROGRAM:
        return None
    return values


# Pictures


def _write_picture(path: Path, suffix: str, pixels: Pixels, settings: Mapping[str, Any]) -> None:
    image = Image.fromarray(pixels)
    if suffix == ".png":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt(_PNG_KEY, _describe(settings))
        image.save(path, "PNG", pnginfo=chunks)
    else:
        image.save(path, "WEBP", quality=95, method=4, exif=_exif(settings))


def _exif(settings: Mapping[str, Any]) -> Image.Exif:
    exif = Image.Exif()
    exif[_EXIF_DESCRIPTION] = _describe(settings)
    return exif


# Films


def _write_frames(path: Path, frames: Iterable[Pixels], settings: Mapping[str, Any]) -> None:
    _check_folder(path)
    with _whole_folder(path) as folder:
        for number, frame in enumerate(frames):
            name = f"frame-{number:05d}.png"
            _write_picture(folder / name, ".png", frame, {**settings, "frame": number})


def _write_animation(
    path: Path,
    suffix: str,
    frames: Iterable[Pixels],
    fps: float,
    settings: Mapping[str, Any],
    loop: bool,
) -> None:
    # In both formats 0 repeats for ever. Played once is 1 in WebP, and no extension in GIF.
    options: dict[str, Any] = {"loop": 0} if loop else {}
    if suffix == ".gif":
        # An octree palette per frame: 39 dB on drawn characters at 4 ms a frame. Median cut takes
        # thirty times as long, and dithering flickers from frame to frame.
        octree = Image.Quantize.FASTOCTREE
        images = [Image.fromarray(frame).quantize(256, octree) for frame in frames]
        options |= {"comment": _describe(settings).encode("ascii"), "optimize": False}
        options |= {"disposal": 1, "duration": _durations(len(images), fps, 10, _SHORTEST_GIF)}
    else:
        images = [Image.fromarray(frame) for frame in frames]
        options = {"loop": 1, "quality": 90, "method": 3, "exif": _exif(settings)} | options
        options["duration"] = _durations(len(images), fps, 1, 1)
    images[0].save(path, suffix[1:].upper(), save_all=True, append_images=images[1:], **options)


def _durations(count: int, fps: float, unit: int, shortest: int) -> list[int]:
    """Milliseconds of each frame, multiples of ``unit``, without drifting."""
    durations: list[int] = []
    for frame in range(1, count + 1):
        end = round(1000 * frame / fps / unit) * unit
        durations.append(max(end - sum(durations), shortest))
    return durations


def _write_mp4(
    path: Path, frames: Iterable[Pixels], fps: float, settings: Mapping[str, Any]
) -> None:
    cv2 = _import_cv2()
    writer = None
    try:
        for frame in frames:
            even = np.pad(frame, ((0, frame.shape[0] % 2), (0, frame.shape[1] % 2), (0, 0)), "edge")
            if writer is None:
                writer = _open_writer(cv2, path, fps, (even.shape[1], even.shape[0]))
            writer.write(np.ascontiguousarray(even[..., ::-1]))  # blue first
    finally:
        if writer is not None:
            writer.release()
    # OpenCV does not report a full disk; the index, which it writes last, is missing then.
    with path.open("rb") as file:
        complete = any(kind == b"moov" for kind, _, _ in _boxes(file))
    if not complete:
        raise UserError(
            "The film could not be written completely.",
            advice="Make room on the disk, or save as WebP instead.",
        )
    text = _describe(settings).encode("ascii")
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", 24 + len(text), b"uuid") + _MP4_BOX + text)


def _open_writer(cv2: ModuleType, path: Path, fps: float, size: tuple[int, int]) -> Any:
    # H.264 comes with macOS and Windows; elsewhere OpenCV has VP9, which browsers and most players
    # know, and MPEG-4 as the last resort.
    best = ["avc1"] if sys.platform in ("darwin", "win32") else []
    for codec in (*best, "vp09", "mp4v"):
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), fps, size)
        if writer.isOpened():
            return writer
    raise UserError(
        "OpenCV cannot write MP4 files on this machine.", advice="Save as WebP or GIF instead."
    )


def _import_cv2() -> ModuleType:
    """Import OpenCV without the variables that it sets for its own Qt, which would reach ours."""
    names = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
    before = {name: os.environ.get(name) for name in names}
    import cv2

    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    return cv2


# Places


def _suffix(path: Path, known: tuple[str, ...]) -> str:
    suffix = path.suffix.lower()
    if suffix in known:
        return suffix
    raise UserError(
        "“{file}” has an unknown suffix.",
        advice="Use one of: {names}; or none, for a folder of PNG frames."
        if "" in known
        else "Use one of: {names}.",
        file=path.name,
        names=", ".join(name for name in known if name),
    )


def _check_folder(path: Path) -> None:
    if is_file(path) or (is_folder(path) and any(path.iterdir())):
        raise UserError(
            "“{path}” is there already and is not an empty folder.",
            advice="Choose a new folder for the frames.",
            path=path,
        )


@contextmanager
def _whole_folder(path: Path) -> Iterator[Path]:
    """Provide a temporary folder beside ``path``, which is renamed to it at the end."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise explain_write_error(error, path) from error
    try:
        yield temporary
        temporary.chmod(0o755)
        if is_folder(path):
            path.rmdir()
        temporary.rename(path)
    except OSError as error:
        raise explain_write_error(error, path) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


# Reading back


def _read(path: Path) -> str | bytes | None:
    if is_folder(path):
        first = min(path.glob("frame-*.png"), default=None)
        return None if first is None else _read(first)
    with path.open("rb") as file:
        start = file.read(12)
        file.seek(0)
        if start[4:8] == b"ftyp":
            return _read_mp4(file)
        return _read_image(file)


def _read_image(file: BinaryIO) -> str | bytes | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about damaged EXIF data
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(file, formats=("PNG", "WEBP", "GIF")) as image:
            if image.format == "PNG":
                return image.info.get(_PNG_KEY)
            if image.format == "GIF":
                return image.info.get("comment")
            description = image.getexif().get(_EXIF_DESCRIPTION)
            return description if isinstance(description, str) else None


def _read_mp4(file: BinaryIO) -> bytes | None:
    for kind, start, size in _boxes(file):
        if kind == b"uuid" and 16 <= size <= _LARGEST_SETTINGS:
            file.seek(start)
            content = file.read(size)
            if content.startswith(_MP4_BOX):
                return content[16:]
    return None


def _boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
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
