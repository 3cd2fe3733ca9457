"""Back hair: what hangs behind the head, and what falls over the shoulders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QColor, QPainterPath

from .attributes import CharacterAttributes
from .canvas import Canvas, Point, Tones, curve, faded, gradient, mix, swath
from .hair_front import hair_fill, paint_tail

_DRILL: tuple[Point, ...] = ((23, -1), (28.4, 6), (30.4, 15), (30.2, 25), (29.4, 35), (29, 47))

# Tails and braids hang beside the head and are as light as the fringe.
_TIED = ("twin_tails", "low_tails", "ponytail", "side_tail", "braids", "buns", "drills")


def _locks(outline: Sequence[Point], ends: Sequence[tuple[Point, Point]]) -> list[list[Point]]:
    """The right half of a silhouette as runs: the outline, then bowed locks to their tips.

    `ends` are pairs of the notch above and the tip of each lock further in.
    """
    runs = [list(outline)]
    for notch, tip in ends:
        fx, fy = runs[-1][-1]
        under = ((fx + notch[0]) / 2 - 0.2, (fy + notch[1]) / 2 + 0.5)
        runs.append([(fx, fy), under, notch])
        belly = ((notch[0] + tip[0]) / 2 + 0.9, (notch[1] + tip[1]) / 2 + 0.4)
        runs.append([notch, belly, tip])
    return runs


def _mass(canvas: Canvas, style: str) -> QPainterPath:
    """The silhouette behind the head, drawn in the shaded tone."""
    right: list[Point]
    ends: list[tuple[Point, Point]]
    if style == "long":
        right = [(0, -32), (16, -28), (25.4, -15), (28.2, 6), (29.6, 26), (31.5, 52), (32.5, 78)]
        ends = [((22, 76), (16, 78))]
    elif style == "wavy":
        right = [(0, -32), (16, -28), (25.6, -15), (29.6, 0), (28.6, 10), (33, 21), (31.4, 31),
                 (35.4, 41), (33, 51), (36.4, 61), (34, 78)]  # fmt: skip
        ends = [((22, 76), (16, 78))]
    elif style == "bob":
        right = [(0, -32), (16, -28), (25.6, -15), (29.6, 2), (30, 13), (26.4, 24.5)]
        ends = [((20.6, 21.5), (19, 26)), ((13, 22), (0, 24))]
    elif style == "short":
        right = [(0, -32), (16, -28), (25.8, -14), (27.6, 0), (25.2, 15)]
        ends = [((21.4, 11), (17.5, 18.5)), ((12, 14), (0, 16))]
    elif style == "fluffy":
        right = [(0, -32), (16, -28), (27, -16), (31.4, -4), (30.2, 4), (34.6, 12), (32.2, 20),
                 (34.6, 27), (29.6, 34.5)]  # fmt: skip
        ends = [((23.6, 31.5), (19.8, 35.6)), ((12, 31), (0, 30))]
    elif style == "layered":
        right = [(0, -32), (16, -28), (25.8, -15), (28.6, -3), (31.4, 5), (36, 10.5)]
        ends = [((29.4, 11), (36.4, 23.5)), ((28.4, 22), (33.4, 34)), ((24.4, 29.5), (23.5, 38.5)),
                ((17.4, 32), (12.6, 38.5)), ((6.4, 34), (0, 36.5))]  # fmt: skip
    elif style == "spiky":
        right = [(0, -32), (16, -28), (25.8, -16), (28, -10), (32.4, -6)]
        ends = [((27.6, -3), (32.2, 7)), ((25.8, 5.6), (28.4, 16)), ((21.6, 11.4), (18.6, 19.4)),
                ((13, 14), (8, 18.4)), ((4, 15), (0, 16.5))]  # fmt: skip
    else:
        right = [(0, -32), (16, -28), (25, -14), (25.4, -4), (20, 9)]
        ends = [((12, 10), (0, 11))]
    place = canvas.pose.hanging
    half = _locks(right, ends)
    left = [[(-x, y) for x, y in reversed(run)] for run in reversed(half)]
    placed = [[place(x, y) for x, y in run] for run in [*half, *left]]
    return curve(placed[0], *[run[1:] for run in placed[1:]])


def paint_back_hair(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    """All hair that lies behind neck and shoulders."""
    _PARTS_BEHIND.get(attributes.back_hair, _nothing)(canvas, attributes, hair)
    style = attributes.back_hair
    shape = _mass(canvas, style)
    bottom = 62.0 if style in ("long", "wavy") else 30.0
    inner = QColor(attributes.inner_hair_colour) if attributes.inner_hair_colour else None
    deep = mix(hair.shadow, hair.line, 0.22)
    tip = QColor(attributes.hair_tip_colour) if attributes.hair_tip_colour else None
    if tip:
        end = mix(tip, hair.shadow, 0.25)
        canvas.fill(shape, gradient((0, -20), (0, bottom), (0.55, hair.shadow), (1, end)))
    else:
        canvas.fill(shape, hair.shadow)
    with canvas.clipped(shape):
        x, _ = canvas.pose.back(0, 0)
        core = mix(inner, hair.shadow, 0.3) if inner else deep
        glow = gradient((x - 27, 0), (x + 27, 0), (0, faded(core, 0.0)), (0.2, core), (0.8, core),
                        (1, faded(core, 0.0)))  # fmt: skip
        whole = QPainterPath()
        whole.addRect(x - 27, -4, 54, 90)
        canvas.fill(whole, glow)
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
        strands = [
            [
                place(side * (x + 0.06 * (y - 4) + sway * (-1) ** step), y)
                for step, y in enumerate((-6.0, 4.0, length * 0.45, length * 0.72, length))
            ]
            for side in (-1, 1)
        ]
        canvas.strokes(strands, faded(tone, 0.55), width)


def _nothing(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    """Loose hair has no parts of its own."""


def _side(attributes: CharacterAttributes) -> int:
    return -1 if attributes.mirrored else 1


def _tail(
    canvas: Canvas, attributes: CharacterAttributes, hair: Tones, points: Sequence[Point],
    widths: Sequence[float], side: int,
) -> None:  # fmt: skip
    spine = [canvas.pose.hanging(side * x, y, points[1][1]) for x, y in points]
    fill = hair_fill(attributes, hair, points[0][1] - 4, max(y for _, y in points))
    paint_tail(canvas, fill, hair, spine, widths, (-0.45, 0.0, 0.5))


def _tie(canvas: Canvas, attributes: CharacterAttributes, x: float, y: float, angle: float) -> None:
    tones = Tones.of(attributes.accessory_colour)
    px, py = canvas.pose.back(x, y)
    with canvas.moved(px, py, angle):
        path = QPainterPath()
        path.addRoundedRect(-1.5, -3.2, 3.0, 6.4, 1.3, 1.3)
        canvas.fill(path, tones.base, tones.line, 0.5)


def _twin_tails(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    for side in (-1, 1):
        points = [(23.5, -23), (31, -24), (36, -15), (38, 1), (37.6, 18), (36, 32), (37.5, 42)]
        _tail(canvas, attributes, hair, points, [2.2, 4.4, 6.0, 6.8, 6.0, 4.0, 0.05], side)
        _tie(canvas, attributes, side * 26, -22.4, side * -8)


def _low_tails(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    for side in (-1, 1):
        points = [(22, 8), (28.5, 13), (33, 22), (34, 34), (32, 46), (31, 60)]
        _tail(canvas, attributes, hair, points, [2.4, 4.2, 5.6, 5.8, 4.4, 0.05], side)
        _tie(canvas, attributes, side * 25.6, 10.6, side * 36)


def _ponytail(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    points = [(9, -31), (19, -36.5), (29, -32), (35, -18), (36.4, 1), (35, 20), (36.5, 34)]
    _tail(canvas, attributes, hair, points, [3, 5.4, 6.6, 7.0, 6.4, 4.6, 0.05], _side(attributes))
    _tie(canvas, attributes, _side(attributes) * 13.6, -36, _side(attributes) * -28)


def _side_tail(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    points = [(21, -18), (30, -20), (35, -10), (37, 6), (36, 24), (34.4, 38), (36.5, 48)]
    _tail(canvas, attributes, hair, points, [2.4, 4.8, 6.6, 7.6, 6.8, 4.6, 0.05], _side(attributes))
    _tie(canvas, attributes, _side(attributes) * 26, -18, _side(attributes) * -6)


def _buns(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
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
    _PARTS_IN_FRONT.get(attributes.back_hair, _nothing)(canvas, attributes, hair)


def _braids(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
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


def _drills(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    fill = hair_fill(attributes, hair, -2, 46)
    for side in (-1, 1):
        spine = [canvas.pose.hanging(side * x, y) for x, y in _DRILL]
        widths = [2.0, 5.6, 6.8, 6.0, 4.2, 0.05]
        shape = swath(spine, widths)
        canvas.fill(shape, fill)
        with canvas.clipped(shape):
            shade = [
                canvas.pose.hanging(side * x, y)
                for x, y in ((36, -4), (33.6, 10), (32, 26), (31, 46))
            ]
            canvas.fill(
                curve(shade, [canvas.pose.hanging(side * 40, 46)]), faded(hair.shadow, 0.75)
            )
            for index in range(6):
                x, y = canvas.pose.hanging(side * 29.6, 3.5 + 7.4 * index)
                winding = [
                    (x - 8.5, y - 1.6),
                    (x - 3, y + 2.2),
                    (x + 3, y + 1.0),
                    (x + 8.5, y - 4.6),
                ]
                if side < 0:
                    winding = [(2 * x - px, py) for px, py in reversed(winding)]
                canvas.stroke([(px, py + 1.6) for px, py in winding], faded(hair.shadow, 0.85), 2.4)
                canvas.stroke(winding, hair.line, 0.85, 0.7, 0.5)
                gleam = [(px - 1.2, py + 3.9) for px, py in winding[:3]]
                canvas.stroke(gleam, faded(hair.light, 0.75), 1.3)
        canvas.line(shape, hair.line, 0.6)


_Part = Callable[[Canvas, CharacterAttributes, Tones], None]
_PARTS_BEHIND: dict[str, _Part] = {
    "twin_tails": _twin_tails, "low_tails": _low_tails, "ponytail": _ponytail,
    "side_tail": _side_tail, "buns": _buns,
}  # fmt: skip
_PARTS_IN_FRONT: dict[str, _Part] = {"braids": _braids, "drills": _drills}
