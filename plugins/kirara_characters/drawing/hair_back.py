"""Back hair: what hangs behind the head, and what falls over the shoulders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPainterPath

from .attributes import CharacterAttributes
from .canvas import Canvas, Point, Tones, box, curve, faded, flipped, gradient, mix, swath
from .hair_front import hair_fill, paint_tail

_DRILL: tuple[Point, ...] = ((23, -1), (28.4, 6), (30.4, 15), (30.2, 25), (29.4, 35), (29, 47))
_DRILL_SHADE = (36, -4), (33.6, 10), (32, 26), (31, 46), (40, 46)

# Tails and braids hang beside the head and are as light as the fringe.
_TIED = ("twin_tails", "low_tails", "ponytail", "side_tail", "braids", "buns", "drills")


# Of each style the right half of the silhouette behind the head below the crown, and pairs of the
# notch above and the tip of each lock further in.
_MASSES: dict[str, tuple[tuple[Point, ...], tuple[tuple[Point, Point], ...]]] = {
    "long": (((25.4, -15), (28.2, 6), (29.6, 26), (31.5, 52), (32.5, 78)), (((22, 76), (16, 78)),)),
    "wavy": (
        ((25.6, -15), (29.6, 0), (28.6, 10), (33, 21), (31.4, 31), (35.4, 41), (33, 51), (36.4, 61),
         (34, 78)),
        (((22, 76), (16, 78)),),
    ),
    "bob": (
        ((25.6, -15), (29.6, 2), (30, 13), (26.4, 24.5)),
        (((20.6, 21.5), (19, 26)), ((13, 22), (0, 24))),
    ),
    "short": (
        ((25.8, -14), (27.6, 0), (25.2, 15)), (((21.4, 11), (17.5, 18.5)), ((12, 14), (0, 16))),
    ),
    "fluffy": (
        ((27, -16), (31.4, -4), (30.2, 4), (34.6, 12), (32.2, 20), (34.6, 27), (29.6, 34.5)),
        (((23.6, 31.5), (19.8, 35.6)), ((12, 31), (0, 30))),
    ),
    "layered": (
        ((25.8, -15), (28.6, -3), (31.4, 5), (36, 10.5)),
        (((29.4, 11), (36.4, 23.5)), ((28.4, 22), (33.4, 34)), ((24.4, 29.5), (23.5, 38.5)),
         ((17.4, 32), (12.6, 38.5)), ((6.4, 34), (0, 36.5))),
    ),
    "spiky": (
        ((25.8, -16), (28, -10), (32.4, -6)),
        (((27.6, -3), (32.2, 7)), ((25.8, 5.6), (28.4, 16)), ((21.6, 11.4), (18.6, 19.4)),
         ((13, 14), (8, 18.4)), ((4, 15), (0, 16.5))),
    ),
}  # fmt: skip
_TIED_MASS = ((25, -14), (25.4, -4), (20, 9)), (((12, 10), (0, 11)),)


def _mass(canvas: Canvas, style: str) -> QPainterPath:
    """The silhouette behind the head: the outline, then bowed locks to their tips."""
    outline, ends = _MASSES.get(style, _TIED_MASS)
    half: list[Sequence[Point]] = [[(0, -32), (16, -28), *outline]]
    for notch, tip in ends:
        fx, fy = half[-1][-1]
        under = ((fx + notch[0]) / 2 - 0.2, (fy + notch[1]) / 2 + 0.5)
        belly = ((notch[0] + tip[0]) / 2 + 0.9, (notch[1] + tip[1]) / 2 + 0.4)
        half += [[(fx, fy), under, notch], [notch, belly, tip]]
    left = [flipped(-1, *reversed(run)) for run in reversed(half)]
    placed = [[canvas.pose.hanging(x, y) for x, y in run] for run in [*half, *left]]
    return curve(placed[0], *[run[1:] for run in placed[1:]])


def paint_back_hair(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    """All hair that lies behind neck and shoulders."""
    style = attributes.back_hair
    if style in _TAILS:
        _paint_tails(canvas, attributes, hair)
    elif style == "buns":
        _paint_buns(canvas, attributes, hair)
    shape = _mass(canvas, style)
    bottom = 62.0 if style in ("long", "wavy") else 30.0
    if attributes.hair_tip_colour:
        end = mix(QColor(attributes.hair_tip_colour), hair.shadow, 0.25)
        canvas.fill(shape, gradient((0, -20), (0, bottom), (0.55, hair.shadow), (1, end)))
    else:
        canvas.fill(shape, hair.shadow)
    with canvas.clipped(shape):
        x, _ = canvas.pose.back(0, 0)
        inner = attributes.inner_hair_colour
        deep = mix(hair.shadow, hair.line, 0.22)
        core = mix(QColor(inner), hair.shadow, 0.3) if inner else deep
        glow = gradient((x - 27, 0), (x + 27, 0), (0, faded(core, 0.0)), (0.2, core), (0.8, core),
                        (1, faded(core, 0.0)))  # fmt: skip
        canvas.fill(box(x - 27, -4, 54, 90), glow)
        _paint_strands(canvas, style, hair)
    canvas.line(shape, hair.line, 0.6)


def _paint_strands(canvas: Canvas, style: str, hair: Tones) -> None:
    if style in _TIED:
        return
    place = canvas.pose.hanging
    length = {"long": 72, "wavy": 72, "layered": 32, "spiky": 8}.get(style, 26)
    sway = 1.5 if style in ("wavy", "fluffy") else 0.3
    for x, tone, width in ((27.4, hair.light, 0.9), (25.4, hair.line, 0.6), (22.6, hair.base, 1.1),
                           (19.5, hair.line, 0.6)):  # fmt: skip
        heights = (-6.0, 4.0, length * 0.45, length * 0.72, length)
        run = [(x + 0.06 * (y - 4) + sway * (-1) ** step, y) for step, y in enumerate(heights)]
        strands = [[place(side * px, py) for px, py in run] for side in (-1, 1)]
        canvas.strokes(strands, faded(tone, 0.55), width)


# Of each style whether it has a tail on both sides, the spine of a tail, its half widths, and where
# its tie is, with the angle.
_TAILS: dict[str, tuple[bool, tuple[Point, ...], tuple[float, ...], tuple[float, float, float]]] = {
    "twin_tails": (
        True, ((23.5, -23), (31, -24), (36, -15), (38, 1), (37.6, 18), (36, 32), (37.5, 42)),
        (2.2, 4.4, 6.0, 6.8, 6.0, 4.0, 0.05), (26, -22.4, -8),
    ),
    "low_tails": (
        True, ((22, 8), (28.5, 13), (33, 22), (34, 34), (32, 46), (31, 60)),
        (2.4, 4.2, 5.6, 5.8, 4.4, 0.05), (25.6, 10.6, 36),
    ),
    "ponytail": (
        False, ((9, -31), (19, -36.5), (29, -32), (35, -18), (36.4, 1), (35, 20), (36.5, 34)),
        (3, 5.4, 6.6, 7.0, 6.4, 4.6, 0.05), (13.6, -36, -28),
    ),
    "side_tail": (
        False, ((21, -18), (30, -20), (35, -10), (37, 6), (36, 24), (34.4, 38), (36.5, 48)),
        (2.4, 4.8, 6.6, 7.6, 6.8, 4.6, 0.05), (26, -18, -6),
    ),
}  # fmt: skip


def _paint_tails(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    paired, points, widths, (x, y, angle) = _TAILS[attributes.back_hair]
    tones = Tones.of(attributes.accessory_colour)
    for side in (-1, 1) if paired else (canvas.side,):
        spine = [canvas.pose.hanging(side * px, py, points[1][1]) for px, py in points]
        fill = hair_fill(attributes, hair, points[0][1] - 4, max(py for _, py in points))
        paint_tail(canvas, fill, hair, spine, widths, (-0.45, 0.0, 0.5))
        with canvas.moved(*canvas.pose.back(side * x, y), side * angle):
            canvas.fill(box(-1.5, -3.2, 3.0, 6.4, 1.3), tones.base, tones.line, 0.5)


def _paint_buns(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    for side in (-1, 1):
        x, y = canvas.pose.back(side * 21.5, -32.5)
        canvas.ellipse((x, y), 8.8, 8.4, hair_fill(attributes, hair, -44, -22), hair.line, 0.6)
        canvas.stroke([(x + 5.8, y + 2.6), (x + 1, y + 6), (x - 4.6, y + 3.6), (x - 5.2, y - 2)],
                      faded(hair.shadow, 0.9), 1.6)  # fmt: skip
        canvas.stroke([(x - 4, y + 2), (x - 1.2, y - 3.6), (x + 4, y - 3.4), (x + 4.6, y + 1.6),
                       (x + 0.6, y + 3)], faded(hair.line, 0.6), 0.6)  # fmt: skip
        canvas.stroke([(x - 5.4, y - 3.4), (x - 2.4, y - 6), (x + 1.8, y - 6.2)],
                      faded(hair.light, 0.9), 1.1)  # fmt: skip


def paint_tails_in_front(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    """Braids and drills that fall over the shoulders, in front of the clothes."""
    if attributes.back_hair == "braids":
        _paint_braids(canvas, attributes, hair)
    elif attributes.back_hair == "drills":
        _paint_drills(canvas, attributes, hair)


def _paint_braids(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    accessory = Tones.of(attributes.accessory_colour)
    fill = hair_fill(attributes, hair, 8, 46)
    for side in (-1, 1):
        spine = [
            canvas.pose.hanging(side * (22.8 + 4.4 * (k / 7) ** 0.7), 12 + 4.1 * k, 8)
            for k in range(8)
        ]
        for index, (x, y) in enumerate(spine):
            for half in (-1, 1) if index % 2 else (1, -1):
                lobe = curve([(x - half * 1.2, y + 4.4), (x + half * 3.9, y + 0.8),
                              (x + half * 3.4, y - 2.8), (x - half * 0.8, y - 1.6)],
                             [(x - half * 1.2, y + 4.4)])  # fmt: skip
                canvas.fill(lobe, fill, hair.line, 0.5)
                canvas.stroke([(x + half * 3.0, y - 1.4), (x + half * 2, y + 1), (x, y + 3)],
                              faded(hair.shadow, 0.9), 0.9)  # fmt: skip
        x, y = spine[-1]
        canvas.ellipse((x, y + 2), 2.4, 1.6, accessory.base, accessory.line, 0.5)


def _paint_drills(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    fill = hair_fill(attributes, hair, -2, 46)
    for side in (-1, 1):
        spine = [canvas.pose.hanging(side * x, y) for x, y in _DRILL]
        widths = [2.0, 5.6, 6.8, 6.0, 4.2, 0.05]
        shape = swath(spine, widths)
        canvas.fill(shape, fill)
        with canvas.clipped(shape):
            *shade, corner = (canvas.pose.hanging(side * x, y) for x, y in _DRILL_SHADE)
            canvas.fill(curve(shade, [corner]), faded(hair.shadow, 0.75))
            for index in range(6):
                x, y = canvas.pose.hanging(side * 29.6, 3.5 + 7.4 * index)
                steps = ((-8.5, -1.6), (-3, 2.2), (3, 1.0), (8.5, -4.6))
                winding = [(x + dx, y + dy) for dx, dy in steps]
                if side < 0:
                    winding = [(2 * x - px, py) for px, py in reversed(winding)]
                canvas.stroke([(px, py + 1.6) for px, py in winding], faded(hair.shadow, 0.85), 2.4)
                canvas.stroke(winding, hair.line, 0.85, 0.7, 0.5)
                gleam = [(px - 1.2, py + 3.9) for px, py in winding[:3]]
                canvas.stroke(gleam, faded(hair.light, 0.75), 1.3)
        canvas.line(shape, hair.line, 0.6)
