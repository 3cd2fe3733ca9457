"""Face, nose, mouth, brows and blush."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QColor, QPainterPath

from .attributes import CharacterAttributes
from .canvas import Canvas, Point, Pose, Tones, both, curve, faded, flipped, gradient, mix, radial

# From the chin to the crown, the right half.
_CONTOURS: dict[str, tuple[Point, ...]] = {
    "soft": (
        (0, 24.0), (2.8, 23.5), (8.6, 20.7), (15.6, 15.3), (20.0, 8.8), (21.7, 2.0), (21.8, -8),
        (18.5, -20), (9, -28),
    ),
    "round": (
        (0, 22.9), (4.4, 22.4), (11.0, 19.4), (17.6, 13.9), (21.2, 7.6), (22.3, 1.5), (22.0, -8),
        (18.5, -20), (9, -28),
    ),
    "slim": (
        (0, 24.9), (2.4, 24.2), (7.6, 20.9), (13.8, 15.4), (18.4, 8.8), (20.7, 2.0), (21.4, -8),
        (18.5, -20), (9, -28),
    ),
}  # fmt: skip
_FRINGE = -13.0  # where most fringes end, a little above the brows
_MOUTH: Point = (0.0, 16.2)
_LIP = QColor("#b5485a")
# Below these there is no place for the shade of the lower lip.
_OPEN_MOUTHS = ("open_smile", "happy", "surprised", "grin", "angry", "squint")


def skin_tones(attributes: CharacterAttributes) -> Tones:
    """Skin has warm shadows and a brown line, unlike cloth and hair."""
    base = QColor(attributes.skin_colour)
    return Tones(
        base,
        mix(base, QColor("#c0486e"), 0.27),
        mix(base, QColor("#ffffff"), 0.5),
        mix(mix(base, QColor("#7a2f3c"), 0.62), QColor("#3a1a28"), 0.3),
    )


def face_path(canvas: Canvas, attributes: CharacterAttributes) -> QPainterPath:
    """The closed outline of the face, its top hidden under the hair."""
    contour = _CONTOURS[attributes.face_shape]
    return curve([canvas.pose.outline(x, y) for x, y in both(contour)])


def jaw_points(attributes: CharacterAttributes) -> list[Point]:
    """Points of the outline below the fringe, from the right cheek around the chin to the left.

    They have their origin between the eyes, before the head is tilted.
    """
    contour = [(x, y) for x, y in _CONTOURS[attributes.face_shape] if y > _FRINGE]
    # The contour hardly widens between its neighbours here.
    half = [*contour, (contour[-1][0], _FRINGE)]
    pose = Pose.of(attributes)
    return [pose.outline(x, y) for x, y in both(half)]


def paint_face(canvas: Canvas, attributes: CharacterAttributes, skin: Tones) -> None:
    """The face itself with the shade of its far side, blush and nose."""
    shape = face_path(canvas, attributes)
    warm = mix(skin.base, QColor("#ff8f86"), 0.14)
    canvas.fill(shape, gradient((0, -12), (0, 25), (0.6, skin.base), (1, warm)))
    with canvas.clipped(shape):
        canvas.away(shape, 4.6, 1.3, faded(skin.shadow, 0.85))
        _paint_blush(canvas, attributes)
    canvas.line(shape, skin.line, 0.58)
    _paint_nose(canvas, attributes, skin)


def _paint_nose(canvas: Canvas, attributes: CharacterAttributes, skin: Tones) -> None:
    """A short line that points where the face looks, shade on the side away from the light."""
    x, y = canvas.pose.face(0.2 + 0.9 * attributes.yaw, 10.0)
    lean = max(-1.0, min(1.0, 2.5 * attributes.yaw + 0.35)) * 0.6
    shade = curve([(x, y - 1.9), (x - 1.5 * canvas.light, y + 0.2)], [(x, y + 0.5), (x, y - 1.9)])
    canvas.fill(shade, faded(skin.shadow, 0.55))
    canvas.stroke([(x - 0.3 * lean, y - 1.1), (x + lean, y), (x - 0.5 * lean, y + 0.5)],
                  faded(skin.line, 0.7), 0.5)  # fmt: skip
    canvas.ellipse((x + 0.55 * canvas.light, y - 1.3), 0.42, 0.75, faded(skin.light, 0.85))


def _paint_blush(canvas: Canvas, attributes: CharacterAttributes) -> None:
    colour = QColor("#f2627c")
    for side in (-1, 1):
        x, y = canvas.pose.face(side * 13.4, 11.2)
        glow = radial((0, 0), 5.6, (0.0, faded(colour, 0.62 * attributes.blush)),
                      (0.45, faded(colour, 0.36 * attributes.blush)),
                      (1.0, faded(colour, 0.0)))  # fmt: skip
        with canvas.moved(x, y):
            canvas.painter.scale(1.0, 0.62)
            canvas.ellipse((0, 0), 5.6, 5.6, glow)
        canvas.ellipse((x - 1.4, y - 1.2), 0.75, 0.34,
                       faded(QColor("#ffffff"), 0.7 * attributes.blush))  # fmt: skip
        if attributes.expression == "shy":
            for step in (-1.9, 0.0, 1.9):
                canvas.stroke([(x + step + 0.6, y - 1.1), (x + step, y), (x + step - 0.6, y + 1.1)],
                              faded(QColor("#d8405e"), 0.7), 0.55)  # fmt: skip


def paint_eyebrows(
    canvas: Canvas, attributes: CharacterAttributes, hair: Tones, opacity: float
) -> None:
    """Brows in the hair's line colour; drawn a second time, faintly, over the fringe."""
    width, arch = {
        "soft": (0.95, 1.5), "straight": (0.9, 0.5), "thick": (1.6, 1.2), "thin": (0.6, 1.9),
        "short": (1.5, 0.5),
    }[attributes.eyebrows]  # fmt: skip
    # How far the inner and the outer ends lie below the middle line, by mood.
    inner, outer, lift = {
        "pout": (1.5, -0.7, 0.0), "grin": (1.1, -0.5, 0.3), "shy": (-1.1, 1.3, 0.2),
        "surprised": (0.0, 0.3, -1.9), "sleepy": (-0.2, 0.8, 0.4), "happy": (-0.3, 0.4, -0.9),
        "smug": (0.5, -0.7, -0.5), "angry": (2.1, -1.2, 0.8), "squint": (0.5, -0.2, 0.2),
    }.get(attributes.expression, (0.1, 0.4, 0.0))  # fmt: skip
    colour = faded(mix(hair.line, hair.base, 0.25), opacity)
    for side in (-1, 1):
        top = -9.3 + lift - 3.0 * (attributes.eye_size - 1)
        near, far = (7.4, 12.2) if attributes.eyebrows == "short" else (5.8, 15.4)
        shape = ((near, top + inner - 0.55 * arch), ((near + far) / 2 - 0.4, top - arch),
                 (far, top + outer + 0.7))  # fmt: skip
        points = [canvas.pose.face(side * x, y) for x, y in shape]
        canvas.stroke(points, colour, width, 0.5, 0.1)


