"""The three forecasts side by side, on what was held out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_foresight import metrics
from kirara_foresight.forecasts.simple import Forecast
from kirara_foresight.radar_colours import STRONGEST

Frames = npt.NDArray[np.float32]
THRESHOLDS = (5.0, 10.0, 20.0, 30.0)
"""dBZ."""


@dataclass
class Scores:
    """What one forecast reached: each of ``mse``, ``mae`` and ``ssim`` (sequences, lead times)."""

    mse: list[metrics.Scores] = field(default_factory=list)
    mae: list[metrics.Scores] = field(default_factory=list)
    ssim: list[metrics.Scores] = field(default_factory=list)
    rain: dict[float, list[metrics.Contingency]] = field(default_factory=dict)

    def add(self, forecast: Frames, truth: Frames) -> None:
        """Judge one sequence."""
        self.mse.append(metrics.mse(forecast, truth))
        self.mae.append(metrics.mae(forecast, truth))
        self.ssim.append(metrics.ssim(forecast, truth))

    def add_rain(self, forecast: Frames, truth: Frames) -> None:
        """Judge one sequence of radar pictures, as dBZ."""
        for threshold in THRESHOLDS:
            leads = self.rain.setdefault(threshold, [metrics.Contingency()] * len(truth))
            for lead, (one, other) in enumerate(zip(forecast, truth, strict=True)):
                leads[lead] += metrics.contingency(one, other, threshold)

    def to_dict(self) -> dict[str, Any]:
        """Means over all, and by lead time, as plain values."""
        values: dict[str, Any] = {}
        for name in ("mse", "mae", "ssim"):
            table = np.array(getattr(self, name))
            values[name] = float(table.mean())
            values[f"{name} by lead"] = table.mean(0).tolist()
        for threshold, leads in self.rain.items():
            total = sum(leads, metrics.Contingency())
            values[f"{threshold:g} dBZ"] = {
                **{name: getattr(total, name) for name in ("csi", "pod", "far")},
                **{
                    f"{name} by lead": [getattr(lead, name) for lead in leads]
                    for name in ("csi", "pod", "far")
                },
            }
        return values


def compare(
    sequences: Sequence[Frames],
    seen: int,
    forecasts: Mapping[str, Forecast],
    *,
    rain: bool = False,
    on_sequence: Callable[[int], None] = lambda number: None,
) -> dict[str, Scores]:
    """Let all forecasts say what follows the first ``seen`` frames of each sequence.

    Each sequence is (time, height, width), 0…1; with ``rain`` 1 stands for 60 dBZ.
    ``on_sequence`` hears how many are done, and may raise to stop.
    """
    scores = {name: Scores() for name in forecasts}
    for number, sequence in enumerate(sequences, 1):
        truth = sequence[seen:]
        for name, forecast in forecasts.items():
            said = forecast(sequence[:seen], len(truth))
            scores[name].add(said, truth)
            if rain:
                scores[name].add_rain(said * STRONGEST, truth * STRONGEST)
        on_sequence(number)
    return scores
