"""What a training run of Speech left behind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_speech.learning.schedule import Config, config_from_dict
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.run_files import no_run

KEY = "kirara_speech_training"


@dataclass(frozen=True)
class SpeechRun:
    """Which network a run trains, and the next step."""

    config: Config
    step: int


def read_run(path: Path) -> SpeechRun:
    """Read where a run stands, without its tensors.

    Raises :class:`UserError` for a file that is damaged or something else.
    """
    state = RunState.read(path, KEY)
    try:
        return SpeechRun(config_from_dict(state.config), state.step)
    except (KeyError, TypeError, ValueError) as error:
        raise no_run(path) from error
