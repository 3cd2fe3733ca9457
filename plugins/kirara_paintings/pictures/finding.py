"""What to say about folders without pictures and files that are none, and the samples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.resources import resource_folder

_NAMED = 5  # files in a message


def no_pictures(paths: Iterable[Path]) -> UserError:
    """The error if no pictures were found."""
    return UserError(
        "There are no pictures in “{folder}”.",
        advice="Choose pictures, or folders with PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP.",
        folder=", ".join(path.name or str(path) for path in list(paths)[:3]),
    )


def left_out_note(left_out: Sequence[Path]) -> UserError:
    """How many files were left out, and the names of the first of them."""
    names = [" ".join(path.name.split()) for path in left_out[:_NAMED]]
    return UserError(
        "Left out, since they cannot be read as pictures: {count} ({names}).",
        count=len(left_out),
        names=", ".join(names + ["…"] * (len(left_out) > _NAMED)),
    )


def samples_folder() -> Path | None:
    """The folder of the samples that come with the studio, or None if this copy has none."""
    folder = resource_folder() / "samples" / "paintings"
    return folder if is_folder(folder) else None
