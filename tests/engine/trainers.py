"""Trainers for the tests, imported by training children. They need nothing that loads slowly."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.training import Reporter, StopTraining


def train_counter(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Counts to ``request["steps"]``; the checkpoint holds the number."""
    checkpoint = run_folder / "checkpoint.json"
    step = json.loads(checkpoint.read_text()) if checkpoint.exists() else 0

    def save() -> None:
        write_atomically(checkpoint, json.dumps(step))
        reporter.checkpoint(checkpoint)

    reporter.message(f"begins at {step}")
    while step < request["steps"]:
        if reporter.should_stop():
            save()
            return
        step += 1
        time.sleep(request.get("pause", 0.0))
        reporter.progress(step, request["steps"], {"loss": 1 / step, "bad": float("nan")})
        if step % 10 == 0:
            save()
    save()


def train_large(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Trains once, and saves 30 kB."""
    reporter.message("trained")
    reporter.save(lambda: write_atomically(run_folder / "large", b"x" * 30_000))


def train_preview(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    picture = run_folder / "previews" / "1.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(b"picture")
    reporter.preview(picture)


def train_refuse(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    raise UserError("The folder holds no pictures.", advice="Choose another one.")


def train_break(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    raise ZeroDivisionError("the loss is gone")


def train_talk(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Reports a lot, until it is asked to stop."""
    while not reporter.should_stop():
        reporter.message("x" * 1000)
        time.sleep(0.001)


def train_reader(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Reads for ever, and looks whether to stop once the file ``request["read"]`` is there."""
    while not Path(request["read"]).exists():
        reporter.progress(0, 10, {})
        time.sleep(0.05)
    while not reporter.should_stop():
        time.sleep(0.05)
    raise StopTraining


def train_deaf(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Never looks whether to stop."""
    reporter.message("begins at 0")
    time.sleep(60)
