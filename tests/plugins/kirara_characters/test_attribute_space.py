"""Attributes of drawn characters as the latents of a generator."""

from __future__ import annotations

import dataclasses
import itertools
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kirara_characters.drawing.attributes import CHOICES, COLOURS, FLAGS, RANGES
from kirara_characters.drawing.attributes import CharacterAttributes as Attributes
from kirara_characters.drawing.character import draw_character
from kirara_characters.jobs import attributes_job, frame_job, generate_job, morph_job
from kirara_characters.models import find_model, is_drawn
from kirara_characters.networks.attribute_space import AttributeSpace, all_columns
from kirara_characters.networks.character import Character, of_seeds
from kirara_characters.networks.config import PgganConfig
from kirara_characters.networks.latents import LatentPath
from kirara_characters.networks.model_files import load_generator
from kirara_characters.requests import (
    AttributesRequest,
    FrameRequest,
    GenerateRequest,
    MorphRequest,
)
from kirara_studio.api.jobs import JobTools

from .small_models import PAPER, job_tools, save_generator

SPACE = AttributeSpace(all_columns())
SOME = AttributeSpace(("fringe=swept", "yaw", "ahoge", "hair_colour.red", "skin_colour.blue"))
SMALL = dataclasses.replace(
    PAPER, latent=5, normalise_latent=False, attributes=SOME.columns, mapping=2, styled=True
)


def test_every_attribute_has_its_columns() -> None:
    names = {column.partition("=")[0].partition(".")[0] for column in SPACE.columns}
    assert names == {field.name for field in dataclasses.fields(Attributes)}
    assert names == {*CHOICES, *RANGES, *FLAGS, *COLOURS}
    assert len(set(SPACE.columns)) == len(SPACE.columns)


def test_known_values() -> None:
    one = Attributes(fringe="swept", yaw=-1.0, ahoge=True, hair_colour="#00ff80")
    found = SOME.encode(dataclasses.replace(one, skin_colour="#102033"))
    np.testing.assert_allclose(found, [1, -1, 1, -1, -0.6], atol=1e-6)
    other = Attributes(fringe="straight", yaw=0.5, hair_colour="#ff0000", skin_colour="#0000ff")
    np.testing.assert_allclose(SOME.encode(other), [0, 0.5, 0, 1, 1], atol=1e-6)


def test_exactly_one_choice_of_each_is_on() -> None:
    z = SPACE.of_seeds(range(40))
    for name, values in CHOICES.items():
        places = [SPACE.columns.index(f"{name}={value}") for value in values]
        np.testing.assert_array_equal(z[:, places].sum(1), 1)
    assert z.min() >= -1 and z.max() <= 1


def test_no_column_is_the_same_for_all() -> None:
    ranges = np.ptp(SPACE.of_seeds(range(400)), axis=0)
    assert [name for name, one in zip(SPACE.columns, ranges, strict=True) if one == 0] == []


def test_an_optional_colour_grows_out_of_what_it_covers() -> None:
    plain = Attributes(hair_colour="#804020", left_eye_colour="#3366cc")
    columns = [f"{name}.red" for name in ("hair_tip_colour", "eye_glow_colour")]
    space = AttributeSpace((*columns, "hair_tip_colour.present"))
    hair, eye = (2 * value / 255 - 1 for value in (0x80, 0x33))
    np.testing.assert_allclose(space.encode(plain), [hair, eye, 0], atol=1e-6)
    tipped = dataclasses.replace(plain, hair_tip_colour="#ff0000")
    np.testing.assert_allclose(space.encode(tipped), [1, eye, 1], atol=1e-6)


def test_seeds_are_those_of_the_drawing_program() -> None:
    np.testing.assert_array_equal(
        SPACE.of_seeds([3, 2**40])[1], SPACE.encode(Attributes.from_seed(2**40))
    )
    assert SPACE.of_seeds([]).shape == (0, SPACE.length)


