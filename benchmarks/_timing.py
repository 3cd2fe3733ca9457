"""Times several ways to do the same work, in turns, so that a busy moment hits all alike."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one call: the median and the best of several."""

    median: float
    best: float


def in_turns(
    functions: Mapping[str, Callable[[], object]], rounds: int, warm_up: int = 3
) -> dict[str, Timing]:
    """Call every function ``rounds`` times, taking turns, after ``warm_up`` calls of each.

    A turn is three calls in a row, of which the first, with the caches still full of the other
    functions' data, does not count.
    """
    for function in functions.values():
        for _ in range(warm_up):
            function()
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(-(-rounds // 2)):
        for name, function in functions.items():
            function()
            for _ in range(2):
                start = time.perf_counter()
                function()
                times[name].append(1000 * (time.perf_counter() - start))
    return {name: Timing(statistics.median(all_), min(all_)) for name, all_ in times.items()}


def note_on_load() -> str:
    """A sentence on what else ran on this machine in the last minute; "" if it is unknown."""
    if not hasattr(os, "getloadavg"):
        return ""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    busy = " (busy: two threads that wait for each other suffer)" if load > cores else ""
    return f"load of the last minute {load:.1f} on {cores} cores{busy}"
