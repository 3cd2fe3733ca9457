"""Jobs of the training page: check a folder, play a recording, make a voice of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.learning.recording_report import Report
from kirara_speech.learning.voice_plan import PLAN, RUN_FOLDERS, VoicePlan
from kirara_speech.networks.config import SSRN, TEXT2MEL
from kirara_speech.speaking.voices import SSRN_FILE, TEXT2MEL_FILE, VOICES
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_file, whole_folder
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.reading import read_json, reading

Array = npt.NDArray[np.float32]

_FILES = {TEXT2MEL: TEXT2MEL_FILE, SSRN: SSRN_FILE}


@dataclass(frozen=True)
class CheckRequest:
    """Check the recordings of a folder, with texts for this front end."""

    folder: Path
    front_end: str = "japanese"


@dataclass(frozen=True)
class MakeVoiceRequest:
    """Make a voice called ``name`` of the run in ``run``, in ``data_folder / VOICES``."""

    run: Path
    name: str
    data_folder: Path


@dataclass(frozen=True)
class ListenRequest:
    """Read the recording ``id`` of a folder."""

    folder: Path
    id: str


def check_job(request: CheckRequest, tools: JobTools) -> Report:
    """Check a folder (:func:`~kirara_speech.learning.recording_checks.check_folder`)."""
    from kirara_speech.learning.recording_checks import check_folder

    return check_folder(request.folder, request.front_end, tools.progress)


def listen_job(request: ListenRequest, _tools: JobTools) -> Array:
    """A recording as (samples,), −1…1, at 22,050 Hz.

    Raises :class:`UserError` if its file is gone or cannot be read.
    """
    from kirara_speech.learning.recordings import sound_path
    from kirara_speech.sound.sound_files import read_sound

    path = sound_path(request.folder, request.id)
    if path is None:
        raise UserError(
            "The sound “{sound}” does not exist any more.",
            advice="Check the folder again.",
            sound=request.id,
        )
    return read_sound(path)


def make_voice_job(request: MakeVoiceRequest, tools: JobTools) -> str:
    """Export the averaged networks, copy the others, and return the name of the voice's folder.

    Raises :class:`UserError` if there is no checkpoint yet, or a voice of that name exists.
    """
    from kirara_speech.networks.model_files import export_network
    from kirara_studio.api.models import Checkpoint, ModelCard

    tools.progress(0, 1, "")
    voices = request.data_folder / VOICES
    name = folder_name(request.name)
    if not name:
        raise UserError("The voice has no name.", advice="Write one with letters or digits.")
    if exists(voices / name):
        raise UserError(
            "There is a voice called “{name}” already.", advice="Choose another name.", name=name
        )
    runs = {kind: request.run / folder / CHECKPOINT for kind, folder in RUN_FOLDERS.items()}
    checkpoints = {kind: path for kind, path in runs.items() if is_file(path)}
    if not checkpoints:
        raise UserError(
            "This run has no checkpoint to make a voice of yet.",
            advice="Wait for its first preview.",
        )
    with reading(request.run / PLAN):
        plan = VoicePlan.from_dict(read_json(request.run / PLAN))
    recordings = Path(plan.requests[0].folder).name
    card = ModelCard("", name=request.name.strip(), training_data=recordings)
    with whole_folder(voices / name) as made:
        for kind, path in plan.others.items():
            Checkpoint.load(Path(path)).save(made / _FILES[kind])
        for kind, checkpoint in checkpoints.items():
            export_network(checkpoint, made / _FILES[kind], card)
    return name


def folder_name(name: str) -> str:
    """The name of a voice's folder: letters of any script, digits, "-" and "_"."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in name)
    return plain.strip("-")
