"""``python -m paintings.store COUNT``: make the pictures of the seeds from 0, once, and keep them.

In ``.cache/paintings/made``: JPEG files of at most 384 pixels, named ``SEED-LABEL.jpg``, and
``boxes.jsonl`` with where the painting is in each. It goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from kirara_paintings.answers import Pixels
from paintings.collect import CACHE
from paintings.made import FreePictures, make

MADE = CACHE / "made"
_LONGEST = 384


def main() -> None:
    """Make what is missing."""
    parser = argparse.ArgumentParser(description="Make and keep the pictures to train on.")
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0, help="seed (default 0)")
    parser.add_argument("--folder", type=Path, default=MADE)
    arguments = parser.parse_args()
    store(range(arguments.first, arguments.first + arguments.count), arguments.folder)


def store(seeds: range, folder: Path) -> None:
    """Make the pictures of some seeds that ``folder`` lacks."""
    folder.mkdir(parents=True, exist_ok=True)
    index, free = folder / "boxes.jsonl", FreePictures()
    done = {seed for seed, _, _ in entries(folder)}
    with index.open("a", encoding="utf-8") as boxes:
        for seed in seeds:
            if seed in done:
                continue
            made = make(seed, free)
            scale = min(1.0, _LONGEST / max(made.pixels.shape[:2]))
            small = cv2.resize(made.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            quality = [cv2.IMWRITE_JPEG_QUALITY, 95]
            cv2.imwrite(str(folder / f"{seed}-{made.label}.jpg"), small[:, :, ::-1], quality)
            box = made.box
            edges = [box.left, box.top, box.right, box.bottom]
            boxes.write(json.dumps({"seed": seed, "label": made.label, "box": edges}) + "\n")
            boxes.flush()


def picture_of(folder: Path, seed: int, label: str) -> Pixels:
    """A kept picture, (height, width, 3)."""
    pixels = cv2.imread(str(folder / f"{seed}-{label}.jpg"))
    return np.ascontiguousarray(pixels[:, :, ::-1])


def entries(folder: Path) -> list[tuple[int, str, tuple[float, ...]]]:
    """Seed, label and box (left, top, right, bottom) of each kept picture."""
    index = folder / "boxes.jsonl"
    if not index.exists():
        return []
    lines = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    return [(line["seed"], line["label"], tuple(line["box"])) for line in lines]


if __name__ == "__main__":
    main()
