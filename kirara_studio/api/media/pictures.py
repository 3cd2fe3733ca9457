"""Pictures of all kinds that people have, read as RGB."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from kirara_studio.api.errors import UserError
from kirara_studio.api.reading import reading

# Named one by one: Pillow also knows formats that start other programs (EPS).
FORMATS = ("PNG", "JPEG", "JPEG2000", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "PPM", "TGA")
PICTURE_NAME = re.compile(
    r"[^.].*\.(png|jpe?g|jpe|jfif|jp2|j2k|j2c|jpc|jpf|jpx|webp|gif|bmp|tiff?|avif|ppm|pgm|tga|heic"
    r"|heif|hif|jxl)",
    re.IGNORECASE | re.DOTALL,  # a name may have line breaks
)
_DEEP = ("I", "F")  # modes of grey with more than 8 bits begin so
LARGEST = 400_000_000  # pixels: 20,000 × 20,000
_DENSE = ("PNG", "JPEG", "GIF", "BMP", "PPM", "TGA")
_MOST_A_BYTE = 10_000  # pixels, in these formats: deflate packs 1,032 bytes of 8 pixels into one
_ORIENTATION = 0x0112
_LYING = (5, 6, 7, 8)  # values of EXIF's orientation at which width and height change places
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"}
_JXL_STARTS = (b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")
_PROFILE_MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}

# Pillow refuses twice this many by itself, from the header alone; opened_picture refuses the rest.
Image.MAX_IMAGE_PIXELS = LARGEST


class NotAPicture(UserError):
    """A file that is not a picture, or of a format that nobody reads."""


@contextmanager
def opened_picture(path: Path) -> Iterator[Image.Image]:
    """Open a picture, of which only the header is read.

    Raises :class:`UserError`, then and in the block, if it is missing, not a picture, damaged, or
    has more than 400 million pixels.
    """
    path = Path(path)
    with reading(path, advice="Download it again, or save it again with another program."):
        try:
            image = Image.open(path, formats=_formats_of(path))
        except UnidentifiedImageError as error:
            raise NotAPicture(
                "“{file}” is not a picture.",
                advice="Choose PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP files.",
                file=path.name,
            ) from error
        except Image.DecompressionBombError as error:
            raise _too_large(path) from error
        with image:
            pixels = image.width * image.height
            if pixels > LARGEST:
                raise _too_large(path)
            if image.format in _DENSE and pixels > _MOST_A_BYTE * path.stat().st_size:
                raise ValueError("it is cut off, or its size is damaged")
            yield image


def load_picture(path: Path, least: int | None = None) -> Image.Image:
    """Read any picture as RGB in the colours of sRGB, upright.

    A colour profile in the file and the camera's rotation are applied, transparent parts become
    white, and of an animation the first frame is taken. With ``least``, the pixels that are needed
    on the shorter side, the result may be smaller than the picture, which saves time and memory.
    Raises :class:`UserError` as :func:`opened_picture` does.
    """
    with opened_picture(path) as image:
        if least is not None:  # JPEG can be decoded at a fraction of its size
            shrink = max(1, min(image.size) // least)
            image.draft(None, (image.width // shrink, image.height // shrink))
        opaque = opaque_of(image)
        with suppress(Exception):  # broken EXIF; the picture can be read
            ImageOps.exif_transpose(opaque, in_place=True)
        return opaque


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height of an opened picture as :func:`load_picture` turns it."""
    with suppress(Exception):  # broken EXIF; the picture can be read
        if image.getexif().get(_ORIENTATION) in _LYING:
            return image.height, image.width
    return image.size


def _too_large(path: Path) -> UserError:
    return UserError(
        "“{file}” has more than 400 million pixels.",
        advice="Save it smaller; a thousand pixels a side are plenty.",
        file=path.name,
    )


