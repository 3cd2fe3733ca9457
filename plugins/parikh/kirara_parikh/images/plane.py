"""The vectors of a semilinear set in a part of the plane, for drawing."""

from __future__ import annotations

from collections.abc import Iterable

from kirara_parikh.grammars.grammar import Vector
from kirara_parikh.images.linear import LinearSet, SemilinearSet


def projected(image: SemilinearSet, across: int, up: int | None) -> SemilinearSet:
    """The shadow of a set on two letters, given by their places; on one if ``up`` is None."""

    def shadow(vector: Vector) -> Vector:
        return vector[across], 0 if up is None else vector[up]

    parts: dict[LinearSet, None] = {}
    for part in image.parts:
        shadows = {shadow(period) for period in part.periods} - {(0, 0)}
        parts[LinearSet(shadow(part.base), tuple(sorted(shadows)))] = None
    letters = (image.letters[across], "" if up is None else image.letters[up])
    return SemilinearSet(letters, tuple(parts))


def rows(image: SemilinearSet, width: int, height: int) -> list[int]:
    """For each y below ``height`` the x below ``width``, as the bits of a number.

    Every period is added for all points at once, so this takes about height x periods steps.
    """
    found = [0] * height
    for part in image.parts:
        for y, bits in enumerate(_rows_of(part, width, height)):
            found[y] |= bits
    return found


def _rows_of(part: LinearSet, width: int, height: int) -> list[int]:
    (x, y), mask = part.base, (1 << width) - 1
    bits = [0] * height
    if x < width and y < height:
        bits[y] = 1 << x
    for across, up in part.periods:
        for row in range(height):
            if up and row >= up:
                bits[row] |= bits[row - up] << across & mask
            elif not up:
                step = across
                while step < width:
                    bits[row] |= bits[row] << step & mask
                    step *= 2
    return bits


def points(bits: Iterable[int]) -> list[tuple[int, int]]:
    """The points of rows of bits."""
    found = []
    for y, row in enumerate(bits):
        while row:
            lowest = row & -row
            found.append((lowest.bit_length() - 1, y))
            row ^= lowest
    return found
