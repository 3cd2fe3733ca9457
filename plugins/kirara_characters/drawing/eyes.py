"""Eyes: white, iris, pupil, highlights, lashes, lid; open, half shut and closed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QRadialGradient

from .attributes import CharacterAttributes
from .canvas import Canvas, Point, Tones, curve, faded, gradient, mix

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
    iris: tuple[float, float] = (4.15, 5.5)


_SHAPES = {
    "round": _Shape(1.0, (-4.0, -5.9, -4.7), 0.4, (5.1, 5.8, 4.0)),
    "tareme": _Shape(0.2, (-4.4, -5.6, -3.6), 2.0, (4.5, 5.7, 4.9)),
    "tsurime": _Shape(2.0, (-3.0, -5.4, -5.0), -1.4, (5.2, 5.2, 3.0), 6.1),
    "almond": _Shape(1.3, (-3.3, -5.0, -4.1), -0.1, (4.4, 4.9, 3.3), 6.2, (3.9, 5.0)),
    "wide": _Shape(0.8, (-4.6, -6.6, -5.4), 0.2, (5.6, 6.3, 4.4), 5.9, (4.2, 5.9)),
}


def paint_eyes(canvas: Canvas, attributes: CharacterAttributes, hair: Tones, skin: Tones) -> None:
    """Both eyes with the expression's lids."""
    lash = mix(hair.line, QColor("#2a1420"), 0.55)
    winking = -1 if attributes.mirrored else 1
    for side, colour in ((-1, attributes.left_eye_colour), (1, attributes.right_eye_colour)):
        x, y = canvas.pose.face(side * _CENTRE[0], _CENTRE[1])
        near, _ = canvas.pose.face(side * (_CENTRE[0] - 4), _CENTRE[1])
        far, _ = canvas.pose.face(side * (_CENTRE[0] + 4), _CENTRE[1])
        with canvas.moved(x, y, scale=_SCALE * attributes.eye_size):
            canvas.painter.scale(abs(far - near) / 8.0, 1.0)
            closed = attributes.expression == "happy" or (
                attributes.expression == "wink" and side == winking
            )
            if closed:
                _paint_closed(canvas, side, lash)
            else:
                _paint_open(canvas, attributes, side, QColor(colour), lash, skin)


def _lids(attributes: CharacterAttributes, side: int) -> tuple[list[Point], list[Point], _Shape]:
    shape = _SHAPES[attributes.eye_shape]
    half = shape.half_width
    drop = {"sleepy": 0.5, "grin": 0.18, "pout": 0.12, "shy": 0.12, "surprised": -0.1}.get(
        attributes.expression, 0.0
    )
    raised = {"grin": 0.22, "open_smile": 0.08}.get(attributes.expression, 0.0)
    xs = (-half * 0.62, 0.4, half * 0.68)
    upper = [(-half, shape.inner)]
    upper += [(x, y + drop * (1.2 - y)) for x, y in zip(xs, shape.top, strict=True)]
    upper.append((half, shape.outer + drop * 0.6))
    lower = [(half, shape.outer + drop * 0.6)]
    lower += [
        (x, y - raised * y)
        for x, y in zip((half * 0.62, 0.2, -half * 0.6), reversed(shape.bottom), strict=True)
    ]
    lower.append((-half, shape.inner))
    return [(side * x, y) for x, y in upper], [(side * x, y) for x, y in lower], shape


