"""Crown, fringe, side locks: the hair that lies over the face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainterPath

from .attributes import CharacterAttributes
from .canvas import (
    Canvas,
    Point,
    Tones,
    beside,
    both,
    box,
    curve,
    faded,
    flipped,
    gradient,
    joined,
    mix,
    radial,
    swath,
)  # fmt: skip
from .hair_shine import paint_shine
from .lighting import rim_of
from .tufts import paint_tufts

# From the middle of the crown to the temple.
_CROWN: tuple[Point, ...] = (
    (0, -37), (9.5, -35.2), (18.6, -29.2), (24.2, -20.2), (26.6, -9.5), (26.4, 0.0)
)  # fmt: skip


@dataclass(frozen=True)
class _Fringe:
    """Tips and the notches between them from left to right; `blunt` tips are cut straight."""

    parting: Point
    tips: Sequence[Point]
    notches: Sequence[Point]
    blunt: bool = False


_FRINGES = {
    "choppy": _Fringe(
        (1, -33), ((-23.8, 9), (-17, -0.8), (-10.5, -4.6), (-3.4, -2.4), (4, -5.2), (10.8, -3.2),
                   (17.2, -0.4), (23.8, 9)),
        ((-20.6, -7), (-13.6, -11), (-6.6, -11.4), (0.6, -12.2), (7.6, -11.6), (14.2, -10.6),
         (20.6, -7)),
    ),
    "straight": _Fringe(
        (0, -34), ((-24, 8), (-17, -4.2), (-10.2, -5), (-3.4, -5.3), (3.4, -5.3), (10.2, -5),
                   (17, -4.2), (24, 8)),
        ((-20.6, -7.5), (-13.6, -8.2), (-6.8, -9.4), (0, -9), (6.8, -9.4), (13.6, -8.2),
         (20.6, -7.5)), True,
    ),
    "swept": _Fringe(
        (-9, -32.5), ((-24, 9), (-18.4, 0.5), (-12.6, -6), (0.4, -6.8), (9.2, -4.6), (17.4, -0.6),
                      (24.4, 9)),
        ((-20.9, -7.4), (-15.8, -11), (-8.6, -19.5), (3.4, -12.2), (11.8, -10.4), (20.3, -7)),
    ),
    "parted": _Fringe(
        (0, -34), ((-24.4, 10), (-19.6, 2.2), (-13.6, -7), (13.6, -7), (19.6, 2.2), (24.4, 10)),
        ((-21.7, -6), (-16.8, -9.6), (0, -24.5), (16.8, -9.6), (21.7, -6)),
    ),
    "between_eyes": _Fringe(
        (0.5, -33.5), ((-24, 9), (-17.4, -0.4), (-9.2, -5.6), (0.9, 4.6), (9.8, -5.2), (17.4, -0.4),
                       (24, 9)),
        ((-20.7, -7), (-13.4, -11), (-3.9, -13.4), (4.6, -13), (13.6, -11), (20.7, -7)),
    ),
    "wispy": _Fringe(
        (2, -33.5), ((-24, 9), (-19, -1), (-14.6, -6.2), (-9.4, -3.4), (-4.2, -8), (0.8, -4.2),
                     (5.6, -8.2), (10.8, -3.8), (15.4, -6.6), (19.2, -0.6), (24, 9)),
        ((-20.9, -8), (-16.6, -11.4), (-12, -12), (-6.8, -13.4), (-1.6, -13.2), (3.4, -13.6),
         (8.2, -13), (13, -12.4), (17.2, -11), (20.9, -8)),
    ),
    "curtain": _Fringe(
        (0.5, -33), ((-24.6, 11), (-20.4, 3.4), (-15.2, -3), (-6.6, -9.6), (6.8, -9.8), (15.2, -3),
                     (20.4, 3.4), (24.6, 11)),
        ((-22, -6), (-17.6, -8.2), (-11.6, -13), (0.3, -17.8), (11.8, -13), (17.6, -8.2), (22, -6)),
    ),
    "spiky": _Fringe(
        (-3, -34), ((-24.4, 8), (-18.6, -1.4), (-10.8, -1.2), (-2.2, 3.2), (6.4, -3.0),
                    (13.8, -5.4), (19.4, -0.6), (24.6, 8)),
        ((-21.4, -10), (-15.2, -15), (-7.4, -15.4), (1.4, -16.6), (9.2, -15.4), (16.4, -13.6),
         (21.6, -9)),
    ),
    "over_eye": _Fringe(
        (11, -32), ((-24.6, 12), (-19, 9.4), (-12.6, 6.2), (-5.2, 0.6), (2.6, -4.8), (17.6, -3.2),
                    (24.2, 9)),
        ((-21.8, -1), (-15.4, -1.2), (-8.4, -3.6), (-1.0, -8.4), (9.6, -19.5), (20.6, -8)),
    ),
}  # fmt: skip

# Where the lock in front of an ear ends, and its half widths from the temple down.
_SIDE_LOCKS: dict[str, tuple[float, tuple[float, ...]]] = {
    "short": (12.0, (0.6, 2.9, 3.2, 2.4, 0.05)), "chin": (24.0, (0.6, 2.9, 3.2, 2.4, 0.05)),
    "long": (46.0, (0.6, 2.9, 3.3, 2.6, 0.05)), "blunt": (19.0, (0.6, 2.8, 3.5, 3.7, 3.8)),
}  # fmt: skip


def _flip(attributes: CharacterAttributes, points: Sequence[Point]) -> list[Point]:
    """The points of a style, swapped left for right if the character is mirrored."""
    return flipped(-1, *reversed(points)) if attributes.mirrored else list(points)


def hair_fill(
    attributes: CharacterAttributes, hair: Tones, top: float, bottom: float
) -> QLinearGradient:
    """Hair that lightens from the crown down, into the tip colour if there is one."""
    tip = attributes.hair_tip_colour
    middle, end = (0.45, QColor(tip)) if tip else (0.6, mix(hair.base, hair.light, 0.3))
    return gradient((0, top), (0, bottom), (0, mix(hair.base, hair.shadow, 0.25)),
                    (middle, hair.base), (1, end))  # fmt: skip


def _fringe_of(attributes: CharacterAttributes) -> _Fringe:
    style = _FRINGES[attributes.fringe]
    (parting,) = _flip(attributes, [style.parting])
    longer = 1.9 * attributes.fringe_length
    # The outermost locks belong to the temples and stay.
    tips = [(x, y + longer * (abs(x) < 22.0)) for x, y in _flip(attributes, style.tips)]
    notches = [(x, y + 0.5 * longer) for x, y in _flip(attributes, style.notches)]
    return _Fringe(parting, tips, notches, style.blunt)


def _lock_edges(path: QPainterPath, fringe: _Fringe, canvas: Canvas, end: Point) -> None:
    """The lower edge from right to left: each lock swells, then narrows to its tip."""
    place = canvas.pose.hair
    tips, notches = fringe.tips, fringe.notches
    for index in range(len(tips) - 1, -1, -1):
        tx, ty = tips[index]
        blunt = fringe.blunt and 0 < index < len(tips) - 1
        if blunt:
            path.lineTo(*place(tx + 2.9, ty))
        elif index < len(notches):
            rx, ry = notches[index]
            path.quadTo(*place(rx * 0.86 + tx * 0.14, ry + (ty - ry) * 0.55), *place(tx, ty))
        lx, ly = notches[index - 1] if index > 0 else end
        if blunt:
            path.quadTo(*place(tx, ty + 0.7), *place(tx - 2.9, ty))
            path.lineTo(*place(lx, ly))
        else:
            path.quadTo(*place(lx * 0.78 + tx * 0.22, ly + (ty - ly) * 0.6), *place(lx, ly))


def front_path(canvas: Canvas, attributes: CharacterAttributes) -> QPainterPath:
    """Crown and fringe in one closed outline."""
    place = canvas.pose.hair
    fringe = _fringe_of(attributes)
    crown = [place(x, y) for x, y in both(_CROWN)][::-1]
    path = curve(crown, closed=False)
    tx, ty = fringe.tips[-1]
    path.quadTo(*place(26.6, (crown[-1][1] + ty) / 2), *place(tx, ty))
    # The rightmost lock has no notch on its right: the crown ended there.
    _lock_edges(path, fringe, canvas, (-26.4, 0.0))
    path.closeSubpath()
    return path


def _side_lock_spine(canvas: Canvas, attributes: CharacterAttributes, side: int) -> list[Point]:
    """The middle line of the lock in front of an ear."""
    end, _ = _SIDE_LOCKS[attributes.side_locks]
    points = []
    for step, x in enumerate((22.6, 24.2, 24.6, 23.4, 21.8 if end < 40 else 24.6)):
        y = -14.0 + (end + 14.0) * step / 4
        hx, hy = canvas.pose.hair(side * x, min(y, 10.0))
        points.append((hx + canvas.pose.fall(y - 6.0), hy + max(0.0, y - 10.0)))
    return points


def paint_side_locks(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    """Locks in front of the ears that frame the face."""
    end, widths = _SIDE_LOCKS[attributes.side_locks]
    for side in (-1, 1):
        spine = _side_lock_spine(canvas, attributes, side)
        paint_tail(canvas, hair_fill(attributes, hair, -14, end), hair, spine, widths)


def paint_tail(
    canvas: Canvas, fill: QLinearGradient, hair: Tones, spine: Sequence[Point],
    widths: Sequence[float], strands: Sequence[float] = (-0.35, 0.3),
) -> None:  # fmt: skip
    """A bundle of hair along a spine: fill, shaded side, strands, outline."""
    shape = swath(spine, widths)
    canvas.fill(shape, fill)
    strength = 0.45 + 0.5 * canvas.shade
    for edge, share in ((1.0, 0.5 - 0.5 * canvas.light), (-1.0, 0.5 + 0.5 * canvas.light)):
        if share < 0.02:
            continue
        rim, inner = beside(spine, widths, edge), beside(spine, widths, 0.35 * edge)
        canvas.fill(curve(rim, inner[::-1]), faded(hair.shadow, strength * share))
    lines = [beside(spine, widths, share) for share in strands]
    parts = [line[1:] if index % 2 else line[:-1] for index, line in enumerate(lines)]
    canvas.strokes(parts, faded(hair.line, 0.45), 0.5)
    gleam = beside(spine, widths, 0.5 * canvas.light)[1 : max(4, len(spine) // 2 + 1)]
    canvas.stroke(gleam, faded(hair.light, 0.8), 0.26 * max(widths))
    canvas.line(shape, hair.line, 0.52)


def paint_front_hair(
    canvas: Canvas, attributes: CharacterAttributes, hair: Tones, skin: Tones, shape: QPainterPath
) -> None:
    """Crown and fringe, in the outline from `front_path`, with shade and the light on it."""
    fringe = _fringe_of(attributes)
    canvas.fill(shape, hair_fill(attributes, hair, -37, 6))
    with canvas.clipped(shape):
        _paint_volume(canvas, hair, skin)
        canvas.away(shape, 3.0, 1.1, faded(hair.shadow, 0.8))
        _paint_locks(canvas, fringe, hair)
        _paint_crown(canvas, fringe, hair)
        paint_shine(canvas, attributes.hair_shine, fringe.parting, hair)
        rim = rim_of(attributes)
        if rim is not None:
            canvas.away(shape, -1.6, -0.8, rim)
    px, py = fringe.parting
    partings = []
    for x, y in fringe.notches:
        far = (px + (x - px) * 0.74, py + (y - py) * 0.42)
        bow = (px + (x - px) * 0.97, y + (far[1] - y) * 0.5)
        partings.append(canvas.hair((x, y), bow, far))
    canvas.strokes(partings, faded(hair.line, 0.75), 0.62, 0.9, 0.0)
    canvas.line(shape, hair.line, 0.58)
    paint_tufts(canvas, attributes, hair)


def _paint_volume(canvas: Canvas, hair: Tones, skin: Tones) -> None:
    """Darker towards the far side, and the face shines a little through the tips."""
    x, _ = canvas.pose.hair(0, -10)
    depth = 0.4 + 0.5 * canvas.shade
    left, right = depth * (0.6 + 0.4 * canvas.light), depth * (0.6 - 0.4 * canvas.light)
    for edge, strength in ((-29.0, left), (29.0, right)):
        rect = QRectF(x + 1.5 * edge, -46, -1.08 * edge, 70).normalized()
        whole = box(rect.x(), rect.y(), rect.width(), rect.height())
        canvas.fill(whole, gradient((x + edge, 0), (x + 0.42 * edge, 0),
                    (0, faded(hair.shadow, strength)), (1, faded(hair.shadow, 0.0))))  # fmt: skip
    # Light hair lets more of it through.
    clear = 0.22 + 0.3 * hair.base.lightnessF()
    centre = canvas.pose.face(0, 8)
    glow = radial(centre, 24, (0.0, faded(skin.base, clear)),
                  (0.45, faded(skin.base, 0.75 * clear)), (1.0, faded(skin.base, 0.0)))  # fmt: skip
    canvas.ellipse(centre, 24, 24, glow)


def _paint_locks(canvas: Canvas, fringe: _Fringe, hair: Tones) -> None:
    """On each lock a sliver of shade beside the notch, on the side away from the light."""
    px, py = fringe.parting
    width = 1.3 * canvas.light
    slivers = []
    for nx, ny in fringe.notches:
        up = (px + (nx - px) * 0.78, py + (ny - py) * 0.5)
        middle = (nx + (up[0] - nx) * 0.45, ny + (up[1] - ny) * 0.45)
        slivers.append(curve(
            canvas.hair((nx, ny + 0.2), (middle[0] - width, middle[1]), up),
            canvas.hair((middle[0] + 0.2, middle[1]), (nx, ny + 0.2)),
        ))  # fmt: skip
    canvas.fill(joined(*slivers), faded(hair.shadow, 0.5 + 0.4 * canvas.shade))
    strands = []
    for (tx, ty), (nx, _) in zip(fringe.tips[1:], fringe.notches, strict=False):
        x, y = (tx * 0.75 + nx * 0.25), ty - 3.2
        up = (px + (x - px) * 0.86, py + (y - py) * 0.72)
        strands.append(canvas.hair((x, y), ((x + up[0]) / 2 + 0.3, (y + up[1]) / 2), up))
    canvas.strokes(strands, faded(hair.light, 0.55), 0.6)


def _paint_crown(canvas: Canvas, fringe: _Fringe, hair: Tones) -> None:
    """Fine strands that run down from the crown: without them it looks like a helmet."""
    px, py = fringe.parting
    for tone, ends in (
        (hair.shadow, ((-23, -14), (22.6, -16))),
        (hair.light, ((-13, -26), (13, -26))),
        (hair.line, ((-19, -25), (18, -26), (-24.6, -6), (24.6, -6))),
    ):
        strands = [
            canvas.hair((px + (x - px) * 0.3, py + 0.6),
                        (px + (x - px) * 0.66, py + (y - py) * 0.32), (x, y))
            for x, y in ends
        ]  # fmt: skip
        canvas.strokes(strands, faded(tone, 0.5), 0.7)
