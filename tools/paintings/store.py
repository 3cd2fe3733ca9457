"""``python -m tools.paintings.store COUNT``: draw the pictures of the seeds from 0, and store them.

In ``.cache/paintings/synthetic``: JPEG files of at most 384 pixels, named ``SEED-LABEL.jpg``, and
``boxes.jsonl`` with the box of the painting in each. It continues where it was stopped.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels
from kirara_studio.api.learning.linear import Features, Labels
from tools.paintings.collect import CACHE
from tools.paintings.photographing import opened
from tools.paintings.synthetic import LABELS, FreePictures, make

Entry = tuple[int, str, tuple[float, ...]]
"""Seed, label and box (left, top, right, bottom) of a stored picture."""

SYNTHETIC = CACHE / "synthetic"
_LONGEST = 384
_TOGETHER = 100


def main() -> None:
    """Draw the missing pictures."""
    parser = argparse.ArgumentParser(description="Draw and store the pictures to train on.")
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0, help="seed (default 0)")
    parser.add_argument("--folder", type=Path, default=SYNTHETIC)
    arguments = parser.parse_args()
    store(range(arguments.first, arguments.first + arguments.count), arguments.folder)


def store(seeds: range, folder: Path) -> None:
    """Draw the pictures of the seeds that ``folder`` lacks."""
    folder.mkdir(parents=True, exist_ok=True)
    index, free = folder / "boxes.jsonl", FreePictures()
    done = {seed for seed, _, _ in entries(folder)}
    with index.open("a", encoding="utf-8") as boxes:
        for seed in seeds:
            if seed in done:
                continue
            synthetic = make(seed, free)
            scale = min(1.0, _LONGEST / max(synthetic.pixels.shape[:2]))
            pixels, box = synthetic.pixels, synthetic.box
            small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            quality = [cv2.IMWRITE_JPEG_QUALITY, 95]
            cv2.imwrite(str(folder / f"{seed}-{synthetic.label}.jpg"), small[:, :, ::-1], quality)
            edges = [box.left, box.top, box.right, box.bottom]
            boxes.write(json.dumps({"seed": seed, "label": synthetic.label, "box": edges}) + "\n")
            boxes.flush()


def picture_of(folder: Path, seed: int, label: str) -> Pixels:
    """A stored picture, (height, width, 3)."""
    return opened(cv2.imread(str(folder / f"{seed}-{label}.jpg")))


def entries(folder: Path) -> list[Entry]:
    """The stored pictures."""
    index = folder / "boxes.jsonl"
    if not index.exists():
        return []
    lines = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    return [(line["seed"], line["label"], tuple(line["box"])) for line in lines]


def measured_views(
    folder: Path, name: str, measure: Callable[[list[Entry]], Iterable[npt.ArrayLike]]
) -> tuple[Features, Labels, Labels]:
    """The features (views, features), labels and seeds of the views of stored pictures, by seed.

    ``measure`` returns the features (views, features) of each picture. They are cached in the file
    ``name``, and only those of new pictures are measured.
    """
    cache = CACHE / f"{name}.npz"
    values, seeds = [], np.empty(0, np.int64)
    if cache.exists():
        with np.load(cache) as file:
            values, seeds = [file["values"]], file["seeds"]
    known, labels = set(seeds.tolist()), {seed: label for seed, label, _ in entries(folder)}
    missing = [entry for entry in sorted(entries(folder)) if entry[0] not in known]
    for start in range(0, len(missing), _TOGETHER):
        some = missing[start : start + _TOGETHER]
        for entry, rows in zip(some, map(np.asarray, measure(some)), strict=True):
            values.append(rows)
            seeds = np.append(seeds, [entry[0]] * len(rows))
        print(f"{len(seeds)} views", flush=True)
    order = np.argsort(seeds, kind="stable")
    together, seeds = np.concatenate(values)[order], seeds[order]
    np.savez(cache, values=together, seeds=seeds)
    numbers = np.array([LABELS.index(labels[seed]) for seed in seeds.tolist()])
    return together, numbers, seeds


if __name__ == "__main__":
    main()
