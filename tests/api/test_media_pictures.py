"""Pictures of other colour spaces and of formats that need a package, read as sRGB."""

from __future__ import annotations

import base64
import io
import os
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kirara_studio.api.errors import UserError
from kirara_studio.api.media.finding import find_pictures, picture_files
from kirara_studio.api.media.pictures import load_picture, opaque_of

D50 = (0.9642, 1.0, 0.8249)
# Columns are red, green and blue, adapted to D50 (Bradford), as they stand in such profiles.
DISPLAY_P3 = ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
ADOBE_RGB = ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))
SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
COLOUR = (200, 100, 50)

HEIC = zlib.decompress(
    base64.b64decode(  # 64 × 32, red at the left, blue at the right
        "eNpjYGCQSSupLMhIzUxmAILczDRDEDs3MzGNgYGxNje1JJEBAhQzUnKKoGyGgszkEgY0oJSZkw82xMWBgREIgYBxIY"
        "QGgkggVs7MzEsD80CiokBOKhOUl1GWbAhi8hVkluTClfzNLCgqANJ3MwuS84F0GVCZMyMzSGgCWJHcB4Y/f3/8YGDg"
        "Z04A6pBwYORh/P8fpIAZpIIZhOR2MTkkAiW1nBgZ0WQWKDSyTnv1ZNnOHRwZBgpAIWYQwaCYBFTO5sJ4sPhAJ9AS4e"
        "T8nKK85JwKoCgvA1sDUEgks7ggFeozByjWSM5JLICyQY5XgNIgwPT///8HIBqIBQoyKzJBgswcHBxASiKzIBcWyMBw"
        "Y21kYmZtAbITc1MSQYEcqsG4Xrjhh8DD5f9/f1v8/9FuG3sTiWXq/59ymNQnLLL/c7vHXmVJtLtEbe8CvYa33oqmB3"
        "Zdylpw9cW/7mvXmZ0TVBqqXEz26EodNv6Xsbv5wYn+mLtT+0VPAAC8snWV"
    )
)


def fixed(*numbers: float) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def profile(space: str, tags: dict[str, bytes], connection: str = "XYZ ") -> bytes:
    """An ICC profile of version 2."""
    name = b"A test\0"
    tags = {
        "desc": b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(78),
        "cprt": b"text" + bytes(4) + b"None\0",
        "wtpt": b"XYZ " + bytes(4) + fixed(*D50),
        **tags,
    }
    table, data, place = b"", b"", 128 + 4 + 12 * len(tags)
    for key, value in tags.items():
        value += bytes(-len(value) % 4)
        table += key.encode() + struct.pack(">II", place + len(data), len(value))
        data += value
    body = struct.pack(">I", len(tags)) + table + data
    kind = b"prtr" if space == "CMYK" else b"mntr"
    head = struct.pack(">I4sI4s4s4s", 128 + len(body), b"lcms", 0x02400000, kind,
                       space.encode(), connection.encode())  # fmt: skip
    head = head.ljust(36, b"\0") + b"acsp"
    return head.ljust(68, b"\0") + fixed(*D50) + bytes(48) + body


def rgb_profile(columns: tuple[tuple[float, ...], ...], gamma: float) -> bytes:
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256))
    tags = {f"{n}TRC": curve for n in "rgb"}
    tags |= {
        f"{n}XYZ": b"XYZ " + bytes(4) + fixed(*xyz) for n, xyz in zip("rgb", columns, strict=True)
    }
    return profile("RGB ", tags)


def cmyk_profile() -> bytes:
    """Lightness falls with black only; the other inks are grey of no effect."""
    head = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    ramp = bytes(range(256))
    # Black runs fastest. L 0…255 is 0…100, a and b are 0 at 128.
    colours = b"".join(bytes([0 if place % 2 else 255, 128, 128]) for place in range(16))
    return profile("CMYK", {"A2B0": head + ramp * 4 + colours + ramp * 3}, "Lab ")


def expected(columns: tuple[tuple[float, ...], ...], gamma: float) -> np.ndarray:
    linear = np.array(columns).T @ (np.array(COLOUR) / 255) ** gamma
    linear = np.clip(np.linalg.inv(np.array(SRGB).T) @ linear, 0, 1)
    curved = np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)
    return np.asarray(np.round(255 * curved))


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.tiff", "a.avif"])
@pytest.mark.parametrize("columns", [DISPLAY_P3, ADOBE_RGB], ids=["Display P3", "Adobe RGB"])
def test_colours_are_those_that_the_profile_means(
    tmp_path: Path, name: str, columns: tuple[tuple[float, ...], ...]
) -> None:
    icc = rgb_profile(columns, 2.2)
    Image.new("RGB", (32, 24), COLOUR).save(tmp_path / name, icc_profile=icc, quality=100)
    picture = load_picture(tmp_path / name)
    seen, wanted = np.asarray(picture)[12, 16].astype(int), expected(columns, 2.2)
    assert np.abs(wanted - COLOUR).max() > 15, "it makes a difference"
    assert np.abs(seen - wanted).max() <= 4
    assert "icc_profile" not in picture.info, "it is not applied twice"


