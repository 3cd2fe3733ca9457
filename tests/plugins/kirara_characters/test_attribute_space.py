"""Attributes of drawn characters as the latents of a generator."""

from __future__ import annotations

import dataclasses
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
from kirara_characters.jobs import (
    FrameRequest,
    GenerateRequest,
    MorphRequest,
    frame_job,
    generate_job,
    morph_job,
)
from kirara_characters.models import find_model, is_drawn
from kirara_characters.networks.attribute_space import AttributeSpace, all_columns
from kirara_characters.networks.config import PgganConfig
from kirara_characters.networks.latents import LatentPath
from kirara_characters.networks.model_files import load_generator

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
        return generate_job(GenerateRequest(seeds, **values), job_tools(tmp_path)).pictures

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
    path = LatentPath((3, 4), loop=False, easing="linear")
    tools = job_tools(tmp_path)

    def frame(time: float) -> np.ndarray:
        return frame_job(FrameRequest(path, time, size=96), tools).picture.astype(int)

    assert np.array_equal(frame(0.0), drawn(3, size=96)[0])
    assert np.array_equal(frame(1.0), drawn(4, size=96)[0])
    steps = [np.abs(frame(t + 0.02) - frame(t)).mean() for t in np.arange(0.0, 0.98, 0.02)]
    whole = np.abs(frame(1.0) - frame(0.0)).mean()
    assert max(steps) < 0.35 * whole  # nowhere does it jump


def test_drawing_by_the_model_imports_no_torch() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from kirara_characters.jobs import GenerateRequest, generate_job\n"
        "from kirara_studio.engine.tools import inline_tools\n"
        "generate_job(GenerateRequest((1,), size=32), inline_tools(Path()))\n"
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
    first, second, again = generate_job(GenerateRequest((1, 2, 1), model=model), tools).pictures
    assert np.array_equal(first, again)
    assert not np.array_equal(first, second)
    film = tmp_path / "film"
    path = LatentPath((1, 2), loop=False, easing="linear")
    assert morph_job(MorphRequest(path, film, fps=3, model=model), tools).frames == 3
    assert len(list(film.glob("*.png"))) == 3


def test_truncation_leads_to_the_average_character(tmp_path: Path) -> None:
    model = str(save_generator(tmp_path / "m.safetensors", SMALL))
    tools = job_tools(tmp_path / "cache")

    def spread(truncation: float) -> float:
        request = GenerateRequest(tuple(range(8)), truncation, model=model)
        return float(generate_job(request, tools).pictures.std(0).mean())

    assert spread(0.0) == 0
    assert 0 < spread(0.5) < spread(1.0)
