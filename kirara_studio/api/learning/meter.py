"""Means of what a training run measures, and its speed."""

from __future__ import annotations

import time
from collections.abc import Mapping

from torch import Tensor


class Meter:
    """Means of metrics since they were last taken, and how much work was done a second."""

    def __init__(self) -> None:
        self._last: tuple[dict[str, float], float] = ({}, 0.0)
        self._begin()

    def _begin(self) -> None:
        self._sums: dict[str, tuple[float | Tensor, int]] = {}
        self._work = 0
        self._since = time.monotonic()

    def add(self, metrics: Mapping[str, float | Tensor], work: int = 1) -> None:
        """Add the metrics of one step, each of which may be missing in others.

        Tensors of one number are read in :meth:`take` only, since reading waits for a GPU.
        """
        for name, value in metrics.items():
            value = value.detach() if isinstance(value, Tensor) else value
            total, count = self._sums.get(name, (0.0, 0))
            self._sums[name] = (total + value, count + 1)
        self._work += work

    def take(self) -> tuple[dict[str, float], float]:
        """The means, and the work done a second, since the last call.

        The last ones again if nothing was added since: a run that ends right after a report has
        the same figures in its last one.
        """
        if self._work:
            seconds = max(time.monotonic() - self._since, 1e-9)
            means = {name: float(total) / count for name, (total, count) in self._sums.items()}
            self._last = means, self._work / seconds
            self._begin()
        means, speed = self._last
        return dict(means), speed
