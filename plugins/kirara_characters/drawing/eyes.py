"""Eyes by shape and expression: open, half shut and closed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from .attributes import CharacterAttributes
from .canvas import Canvas, Point, Tones, curve, faded, flipped, gradient, mix
from .iris import paint_iris, paint_lid_shadow, paint_lights
from .lashes import paint_lashes

_CENTRE: Point = (11.2, 1.2)
_SCALE = 1.1


@dataclass(frozen=True)
class _Shape:
    """Lid heights at the corners and along the lids; x from the inner (-) to the outer corner."""

    inner: float
    top: tuple[float, float, float]
    outer: float
    bottom: tuple[float, float, float]
    half_width: float = 5.9
    iris: tuple[float, float] = (4.5, 5.75)


_SHAPES = {
    "round": _Shape(1.0, (-4.0, -5.9, -4.7), 0.4, (5.1, 5.8, 4.0)),
    "tareme": _Shape(-0.3, (-4.6, -5.4, -3.0), 2.8, (4.2, 5.7, 5.3)),
    "tsurime": _Shape(2.6, (-2.5, -5.2, -5.3), -2.2, (5.3, 5.1, 2.5), 6.2),
    "almond": _Shape(1.4, (-2.9, -4.4, -3.7), -0.4, (4.0, 4.5, 2.9), 6.5, (4.2, 4.9)),
    "wide": _Shape(0.8, (-4.6, -6.6, -5.4), 0.2, (5.6, 6.3, 4.4), 5.9, (4.6, 6.2)),
}


def paint_eyes(canvas: Canvas, attributes: CharacterAttributes, hair: Tones, skin: Tones) -> None:
    """Both eyes with the expression's lids."""
    lash = mix(hair.line, QColor("#2a1020"), 0.5)
    for side, colour in ((-1, attributes.left_eye_colour), (1, attributes.right_eye_colour)):
        x, y = canvas.pose.face(side * _CENTRE[0], _CENTRE[1])
        near, _ = canvas.pose.face(side * (_CENTRE[0] - 4), _CENTRE[1])
        far, _ = canvas.pose.face(side * (_CENTRE[0] + 4), _CENTRE[1])
        with canvas.moved(x, y, scale=_SCALE * attributes.eye_size):
            canvas.painter.scale(abs(far - near) / 8.0, 1.0)
            if attributes.expression == "squint":
                _paint_squint(canvas, side, lash)
            elif attributes.expression == "happy" or (
                attributes.expression == "wink" and side == attributes.side
            ):
                _paint_closed(canvas, side, lash)
            else:
                _paint_open(canvas, attributes, side, QColor(colour), lash, skin)


def _lids(attributes: CharacterAttributes, side: int) -> tuple[list[Point], list[Point], _Shape]:
    shape = _SHAPES[attributes.eye_shape]
    half = shape.half_width
    drop = {
        "sleepy": 0.5, "grin": 0.18, "pout": 0.12, "shy": 0.12, "surprised": -0.1, "smug": 0.34,
        "angry": 0.14,
    }.get(attributes.expression, 0.0)  # fmt: skip
    raised = {"grin": 0.22, "open_smile": 0.08, "smug": 0.16}.get(attributes.expression, 0.0)
    inner, outer = (-half, shape.inner), (half, shape.outer + drop * 0.6)
    top = zip((-half * 0.62, 0.4, half * 0.68), shape.top, strict=True)
    bottom = zip((half * 0.62, 0.2, -half * 0.6), reversed(shape.bottom), strict=True)
    upper = flipped(side, inner, *((x, y + drop * (1.2 - y)) for x, y in top), outer)
    lower = flipped(side, outer, *((x, y - raised * y) for x, y in bottom), inner)
    return upper, lower, shape


def _paint_open(
    canvas: Canvas, attributes: CharacterAttributes, side: int, colour: QColor, lash: QColor,
    skin: Tones,
) -> None:  # fmt: skip
    upper, lower, shape = _lids(attributes, side)
    opening = curve(upper, lower[1:])
    shrink = 0.78 if attributes.expression == "surprised" else 1.0
    radii = (shape.iris[0] * shrink, shape.iris[1] * shrink)
    white = gradient((0, -5), (0, 5), (0, QColor("#e9e2f2")), (0.5, QColor("#fffdfc")))
    canvas.fill(opening, white)
    with canvas.clipped(opening):
        paint_iris(canvas, attributes, side, colour, *radii)
        paint_lid_shadow(canvas, upper)
        paint_lights(canvas, attributes, side, *radii)
    paint_lashes(canvas, attributes.lashes, side, upper, lower, lash, skin)
    if attributes.expression != "surprised":
        crease = [(upper[1][0], upper[1][1] - 2.3), (upper[2][0], upper[2][1] - 2.9),
                  (upper[3][0] + side * 0.9, upper[3][1] - 2.7)]  # fmt: skip
        canvas.stroke(crease, faded(skin.line, 0.7), 0.5)


def _paint_closed(canvas: Canvas, side: int, lash: QColor) -> None:
    arc = flipped(side, (-5.6, 2.6), (-3.4, -0.1), (0.2, -1.5), (3.6, -0.3), (6.2, 2.9))
    canvas.stroke(arc, lash, 1.5, 0.12, 0.3)
    for x, y, dx in ((4.6, 0.8, 2.3), (5.8, 2.4, 1.8)):
        wing = flipped(side, (x, y), (x + dx * 0.5, y + 0.5), (x + dx, y + 0.3))
        canvas.stroke(wing, lash, 0.7, 0.8, 0.05)


def _paint_squint(canvas: Canvas, side: int, lash: QColor) -> None:
    """An eye pressed shut: two strokes that meet at the inner corner."""
    for outer, middle in ((-3.0, -0.9), (4.2, 2.6)):
        run = [(side * 5.0, outer), (side * 0.4, middle), (-side * 4.6, 0.9)]
        canvas.stroke(run, lash, 1.5, 0.25, 0.75)
