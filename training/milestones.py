"""Milestones: the averaged network of a run exported and judged, and the best one kept."""

from __future__ import annotations

import json
import math
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from kirara_studio.api.errors import one_line
from kirara_studio.api.files import whole_file, write_atomically
from kirara_studio.api.models import fingerprint
from kirara_studio.processes import python_command
from training.history import History, Milestone, best_of, milestones_of
from training.queue_file import Entry, filled

MILESTONES, BEST = "milestones", "best"
SUFFIXES = (".safetensors", ".toml")
"""Of a model and of its card."""

RunChild = Callable[[list[str], IO[bytes], IO[bytes]], str]
"""Runs a command with files for stdout and stderr; returns why it failed, "" if it did not."""


def reach(entry: Entry, run: Path, history: History, run_child: RunChild) -> Milestone:
    """Make a milestone of the run's last checkpoint, while nothing else computes.

    Exports ``milestones/STEP.safetensors``, judges it, adds a line to ``judged.jsonl``, keeps the
    best one as ``best.safetensors``, each with its card, and removes all others but the last.
    """
    model = run / MILESTONES / f"{history.checkpoint_step:07d}.safetensors"
    judged: dict[str, Any] = {}
    with (run / "judging.log").open("ab") as log:
        card = json.dumps(dict(entry.card))
        where = [entry.export, str(history.checkpoint), str(model), card]
        problem = run_child(python_command("training.export", *where), log, log)
        if not problem and entry.judge:
            answer = run / "judged.json"
            places = {"model": str(model), "folder": str(_together(entry, model, run))}
            with answer.open("wb") as output:
                arguments = filled(entry.judge, places)
                problem = run_child(python_command(*arguments), output, log)
            if not problem:
                judged, problem = _report_of(answer, model, entry)
    measures = judged.get("measures", {})
    milestone = Milestone(
        history.checkpoint_step,
        round(history.seconds, 1),
        round(time.time(), 1),
        {name: value for name, value in measures.items() if math.isfinite(value)},
        judged.get("missed", {}),
        bool(judged.get("passed", False)),
        problem,
    )
    if best_of(entry, [*milestones_of(run), milestone]) is milestone and model.is_file():
        for suffix in SUFFIXES:
            if (source := model.with_suffix(suffix)).is_file():
                write_atomically(run / f"{BEST}{suffix}", source.read_bytes())
    milestone.append_to(run)
    for path in (run / MILESTONES).glob("*"):
        if path.stem != model.stem:
            path.unlink()
    return milestone


def begin_from(earlier: Path, run: Path) -> None:
    """Let a new run begin where an earlier one ended: with a copy of its checkpoint."""
    target = run / earlier.name
    if not target.exists():
        with whole_file(target) as temporary:
            shutil.copyfile(earlier, temporary)


def _together(entry: Entry, model: Path, run: Path) -> Path:
    """The folder in which a model is judged together with others."""
    folder = run / "judging"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    names = {path: Path(path).name for path in entry.beside}
    if entry.called:
        names[str(model)] = entry.called
    for path, name in names.items():
        for suffix in SUFFIXES:
            if (source := Path(path).with_suffix(suffix)).is_file():
                shutil.copyfile(source, (folder / name).with_suffix(suffix))
    return folder


def _report_of(path: Path, model: Path, entry: Entry) -> tuple[dict[str, Any], str]:
    """A model's part in a report of :mod:`evaluation`, or else why it has none."""
    try:
        models = list(json.loads(path.read_text(encoding="utf-8"))["models"].values())
        weights = fingerprint(model)
        # An SSRN is judged by a voice, and the report is then about its Text2Mel.
        judged = next((one for one in models if one["weights"] == weights), models[0])
        measures = {name: float(value) for name, value in judged["measures"].items()}
        gate = judged["gate"]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        return {}, f"“{path.name}” is not a report of the evaluation ({one_line(error)})"
    if entry.gate and gate != entry.gate:
        return {}, f"judged by the gate “{gate}”, not “{entry.gate}”"
    wanted = entry.lowest or entry.highest
    if wanted not in measures:
        return judged, f"the report has no measure “{wanted}”, but {', '.join(measures)}"
    return judged, ""