def test_between_two_attributes_mix_in_a_straight_line() -> None:
    a, b = SPACE.of_seeds([1, 2])
    np.testing.assert_array_equal(SPACE.between(a, b, 0.0), a)
    np.testing.assert_array_equal(SPACE.between(a, b, 1.0), b)
    np.testing.assert_allclose(SPACE.between(a, b, 0.25), 0.75 * a + 0.25 * b, atol=1e-6)


@pytest.mark.parametrize("column", ["fringe=nothing", "tail=long", "hair_colour", "yaw=1", ""])
def test_unknown_columns_are_refused(column: str) -> None:
    with pytest.raises(ValueError, match="no attribute"):
        AttributeSpace((column,))


def test_it_needs_neither_qt_nor_torch() -> None:
    code = (
        "import sys, kirara_characters.networks.attribute_space\n"
        "assert not any(name.startswith(('PySide6', 'torch')) for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("seed", range(12))
def test_a_character_survives_its_vector(seed: int) -> None:
    one = Attributes.from_seed(seed)
    found = SPACE.decode(SPACE.encode(one))
    for field in dataclasses.fields(Attributes):
        value, wanted = getattr(found, field.name), getattr(one, field.name)
        if field.name in RANGES:
            assert value == pytest.approx(wanted, abs=1e-5)
        else:
            assert value == wanted
    assert SPACE.decode(SPACE.encode(one), second=True) == found  # there is no second one
    assert SPACE.mixture(SPACE.encode(one)) == 0


def test_a_mixture_holds_both_characters() -> None:
    one = Attributes(fringe="swept", ahoge=True, hair_tip_colour="#ff0000", hair_colour="#000000")
    other = Attributes(fringe="straight", background="night", hair_colour="#ffffff", yaw=1.0)
    z = SPACE.between(SPACE.encode(one), SPACE.encode(other), 0.25)
    first, second = SPACE.decode(z), SPACE.decode(z, second=True)
    assert (first.fringe, first.ahoge, first.background) == ("swept", True, one.background)
    assert (second.fringe, second.ahoge, second.background) == ("straight", False, "night")
    assert bool(first.hair_tip_colour) and not second.hair_tip_colour
    assert first.hair_colour == second.hair_colour == "#404040"
    assert first.yaw == second.yaw == pytest.approx(0.25)
    assert SPACE.mixture(z) == pytest.approx(0.25)


def test_vectors_out_of_range_are_brought_back() -> None:
    found = SPACE.decode(SPACE.encode(Attributes()) * 3)
    assert re.fullmatch("#[0-9a-f]{6}", found.hair_colour)
    assert all(low <= getattr(found, name) <= high for name, (low, high) in RANGES.items())


def test_truncated_vectors_keep_their_parts_and_lose_their_pose() -> None:
    z = SPACE.of_seeds(range(30))
    calm = SPACE.truncated(z, 0.0)
    numbers = [SPACE.columns.index(name) for name in RANGES]
    others = [place for place in range(SPACE.length) if place not in numbers]
    assert np.ptp(calm[:, numbers], axis=0).max() < 1e-6
    np.testing.assert_array_equal(calm[:, others], z[:, others])
    np.testing.assert_allclose(SPACE.truncated(z, 1.0), z, atol=1e-6)


# The drawing program as a model


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., np.ndarray]:
    """Pictures of seeds by the default model."""

    def pictures(*seeds: int, **values: Any) -> np.ndarray:
        return generate_job(
            GenerateRequest(of_seeds(seeds), **values), job_tools(tmp_path)
        ).pictures

    return pictures


def test_the_default_model_draws_what_the_drawing_program_draws(
    drawn: Callable[..., np.ndarray],
) -> None:
    assert is_drawn(find_model())
    pictures = drawn(3, 4, size=200)
    for picture, seed in zip(pictures, (3, 4), strict=True):
        wanted = draw_character(Attributes.from_seed(seed), 200)
        # Numbers are kept as 32-bit floats: an edge may differ by a shade.
        assert np.abs(picture.astype(int) - wanted).max() <= 8
    assert drawn(3).shape == (1, 256, 256, 3)


