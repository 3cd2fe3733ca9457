"""The pictures of a training: squares, near-duplicates, what is used and what is left out."""

from __future__ import annotations

import json
import os
import pickle
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from kirara_studio.api.jobs import Cancelled, Device, JobTools
from kirara_studio.api.media.checking import (
    THUMBNAIL,
    CheckRequest,
    FindFaces,
    check_pictures,
    thumbnails,
)
from kirara_studio.api.media.contact_sheet import contact_sheet, reason_words
from kirara_studio.api.media.crop_cache import CACHE_NAME
from kirara_studio.api.media.near_duplicates import SIZE, fingerprint, fold
from kirara_studio.api.media.squares import Frame, Pixels, cut, plain_square, share_outside
from kirara_studio.api.media.training_pictures import (
    BLANK,
    DUPLICATE,
    LEAVE_OUT,
    NO_FACE,
    NOT_A_PICTURE,
    OUTSIDE,
    SMALL,
    UNREADABLE,
    USE,
    YOU,
    Crop,
    Square,
    TrainingPictures,
)

WHITE = (255, 255, 255)


@dataclass
class Tools:
    """The tools of a job that notes what it is given, and stops after some files."""

    stop_after: int = 10**9
    parts: list[Any] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    device = Device("cpu", "cpu", "fp32", 1)

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        if text:
            self.read.append(text)
        if len(self.read) > self.stop_after:
            raise Cancelled

    def give(self, part: Any) -> None:
        self.parts.append(part)

    def model(self, key: str, load: Any) -> Any:
        return load(self.device)

    def batch_size(self, preferred: int) -> int:
        return preferred


def scribble(seed: int, size: int = 96) -> Image.Image:
    """A picture that is like no other: blurred noise."""
    noise = np.random.default_rng(seed).integers(0, 256, (12, 12, 3), np.uint8)
    return Image.fromarray(noise).resize((size, size), Image.Resampling.BICUBIC)


def checked(*sources: Path, tools: Tools | None = None, **more: Any) -> TrainingPictures:
    cache = (sources[0] if sources[0].is_dir() else sources[0].parent).parent / "cache" / CACHE_NAME
    request = CheckRequest(tuple(map(str, sources)), cache, **more)
    return check_pictures(pickle.loads(pickle.dumps(request)), tools or Tools())


def by_name(found: TrainingPictures) -> dict[str, Crop]:
    return {Path(crop.path).name: crop for crop in found.crops}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


# Squares


@dataclass(frozen=True)
class Face:
    left: float
    top: float
    width: float
    height: float


def test_a_face_gets_its_place_in_the_square() -> None:
    square = Frame(size=0.5, x=0.5, y=0.6).square(Face(100, 200, 40, 50))
    assert square == Square(70, 165, 100)
    assert Frame(size=0.25).square(Face(0, 0, 10, 20)) == Square(-35, -30, 80)


def figure(width: int, height: int, ground: tuple[int, int, int] = WHITE) -> Image.Image:
    """A standing figure with a red head, in the middle of a picture."""
    image = Image.new("RGB", (width, height), ground)
    draw, middle = ImageDraw.Draw(image), width // 2
    draw.rectangle((middle - 40, 70, middle + 40, height - 5), fill=(20, 60, 160))
    draw.ellipse((middle - 30, 20, middle + 30, 80), fill=(220, 30, 30))
    return image


@pytest.mark.parametrize(("width", "height"), [(200, 600), (1200, 500), (120, 700)])
def test_a_figure_keeps_its_head_and_wide_margins_are_left_out(width: int, height: int) -> None:
    pixels = np.asarray(figure(width, height))
    square = plain_square(pixels)
    part = cut(pixels, square)
    red = (part == (220, 30, 30)).all(axis=2)
    assert red.sum() == (pixels == (220, 30, 30)).all(axis=2).sum(), "the whole head"
    assert square.side <= 100 and share_outside(square, width, height) == 0


def test_nearly_square_pictures_and_scenes_keep_their_middle() -> None:
    assert plain_square(np.asarray(figure(240, 200))) == Square(20, 0, 200)
    scene = np.asarray(scribble(1, 300))[:100]
    assert plain_square(scene) == Square(100, 0, 100)
    assert plain_square(np.zeros((10, 90, 3), np.uint8)) == Square(40, 0, 10)


