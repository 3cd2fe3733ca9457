"""The trainer, which runs in a child process.

Run folders name it as "kirara_characters.faces.training:train", so it has to stay here.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_characters.faces.drawings import drawings_in
from kirara_characters.faces.learning import FaceTask
from kirara_characters.faces.network import KIND
from kirara_characters.faces.scenes import Scenes
from kirara_characters.faces.schedule import KEY, FaceTrainRequest
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder, write_atomically
from kirara_studio.api.learning.averaged_run import AveragedRun, Kind
from kirara_studio.api.learning.networks import start_weights
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.training_loop import parsed_request
from kirara_studio.api.media.finding import picture_files
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.training import Reporter, StopTraining

HELD_SEEDS = 9_000_000
"""Drawings of the seeds from here on judge a training while it runs."""
_HELD = 160
_LONGEST = 900  # pixels of a photograph that is kept
_PERSON, _HEAD = "astronaut", (140, 20, 310, 230)  # in its picture
_OF_SCIKIT = (
    "astronaut", "brick", "camera", "cell", "clock_motion", "coffee", "coins", "color", "grass",
    "gravel", "hubble_deep_field", "ihc", "moon", "motorcycle_left", "page", "retina", "rocket",
    "text",
)  # fmt: skip


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`FaceTrainRequest.to_dict`), or resume the run in ``run_folder``.

    Writes ``figures`` and ``held`` with drawings, ``checkpoint.safetensors``, ``request.json`` and
    ``previews/``. Raises UserError for a request, folder or checkpoint that cannot be used, and if
    the run diverges at any rate.
    """
    parsed = parsed_request(FaceTrainRequest.from_dict, request)
    config = parsed.config

    def progress(done: int, total: int) -> None:
        if reporter.should_stop():
            raise StopTraining
        if done % 500 == 0:
            reporter.message(f"Drawing figure {done} of {total}")

    figures = drawings_in(run_folder / "figures", parsed.drawings, progress=progress)
    held = drawings_in(run_folder / "held", _HELD, HELD_SEEDS, progress)
    photographs = read_photographs(parsed.photographs)
    reporter.message(f"{figures.count} drawings and {len(photographs)} photographs")
    scenes = [Scenes(one, photographs, parsed.side) for one in (figures, held)]
    task = FaceTask(parsed, scenes[0], scenes[1], Processes().device(parsed.device))
    kind = Kind(
        KEY, config.to_dict(), lambda path: start_weights(path, config, KIND), "missing to F1"
    )
    run = AveragedRun(parsed, task, kind, run_folder, reporter)
    write_atomically(run_folder / "request.json", json.dumps(parsed.to_dict(), indent=1))
    run.train()


def read_photographs(folder: str) -> list[npt.NDArray[np.uint8]]:
    """Pictures for backgrounds, RGB, of the package scikit-image and those below ``folder``.

    A photographed face, which does not count as a drawn one, is there several times. Raises
    UserError if ``folder`` is named, but holds no pictures.
    """
    paths: list[Path] = []
    photographs = []
    package = importlib.util.find_spec("skimage")
    if package is not None and package.origin:
        data = Path(package.origin).parent / "data"
        paths += [path for path in picture_files(data) if path.stem in _OF_SCIKIT]
    if folder:
        found = picture_files(Path(folder)) if is_folder(Path(folder)) else []
        if not found:
            raise UserError(
                "“{folder}” holds no pictures.",
                advice="Name another folder of photographs, or none.",
                folder=folder,
            )
        paths += found
    for path in paths:
        try:
            picture = load_picture(path, _LONGEST)
        except UserError:
            continue  # a damaged one is not missed
        picture.thumbnail((_LONGEST, _LONGEST))
        if min(picture.size) >= 48:
            photographs.append(np.array(picture.convert("RGB")))
        if path.stem == _PERSON:
            head = np.array(picture.convert("RGB").crop(_HEAD))
            small = np.array(picture.convert("RGB").crop(_HEAD).resize((68, 84)))
            photographs += [head, head[..., [2, 1, 0]], head[::-1], 255 - head, *[small] * 4]
    return photographs
