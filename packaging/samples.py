"""Make the clips that come with the studio: moving digits, and an hour or two of rain.

    python packaging/samples.py [RADAR_FOLDER]

The digits are written in OpenCV's Hershey font and move as those of Moving MNIST do. The radar
pictures are cut out of the composites of the Finnish Meteorological Institute that pySTEPS gives
with its examples (CC BY 4.0); without their folder they stay as they are.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from kirara_foresight.learning.digits import sequence

SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples" / "foresight"
FRAMES = 90
SEED = 3
RAIN = 64 + 2 * 10  # the grey of 10 dBZ
UNSEEN = 255
SIDE, PICTURES = 256, 24


def digit(number: int, font: int) -> np.ndarray:
    """A digit of 28×28 pixels, white on black."""
    large = np.zeros((112, 112), np.uint8)
    (width, height), _ = cv2.getTextSize(str(number), font, 3.2, 11)
    corner = ((112 - width) // 2, (112 + height) // 2)
    cv2.putText(large, str(number), corner, font, 3.2, 255, 11, cv2.LINE_AA)
    return cv2.resize(large, (28, 28), interpolation=cv2.INTER_AREA)


def make_digits(path: Path) -> None:
    """Two digits that move and bounce, as an animated GIF of exact greys."""
    fonts = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX)
    digits = np.stack([digit(number, font) for font in fonts for number in range(10)])
    frames = sequence(digits, FRAMES, np.random.default_rng(SEED))
    images = [Image.fromarray((255 * frame).round().astype(np.uint8)) for frame in frames]
    images[0].save(path, save_all=True, append_images=images[1:], duration=100, loop=0)


def cut_radar(source: Path, folder: Path) -> None:
    """The square with most rain of the last pictures, where the radars see all of it."""
    paths = sorted(source.glob("*.pgm.gz"))[-PICTURES:]
    pictures = [cv2.imdecode(np.frombuffer(gzip.decompress(path.read_bytes()), np.uint8),
                             cv2.IMREAD_GRAYSCALE) for path in paths]  # fmt: skip
    stacked = np.stack(pictures)
    unseen = (stacked == UNSEEN).any(0)
    rain = ((stacked >= RAIN) & (stacked != UNSEEN)).sum(0).astype(float)
    rain[unseen] = -1e3
    height, width = rain.shape
    sums = np.pad(rain, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    boxes = sums[SIDE:, SIDE:] - sums[:-SIDE, SIDE:] - sums[SIDE:, :-SIDE] + sums[:-SIDE, :-SIDE]
    assert boxes.shape == (height - SIDE + 1, width - SIDE + 1)
    top, left = np.unravel_index(int(boxes.argmax()), boxes.shape)
    folder.mkdir(parents=True, exist_ok=True)
    for path, picture in zip(paths, pictures, strict=True):
        square = np.ascontiguousarray(picture[top : top + SIDE, left : left + SIDE])
        data = f"P5\n{SIDE} {SIDE}\n255\n".encode() + square.tobytes()
        (folder / path.name).write_bytes(gzip.compress(data, 9, mtime=0))


def main() -> None:
    """Make the samples."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    make_digits(SAMPLES / "digits.gif")
    if len(sys.argv) > 1:
        cut_radar(Path(sys.argv[1]), SAMPLES / "radar")


if __name__ == "__main__":
    main()
