"""Scores of forecasts as a table, for other programs. Imports no OpenCV."""

from __future__ import annotations

import csv
import io
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


def scores_as_csv(results: Mapping[str, Scored]) -> str:
    """One line a forecast and frame: errors summed over the frame's pixels, of its luma."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["forecast", "frame", "mse", "mae", "ssim"])
    for name, one in results.items():
        for number, row in enumerate(zip(one.mse, one.mae, one.ssim, strict=True), 1):
            table.writerow([name, number, *(f"{value:.6g}" for value in row)])
    return text.getvalue()