def test_what_lies_outside_has_the_borders_colour_or_mirrors() -> None:
    pixels = np.asarray(figure(200, 200, (9, 200, 9)))
    part = cut(pixels, Square(-50, -50, 300))
    assert part.shape == (300, 300, 3)
    assert (part[:40] == (9, 200, 9)).all() and (part[50:250, 50:250] == pixels).all()
    scene = np.asarray(scribble(2, 60))
    part = cut(scene, Square(-20, 0, 60))
    assert (part[:, :20] == scene[:, :20][:, ::-1]).all()
    assert (cut(scene, Square(10, 10, 20)) == scene[10:30, 10:30]).all()
    assert cut(scene, Square(-500, 0, 50)).shape == (50, 50, 3)
    assert share_outside(Square(-20, 0, 60), 60, 60) == pytest.approx(1 / 3)
    assert share_outside(Square(-90, 0, 60), 60, 60) == 1


# Near-duplicates


def test_ten_thousand_fingerprints_fold_in_seconds() -> None:
    rng = np.random.default_rng(0)
    prints = np.concatenate(
        [rng.integers(0, 2, (10_000, 512)), rng.integers(0, 256, (10_000, 48))], axis=1
    ).astype(np.uint8)
    prints[5_000:9_000] = prints[:4_000]
    prints[9_000:] = prints[0]
    began = time.perf_counter()
    same = fold(list(prints))
    assert time.perf_counter() - began < 30
    assert same[:5_000] == [-1] * 5_000
    assert same[5_000:9_000] == list(range(4_000)) and set(same[9_000:]) == {0}


def test_a_row_of_small_changes_does_not_fold_into_one() -> None:
    prints = np.zeros((20, SIZE), np.uint8)
    for number in range(20):
        prints[number, : 50 * number] = 1
    prints[:, 512:] = 0
    same = fold(list(prints))
    assert same[:4] == [-1, 0, -1, 2] and same.count(-1) >= 6
    assert fold([]) == []


def test_colours_count_too() -> None:
    image = scribble(5)
    red, green, blue = image.split()
    other = Image.merge("RGB", (blue, green, red))
    assert fold([fingerprint(image), fingerprint(image.resize((64, 64)))]) == [-1, 0]
    assert fold([fingerprint(image), fingerprint(other)]) == [-1, -1]


# Values


def test_decisions_are_the_users_and_can_be_taken_back() -> None:
    square = Square(0, 0, 64)
    found = TrainingPictures(
        ("/a",), (Crop("/a/1.png", square), Crop("/a/2.png", square, reason=DUPLICATE),
                  Crop("/a/3.png", reason=NOT_A_PICTURE)),
    )  # fmt: skip
    assert [crop.used for crop in found.crops] == [True, False, False]
    changed = found.decided((0,), False).decided((1, 2), True)
    assert [crop.why for crop in changed.crops] == [YOU, "", NOT_A_PICTURE]
    assert [crop.decision for crop in changed.crops] == [LEAVE_OUT, USE, ""]
    assert changed.reasons == {YOU: 1, NOT_A_PICTURE: 1} and changed.left_out == 2
    assert changed.decided((0,), True).decided((1,), False) == found
    again = replace(found, sources=("/a", "/b")).with_decisions_of(changed)
    assert again.crops == changed.crops


def test_values_survive_json_and_a_pickle() -> None:
    crops = (
        Crop("/a/b/1.png", Square(-3, 4, 64), decision=USE, reason=SMALL, detail="64"),
        Crop("/a/c/名前.png", reason=UNREADABLE, detail="It is cut off."),
        Crop("/a/c/\udce4.png", Square(0, 0, 9)),
    )
    for sources in (("/a/b", "/a/c"), ("/a/b",), ("/z",)):
        found = TrainingPictures(sources, crops)
        assert TrainingPictures.from_dict(json.loads(json.dumps(found.to_dict()))) == found
        assert pickle.loads(pickle.dumps(found)) == found
    assert TrainingPictures.from_dict(TrainingPictures().to_dict()) == TrainingPictures()
    many = TrainingPictures(("/a",), tuple(Crop(f"/a/{n}.png", Square(0, 0, 9)) for n in range(99)))
    assert len(json.dumps(many.to_dict())) < 60 * 99


