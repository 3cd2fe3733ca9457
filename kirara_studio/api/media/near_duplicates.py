"""Pictures that are nearly the same: copies that were encoded again, resized or cropped a little.

Every picture has a fingerprint of 560 bytes: the signs of 512 differences between neighbouring
parts of its grey (the difference hash of ImageHash in both directions, 16×16), and 4×4 mean
colours. The bounds were measured on characters of the drawing program: of 1.1 million pairs of
different ones, 25 are within the first bound and none within both. Copies as JPEG of quality 30
or at a quarter of 256×256 pixels differ by 22 signs at most, and those that lost 2 % at each edge
by 43 to 90. A character with another expression differs by up to 61, so it is folded too.
"""

from __future__ import annotations

from collections.abc import Sequence

import imagehash
import numpy as np
import numpy.typing as npt
from PIL import Image

Fingerprint = npt.NDArray[np.uint8]

MOST_BITS = 90
"""Of 512 differences, how many may have another sign."""
MOST_COLOUR = 30
"""By how much, of 255, any of the mean colours may differ."""
_HASH = 16  # rows and columns of differences
_BITS = 2 * _HASH * _HASH
_COLOURS = 4  # rows and columns of mean colours
SIZE = _BITS + 3 * _COLOURS**2
_BLOCK = 512  # pictures that are compared at a time: 20 MB with ten thousand others


def fingerprint(picture: Image.Image) -> Fingerprint:
    """The fingerprint of an RGB picture: 512 zeros and ones, and 48 numbers of colours."""
    grey = picture.convert("L")
    across = imagehash.dhash(grey, _HASH).hash
    down = imagehash.dhash_vertical(grey, _HASH).hash
    colours = picture.resize((_COLOURS, _COLOURS), Image.Resampling.BOX)
    parts = (across, down, np.asarray(colours.convert("RGB")))
    return np.concatenate([np.asarray(part, np.uint8).ravel() for part in parts])


def fold(fingerprints: Sequence[Fingerprint], known: int = 0) -> list[int]:
    """For each picture the number of the earlier one that it nearly equals, or −1.

    Put those first that are to stay; the first ``known`` ones stay without being compared. Each is
    compared with those that stay only, so that a row of pictures of which each resembles the next
    does not fold into one.
    """
    count = len(fingerprints)
    if not count:
        return []
    table = np.stack(fingerprints)
    signs = table[:, :_BITS].astype(np.float32) * 2 - 1  # a product of matrices counts equal signs
    colours = table[:, _BITS:].astype(np.int16)
    same = np.full(count, -1)
    kept = np.arange(known)
    for start in range(known, count, _BLOCK):
        block = np.arange(start, min(start + _BLOCK, count))
        same[block] = _first_alike(signs, colours, block, kept)
        new = block[same[block] < 0]
        # Those that resemble none before the block are compared with each other, one by one only
        # where something in the block is alike.
        alike = _alike(signs, colours, new, new)
        for row in np.flatnonzero(np.tril(alike, -1).any(axis=1)):
            earlier = np.flatnonzero(alike[row, :row] & (same[new[:row]] < 0))
            if len(earlier):
                same[new[row]] = new[earlier[0]]
        kept = np.concatenate([kept, new[same[new] < 0]])
    return [int(one) for one in same]


def _first_alike(
    signs: npt.NDArray[np.float32],
    colours: npt.NDArray[np.int16],
    rows: npt.NDArray[np.intp],
    among: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    """For each of ``rows`` the first of ``among`` that it nearly equals, or −1."""
    if not len(among):
        return np.full(len(rows), -1)
    alike = _alike(signs, colours, rows, among)
    return np.where(alike.any(axis=1), among[alike.argmax(axis=1)], -1)


def _alike(
    signs: npt.NDArray[np.float32],
    colours: npt.NDArray[np.int16],
    rows: npt.NDArray[np.intp],
    among: npt.NDArray[np.intp],
) -> npt.NDArray[np.bool_]:
    alike = signs[rows] @ signs[among].T >= _BITS - 2 * MOST_BITS
    first, second = np.nonzero(alike)
    one, other = rows[first], among[second]
    near = np.ones(len(one), np.bool_)
    for channel in colours.T:  # one by one: there may be millions of pairs
        near &= np.abs(channel[one] - channel[other]) <= MOST_COLOUR
    alike[first, second] = near
    return np.asarray(alike, np.bool_)
