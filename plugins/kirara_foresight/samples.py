"""Clips that come with the studio."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_studio.api.files import exists
from kirara_studio.api.resources import resource_folder

_FMI = "Finnish Meteorological Institute, 2016-09-28, CC BY 4.0, via pySTEPS"


@dataclass(frozen=True)
class Sample:
    """A clip, the ``start`` of its future, and whose it is ("" for the project's own)."""

    id: str
    path: Path
    start: int
    credit: str = ""


def samples() -> tuple[Sample, ...]:
    """The samples that exist in this copy of the studio."""
    folder = resource_folder() / "samples" / "foresight"
    known = (
        Sample("digits", folder / "digits.gif", 60),
        Sample("radar", folder / "radar", 12, _FMI),
    )
    return tuple(sample for sample in known if exists(sample.path))


def sample_of(path: Path) -> Sample | None:
    """The sample at ``path``."""
    return next((sample for sample in samples() if sample.path == path), None)


def credit_of(path: Path) -> str:
    """Whose the clip at ``path`` is, if that must be shown."""
    sample = sample_of(path)
    return sample.credit if sample is not None else ""
