"""Pictures of all kinds that people have, read as RGB."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.reading import reading

# Named one by one: Pillow also knows formats that start other programs (EPS).
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "PPM", "TGA")
PICTURE_NAME = re.compile(
    r"[^.].*\.(png|jpe?g|jpe|jfif|webp|gif|bmp|tiff?|avif|ppm|pgm|tga)", re.IGNORECASE
)
LARGEST = 400_000_000  # pixels: 20,000 × 20,000
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")

# Pillow refuses twice this many by itself, from the header alone; opened_picture refuses the rest.
Image.MAX_IMAGE_PIXELS = LARGEST


@contextmanager
def opened_picture(path: Path) -> Iterator[Image.Image]:
    """Open a picture, of which only the header is read.

    Raises :class:`UserError`, then and in the block, if it is missing, not a picture, damaged, or
    has more than 400 million pixels.
    """
    path = Path(path)
    with reading(path, advice="Download it again, or save it again with another program."):
        if _is_heif(path):
            raise UserError(
                "“{file}” is an HEIC picture, which the studio cannot read.",
                advice="Save it as JPEG, or have the camera take JPEG (“most compatible”).",
                file=path.name,
            )
        try:
            image = Image.open(path, formats=FORMATS)
        except UnidentifiedImageError as error:
            raise UserError(
                "“{file}” is not a picture.",
                advice="Choose PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP files.",
                file=path.name,
            ) from error
        except Image.DecompressionBombError as error:
            raise _too_large(path) from error
        with image:
            if image.width * image.height > LARGEST:
                raise _too_large(path)
            yield image


def load_picture(path: Path, least: int | None = None) -> Image.Image:
    """Read any picture as RGB, upright.

    Transparent parts become white, the camera's rotation is applied, and of an animation the first
    frame is taken. With ``least``, the pixels that are needed on the shorter side, the result may
    be smaller than the picture, which saves time and memory. Raises :class:`UserError` as
    :func:`opened_picture` does.
    """
    with opened_picture(path) as image:
        if least is not None:  # JPEG can be decoded at a fraction of its size
            shrink = max(1, min(image.size) // least)
            image.draft(None, (image.width // shrink, image.height // shrink))
        opaque = opaque_of(image)
        with suppress(Exception):  # broken EXIF; the picture can be read
            ImageOps.exif_transpose(opaque, in_place=True)
        return opaque


def _too_large(path: Path) -> UserError:
    return UserError(
        "“{file}” has more than 400 million pixels.",
        advice="Save it smaller; a thousand pixels a side are plenty.",
        file=path.name,
    )


def _is_heif(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(12)
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS


def opaque_of(image: Image.Image) -> Image.Image:
    """The picture, or the current frame of an animation, as RGB on white."""
    wide = image.mode.startswith("I;16") or (image.mode == "I" and image.format == "PPM")
    if wide:  # 16 bits of grey, which convert() would clip
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)).convert("RGB")
    if image.mode == "RGB" and "transparency" not in image.info:
        image.load()
        return image
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    white.alpha_composite(seen)
    result = white.convert("RGB")
    result.info = dict(image.info)
    return result


def picture_files(folder: Path) -> list[Path]:
    """All files below ``folder`` that are named like pictures, in a fixed order."""
    return sorted(
        path for path in folder.rglob("*") if PICTURE_NAME.fullmatch(path.name) and is_file(path)
    )