def test_every_mode_and_the_rotation_keep_with_a_profile(tmp_path: Path) -> None:
    icc, wanted = rgb_profile(DISPLAY_P3, 2.2), expected(DISPLAY_P3, 2.2)
    plain = Image.new("RGB", (20, 10), COLOUR)
    clear = plain.convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 10, 10))
    for image in (plain.quantize(4), clear):
        image.save(tmp_path / "a.png", icc_profile=icc)
        pixels = np.asarray(load_picture(tmp_path / "a.png")).astype(int)
        assert np.abs(pixels[5, 15] - wanted).max() <= 4
        assert image is not clear or pixels[5, 5].tolist() == [255, 255, 255]
    exif = Image.Exif()
    exif[0x0112] = 6
    plain.save(tmp_path / "turned.jpg", icc_profile=icc, exif=exif, quality=100)
    assert load_picture(tmp_path / "turned.jpg").size == (10, 20)


def test_grey_and_cmyk_with_a_profile(tmp_path: Path) -> None:
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, 256)  # linear: middle grey is lighter
    Image.new("L", (8, 8), 55).save(
        tmp_path / "a.png", icc_profile=profile("GRAY", {"kTRC": curve})
    )
    assert np.abs(np.asarray(load_picture(tmp_path / "a.png")).astype(int) - 127).max() <= 2
    inks = Image.new("CMYK", (8, 8), (255, 0, 0, 0))
    inks.save(tmp_path / "a.tiff", icc_profile=cmyk_profile())
    assert load_picture(tmp_path / "a.tiff").getpixel((4, 4)) == (255, 255, 255)
    inks.save(tmp_path / "a.tiff")
    assert load_picture(tmp_path / "a.tiff").getpixel((4, 4)) == (0, 255, 255)


def test_a_profile_that_is_broken_or_of_another_kind_is_ignored(tmp_path: Path) -> None:
    for icc in (b"nonsense", rgb_profile(DISPLAY_P3, 2.2)[:200], cmyk_profile()):
        Image.new("RGB", (8, 8), COLOUR).save(tmp_path / "a.png", icc_profile=icc)
        assert load_picture(tmp_path / "a.png").getpixel((4, 4)) == COLOUR


def test_frames_of_an_animation_too(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (16, 16), COLOUR) for _ in range(2)]
    frames[1].putpixel((0, 0), (0, 0, 0))
    icc = rgb_profile(DISPLAY_P3, 2.2)
    frames[0].save(
        tmp_path / "a.webp", save_all=True, append_images=frames[1:], lossless=True, icc_profile=icc
    )
    with Image.open(tmp_path / "a.webp") as image:
        image.seek(1)
        seen = np.asarray(opaque_of(image.copy()))[8, 8].astype(int)
    assert np.abs(seen - expected(DISPLAY_P3, 2.2)).max() <= 4


# Formats that need a package


def test_heic_and_jpeg_xl_are_read(tmp_path: Path) -> None:
    pytest.importorskip("pi_heif")
    pytest.importorskip("jxlpy")
    import jxlpy.JXLImagePlugin  # noqa: F401  # registers the format for saving

    (tmp_path / "phone.HEIC").write_bytes(HEIC)
    Image.new("RGB", (64, 32), (230, 20, 20)).save(tmp_path / "a.jxl")
    for path in picture_files(tmp_path):
        picture = load_picture(path)
        assert picture.size == (64, 32)
        assert np.abs(np.array(picture.getpixel((8, 8))) - (230, 20, 20)).max() < 8
    assert len(picture_files(tmp_path)) == 2


@pytest.mark.parametrize(
    ("head", "package"),
    [(HEIC, "pi-heif"), (b"\xff\x0a" + bytes(60), "jxlpy")],
    ids=["HEIC", "JPEG XL"],
)
def test_without_the_package_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: bytes, package: str
) -> None:
    for name in ("pi_heif", "jxlpy", "jxlpy.JXLImagePlugin"):
        monkeypatch.setitem(sys.modules, name, None)  # as if it were not installed
    (tmp_path / "a.heic").write_bytes(head)
    with pytest.raises(UserError, match=r"a\.heic") as caught:
        load_picture(tmp_path / "a.heic")
    assert f"pip install {package}" in caught.value.advice


