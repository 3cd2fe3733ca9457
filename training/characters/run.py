"""A way of training characters as a run: what the queue trains, and what a GPU does at once.

The pace follows the time that is spent, and the drawings are made meanwhile, so a run that is
resumed differs from one without a break.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from kirara_characters.learning.growing import grid_of
from kirara_characters.networks.attribute_space import AttributeSpace, all_columns
from kirara_characters.networks.config import GENERATOR
from kirara_studio.api.files import whole_file
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.run_files import read_state, read_tensors, reading_run, save_run
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.models import Checkpoint, ModelCard
from kirara_studio.api.training import Reporter
from training.characters.drawings import DrawingPool
from training.characters.ways import Pace, Way, make_way

_KEY = "kirara_characters_way"
_SHEET = 8  # pictures in a row
_LEAST_DRAWN = 500
_REPORT, _PREVIEW, _SAVE = 2.0, 300.0, 180.0  # seconds between two of each


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by one of the ways.

    The request has the name of the ``way``, the ``minutes``, the number of ``drawings`` and of the
    ``processes`` that draw them meanwhile, a generator to ``start`` from, and a :class:`Pace`.
    Raises UserError if the losses explode or the checkpoint is of something else.
    """
    values = dict(request)
    name, minutes = str(values.pop("way")), float(values.pop("minutes"))
    drawings, processes = int(values.pop("drawings", 20_000)), int(values.pop("processes", 1))
    start = str(values.pop("start", ""))
    pace = Pace(**values)
    torch.manual_seed(2017)
    space = AttributeSpace(all_columns())
    pool = DrawingPool(space, pace.side, drawings, Processes().device("auto"), processes=processes)
    try:
        reporter.message(f"Drawing {drawings} characters meanwhile")
        pool.wait_for(_LEAST_DRAWN)
        way = make_way(name, pool, pace)
        _Run(way, name, 60 * minutes, run_folder, reporter, start).train()
    finally:
        pool.close()


class _Run:
    def __init__(
        self, way: Way, name: str, seconds: float, folder: Path, reporter: Reporter, start: str
    ) -> None:
        self.way, self.name, self.total = way, name, seconds
        self.folder, self.reporter = folder, reporter
        self.used = 0.0
        path = folder / CHECKPOINT
        if path.exists():
            with reading_run(path):
                state = read_state(path, _KEY)
                if state.get("way") != name or state.get("config") != way.config.to_dict():
                    raise ValueError("it is of another way")
                way.trained.load(read_tensors(path), path.name)
                way.steps, way.pictures = int(state["steps"]), int(state["pictures"])
                self.used = float(state["seconds"])
            reporter.message(f"Going on at {way.pictures} pictures")
        elif start:
            way.begin_with(Path(start))
            reporter.message(f"Starting from “{start}”")

    def train(self) -> None:
        """Train until the time is over or the reporter stops it."""
        way = self.way
        _, vectors = way.pool.all.batch(torch.arange(_SHEET * _SHEET), way.pace.side)
        latents = way.sheet_latents(vectors)
        saved = previewed = reported = time.monotonic()
        pictures = way.pictures
        while self.used < self.total and not self.reporter.should_stop():
            began = self._clock()
            way.advance(self.used / self.total)
            self.used += self._clock() - began
            now = time.monotonic()
            if now - reported >= _REPORT:
                speed = (way.pictures - pictures) / (now - reported)
                reported, pictures = now, way.pictures
                self._report(speed)
            if now - saved >= _SAVE:
                self._save()
                saved = time.monotonic()
            if now - previewed >= _PREVIEW:
                self._preview(latents)
                previewed = time.monotonic()
        self._save()
        self._preview(latents)

    def _clock(self) -> float:
        """Seconds of work; on a CPU, those of other programs do not count."""
        if self.way.device.type == "cpu":
            return time.process_time() / torch.get_num_threads()
        return time.monotonic()

    def _report(self, speed: float) -> None:
        way = self.way
        metrics = {**way.means(), "pictures": float(way.pictures), "pictures per second": speed}
        text = f"{way.pictures} pictures, {self.used / 60:.0f} of {self.total / 60:.0f} minutes"
        # Where the run ends is known in time only.
        total = round(way.steps * self.total / max(self.used, 1.0))
        self.reporter.progress(way.steps, max(total, way.steps + 1), metrics, text)

    def _save(self) -> None:
        path = self.folder / CHECKPOINT
        way = self.way
        state = {
            "way": self.name,
            "config": way.config.to_dict(),
            "pace": asdict(way.pace),
            "steps": way.steps,
            "pictures": way.pictures,
            "seconds": self.used,
        }
        save_run(path, way.trained, _KEY, state)
        self.reporter.checkpoint(path)

    def _preview(self, latents: torch.Tensor) -> None:
        pictures = self.way.draw(self.way.average, latents)
        path = self.folder / "previews" / f"{self.way.steps:07d}.png"
        with whole_file(path) as temporary:
            grid_of(pictures, _SHEET).save(temporary)
        self.reporter.preview(path)


def export(checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Write the averaged generator of a run to ``path`` in fp16, with its card."""
    state = read_state(checkpoint, _KEY)
    tensors = {name: value.half() for name, value in read_tensors(checkpoint, "average").items()}
    values = {
        **asdict(card),
        "architecture": GENERATOR,
        "configuration": state["config"],
        "measured": {"pictures shown": state["pictures"], **card.measured},
    }
    Checkpoint(ModelCard.from_dict(values), tensors).save(path)
