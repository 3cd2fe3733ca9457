"""Clips from wherever they are, and their forecasts."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from kirara_foresight.clips.clip import Clip
from kirara_foresight.clips.opening import open_clip
from kirara_foresight.clips.video import Video
from kirara_foresight.forecasting import Moment, make_forecasts, moment_of
from kirara_foresight.forecasts import FLOW, STILL
from kirara_foresight.scores import scores_as_csv
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.saving import save_film
from kirara_studio.cli import main
from tests.plugins.kirara_foresight.test_digits_and_radar import write_radar


def numbered(count: int, height: int = 48, width: int = 64) -> list[np.ndarray]:
    """A white square that moves by two pixels a frame; its place is the frame's number."""
    frames = np.full((count, height, width, 3), 40, np.uint8)
    for number, frame in enumerate(frames):
        frame[10:30, 2 * number : 2 * number + 12] = (250, 240, 230)
    return list(frames)


def number_of(frame: np.ndarray) -> int:
    columns = np.nonzero(frame[20, :, 0] > 140)[0]
    return round(columns[0] / 2)


@pytest.fixture(params=[".mp4", ".gif", ".webp", ""])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"clip{request.param}"
    save_film(path, numbered(20), 10, {}, loop=True)
    return path


def test_frames_come_in_any_order(path: Path) -> None:
    clip = open_clip(path)
    assert clip.count == 20 and clip.size == (48, 64)
    assert clip.fps == pytest.approx(10, abs=0.01)
    for first, count in ((0, 3), (7, 4), (2, 2), (18, 5)):
        frames = list(clip.frames(first, count))
        assert [number_of(frame) for frame in frames] == list(range(first, min(20, first + count)))
        assert all(frame.shape == (48, 64, 3) and frame.dtype == np.uint8 for frame in frames)
    clip.close()


def test_a_long_video_is_sought_not_read_through(tmp_path: Path) -> None:
    frames = (frame for _ in range(20) for frame in numbered(20))
    save_film(tmp_path / "long.mp4", frames, 25, {}, loop=False)
    video = Video(tmp_path / "long.mp4")
    assert video.count == 400
    for first in (385, 3, 391):
        assert [number_of(frame) for frame in video.frames(first, 2)] == [
            first % 20,
            (first + 1) % 20,
        ]
    video.close()