def _formats_of(path: Path) -> tuple[str, ...]:
    """The formats that a file may have. Raises UserError if the library for it is missing."""
    with path.open("rb") as file:
        head = file.read(64)
    brands = {head[8:12], *(head[place : place + 4] for place in range(16, 64, 4))}
    if head[4:8] == b"ftyp" and brands & _HEIF_BRANDS:
        with suppress(ImportError):
            importlib.import_module("pi_heif").register_heif_opener()
            return ("HEIF",)
        raise _missing_library(path, "HEIC", "pi-heif")
    if head.startswith(_JXL_STARTS):
        with suppress(ImportError):
            importlib.import_module("jxlpy.JXLImagePlugin")
            return ("JXL",)
        raise _missing_library(path, "JPEG XL", "jxlpy")
    return FORMATS


def _missing_library(path: Path, kind: str, package: str) -> UserError:
    return UserError(
        "“{file}” is a picture in the format {kind}, which needs the package “{package}”.",
        advice="Install it (pip install {package}) and start the studio again, or save the picture "
        "as JPEG.",
        file=path.name,
        kind=kind,
        package=package,
    )


def opaque_of(image: Image.Image) -> Image.Image:
    """The picture, or the current frame of an animation, as RGB on white, in sRGB."""
    profile = image.info.get("icc_profile") or image.info.get("icc")
    if profile:
        image = _in_srgb(image, bytes(profile))
    if image.mode.startswith(_DEEP):
        return _eight_bits(image).convert("RGB")
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


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits or of floats, which convert() would clip, as 8 bits."""
    values = np.asarray(image)
    if image.mode.startswith("I;16") or image.format == "PPM":
        return Image.fromarray((values >> 8).astype(np.uint8))
    values = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = _range_of(values, whole=image.mode == "I")
    scaled = (values - low) * (255 / (high - low))
    return Image.fromarray(scaled.round().clip(0, 255).astype(np.uint8))


def _range_of(values: np.ndarray, *, whole: bool) -> tuple[float, float]:
    """Black and white of a picture whose file does not say what they are.

    The smallest usual range that holds all values: 0…1 (for floats), 0…255, 0…65,535, 0…2³¹−1 (for
    ``whole`` numbers); beyond these, from the lowest to the highest value.
    """
    low, high = float(values.min()), float(values.max())
    usual = (255.0, 65_535.0, 2**31 - 1.0) if whole else (1.0, 255.0, 65_535.0)
    for white in usual if low >= 0 else ():
        if high <= white:
            return 0.0, white
    return low, max(high, low + 1)


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The picture in sRGB, without its profile; unchanged if the profile cannot be applied."""
    with suppress(Exception):  # broken, or of another kind than the picture, which can be read
        mode, transform = _to_srgb(profile)
        if transform is None or (mode == "CMYK") != (image.mode == "CMYK"):
            return image
        seen = _eight_bits(image) if image.mode.startswith(_DEEP) else image
        transparent = "A" in seen.getbands() or "transparency" in seen.info
        alpha = seen.convert("RGBA").getchannel("A") if transparent else None
        result = transform.apply(seen.convert(mode))
        if alpha is not None:
            result.putalpha(alpha)
        # The camera's rotation is applied later.
        result.info = {name: image.info[name] for name in ("exif", "xmp") if name in image.info}
        return result
    return image


@lru_cache(maxsize=16)
def _to_srgb(profile: bytes) -> tuple[str, ImageCms.ImageCmsTransform | None]:
    """The mode of pictures with a profile, and what turns them into sRGB; None if they are that.

    Relative to white, with the black point, as programs for photographs do.
    """
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    mode = _PROFILE_MODES[source.profile.xcolor_space]
    if ImageCms.getProfileDescription(source).startswith("sRGB"):
        return mode, None
    flags = ImageCms.Flags.NOCACHE | ImageCms.Flags.BLACKPOINTCOMPENSATION  # for several threads
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    srgb = ImageCms.createProfile("sRGB")
    return mode, ImageCms.buildTransform(source, srgb, mode, "RGB", intent, flags)
