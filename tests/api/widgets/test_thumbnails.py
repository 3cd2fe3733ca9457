"""Small pictures are made when they are requested, and kept while there is room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kirara_studio.api.jobs import Jobs, JobTools
from kirara_studio.api.widgets import Thumbnails
from kirara_studio.testing import OffscreenStudio, wait_for

SIDE = 1000  # pixels: each takes 4 MB
ROOM = 22  # of them, in 90 MB


def make(keys: tuple[int, ...], tools: JobTools) -> None:
    """A large grey picture of each key; none of what is negative."""
    for key in keys:
        tools.give((key, None if key < 0 else np.full((SIDE, SIDE, 3), key, np.uint8)))


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    faults: list[Any] = []
    with OffscreenStudio([], tmp_path / "home") as studio:
        yield studio.jobs.for_panel("test", faults.append)
    assert faults == []


def ask(thumbnails: Thumbnails, *keys: int) -> None:
    """Request pictures, one after the other, and wait for each."""
    for key in keys:
        wait_for(partial(_is_there, thumbnails, key))


def _is_there(thumbnails: Thumbnails, key: int) -> bool:
    return thumbnails.get(key) is not None


def test_a_picture_arrives_after_it_was_requested(jobs: Jobs) -> None:
    thumbnails = Thumbnails(jobs, make)
    assert thumbnails.get(7) is None
    wait_for(lambda: len(thumbnails) == 1)
    image = thumbnails.get(7)
    assert image is not None and image.width() == SIDE and image.pixelColor(3, 3).blue() == 7
    ask(thumbnails, -1)
    nothing = thumbnails.get(-1)
    assert nothing is not None and nothing.isNull()
    thumbnails.forget()
    assert len(thumbnails) == 0 and thumbnails.get(7) is None


def test_what_was_not_used_for_longest_makes_room(jobs: Jobs) -> None:
    thumbnails = Thumbnails(jobs, make)
    ask(thumbnails, *range(ROOM))
    assert len(thumbnails) == ROOM
    assert thumbnails.get(0) is not None  # used just now
    ask(thumbnails, ROOM)
    assert len(thumbnails) == ROOM
    assert thumbnails.get(0) is not None and thumbnails.get(1) is None
    thumbnails.forget()
    ask(thumbnails, *range(ROOM))
    assert len(thumbnails) == ROOM, "what was forgotten takes no room"


def test_small_ones_take_less_room(jobs: Jobs) -> None:
    def small(keys: tuple[int, ...], tools: JobTools) -> None:
        for key in keys:
            tools.give((key, np.zeros((10, 10, 3), np.uint8)))

    thumbnails = Thumbnails(jobs, small)
    for key in range(200):
        thumbnails.get(key)
    wait_for(lambda: len(thumbnails) == 200)
