"""Arguments that several commands share: how they are named, read and checked."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kirara_characters.networks.character import LARGEST_SEED, LARGEST_TRUNCATION
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file, is_folder
from kirara_studio.api.media.saving import PICTURE_SUFFIXES

Number = TypeVar("Number", int, float)


def add_seed_and_count(parser: argparse.ArgumentParser) -> None:
    """Add --seed and --count; :func:`chosen_seeds` reads them."""
    add, one = parser.add_argument, at_least(1)
    add("--seed", type=at_least(0), default=0, help="of the first (default 0)")
    add("--count", type=one, default=1, help="how many, seed by seed (default 1)")


def add_size_and_model(parser: argparse.ArgumentParser) -> None:
    """Add --size and --model."""
    model = "a generator's .safetensors, or a name (default: the bundled one)"
    size = "pixels (default: the model's own)"
    parser.add_argument("--size", type=at_least(1), default=0, help=size)
    parser.add_argument("--model", default="", metavar="FILE", help=model)


def add_truncation(parser: argparse.ArgumentParser) -> None:
    """Add --truncation."""
    read = _reader(float, "a number", 0.0, LARGEST_TRUNCATION)
    text = "0 draws the average character, 1 the full variety (default 1)"
    parser.add_argument("--truncation", type=read, default=1.0, help=text)


def add_depth_and_alpha(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add --depth and --alpha."""
    add, depth = parser.add_argument, "0 is 4×4, 6 is 256×256 (default: highest)"
    add("--depth", type=at_least(0), metavar="N", help=depth)
    alpha = "how far that depth is faded in, 0 to 1 (default 1)"
    add("--alpha", type=float, default=1.0, metavar="A", help=alpha)


def add_pictures_out(parser: argparse.ArgumentParser, required: bool = True) -> None:
    """Add --out; :func:`picture_paths` and :func:`picture_path` read it."""
    text = "a folder, or for a single picture a .png or .webp"
    parser.add_argument("--out", type=Path, required=required, metavar="DIR|FILE", help=text)


def at_least(lowest: int) -> Callable[[str], int]:
    """Return a function that reads a whole number from ``lowest`` up to the largest seed."""
    return _reader(int, "a whole number", lowest, LARGEST_SEED)


def positive(text: str) -> float:
    """Read a number above zero."""
    return _reader(float, "a number", 1e-9, 1e9)(text)


def _reader(
    kind: Callable[[str], Number], name: str, lowest: Number, highest: Number
) -> Callable[[str], Number]:
    def read(text: str) -> Number:
        try:
            value = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"“{text}” is not {name}") from None
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"{text} is not between {lowest} and {highest}")
        return value

    return read


# Seeds, and places for their pictures


def chosen_seeds(arguments: argparse.Namespace) -> tuple[int, ...]:
    """The seeds from --seed on, --count of them."""
    last = arguments.seed + arguments.count - 1
    if last > LARGEST_SEED:
        raise UserError(
            "The seed {seed} is out of range.",
            advice="Choose up to {largest}.",
            seed=last,
            largest=LARGEST_SEED,
        )
    return tuple(range(arguments.seed, last + 1))


def picture_paths(out: Path, seeds: tuple[int, ...]) -> list[Path]:
    """Where to save the picture of each seed."""
    if _is_picture(out):
        if len(seeds) > 1:
            raise UserError(
                "{count} pictures do not fit into the one file “{out}”.",
                advice="Give a folder.",
                count=len(seeds),
                out=out,
            )
        return [out]
    if is_file(out):
        raise UserError("“{out}” is a file, not a folder.", advice="Choose another place.", out=out)
    return [out / f"{seed:06d}.png" for seed in seeds]


def picture_path(out: Path, name: str) -> Path:
    """Where to save a single picture: ``out`` if it names a file, else ``name`` in it."""
    return out if _is_picture(out) else out / name


def _is_picture(out: Path) -> bool:
    return out.suffix.lower() in PICTURE_SUFFIXES and not is_folder(out)
