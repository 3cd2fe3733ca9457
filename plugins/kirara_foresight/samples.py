"""Clips that come with the studio."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_studio.api.resources import resource_folder


@dataclass(frozen=True)
class Sample:
    """A clip: ``start`` is where its future begins, ``credit`` whose it is, in words that stay with
    it; empty where it is the project's own."""

    id: str
    path: Path
    start: int
    credit: str = ""


def samples() -> tuple[Sample, ...]:
    """The samples that are there."""
    folder = resource_folder() / "samples" / "foresight"
    known = (
        Sample("digits", folder / "digits.gif", 60),
        Sample(
            "radar",
            folder / "radar",
            12,
            "Finnish Meteorological Institute, 2016-09-28, CC BY 4.0, via pySTEPS",
        ),
    )
    return tuple(sample for sample in known if sample.path.exists())


def sample_of(path: Path) -> Sample | None:
    """The sample that lies at ``path``."""
    return next((sample for sample in samples() if sample.path == path), None)
