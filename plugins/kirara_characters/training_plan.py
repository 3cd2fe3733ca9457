"""How long to train at which size: plain values for the trainer. Imports no torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SIZES = (32, 64, 128, 256)
_LEVELS = {32: 3, 64: 4, 128: 5, 256: 6}
# Thousands of pictures shown at 4×4, 8×8, … Enough for faces to be told apart, on two cores.
_THOUSANDS = (40, 80, 120, 220, 500, 500, 600)


def training_request(
    folder: Path, size: int, thoroughness: float, *, mirror: bool
) -> dict[str, Any]:
    """The request of a training on ``folder`` up to ``size``² pixels (one of :data:`SIZES`).

    ``thoroughness`` multiplies the number of pictures shown; 1 is the usual schedule.
    """
    stages = []
    for level in range(_LEVELS[size] + 1):
        pictures = max(32, int(1000 * _THOUSANDS[level] * thoroughness))
        stages.append(
            {
                "pictures": pictures,
                "fade": pictures // 3 if level else 0,
                "batch": 32 if level < 4 else 16,
            }
        )
    return {"folder": str(folder), "stages": stages, "mirror": mirror}


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
