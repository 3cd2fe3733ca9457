"""Hair that leaves the outline of the crown: strays, tufts and the one that stands up."""

from __future__ import annotations

from .attributes import CharacterAttributes
from .canvas import Canvas, Point, Tones, curve, mix, swath

# Of each tuft its first root in the crown, its tip and its second root; the later lie in front.
_TUFTS: tuple[tuple[Point, Point, Point], ...] = (
    ((-25.5, -4), (-31, -11.5), (-21, -19)), ((25.5, -4), (31.5, -13), (21, -17)),
    ((-24, -13), (-29.5, -24.5), (-14, -25)), ((23.5, -13), (29.5, -26.5), (13, -25)),
    ((-19, -22), (-22.5, -36), (-5, -30)), ((19.5, -21), (22.5, -37.5), (5, -29)),
    ((-12.5, -27), (-9.5, -43), (3, -30)), ((13.5, -26), (8.5, -43.5), (-4, -30)),
)  # fmt: skip

# A few strands that leave the outline of the crown.
_STRAYS: tuple[tuple[Point, ...], ...] = (
    ((15.4, -32.0), (19.4, -30.4), (22.4, -26.8)),
    ((-21.4, -26.2), (-25.0, -22.4), (-26.9, -17.6)),
    ((25.8, -14.0), (27.9, -10.0), (28.6, -5.8)),
)

# What presses the hair down.
_PRESSING = ("beret", "headphones", "cat_ears")


def paint_tufts(canvas: Canvas, attributes: CharacterAttributes, hair: Tones) -> None:
    """What stands out of the crown of the character; a hat presses it down."""
    if attributes.accessory not in _PRESSING:
        if attributes.back_hair == "spiky":
            _paint_spikes(canvas, hair)
        for run in _STRAYS:
            canvas.stroke(canvas.hair(*run, side=canvas.side), hair.line, 0.5, 0.9, 0.0)
    if attributes.ahoge:
        spine = canvas.hair((-0.5, -35.2), (0.2, -39.5), (3.2, -42.2), (7.6, -41.2), (9.6, -38.2),
                            side=canvas.side)  # fmt: skip
        canvas.fill(swath(spine, [1.0, 1.3, 1.35, 0.9, 0.05]), hair.base, hair.line, 0.55)


def _paint_spikes(canvas: Canvas, hair: Tones) -> None:
    for (ax, ay), (tx, ty), (bx, by) in _TUFTS:
        # The first edge bows outwards and the second inwards, so that the tuft sweeps.
        near = ((ax + tx) / 2 - 0.16 * (by - ay), (ay + ty) / 2 + 0.16 * (bx - ax))
        far = ((bx + tx) / 2 - 0.12 * (by - ay), (by + ty) / 2 + 0.12 * (bx - ax))
        edge = curve(canvas.hair((ax, ay), near, (tx, ty), side=canvas.side),
                     canvas.hair(far, (bx, by), side=canvas.side), closed=False)  # fmt: skip
        canvas.fill(edge, mix(hair.base, hair.shadow, 0.25))
        canvas.line(edge, hair.line, 0.58)
