"""What can be asked of a model of characters, and what it gives, as plain values.

Requests and results can be pickled. Pictures are (height, width, 3), uint8, RGB.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_characters.networks.character import (
    LARGEST_SEED,
    LARGEST_TRUNCATION,
    Character,
    Portrait,
    Value,
)
from kirara_characters.networks.latents import Attribute, LatentPath
from kirara_studio.api.errors import UserError

Pixels = npt.NDArray[np.uint8]

LARGEST_SIZE = 4096  # pixels
LARGEST_FILM = 20_000  # frames


@dataclass(frozen=True)
class ModelUsed:
    """What drew a picture: ``fingerprint`` is the beginning of the file's SHA-256.

    ``resolution`` is the width that the model draws by itself, in pixels.
    """

    name: str
    fingerprint: str
    resolution: int


@dataclass(frozen=True)
class GenerateRequest:
    """One picture for each of ``characters``.

    ``size`` is the width and height in
    pixels, up to 4,096; 0 is what the model draws by itself. ``model`` is a path or a name, as in
    :func:`kirara_characters.models.find_model`.
    """

    characters: tuple[Character, ...]
    size: int = 0
    model: str = ""
    data_folder: Path | None = None


@dataclass(frozen=True)
class Generated:
    """Pictures (count, height, width, 3) in the order of the characters.

    ``milliseconds`` is the time for each of them at that size, without loading the model.
    """

    pictures: Pixels = field(repr=False)
    milliseconds: float
    model: ModelUsed


@dataclass(frozen=True)
class Chunk:
    """The pictures (count, height, width, 3) of some of a request's characters."""

    characters: tuple[Character, ...]
    pictures: Pixels = field(repr=False)


@dataclass(frozen=True)
class Drawn:
    """The figures of :class:`Generated` without its pictures."""

    milliseconds: float
    model: ModelUsed


@dataclass(frozen=True)
class FrameRequest:
    """The picture after ``time`` seconds along ``path``; the rest as in `GenerateRequest`."""

    path: LatentPath
    time: float
    size: int = 0
    model: str = ""
    data_folder: Path | None = None


@dataclass(frozen=True)
class Frame:
    """A picture (height, width, 3) of a morph."""

    picture: Pixels = field(repr=False)
    milliseconds: float
    model: ModelUsed


@dataclass(frozen=True)
class MorphRequest:
    """A film along ``path``, saved to ``output``.

    That is a ``.gif``, ``.webp`` or ``.mp4``, or without suffix a folder of PNG frames. ``fps`` is
    frames a second, above 0 and up to 100; the film has ``path.duration * fps`` frames, rounded.
    ``more_settings``, plain JSON values, are saved with the film besides its own. The rest is as
    in :class:`GenerateRequest`.
    """

    path: LatentPath
    output: Path
    fps: float = 25.0
    size: int = 0
    model: str = ""
    data_folder: Path | None = None
    more_settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        return max(1, round(self.path.duration * self.fps))


@dataclass(frozen=True)
class Morphed:
    """A film was saved to ``output``; ``milliseconds`` is what a frame took to draw."""

    output: Path
    frames: int
    milliseconds: float
    model: ModelUsed


@dataclass(frozen=True)
class SaveRequest:
    """Pictures (count, height, width, 3) to save with their settings.

    A ``side`` of 0 saves the only one; else all of them side by side, each as wide in pixels.
    """

    pictures: Pixels = field(repr=False)
    path: Path
    settings: Mapping[str, Any]
    side: int = 0


@dataclass(frozen=True)
class AttributesRequest:
    """What can be set by name of a character, and as what the model draws it."""

    character: Character
    model: str = ""
    data_folder: Path | None = None


@dataclass(frozen=True)
class Attributes:
    """The attributes that a model has, and their ``values`` of one character."""

    attributes: tuple[Attribute, ...]
    values: Mapping[str, Value]
    model: ModelUsed


@dataclass(frozen=True)
class LikenessRequest:
    """Find the character that is most like the one in the picture file ``path``."""

    path: Path
    model: str = ""
    data_folder: Path | None = None


@dataclass(frozen=True)
class Likeness:
    """A character, and how far its picture is from the one that it shall resemble.

    ``distance`` is that of :func:`kirara_characters.likeness.search.distance`.
    """

    character: Character
    distance: float


@dataclass(frozen=True)
class PortraitRequest:
    """Cut the square of a portrait out, ``side`` pixels wide."""

    portrait: Portrait
    side: int


@dataclass(frozen=True)
class EnlargeRequest:
    """Draw a character at the model's own size, and enlarge it ``factor`` times by a network."""

    character: Character
    factor: int
    model: str = ""
    data_folder: Path | None = None


@dataclass(frozen=True)
class Enlarged:
    """A picture (height, width, 3) enlarged by a network, and ``plainly``, by interpolation."""

    picture: Pixels = field(repr=False)
    plainly: Pixels = field(repr=False)
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class AddModelRequest:
    """Make a model of the user's of ``source``: a file of a generator, or a run's folder."""

    source: Path
    data_folder: Path


def check_size(size: int) -> None:
    """Raise :class:`UserError` for a size of pictures that is out of range."""
    if not 0 <= size <= LARGEST_SIZE:
        raise UserError(
            "The size {size} is out of range.",
            advice="Choose up to {largest} pixels, or 0 for the model's own size.",
            size=size,
            largest=LARGEST_SIZE,
        )


def check_characters(characters: Sequence[Character]) -> None:
    """Raise :class:`UserError` if there is none, or if a seed or truncation is out of range."""
    if not characters:
        raise UserError("No seed is given.", advice="Give at least one seed.")
    for character in characters:
        if not 0 <= character.seed <= LARGEST_SEED:
            raise UserError(
                "The seed {seed} is out of range.",
                advice="Choose 0 to {largest}.",
                seed=character.seed,
                largest=LARGEST_SEED,
            )
        if not 0 <= character.truncation <= LARGEST_TRUNCATION:
            raise UserError(
                "The truncation {truncation:g} is out of range.",
                advice="Choose 0 to {largest:g}.",
                truncation=character.truncation,
                largest=LARGEST_TRUNCATION,
            )
