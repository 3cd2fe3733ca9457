"""``python -m tools.paintings.store COUNT``: draw the pictures of the seeds from 0, and keep them.

In ``.cache/paintings/synthetic``: JPEG files of at most 384 pixels, named ``SEED-LABEL.jpg``, and
``boxes.jsonl`` with where the painting is in each. It goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2

from kirara_paintings.answers import Pixels
from tools.paintings.collect import CACHE
from tools.paintings.photographing import opened
from tools.paintings.synthetic import FreePictures, make

SYNTHETIC = CACHE / "synthetic"
_LONGEST = 384


def main() -> None:
    """Draw what is missing."""
    parser = argparse.ArgumentParser(description="Draw and keep the pictures to train on.")
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0, help="seed (default 0)")
    parser.add_argument("--folder", type=Path, default=SYNTHETIC)
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
            synthetic = make(seed, free)
            scale = min(1.0, _LONGEST / max(synthetic.pixels.shape[:2]))
            small = cv2.resize(
                synthetic.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA
            )
            quality = [cv2.IMWRITE_JPEG_QUALITY, 95]
            cv2.imwrite(str(folder / f"{seed}-{synthetic.label}.jpg"), small[:, :, ::-1], quality)
            box = synthetic.box
            edges = [box.left, box.top, box.right, box.bottom]
            boxes.write(json.dumps({"seed": seed, "label": synthetic.label, "box": edges}) + "\n")
            boxes.flush()


def picture_of(folder: Path, seed: int, label: str) -> Pixels:
    """A kept picture, (height, width, 3)."""
    return opened(cv2.imread(str(folder / f"{seed}-{label}.jpg")))


def entries(folder: Path) -> list[tuple[int, str, tuple[float, ...]]]:
    """Seed, label and box (left, top, right, bottom) of each kept picture."""
    index = folder / "boxes.jsonl"
    if not index.exists():
        return []
    lines = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    return [(line["seed"], line["label"], tuple(line["box"])) for line in lines]


if __name__ == "__main__":
    main()
