"""The colours in which weather services show reflectivity."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

STRONGEST = 60.0
"""dBZ that are white, or 1 to the network; 0 dBZ and less are black, or 0."""

STEPS: tuple[tuple[float, tuple[int, int, int]], ...] = (
    (5, (4, 233, 231)), (10, (1, 159, 244)), (15, (3, 0, 244)), (20, (2, 253, 2)),
    (25, (1, 197, 1)), (30, (0, 142, 0)), (35, (253, 248, 2)), (40, (229, 188, 0)),
    (45, (253, 149, 0)), (50, (253, 0, 0)), (55, (212, 0, 0)),
)  # fmt: skip
"""The least dBZ of each colour: the scale of the US National Weather Service."""
_NOTHING = (24, 26, 31)


def in_colours(brightness: Pixels) -> Pixels:
    """Brightness, 0…255 for 0 to 60 dBZ, of any shape → RGB (…, 3)."""
    return _table()[brightness]


@lru_cache(maxsize=1)
def _table() -> Pixels:
    table = np.empty((256, 3), np.uint8)
    table[:] = _NOTHING
    dbz = np.arange(256) * STRONGEST / 255
    for least, colour in STEPS:
        table[dbz >= least] = colour
    return table
