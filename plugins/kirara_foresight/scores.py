"""Scores of forecasts as a table, for other programs. Imports no OpenCV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from typing import Protocol


class Scored(Protocol):
    """Something with errors of each frame."""

    @property
    def mse(self) -> Iterable[float]: ...

    @property
    def mae(self) -> Iterable[float]: ...

    @property
    def ssim(self) -> Iterable[float]: ...

    @property
    def csi(self) -> Iterable[float] | None: ...


def scores_as_csv(results: Mapping[str, Scored]) -> str:
    """One line a forecast and frame: errors summed over the frame's pixels, of its luma; for radar
    pictures also the critical success index at 20 dBZ, empty where there was no rain."""
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
