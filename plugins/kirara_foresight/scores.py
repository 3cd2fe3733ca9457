"""Scores of forecasts, and a table of them for other programs. Imports no OpenCV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Scored:
    """The scores of each frame of a forecast that has a true frame (:mod:`.metrics`).

    They are of the frames' luma; ``csi`` is for radar pictures, at 20 dBZ.
    """

    mse: Scores = field(repr=False)
    mae: Scores = field(repr=False)
    ssim: Scores = field(repr=False)
    csi: Scores | None = field(default=None, repr=False)


def scores_as_csv(results: Mapping[str, Scored]) -> str:
    """One line for each forecast and frame; a score that is not a number is left empty."""
    text = io.StringIO()
    table = csv.writer(text)
    rain = any(one.csi is not None for one in results.values())
    table.writerow(["forecast", "frame", "mse", "mae", "ssim", *(["csi 20 dBZ"] * rain)])
    for name, one in results.items():
        columns = [one.mse, one.mae, one.ssim, *([] if one.csi is None else [one.csi])]
        for number, row in enumerate(zip(*columns, strict=True), 1):
            values = ["" if math.isnan(value) else f"{value:.6g}" for value in row]
            table.writerow([name, number, *values])
    return text.getvalue()
