"""The lashes along both lids of an open eye."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor

from .canvas import Canvas, Point, Tones, curve, faded, gradient, mix

# Of each kind: how thick the upper lash is, and how far its wing goes out and up.
_UPPER = {
    "soft": (1.0, 1.6, 1.7), "flick": (1.15, 3.0, 3.4), "long": (1.1, 2.0, 2.2),
    "lower": (0.95, 1.5, 1.5), "fine": (0.66, 1.1, 1.1),
}  # fmt: skip


def paint_lashes(
    canvas: Canvas, kind: str, side: int, upper: Sequence[Point], lower: Sequence[Point],
    lash: QColor, skin: Tones,
) -> None:  # fmt: skip
    """The upper lash, thick towards the outer corner, and the lower one.

    The upper lid goes from the inner to the outer corner, the lower one back again.
    """
    thick, out, up = _UPPER[kind]
    half, outer = abs(upper[-1][0]), upper[-1][1]
    over = [
        (upper[0][0] - side * 0.2, upper[0][1] + 0.4),
        (upper[1][0], upper[1][1] - 1.1 * thick),
        (upper[2][0], upper[2][1] - 1.6 * thick),
        (upper[3][0] + side * 0.5, upper[3][1] - 1.55 * thick),
        (side * (half + 0.3 + 0.25 * out), outer - 1.6 - 0.2 * up),
        (side * (half + out), outer - up),
    ]
    under = [(side * (half + 0.9), outer + 0.1), (side * (half + 0.1), outer + 1.5)]
    inside = [(side * (half - 0.4), outer + 0.1), (upper[3][0], upper[3][1] + 0.4),
              (upper[2][0], upper[2][1] + 0.4), (upper[1][0], upper[1][1] + 0.25),
              over[0]]  # fmt: skip
    # The ends take a little of the skin's warmth, the middle is dark.
    warm = mix(lash, QColor("#b0503c"), 0.42)
    fill = gradient((-half - 1, 0), (half + 1, 0), (0, warm), (0.3, lash), (0.7, lash), (1, warm))
    canvas.fill(curve(over, under, inside), fill)
    if kind == "long":
        for share, length in ((0.2, 1.9), (0.55, 2.2), (0.9, 2.0)):
            x = upper[3][0] + (side * half - upper[3][0]) * share
            y = upper[3][1] + (outer - upper[3][1]) * share - 0.9
            tip = (x + side * length * (0.55 + 0.5 * share), y - length * (1.0 - 0.45 * share))
            middle = ((x + tip[0]) / 2 + side * 0.2, (y + tip[1]) / 2 + 0.25)
            canvas.stroke([(x - side * 0.3, y + 0.8), middle, tip], lash, 0.95, 1.0, 0.05)
    _paint_lower(canvas, kind, side, lower, faded(mix(lash, skin.line, 0.4), 0.9))


def _paint_lower(
    canvas: Canvas, kind: str, side: int, lower: Sequence[Point], colour: QColor
) -> None:
    corner, outside, middle, inside, _ = lower
    run = [(corner[0] - side * 0.15, corner[1] + 1.0), (outside[0] + side * 0.2, outside[1]),
           middle]  # fmt: skip
    if kind == "lower":
        canvas.stroke([*run, inside], colour, 0.8, 0.6, 0.05)
        for share in (0.1, 0.5, 0.9):
            x = run[0][0] + (outside[0] - run[0][0]) * share + side * 0.25
            y = run[0][1] + (outside[1] - run[0][1]) * share + 0.3
            canvas.stroke([(x, y), (x + side * 0.8, y + 0.6), (x + side * 1.3, y + 1.5)],
                          colour, 0.62, 1.0, 0.05)  # fmt: skip
    elif kind == "fine":
        canvas.stroke([*run[1:], inside], faded(colour, 0.5), 0.45)
    else:
        canvas.stroke(run, colour, 0.66, 0.6, 0.05)
