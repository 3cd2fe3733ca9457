"""Generated characters against drawings from seeds that no training uses."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

import kirara_characters.drawing
from evaluation.measures import Pictures, features_of, mean_levels, sliced_wasserstein
from evaluation.report import Judgement, Report, Table
from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_characters.models import available_models, find_model, is_drawn
from kirara_characters.networks.character import of_seeds
from kirara_characters.networks.renderer import Renderer
from kirara_studio.api.files import whole_file
from kirara_studio.api.learning.lite0 import load_pretrained, weights_file
from kirara_studio.api.learning.measures import frechet_distance, precision_recall
from kirara_studio.api.model_library import ModelFile
from kirara_studio.engine.device import cpu
from training.characters.drawings import JUDGING_SEEDS, TRAINING_SEEDS

FEWEST = 8
_SLICED = 1_024  # pictures of a set: with 128 patches each
_PART = 256  # pictures in memory at once
_SHEET = 8, 8  # rows, columns

Features = npt.NDArray[np.float32]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument("--model", default="", help="(default: the network that comes with it)")
    parser.add_argument(
        "--count", type=int, default=1_000, help="pictures of each set (default 1000)"
    )
    parser.add_argument("--truncation", type=float, default=1.0, help="0…2 (default 1)")
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="save 64 unselected samples")


def default_generator() -> ModelFile:
    """The first network that comes with the studio; drawings need no judging."""
    return next(model for model in available_models() if not is_drawn(model))


def evaluate(arguments: argparse.Namespace) -> Report:
    """Judge a generator; features of drawings are kept in the cache."""
    count = arguments.count
    if count < FEWEST:
        raise SystemExit(f"--count is {FEWEST} or more.")
    model = find_model(arguments.model) if arguments.model else default_generator()
    renderer = Renderer(model.path, cpu())
    side = renderer.resolution

    # A generator with attributes gets those of the drawing of the same seed.
    def samples(first: int, size: int) -> Pictures:
        seeds = range(JUDGING_SEEDS + 2 * count + first, JUDGING_SEEDS + 2 * count + first + size)
        characters = of_seeds(seeds, arguments.truncation)
        return renderer.pictures([renderer.space.point(one) for one in characters])

    def drawings(first: int, size: int) -> Pictures:
        seeds = range(JUDGING_SEEDS + first, JUDGING_SEEDS + first + size)
        return np.stack([draw_character(CharacterAttributes.from_seed(s), side) for s in seeds])

    network = load_pretrained()

    def features(picture: Callable[[int, int], Pictures], first: int) -> Features:
        parts = [features_of(picture(at, size), network) for at, size in _parts(first, count)]
        return np.concatenate(parts)

    real, other = (
        _kept(
            arguments.cache / f"drawings-{side}-{JUDGING_SEEDS + first}-{count}-{_version()}.npy",
            lambda first=first: features(drawings, first),  # type: ignore[misc]
        )
        for first in (0, count)
    )
    generated = features(samples, 0)
    few = min(count, _SLICED)
    real_few, other_few = drawings(0, few), drawings(count, few)
    rows = {
        "generated": (generated, sliced_wasserstein(real_few, samples(0, few))),
        "drawings, other half": (other, sliced_wasserstein(real_few, other_few)),
    }
    table = Table(
        "against drawings",
        ["precision", "recall", "Fréchet", *(f"SWD {level}" for level in rows["generated"][1])],
        {
            name: [*precision_recall(real, one), frechet_distance(real, one), *levels.values()]
            for name, (one, levels) in rows.items()
        },
    )
    if arguments.sheet is not None:
        _save_sheet(samples(0, _SHEET[0] * _SHEET[1]), arguments.sheet)
    names = "precision", "recall", "Fréchet distance", "sliced Wasserstein distance"
    measures: dict[str, float] = {}
    for row, suffix in (("generated", ""), ("drawings, other half", ", halves of drawings")):
        figures = [*table.rows[row][:3], mean_levels(rows[row][1])]
        measures |= {f"{n}{suffix}": v or 0.0 for n, v in zip(names, figures, strict=True)}
    measures["pictures"] = count
    last = JUDGING_SEEDS + 2 * count - 1
    first = last + 1
    data = (
        f"{count:,} samples (seeds from {first:,}, truncation {arguments.truncation:g}) against "
        f"{count:,} drawings of {side}×{side} pixels (seeds from {JUDGING_SEEDS:,})"
    )
    return Report(
        {
            "model": f"{model.name} ({model.path.name}), {side}×{side} pixels",
            "data": data,
            "seeds": f"drawings {JUDGING_SEEDS:,}–{last:,}, in two halves; no sample is selected",
            "separated from training": f"training draws seeds below {TRAINING_SEEDS:,} only",
        },
        {
            "precision, recall": "Kynkäänniemi et al. 2019, k = 3, in the features of “Fréchet”",
            "Fréchet": "squared Fréchet distance in the 1,280 pooled features of "
            "EfficientNet-lite0 (ImageNet) of pictures scaled to 224×224; not the FID, which is "
            "of Inception features",
            "SWD": f"sliced Wasserstein distance × 1000 by side of the level (Karras et al. 2018, "
            f"§5), of {few:,} pictures of each set",
        },
        [table],
        [Judgement(model.path, "characters", data, measures)],
    )


def _parts(first: int, count: int) -> Iterator[tuple[int, int]]:
    for start in range(0, count, _PART):
        yield first + start, min(_PART, count - start)


def _version() -> str:
    """A hash of what drawings and features depend on: their source and the weights."""
    source = hashlib.sha256(weights_file().name.encode())
    for folder in kirara_characters.drawing.__path__:
        for path in sorted(Path(folder).rglob("*.py")):
            source.update(path.read_bytes())
    return source.hexdigest()[:12]


def _kept(path: Path, compute: Callable[[], Features]) -> Features:
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as temporary, temporary.open("wb") as file:
            np.save(file, compute())
    return np.asarray(np.load(path), np.float32)


def _save_sheet(pictures: Pictures, path: Path) -> None:
    rows, columns = _SHEET
    side = pictures.shape[1]
    grid = pictures.reshape(rows, columns, side, side, 3).swapaxes(1, 2)
    Image.fromarray(grid.reshape(rows * side, columns * side, 3)).save(path)