def paint_mouth(canvas: Canvas, attributes: CharacterAttributes, skin: Tones) -> None:
    """The mouth of the expression."""
    x, y = canvas.pose.face(*_MOUTH)
    line = mix(skin.line, _LIP, 0.35)
    with canvas.moved(x, y):
        canvas.painter.scale(1.12 - 0.06 * abs(attributes.yaw), 1.1)
        if attributes.expression in _CLOSED_MOUTHS:
            for points, width, *ends in _CLOSED_MOUTHS[attributes.expression]:
                canvas.stroke(points, line, width, *ends)
        else:
            _MOUTHS[attributes.expression](canvas, line)
        if attributes.expression not in _OPEN_MOUTHS:
            canvas.stroke([(-1.1, 2.6), (0, 2.85), (1.1, 2.6)], faded(skin.shadow, 0.9), 0.6)


def _sleepy(canvas: Canvas, line: QColor) -> None:
    canvas.ellipse((0, 0.6), 1.0, 0.8, QColor("#a8404f"), line, 0.45)


def _surprised(canvas: Canvas, line: QColor) -> None:
    canvas.ellipse((0, 1.1), 1.75, 2.3, QColor("#9c3547"), line, 0.5)
    canvas.ellipse((0, 2.4), 1.1, 0.8, QColor("#ea8b91"))