def test_a_morph_of_drawings_begins_and_ends_with_them_and_dissolves_between(
    drawn: Callable[..., np.ndarray], tmp_path: Path
) -> None:
    path = LatentPath(of_seeds((3, 4)), loop=False, easing="linear")
    tools = job_tools(tmp_path)

    def frame(time: float) -> np.ndarray:
        return frame_job(FrameRequest(path, time, size=48), tools).picture.astype(int)

    frames = [frame(float(time)) for time in np.linspace(0.0, 1.0, 51)]
    assert np.array_equal(frames[0], drawn(3, size=48)[0])
    assert np.array_equal(frames[-1], drawn(4, size=48)[0])
    steps = [np.abs(after - before).mean() for before, after in itertools.pairwise(frames)]
    whole = np.abs(frames[-1] - frames[0]).mean()
    assert max(steps) < 0.35 * whole  # nowhere does it jump


def test_drawing_by_the_model_imports_no_torch() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from kirara_characters.jobs import generate_job\n"
        "from kirara_characters.networks.character import Character, of_seeds\n"
        "from kirara_characters.requests import GenerateRequest\n"
        "from kirara_studio.engine.tools import inline_tools\n"
        "generate_job(GenerateRequest(of_seeds([1]), size=32), inline_tools(Path()))\n"
        "assert 'torch' not in sys.modules and 'PySide6.QtWidgets' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


# A generator of attributes, in the panel's jobs


def test_the_configuration_survives_the_card(tmp_path: Path) -> None:
    assert PgganConfig.from_dict(SMALL.to_dict()) == SMALL
    assert load_generator(save_generator(tmp_path / "m.safetensors", SMALL)).config == SMALL
    # Cards of other networks do not mention what they do not have.
    assert not {"attributes", "mapping", "styled"} & PAPER.to_dict().keys()


@pytest.mark.parametrize(
    "change",
    [{"latent": 6}, {"mapping": 0}, {"mapping": -1}, {"attributes": ("yaw",)}],
)
def test_a_configuration_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"latent|mapping"):
        dataclasses.replace(SMALL, **change)


def test_pictures_and_morphs(tmp_path: Path) -> None:
    model = str(save_generator(tmp_path / "m.safetensors", SMALL))
    tools = job_tools(tmp_path / "cache")
    # Seeds whose characters have the same five attributes would give the same picture.
    first, second, again = generate_job(
        GenerateRequest(of_seeds((1, 2, 1)), model=model), tools
    ).pictures
    assert np.array_equal(first, again)
    assert not np.array_equal(first, second)
    film = tmp_path / "film"
    path = LatentPath(of_seeds((1, 2)), loop=False, easing="linear")
    assert morph_job(MorphRequest(path, film, fps=3, model=model), tools).frames == 3
    assert len(list(film.glob("*.png"))) == 3


def test_truncation_leads_numbers_to_their_means_and_nothing_else(tmp_path: Path) -> None:
    model = str(save_generator(tmp_path / "m.safetensors", SMALL))
    tools = job_tools(tmp_path / "cache")
    fixed = {"fringe": "swept", "ahoge": True, "hair_colour": "#102030", "skin_colour": "#ffe0d0"}

    def spread(truncation: float) -> float:
        seeds = of_seeds(range(8), truncation)
        request = GenerateRequest(tuple(one.changed(fixed) for one in seeds), model=model)
        return float(generate_job(request, tools).pictures.std(0).mean())

    assert spread(0.0) == 0
    assert 0 < spread(0.5) < spread(1.0)


# Attributes set by name


def described(character: Character, tools: JobTools) -> dict[str, object]:
    return dict(attributes_job(AttributesRequest(character), tools).values)


