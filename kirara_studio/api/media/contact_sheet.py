"""The pictures of a training side by side in one picture, with why some are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from kirara_studio.api.media.squares import Pixels
from kirara_studio.api.media.training_pictures import (
    BLANK,
    DUPLICATE,
    NO_FACE,
    NOT_A_PICTURE,
    OUTSIDE,
    REASONS,
    SMALL,
    UNREADABLE,
    YOU,
    Crop,
    TrainingPictures,
)

Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont

_CELL, _GAP, _LINE = 120, 6, 16  # pixels
_WORDS = {
    NOT_A_PICTURE: "not a picture",
    UNREADABLE: "damaged or unreadable",
    NO_FACE: "no face found",
    SMALL: "smaller than {detail} pixels",
    BLANK: "one colour only",
    OUTSIDE: "mostly outside the picture",
    DUPLICATE: "nearly the same as {detail}",
    YOU: "left out by you",
}


def reason_words(crop: Crop) -> str:
    """Why a crop is left out, in English; "" if it is used."""
    detail = Path(crop.detail).name if crop.why == DUPLICATE else crop.detail
    return _WORDS[crop.why].format(detail=detail) if crop.why else ""


def in_reading_order(crops: Sequence[Crop]) -> list[int]:
    """The numbers of crops: those that are used first, then by the reasons of the others."""
    order = {reason: place for place, reason in enumerate(("", *REASONS))}
    return sorted(range(len(crops)), key=lambda number: order[crops[number].why])


def contact_sheet(
    pictures: TrainingPictures, small: Callable[[Crop], Pixels | None], columns: int = 12
) -> Pixels:
    """All crops in rows, (height, width, 3): first those that are used, then the others.

    ``small`` gives the small picture of a crop, or None. Below each of those that are left out
    stands the reason.
    """
    left_out = [number for number in in_reading_order(pictures.crops) if pictures.crops[number].why]
    groups = [(pictures.used, _CELL), ([pictures.crops[one] for one in left_out], _CELL + _LINE)]
    heights = [-(-len(crops) // columns) * (height + _GAP) for crops, height in groups]
    sheet = Image.new("RGB", (columns * (_CELL + _GAP) + _GAP, sum(heights) + 2 * _GAP), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(10)
    top = _GAP
    for (crops, height), whole in zip(groups, heights, strict=True):
        for place, crop in enumerate(crops):
            row, column = divmod(place, columns)
            corner = _GAP + column * (_CELL + _GAP), top + row * (height + _GAP)
            sheet.paste(_cell(small(crop), dim=bool(crop.why)), corner)
            if crop.why:
                words = _fitting(_plain(reason_words(crop)), draw, font)
                draw.text((corner[0], corner[1] + _CELL + 1), words, fill="#803040", font=font)
        top += whole
    return np.asarray(sheet)


def _cell(pixels: Pixels | None, *, dim: bool) -> Image.Image:
    if pixels is None:
        return Image.new("RGB", (_CELL, _CELL), "#eeeeee")
    cell = Image.fromarray(pixels).resize((_CELL, _CELL), Image.Resampling.LANCZOS)
    return Image.blend(cell, Image.new("RGB", cell.size, "white"), 0.5) if dim else cell


def _plain(text: str) -> str:
    """What the font can draw."""
    return text.encode("ascii", "replace").decode()


def _fitting(text: str, draw: ImageDraw.ImageDraw, font: Font) -> str:
    if draw.textlength(text, font) <= _CELL:
        return text
    while text and draw.textlength(f"{text}...", font) > _CELL:
        text = text[:-1]
    return f"{text}..."
