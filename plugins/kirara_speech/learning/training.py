"""The trainer of Text2Mel and of SSRN, resumable at any moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_speech.learning.dataset import FeatureRequest, SpeechSet, open_folder
from kirara_speech.learning.schedule import READ, REPORT, TrainRequest
from kirara_speech.learning.tasks import task_for
from kirara_speech.networks.config import Text2MelConfig, config_to_dict
from kirara_speech.networks.model_files import KINDS, RUN_KEY
from kirara_studio.api.files import write_atomically
from kirara_studio.api.kept_files import json_text
from kirara_studio.api.learning.averaged_run import AveragedRun, Kind
from kirara_studio.api.learning.networks import start_weights
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.training_loop import parsed_request
from kirara_studio.api.training import Reporter, StopTraining


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`TrainRequest.to_dict`), continuing the run in ``run_folder``.

    Writes ``checkpoint.safetensors``, ``request.json``, ``report.json`` about the recordings, and
    ``previews/``. Returns when all steps are done or the reporter asks to stop; raises
    :class:`StopTraining` if it asks while recordings are read or the precision is measured. While
    recordings are read, progress counts them, and has the metric :data:`READ`. Raises
    :class:`UserError` for a request, folder or checkpoint that cannot be used, and if the run
    diverges at every learning rate.
    """
    parsed = parsed_request(TrainRequest.from_dict, request)
    run_folder = Path(run_folder)
    speech = _open_speech(parsed, run_folder, reporter)
    task = task_for(parsed, speech, Processes().device(parsed.device))
    kind = Kind(
        RUN_KEY,
        config_to_dict(parsed.config),
        lambda path: start_weights(path, parsed.config, *KINDS.values()),
        "L1",
    )
    run = AveragedRun(parsed, task, kind, run_folder, reporter)
    write_atomically(run_folder / "request.json", json.dumps(parsed.to_dict(), indent=1))
    run.train()


def _open_speech(request: TrainRequest, run_folder: Path, reporter: Reporter) -> SpeechSet:
    config = request.config
    if isinstance(config, Text2MelConfig):
        wanted = FeatureRequest(config.front_end, config.features, fine=False)
    else:  # SSRN needs no text
        wanted = FeatureRequest("", config.features, fine=True)

    def progress(done: int, total: int) -> None:
        reporter.progress(done, total, {READ: done}, f"Reading recordings: {done} of {total}")
        if reporter.should_stop():
            raise StopTraining

    speech = open_folder(Path(request.folder), run_folder, wanted, progress)
    for line in speech.report.lines():
        reporter.message(line)
    write_atomically(run_folder / REPORT, json_text(speech.report.to_dict()))
    return speech
