"""Pictures and films on disk, each with the settings it was made with, and back again.

| suffix | what | where the settings are |
|---|---|---|
| ``.png`` | a picture | iTXt chunk ``kirara-studio`` |
| ``.webp`` | a picture or a film | EXIF, ImageDescription |
| ``.gif`` | a film of 256 colours a frame | comment extension |
| ``.mp4`` | a film (:mod:`.mp4`) | a ``uuid`` box at the end, which players skip |
| none | a folder of PNG frames | in every frame |

Settings are a dict of plain JSON values. Files and folders appear whole or not at all.
"""

from __future__ import annotations

import json
import struct
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image, PngImagePlugin

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file, is_folder, whole_file, whole_folder
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.media.mp4_text import LONGEST_TEXT, append_text, read_text
from kirara_studio.api.reading import reading

Pixels = npt.NDArray[np.uint8]

PICTURE_SUFFIXES = (".png", ".webp")
FILM_SUFFIXES = (".gif", ".webp", ".mp4", "")

_PROGRAM = "Kirara Studio"
_PNG_KEY = "kirara-studio"
_EXIF_DESCRIPTION = 0x010E
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
    if not text or len(text) > LONGEST_TEXT:
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
    _check(path)


def _check(path: Path) -> None:
    """Raise OSError unless the last bytes of a picture or animation are there."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(12)
        file.seek(max(size - 12, 0))
        end = file.read()
    complete = (
        end.endswith(b"IEND\xaeB`\x82")
        if start.startswith(b"\x89PNG")
        else end.endswith(b";")
        if start.startswith(b"GIF8")
        else len(start) == 12 and struct.unpack("<I", start[4:8]) == (size - 8,)
    )
    if not complete:
        raise OSError("it is not complete")


def _exif(settings: Mapping[str, Any]) -> Image.Exif:
    exif = Image.Exif()
    exif[_EXIF_DESCRIPTION] = _describe(settings)
    return exif


# Films


def _write_frames(path: Path, frames: Iterable[Pixels], settings: Mapping[str, Any]) -> None:
    _check_folder(path)
    with whole_folder(path) as folder:
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
    _check(path)


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
    from kirara_studio.api.media.film_encoder import write_film

    write_film(path, frames, fps)
    append_text(path, _describe(settings).encode("ascii"))


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


# Reading back


def _read(path: Path) -> str | bytes | None:
    if is_folder(path):
        first = min(path.glob("frame-*.png"), default=None)
        return None if first is None else _read(first)
    with path.open("rb") as file:
        start = file.read(12)
        file.seek(0)
        if start[4:8] == b"ftyp":
            return read_text(file)
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
