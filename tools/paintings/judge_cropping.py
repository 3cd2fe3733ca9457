"""``python -m tools.paintings.judge_cropping``: how well frames and walls are cropped.

On synthetic pictures, whose true box is known, with seeds that are not trained on.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict

import cv2
import numpy as np

from kirara_paintings.answers import WHOLE, Box
from kirara_paintings.pictures.cropping import painting_within
from kirara_paintings.styles import STYLES
from tools.paintings.synthetic import FreePictures, make

SEEDS = 10_000_000
"""The first seed that only judges."""


def main() -> None:
    """Print shares and the mean intersection over union, by style."""
    parser = argparse.ArgumentParser(description="How well frames are found.")
    parser.add_argument("--count", type=int, default=600)
    arguments = parser.parse_args()
    free, overlaps, whole, spent = FreePictures(), defaultdict(list), defaultdict(list), []
    for seed in range(SEEDS, SEEDS + arguments.count):
        synthetic = make(seed, free)
        scale = 256 / max(synthetic.pixels.shape[:2])
        size = cv2.resize(synthetic.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        small = np.asarray(size, np.uint8)
        start = time.perf_counter()
        box = painting_within(small)
        spent.append(time.perf_counter() - start)
        if synthetic.label not in STYLES:
            continue
        if synthetic.is_framed:
            overlaps[synthetic.label].append(overlap(box, synthetic.box))
        else:
            whole[synthetic.label].append(area(box) if box != WHOLE else 1.0)
    for style in STYLES:
        found, left = np.array(overlaps[style]), np.array(whole[style])
        print(
            f"{style:<16} framed {len(found):4}: IoU {found.mean():.3f}, "
            f"over 0.9 {(found > 0.9).mean():.3f}; "
            f"unframed {len(left):4}: left whole {(left == 1).mean():.3f}, "
            f"cut by more than a tenth {(left < 0.9).mean():.3f}"
        )
    print(f"{1000 * float(np.median(spent)):.2f} ms a picture at 256 px")


def area(box: Box) -> float:
    """The share of the picture."""
    return (box.right - box.left) * (box.bottom - box.top)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(0.0, wide) * max(0.0, tall)
    return both / (area(one) + area(other) - both)


if __name__ == "__main__":
    main()
