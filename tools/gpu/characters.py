"""``python -m tools.gpu.characters --minutes 6 --out FOLDER``: characters on a GPU.

By one of the three ways of :mod:`training.characters.ways`. Drawings are made by all cores while
the GPU trains, from seeds below 10,000,000; judged is on seeds from 1,000,000,000 on: precision,
recall (k = 3) and Fréchet distance in features of EfficientNet-lite0, beside the same figures
between two halves of drawings.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.nn import functional

from kirara_characters.learning.growing import grid_of
from kirara_characters.networks.attribute_space import AttributeSpace, all_columns
from kirara_studio.api.learning.lite0 import load_pretrained
from kirara_studio.api.learning.measures import frechet_distance, precision_recall
from tools.gpu.budget import Budget
from training.characters.drawings import JUDGING_SEEDS, DrawingPool, Drawings
from training.characters.ways import WAYS, Pace, Way, make_way

if TYPE_CHECKING:
    import numpy as np

_SHEET = 8  # pictures in a row
_AT_ONCE = 100  # pictures


@torch.no_grad()
def features_of(network: Any, parts: Iterator[Tensor]) -> np.ndarray:
    """Features (count, 1280) of pictures (…, 3, side, side), −1…1."""
    found = []
    for pictures in parts:
        seen = functional.interpolate(
            pictures.clamp(-1, 1), size=(224, 224), mode="bicubic", antialias=True
        )
        found.append(network.features(127.5 * (seen + 1)).float().cpu())
    return torch.cat(found).numpy()


def judge(way: Way, judged: Drawings) -> dict[str, float]:
    """Precision, recall and Fréchet distance of as many samples as half of the drawings."""
    network = load_pretrained().to(way.device)
    half = len(judged.pictures) // 2
    places = torch.arange(2 * half, device=way.device)
    real = features_of(network, (judged.batch(p, way.pace.side)[0] for p in places.split(_AT_ONCE)))
    latents = way.latents(half)
    fake = features_of(network, (way.draw(way.average, z) for z in latents.split(_AT_ONCE)))
    precision, recall = precision_recall(real[:half], fake)
    half_precision, half_recall = precision_recall(real[:half], real[half:])
    return {
        "samples": float(half),
        "precision": precision,
        "recall": recall,
        "Fréchet distance": frechet_distance(real[:half], fake),
        "precision of halves": half_precision,
        "recall of halves": half_recall,
        "Fréchet distance of halves": frechet_distance(real[:half], real[half:]),
    }


def main() -> None:
    """Train, judge, and print a table."""
    parser = argparse.ArgumentParser(description="Train characters on a GPU.")
    parser.add_argument("--way", choices=WAYS, default="attributes")
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--side", type=int, default=256, choices=(64, 128, 256))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--drawings", type=int, default=200_000, help="kept at most")
    parser.add_argument("--judge", type=int, default=2_000, help="samples to judge")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch-scale", type=float, default=1.0)
    parser.add_argument("--width", type=float, default=1.0, help="of the layers (default 1)")
    parser.add_argument("--processes", type=int, default=None)
    parser.add_argument("--start", type=Path, help="a generator to go on from, at its full size")
    arguments = parser.parse_args()
    torch.manual_seed(2017)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    device, side = torch.device(arguments.device), arguments.side
    space = AttributeSpace(all_columns())
    pool = DrawingPool(space, side, arguments.drawings, device, processes=arguments.processes)
    pool.wait_for(2_000)
    budget = Budget(arguments.minutes, arguments.out)
    grow = arguments.start is None
    pace = Pace(side, arguments.rate, arguments.batch_scale, grow, arguments.width)
    way = make_way(arguments.way, pool, pace)
    if arguments.start:
        way.begin_with(arguments.start)
    first = torch.arange(_SHEET * _SHEET, device=device)
    wanted, vectors = pool.all.batch(first, side)
    grid_of(wanted, _SHEET).save(arguments.out / "wanted.png")
    latents = way.sheet_latents(vectors)
    while budget.used < 1 or not way.steps:
        way.advance(budget.used)
        if budget.time_to_print():
            budget.report(
                step=way.steps, pictures=way.pictures, speed=way.pictures / budget.seconds,
                drawn=pool.ready, level=way.level, **way.means(),
            )  # fmt: skip
        if budget.minute_over():
            _save(way, latents, budget)
    _save(way, latents, budget)
    pool.close()
    count = 2 * arguments.judge
    judging = DrawingPool(
        space, side, count, device, first=JUDGING_SEEDS, processes=arguments.processes
    )
    judging.wait_for(count)
    judging.close()
    figures = judge(way, judging.all)
    budget.finish(way=arguments.way, side=side, pictures=way.pictures, steps=way.steps, **figures)
    print(f"\n{arguments.way} at {side}×{side}, {arguments.minutes:g} minutes")
    print(f"{way.pictures} pictures in {way.steps} steps; {pool.ready} drawings")
    for name, value in figures.items():
        print(f"{name:<28}{value:10.3f}")


def _save(way: Way, latents: Tensor, budget: Budget) -> None:
    budget.save("generator", way.average, way.config.to_dict())
    budget.save("discriminator", way.discriminator, {})
    grid_of(way.draw(way.average, latents), _SHEET).save(budget.out / "samples.png")


if __name__ == "__main__":
    main()
