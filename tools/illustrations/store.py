"""The stored pictures: made once into ``.cache/illustrations``, JPEG files of 512 pixels."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from kirara_illustrations.filter.classes import (
    CLASSES,
    GACHA,
    ILLUSTRATION,
    OTHER,
    PHOTOGRAPH,
    SCREENSHOT,
)
from tools.illustrations.figures import Figures
from tools.illustrations.gacha import Gacha
from tools.illustrations.illustration import Illustrations
from tools.illustrations.judging import judging_pictures
from tools.illustrations.others import Others
from tools.illustrations.packages import CACHE, TRAINING, pictures
from tools.illustrations.painting import Kinds, Made, Pixels, Random, finished
from tools.illustrations.photographs import photograph
from tools.illustrations.screens import Screens

COUNT = 1400  # pictures of each class for training
_FIRST = 30_000_000  # seed of the characters for training
_FANTASY = 0.25  # share of the figures that come from a package
_QUALITY = 90


def stored(name: str) -> Path:
    """The folder “training” or “judging”, with the pictures ``CLASS-KIND-NUMBER.jpg``.

    They are made if need be; what was made before a stop is kept. The folder appears whole.
    """
    folder = CACHE / name
    if not folder.exists():
        unfinished = folder.with_suffix(".part")
        unfinished.mkdir(parents=True, exist_ok=True)
        makers = judging_pictures() if name == "judging" else training_pictures()
        counts: Counter[tuple[str, str]] = Counter()
        for label, kind, make in makers:
            path = unfinished / f"{label}-{kind}-{counts[label, kind]:04d}.jpg"
            counts[label, kind] += 1
            if not path.exists():
                picture = finished(make(), np.random.default_rng(list(path.name.encode())))
                half = path.with_suffix(".half")
                Image.fromarray(picture).save(half, "JPEG", quality=_QUALITY)
                half.rename(path)
            if counts.total() % 100 == 0:
                print(f"{name}: {counts.total()} pictures", file=sys.stderr, flush=True)
        unfinished.rename(folder)
    return folder


def files(name: str) -> list[tuple[Path, str]]:
    """The stored pictures with their classes, made if need be."""
    return [(path, path.name.partition("-")[0]) for path in sorted(stored(name).iterdir())]


def training_pictures(count: int = COUNT) -> Iterator[Made]:
    """Class, kind and what makes it, of ``count`` pictures of each class."""
    for label, kinds in _kinds().items():
        for kind, (share, make) in kinds.items():
            for number in range(round(share * count)):
                seed = (5, CLASSES.index(label), list(kinds).index(kind), number)
                yield label, kind, partial(_seeded, make, seed)


def _seeded(make: Callable[[Random], Pixels], seed: tuple[int, ...]) -> Pixels:
    return make(np.random.default_rng(seed))


def _kinds() -> Mapping[str, Kinds]:
    """By class: the kinds of its pictures for training."""
    figures = Figures(_FIRST, pictures(TRAINING["figure"], transparent=True), _FANTASY)
    by_package = {
        name: pictures([one for one in TRAINING["photograph"] if one.package == name])
        for name in {one.package: None for one in TRAINING["photograph"]}
    }
    # By roots, so that no package decides alone what photographs look like.
    roots = sum(len(some) ** 0.5 for some in by_package.values())
    photographs = [picture for some in by_package.values() for picture in some]
    illustrations = Illustrations(
        figures, pictures(TRAINING["cartoon"]), pictures(TRAINING["scene"]), photographs
    )
    screens = Screens(figures, illustrations, photographs, pictures(TRAINING["screenshot"]))
    others = Others(
        pictures(TRAINING["painting"]),
        photographs,
        pictures(TRAINING["object"], transparent=True),
        pictures(TRAINING["icon"], transparent=True),
        pictures(TRAINING["wallpaper"]),
    )
    return {
        ILLUSTRATION: illustrations.kinds,
        PHOTOGRAPH: {
            name.replace("-", "_"): (len(some) ** 0.5 / roots, partial(photograph, some))
            for name, some in by_package.items()
        },
        SCREENSHOT: screens.kinds,
        GACHA: Gacha(figures).kinds,
        OTHER: others.kinds,
    }


def sheet(paths: Iterable[Path], columns: int = 8, side: int = 180) -> Image.Image:
    """The pictures side by side."""
    shown = list(paths)
    page = Image.new("RGB", (columns * side, -(-len(shown) // columns) * side), "#808080")
    for number, path in enumerate(shown):
        with Image.open(path) as picture:
            picture.thumbnail((side - 4, side - 4))
            page.paste(picture, (number % columns * side + 2, number // columns * side + 2))
    return page
