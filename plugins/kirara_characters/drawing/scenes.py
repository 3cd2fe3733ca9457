"""Scenes behind the character: skies, a window, petals, lights out of focus.

Every scene takes some of its hue from the background colour. Coordinates are those of the
picture, 0..100 both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QColor

from .canvas import Canvas, Point, box, curve, faded, gradient, joined, mix, oval, radial, star

WHOLE = box(-5, -5, 110, 110)
"""A little more than the picture: no row at its edge is half covered."""
PETAL = QColor("#ffb7cc")
FALLING_PETALS = (23, 86, 1.7, 50), (77, 90, 1.5, -40), (30, 22, 1.1, -70), (86, 66, 1.4, 15)
_WHITE = QColor("#ffffff")


def paint_glow(
    canvas: Canvas, x: float, y: float, radius: float, colour: QColor, alpha: float
) -> None:
    """Paint a round light that fades towards its edge."""
    light = radial((x, y), radius, (0.0, faded(colour, alpha)), (0.35, faded(colour, alpha * 0.5)),
                   (1.0, faded(colour, 0.0)))  # fmt: skip
    canvas.ellipse((x, y), radius, radius, light)


def _cloud(canvas: Canvas, x: float, y: float, size: float, top: QColor, foot: QColor) -> None:
    """A heap of round shapes on a flat foot, `size` half its width."""
    heaps = ((-0.62, -0.1, 0.34, 0.2), (-0.2, -0.28, 0.4, 0.34), (0.28, -0.2, 0.36, 0.28),
             (0.68, -0.08, 0.28, 0.17), (0.0, -0.02, 0.95, 0.16))  # fmt: skip
    cloud = joined(*(oval((x + dx * size, y + dy * size), rx * size, ry * size)
                     for dx, dy, rx, ry in heaps))  # fmt: skip
    canvas.fill(cloud, gradient((0, y - 0.6 * size), (0, y + 0.16 * size), (0.2, top), (1, foot)))


def _clouds(canvas: Canvas, colour: QColor) -> None:
    sky = mix(QColor("#4fa3ea"), colour, 0.22)
    low = mix(QColor("#d6f0ff"), colour, 0.2)
    canvas.fill(WHOLE, gradient((0, 0), (0, 92), (0, sky), (1, low)))
    foot = mix(sky, _WHITE, 0.62)
    for x, y, size in ((16, 30, 22), (88, 20, 20), (95, 66, 24), (4, 74, 22), (52, 9, 12)):
        _cloud(canvas, x, y, size, _WHITE, foot)


def _evening(canvas: Canvas, colour: QColor) -> None:
    canvas.fill(WHOLE, gradient((0, 0), (0, 100), (0, mix(QColor("#5a4aa0"), colour, 0.18)),
                (0.34, mix(QColor("#d0679a"), colour, 0.16)), (0.62, QColor("#ff9d70")),
                (0.86, QColor("#ffd58a"))))  # fmt: skip
    paint_glow(canvas, 80, 66, 46, QColor("#fff2b8"), 0.95)
    canvas.ellipse((80, 66), 7.5, 7.5, QColor("#fff8dc"))
    for x, y, half, high in ((18, 26, 26, 2.0), (82, 36, 24, 1.6), (10, 47, 22, 1.5),
                             (64, 14, 20, 1.5), (92, 53, 16, 1.0)):  # fmt: skip
        bank = curve([(x - half, y), (x - 0.3 * half, y - high), (x + 0.4 * half, y - 0.6 * high),
                      (x + half, y)], [(x + 0.2 * half, y + high), (x - half, y)])  # fmt: skip
        canvas.fill(bank, faded(QColor("#ffc9b0"), 0.55))
    hills = curve([(-6, 82), (14, 76), (34, 80), (58, 75), (82, 80), (106, 76)], [(106, 106)],
                  [(-6, 106)])  # fmt: skip
    canvas.fill(hills, mix(QColor("#7a4a78"), colour, 0.15))


def _night(canvas: Canvas, colour: QColor) -> None:
    canvas.fill(WHOLE, gradient((0, 0), (0, 100), (0, mix(QColor("#141a44"), colour, 0.08)),
                (0.55, mix(QColor("#2f3a86"), colour, 0.12)),
                (1, mix(QColor("#7a68b4"), colour, 0.2))))  # fmt: skip
    paint_glow(canvas, 84, 16, 24, QColor("#fff6d0"), 0.55)
    moon = curve([(84, 8.6), (77.4, 13), (77.6, 20), (84, 23.6), (91, 19.6)],
                 [(85, 18.6), (82.2, 14), (84, 8.6)])  # fmt: skip
    canvas.fill(moon, QColor("#fff7dc"))
    for x, y, size in ((10, 12, 1.9), (19, 22, 1.1), (38, 7, 1.4), (62, 6, 1.0), (6, 38, 1.3),
                       (94, 40, 1.7), (70, 22, 1.2), (16, 56, 1.0), (92, 62, 1.1), (20, 6, 0.9),
                       (5, 72, 1.4), (97, 78, 1.2), (50, 3, 1.1), (12, 28, 0.8)):  # fmt: skip
        canvas.fill(star(x, y, 1.6 * size, 4, 0.3), faded(QColor("#fff9e0"), 0.95))


def paint_petals(
    canvas: Canvas, places: Sequence[tuple[float, float, float, float]], colour: QColor
) -> None:
    """Paint cherry petals, each of a place, size and angle."""
    shape = curve([(0, 3.2), (-2.2, 0.6), (-1.9, -2.2), (-0.6, -3.2)], [(0, -2.5)],
                  [(0.6, -3.2), (1.9, -2.2), (2.2, 0.6), (0, 3.2)])  # fmt: skip
    for x, y, size, angle in places:
        with canvas.moved(x, y, angle, size):
            canvas.fill(shape, colour)


def _petals(canvas: Canvas, colour: QColor) -> None:
    sky = mix(QColor("#bfe3f7"), colour, 0.35)
    canvas.fill(WHOLE, gradient((0, 0), (0, 100), (0, sky), (1, mix(QColor("#fff0f4"), colour,
                0.15))))  # fmt: skip
    heaps = ((-2.0, 2.0, 17.0), (14, -4, 15), (2, 20, 11), (30, -6, 11), (98, -4, 18),
             (102, 14, 13), (82, -8, 12))  # fmt: skip
    crown = joined(*(oval((x, y), radius, radius) for x, y, radius in heaps))
    pink = mix(PETAL, colour, 0.12)
    canvas.fill(crown.translated(1.2, 2.4), faded(mix(pink, QColor("#d06a98"), 0.4), 0.55))
    canvas.fill(crown, pink)
    for x, y, radius in ((4, 4, 6), (17, 1, 5), (1, 18, 4), (94, 2, 7), (100, 14, 4.5)):
        canvas.ellipse((x, y), radius, radius, faded(_WHITE, 0.35))
    places = (
        (16, 30, 1.1, 40), (8, 52, 0.9, -30), (22, 70, 1.2, 80), (90, 36, 1.2, -60),
        (80, 22, 0.8, 20), (94, 60, 1.0, 110), (84, 80, 1.3, -20), (34, 14, 0.8, 130),
        (6, 88, 1.1, 10), (66, 10, 0.9, 70),
    )  # fmt: skip
    paint_petals(canvas, places, mix(pink, QColor("#ff8fb4"), 0.35))


def _bokeh(canvas: Canvas, colour: QColor) -> None:
    deep = mix(colour, QColor("#3a2f6e"), 0.28)
    canvas.fill(WHOLE, gradient((0, 0), (60, 100), (0, colour), (1, deep)))
    warm, cool = QColor("#ffe2a8"), mix(colour, _WHITE, 0.7)
    for index, (x, y, radius) in enumerate(
        ((12, 18, 9), (28, 6, 5), (88, 14, 11), (70, 5, 6), (94, 42, 7), (6, 46, 6), (16, 70, 10),
         (90, 72, 9), (3, 88, 7), (78, 30, 5), (98, 92, 8), (24, 36, 4.5))
    ):  # fmt: skip
        spot = warm if index % 3 == 0 else cool
        disc = oval((x, y), radius, radius)
        canvas.fill(disc, faded(spot, 0.3))
        canvas.line(disc, faded(spot, 0.45), 0.5)


def _window(canvas: Canvas, colour: QColor) -> None:
    """A wall with a window into the sky, and its curtains."""
    wall = mix(QColor("#ecd9c4"), colour, 0.4)
    canvas.fill(WHOLE, gradient((0, 0), (0, 100), (0, wall), (1, mix(wall, QColor("#8a6a78"),
                0.25))))  # fmt: skip
    pane = box(14, 8, 72, 62)
    canvas.fill(pane, gradient((0, 8), (0, 70), (0, QColor("#8fcdf2")), (1, QColor("#eaf8ee"))))
    with canvas.clipped(pane):
        _cloud(canvas, 30, 34, 14, _WHITE, QColor("#d8eefa"))
        _cloud(canvas, 78, 24, 12, _WHITE, QColor("#d8eefa"))
        trees = curve([(8, 62), (18, 54), (26, 58), (36, 55), (64, 57), (76, 52), (90, 60)],
                      [(90, 72)], [(8, 72)])  # fmt: skip
        canvas.fill(trees, QColor("#86c08c"))
    frame, shade = mix(QColor("#fffaf2"), colour, 0.12), mix(QColor("#b89a88"), colour, 0.3)
    for x, y, width, height in ((12, 6, 76, 3), (12, 69, 76, 3.6), (12, 6, 3, 66), (85, 6, 3, 66),
                                (48.8, 8, 2.4, 62), (14, 36, 72, 2)):  # fmt: skip
        canvas.fill(box(x, y, width, height), frame, shade, 0.4)
    cloth = mix(QColor("#f7e9ef"), colour, 0.5)
    for side in (-1, 1):
        edge: list[Point] = [(50 + side * x, y) for x, y in
                             ((33, -4), (31, 20), (34, 44), (40, 62), (37, 84))]  # fmt: skip
        curtain = curve(edge, [(50 + side * 56, 84)], [(50 + side * 56, -4)])
        canvas.fill(curtain, cloth, mix(cloth, shade, 0.5), 0.5)
        for x in (36.5, 41, 45.5):
            canvas.stroke([(50 + side * x, -4), (50 + side * (x - 0.5), 30),
                           (50 + side * (x + 2.5), 82)], faded(shade, 0.4), 1.0)  # fmt: skip


SCENES: Final[dict[str, Callable[[Canvas, QColor], None]]] = {
    "clouds": _clouds, "evening": _evening, "night": _night, "petals": _petals, "bokeh": _bokeh,
    "window": _window,
}  # fmt: skip
