"""Neck, shoulders and what the character wears. The origin is that of the untilted head."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QColor, QPainterPath

from .attributes import CharacterAttributes
from .canvas import Canvas, Point, Tones, both, box, curve, faded, flipped, gradient, mix

# Far enough below the picture for the smallest and highest framing.
_BOTTOM = 76.0
_WHITE = QColor("#fffdfb")


def paint_neck(canvas: Canvas, skin: Tones) -> None:
    """Neck and collar bones with the chin's shadow."""
    shape = curve(both([(0, 58), (12, 48), (17, 37.5), (8.4, 34.6), (6.0, 31.5), (5.8, 18)]))
    canvas.fill(shape, skin.base, skin.line, 0.55)
    with canvas.clipped(shape):
        shift = 2.4 * canvas.pose.yaw
        shade = curve(both([(0, 31.8), (3.6, 31.0), (7.5, 27.0), (7.5, 14)]))
        canvas.fill(shade.translated(shift - 0.8 * canvas.light, 0), faded(skin.shadow, 0.95))
        for side in (-1, 1):
            bone = flipped(side, (1.6, 38.6), (4.6, 37.4), (8.6, 37.2))
            canvas.stroke(bone, faded(skin.line, 0.5), 0.5)


def _shoulders(slope: float = 0.0, depth: float = 2.0) -> QPainterPath:
    """The bust's outline, cut off by the picture's lower edge; the neckline is `depth` deep."""
    right = [(6.8, 32.0), (13, 35 + slope), (23, 37.2 + slope), (29.6, 41.4 + slope),
             (32.4, 50), (34, 62), (35, _BOTTOM)]  # fmt: skip
    left = flipped(-1, *reversed(right))
    return curve(right, left[:1], left[1:], [(0, 32.0 + depth)], [right[0]])


def _sided(side: int, *runs: Sequence[Point]) -> QPainterPath:
    """A closed shape on the right, or with side -1 on the left."""
    return curve(*(flipped(side, *run) for run in runs))


def _mirrored(canvas: Canvas, runs: Sequence[Sequence[Point]], fill: QColor, line: QColor) -> None:
    for side in (-1, 1):
        canvas.fill(_sided(side, *runs), fill, line)


def _body(canvas: Canvas, tones: Tones, shape: QPainterPath) -> None:
    """The garment in its outline: shade away from the light, sleeves beside the chest."""
    fill = gradient((0, 34), (0, 74), (0, mix(tones.base, tones.light, 0.3)), (0.4, tones.base),
                    (1, mix(tones.base, tones.shadow, 0.5)))  # fmt: skip
    canvas.fill(shape, fill)
    with canvas.clipped(shape):
        canvas.away(shape, 5.0, 1.6, faded(tones.shadow, 0.8))
        # What the head and the hair throw on the chest.
        canvas.ellipse((-3.0 * canvas.light, 33.5), 17.0, 7.5, faded(tones.shadow, 0.55))
        for side in (-1, 1):
            # The sleeve lies in the shade of the chest, more on the side away from the light.
            strength = 0.35 + 0.3 * canvas.shade - 0.15 * side * canvas.light
            sleeve = _sided(side, [(22.4, 43.5), (21.6, 52), (20.6, 62), (20.2, _BOTTOM)],
                            [(24.4, _BOTTOM), (24.0, 58), (22.4, 43.5)])  # fmt: skip
            canvas.fill(sleeve, faded(tones.shadow, strength))
            for run in (((22.4, 43.0), (21.6, 52), (20.6, 62), (20.2, _BOTTOM)),
                        ((27.6, 47.5), (25.4, 50.4), (22.6, 51.6)),
                        ((13.5, 55), (16.5, 53.6), (20.4, 50.2))):  # fmt: skip
                canvas.stroke(flipped(side, *run), faded(tones.line, 0.75), 0.6, 0.7, 0.1)
    canvas.line(shape, tones.line, 0.58)


