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
from kirara_studio.api.files import whole_file
from kirara_studio.api.kept_json import parse_json

Pixels = npt.NDArray[np.uint8]

PICTURE_SUFFIXES = (".png", ".webp")
FILM_SUFFIXES = (".gif", ".webp", ".mp4", "")

_PROGRAM = "Kirara Studio"
_PNG_KEY = "kirara-studio"
_EXIF_DESCRIPTION = 0x010E
_MP4_BOX = uuid.uuid5(uuid.NAMESPACE_URL, "kirara-studio/settings").bytes
_LARGEST_SETTINGS = 1 << 20
_SHORTEST_GIF_FRAME = 20  # ms; browsers slow down anything shorter to 100 ms
_DAMAGE = (
    OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, RecursionError,
    struct.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def save_picture(path: Path, pixels: Pixels, settings: Mapping[str, Any]) -> None:
    """Write ``pixels`` (height, width, 3), RGB, as ``.png`` or ``.webp``.

    Raises :class:`UserError` for other suffixes and for a place that cannot be written to.
    """
    path = Path(path)
    suffix = _picture_suffix(path)
    with whole_file(path) as temporary:
        _write_picture(temporary, suffix, pixels, settings)


def save_film(
    path: Path, frames: Iterable[Pixels], fps: float, settings: Mapping[str, Any], *, loop: bool
) -> None:
    """Write ``frames``, each (height, width, 3), RGB, as the suffix of ``path`` says.

    ``fps`` is frames a second, above 0; ``loop`` makes GIF and WebP repeat for ever. Frames are
    taken one by one, at least one; if taking one raises (after a Stop), nothing is left behind.
    Raises :class:`UserError` for other suffixes, for a place that cannot be written to, and for
    a folder that is not empty.
    """
    path = Path(path)
    suffix = _film_suffix(path)
    if suffix == "":
        _write_frames(path, frames, settings)
        return
    write = {".gif": _write_gif, ".webp": _write_webp, ".mp4": _write_mp4}[suffix]
    with whole_file(path) as temporary:
        write(temporary, frames, fps, settings, loop)


def check_film_path(path: Path) -> None:
    """Raise, before any frame is made, the :class:`UserError` that :func:`save_film` would for a
    wrong suffix or a folder that is not empty."""
    if _film_suffix(Path(path)) == "":
        _check_folder(Path(path))


def recall(path: Path) -> dict[str, Any]:
    """Read back the settings from a file, or from a folder of frames, that was saved here.

    The values are plain JSON, unchecked. Raises :class:`UserError` where there is no such file,
    where it is damaged, and where it comes from elsewhere.
    """
    path = Path(path)
    try:
        text = _read_folder(path) if path.is_dir() else _read_file(path)
    except FileNotFoundError as error:
        raise UserError(
            "There is no file “{path}”.", advice="Check the name.", path=path
        ) from error
    except _DAMAGE as error:
        raise UserError(
            "“{file}” cannot be read: it is damaged, or is not a picture or film.",
            advice="Choose a PNG, WebP, GIF or MP4 file that was saved in the studio.",
            file=path.name,
        ) from error
    settings = _parse(text)
    if settings is None:
        raise UserError(
            "“{file}” does not say how it was made.",
            advice="Choose a file that was saved in the studio and not changed elsewhere.",
            file=path.name,
        )
    return settings


# Settings as text


def _describe(settings: Mapping[str, Any]) -> str:
    # ASCII only, since EXIF and GIF comments know nothing else for certain.
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


def _write_gif(
    path: Path, frames: Iterable[Pixels], fps: float, settings: Mapping[str, Any], loop: bool
) -> None:
    # An octree palette per frame: 39 dB on drawn characters at 4 ms a frame. Median cut takes
    # thirty times as long, and dithering flickers from frame to frame.
    images = (Image.fromarray(frame).quantize(256, Image.Quantize.FASTOCTREE) for frame in frames)
    _save_animation(
        path, "GIF", images, _durations(fps, 10, _SHORTEST_GIF_FRAME), loop,
        comment=_describe(settings).encode("ascii"), optimize=False, disposal=1,
    )  # fmt: skip


def _write_webp(
    path: Path, frames: Iterable[Pixels], fps: float, settings: Mapping[str, Any], loop: bool
) -> None:
    images = (Image.fromarray(frame) for frame in frames)
    _save_animation(
        path, "WEBP", images, _durations(fps, 1, 1), loop,
        quality=90, method=3, exif=_exif(settings),
    )  # fmt: skip


def _save_animation(
    path: Path,
    kind: str,
    images: Iterator[Image.Image],
    durations: Iterator[int],
    loop: bool,
    **options: Any,
) -> None:
    all_images = list(images)  # the encoders want to know how many there are
    # In both formats 0 repeats for ever. Played once is 1 in WebP, and no extension in GIF.
    repeats = {"loop": 0} if loop else {"loop": 1} if kind == "WEBP" else {}
    all_images[0].save(
        path,
        kind,
        save_all=True,
        append_images=all_images[1:],
        duration=[next(durations) for _ in all_images],
        **repeats,
        **options,
    )


def _durations(fps: float, unit: int, shortest: int) -> Iterator[int]:
    """Milliseconds of one frame after another, multiples of ``unit``, without drifting."""
    shown, frame = 0, 0
    while True:
        frame += 1
        duration = max(round(1000 * frame / fps / unit) * unit - shown, shortest)
        shown += duration
        yield duration


def _write_mp4(
    path: Path, frames: Iterable[Pixels], fps: float, settings: Mapping[str, Any], loop: bool
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
    # OpenCV does not say when the disk is full; the index, which it writes last, is missing then.
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
    """A writer with the best codec there is. H.264 comes with macOS and Windows; elsewhere
    OpenCV has VP9, which browsers and most players know, and MPEG-4 as the last resort."""
    codecs = ["vp09", "mp4v"]
    if sys.platform in ("darwin", "win32"):
        codecs.insert(0, "avc1")
    for codec in codecs:
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


def _picture_suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in PICTURE_SUFFIXES:
        return suffix
    raise UserError(
        "“{file}” does not name a kind of file that a picture can be saved as.",
        advice="Use one of: {names}.",
        file=path.name,
        names=", ".join(PICTURE_SUFFIXES),
    )


def _film_suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in FILM_SUFFIXES:
        return suffix
    raise UserError(
        "“{file}” does not name a kind of file that a film can be saved as.",
        advice="Use one of: {names}, no suffix, for a folder of PNG frames.",
        file=path.name,
        names=", ".join(name for name in FILM_SUFFIXES if name),
    )


def _check_folder(path: Path) -> None:
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise UserError(
            "“{path}” is there already and is not an empty folder.",
            advice="Choose a new folder for the frames.",
            path=path,
        )


@contextmanager
def _whole_folder(path: Path) -> Iterator[Path]:
    """Lend a temporary folder beside ``path`` that takes its place when all went well."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        yield temporary
        temporary.chmod(0o755)
        if path.is_dir():
            path.rmdir()
        temporary.rename(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _cannot_write(path: Path, error: OSError) -> UserError:
    return UserError(
        "“{path}” could not be written: {reason}.",
        advice="Make room, or choose another place, and try again.",
        path=path,
        reason=error.strerror or error,
    )


# Reading back


def _read_folder(path: Path) -> str | bytes | None:
    frames = sorted(path.glob("frame-*.png"))
    return _read_file(frames[0]) if frames else None


def _read_file(path: Path) -> str | bytes | None:
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

    Raises ValueError where a box says that it is larger than the file, or smaller than itself.
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
