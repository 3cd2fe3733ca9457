"""The folders of training runs. Imports no torch."""

from __future__ import annotations

from pathlib import Path

CHECKPOINT = "checkpoint.safetensors"
"""The file in a run's folder that holds all that the run needs to go on."""


def new_run_folder(runs: Path, name: str) -> Path:
    """A folder below ``runs`` that does not exist yet, named after ``name``."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-") or "run"
    number = 1
    while (runs / f"{plain}-{number}").exists():
        number += 1
    return runs / f"{plain}-{number}"


def newest_run(runs: Path) -> Path | None:
    """The run below ``runs`` that was written to last."""
    if not runs.is_dir():
        return None
    folders = [folder for folder in runs.iterdir() if folder.is_dir()]
    return max(folders, key=lambda folder: folder.stat().st_mtime, default=None)
