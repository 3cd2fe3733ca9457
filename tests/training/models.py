"""What the queue does with the runs of ``tests.engine.trainers``: export, and a judge.

``python -m tests.training.models MODEL GATE BEST PASSES [SECONDS]`` judges: the measure "error" is
how far the model's step is from BEST, and from PASSES on the gate is passed.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kirara_studio.api.files import write_atomically
from kirara_studio.api.models import ModelCard, fingerprint


def export(checkpoint: Path, path: Path, card: ModelCard) -> None:
    """A model is the number that the trainer counted to."""
    write_atomically(path, checkpoint.read_text())
    write_atomically(path.with_suffix(".toml"), f'name = "{card.name}"\n')


def judge(model: Path, gate: str, best: int, passes: int, seconds: float = 0.0) -> None:
    """Print a report such as those of ``python -m evaluation … --json``."""
    time.sleep(seconds)
    step = int(model.read_text())
    report = {
        "gate": gate,
        "weights": fingerprint(model),
        "passed": step >= passes,
        "measures": {"error": abs(step - best), "step": step},
        "missed": {} if step >= passes else {"step": f"≥ {passes}"},
    }
    print(json.dumps({"models": {model.stem: report}}))


if __name__ == "__main__":
    path, gate, *numbers = sys.argv[1:]
    judge(Path(path), gate, int(numbers[0]), int(numbers[1]), *map(float, numbers[2:]))