def test_what_is_set_by_name_is_what_is_drawn(tmp_path: Path) -> None:
    tools = job_tools(tmp_path)
    changes = {
        "back_hair": "bob", "glasses": "round", "yaw": 1.0, "roll": -14.0, "ahoge": True,
        "hair_colour": "#ff8000", "hair_tip_colour": "#00ff80", "inner_hair_colour": "",
    }  # fmt: skip
    for seed in range(5):
        # Truncation is for what was drawn by chance, not for what the user set.
        plain = Character(seed, 0.5)
        found = described(plain.changed(changes), tools)
        before = described(plain, tools)
        assert {name: found[name] for name in changes} == pytest.approx(changes, abs=1e-6)
        assert {n: v for n, v in found.items() if n not in changes} == {
            n: v for n, v in before.items() if n not in changes
        }
        wanted = draw_character(Attributes.from_dict(found), 96)
        request = GenerateRequest((plain.changed(changes),), size=96)
        drawn = generate_job(request, tools).pictures[0]
        assert np.abs(drawn.astype(int) - wanted).max() <= 8


def test_attributes_and_values_that_do_not_exist_do_nothing() -> None:
    strange = {
        "wings": True, "fringe": "mohawk", "yaw": "left", "hair_colour": "red", "ahoge": "#ffffff",
        "clothes": 3.0, "skin_colour": "", "blush": True,
    }  # fmt: skip
    before = SPACE.point(Character(3)).latent
    after = SPACE.point(Character(3).changed(strange)).latent
    assert SPACE.decode(after).to_dict() | {"blush": 0} == SPACE.decode(before).to_dict() | {
        "blush": 0
    }
    far = SPACE.values(SPACE.point(Character(3).changed({"yaw": 99.0, "scale": -99.0})).latent)
    assert (far["yaw"], far["scale"]) == (RANGES["yaw"][1], pytest.approx(RANGES["scale"][0]))


def test_a_model_offers_the_attributes_that_it_learnt() -> None:
    assert [one.name for one in SOME.attributes] == [
        "fringe", "yaw", "ahoge", "hair_colour", "skin_colour",
    ]  # fmt: skip
    latent = SOME.point(Character(1).changed({"fringe": "swept", "hair_colour": "#ff0000"})).latent
    assert (latent[0], latent[3]) == (1, 1)
    other = SOME.point(Character(1).changed({"fringe": "choppy"})).latent
    assert other[0] == 0


def test_steps_change_one_thing_after_the_other_and_end_at_the_other_character() -> None:
    start, end = SPACE.of_seed(3), SPACE.of_seed(4)
    assert np.array_equal(SPACE.point(Character(3).stepped(4, 0.0)).latent, start)
    np.testing.assert_allclose(SPACE.point(Character(3).stepped(4, 1.0)).latent, end, atol=1e-6)
    names = [n for n in (*CHOICES, *FLAGS) if SPACE.values(start)[n] != SPACE.values(end)[n]]
    assert len(names) > 8
    changed: list[int] = []
    for share in np.arange(0, 1.01, 0.02):
        latent = SPACE.point(Character(3).stepped(4, float(share))).latent
        assert SPACE.mixture(latent) == 0, "nothing is ever half there"
        values = SPACE.values(latent)
        changed.append(sum(values[name] == SPACE.values(end)[name] for name in names))
    assert changed == sorted(changed) and max(np.diff(changed)) <= 5
    assert len(set(changed)) > 4


def test_details_of_another_are_its_colours_and_patterns() -> None:
    mixed = SPACE.values(SPACE.point(Character(3, details=Character(4))).latent)
    coarse, fine = (SPACE.values(SPACE.of_seed(seed)) for seed in (3, 4))
    for name in ("back_hair", "fringe", "eye_shape", "clothes", "yaw", "scale", "expression"):
        assert mixed[name] == coarse[name]
    for name in ("hair_colour", "skin_colour", "iris", "background", "light"):
        assert mixed[name] == fine[name]