def _open(canvas: Canvas, line: QColor, width: float, depth: float) -> None:
    top = [(-width, -1.0), (-width * 0.45, -0.6), (0, -0.5), (width * 0.45, -0.6), (width, -1.0)]
    bottom = [(width * 0.72, depth * 0.62), (0, depth), (-width * 0.72, depth * 0.62), (-width, -1)]
    shape = curve(top, bottom)
    canvas.fill(shape, QColor("#9c3547"))
    with canvas.clipped(shape):
        canvas.ellipse((0, depth * 0.98), width * 0.62, depth * 0.5, QColor("#ee8f95"))
        canvas.ellipse((0, -1.1), width * 0.8, 1.25, QColor("#fffdfb"))
    canvas.line(shape, line, 0.5)
    canvas.stroke([(-width - 0.5, -1.2), *top[1:-1], (width + 0.5, -1.2)], line, 0.7, 0.3, 0.3)


def _grin(canvas: Canvas, line: QColor) -> None:
    shape = curve(
        [(-3.8, -1.0), (0, -0.2), (3.8, -1.0)], [(2.4, 1.5), (0, 2.1), (-2.4, 1.5), (-3.8, -1)]
    )
    canvas.fill(shape, QColor("#fffdfb"), line, 0.55)
    canvas.fill(curve([(1.5, -0.5), (2.1, 0.9), (2.8, -0.75)]), QColor("#fffdfb"), line, 0.35)
    canvas.stroke([(-2.9, 0.65), (0, 1.15), (2.9, 0.65)], faded(line, 0.35), 0.4)


def _angry(canvas: Canvas, line: QColor) -> None:
    shape = curve([(-2.9, 1.5), (-1.4, -0.5), (0, -0.8), (1.4, -0.5), (2.9, 1.5)],
                  [(1.4, 1.1), (0, 1.0), (-1.4, 1.1), (-2.9, 1.5)])  # fmt: skip
    canvas.fill(shape, QColor("#fffdfb"), line, 0.55)
    for x in (-1.1, 0.0, 1.1):
        canvas.stroke([(x, -0.5), (x, 0.3), (x, 1.0)], faded(line, 0.5), 0.3)


def _squint(canvas: Canvas, line: QColor) -> None:
    shape = curve([(-2.9, -0.7), (-1.0, -1.1), (1.0, -1.1), (2.9, -0.7)],
                  [(2.4, 1.4), (1.1, 2.5), (0, 2.0), (-1.1, 2.5), (-2.4, 1.4),
                   (-2.9, -0.7)])  # fmt: skip
    canvas.fill(shape, QColor("#9c3547"))
    with canvas.clipped(shape):
        canvas.ellipse((0, 2.4), 1.8, 1.2, QColor("#ee8f95"))
    canvas.line(shape, line, 0.55)


_MOUTHS: dict[str, Callable[[Canvas, QColor], None]] = {
    "open_smile": partial(_open, width=3.6, depth=3.6),
    "happy": partial(_open, width=3.9, depth=4.3),
    "grin": _grin, "surprised": _surprised, "sleepy": _sleepy, "angry": _angry, "squint": _squint,
}  # fmt: skip
_SMILE = ((((-3.3, -0.7), (-1.8, 0.45), (0, 0.8), (1.8, 0.45), (3.3, -0.7)), 0.72),)
# Strokes: their points, their width and its shares at both ends.
_CLOSED_MOUTHS: dict[str, Sequence[tuple[Any, ...]]] = {
    "smile": _SMILE,
    "wink": _SMILE,
    "neutral": ((((-2.0, 0.25), (0, 0), (2.0, 0.25)), 0.7),),
    "pout": ((((-1.9, 0.9), (-0.9, 0.0), (0, -0.2), (0.9, 0.0), (1.9, 0.9)), 0.8),),
    "shy": ((((-2.3, 0.1), (-1.1, 0.6), (0, -0.15), (1.1, 0.6), (2.3, 0.1)), 0.7, 0.3, 0.3),),
    "cat": tuple(
        (flipped(side, (0, -0.5), (0.8, 0.65), (2.1, 0.75), (3.3, -0.6)), 0.72, 0.5, 0.1)
        for side in (-1, 1)
    ),
    "smug": (
        (((-2.8, 0.6), (-0.6, 0.75), (1.6, 0.1), (3.4, -1.5)), 0.8),
        (((2.9, -1.9), (3.5, -1.5), (3.7, -0.8)), 0.55, 0.4, 0.4),
    ),
}