def test_damaged_ones_are_refused(tmp_path: Path) -> None:
    whole = io.BytesIO(HEIC).getvalue()
    for data in (whole[:60], whole[:300], whole[:-40], b"\xff\x0a" + bytes(60)):
        (tmp_path / "a.heic").write_bytes(data)
        with pytest.raises(UserError, match=r"a\.heic"):
            load_picture(tmp_path / "a.heic")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_may_have_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "two\nlines.png"
    Image.new("RGB", (4, 4)).save(path)
    assert picture_files(tmp_path) == [path]


# Grey of many bits


RAMP = np.linspace(0, 1, 64, dtype=np.float64).reshape(8, 8)


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        (RAMP.astype(np.float32), 0, 255),
        ((RAMP / 2).astype(np.float32), 0, 128),
        ((RAMP * 200).astype(np.float32), 0, 200),
        ((RAMP * 60_000).astype(np.float32), 0, 233),
        ((RAMP * 8 - 4).astype(np.float32), 0, 255),
        ((RAMP * 1e30).astype(np.float32), 0, 255),
        (np.zeros((8, 8), np.float32), 0, 0),
        ((RAMP * 100).astype(np.int32), 0, 100),
        ((RAMP * 60_000).astype(np.int32), 0, 233),
        ((RAMP * 2**30).astype(np.int32), 0, 128),
        ((RAMP * 2000 - 1000).astype(np.int32), 0, 255),
        ((RAMP * 65_535).astype(np.uint16), 0, 255),
    ],
)
def test_deep_grey_is_scaled_by_its_range(
    tmp_path: Path, values: np.ndarray, low: int, high: int
) -> None:
    Image.fromarray(values).save(tmp_path / "deep.tiff")
    grey = np.asarray(load_picture(tmp_path / "deep.tiff"))[..., 0].astype(int)
    assert (grey.min(), grey.max()) == (low, high)
    assert (np.diff(grey.ravel()) >= 0).all(), "brighter stays brighter"
    assert np.abs(np.diff(grey.ravel())).max() <= 6, "nothing is clipped"


def test_floats_that_are_not_numbers_are_black(tmp_path: Path) -> None:
    values = RAMP.astype(np.float32)
    values[3, :3] = np.nan, np.inf, -np.inf
    Image.fromarray(values).save(tmp_path / "a.tiff")
    grey = np.asarray(load_picture(tmp_path / "a.tiff"))[..., 0]
    assert grey[3, :3].tolist() == [0, 0, 0] and grey[7, 7] == 255


def test_the_float_tiff_from_the_field(shared_folder: Path) -> None:
    picture = load_picture(shared_folder / "field" / "pictures" / "float32.tiff")
    assert np.ptp(np.asarray(picture)) > 200


# Which files count


def test_jpeg_2000_is_read(tmp_path: Path) -> None:
    for name in ("a.jp2", "b.J2K"):
        Image.new("RGB", (40, 20), COLOUR).save(tmp_path / name)
    assert [path.name for path in picture_files(tmp_path)] == ["a.jp2", "b.J2K"]
    for path in picture_files(tmp_path):
        pixel = load_picture(path).getpixel((5, 5))
        assert np.abs(np.array(pixel) - COLOUR).max() < 4
    whole = (tmp_path / "a.jp2").read_bytes()
    (tmp_path / "a.jp2").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match=r"a\.jp2"):
        load_picture(tmp_path / "a.jp2")


def test_names_without_suffix_count_by_their_content(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "f_00a1", "PNG")
    Image.new("RGB", (4, 4)).save(tmp_path / "2026.11.28", "JPEG")
    Image.new("RGB", (4, 4)).save(tmp_path / "renamed.txt", "PNG")
    (tmp_path / "README").write_text("no picture")
    left_out: list[Path] = []
    found = [path.name for path in find_pictures([tmp_path], left_out)]
    assert found == ["2026.11.28", "f_00a1"]
    assert [path.name for path in left_out] == ["README", "renamed.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and pipes")
def test_links_are_followed_and_pipes_are_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "elsewhere" / "a.png")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "circle").symlink_to(folder)
    os.mkfifo(folder / "pipe.png")
    (folder / "broken.png").symlink_to(tmp_path / "nowhere.png")
    assert picture_files(folder) == [folder / "link" / "a.png"]
