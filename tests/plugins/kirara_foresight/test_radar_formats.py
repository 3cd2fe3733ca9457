"""Radar files of weather services, gaps between them, and what no radar sees."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from kirara_foresight.clips.opening import open_clip
from kirara_foresight.evaluation import compare
from kirara_foresight.forecasting import make_forecasts, moment_of
from kirara_foresight.forecasts import STILL
from kirara_foresight.forecasts.simple import nothing_moves
from kirara_foresight.radar import is_radar_folder, read_radar
from kirara_studio.api.errors import UserError
from kirara_studio.cli import main
from tests.plugins.kirara_foresight.test_digits_and_radar import write_radar

DBZ = np.array([[np.nan, -32, 0, 20], [30.5, 40, 50, 60]], np.float32)


def odim(path: Path, minute: int) -> None:
    raw = np.where(np.isnan(DBZ), 255, DBZ * 2 + 64).astype(np.uint8)
    with h5py.File(path, "w") as file:
        file.attrs["Conventions"] = np.bytes_("ODIM_H5/V2_2")
        file.create_group("what").attrs.update(
            {"object": np.bytes_("COMP"), "date": np.bytes_("20240501"),
             "time": np.bytes_(f"12{minute:02}00")}
        )  # fmt: skip
        file["dataset1/data1/data"] = np.where(DBZ == -32, 0, raw)
        file.create_group("dataset1/data1/what").attrs.update(
            {"quantity": np.bytes_("DBZH"), "gain": 0.5, "offset": -32.0, "nodata": 255.0,
             "undetect": 0.0}
        )  # fmt: skip


def knmi(path: Path, minute: int) -> None:
    with h5py.File(path, "w") as file:
        file.create_group("overview").attrs["product_datetime_start"] = np.bytes_(
            f"01-MAY-2024;12:{minute:02}:00.000"
        )
        file["image1/image_data"] = np.where(np.isnan(DBZ), 255, DBZ * 2 + 64).astype(np.uint8)
        file["image1"].attrs["image_geo_parameter"] = np.bytes_("REFLECTIVITY_[DBZ]")
        file.create_group("image1/calibration").attrs.update(
            {"calibration_formulas": np.bytes_("GEO = 0.500000 * PV + -32.000000"),
             "calibration_missing_data": [0], "calibration_out_of_image": [255]}
        )  # fmt: skip


def netcdf(path: Path, minute: int) -> None:
    with h5py.File(path, "w") as file:
        packed = np.where(np.isnan(DBZ), -999, DBZ * 10).astype(np.int16)
        data = file.create_dataset("reflectivity", data=packed[None])
        data.attrs.update({"units": "dBZ", "scale_factor": 0.1, "_FillValue": np.int16(-999)})
        file["time"] = np.array([minute * 60])
        file["time"].attrs["units"] = "seconds since 2024-05-01 12:00:00"


def geotiff(path: Path, minute: int) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[34735] = (1, 1, 0, 0)
    tags.tagtype[34735] = 3
    tags[42113] = "-9999"
    values = np.where(np.isnan(DBZ), -9999, DBZ).astype(np.float32)
    Image.fromarray(values).save(path, tiffinfo=tags)


KINDS: dict[str, Callable[[Path, int], None]] = {
    "odim-{}.h5": odim,
    "RAD_NL25_{}.h5": knmi,
    "rain-{}.nc": netcdf,
    "202405011{}.tif": geotiff,
}


@pytest.mark.parametrize("name", KINDS)
def test_files_of_weather_services_are_read(tmp_path: Path, name: str) -> None:
    for minute in (15, 5, 10):
        KINDS[name](tmp_path / name.format(f"2{minute:02}"), minute)
    assert is_radar_folder(tmp_path)
    radar = read_radar(tmp_path)
    assert radar.dbz.shape == (3, 2, 4) and radar.minutes == 5 and not radar.missing
    np.testing.assert_allclose(radar.dbz[0], DBZ, atol=0.25)
    clip = open_clip(tmp_path)
    assert clip.radar and clip.count == 3
    if not name.endswith("tif"):
        with pytest.raises(UserError, match="a single frame"):
            open_clip(tmp_path / name.format("205"))


def test_rates_of_rain_become_reflectivity(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "rate.nc", "w") as file:
        rates = np.array([[[0, 1], [10, np.nan]], [[0, 1], [10, 2]]], np.float32)
        file.create_dataset("rain", data=rates).attrs["units"] = "mm h-1"
        file["time"] = np.array([0.0, 0.5])
        file["time"].attrs["units"] = "hours since 2024-05-01"
    radar = read_radar(tmp_path / "rate.nc")
    np.testing.assert_allclose(radar.dbz[0], [[-32, 23.01], [39.01, np.nan]], atol=0.01)
    assert radar.minutes == 30


def accumulated(path: Path, minute: int, end: int | None = None) -> None:
    """Rain that fell in five minutes, as KNMI distributes it: 12, 1.2 and 0 mm/h, and unseen."""
    with h5py.File(path, "w") as file:
        times = (minute, minute + 5 if end is None else end)
        for name, time in zip(("start", "end"), times, strict=True):
            value = np.bytes_(f"26-AUG-2010;05:{time:02}:00.000")
            file.require_group("overview").attrs[f"product_datetime_{name}"] = value
        hundredths = np.array([[1200, 120], [0, 65535 * 12]]) / 12
        file["image1/image_data"] = hundredths.round().astype(np.uint16)
        file["image1"].attrs["image_geo_parameter"] = np.bytes_("ACCUMULATED_PRECIPITATION_[MM]")
        file.create_group("image1/calibration").attrs.update(
            {"calibration_formulas": np.bytes_("GEO=0.01*PV+0.0"),
             "calibration_missing_data": [65535], "calibration_out_of_image": [65535]}
        )  # fmt: skip


def test_accumulated_rain_becomes_reflectivity(tmp_path: Path) -> None:
    for minute in (0, 5, 10):
        accumulated(tmp_path / f"RAD_NL25_RAP_5min_20100826{minute:04}.h5", minute)
    radar = read_radar(tmp_path)
    assert radar.minutes == 5
    np.testing.assert_allclose(radar.dbz[0], [[40.28, 24.28], [-32, np.nan]], atol=0.01)


def test_rain_that_fell_in_no_time_is_refused(tmp_path: Path) -> None:
    accumulated(tmp_path / "a.h5", 5, end=5)
    with pytest.raises(UserError, match="during which time the rain fell"):
        read_radar(tmp_path / "a.h5")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("old.nc", b"CDF\x01" + bytes(60), "nccopy"),
        ("mrms.grib2", b"GRIB" + bytes(60), "gdal_translate"),
        ("odd.h5", b"\x89HDF\r\n\x1a\n" + bytes(90), "cannot be read"),
        ("empty.h5", b"", "cannot be read"),
        ("cut.tif", b"II*\0\x08\0\0\0", "cannot be read"),
        ("notes.h5", b"text", "cannot be read"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=name) as error:
        read_radar(tmp_path)
    assert reason in str(error.value)


def test_polar_scans_are_refused(tmp_path: Path) -> None:
    odim(tmp_path / "scan.h5", 0)
    with h5py.File(tmp_path / "scan.h5", "r+") as file:
        file["what"].attrs["object"] = np.bytes_("PVOL")
    with pytest.raises(UserError, match="polar scans"):
        read_radar(tmp_path)


def pgm(path: Path, grey: np.ndarray, comment: str = "", most: int = 255) -> None:
    head = f"P5\n{comment}{grey.shape[1]} {grey.shape[0]}\n{most}\n".encode()
    path.write_bytes(head + grey.astype(">u2" if most > 255 else "u1").tobytes())


def test_only_what_says_radar_is_weather(tmp_path: Path) -> None:
    """A folder of ordinary PGM frames, and one mask among PNGs."""
    frames, masked, weather = (tmp_path / name for name in ("frames", "masked", "weather"))
    for folder in (frames, masked, weather):
        folder.mkdir()
    grey = np.full((32, 32), 100)
    for number in range(4):
        pgm(frames / f"{number}.pgm", grey)
        Image.new("RGB", (32, 32)).save(masked / f"{number}.png")
        pgm(weather / f"{number}.pgm", grey, "# obstime 201609281445\n")
    pgm(masked / "mask.pgm", grey)
    pgm(masked / "radar mask.pgm", grey)
    assert [open_clip(one).radar for one in (frames, masked, weather)] == [False, False, True]
    assert open_clip(frames, radar=True).radar and not open_clip(weather, radar=False).radar
    assert next(iter(open_clip(frames).frames(0, 1)))[0, 0].tolist() == [100, 100, 100]


def test_the_command_can_decide_what_a_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    (tmp_path / "frames").mkdir()
    for number in range(4):
        pgm(tmp_path / "frames" / f"{number}.pgm", np.full((32, 32), 64 + 2 * 42))
    for switch, colour in ((["--radar"], (229, 188, 0)), ([], (148, 148, 148))):
        out = tmp_path / f"out{len(switch)}"
        arguments = ["foresight", "predict", str(tmp_path / "frames"), "--start", "3"]
        assert main([*arguments, "--frames", "1", "--out", str(out), *switch]) == 0
        with Image.open(out / "frame-00000.png") as image:
            assert colour in {one for _, one in image.convert("RGB").getcolors(10_000) or ()}


def test_sixteen_bits_keep_their_low_byte(tmp_path: Path) -> None:
    (tmp_path / "radar").mkdir()
    values = np.array([[64 * 257, 64 * 257 + 128, 84 * 257, 65535]])
    for number in range(2):
        pgm(tmp_path / "radar" / f"radar{number}.pgm", values, most=65535)
    dbz = read_radar(tmp_path / "radar").dbz[0, 0]
    np.testing.assert_allclose(dbz, [0, 64 / 257, 10, np.nan], atol=1e-4)
    frame = next(iter(open_clip(tmp_path / "radar", radar=False).frames(0, 1)))
    assert frame[0, :, 0].tolist() == [64, 64, 84, 255]


def test_sixteen_bits_of_a_png_too(tmp_path: Path) -> None:
    values = np.array([[64 * 257, 64 * 257 + 128, 84 * 257, 65535]], np.uint16)
    for number in range(2):
        Image.fromarray(values).save(tmp_path / f"radar{number}.png")
    dbz = read_radar(tmp_path).dbz[0, 0]
    np.testing.assert_allclose(dbz, [0, 64 / 257, 10, np.nan], atol=1e-4)


def test_gaps_are_found_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    write_radar(tmp_path / "radar", [np.full((32, 32), 120, np.uint8)] * 10)
    for minute in (15, 20, 40):
        (tmp_path / "radar" / f"2016092814{minute}_radar.pgm.gz").unlink()
    radar = read_radar(tmp_path / "radar")
    assert [f"{time:%H:%M}" for time in radar.missing] == ["14:15", "14:20", "14:40"]
    assert radar.minutes == 5
    arguments = ["foresight", "predict", str(tmp_path / "radar"), "--start", "4", "--frames", "2"]
    assert main([*arguments, "--out", str(tmp_path / "out.gif")]) == 0
    assert "Missing radar pictures (3): 2016-09-28 14:15" in capsys.readouterr().err


def test_what_no_radar_sees_is_not_scored(tmp_path: Path) -> None:
    """The seen half is forecast perfectly; the other half would be an error of all pixels."""
    wet, dry = np.full((32, 32), 184, np.uint8), np.full((32, 32), 184, np.uint8)
    dry[:, 16:] = 255
    write_radar(tmp_path / "radar", [wet] * 3 + [dry] * 3)
    moment = moment_of(open_clip(tmp_path / "radar"), 3, 2)
    still = make_forecasts(moment, 2, {}, lambda: None, radar=True)[STILL]
    assert still.mse.tolist() == [0, 0] and still.mae.tolist() == [0, 0]
    np.testing.assert_allclose(still.csi, 1)  # type: ignore[arg-type]
    assert still.ssim.tolist() == [1, 1]
    sequence = np.ones((4, 32, 32), np.float32)
    sequence[2:, :, 16:] = np.nan
    scores = compare([sequence], 2, {STILL: nothing_moves}, rain=True)[STILL].to_dict()
    assert scores["mse"] == 0 and scores["20 dBZ"]["csi"] == 1


def test_json_has_null_for_what_is_not_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    write_radar(tmp_path / "radar", [np.full((32, 32), 64, np.uint8)] * 30, step=2)  # dry
    arguments = ["foresight", "evaluate", "--radar", str(tmp_path / "radar"), "--crop", "32"]
    assert main([*arguments, "--sequences", "1", "--json"]) == 0

    def refuse(name: str) -> None:
        raise AssertionError(name)

    figures = json.loads(capsys.readouterr().out, parse_constant=refuse)
    assert figures["radar"]["forecasts"][STILL]["20 dBZ"]["csi"] is None


def test_a_gzipped_name_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for number in range(2):
        data = b"P5\n# param CorrectedReflectivity\n8 8\n255\n" + bytes(64)
        (tmp_path / "a" / f"{number}.pgm.gz").write_bytes(gzip.compress(data))
    assert is_radar_folder(tmp_path / "a")
