"""Pictures of all kinds that people have, read as RGB."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

# Named one by one: Pillow also knows formats that start other programs (EPS).
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "PPM", "TGA")
PICTURE_NAME = re.compile(
    r"[^.].*\.(png|jpe?g|jpe|jfif|webp|gif|bmp|tiff?|avif|ppm|pgm|tga)", re.IGNORECASE
)
LARGEST = 400_000_000  # pixels: 20,000 × 20,000

# Pillow refuses twice this many by itself, from the header alone; load_picture refuses the rest.
Image.MAX_IMAGE_PIXELS = LARGEST


def load_picture(path: Path, least: int | None = None) -> Image.Image:
    """Read any picture as RGB, upright.

    Transparent parts become white, the camera's rotation is applied, and of an animation the first
    frame is taken. With ``least``, the pixels that are needed on the shorter side, the result may
    be smaller than the picture, which saves time and memory. Raises ValueError with the reason.
    """
    try:
        with Image.open(path, formats=FORMATS) as image:
            width, height = image.size
            if width * height > LARGEST:
                raise ValueError(f"it has more than {LARGEST // 1_000_000} million pixels")
            if least is not None:  # JPEG can be decoded at a fraction of its size
                shrink = max(1, min(width, height) // least)
                image.draft(None, (width // shrink, height // shrink))
            opaque = opaque_of(image)
    except UnidentifiedImageError as error:
        raise ValueError("it is not a picture") from error
    except Image.DecompressionBombError as error:
        raise ValueError(f"it has more than {LARGEST // 1_000_000} million pixels") from error
    except (OSError, SyntaxError, EOFError, MemoryError, OverflowError) as error:
        # Pillow's decoders raise SyntaxError for broken PNG and TIFF files.
        raise ValueError(f"it is damaged ({error})") from error
    ImageOps.exif_transpose(opaque, in_place=True)
    return opaque


def opaque_of(image: Image.Image) -> Image.Image:
    """The picture, or the current frame of an animation, as RGB on white."""
    if image.mode.startswith("I;16"):  # 16 bits of grey, which convert() would clip
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
        path for path in folder.rglob("*") if PICTURE_NAME.fullmatch(path.name) and path.is_file()
    )
