"""Ribbons, pins, flowers, ears, hats, headphones and glasses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor

from .attributes import CharacterAttributes
from .canvas import Canvas, Point, Tones, box, curve, faded, flipped, mix, oval

_WHITE = QColor("#ffffff")


def _ribbon_shape(canvas: Canvas, tones: Tones, size: float, tails: bool) -> None:
    """A bow around the origin, about 14 wide at size 1."""
    canvas.painter.scale(size, size)
    for side in (-1, 1):
        if tails:
            tail = curve(flipped(side, (0.4, 0.6), (3.2, 4), (4.6, 8.4)), [(side * 3.0, 7.6)],
                         [(side * 1.6, 9)], [(side * 1.0, 4.6), (0, 0.6)])  # fmt: skip
            canvas.fill(tail, tones.shadow, tones.line, 0.55)
        loop = curve(flipped(side, (0, 0), (3.0, -3.9), (6.8, -4.6), (7.6, -0.4), (6.8, 3.6),
                             (3.0, 3.0), (0, 0)))  # fmt: skip
        canvas.fill(loop, tones.base, tones.line, 0.55)
        fold = curve([(0, 0), (side * 2.8, -1.6), (side * 5.2, -1.6)], [(side * 3.0, 0.6), (0, 0)])
        canvas.fill(fold, tones.shadow)
        shine = flipped(side, (3.4, -3.2), (5.2, -3.6), (6.6, -2.4))
        canvas.stroke(shine, faded(tones.light, 0.9), 0.8)
    canvas.fill(box(-1.6, -1.9, 3.2, 3.8, 1.3), mix(tones.base, tones.light, 0.5), tones.line, 0.55)


def _ribbon(canvas: Canvas, tones: Tones) -> None:
    side = canvas.side
    with canvas.moved(*canvas.pose.hair(side * 20.5, -23.5), side * 38):
        _ribbon_shape(canvas, tones, 1.0, True)


def _bow(canvas: Canvas, tones: Tones) -> None:
    with canvas.moved(*canvas.pose.hair(0, -35.2)):
        _ribbon_shape(canvas, tones, 1.5, False)


def _hairpin(canvas: Canvas, tones: Tones) -> None:
    side = canvas.side
    for dy in (0.0, 3.0):
        with canvas.moved(*canvas.pose.hair(side * 17.4, -12.6 + dy), side * -24):
            canvas.fill(box(-4.0, -0.9, 8.0, 1.8, 0.9), tones.base, tones.line, 0.45)
            canvas.stroke([(-2.8, -0.3), (0, -0.35), (2.0, -0.3)], faded(tones.light, 0.9), 0.45)


def _headband(canvas: Canvas, tones: Tones) -> None:
    lower = canvas.hair((-26.4, -10), (-22.6, -20), (-12.5, -28.4), (0, -31), (12.5, -28.4),
                        (22.6, -20), (26.4, -10))  # fmt: skip
    upper = canvas.hair((27.2, -10.5), (24.4, -21.4), (14, -31.4), (0, -34.4), (-14, -31.4),
                        (-24.4, -21.4), (-27.2, -10.5))  # fmt: skip
    canvas.fill(curve(lower, upper), tones.base, tones.line, 0.55)
    shine = canvas.hair((-18, -25.8), (-10, -31), (0, -33.1))
    canvas.stroke(shine, faded(tones.light, 0.9), 0.9)


def _flower(canvas: Canvas, tones: Tones) -> None:
    side = canvas.side
    leaf = Tones.of("#6fae78")
    with canvas.moved(*canvas.pose.hair(side * 20.6, -19.6), side * 12):
        for angle in (35, 150):
            with canvas.moved(0, 0, angle):
                canvas.fill(curve([(3, 0), (6.4, -1.8), (9.2, 0)], [(6.4, 1.8), (3, 0)]),
                            leaf.base, leaf.line, 0.45)  # fmt: skip
        petal = mix(tones.base, _WHITE, 0.3)
        for turn in range(5):
            with canvas.moved(0, 0, turn * 72):
                shape = curve([(0, 0), (-2.6, -2.6), (-2.3, -5.8), (-0.6, -6.3)], [(0, -5.6)],
                              [(0.6, -6.3), (2.3, -5.8), (2.6, -2.6), (0, 0)])  # fmt: skip
                canvas.fill(shape, petal, tones.line, 0.5)
                canvas.stroke([(0, -1.4), (0.05, -2.8), (0, -4)], faded(tones.base, 0.9), 0.8)
        canvas.ellipse((0, 0), 1.6, 1.6, QColor("#f8d25c"), QColor("#a8742a"), 0.4)


def paint_ears_above(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    """Cat ears grow out of the hair, so they take its colour and come before the crown."""
    if attributes.accessory != "cat_ears":
        return
    for side in (-1, 1):
        outer = curve(canvas.hair((25.4, -18), (26.6, -30), (24.6, -43.4), side=side),
                      canvas.hair((15.6, -39.6), (7.6, -31), (10, -24), side=side))  # fmt: skip
        canvas.fill(outer, hair.base, hair.line, 0.6)
        inner = curve(canvas.hair((23.4, -20), (24.4, -30), (23.2, -39.4), side=side),
                      canvas.hair((17, -36.4), (11.6, -30), (13, -24), side=side))  # fmt: skip
        canvas.fill(inner, mix(QColor("#f5a9b4"), hair.base, 0.2))
        for x in (13.5, 16.5):
            tuft = canvas.hair((x, -27), (x + 2, -31), (x + 4.4, -34), side=side)
            canvas.stroke(tuft, faded(hair.light, 0.9), 0.9, 0.6, 0.0)


def _beret(canvas: Canvas, tones: Tones) -> None:
    side = canvas.side
    body = canvas.hair((-25.2, -21.5), (-27.4, -29.5), (-17.5, -40.8), (2, -44), (20, -39.8),
                       (29.8, -29), (26.6, -20), side=side)  # fmt: skip
    rim = canvas.hair((15, -26.2), (0, -28.2), (-14, -27), (-25.2, -21.5), side=side)
    path = curve(body, rim)
    canvas.fill(path, tones.base)
    with canvas.clipped(path):
        shade = canvas.hair((29.4, -40), (22, -31), (8, -28.4), (-10, -29.6), (-26, -26), side=side)
        low = canvas.hair((-26, -18), (30, -18), (29.4, -40), side=side)
        canvas.fill(curve(shade, low), tones.shadow)
        shine = canvas.hair((-19, -34), (-14, -39), (-4, -41.6), side=side)
        canvas.stroke(shine, faded(tones.light, 0.8), 2.0)
    canvas.line(path, tones.line, 0.6)
    stalk = canvas.hair((2, -43.6), (2.5, -45.4), (4.2, -46.2), side=side)
    canvas.stroke(stalk, tones.line, 1.4, 0.8, 0.5)


def _headphones(canvas: Canvas, tones: Tones) -> None:
    dark = Tones.of(mix(tones.base, QColor("#35303e"), 0.8))
    band = curve(canvas.hair((-28.4, -2), (-26.6, -18), (-16, -33.6), (0, -39), (16, -33.6),
                             (26.6, -18), (28.4, -2)), closed=False)  # fmt: skip
    canvas.line(band, dark.line, 3.4)
    canvas.line(band, dark.base, 2.4)
    canvas.line(band, faded(dark.light, 0.7), 0.6)
    for side in (-1, 1):
        x, y = canvas.pose.hair(side * 27.6, 1.5)
        canvas.fill(box(x - 3.6, y - 7.2, 7.2, 14.4, 3.4), tones.base, tones.line, 0.6)
        cap = box(x + side * 1.2 - 2.0, y - 4.6, 4.0, 9.2, 2)
        canvas.fill(cap, tones.light, tones.line, 0.45)


def paint_glasses(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """Frames over the eyes, narrower on the side that turns away."""
    if attributes.glasses == "none":
        return
    place = canvas.pose.face
    frame = Tones.of(mix(QColor(attributes.accessory_colour), QColor("#3a2c3c"), 0.55)).line
    for side in (-1, 1):
        x, y = place(side * 11.2, 2.4)
        near, far = place(side * 4.0, 2.4)[0], place(side * 18.0, 2.4)[0]
        half = abs(far - near) / 2
        if attributes.glasses == "round":
            lens = oval((x, y), half, 7.0)
        else:
            lens = box(x - half, y - 5.2, 2 * half, 11.0, 2.6)
        canvas.fill(lens, QColor(255, 255, 255, 12), frame, 0.75)
        with canvas.clipped(lens):
            shine = [(x - half * 0.7, y + 4.5), (x - half * 0.2, y), (x + half * 0.15, y - 6)]
            canvas.stroke(shine, QColor(255, 255, 255, 85), 1.4)
        temple = canvas.pose.outline(side * 21.6, 0.5)
        bow = [(far, y - 1), ((far + temple[0]) / 2, y - 1.4), temple]
        canvas.stroke(bow, frame, 0.8, 0.9, 0.7)
    bridge = [place(-4.0, 1.6), place(0, 0.9), place(4.0, 1.6)]
    canvas.stroke(bridge, frame, 0.8, 0.9, 0.9)


def _bunny_ears(canvas: Canvas, tones: Tones) -> None:
    """A band with two long ears; one of them is bent."""
    _headband(canvas, Tones.of("#fbf6f8"))
    fur = Tones.of("#fbf4f6")
    for side in (-1, 1):
        with canvas.moved(*canvas.pose.hair(side * 9.5, -31), side * 14):
            if side == canvas.side:
                ear = ([(-3.4, 2), (-4.8, -6), (-3.0, -13), (2.2, -15.6), (7.2, -12.8),
                        (10.6, -5.6)], [(6.4, -7.4), (3.2, -8), (3.6, 2)])  # fmt: skip
                outer = curve(*(flipped(side, *run) for run in ear))
            else:
                outer = curve([(-3.6, 2), (-5.0, -7), (-3.6, -15), (0, -18.4)],
                              [(3.6, -15), (5.0, -7), (3.6, 2)])  # fmt: skip
            canvas.fill(outer, fur.base, fur.line, 0.55)
            top = 0.72 if side == canvas.side else 1.0
            inner = curve([(-1.6, 0), (-2.4, -6 * top), (-1.4, -12 * top), (0, -13.6 * top)],
                          [(1.4, -12 * top), (2.4, -6 * top), (1.6, 0)])  # fmt: skip
            canvas.fill(inner, mix(tones.base, _WHITE, 0.45))


def _tiara(canvas: Canvas, tones: Tones) -> None:
    gold, line = QColor("#f6d873"), QColor("#9a6a24")
    place = canvas.pose.hair

    def over(x: float, height: float) -> Point:
        """A point above the arch on which the tiara sits."""
        return place(x * (1.0 + 0.012 * height), -29.6 + 0.03 * x * x - height)

    foot = [over(x, 0.0) for x in (-13.5, -7, 0, 7, 13.5)]
    peaks = ((13.8, 3.6), (9.8, 2.6), (7.4, 7.0), (4.0, 3.8), (0, 11.0), (-4.0, 3.8), (-7.4, 7.0),
             (-9.8, 2.6), (-13.8, 3.6))  # fmt: skip
    canvas.fill(curve(foot, *[[over(*peak)] for peak in peaks]), gold, line, 0.5)
    canvas.stroke([over(x, 1.2) for x in (-12.5, -7, 0, 7, 12.5)], QColor("#fff2bd"), 0.8, 0.6, 0.6)
    for x, height, size in ((0, 5.6, 1.6), (-7.3, 3.6, 1.0), (7.3, 3.6, 1.0)):
        px, py = over(x, height)
        canvas.ellipse((px, py), size, size * 1.15, tones.base, tones.line, 0.4)
        canvas.ellipse((px - 0.35 * size, py - 0.4 * size), 0.35 * size, 0.35 * size, _WHITE)


_ACCESSORIES: dict[str, Callable[[Canvas, Tones], None]] = {
    "ribbon": _ribbon, "bow": _bow, "hairpin": _hairpin, "headband": _headband, "flower": _flower,
    "beret": _beret, "headphones": _headphones, "bunny_ears": _bunny_ears, "tiara": _tiara,
}  # fmt: skip


def paint_accessory(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """What is worn on the hair; nothing for "none" and for cat ears, which come earlier."""
    if attributes.accessory in _ACCESSORIES:
        _ACCESSORIES[attributes.accessory](canvas, Tones.of(attributes.accessory_colour))
