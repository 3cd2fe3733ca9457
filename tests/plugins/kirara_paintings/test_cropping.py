"""Frames, mats and walls are found; a painting with plain edges of its own is left whole."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kirara_paintings.answers import WHOLE, Box, Pixels
from kirara_paintings.pictures.cropping import cropped, painting_within


def strokes(height: int = 180, width: int = 240) -> Pixels:
    """A painting of short strokes of all colours."""
    random = np.random.default_rng(5)
    picture = np.full((height, width, 3), 120, np.uint8)
    for _ in range(1500):
        x, y = (int(value) for value in random.uniform(0, 1, 2) * (width, height))
        end = (x + int(random.integers(-9, 10)), y + int(random.integers(-9, 10)))
        cv2.line(picture, (x, y), end, random.integers(0, 256, 3).tolist(), 3)
    return picture


def set_in(picture: Pixels, broad: int, colour: tuple[int, int, int]) -> Pixels:
    return cv2.copyMakeBorder(picture, *[broad] * 4, cv2.BORDER_CONSTANT, value=colour)


def assert_near(found: Box, left: float, top: float, right: float, bottom: float) -> None:
    edges = (found.left, found.top, found.right, found.bottom)
    assert edges == pytest.approx((left, top, right, bottom), abs=0.02)


def test_a_white_border_is_cut_off() -> None:
    assert_near(painting_within(set_in(strokes(), 30, (255, 255, 255))), 0.1, 0.125, 0.9, 0.875)


def test_a_border_that_is_wider_below_is_cut_off() -> None:
    page = cv2.copyMakeBorder(strokes(), 20, 100, 30, 30, cv2.BORDER_CONSTANT, value=(250,) * 3)
    assert_near(painting_within(page), 0.1, 20 / 300, 0.9, 200 / 300)


def test_a_frame_with_a_mat_on_a_wall_is_seen_through() -> None:
    framed = set_in(set_in(strokes(), 24, (240, 236, 225)), 16, (90, 60, 35))
    on_wall = set_in(framed, 40, (200, 205, 190))
    assert_near(painting_within(on_wall), 80 / 400, 80 / 340, 320 / 400, 260 / 340)


def test_a_frame_that_hangs_askew_is_found() -> None:
    on_wall = set_in(set_in(strokes(), 20, (60, 40, 25)), 50, (215, 210, 200))
    height, width = on_wall.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 2.0, 1.0)
    askew = cv2.warpAffine(on_wall, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    found = painting_within(askew)
    assert_near(found, 66 / 380, 66 / 320, 314 / 380, 254 / 320)


def test_lines_on_white_are_left_whole() -> None:
    """The edges of the canvas are white: no border."""
    picture = np.full((300, 240, 3), 240, np.uint8)
    picture[:, 60:66], picture[200:206] = 20, 20
    picture[:200, :60] = (200, 30, 30)
    assert painting_within(picture) == WHOLE


def test_planes_afloat_on_white_are_left_whole() -> None:
    picture = np.full((300, 300, 3), 235, np.uint8)
    random = np.random.default_rng(1)
    for left, top in random.integers(20, 250, (14, 2)).tolist():
        cv2.rectangle(picture, (left, top), (left + 28, top + 25), (30, 60, 160), -1)
    assert painting_within(picture) == WHOLE


def test_soft_rectangles_on_their_ground_are_left_whole() -> None:
    picture = np.full((300, 220, 3), (150, 40, 30), np.float32)
    picture[20:140, 20:200], picture[150:280, 20:200] = (230, 150, 40), (40, 30, 60)
    soft = cv2.GaussianBlur(picture, (0, 0), 6).astype(np.uint8)
    assert painting_within(soft) == WHOLE


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 900, 3), (900, 3, 3), (256, 256, 3)])
def test_where_there_is_nothing_to_see_nothing_is_cut(shape: tuple[int, int, int]) -> None:
    assert painting_within(np.full(shape, 77, np.uint8)) == WHOLE


def test_a_box_becomes_its_part_of_the_picture() -> None:
    picture = strokes()
    part = cropped(picture, Box(0.25, 0.5, 0.75, 1.0))
    assert np.array_equal(part, picture[90:180, 60:180])
    assert cropped(picture, WHOLE) is not None and cropped(picture, WHOLE).shape == picture.shape
    assert cropped(picture[:1, :1], Box(0.9, 0.9, 1.0, 1.0)).shape == (1, 1, 3)