def _bow(canvas: Canvas, tones: Tones, x: float, y: float, size: float) -> None:
    with canvas.moved(x, y, scale=size):
        for side in (-1, 1):
            tail = _sided(side, [(0.3, 0.6), (2.4, 5), (3.6, 9)], [(2.0, 8.3)], [(0.6, 9.2)],
                          [(0.2, 5), (0, 0.6)])  # fmt: skip
            canvas.fill(tail, tones.shadow, tones.line, 0.5)
            loop = _sided(side, [(0, 0), (3.2, -3.2), (6.6, -3.0), (6.8, 0.4), (5.8, 3.2),
                                 (3.0, 2.4), (0, 0)])  # fmt: skip
            canvas.fill(loop, tones.base, tones.line, 0.5)
            fold = flipped(side, (1.2, 0.1), (3.2, -0.9), (5.2, -0.9))
            canvas.stroke(fold, tones.shadow, 1)
        canvas.fill(box(-1.5, -1.6, 3.0, 3.2, 1.2), tones.light, tones.line, 0.5)


def _sailor(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    white = Tones.of("#fbf7f8")
    _body(canvas, white, _shoulders(depth=10.0))
    for side in (-1, 1):
        collar = _sided(side, [(6.6, 31.2), (14, 34.2), (22.5, 37)],
                        [(19, 43), (11, 47.4), (0, 50.5)], [(0.0, 45)],
                        [(3.2, 40), (6.6, 31.2)])  # fmt: skip
        canvas.fill(collar, cloth.base, cloth.line, 0.55)
        edge = flipped(side, (19.6, 37.8), (16.6, 42.2), (9.6, 46), (1.5, 48.4))
        canvas.line(curve(edge, closed=False), _WHITE, 0.7)
        canvas.stroke(flipped(side, (6.6, 31.2), (3.4, 40), (0, 45.5)), cloth.line, 0.9)
    _bow(canvas, trim, 0, 45.8, 0.95)


def _shirt(canvas: Canvas) -> None:
    """A white collar and the front of a shirt between two lapels."""
    front = curve([(-7, 34), (7, 34)], [(6, _BOTTOM)], [(-6, _BOTTOM)])
    canvas.fill(front, _WHITE, QColor("#a99cb0"), 0.5)
    for side in (-1, 1):
        flap = _sided(side, [(5.9, 30.6), (8.8, 33.6)], [(6.4, 40.2)], [(0, 37.4)])
        canvas.fill(flap, _WHITE, QColor("#8d8096"), 0.5)


def _blazer(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    _body(canvas, cloth, _shoulders())
    _shirt(canvas)
    tie = curve([(-1.6, 37.6), (1.6, 37.6)], [(1.2, 40.4), (2.9, 55)], [(0, 58.4)],
                [(-2.9, 55)], [(-1.2, 40.4)])  # fmt: skip
    canvas.fill(tie, trim.base, trim.line, 0.5)
    canvas.stroke([(-1.3, 40.3), (0, 40.9), (1.3, 40.3)], trim.line, 0.6)
    # The front below the lapels closes over the shirt.
    for side in (-1, 1):
        edge = [(6.6, 44), (3.2, 56), (0, 63)]
        half = _sided(side, edge, [(-1.4, _BOTTOM)], [(20, _BOTTOM)], [(14, 46), (6.6, 44)])
        canvas.fill(half, mix(cloth.base, cloth.shadow, 0.15))
        canvas.stroke(flipped(side, *edge), cloth.line, 0.6, 0.8, 0.8)
    canvas.stroke([(0, 63), (-0.8, 69), (-1.4, _BOTTOM)], cloth.line, 0.6, 0.8, 0.8)
    lapel: list[list[Point]] = [
        [(8.4, 33.2), (13.5, 36.5)], [(14.2, 43)], [(11.6, 43.6)], [(12.4, 46.4), (8, 54), (1, 62)],
        [(4.6, 50), (5.2, 43), (8.4, 33.2)],
    ]  # fmt: skip
    _mirrored(canvas, lapel, mix(cloth.base, cloth.light, 0.3), cloth.line)
    for y in (66.0, 72.0):
        canvas.ellipse((2.4, y), 1.1, 1.1, QColor("#f2d27a"), QColor("#8a6428"), 0.4)
    badge = curve([(12.6, 51), (17.6, 51)], [(17.2, 55), (15.1, 57), (13, 55), (12.6, 51)])
    canvas.fill(badge, trim.base, trim.line, 0.45)
    canvas.stroke([(14, 52.6), (15.1, 54.6), (16.3, 52.6)], trim.light, 0.7, 0.8, 0.8)


def _hoodie(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    _body(canvas, cloth, _shoulders(-0.6))
    _mirrored(canvas, [[(5.8, 29.6), (13, 31.6), (17.4, 36.6), (12, 42.5), (0, 46.5)],
                       [(0, 41.5), (4.4, 37.5), (5.8, 29.6)]], mix(cloth.base, cloth.light, 0.22),
              cloth.line)  # fmt: skip
    for side in (-1, 1):
        hem = flipped(side, (7.6, 32.6), (9.6, 37), (4.4, 42.6))
        canvas.stroke(hem, cloth.shadow, 1.3)
        cord = curve(flipped(side, (4.4, 43.4), (5.0, 47), (4.5, 51)), closed=False)
        canvas.line(cord, trim.line, 1.3)
        canvas.line(cord, trim.light, 0.7)
    pocket = curve([(-11, 61), (11, 61)], [(15.5, 70), (15.5, _BOTTOM)], [(-15.5, _BOTTOM)],
                   [(-15.5, 70), (-11, 61)])  # fmt: skip
    canvas.fill(pocket, mix(cloth.base, cloth.light, 0.12), cloth.line, 0.55)
    canvas.line(curve([(-10.6, 62.3), (10.6, 62.3)], closed=False), faded(trim.base, 0.9), 0.6)


def _kimono(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    _body(canvas, cloth, _shoulders(0.6, 25.0))
    pale = Tones.of(mix(trim.base, _WHITE, 0.55))
    for x, y, size in ((-23, 46, 1.3), (-15.5, 51, 1.0), (21, 44.5, 1.1), (26, 51, 1.3),
                       (14, 50.5, 0.9)):  # fmt: skip
        for dx, dy in ((0, -1), (0.95, -0.3), (0.6, 0.85), (-0.6, 0.85), (-0.95, -0.3)):
            canvas.ellipse((x + dx * size, y + dy * size), size * 0.72, size * 0.72, pale.base)
        canvas.ellipse((x, y), size * 0.5, size * 0.5, QColor("#f7d774"))
    for side, reach in ((1, 1.0), (-1, 4.5)):
        for inset, colour, line in ((0.0, _WHITE, QColor("#a08f9c")), (1.7, trim.base, trim.line)):
            run = [(5.6 + inset, 30.2), (7.2 + inset, 35), (inset - reach, 48),
                   (inset - (reach + 7.0), 62)]  # fmt: skip
            back = [(inset - 3.2, 62), (5.4 + inset, 46), (9.6 + inset, 36), (7.4 + inset, 30.0)]
            canvas.fill(_sided(side, run, back), colour, line, 0.5)
    sash = curve([(-21.4, 61), (0, 62.4), (21.4, 61)], [(21, _BOTTOM)], [(-21, _BOTTOM)])
    canvas.fill(sash, trim.base, trim.line, 0.55)
    canvas.stroke([(-20.8, 66.6), (0, 68), (20.8, 66.6)], pale.base, 1.6, 0.9, 0.9)
    with canvas.clipped(sash):
        canvas.away(sash, 6.0, 0.5, faded(trim.shadow, 0.7))


def _dress(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    half = [(0, 43), (9, 42), (14.5, 37.5), (18.5, 36), (26.5, 39), (30.6, 44), (32.8, 53),
            (34, 64), (35, _BOTTOM)]  # fmt: skip
    shape = curve(both(half))
    _body(canvas, cloth, shape)
    frill = curve(both([(0, 43), (9, 42), (14.5, 37.5), (18.5, 36)]), closed=False)
    canvas.line(frill, trim.line, 3.0)
    canvas.line(frill, mix(trim.base, _WHITE, 0.72), 2.1)
    ribbon = curve([(-5.9, 28.6), (0, 31.2), (5.9, 28.6)], [(6.1, 30.6), (0, 33.4), (-6.1, 30.6)])
    canvas.fill(ribbon, trim.base, trim.line, 0.45)
    _bow(canvas, trim, 0, 45, 0.7)
    waist = curve([(-20.6, 64), (0, 66), (20.6, 64)], [(20.4, 68.4), (0, 70.4), (-20.4, 68.4)])
    canvas.fill(waist, trim.base, trim.line, 0.5)
    for x in (-15.0, -8.5, 8.5, 15.0):
        canvas.stroke([(x, 64), (x * 0.94, 58.5), (x * 0.92, 54)], faded(cloth.line, 0.55), 0.55)


def _turtleneck(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    _body(canvas, cloth, _shoulders())
    collar = curve([(-7.2, 26.4), (0, 29.2), (7.2, 26.4)], [(8.0, 31), (8.8, 35.4)],
                   [(0, 38.2), (-8.8, 35.4)], [(-8.0, 31), (-7.2, 26.4)])  # fmt: skip
    canvas.fill(collar, mix(cloth.base, cloth.light, 0.25), cloth.line, 0.55)
    for x in (-5.4, -2.7, 0.0, 2.7, 5.4):
        top = 28.9 - 0.05 * x * x
        canvas.stroke([(x, top), (x * 1.1, 32), (x * 1.18, top + 7)], faded(cloth.line, 0.4), 0.5)
    chain = curve([(-8.2, 36.4), (-4, 42.4), (0, 44), (4, 42.4), (8.2, 36.4)], closed=False)
    canvas.line(chain, faded(cloth.line, 0.6), 0.9)
    canvas.line(chain, QColor("#f6e3a6"), 0.5)
    canvas.ellipse((0, 45.4), 1.5, 1.7, trim.base, trim.line, 0.45)
    canvas.ellipse((-0.5, 44.8), 0.4, 0.5, QColor("#ffffff"))


def _cardigan(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    _body(canvas, cloth, _shoulders(0.4))
    _shirt(canvas)
    _bow(canvas, trim, 0, 39.0, 0.72)
    for side in (-1, 1):
        half = _sided(side, [(6.2, 44), (3.6, 54), (0, 60)], [(-1.2, _BOTTOM)], [(20, _BOTTOM)],
                      [(12, 44), (6.2, 44)])  # fmt: skip
        canvas.fill(half, mix(cloth.base, cloth.shadow, 0.1))
    canvas.stroke([(0, 60), (-0.6, 68), (-1.2, _BOTTOM)], cloth.line, 0.6, 0.8, 0.8)
    edge: list[list[Point]] = [
        [(8.6, 33.0), (12, 36)], [(10.8, 44), (7, 54), (1.6, 62)], [(0, 60), (4.4, 50), (6.2, 44),
         (8.6, 33.0)],
    ]  # fmt: skip
    _mirrored(canvas, edge, mix(cloth.base, cloth.light, 0.35), cloth.line)
    for y in (64.5, 70.5):
        canvas.ellipse((1.8, y), 1.0, 1.0, trim.light, trim.line, 0.4)


def _gakuran(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    """A uniform jacket with a standing collar and golden buttons."""
    _body(canvas, cloth, _shoulders())
    collar = curve([(-7.0, 28.6), (-3, 31.6), (0, 34.6), (3, 31.6), (7.0, 28.6)],
                   [(8.2, 35.4), (3.6, 39), (0, 40.6), (-3.6, 39), (-8.2, 35.4)],
                   [(-7.0, 28.6)])  # fmt: skip
    canvas.fill(collar, mix(cloth.base, cloth.light, 0.18), cloth.line, 0.55)
    canvas.stroke([(-7.2, 28.2), (-3, 31.4), (0, 34.4), (3, 31.4), (7.2, 28.2)], _WHITE, 0.9,
                  0.7, 0.7)  # fmt: skip
    canvas.stroke([(0, 34.6), (0.2, 55), (0.2, _BOTTOM)], cloth.line, 0.7, 0.8, 0.8)
    for y in (45.0, 54.0, 63.0, 72.0):
        canvas.ellipse((1.9, y), 1.45, 1.45, QColor("#f4cf6a"), QColor("#8a6428"), 0.45)
        canvas.ellipse((1.5, y - 0.4), 0.45, 0.45, QColor("#fff4c8"))
    with canvas.moved(5.6, 34.2, -28):
        canvas.ellipse((0, 0), 1.3, 1.0, trim.base, trim.line, 0.4)


def _scarf(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    """A coat under a thick scarf with one end over the chest."""
    _body(canvas, cloth, _shoulders(-0.8))
    canvas.stroke([(2.4, 44), (2.8, 60), (2.8, _BOTTOM)], cloth.line, 0.6, 0.8, 0.8)
    for y in (55.0, 65.0):
        canvas.ellipse((6.2, y), 1.5, 1.5, cloth.light, cloth.line, 0.45)
    end = curve([(-10.6, 39), (-11.4, 48), (-12.4, 59)], [(-4.4, 60)], [(-3.2, 48), (-2.6, 39)])
    canvas.fill(end, trim.base, trim.line, 0.55)
    for y in (52.0, 55.4):
        canvas.stroke([(-11.6, y), (-8, y + 0.7), (-4, y + 0.9)], mix(trim.light, _WHITE, 0.5), 1.5,
                      0.9, 0.9)  # fmt: skip
    for step in range(5):
        x = -11.7 + 1.75 * step
        canvas.stroke([(x, 59), (x - 0.1, 61), (x - 0.2, 62.6)], trim.line, 0.7, 0.9, 0.5)
    for top, low, half in ((31.8, 43.0, 16.2), (27.2, 37.6, 13.8)):
        wrap = curve([(-half + 2, top - 0.6), (-6, top + 2.6), (0, top + 3.2), (6, top + 2.6),
                      (half - 2, top - 0.6), (half, top + 4), (half - 4, low - 2.4), (0, low + 0.8),
                      (4 - half, low - 2.4), (-half, top + 4), (2 - half, top - 0.6)])  # fmt: skip
        canvas.fill(wrap, trim.base, trim.line, 0.58)
        with canvas.clipped(wrap):
            canvas.away(wrap, 5.0, 1.8, faded(trim.shadow, 0.85))
        for side in (-1, 1):
            fold = flipped(side, (half - 3, top + 3.0), (6.5, top + 6), (0, top + 6.8))
            canvas.stroke(fold, faded(trim.line, 0.55), 0.6)


def _apron(canvas: Canvas, cloth: Tones, trim: Tones) -> None:
    """A dark dress with puffed sleeves under a white apron with frills."""
    _body(canvas, cloth, _shoulders(-0.8))
    white, shade = Tones.of("#fbf8fb"), QColor("#8d80a0")
    bib = curve([(-11, 47), (0, 48.4), (11, 47)], [(13.4, 62)], [(22, _BOTTOM)], [(-22, _BOTTOM)],
                [(-13.4, 62), (-11, 47)])  # fmt: skip
    canvas.fill(bib, white.base, shade, 0.5)
    with canvas.clipped(bib):
        canvas.away(bib, 3.0, 0.5, faded(white.shadow, 0.6))
    for side in (-1, 1):
        strap = _sided(side, [(8.4, 34.0), (9.6, 41), (9.4, 48)], [(13.2, 48), (18.0, 46.6)],
                       [(20.6, 43.0), (19.0, 39.4), (13.6, 35.0), (8.4, 34.0)])  # fmt: skip
        canvas.fill(strap, white.base, shade, 0.5)
        for x, y in ((12.4, 38.0), (13.6, 41.6), (13.4, 45.4)):
            fold = flipped(side, (x, y), (x + 2.2, y + 0.6), (x + 4.4, y + 0.6))
            canvas.stroke(fold, faded(shade, 0.7), 0.5)
    canvas.fill(curve([(-13.4, 61.6), (0, 63.4), (13.4, 61.6)], [(13.8, 65), (0, 66.8),
                (-13.8, 65)]), trim.base, trim.line, 0.5)  # fmt: skip
    for side in (-1, 1):
        flap = _sided(side, [(0.2, 34.6), (6.0, 29.8), (9.2, 33.4)], [(8.4, 39.0), (3.6, 40.4)],
                      [(0.2, 34.6)])  # fmt: skip
        canvas.fill(flap, white.base, shade, 0.5)
    _bow(canvas, trim, 0, 38.6, 0.85)


_CLOTHES: dict[str, Callable[[Canvas, Tones, Tones], None]] = {
    "sailor": _sailor, "blazer": _blazer, "hoodie": _hoodie, "kimono": _kimono, "dress": _dress,
    "turtleneck": _turtleneck, "cardigan": _cardigan, "gakuran": _gakuran, "scarf": _scarf,
    "apron": _apron,
}  # fmt: skip


def paint_clothes(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """The clothes over neck and shoulders."""
    cloth, trim = Tones.of(attributes.clothes_colour), Tones.of(attributes.trim_colour)
    _CLOTHES[attributes.clothes](canvas, cloth, trim)
