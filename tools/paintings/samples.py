"""Draw the samples of the Paintings panel with the programs that draw its training pictures.

    python -m tools.paintings.samples

None of them was trained on: the landscapes that are painted over are drawn here, and the seeds
differ.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from kirara_paintings.answers import Pixels
from tools.paintings.action import action_painting
from tools.paintings.brush import impressionist
from tools.paintings.colour_field import colour_field
from tools.paintings.negatives import negative_drawing
from tools.paintings.neoplasticism import neoplasticism
from tools.paintings.photographing import framed

Generator = np.random.Generator

SAMPLES = Path(__file__).parents[2] / "resources" / "samples" / "paintings"
YEAR = 1917  # seeds of the training pictures begin with another
QUALITY = 82


def landscape(random: Generator, height: int, width: int) -> Pixels:
    """Sky, hills one behind the other, trees and a field or water: (height, width, 3)."""
    down = np.linspace(0, 1, height)[:, None, None]
    high, low = np.array([96, 150, 214.0]), np.array([238, 226, 196.0])
    picture = high + (low - high) * down**0.8 + np.zeros((height, width, 3))
    soft = cv2.GaussianBlur(
        random.normal(0, 1, (height, width)), (0, 0), width / 24, None, height / 50
    )
    clouds = (soft / soft.std() - 0.3).clip(0, 1)[..., None] * (down < 0.4)
    picture += 0.8 * clouds * (np.array([252, 248, 240.0]) - picture)
    horizon = height * random.uniform(0.38, 0.5)
    far, near = np.array([150, 170, 190.0]), np.array([74, 122, 52.0])
    layers = 4
    for layer in range(layers):
        share = layer / (layers - 1)
        top = horizon + share * height * 0.28 + _hills(random, width, 3 + layer) * height * 0.07
        colour = far + (near - far) * share + random.normal(0, 8, 3)
        below = np.arange(height)[:, None] >= top[None, :]
        picture[below] = colour
        for _ in range(int(12 * share)):
            x = int(random.integers(width))
            _tree(random, picture, x, int(top[x]), height * 0.06 * (0.5 + share))
    floor = int(height * 0.8)
    if random.random() < 0.6:  # water gives back what is above it
        part = picture[floor - (height - floor) : floor][::-1]
        picture[floor:] = 0.75 * part + 0.25 * np.array([110, 150, 190.0])
    else:
        rows = np.arange(height - floor)[:, None, None]
        picture[floor:] = np.array([190, 170, 80.0]) + 14 * np.sin(rows / 5.0)
    light = cv2.GaussianBlur(random.normal(0, 60, (height, width)), (0, 0), height / 40)
    return (picture + light[..., None]).clip(0, 255).astype(np.uint8)


def _hills(random: Generator, count: int, hills: int) -> np.ndarray:
    """A soft line of ``count`` heights, about −1…1."""
    knots = random.normal(0, 0.6, hills + 2)
    return np.interp(np.linspace(0, hills + 1, count), np.arange(hills + 2), knots)


def _tree(random: Generator, picture: np.ndarray, x: int, y: int, size: float) -> None:
    green = np.array([52, 92, 44.0]) + random.normal(0, 16, 3)
    for _ in range(14):
        at = (int(x + random.normal(0, size / 3)), int(y - abs(random.normal(0, size / 1.6))))
        colour = tuple((green + random.normal(0, 12, 3)).clip(0, 255).tolist())
        cv2.circle(picture, at, max(1, int(size * random.uniform(0.15, 0.4))), colour, -1)


def samples() -> list[tuple[str, Pixels]]:
    """Names and pictures."""
    made: list[tuple[str, Pixels]] = []

    def random(kind: int, number: int) -> Generator:
        return np.random.default_rng((YEAR, kind, number))

    for number, size in enumerate(((520, 520), (560, 420), (480, 600))):
        made.append((f"planes-{number + 1}", neoplasticism(random(1, (4, 1, 2)[number]), *size)))
    for number, size in enumerate(((420, 600), (460, 560), (440, 600))):
        drawn = landscape(random(2, number), *size)
        made.append((f"landscape-{number + 1}", impressionist(random(20, number), drawn)))
    for number, size in enumerate(((420, 640), (560, 480))):
        made.append((f"drips-{number + 1}", action_painting(random(3, number), *size)))
    for number, size in enumerate(((600, 480), (480, 560))):
        made.append((f"fields-{number + 1}", colour_field(random(4, number + 4), *size)))
    made.append(("page", negative_drawing(random(5, 0), 560, 440)))
    inner = neoplasticism(random(1, 12), 420, 360)
    made.append(("framed", framed(random(6, 1), inner)[0]))
    return made


def main() -> None:
    """Write the samples."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for name, pixels in samples():
        scale = min(1.0, 640 / max(pixels.shape[:2]))
        size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
        image = Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS)
        image.save(SAMPLES / f"{name}.jpg", quality=QUALITY, optimize=True)


if __name__ == "__main__":
    main()
