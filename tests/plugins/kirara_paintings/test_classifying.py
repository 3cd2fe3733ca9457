"""Answers stream out of files, in order and in little memory."""

from __future__ import annotations

import tracemalloc
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kirara_paintings.answers import WHOLE, Box
from kirara_paintings.classifying import Item, Outcome, classified
from kirara_paintings.styles import ACTION_PAINTING, NEO_PLASTICISM, NONE, STYLES
from kirara_studio.api.jobs import Cancelled
from tests.plugins.kirara_paintings.small_classifiers import COLOURS, MeanColour


def paint(path: Path, style: str, size: tuple[int, int] = (40, 30)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, COLOURS[style]).save(path)
    return path


def whole(paths: list[Path]) -> list[Item]:
    return [Item(path, WHOLE) for path in paths]


def test_each_picture_gets_its_answers_in_order(tmp_path: Path) -> None:
    styles = [(*STYLES, NONE)[i % 5] for i in range(100)]
    paths = [paint(tmp_path / f"{i}.png", style) for i, style in enumerate(styles)]
    outcomes = list(classified(whole(paths), [MeanColour(), MeanColour()]))
    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.answers[0].style for outcome in outcomes] == styles
    assert all(len(outcome.answers) == 2 and outcome.size == (40, 30) for outcome in outcomes)


def test_a_part_of_a_picture_is_what_is_judged(tmp_path: Path) -> None:
    image = Image.new("RGB", (100, 100), COLOURS[NEO_PLASTICISM])
    image.paste(COLOURS[ACTION_PAINTING], (0, 0, 100, 50))
    image.save(tmp_path / "two.png")
    for box, style in (
        (Box(0, 0, 1, 0.5), ACTION_PAINTING),
        (Box(0, 0.5, 1, 1), NEO_PLASTICISM),
    ):
        (outcome,) = classified([Item(tmp_path / "two.png", box)], [MeanColour()])
        assert outcome.box == box and outcome.answers[0].style == style


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    good = paint(tmp_path / "good.png", NONE)
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    items = whole([bad, tmp_path / "gone.png", good])
    first, second, third = classified(items, [MeanColour()])
    assert "not a picture" in str(first.error) and "no file" in str(second.error)
    assert third.error is None and third.answers[0].style == NONE


def test_stop_stops_and_files_are_not_all_opened(tmp_path: Path) -> None:
    path = paint(tmp_path / "one.png", NONE)
    taken = 0

    def endless() -> Iterator[Item]:
        nonlocal taken
        while True:
            taken += 1
            yield Item(path, WHOLE)

    got: list[Outcome] = []

    def check() -> None:
        if len(got) >= 30:
            raise Cancelled

    outcomes = classified(endless(), [MeanColour()], check=check)
    with pytest.raises(Cancelled):
        deque(map(got.append, outcomes), maxlen=0)
    assert 30 <= len(got) < 60 and taken < 150


def test_memory_stays_flat(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (320, 400, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "one.jpg")
    items = (Item(tmp_path / "one.jpg", WHOLE) for _ in range(200))
    tracemalloc.start()
    try:
        count = sum(1 for _ in classified(items, [MeanColour()]))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 200
    assert peak < 45e6, "200 pictures of 384 kB are 77 MB, of which few are kept"
