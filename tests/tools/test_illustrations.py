"""Made pictures are the same for a seed and small in files; packages give those asked for."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tools.illustrations import packages
from tools.illustrations.figures import Figures
from tools.illustrations.gacha import Gacha
from tools.illustrations.illustration import Illustrations
from tools.illustrations.others import Others
from tools.illustrations.packages import JUDGING, TRAINING, pictures
from tools.illustrations.painting import Kinds, finished
from tools.illustrations.photographs import photograph
from tools.illustrations.screens import Screens
from tools.paintings import collect
from tools.paintings.sources import Source

SOME = [np.full((90, 120, 3), tone, np.uint8) for tone in (30, 200)]
CUT_OUT = [np.dstack([SOME[0], np.full((90, 120), 255, np.uint8)])]


def figures() -> Figures:
    return Figures(7, CUT_OUT, 0.2, count=4)


def screens() -> Kinds:
    drawn = Illustrations(figures(), SOME, SOME, SOME)
    return Screens(figures(), drawn, SOME, SOME).kinds


KINDS: dict[str, Callable[[], Kinds]] = {
    "illustration": lambda: Illustrations(figures(), SOME, SOME, SOME).kinds,
    "gacha": lambda: Gacha(figures()).kinds,
    "screenshot": screens,
    "other": lambda: Others(SOME, SOME, CUT_OUT, CUT_OUT, SOME).kinds,
    "photograph": lambda: {"all": (1.0, lambda random: photograph(SOME, random))},
}


@pytest.mark.parametrize("label", KINDS)
def test_a_seed_makes_one_picture_of_each_kind(label: str) -> None:
    kinds = KINDS[label]()
    assert sum(share for share, _ in kinds.values()) == pytest.approx(1)
    for kind, (_, make) in kinds.items():
        first, again = (make(np.random.default_rng(1)) for _ in range(2))
        assert first.dtype == np.uint8 and first.ndim == 3 and first.shape[2] == 3, kind
        assert np.array_equal(first, again), kind


def test_pictures_are_stored_small() -> None:
    large = np.zeros((1000, 300, 3), np.uint8)
    assert finished(large, np.random.default_rng(0)).shape == (512, 154, 3)
    assert finished(large[:100], np.random.default_rng(0)).shape == (100, 300, 3)


def test_no_package_is_trained_on_and_judged_by() -> None:
    trained, judged = (
        {source.package.partition("@")[0] for some in use.values() for source in some}
        for use in (TRAINING, JUDGING)
    )
    assert trained and judged and not trained & judged


def test_a_package_gives_the_pictures_that_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "CACHE", tmp_path)
    monkeypatch.setattr(packages, "CACHE", tmp_path)
    drawing = tmp_path / "a.png"
    Image.new("RGBA", (80, 70), (255, 0, 0, 128)).save(drawing)
    (tmp_path / "packages").mkdir()
    with tarfile.open(tmp_path / "packages" / "some-things-1.2.3.tgz", "w:gz") as package:
        for name in ("package/img/a.png", "package/img/copy.png", "package/other/a.png"):
            package.add(drawing, name)
    source = Source("npm", "some-things@1.2.3", r"/img/.*\.png$", 5, "MIT")
    (found,) = pictures([source], transparent=True)
    assert found.shape == (70, 80, 4)
    shutil.rmtree(tmp_path / "packages")  # what was taken from it stays
    (again,) = pictures([source])
    assert again.shape == (70, 80, 3) and again[0, 0].tolist() == [255, 127, 127]
