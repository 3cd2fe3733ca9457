"""From a picture file to the character of a model that resembles it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

from kirara_characters.learning.pictures import FRAME
from kirara_characters.likeness.schedule import SIDE
from kirara_characters.likeness.search import Search, distance
from kirara_characters.networks.attribute_space import AttributeSpace
from kirara_characters.networks.character import Character, Portrait, Value, of_seeds
from kirara_characters.requests import Likeness
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.media.squares import cut, plain_square
from kirara_studio.api.media.training_pictures import Square
from kirara_studio.api.reading import reading

if TYPE_CHECKING:
    from kirara_characters.drawing.renderer import DrawnCharacters
    from kirara_characters.networks.renderer import Renderer

Pixels = npt.NDArray[np.uint8]

_SEEDS = 32  # characters that are tried where no network reads the picture
_PAUSE = 0.4  # seconds between two characters that are given on the way


def portrait_of(path: Path, tools: JobTools, data_folder: Path | None) -> tuple[Portrait, Pixels]:
    """The square around the face in a picture, placed as in a drawing, and its pixels.

    Without a found face it is the square that a training would take. Raises :class:`UserError` if
    the picture cannot be read.
    """
    pixels = _pixels(path)
    square = plain_square(pixels)
    with suppress(UserError):  # without the network that finds faces
        from kirara_characters.faces.finder import face_finder

        if faces := face_finder(tools, data_folder=data_folder).find(pixels):
            square = FRAME.square(faces[0])
    return Portrait(str(path), square.left, square.top, square.side), cut(pixels, square)


def cut_portrait(portrait: Portrait, side: int) -> Pixels:
    """The square of a portrait as (side, side, 3). Raises :class:`UserError` if it is gone."""
    pixels = _pixels(Path(portrait.path))
    square = cut(pixels, Square(portrait.left, portrait.top, portrait.side))
    return _resized(square, side)


def likenesses(
    path: Path,
    renderer: Renderer | DrawnCharacters,
    tools: JobTools,
    data_folder: Path | None,
) -> Iterator[Likeness]:
    """Ever closer characters, some each second; the last is the closest.

    By attributes, a network reads them from the picture, and a search goes on from there; a network
    of noise is followed by its gradient. Raises :class:`UserError` if the
    picture cannot be read.
    """
    portrait, square = portrait_of(path, tools, data_folder)
    if isinstance(renderer.space, AttributeSpace):
        found = _by_attributes(_resized(square, SIDE), renderer, renderer.space, tools, data_folder)
    else:
        found = _by_gradient(_resized(square, renderer.resolution), renderer.path, tools)
    last, given = None, 0.0
    for last in found:
        if time.monotonic() - given > _PAUSE:
            given = time.monotonic()
            yield _with_portrait(last, portrait)
    assert last is not None, "there is a first one"
    yield _with_portrait(last, portrait)


def _with_portrait(found: Likeness, portrait: Portrait) -> Likeness:
    return replace(found, character=replace(found.character, portrait=portrait))


def _by_attributes(
    small: Pixels,
    renderer: Renderer | DrawnCharacters,
    space: AttributeSpace,
    tools: JobTools,
    data_folder: Path | None,
) -> Iterator[Likeness]:
    def draw(values: Mapping[str, Value]) -> Pixels:
        point = space.point(Character(0).changed(values))
        return renderer.pictures([point], SIDE)[0]

    search = Search(small, space.attributes, _start(small, space, draw, tools, data_folder), draw)
    yield Likeness(Character(0).changed(search.values), search.best)
    for step, _ in enumerate(search.run()):
        tools.progress(step, search.steps, "")
        yield Likeness(Character(0).changed(search.values), search.best)


def _by_gradient(picture: Pixels, model: Path, tools: JobTools) -> Iterator[Likeness]:
    from kirara_characters.likeness.inversion import STEPS, inverted

    for step, (latent, best) in enumerate(inverted(model, picture)):
        tools.progress(step, STEPS, "")
        rounded = tuple(round(float(number), 4) for number in latent)
        yield Likeness(Character(0, latent=rounded), best)


def _start(
    small: Pixels,
    space: AttributeSpace,
    draw: Callable[[Mapping[str, Value]], Pixels],
    tools: JobTools,
    data_folder: Path | None,
) -> dict[str, Value]:
    """What a network reads from the picture; without it, the closest of some characters."""
    seeds = of_seeds(range(_SEEDS))
    with suppress(UserError):
        from kirara_characters.likeness.finder import likeness_reader

        read = likeness_reader(tools, data_folder=data_folder).read(small)
        usual = space.values(space.point(seeds[0]).latent)
        return {name: read.get(name, value) for name, value in usual.items()}
    starts = [space.values(space.point(character).latent) for character in seeds]
    return min(starts, key=lambda values: distance(small, draw(values)))


def _pixels(path: Path) -> Pixels:
    with reading(path):
        return np.asarray(load_picture(path, least=1024))


def _resized(square: Pixels, side: int) -> Pixels:
    kind = cv2.INTER_AREA if len(square) > side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(square, (side, side), interpolation=kind), np.uint8)
