"""Where a run of progressive growing stands, beside its networks in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kirara_characters.learning.schedule import Position, Stage
from kirara_characters.networks.config import PgganConfig
from kirara_studio.api.learning import run_files
from kirara_studio.api.learning.run_files import reading_run

KEY = "kirara_training"
"""Names this kind of run in its checkpoint."""


@dataclass(frozen=True)
class RunState:
    """A checkpoint without its tensors.

    ``alpha`` is how far the level is faded in; ``extra`` holds plain values to remember. A run with
    a time limit also keeps for how many ``seconds`` it has trained, and what its ``stages`` have
    become.
    """

    config: PgganConfig
    position: Position
    alpha: float
    extra: Mapping[str, Any]
    seconds: float = 0.0
    stages: tuple[Stage, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain values, which :func:`read_state` reads."""
        time = {"seconds": self.seconds, "stages": [asdict(stage) for stage in self.stages]}
        return {
            "config": self.config.to_dict(),
            "position": asdict(self.position),
            "alpha": self.alpha,
            "extra": dict(self.extra),
            **(time if self.stages else {}),
        }


def read_state(path: Path) -> RunState:
    """Read where a run stands, without its tensors.

    Raises :class:`UserError` for a file that is damaged or something else.
    """
    with reading_run(path):
        state = run_files.read_state(path, KEY)
        return RunState(
            PgganConfig.from_dict(state["config"]),
            Position(**state["position"]),
            float(state["alpha"]),
            dict(state["extra"]),
            float(state.get("seconds", 0.0)),
            tuple(Stage(**stage) for stage in state.get("stages", ())),
        )