@pytest.mark.parametrize(
    "values",
    [
        [], {}, {"root": 3}, {"root": ""}, {"root": "", "sources": [3], "crops": []},
        {"root": "", "sources": [], "crops": [["a", [0, 0, 0], [0, 0], "", "", ""]]},
        {"root": "", "sources": [], "crops": [["a", [0, 0, 1.5], [0, 0], "", "", ""]]},
        {"root": "", "sources": [], "crops": [["a", None, [0, 0], "gone", "", ""]]},
        {"root": "", "sources": [], "crops": [["a", None, [0, 0], "", "", "maybe"]]},
        {"root": "", "sources": [], "crops": [["a", None]]},
    ],
)  # fmt: skip
def test_other_values_are_refused(values: Any) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        TrainingPictures.from_dict(values)


# The job


def test_every_file_is_used_or_left_out_with_a_reason(folder: Path) -> None:
    scribble(0, 200).save(folder / "a.png")
    scribble(0, 200).resize((100, 100)).save(folder / "a small copy.jpg", quality=60)
    scribble(1).save(folder / "b.png")
    scribble(2, 40).save(folder / "c.png")
    Image.new("RGB", (90, 90), (200, 60, 20)).save(folder / "one colour.png")
    Image.new("RGB", (900, 90), "white").save(folder / "strip.png")
    (folder / "text.png").write_text("no")
    (folder / "notes.txt").write_text("no")
    whole = (folder / "b.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    tools = Tools()
    found = checked(folder, tools=tools)
    crops = by_name(found)
    assert {name: crop.why for name, crop in crops.items()} == {
        "a.png": "", "a small copy.jpg": DUPLICATE, "b.png": "", "c.png": SMALL,
        "one colour.png": BLANK, "strip.png": BLANK, "text.png": NOT_A_PICTURE,
        "notes.txt": NOT_A_PICTURE, "cut.png": UNREADABLE,
    }  # fmt: skip
    assert crops["a small copy.jpg"].detail == str(folder / "a.png")
    assert crops["a.png"].square == Square(0, 0, 200)
    assert "cut.png" in crops["cut.png"].detail and crops["c.png"].detail == "64"
    words = [reason_words(crop) for crop in found.crops]
    assert "nearly the same as a.png" in words and "smaller than 64 pixels" in words
    given = [crop for part in tools.parts for crop in part]
    assert {crop.path for crop in given} <= {crop.path for crop in found.crops}
    assert found.decided([list(crops).index("c.png")], True).used


def test_a_file_means_itself_and_everything_is_there_once(folder: Path) -> None:
    scribble(0).save(folder / "a.png")
    scribble(1).save(folder / "b.png")
    scribble(2).save(folder / "renamed.dat", "PNG")
    assert list(by_name(checked(folder / "b.png"))) == ["b.png"]
    assert by_name(checked(folder / "renamed.dat"))["renamed.dat"].used
    found = checked(folder / "b.png", folder)
    assert [Path(crop.path).name for crop in found.crops] == ["b.png", "a.png", "renamed.dat"]
    gone = by_name(checked(folder / "gone.png"))["gone.png"]
    assert gone.why == UNREADABLE and "gone.png" in gone.detail


def two_faces(_tools: JobTools) -> FindFaces:
    def find(pixels: Pixels) -> Sequence[Face]:
        height, width = pixels.shape[:2]
        if height == width:
            return ()
        return (
            Face(0.2 * width, 0.4 * height, 0.1 * width, 0.2 * height),
            Face(0.97 * width, 0.4 * height, 0.03 * width, 0.2 * height),
        )

    return find


def test_faces_are_found_and_aligned(folder: Path) -> None:
    scribble(0, 96).save(folder / "none.png")
    Image.fromarray(np.asarray(scribble(1, 400))[:200]).save(folder / "two.png")
    big = Image.fromarray(np.asarray(scribble(2, 4000))[:2000])
    big.filter(ImageFilter.GaussianBlur(3)).save(folder / "wide.jpg")
    found = checked(folder, finder=two_faces, frame=Frame(0.5, 0.5, 0.5), recipe="test")
    crops = {(Path(crop.path).name, crop.square): crop.why for crop in found.crops}
    assert crops == {
        ("none.png", Square(0, 0, 96)): NO_FACE,
        ("two.png", Square(60, 60, 80)): "",
        ("two.png", Square(354, 60, 80)): OUTSIDE,
        ("wide.jpg", Square(600, 600, 800)): "",
        ("wide.jpg", Square(3540, 600, 800)): OUTSIDE,
    }
    found = checked(folder, smallest=100)
    assert by_name(found)["none.png"].why == SMALL, "another recipe is looked for again"


def test_files_are_read_once_until_they_change(folder: Path) -> None:
    for number in range(3):
        scribble(number).save(folder / f"{number}.png")
    first = checked(folder)
    scribble(0).save(folder / "1.png")
    state = (folder / "1.png").stat()
    os.utime(folder / "1.png", ns=(state.st_atime_ns, state.st_mtime_ns + 10**9))
    scribble(9).save(folder / "hidden.bin", "PNG")
    cached = (folder / "2.png").stat()
    (folder / "2.png").write_bytes(bytes(cached.st_size))
    os.utime(folder / "2.png", ns=(cached.st_atime_ns, cached.st_mtime_ns))
    again = by_name(checked(folder))
    assert again["1.png"].why == DUPLICATE, "it was read again"
    assert again["2.png"] == by_name(first)["2.png"], "it has the size and time that it had"


def test_a_stop_stops_and_the_next_check_goes_on(folder: Path) -> None:
    for number in range(6):
        scribble(number).save(folder / f"{number}.png")
    with pytest.raises(Cancelled):
        checked(folder, tools=Tools(stop_after=3))
    for number in range(3):  # these are known: they are not read again
        state = (folder / f"{number}.png").stat()
        (folder / f"{number}.png").write_bytes(bytes(state.st_size))
        os.utime(folder / f"{number}.png", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert len(checked(folder).used) == 6


@pytest.mark.parametrize("damage", ["text", "cut", "folder"])
def test_a_damaged_cache_is_made_again(folder: Path, damage: str) -> None:
    scribble(0).save(folder / "a.png")
    cache = folder.parent / "cache" / CACHE_NAME
    assert len(checked(folder).used) == 1
    if damage == "folder":
        for path in cache.parent.iterdir():
            path.unlink()
        cache.mkdir()
    else:
        whole = cache.read_bytes()
        cache.write_bytes(b"not a database" * 99 if damage == "text" else whole[: len(whole) // 2])
    assert len(checked(folder).used) == 1


def test_small_pictures_come_from_the_cache(folder: Path) -> None:
    scribble(0, 500).save(folder / "a.png")
    scribble(1, 80).save(folder / "b.png")
    found = checked(folder)
    keys = [(crop.path, crop.square) for crop in found.crops]
    tools = Tools()
    cache = folder.parent / "cache" / CACHE_NAME
    thumbnails(cache, [*keys, ("/nowhere.png", Square(0, 0, 5))], tools)
    small = [pixels for _, pixels in tools.parts]
    assert [key for key, _ in tools.parts[:2]] == keys and small[2] is None
    assert small[0].shape == (THUMBNAIL, THUMBNAIL, 3) and small[1].shape == (80, 80, 3)
    there = np.asarray(scribble(0, 500).resize((THUMBNAIL, THUMBNAIL))).astype(int)
    assert np.abs(small[0] - there).mean() < 8


def test_a_sheet_shows_used_ones_first(folder: Path) -> None:
    for number in range(5):
        Image.new("RGB", (80, 80), (0, 40 * number, 0)).save(folder / f"{number}.png")
    found = checked(folder).decided((1, 2), True)

    def small(crop: Crop) -> Pixels:
        return np.asarray(Image.open(crop.path))

    sheet = contact_sheet(found, small, columns=2)
    assert sheet.shape[1] == 2 * 126 + 6
    assert (sheet[60, [60, 190]] == [(0, 40, 0), (0, 80, 0)]).all()
    assert (sheet[190, 60] > 100).all(), "left out ones are paler"
