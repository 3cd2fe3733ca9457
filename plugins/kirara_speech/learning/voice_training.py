"""The trainer of a whole voice: its networks one after the other, in one resumable run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from kirara_speech.learning.training import train
from kirara_speech.learning.voice_plan import PLAN, RUN_FOLDERS, VoicePlan
from kirara_speech.networks.model_files import read_run
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, write_atomically
from kirara_studio.api.kept_files import json_text
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.training import Reporter


def train_voice(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`VoicePlan.to_dict`), continuing the run in ``run_folder``.

    Each network has its own folder in it (:data:`RUN_FOLDERS`), written by
    :func:`kirara_speech.learning.training.train`. Progress has two more metrics: "network", the
    index of the current one, and "networks", how many there are. Raises as that function.
    """
    try:
        plan = VoicePlan.from_dict(request)
    except (TypeError, ValueError, KeyError) as error:
        raise UserError(
            "The training cannot start: {reason}.", advice="Correct the settings.", reason=error
        ) from error
    write_atomically(run_folder / PLAN, json_text(plan.to_dict()))
    for number, one in enumerate(plan.requests):
        folder = run_folder / RUN_FOLDERS[one.config.kind]
        if _step_in(folder) < one.steps:
            part = cast("Reporter", _Part(reporter, number, len(plan.requests)))
            train(one.to_dict(), folder, part)
            if _step_in(folder) < one.steps:
                return  # it was asked to stop


def _step_in(folder: Path) -> int:
    path = folder / CHECKPOINT
    return read_run(path)[1] if exists(path) else -1


class _Part(Reporter):
    """Reports the progress of one network of several."""

    def __init__(self, to: Reporter, number: int, count: int) -> None:
        super().__init__(to)
        self._which = {"network": float(number), "networks": float(count)}

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        super().progress(step, total, {**metrics, **self._which}, text)
