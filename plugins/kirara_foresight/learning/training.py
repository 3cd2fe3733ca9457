"""Training to say the next frames, resumable at any moment.

:func:`train` is the trainer that the studio runs as a child process.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_foresight.learning.digits import read_digits
from kirara_foresight.learning.schedule import KEY, TrainRequest
from kirara_foresight.learning.sources import ClipsSource, DigitsSource, Source
from kirara_foresight.learning.tasks import ForesightTask
from kirara_foresight.networks.model_files import load_start
from kirara_foresight.radar import as_brightness, read_radar_folder
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.learning.averaged_run import AveragedRun, Kind, device_for
from kirara_studio.api.training import Reporter

_BUSY = 8  # squares of a radar picture, most of which are without rain


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`TrainRequest.to_dict`), going on where ``run_folder`` stands.

    Writes ``checkpoint.safetensors``, ``request.json`` and ``previews/``. Returns when all steps
    are done or the reporter says stop. Raises :class:`UserError` for a request, source or
    checkpoint that cannot be used, and when the loss stops being a number.
    """
    try:
        parsed = TrainRequest.from_dict(request)
    except (TypeError, ValueError, KeyError) as error:
        raise UserError(
            "The training cannot start: {reason}.", advice="Correct the settings.", reason=error
        ) from error
    run_folder = Path(run_folder)
    task = ForesightTask(parsed, source_of(parsed), device_for(parsed.device))
    kind = Kind(KEY, parsed.config.to_dict(), lambda path: load_start(path, parsed.config))
    run = AveragedRun(parsed, task, kind, run_folder, reporter)
    write_atomically(run_folder / "request.json", json.dumps(parsed.to_dict(), indent=1))
    run.train()


def source_of(request: TrainRequest) -> Source:
    """Open what a request names. Raises UserError where that is not possible."""
    if request.source == "digits":
        return DigitsSource(read_digits(request.path))
    clip = as_brightness(read_radar_folder(Path(request.path)).dbz)
    return ClipsSource([clip], request.crop, request.foretold, turned=True, busy=_BUSY)
