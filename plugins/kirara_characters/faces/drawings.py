"""Drawn figures on nothing, with the outlines of their faces: what scenes are composed of.

They are drawn once into files, from which they are read as they are needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.background import paint_background
from kirara_characters.drawing.canvas import Canvas
from kirara_characters.drawing.character import face_outline, paint_figure
from kirara_characters.drawing.choices import CHOICES, RANGES
from kirara_characters.drawing.lighting import in_scene
from kirara_studio.api.files import is_file, whole_file
from kirara_studio.api.reading import reading

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float32]

SIDE = 192
"""Pixels of a drawn figure; its face is half as wide."""
_FACELESS = 12  # one figure in so many is seen from behind
_BACKGROUNDS = 8  # one background for so many figures
_PIXELS, _OUTLINES = "figures.npy", "outlines.npy"


@dataclass(frozen=True)
class Drawings:
    """Figures and backgrounds.

    ``figures`` (count, side, side, 4): RGBA, uint8, not premultiplied; ``outlines`` (count, points,
    2): x and y in pixels around each face, NaN for a figure without a face and for ``backgrounds``,
    which are the last entries of both.
    """

    figures: Pixels
    outlines: Points
    backgrounds: int

    @property
    def count(self) -> int:
        """The number of figures."""
        return len(self.figures) - self.backgrounds


def drawings_in(
    folder: Path, count: int, first: int = 0, progress: Callable[[int, int], object] | None = None
) -> Drawings:
    """The drawings of the seeds ``first`` to ``first + count``, drawn into ``folder`` if need be.

    Raises UserError if the files there are damaged, or cannot be written.
    """
    backgrounds = max(1, count // _BACKGROUNDS)
    total = count + backgrounds
    paths = folder / _PIXELS, folder / _OUTLINES
    if not all(is_file(path) for path in paths):
        folder.mkdir(parents=True, exist_ok=True)
        figures = np.empty((total, SIDE, SIDE, 4), np.uint8)
        outlines = np.empty((total, len(face_outline(CharacterAttributes())), 2), np.float32)
        for place in range(total):
            draw = _figure if place < count else _background
            figures[place], outlines[place] = draw(first + place, SIDE)
            if progress is not None and place % 50 == 0:
                progress(place, total)
        for path, array in ((paths[0], figures), (paths[1], outlines)):
            with whole_file(path) as temporary, temporary.open("wb") as file:
                np.save(file, np.asarray(array))
    with reading(folder, advice="Delete it, and the drawings are made again."):
        figures, outlines = (np.load(path, mmap_mode="r") for path in paths)
        if figures.shape != (total, SIDE, SIDE, 4) or len(outlines) != total:
            raise ValueError("it holds other drawings")
        return Drawings(figures, outlines, backgrounds)


def varied(seed: int) -> CharacterAttributes:
    """The character of a seed, with rarer values more often than where it is to be pleasant."""
    random = np.random.default_rng((seed, 3))
    attributes = CharacterAttributes.from_seed(seed)
    low, high = RANGES["eye_size"]
    changes: dict[str, object] = {"eye_size": float(random.uniform(low, high))}
    for name in ("expression", "fringe", "eyebrows", "glasses", "back_hair"):
        if random.random() < 0.3:
            changes[name] = str(random.choice(list(CHOICES[name])))
    for name in ("eye_spacing", "fringe_length", "hair_volume", "yaw", "pitch"):
        if random.random() < 0.3:
            changes[name] = float(random.uniform(*RANGES[name]))
    return replace(attributes, **changes)  # type: ignore[arg-type]


def _figure(seed: int, side: int) -> tuple[Pixels, Points]:
    random = np.random.default_rng((seed, 4))
    attributes = in_scene(varied(seed))
    faceless = random.random() < 1 / _FACELESS
    weight = float(np.exp(random.normal(0.0, 0.45)))
    points = np.asarray(face_outline(attributes), np.float32) * (side / 100)

    def paint(painter: QPainter, rect: QRectF) -> None:
        paint_figure(painter, attributes, rect, weight=weight, faceless=faceless)

    return _painted(paint, side), np.full_like(points, np.nan) if faceless else points


def _background(seed: int, side: int) -> tuple[Pixels, Points]:
    attributes = CharacterAttributes.from_seed(seed)
    points = np.asarray(face_outline(attributes), np.float32)

    def paint(painter: QPainter, rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(rect.width() / 100, rect.height() / 100)
        paint_background(Canvas(painter, attributes), attributes)

    return _painted(paint, side), np.full_like(points, np.nan)


def _painted(paint: Callable[[QPainter, QRectF], None], side: int) -> Pixels:
    """RGBA (side, side, 4)."""
    image = QImage(side, side, QImage.Format.Format_RGBA8888_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, side, side))
    painter.end()
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(side, side, 4).copy()
