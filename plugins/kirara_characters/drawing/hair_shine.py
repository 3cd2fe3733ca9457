"""The kinds of light on the crown."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QPolygonF

from .canvas import Canvas, Point, Tones, curve, faded, joined, mix, swath

_WHITE = QColor("#ffffff")


def paint_shine(canvas: Canvas, kind: str, parting: Point, hair: Tones) -> None:
    """Paint the light of a kind; the caller clips to the hair."""
    if kind == "streaks":
        _streaks(canvas, parting, hair)
    else:
        _SHINES[kind](canvas, hair)


def _height(x: float) -> float:
    """Where the ring of light runs around the crown."""
    return -22.6 + 0.017 * x * x


def _ring(canvas: Canvas, hair: Tones) -> None:
    """Short strands side by side along an arc."""
    place, shift = canvas.pose.hair, 3.0 * canvas.light
    lengths = (2.4, 4.0, 3.2, 5.4, 3.8, 5.0, 3.0, 5.2, 4.0, 5.8, 3.4, 4.6, 3.0, 3.6, 2.4)
    strands = []
    for index, length in enumerate(lengths):
        x = -17.5 + 35 * index / (len(lengths) - 1)
        # Two gaps, where the light breaks on partings.
        if index in (4, 10):
            continue
        x += shift
        y = _height(x)
        reach = length * (1.0 - (abs(x) / 27) ** 2)
        spine = [place(x * 0.96, y - reach * 0.62), place(x, y), place(x * 1.03, y + reach)]
        strands.append(swath(spine, [0.05, 1.6, 0.05]))
    canvas.fill(joined(*strands), faded(hair.light, 0.85))
    shine = [place(x, _height(x) - 0.8) for x in (11 * canvas.light + k for k in (-3.5, 0, 3.5))]
    canvas.stroke(shine, faded(_WHITE, 0.7), 1.0)


def _zigzag(canvas: Canvas, hair: Tones) -> None:
    """A band with sharp teeth on both edges."""
    place, shift = canvas.pose.hair, 2.6 * canvas.light
    teeth = (1.2, 4.6, 1.6, 3.2, 1.0, 6.2, 1.4, 3.8, 1.2, 5.4, 1.6, 3.0, 1.0)
    lower, upper = [], []
    for index, tooth in enumerate(teeth):
        x = -19.0 + 38.0 * index / (len(teeth) - 1) + shift
        fade = 1.0 - (abs(x - shift) / 21) ** 2
        lower.append(place(x * 1.02, _height(x) + tooth * fade))
        upper.append(place(x * 0.98, _height(x) - (0.9 + 0.42 * teeth[-index - 1]) * fade))
    band = QPolygonF([QPointF(*point) for point in [*lower, *reversed(upper), lower[0]]])
    path = QPainterPath()
    path.addPolygon(band)
    canvas.fill(path, faded(hair.light, 0.9))
    core = [place(x, _height(x) - 0.2) for x in (9 * canvas.light + k for k in (-6, 0, 6))]
    canvas.stroke(core, faded(_WHITE, 0.6), 1.3)


def _streaks(canvas: Canvas, parting: Point, hair: Tones) -> None:
    """Long thin strands of light that run down from the parting."""
    place, (px, py) = canvas.pose.hair, parting
    for x, low, width in ((-19, -9, 1.3), (-15, -12, 0.8), (-10.5, -10, 1.9), (-6, -15, 0.8),
                          (2.5, -13, 1.2), (8, -11, 1.9), (12, -14, 0.8),
                          (17.5, -10, 1.3)):  # fmt: skip
        # The nearer to the light, the brighter.
        lit = 0.5 + 0.4 * (x / 19.0) * canvas.light
        start = (px + (x - px) * 0.5, py + 4.0)
        middle = (px + (x - px) * 0.84, py * 0.6 + low * 0.4)
        canvas.stroke([place(*start), place(*middle), place(x, low)],
                      faded(mix(hair.light, _WHITE, 0.25), lit), width)  # fmt: skip


def _soft(canvas: Canvas, hair: Tones) -> None:
    """A broad band without an edge."""
    place, shift = canvas.pose.hair, 4.0 * canvas.light
    band = [place(x + shift, _height(x) + 0.8) for x in (-19, -10, 0, 10, 19)]
    for width in (11.0, 8.4, 6.0, 3.6):
        canvas.stroke(band, faded(hair.light, 0.3), width)
    canvas.stroke(band[1:4], faded(_WHITE, 0.3), 1.6)


def _patches(canvas: Canvas, hair: Tones) -> None:
    """Few large glossy spots on the side of the light, and a small one across from it."""
    place, light = canvas.pose.hair, canvas.light
    for x, size in ((13.0, 1.0), (4.0, 0.72), (-11.0, 0.8)):
        x *= light
        left, right = x - 4.2 * size, x + 4.2 * size
        spot = curve([place(left, _height(left) + 2.6 * size), place(x, _height(x) - 3.2 * size),
                      place(right, _height(right) - 0.4 * size)],
                     [place(x + 1.2, _height(x) + 3.4 * size),
                      place(left, _height(left) + 2.6 * size)])  # fmt: skip
        canvas.fill(spot, faded(mix(hair.light, _WHITE, 0.2), 0.85))


_SHINES = {"ring": _ring, "zigzag": _zigzag, "soft": _soft, "patches": _patches}
