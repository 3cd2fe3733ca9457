"""The trainer, which runs in a child process.

Run folders name it as "kirara_characters.likeness.training:train", so it has to stay here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_characters.likeness.learning import LikenessTask, drawings_in
from kirara_characters.likeness.network import KIND
from kirara_characters.likeness.schedule import KEY, LikenessRequest
from kirara_characters.networks.attribute_space import AttributeSpace
from kirara_studio.api.learning.averaged_run import AveragedRun, Kind
from kirara_studio.api.learning.networks import start_weights
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.training_loop import parsed_request
from kirara_studio.api.training import Reporter, StopTraining

HELD_SEEDS = range(9_200_000, 9_200_160)
"""The drawings that judge a training while it runs."""


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`LikenessRequest.to_dict`), or resume the run in ``run_folder``.

    Writes drawings, ``checkpoint.safetensors`` and ``previews/``. Raises UserError for a request or
    checkpoint that cannot be used, and if the run diverges at any rate.
    """
    parsed = parsed_request(LikenessRequest.from_dict, request)
    config = parsed.config
    space = AttributeSpace(config.columns)

    def progress(done: int, total: int) -> None:
        if reporter.should_stop():
            raise StopTraining
        if done % 500 == 0:
            reporter.message(f"Drawing character {done} of {total}")

    drawings = drawings_in(run_folder / "drawings.npy", range(parsed.drawings), space, progress)
    held = drawings_in(run_folder / "held.npy", HELD_SEEDS, space, progress)
    task = LikenessTask(parsed, drawings, held, Processes().device(parsed.device))
    kind = Kind(
        KEY, config.to_dict(), lambda path: start_weights(path, config, KIND), "choices wrong"
    )
    AveragedRun(parsed, task, kind, run_folder, reporter).train()
