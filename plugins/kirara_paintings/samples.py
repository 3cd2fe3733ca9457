"""Pictures that come with the studio, made by the project's own programs."""

from __future__ import annotations

from pathlib import Path

from kirara_studio.api.resources import resource_folder


def samples_folder() -> Path | None:
    """The folder of the samples, or None if this copy has none."""
    folder = resource_folder() / "samples" / "paintings"
    return folder if folder.is_dir() else None
