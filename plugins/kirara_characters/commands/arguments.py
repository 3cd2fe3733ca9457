"""Arguments that several commands share: how they are named, read and checked."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kirara_characters.networks.latents import LARGEST_SEED, LARGEST_TRUNCATION
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.saving import PICTURE_SUFFIXES


def add_seed_and_count(parser: argparse.ArgumentParser) -> None:
    """Add --seed and --count; :func:`chosen_seeds` reads them."""
    parser.add_argument("--seed", type=seed_number, default=0, help="of the first (default 0)")
    parser.add_argument(
        "--count", type=at_least(1), default=1, help="how many, seed by seed (default 1)"
    )


def add_size_and_model(parser: argparse.ArgumentParser) -> None:
    """Add --size and --model."""
    parser.add_argument(
        "--size", type=at_least(1), default=0, help="pixels (default: the model's own)"
    )
    parser.add_argument(
        "--model",
        default="",
        metavar="FILE",
        help="a generator's .safetensors, or a name (default: the bundled one)",
    )


def add_truncation(parser: argparse.ArgumentParser) -> None:
    """Add --truncation."""
    parser.add_argument(
        "--truncation",
        type=_truncation,
        default=1.0,
        help="0 draws the average character, 1 the full variety (default 1)",
    )


def add_depth_and_alpha(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add --depth and --alpha."""
    parser.add_argument(
        "--depth", type=at_least(0), metavar="N", help="0 is 4×4, 6 is 256×256 (default: highest)"
    )
    parser.add_argument(
        "--alpha",
        type=float,
        default=1.0,
        metavar="A",
        help="how far that depth is faded in, 0 to 1 (default 1)",
    )


def add_pictures_out(parser: argparse.ArgumentParser, required: bool = True) -> None:
    """Add --out; :func:`picture_paths` and :func:`picture_path` read it."""
    parser.add_argument(
        "--out",
        type=Path,
        required=required,
        metavar="DIR|FILE",
        help="a folder, or for a single picture a .png or .webp",
    )


def seed_number(text: str) -> int:
    """Read a seed."""
    return _whole(text, 0, LARGEST_SEED)


def at_least(lowest: int) -> Callable[[str], int]:
    """What reads a whole number from ``lowest`` on."""
    return lambda text: _whole(text, lowest, LARGEST_SEED)


def _whole(text: str, lowest: int, highest: int) -> int:
    try:
        value = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None
    if not lowest <= value <= highest:
        raise argparse.ArgumentTypeError(f"{value} is not between {lowest} and {highest}")
    return value


def _truncation(text: str) -> float:
    return _number(text, 0.0, LARGEST_TRUNCATION)


def positive(text: str) -> float:
    """Read a number above zero."""
    return _number(text, 1e-9, 1e9)


def _number(text: str, lowest: float, highest: float) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number") from None
    if not lowest <= value <= highest:
        raise argparse.ArgumentTypeError(f"{text} is not between {lowest:g} and {highest:g}")
    return value


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
    if out.suffix.lower() in PICTURE_SUFFIXES and not out.is_dir():
        if len(seeds) > 1:
            raise UserError(
                "{count} pictures do not fit into the one file “{out}”.",
                advice="Give a folder.",
                count=len(seeds),
                out=out,
            )
        return [out]
    if out.is_file():
        raise UserError("“{out}” is a file, not a folder.", advice="Choose another place.", out=out)
    return [out / f"{seed:06d}.png" for seed in seeds]


def picture_path(out: Path, name: str) -> Path:
    """Where to save a single picture: ``out`` if it names a file, else ``name`` in it."""
    named = out.suffix.lower() in PICTURE_SUFFIXES and not out.is_dir()
    return out if named else out / name
