"""The whole character: parts in their order from back to front, on a painter or as an array."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from kirara_studio.api.errors import UserError

from .accessories import paint_accessory, paint_ears_above, paint_glasses
from .attributes import CharacterAttributes
from .background import paint_background, paint_foreground
from .canvas import Canvas, Point, Tones, faded
from .clothes import paint_clothes, paint_neck
from .eyes import paint_eyes
from .face import face_path, jaw_points, paint_eyebrows, paint_face, paint_mouth, skin_tones
from .hair_back import paint_back_hair, paint_tails_in_front
from .hair_front import front_path, paint_front_hair, paint_side_locks
from .lighting import in_scene
from .marks import paint_mark

LARGEST_SIZE = 8192
# Below this, lines are thinner than a pixel: such a picture is drawn twice as large.
_FINE_BELOW = 160
# The point between the eyes and the pivot of the head's tilt, in hundredths of the picture.
_EYES_X, _EYES_Y = 50.0, 50.8
_SCALE = 1.07
_PIVOT_Y = 26.0
# Neck and clothes lie this much higher than their own coordinates say.
_COLLAR_Y = -1.8


def paint_character(painter: QPainter, attributes: CharacterAttributes, rect: QRectF) -> None:
    """Paint the character, background included, into a rectangle (squares keep proportions)."""
    painter.save()
    _to_picture(painter, rect)
    canvas = Canvas(painter, attributes)
    paint_background(canvas, attributes)
    painter.restore()
    paint_figure(painter, in_scene(attributes), rect)
    painter.save()
    _to_picture(painter, rect)
    paint_foreground(canvas, attributes)
    painter.restore()


def paint_figure(
    painter: QPainter,
    attributes: CharacterAttributes,
    rect: QRectF,
    *,
    weight: float = 1.0,
    faceless: bool = False,
) -> None:
    """Paint the character without a background.

    ``weight`` multiplies the widths of lines. A ``faceless`` one has hair in place of the face, as
    from behind.
    """
    painter.save()
    _to_picture(painter, rect)
    canvas = Canvas(painter, attributes, weight)
    hair, skin = Tones.of(attributes.hair_colour), skin_tones(attributes)
    painter.translate(_EYES_X + attributes.shift_x, _EYES_Y + attributes.shift_y)
    painter.scale(_SCALE * attributes.scale, _SCALE * attributes.scale)
    with _tilted(canvas, attributes):
        paint_back_hair(canvas, attributes, hair)
    with canvas.moved(0.0, _COLLAR_Y):
        paint_neck(canvas, skin)
        paint_clothes(canvas, attributes)
    with _tilted(canvas, attributes):
        paint_tails_in_front(canvas, attributes, hair)
        if faceless:
            canvas.fill(face_path(canvas, attributes), hair.base)
            paint_front_hair(canvas, attributes, hair, skin, front_path(canvas, attributes))
        else:
            _paint_head(canvas, attributes, hair, skin)
    painter.restore()


def face_outline(attributes: CharacterAttributes) -> list[Point]:
    """The outline of the face without the forehead, in hundredths of the picture.

    It goes from cheek to cheek around the chin; its top is a little above the brows, where a
    fringe ends.
    """
    angle = math.radians(attributes.roll)
    scale = _SCALE * attributes.scale
    points = []
    for x, y in jaw_points(attributes):
        y -= _PIVOT_Y
        turned = x * math.cos(angle) - y * math.sin(angle)
        fallen = x * math.sin(angle) + y * math.cos(angle) + _PIVOT_Y
        points.append(
            (
                _EYES_X + attributes.shift_x + scale * turned,
                _EYES_Y + attributes.shift_y + scale * fallen,
            )
        )
    return points


def _to_picture(painter: QPainter, rect: QRectF) -> None:
    """From here on the painter works in hundredths of the picture, inside its rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 100.0, rect.height() / 100.0)


@contextmanager
def _tilted(canvas: Canvas, attributes: CharacterAttributes) -> Iterator[None]:
    """Head and hair lean about the neck."""
    with canvas.moved(0.0, _PIVOT_Y, attributes.roll):
        canvas.painter.translate(0.0, -_PIVOT_Y)
        yield


def _paint_head(canvas: Canvas, attributes: CharacterAttributes, hair: Tones, skin: Tones) -> None:
    paint_face(canvas, attributes, skin)
    fringe = front_path(canvas, attributes)
    with canvas.clipped(face_path(canvas, attributes)):
        # The fringe's shadow, a little lower and away from the light.
        shadow = fringe.translated(-1.5 * attributes.light, 1.6 + 1.0 * attributes.shade)
        canvas.fill(shadow, faded(skin.shadow, 0.6 + 0.35 * attributes.shade))
    paint_eyes(canvas, attributes, hair, skin)
    paint_eyebrows(canvas, attributes, hair, 1.0)
    paint_mouth(canvas, attributes, skin)
    paint_glasses(canvas, attributes)
    paint_side_locks(canvas, attributes, hair)
    paint_ears_above(canvas, attributes, hair)
    paint_front_hair(canvas, attributes, hair, skin, fringe)
    paint_eyebrows(canvas, attributes, hair, 0.5)
    paint_accessory(canvas, attributes)
    paint_mark(canvas, attributes)


def draw_character(attributes: CharacterAttributes, size: int) -> npt.NDArray[np.uint8]:
    """Draw a character as an array (size, size, 3), uint8, RGB.

    Raises UserError if the size is not a whole number from 1 to 8192.
    """
    whole = isinstance(size, int | np.integer) and not isinstance(size, bool)
    if not whole or not 1 <= size <= LARGEST_SIZE:
        raise UserError(
            "A picture of {size} pixels cannot be drawn.",
            advice="Use a size from 1 to {largest}.",
            size=repr(size),
            largest=LARGEST_SIZE,
        )
    finer = 2 if size < _FINE_BELOW else 1
    drawn = int(size) * finer
    image = QImage(drawn, drawn, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    paint_character(painter, attributes, QRectF(0, 0, drawn, drawn))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(drawn, drawn, 4)
    if finer == 1:
        return np.ascontiguousarray(pixels[:, :, 2::-1])
    blocks = pixels[:, :, 2::-1].reshape(size, finer, size, finer, 3).astype(np.uint16)
    return ((blocks.sum(axis=(1, 3)) + finer * finer // 2) // (finer * finer)).astype(np.uint8)


def draw_sheet(seeds: Sequence[int], columns: int, size: int) -> npt.NDArray[np.uint8]:
    """Draw the characters of the seeds in rows of `columns`, each `size` pixels wide.

    Returns an array of shape (rows * size, columns * size, 3); places left over are white. Raises
    UserError if there are no seeds, or the columns or the size are out of range.
    """
    if len(seeds) == 0:
        raise UserError("A sheet needs at least one seed.", advice="Give one seed or more.")
    if isinstance(columns, bool) or not isinstance(columns, int | np.integer) or columns < 1:
        raise UserError(
            "A sheet cannot have {columns} columns.", advice="Use 1 or more.", columns=repr(columns)
        )
    pictures = [draw_character(CharacterAttributes.from_seed(seed), size) for seed in seeds]
    white = np.full((size, size, 3), 255, np.uint8)
    pictures += [white] * (-len(seeds) % columns)
    grid = np.stack(pictures).reshape(-1, columns, size, size, 3)
    return grid.swapaxes(1, 2).reshape(-1, columns * size, 3)
