"""Judges the forecasts on held-out sequences."""

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
"""An hour of pictures every 5 minutes: the numbers that are seen and forecast."""
_BUSY = 4  # of so many squares the rainiest is taken


@dataclass
class Scores:
    """The scores of one forecast; ``mse``, ``mae`` and ``ssim`` are (sequences, lead times)."""

    mse: list[npt.NDArray[np.float64]] = field(default_factory=list)
    mae: list[npt.NDArray[np.float64]] = field(default_factory=list)
    ssim: list[npt.NDArray[np.float64]] = field(default_factory=list)
    rain: dict[float, list[metrics.Contingency]] = field(default_factory=dict)
    fractions: dict[float, list[metrics.Fractions]] = field(default_factory=dict)

    def add(self, forecast: Frames, truth: Frames, seen: metrics.Seen | None = None) -> None:
        """Judge one sequence where its truth is ``seen``."""
        self.mse.append(metrics.mse(forecast, truth))
        self.mae.append(metrics.mae(forecast, truth))
        self.ssim.append(metrics.ssim(forecast, truth, seen))

    def add_rain(self, forecast: Frames, truth: Frames) -> None:
        """Judge one sequence of radar pictures, as dBZ."""
        for threshold in THRESHOLDS:
            leads = self.rain.setdefault(threshold, [metrics.Contingency()] * len(truth))
            shares = self.fractions.setdefault(threshold, [metrics.Fractions()] * len(truth))
            for lead, pair in enumerate(zip(forecast, truth, strict=True)):
                leads[lead] += metrics.contingency(*pair, threshold)
                shares[lead] += metrics.fractions(*pair, threshold, WINDOW)

    def to_dict(self) -> dict[str, Any]:
        """Means over all, and by lead time, as plain values."""
        values: dict[str, Any] = {}
        for name in ("mse", "mae", "ssim"):
            table = np.array(getattr(self, name))
            values[name] = float(np.nanmean(table))
            values[f"{name} by lead"] = np.nanmean(table, 0).tolist()
        for threshold, leads in self.rain.items():
            shares = self.fractions[threshold]
            total = sum(leads, metrics.Contingency())
            rain = values[f"{threshold:g} dBZ"] = {
                "fss": sum(shares, metrics.Fractions()).fss,
                "fss by lead": [lead.fss for lead in shares],
            }
            for name in ("csi", "pod", "far"):
                rain[name] = getattr(total, name)
                rain[f"{name} by lead"] = [getattr(lead, name) for lead in leads]
        return values


def digit_sequences(source: str, count: int, seed: int) -> Sequence[Frames]:
    """Sequences of 20 frames of held-out digits from a ``source`` as for :func:`read_digits`."""
    _, held_out = split(read_digits(source))
    return list(batch(held_out, count, 20, (seed,)))


def rain_sequences(
    radar: Radar, side: int, count: int, seed: int, *, last_hour: bool = True
) -> Sequence[Frames]:
    """Squares of ``side`` pixels, 24 frames each, in which 1 is 60 dBZ; NaN where no radar looks.

    With ``last_hour``, the hour to forecast is the last one, which trainings hold out. Otherwise it
    is any hour: for a day that no training used.
    """
    source = ClipsSource(
        [as_brightness(radar.dbz)], side, RAIN_FRAMES, busy=_BUSY, unseen=[np.isnan(radar.dbz)]
    )
    draw = source.judged if last_hour else source.whole
    return list(draw(count, 2 * RAIN_FRAMES, (seed,)))


def compare(
    sequences: Sequence[Frames],
    seen: int,
    forecasts: Mapping[str, Forecast],
    *,
    rain: bool = False,
    on_sequence: Callable[[int], None] = lambda _: None,
) -> dict[str, Scores]:
    """Judge all forecasts of what follows the first ``seen`` frames of each sequence.

    Each sequence is (time, height, width), 0…1; with ``rain`` 1 is 60 dBZ. Forecasts see 0 where
    it is NaN, which is not scored. ``on_sequence`` gets the
    number that are done, and may raise to stop.
    """
    scores = {name: Scores() for name in forecasts}
    for number, sequence in enumerate(sequences, 1):
        there = ~np.isnan(sequence[seen:])
        sequence = np.nan_to_num(sequence, nan=0.0)
        for name, forecast in forecasts.items():
            count = len(sequence) - seen
            pair = forecast(sequence[:seen], count), sequence[seen:]
            predicted, truth = metrics.known(*pair, None if there.all() else there)
            scores[name].add(predicted, truth, None if there.all() else there)
            if rain:
                scores[name].add_rain(predicted * STRONGEST, truth * STRONGEST)
        on_sequence(number)
    return scores
