"""The trainer, which the studio runs in a child process."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_foresight.learning.clips import read_clips
from kirara_foresight.learning.digits import read_digits
from kirara_foresight.learning.schedule import KEY, REQUEST, TrainRequest
from kirara_foresight.learning.sources import ClipsSource, DigitsSource, Source
from kirara_foresight.learning.tasks import ForesightTask
from kirara_foresight.networks.model_files import KIND
from kirara_foresight.radar import as_brightness, is_radar_folder, read_radar
from kirara_studio.api.files import is_folder, write_atomically
from kirara_studio.api.learning.averaged_run import AveragedRun, Kind
from kirara_studio.api.learning.networks import start_weights
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.schedule import LEFT
from kirara_studio.api.learning.training_loop import parsed_request
from kirara_studio.api.training import Reporter

_BUSY = 8  # of so many squares of a radar picture the rainiest is taken


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`TrainRequest.to_dict`), or resume the run in ``run_folder``.

    Writes ``checkpoint.safetensors``, ``request.json`` and ``previews/``. Raises UserError for a
    request, source or checkpoint that cannot be used, and if the run diverges at any rate.
    """
    parsed = parsed_request(TrainRequest.from_dict, request)
    task = ForesightTask(parsed, source_of(parsed), Processes().device(parsed.device))
    config = parsed.config
    kind = Kind(KEY, config.to_dict(), lambda path: start_weights(path, config, KIND), "MSE")
    if parsed.seconds:
        reporter = TimedReporter(reporter, parsed.seconds)
    run = AveragedRun(parsed, task, kind, run_folder, reporter)
    write_atomically(run_folder / REQUEST, json.dumps(parsed.to_dict(), indent=1))
    run.train()


def source_of(request: TrainRequest) -> Source:
    """Open the data of a request. Raises UserError if that is not possible."""
    if request.source == "digits":
        return DigitsSource(read_digits(request.path))
    path = Path(request.path)
    if request.source == "clips":
        clips = read_clips(path, request.until, request.radar)
        rain = is_folder(path) and is_radar_folder(path) if request.radar is None else request.radar
        busy = _BUSY if rain else 1
        return ClipsSource(clips, request.crop, request.forecast, turned=rain, busy=busy)
    clip = as_brightness(read_radar(path).dbz)
    return ClipsSource([clip], request.crop, request.forecast, turned=True, busy=_BUSY)


class TimedReporter(Reporter):
    """A reporter that stops a run after some seconds; pauses do not count."""

    def __init__(self, to: Reporter, seconds: float) -> None:
        super().__init__(to)
        self._left = seconds
        self._asked = math.inf

    def should_stop(self) -> bool:
        self._left -= max(0.0, time.monotonic() - self._asked)
        stop = super().should_stop()
        self._asked = time.monotonic()
        return stop or self._left <= 0

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        super().progress(step, total, {**metrics, LEFT: max(0.0, self._left)}, text)
