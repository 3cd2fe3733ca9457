"""The trainer that the studio runs as a child process.

Run folders name it as "kirara_characters.training:train", so it has to stay here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_characters.learning.growing import GrowingRun
from kirara_characters.learning.schedule import TrainRequest
from kirara_studio.api.files import write_atomically
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.training_loop import parsed_request
from kirara_studio.api.training import Reporter


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`TrainRequest.to_dict`), continuing the run in ``run_folder``.

    Writes ``checkpoint.safetensors``, a copy of it per finished level, ``request.json`` and
    ``previews/``. Returns when the schedule is complete or the reporter asks to stop; raises
    :class:`StopTraining` if that is before anything can be saved. Raises :class:`UserError` for a
    request, folder or checkpoint that cannot be used, and if the run diverges at every rate.
    """
    parsed = parsed_request(TrainRequest.from_dict, request)
    folder = Path(run_folder)
    with Processes.join() as processes:
        run = GrowingRun(parsed, folder, reporter, processes)
        if processes.first:
            write_atomically(folder / "request.json", json.dumps(parsed.to_dict(), indent=1))
        run.train()
