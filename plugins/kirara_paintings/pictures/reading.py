"""Pictures as the classifiers see them: upright, RGB, of limited size."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from kirara_paintings.answers import Pixels
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.pictures import FORMATS, load_picture

LONGEST = 400
"""Pixels of the longer side. Larger pictures are scaled to it, smaller ones stay as they are.

A JPEG file of 1600 or 3200 pixels comes so without any scaling, since it is decoded at a fraction.
"""

_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_LYING = (5, 6, 7, 8)  # values of EXIF's orientation at which width and height change places
_ORIENTATION = 0x0112


@dataclass(frozen=True)
class Picture:
    """``pixels`` (height, width, 3), RGB, perhaps scaled; ``width`` and ``height`` of the file."""

    pixels: Pixels = field(repr=False)
    width: int
    height: int


def read_picture(path: Path, longest: int = LONGEST) -> Picture:
    """Read a picture, scaled so that its longer side has at most ``longest`` pixels.

    It is turned as the camera noted, see-through parts are white, and of an animation the first
    frame is read. Raises :class:`UserError` if the file is missing, not a picture, damaged or has
    more than 400 million pixels.
    """
    path = Path(path)
    try:
        width, height = _size_of(path)
        # JPEG decodes at a fraction of its size; what is given is the shorter side, at least.
        least = max(1, -(-longest * min(width, height) // max(width, height)))
        image = load_picture(path, least=least)
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unreadable(path, error) from error
    return Picture(_pixels_of(image, longest), width, height)


def _size_of(path: Path) -> tuple[int, int]:
    """Width and height, upright, from the header."""
    with Image.open(path, formats=FORMATS) as image:
        width, height = image.size
        try:
            lies = image.getexif().get(_ORIENTATION) in _LYING
        except (OSError, ValueError, SyntaxError, KeyError, TypeError):
            lies = False  # broken EXIF; the picture can be read
    return (height, width) if lies else (width, height)


def _pixels_of(image: Image.Image, longest: int) -> Pixels:
    times = max(image.size) // (2 * longest)
    if times > 1:  # so that a huge picture is not copied whole
        image = image.reduce(times)
    pixels = np.asarray(image if image.mode == "RGB" else image.convert("RGB"), np.uint8)
    if max(image.size) <= longest:
        return pixels.copy()  # into what may be written to
    from kirara_paintings.pictures.scaling import scaled, size_within

    return scaled(pixels, *size_within(*image.size, longest))


def _unreadable(path: Path, error: BaseException) -> UserError:
    if not path.exists():
        return UserError("There is no file “{path}”.", advice="Check the name.", path=path)
    if _is_heif(path):
        return UserError(
            "“{file}” is an HEIC picture, which the studio cannot read.",
            advice="Save it as JPEG, or have the camera take JPEG (“most compatible”).",
            file=path.name,
        )
    if path.is_dir():
        return UserError(
            "“{file}” is a folder, not a picture.", advice="Choose pictures.", file=path.name
        )
    if isinstance(error, Image.DecompressionBombError) or "million pixels" in str(error):
        return UserError(
            "“{file}” has more than 400 million pixels.",
            advice="Save it smaller; a thousand pixels a side are plenty.",
            file=path.name,
        )
    if isinstance(error, PermissionError):
        return UserError(
            "“{file}” may not be read.",
            advice="Change its permissions, or copy it to a folder of your own.",
            file=path.name,
        )
    if isinstance(error.__cause__ or error, UnidentifiedImageError):
        return UserError(
            "“{file}” is not a picture.",
            advice="Choose PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP files.",
            file=path.name,
        )
    return UserError(
        "“{file}” cannot be read: {reason}.",
        advice="Download it again, or save it again with another program.",
        file=path.name,
        reason=error,
    )


def _is_heif(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return False
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS
