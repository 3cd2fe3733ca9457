"""``python -m tools.gpu.text2mel --minutes 6 --data FILE --out FOLDER``: a voice on a GPU.

Text2Mel goes on from the bundled voice's, by the shared trainer. ``FILE`` is an ``.npz`` with
``mel`` (frames, mels), every fourth frame of all sentences one after the other in fp16, and
``sentences``, their symbols and places as JSON (:mod:`tools.gpu.pack`).
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

from kirara_speech.learning.dataset import Sentence, SpeechSet
from kirara_speech.learning.recording_report import Report
from kirara_speech.learning.schedule import TrainRequest
from kirara_speech.learning.tasks import Text2MelTask
from kirara_speech.networks.config import REDUCTION, Text2MelConfig, config_to_dict
from kirara_speech.networks.model_files import KINDS, RUN_KEY
from kirara_studio.api.learning.averaged_run import AveragedRun, Kind
from kirara_studio.api.learning.networks import start_weights
from kirara_studio.api.models import Checkpoint
from kirara_studio.api.training import Reporter
from tools.gpu.budget import Budget

_ENDLESS = 1_000_000  # steps; the time is up long before


class _Silent(Text2MelTask):
    """Sentences without previews, whose sound would need a vocoder there."""

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterable[Path]:  # type: ignore[override]
        return ()


class _BudgetReporter(Reporter):
    """Prints now and then, and stops a run when its time is over."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        if self._budget.time_to_print():
            self._budget.report(step=step, **metrics)

    def message(self, text: str) -> None:
        print(text, flush=True)

    def should_stop(self) -> bool:
        return self._budget.used >= 1


def read_speech(path: Path) -> SpeechSet:
    """Read what :func:`tools.gpu.pack.pack_speech` wrote; each coarse frame stands for four."""
    with np.load(path, allow_pickle=False) as file:
        mel = np.repeat(file["mel"], REDUCTION, axis=0)
        rows = json.loads(str(file["sentences"]))
    sentences = tuple(
        Sentence(row["id"], tuple(row["symbols"]), row["start"], row["frames"]) for row in rows
    )
    return SpeechSet(sentences, mel, None, Report())


def main() -> None:
    """Train, and print a table."""
    parser = argparse.ArgumentParser(description="Train a voice's Text2Mel on a GPU.")
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="a Text2Mel to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-3)
    arguments = parser.parse_args()
    card = Checkpoint.load(arguments.start).card
    config = Text2MelConfig.from_dict(card.configuration)
    request = TrainRequest(
        "", config, steps=_ENDLESS, batch=arguments.batch, learning_rate=arguments.rate,
        dropout=0.15, cool_down=0, start=str(arguments.start), device=arguments.device,
        precision="bf16", checkpoint_seconds=math.inf, preview_seconds=math.inf,
    )  # fmt: skip
    budget = Budget(arguments.minutes, arguments.out)
    task = _Silent(request, read_speech(arguments.data), torch.device(arguments.device))
    kinds = list(KINDS.values())
    kind = Kind(RUN_KEY, config_to_dict(config), lambda path: start_weights(path, config, *kinds))
    run = AveragedRun(request, task, kind, arguments.out / "run", _BudgetReporter(budget))
    run.train()
    (arguments.out / "run" / "checkpoint.safetensors").unlink()  # too large to come back
    with torch.no_grad():
        figures = task.judge(run.average)
    budget.save("text2mel", run.average, config.to_dict())
    budget.finish(step=run.state.step, **figures)
    print(f"\nText2Mel at step {run.state.step}, {arguments.minutes:g} minutes")
    for name, value in figures.items():
        print(f"{name:<28}{value:10.4f}")


if __name__ == "__main__":
    main()
