"""Pictures and films on disk, and the settings in them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.media import film_encoder
from kirara_studio.api.media.mp4_text import boxes
from kirara_studio.api.media.saving import (
    check_film_path,
    recall,
    save_film,
    save_picture,
)

SETTINGS = {
    "kind": "morph",
    "seeds": [7, 2**62],
    "truncation": 0.7,
    "model": "Möbius “星” <&> \\ \0",
    "loop": True,
    "long": "x" * 3000,
}
FILMS = ("film.gif", "film.webp", "film.mp4", "frames")


def frames(count: int = 12, side: int = 64) -> list[np.ndarray]:
    """A disc that moves over a gradient of colours."""
    y, x = np.mgrid[:side, :side]
    made = []
    for number in range(count):
        picture = np.stack([x * 255 // side, y * 255 // side, np.full_like(x, 90)], -1)
        disc = (x - 10 - 3 * number) ** 2 + (y - side // 2) ** 2 < 64
        picture[disc] = (250, 240, 120)
        made.append(picture.astype(np.uint8))
    return made


def read_film(path: Path) -> tuple[list[np.ndarray], list[float]]:
    """The frames of a film, and how many milliseconds each is shown."""
    if path.is_dir():
        return [np.asarray(Image.open(file)) for file in sorted(path.iterdir())], []
    if path.suffix == ".mp4":
        with av.open(str(path)) as video:
            rate = video.streams.video[0].average_rate
            found = [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]
        return found, [1000 / float(rate)] * len(found)
    with Image.open(path) as image:
        found, durations = [], []
        for number in range(image.n_frames):
            image.seek(number)
            found.append(np.asarray(image.convert("RGB")))
            durations.append(image.info["duration"])
        return found, durations


def save(path: Path, pictures: list[np.ndarray]) -> None:
    """Save the first one as a picture, or all as a film."""
    if path.name == "picture.png":
        save_picture(path, pictures[0], SETTINGS)
    else:
        save_film(path, pictures, 25, SETTINGS, loop=True)


def names_in(folder: Path) -> list[str]:
    """The names of everything in a folder, hidden files too."""
    return [path.name for path in folder.iterdir()]


def decibels(a: np.ndarray, b: np.ndarray) -> float:
    """Peak signal-to-noise ratio."""
    return 10 * np.log10(255**2 / max(np.mean((a.astype(float) - b) ** 2), 1e-9))


@pytest.mark.parametrize("suffix", [".png", ".webp", ".PNG"])
def test_a_picture_comes_back_with_its_settings(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "new folder" / f"picture{suffix}"
    picture = frames(1)[0]
    save_picture(path, picture, SETTINGS)
    assert recall(path) == SETTINGS
    found = np.asarray(Image.open(path))
    if suffix.lower() == ".png":
        np.testing.assert_array_equal(found, picture)
    assert decibels(found, picture) > 30
    assert names_in(path.parent) == [path.name]


@pytest.mark.parametrize("name", FILMS)
def test_a_film_comes_back_with_its_settings(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    made = frames()
    save_film(path, iter(made), 25.0, SETTINGS, loop=True)
    settings = recall(path)
    if name == "frames":
        assert settings.pop("frame") == 0
    assert settings == SETTINGS
    found, durations = read_film(path)
    assert len(found) == len(made)
    assert min(decibels(a, b) for a, b in zip(found, made, strict=True)) > 27
    assert durations == [] or sum(durations) == pytest.approx(12 * 40)
    assert names_in(tmp_path) == [name]


@pytest.mark.parametrize(("fps", "milliseconds"), [(30.0, 400), (60.0, 240), (12.5, 960)])
def test_gif_frames_do_not_drift(tmp_path: Path, fps: float, milliseconds: int) -> None:
    path = tmp_path / "film.gif"
    save_film(path, frames(), fps, SETTINGS, loop=True)
    _, durations = read_film(path)
    assert sum(durations) == milliseconds
    assert min(durations) >= 20  # browsers show anything shorter for 100


@pytest.mark.parametrize("name", ["film.gif", "film.webp"])
def test_loops_repeat_and_others_do_not(tmp_path: Path, name: str) -> None:
    for loop, repeats in ((True, 0), (False, 1)):
        save_film(tmp_path / name, frames(3), 10, SETTINGS, loop=loop)
        with Image.open(tmp_path / name) as image:
            assert image.info.get("loop", 1) == repeats


@pytest.mark.parametrize("name", FILMS)
def test_odd_sizes_and_single_frames(tmp_path: Path, name: str) -> None:
    save_film(tmp_path / name, frames(1, 37), 25, SETTINGS, loop=False)
    found, _ = read_film(tmp_path / name)
    assert len(found) == 1
    assert found[0].shape[0] in (37, 38)
    assert decibels(found[0][:37, :37], frames(1, 37)[0]) > 25


@pytest.mark.parametrize("name", FILMS)
def test_a_stop_leaves_nothing_and_spoils_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix:
        path.write_bytes(b"older")

    def stopped() -> Iterator[np.ndarray]:
        yield from frames(3)
        raise Cancelled

    with pytest.raises(Cancelled):
        save_film(path, stopped(), 25, SETTINGS, loop=True)
    assert names_in(tmp_path) == ([name] if path.suffix else [])
    assert not path.suffix or path.read_bytes() == b"older"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
@pytest.mark.parametrize("name", ["picture.png", *FILMS])
def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    import resource

    noise = np.random.default_rng(0).integers(0, 255, (96, 96, 3), np.uint8)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, old[1]))
    try:
        with pytest.raises(UserError):
            save(tmp_path / name, [noise] * 4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("name", ["picture.png", *FILMS])
def test_a_place_that_cannot_be_written_to(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / name
    with pytest.raises(UserError, match="file"):
        save(path, frames(1))


def test_unknown_suffixes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"picture\.bmp"):
        save_picture(tmp_path / "picture.bmp", frames(1)[0], SETTINGS)
    for name in ("film.png", "film.avi"):
        with pytest.raises(UserError, match="film"):
            check_film_path(tmp_path / name)


def test_frames_go_into_an_empty_folder_only(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    save_film(tmp_path / "empty", frames(2), 25, SETTINGS, loop=True)
    assert len(names_in(tmp_path / "empty")) == 2
    (tmp_path / "file").write_text("in the way")
    for name in ("empty", "file"):
        with pytest.raises(UserError, match=name):
            save_film(tmp_path / name, frames(1), 25, SETTINGS, loop=True)
        with pytest.raises(UserError, match=name):
            check_film_path(tmp_path / name)
    assert len(names_in(tmp_path / "empty")) == 2


def test_files_from_elsewhere_hold_no_settings(tmp_path: Path) -> None:
    picture = Image.fromarray(frames(1)[0])
    for name in ("plain.png", "plain.webp", "plain.gif"):
        picture.save(tmp_path / name)
    (tmp_path / "folder").mkdir()
    for name in ("plain.png", "plain.webp", "plain.gif", "folder"):
        with pytest.raises(UserError, match="does not hold the settings"):
            recall(tmp_path / name)
    with pytest.raises(UserError, match="There is no file"):
        recall(tmp_path / "missing.png")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1, 2]",
        '{"kind": "picture"}',
        '{"program": "Kirara Studio"',
        '{"program": "Kirara Studio", "x": ' + "[" * 100_000,
        "[" * 500_000,
        '{"program": "Kirara Studio", "x": "' + "y" * (1 << 20) + '"}',
    ],
)
def test_hostile_settings_are_refused(tmp_path: Path, text: str) -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("kirara-studio", text)
    Image.fromarray(frames(1)[0]).save(tmp_path / "hostile.png", pnginfo=chunks)
    with pytest.raises(UserError):
        recall(tmp_path / "hostile.png")


@pytest.mark.parametrize(
    "name", ["picture.png", "picture.webp", "film.gif", "film.webp", "film.mp4"]
)
def test_damaged_files_never_raise_anything_else(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.startswith("picture"):
        save_picture(path, frames(1, 16)[0], SETTINGS)
    else:
        save_film(path, frames(2, 16), 25, SETTINGS, loop=True)
    whole = path.read_bytes()
    random = np.random.default_rng(3)
    for length in [0, 3, 11, *random.integers(12, len(whole), 25)]:
        path.write_bytes(whole[:length])
        recall_or_refuse(path)
    for _ in range(80):
        damaged = bytearray(whole)
        for place in random.integers(0, len(whole), 5):
            damaged[place] = random.integers(256)
        path.write_bytes(damaged)
        recall_or_refuse(path)


def recall_or_refuse(path: Path) -> None:
    """Anything but settings or a UserError fails the test."""
    with contextlib.suppress(UserError):
        assert isinstance(recall(path), dict)


@pytest.mark.parametrize(
    "boxes",
    [
        struct.pack(">I4s", 0xFFFFFFF0, b"uuid"),
        struct.pack(">I4s", 4, b"free"),
        struct.pack(">I4sQ", 1, b"mdat", 2**63),
        struct.pack(">I4sQ", 1, b"mdat", 0),
        struct.pack(">I4s", 1, b"mdat"),
        struct.pack(">I4s", 0, b"uuid"),
    ],
)
def test_hostile_boxes_end_soon(tmp_path: Path, boxes: bytes) -> None:
    path = tmp_path / "hostile.mp4"
    path.write_bytes(struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0) + boxes)
    with pytest.raises(UserError):
        recall(path)


def test_huge_pictures_are_not_decoded(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", frames(1)[0], SETTINGS)
    data = bytearray((tmp_path / "a.png").read_bytes())
    data[16:24] = struct.pack(">II", 2**31 - 1, 2**31 - 1)
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(UserError):
        recall(tmp_path / "a.png")


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_players_ignore_the_box_with_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    save_film(path, frames(), 25, SETTINGS, loop=True)
    command = ["ffprobe", "-v", "warning", "-count_frames", "-print_format", "json"]
    probe = subprocess.run(
        [*command, "-show_streams", str(path)], capture_output=True, text=True, check=True
    )
    assert probe.stderr == ""
    stream = json.loads(probe.stdout)["streams"][0]
    assert stream["nb_read_frames"] == "12"
    assert stream["r_frame_rate"] == "25/1"


def test_an_mp4_is_one_that_everything_plays(tmp_path: Path) -> None:
    """H.264 in 4:2:0, of even sides, with the index first and the settings last."""
    path = tmp_path / "film.mp4"
    save_film(path, frames(12, 65), 12.5, SETTINGS, loop=True)
    with path.open("rb") as file:
        kinds = [kind for kind, _, _ in boxes(file)]
    assert kinds.index(b"moov") < kinds.index(b"mdat") and kinds[-1] == b"uuid"
    with av.open(str(path)) as video:
        stream = video.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height, stream.frames) == (66, 66, 12)
        assert stream.average_rate == 12.5


def test_without_an_encoder_for_h264_it_is_vp9(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [one for one in film_encoder.ENCODERS if "h264" not in one[0]]
    monkeypatch.setattr(film_encoder, "ENCODERS", others)
    path = tmp_path / "film.mp4"
    save_film(path, frames(), 25, SETTINGS, loop=True)
    with av.open(str(path)) as video:
        assert video.streams.video[0].codec_context.name.endswith("vp9")
    assert recall(path) == SETTINGS
    monkeypatch.setattr(film_encoder, "ENCODERS", [("no such encoder", {})])
    with pytest.raises(UserError, match="cannot be written on this machine"):
        save_film(tmp_path / "other.mp4", frames(), 25, SETTINGS, loop=True)
    assert names_in(tmp_path) == ["film.mp4"]


def test_a_gpl_encoder_is_never_asked_for() -> None:
    assert not [name for name, _ in film_encoder.ENCODERS if "x264" in name or "x265" in name]


def test_saving_a_film_leaves_no_trace_for_qt(tmp_path: Path) -> None:
    code = (
        "import os, numpy as np\n"
        "from kirara_studio.api.media.saving import save_film\n"
        "assert 'av' not in __import__('sys').modules\n"
        "black = np.zeros((16, 16, 3), 'u1')\n"
        f"save_film({str(tmp_path / 'a.mp4')!r}, [black], 25, {{}}, loop=True)\n"
        "assert not [name for name in os.environ if name.startswith('QT_QPA')], os.environ\n"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_QPA")}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
