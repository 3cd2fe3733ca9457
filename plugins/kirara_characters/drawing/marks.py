"""Marks of emotion beside the head: drops, hearts, notes, sparkles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QPainterPath

from .attributes import CharacterAttributes
from .canvas import Canvas, box, curve, faded, gradient, oval, star, symmetric

_WHITE = QColor("#ffffff")
_PINK, _PINK_LINE = QColor("#ff7fa3"), QColor("#b83a68")
_WATER, _WATER_LINE = QColor("#9fdcff"), QColor("#3f86c8")


def paint_mark(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """The mark of the character, if any, on the other side of what is worn on the hair."""
    if attributes.mark in _MARKS:
        _MARKS[attributes.mark](canvas, -attributes.side)


def _drop(size: float) -> QPainterPath:
    """A drop with its tip at the top, about 8 high at size 1."""
    return symmetric([(0.0, -5.0 * size), (1.5 * size, -1.2 * size), (2.6 * size, 1.4 * size),
                      (1.6 * size, 3.4 * size), (0, 4 * size)])  # fmt: skip


def _sweat(canvas: Canvas, side: int) -> None:
    with canvas.moved(*canvas.pose.hair(side * 24.2, -12.5), -side * 10):
        shape = _drop(1.15)
        canvas.fill(shape, gradient((0, -5), (0, 5), (0, _WHITE), (1, _WATER)), _WATER_LINE, 0.55)
        canvas.stroke([(-1.5, 0.8), (-1.2, 2.2), (-0.2, 3.0)], _WHITE, 0.8)


def _tear(canvas: Canvas, side: int) -> None:
    """A drop at the outer corner of one eye."""
    with canvas.moved(*canvas.pose.face(side * 16.0, 8.6), side * 14):
        shape = _drop(0.72)
        canvas.fill(shape, gradient((0, -4), (0, 3), (0, _WHITE), (1, _WATER)), _WATER_LINE, 0.42)
        canvas.ellipse((-0.6, 0.9), 0.45, 0.65, _WHITE)


def _anger(canvas: Canvas, side: int) -> None:
    red, line = QColor("#f0495a"), QColor("#8e1f38")
    with canvas.moved(*canvas.pose.hair(side * 18.5, -22.5), 12):
        for colour, width in ((line, 2.3), (red, 1.35)):
            for turn in range(4):
                with canvas.moved(0, 0, 90 * turn):
                    vein = curve([(1.1, 5.0), (1.5, 1.5), (5.0, 1.1)], closed=False)
                    canvas.line(vein, colour, width)


def _sparkle(canvas: Canvas, side: int) -> None:
    for x, y, size in ((30, -28, 5.4), (35.5, -17, 3.2), (24, -37.5, 2.8), (-32, -31, 3.6)):
        px, py = canvas.pose.back(side * x, y)
        canvas.fill(star(px, py, size, 4, 0.3), QColor("#fff3b0"), QColor("#d99a2b"), 0.5)
        canvas.fill(star(px, py, 0.55 * size, 4, 0.34), _WHITE)


def _hearts(canvas: Canvas, side: int) -> None:
    half = [(0.0, -1.6), (1.6, -3.6), (4.0, -3.2), (4.4, -0.4), (2.6, 2.2), (0.0, 4.4)]
    for x, y, size, angle in ((30.5, -29, 1.15, 14), (35.5, -17, 0.72, 24), (23.5, -39, 0.62, -8)):
        with canvas.moved(*canvas.pose.back(side * x, y), side * angle, size):
            canvas.fill(symmetric(half), _PINK, _PINK_LINE, 0.55 / size)
            canvas.ellipse((-2.2, -1.5), 0.85, 0.65, faded(_WHITE, 0.9))


def _notes(canvas: Canvas, side: int) -> None:
    colour, rim = QColor("#4d3f86"), faded(_WHITE, 0.95)
    for x, y, size, angle in ((29, -32, 1.0, 10), (35, -19.5, 0.75, -6)):
        with canvas.moved(*canvas.pose.back(side * x, y), angle, size):
            flag = curve([(1.7, -6.2), (3.0, -4.6), (4.6, -3.6), (4.2, -1.0)],
                         [(3.6, -2.6), (1.7, -3.4)])  # fmt: skip
            parts = oval((0.0, 2.9), 2.0, 1.5), box(1.2, -6.2, 0.8, 9.2), flag
            for path in parts:
                canvas.line(path, rim, 1.5)
            for path in parts:
                canvas.fill(path, colour)


_MARKS: dict[str, Callable[[Canvas, int], None]] = {
    "sweat": _sweat, "anger": _anger, "sparkle": _sparkle, "tear": _tear, "hearts": _hearts,
    "notes": _notes,
}  # fmt: skip