def test_a_video_that_was_cut_off_ends_there(tmp_path: Path) -> None:
    path = tmp_path / "cut.mp4"
    save_film(path, numbered(20), 10, {}, loop=False)
    data = path.read_bytes()
    for length in (0, 30, len(data) // 3):  # the index is at the end
        path.write_bytes(data[:length])
        with pytest.raises(UserError, match=r"cut\.mp4"):
            open_clip(path)
    gif = tmp_path / "cut.gif"
    save_film(gif, numbered(20), 10, {}, loop=False)
    gif.write_bytes(gif.read_bytes()[:-1500])
    clip = open_clip(gif)
    assert 0 < len(list(clip.frames(0, 20))) < 20


def test_a_folder_is_read_as_people_count(tmp_path: Path) -> None:
    for number, frame in enumerate(numbered(12)):
        Image.fromarray(frame).save(tmp_path / f"フレーム{number}.png")
    (tmp_path / "notes.txt").write_text("x")
    clip = open_clip(tmp_path)
    assert [number_of(frame) for frame in clip.frames(0, 12)] == list(range(12))
    (tmp_path / "フレーム5.png").write_bytes(b"no picture")
    with pytest.raises(UserError, match=r"フレーム5\.png"):
        list(clip.frames(0, 12))


def test_pictures_of_all_kinds_and_sizes(tmp_path: Path) -> None:
    Image.new("RGBA", (30, 20), (255, 0, 0, 0)).save(tmp_path / "1.png")
    Image.fromarray(np.full((40, 60), 65535, np.uint16)).save(tmp_path / "2.png")
    Image.new("CMYK", (30, 20)).save(tmp_path / "3.jpg")
    frames = list(open_clip(tmp_path).frames(0, 3))
    assert {frame.shape for frame in frames} == {(20, 30, 3)}
    assert (frames[0] == 255).all() and (frames[1] == 255).all()


def test_a_file_that_is_not_a_clip_is_reported(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.mp4").write_text("no film")
    Image.new("RGB", (8, 8)).save(tmp_path / "one.png")
    Image.new("RGB", (8, 8)).save(tmp_path / "one.gif")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name, message in (
        ("nowhere.mp4", "There is no file"),
        ("empty", "holds no pictures"),
        ("text.mp4", "not a known kind of video"),
        ("one.png", "a single frame"),
        ("one.gif", "a single frame"),
        ("damaged", r"a\.png"),
    ):
        with pytest.raises(UserError, match=message):
            open_clip(tmp_path / name)


class Endless:
    """Frames from nowhere, counted: nobody may ask for all of them."""

    count, size, fps = 10**9, (2000, 3000), 30.0

    def __init__(self) -> None:
        self.asked = 0

    def frames(self, first: int, count: int) -> object:
        for _ in range(count):
            self.asked += 1
            yield np.zeros((2000, 3000, 3), np.uint8)

    def seen(self, first: int, count: int) -> None:
        pass

    def close(self) -> None:
        pass


def test_frames_of_a_video_of_a_variable_rate_are_found(tmp_path: Path) -> None:
    """Steady for a hundred frames, then not: a frame's number is not its time."""
    path = tmp_path / "clip.mkv"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mpeg4", rate=25, options={"g": "20", "q": "2"})
        stream.width, stream.height, stream.pix_fmt = 352, 48, "yuv420p"  # type: ignore[union-attr]
        for number, pixels in enumerate(numbered(160, width=352)):
            frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
            frame.pts = number if number < 100 else 100 + (number - 100) * 3 + number % 2
            file.mux(stream.encode(frame))  # type: ignore[union-attr]
        file.mux(stream.encode(None))  # type: ignore[union-attr]
    clip = Video(path)
    assert clip.count == 160
    wanted = [151, 77, 159, 120, 100, 101]
    assert [number_of(frame) for start in wanted for frame in clip.frames(start, 1)] == wanted
    clip.close()


def test_an_animation_is_read_backwards(tmp_path: Path) -> None:
    for name in ("clip.png", "clip.gif", "clip.webp"):
        first, *others = [Image.fromarray(frame) for frame in numbered(8)]
        first.save(tmp_path / name, save_all=True, append_images=others, duration=100)
        clip = open_clip(tmp_path / name)
        found = [number_of(frame) for start in (7, 3, 0, 5) for frame in clip.frames(start, 1)]
        assert found == [7, 3, 0, 5], name
        clip.close()


def test_only_what_is_needed_is_read_and_it_is_scaled() -> None:
    clip = Endless()
    opened: Clip = clip  # type: ignore[assignment]
    moment = moment_of(opened, 10**8, 4, seen=3, longest=150)
    assert clip.asked == 7
    assert moment.before.shape == (3, 100, 150, 3) and moment.truth.shape == (4, 100, 150, 3)
    assert moment.scale == 0.05


def test_forecasts_are_judged_as_long_as_there_is_truth(tmp_path: Path) -> None:
    save_film(tmp_path / "clip", numbered(12), 10, {}, loop=False)
    clip = open_clip(tmp_path / "clip")
    moment = moment_of(clip, 9, 5)
    assert len(moment.before) == 9 and len(moment.truth) == 3
    asked: list[int] = []
    networks = {"grey": lambda frames, count: np.repeat(frames[-1:], count, 0)}
    results = make_forecasts(moment, 5, networks, lambda: asked.append(1))
    assert list(results) == ["grey", STILL, FLOW] and len(asked) == 3
    for one in results.values():
        assert one.frames.shape == (5, 48, 64, 3)
        assert len(one.mse) == len(one.ssim) == 3
        assert one.csi is None
    np.testing.assert_allclose(results["grey"].frames, results[STILL].frames)
    assert moment_of(clip, 12, 5).truth.shape == (0, 48, 64, 3)
    for start in (0, 13, 10**6):
        with pytest.raises(UserError, match=r"first frame|no frame"):
            moment_of(clip, start, 5)


def test_rain_is_judged_at_20_dbz() -> None:
    """A third of 60 dBZ counts as rain: of two pixels that are there, one is predicted."""
    before, truth = np.zeros((1, 2, 2, 3), np.float32), np.zeros((2, 2, 2, 3), np.float32)
    before[0, 0, 0] = before[0, 0, 1] = 0.34
    truth[0, 0, 0] = truth[0, 1, 0] = 0.34
    truth[0, 0, 1] = 0.33
    results = make_forecasts(Moment(before, truth, 1.0), 2, {}, lambda: None, radar=True)
    csi = results[STILL].csi
    assert csi is not None
    np.testing.assert_allclose(csi, [1 / 3, 0])
    table = scores_as_csv(results).splitlines()
    assert table[0].endswith(",csi 20 dBZ") and table[1].endswith(",0.333333")
    dry = make_forecasts(Moment(before * 0, truth * 0, 1.0), 2, {}, lambda: None, radar=True)
    assert scores_as_csv(dry).splitlines()[1].endswith(",1,"), "no rain, no index"


def test_a_clip_is_forecast_by_the_command(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    out, scores = tmp_path / "out.gif", tmp_path / "scores.csv"
    arguments = ["foresight", "predict", str(path), "--start", "12", "--frames", "4"]
    assert main([*arguments, "--out", str(out), "--scores", str(scores)]) == 0
    assert "nothing moves" in capsys.readouterr().out
    with Image.open(out) as image:
        assert image.n_frames == 14  # type: ignore[attr-defined]
    with scores.open() as file:
        rows = list(csv.DictReader(file))
    assert {row["forecast"] for row in rows} >= {STILL, FLOW} and rows[0]["frame"] == "1"
    for wrong in (["--start", "0"], ["--frames", "0"], ["--out", "film.txt"], ["--start", "99"]):
        assert main([*arguments, "--out", str(out), *wrong]) == 1
    assert main(["foresight", "predict", str(path)]) == 1


def test_radar_is_forecast_in_its_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    write_radar(tmp_path / "radar", [np.full((32, 32), 64 + 2 * 42, np.uint8)] * 6)
    out = tmp_path / "frames"
    arguments = ["foresight", "predict", str(tmp_path / "radar"), "--start", "4", "--frames", "2"]
    assert main([*arguments, "--out", str(out)]) == 0
    with Image.open(out / "frame-00000.png") as image:
        colours = {colour for _, colour in image.convert("RGB").getcolors(10_000) or ()}
    assert (229, 188, 0) in colours  # 40 to 45 dBZ


def test_an_animation_whose_frames_grow_keeps_its_size(tmp_path: Path) -> None:
    path = tmp_path / "grows.gif"
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    data = bytearray(path.read_bytes())
    second = data.index(b"\x2c\0\0\0\0\x14\0\x0a\0", data.index(b"\x2c\0\0\0\0\x14\0\x0a\0") + 1)
    data[second + 3] = 16  # its top, in a screen of ten rows
    path.write_bytes(data)
    with closing(open_clip(path)) as clip:
        assert clip.size == (10, 20)
        assert [frame.shape for frame in clip.frames(0, 3)] == [(10, 20, 3)] * 3