def _paint_open(
    canvas: Canvas,
    attributes: CharacterAttributes,
    side: int,
    colour: QColor,
    lash: QColor,
    skin: Tones,
) -> None:
    upper, lower, shape = _lids(attributes, side)
    opening = curve(upper, lower[1:])
    canvas.fill(opening, QColor("#fffdfc"))
    with canvas.clipped(opening):
        _paint_iris(canvas, attributes, side, colour, shape)
        # The lid's shadow lies over white and iris alike.
        shade = [(x, y + 1.5) for x, y in upper]
        canvas.fill(curve(upper, shade[::-1]), faded(QColor("#5a4a86"), 0.42))
    _paint_highlights(canvas, attributes, opening, shape)
    half = shape.half_width
    # Upper lash: thin at the inner corner, thick outside, ending in a wing.
    outer = upper[-1][1]
    over = [
        (upper[0][0] - side * 0.2, upper[0][1] + 0.3),
        (upper[1][0], upper[1][1] - 0.9),
        (upper[2][0], upper[2][1] - 1.4),
        (upper[3][0] + side * 0.5, upper[3][1] - 1.35),
        (side * (half + 0.5), outer - 1.7),
        (side * (half + 2.0), outer - 1.9),
    ]
    under = [
        (side * (half + 0.9), outer - 0.2),
        (side * (half + 0.2), outer + 1.5),
    ]
    inside = [
        (side * (half - 0.4), outer + 0.1),
        (upper[3][0], upper[3][1] + 0.35),
        (upper[2][0], upper[2][1] + 0.35),
        (upper[1][0], upper[1][1] + 0.2),
        over[0],
    ]
    canvas.fill(curve(over, under, inside), lash)
    # Lower lash on the outer half, lid crease above.
    canvas.stroke(
        [(side * (half - 0.15), lower[0][1] + 1.0),
            (lower[1][0] + side * 0.2, lower[1][1]), lower[2]],
        faded(mix(lash, skin.line, 0.4), 0.9), 0.62, 0.6, 0.05,
    )  # fmt: skip
    if attributes.expression != "surprised":
        crease = [(upper[1][0], upper[1][1] - 2.1), (upper[2][0], upper[2][1] - 2.6),
                  (upper[3][0] + side * 0.7, upper[3][1] - 2.4)]  # fmt: skip
        canvas.stroke(crease, faded(skin.line, 0.7), 0.5)


def _iris_centre(attributes: CharacterAttributes) -> Point:
    return 1.35 * attributes.gaze_x + 0.35 * attributes.yaw, 0.2 + 0.9 * attributes.gaze_y


def _paint_iris(
    canvas: Canvas, attributes: CharacterAttributes, side: int, colour: QColor, shape: _Shape
) -> None:
    shrink = 0.8 if attributes.expression == "surprised" else 1.0
    rx, ry = shape.iris[0] * shrink, shape.iris[1] * shrink
    x, y = _iris_centre(attributes)
    x -= side * 0.15
    dark = mix(colour, QColor("#1c1030"), 0.68)
    bright = mix(colour.lighter(125), QColor("#fff6d8"), 0.38)
    fill = gradient((x, y - ry), (x, y + ry), (0, dark), (0.3, mix(dark, colour, 0.45)),
                    (0.58, colour), (0.86, bright), (1, mix(bright, colour, 0.4)))  # fmt: skip
    canvas.ellipse((x, y), rx, ry, fill, dark, 0.62)
    glow = QRadialGradient(QPointF(x, y + ry * 0.55), rx * 0.95)
    glow.setColorAt(0.0, faded(mix(bright, QColor("#ffffff"), 0.45), 0.75))
    glow.setColorAt(1.0, faded(bright, 0.0))
    canvas.ellipse((x, y + ry * 0.52), rx * 0.8, ry * 0.4, glow)
    canvas.ellipse((x, y - 0.05 * ry), rx * 0.42, ry * 0.44, mix(dark, QColor("#150a22"), 0.55))
    ring = QPainterPath()
    ring.addEllipse(QPointF(x, y), rx * 0.8, ry * 0.84)
    canvas.line(ring, faded(dark, 0.22), 0.5)


def _paint_highlights(
    canvas: Canvas, attributes: CharacterAttributes, opening: QPainterPath, shape: _Shape
) -> None:
    # The light comes from the upper left for both eyes, so these are not mirrored.
    x, y = _iris_centre(attributes)
    white = QColor("#ffffff")
    with canvas.clipped(opening):
        with canvas.moved(x - 1.55, y - 0.42 * shape.iris[1], -18):
            canvas.ellipse((0, 0), 1.3, 1.75, white)
        canvas.ellipse((x + 1.7, y + 0.46 * shape.iris[1]), 0.72, 0.85, faded(white, 0.92))
        canvas.ellipse((x + 1.75, y - 0.2 * shape.iris[1]), 0.42, 0.5, faded(white, 0.55))


def _paint_closed(canvas: Canvas, side: int, lash: QColor) -> None:
    arc = [(side * x, y) for x, y in
           ((-5.6, 2.6), (-3.4, -0.1), (0.2, -1.5), (3.6, -0.3), (6.2, 2.9))]  # fmt: skip
    canvas.stroke(arc, lash, 1.5, 0.12, 0.3)
    for x, y, dx in ((4.6, 0.8, 2.3), (5.8, 2.4, 1.8)):
        canvas.stroke([(side * x, y), (side * (x + dx * 0.5), y + 0.5), (side * (x + dx), y + 0.3)],
                      lash, 0.7, 0.8, 0.05)  # fmt: skip
