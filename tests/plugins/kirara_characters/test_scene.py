"""Scenes as plain data, and what a training is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kirara_characters.learning.schedule import SIZES, TrainRequest, default_stages
from kirara_characters.networks.character import Character
from kirara_characters.scene import LARGEST_SEED, Pin, Scene
from kirara_studio.api.training import new_run_folder, newest_run

FILM = Scene(pins=(Pin(Character(1), 1.0), Pin(Character(2), 2.0), Pin(Character(3), 1.0)))


def test_places_and_moments_of_a_film() -> None:
    assert FILM.duration == 4.0
    assert [FILM.place(t) for t in (-1, 0, 0.5, 2.0, 3.5, 4.0, 9)] == [0, 0, 0.5, 1.5, 2.5, 3, 3]
    assert [FILM.moment(i) for i in range(3)] == [0, 1, 3]


def test_an_open_film_ends_at_its_last_pin_and_one_pin_is_no_film() -> None:
    open_film = Scene(pins=FILM.pins, closed=False)
    assert open_film.segments == (1.0, 2.0) and open_film.place(99) == 2
    assert Scene(pins=FILM.pins[:1]).duration == 0


def test_edits_make_other_scenes() -> None:
    assert [p.character.seed for p in FILM.moved(0, 2).pins] == [2, 3, 1]
    assert [p.character.seed for p in FILM.pinned(Pin(Character(9)), 1).pins] == [1, 9, 2, 3]
    assert [p.character.seed for p in FILM.without(1).pins] == [1, 3]
    assert FILM.with_pin(1, seconds=0.5).segments == (1.0, 0.5, 1.0)
    assert [p.character.seed for p in FILM.pins] == [1, 2, 3]


def test_seeds_go_round_at_the_largest() -> None:
    assert Scene(seed=LARGEST_SEED, count=3).seeds == (LARGEST_SEED, 0, 1)


def test_a_scene_survives_being_written_down() -> None:
    scene = Scene("m", 5, 0.33, 7, pins=(Pin(Character(1, 0.5), 3.0, "in"),), closed=False)
    assert Scene.from_dict(scene.to_dict()) == scene
    assert Scene.from_dict({}) == Scene()
    assert Scene.from_dict({"truncation": float("nan"), "pins": "abc"}) == Scene()


@pytest.mark.parametrize("size", SIZES)
def test_every_schedule_is_a_request_that_the_trainer_takes(size: int) -> None:
    request = TrainRequest("pictures", stages=default_stages(size, 0.5))
    assert TrainRequest.from_dict(json.loads(json.dumps(request.to_dict()))) == request
    assert 4 << request.top_level == size
    longer = default_stages(size, 2.0)
    assert sum(s.pictures for s in longer) > sum(s.pictures for s in request.stages)
    assert {stage.batch for stage in default_stages(size, batch=6)} == {6}


def test_batches_get_smaller_from_32_pixels_on() -> None:
    assert [stage.batch for stage in default_stages(64)] == [32, 32, 32, 16, 16]
    with pytest.raises(ValueError, match="48"):
        default_stages(48)


def test_runs_get_folders_of_their_own(tmp_path: Path) -> None:
    assert newest_run(tmp_path / "none") is None
    first = new_run_folder(tmp_path, "my: pictures/")
    first.mkdir()
    second = new_run_folder(tmp_path, "my: pictures/")
    assert first != second and first.parent == second.parent == tmp_path
    assert newest_run(tmp_path) == first
