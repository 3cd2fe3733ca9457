"""A filter that knows five pictures, and files with these pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from kirara_illustrations.filter.classes import CLASSES, ILLUSTRATION_FILTER
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import Head, save_head
from kirara_studio.api.learning.linear import fit
from kirara_studio.api.models import ModelCard


def banded(number: int, side: int) -> np.ndarray:
    """A picture of the class ``number``: so many bands, and a colour of its own."""
    rows = np.arange(side)[:, None, None] * (2 * number + 1) // side % 2
    tone = np.array([50 * number, 250 - 50 * number, 90])
    return np.asarray(rows * tone + np.full((side, side, 3), 5), np.uint8)


def save_filter(path: Path, extractor: Extractor) -> Path:
    """A filter in a file that knows the pictures of :func:`save_examples`."""
    pictures = [banded(number, side) for number in range(len(CLASSES)) for side in (90, 140)]
    labels = np.repeat(np.arange(len(CLASSES)), 2)
    head = Head(CLASSES, fit(extractor.statistics(pictures), labels, len(CLASSES)))
    save_head(path, head, ModelCard(ILLUSTRATION_FILTER, licence="MIT"), half=True)
    return path


def save_examples(folder: Path) -> list[Path]:
    """A picture of each class in a file, in the order of the classes."""
    paths = [folder / f"{name}.png" for name in CLASSES]
    for number, path in enumerate(paths):
        Image.fromarray(banded(number, 1200)).save(path)
    return paths
