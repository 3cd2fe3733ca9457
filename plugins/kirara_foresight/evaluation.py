"""The three forecasts side by side, on what was held out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_foresight import metrics
from kirara_foresight.forecasts.simple import Forecast
from kirara_foresight.learning.digits import batch, read_digits, split
from kirara_foresight.learning.sources import ClipsSource
from kirara_foresight.radar import Radar, as_brightness
from kirara_foresight.radar_colours import STRONGEST

Frames = npt.NDArray[np.float32]
THRESHOLDS = (5.0, 10.0, 20.0, 30.0)
"""dBZ."""
WINDOW = 15
"""Pixels: the side of the squares of the fractions skill score."""
RAIN_FRAMES = 12
"""An hour of pictures every 5 minutes: so many are seen, and so many forecast."""
_BUSY = 4  # squares of a radar picture, most of which are without rain


@dataclass
class Scores:
    """What one forecast reached: each of ``mse``, ``mae`` and ``ssim`` (sequences, lead times)."""

    mse: list[metrics.Scores] = field(default_factory=list)
    mae: list[metrics.Scores] = field(default_factory=list)
    ssim: list[metrics.Scores] = field(default_factory=list)
    rain: dict[float, list[metrics.Contingency]] = field(default_factory=dict)
    fractions: dict[float, list[metrics.Fractions]] = field(default_factory=dict)

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
            shares = self.fractions.setdefault(threshold, [metrics.Fractions()] * len(truth))
            for lead, (one, other) in enumerate(zip(forecast, truth, strict=True)):
                shares[lead] += metrics.fractions(one, other, threshold, WINDOW)

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
                "fss": sum(self.fractions[threshold], metrics.Fractions()).fss,
                "fss by lead": [lead.fss for lead in self.fractions[threshold]],
            }
        return values


def digit_sequences(source: str, count: int, seed: int) -> Sequence[Frames]:
    """Sequences of 20 frames of digits that no training saw (:func:`.learning.digits.split`).

    ``source`` is as for :func:`.learning.digits.read_digits`, which raises :class:`UserError`.
    """
    _, held_out = split(read_digits(source))
    return list(batch(held_out, count, 20, (seed,)))


def rain_sequences(
    radar: Radar, side: int, count: int, seed: int, *, last_hour: bool = True
) -> Sequence[Frames]:
    """Squares of ``side`` pixels, 24 frames each, 1 standing for 60 dBZ.

    With ``last_hour`` what is to be forecast is the last hour, which trainings hold out; else any
    hour: for a day that no training saw.
    """
    source = ClipsSource([as_brightness(radar.dbz)], side, RAIN_FRAMES, busy=_BUSY)
    draw = source.judged if last_hour else source.whole
    return list(draw(count, 2 * RAIN_FRAMES, (seed,)))


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
            predicted = forecast(sequence[:seen], len(truth))
            scores[name].add(predicted, truth)
            if rain:
                scores[name].add_rain(predicted * STRONGEST, truth * STRONGEST)
        on_sequence(number)
    return scores
