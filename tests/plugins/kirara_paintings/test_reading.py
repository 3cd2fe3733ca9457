"""Pictures of every kind are read, or the problem is reported."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kirara_paintings.pictures.finding import left_out_note
from kirara_paintings.pictures.reading import LONGEST, read_picture
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.finding import find_pictures


def halves(width: int, height: int) -> Image.Image:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste((0, 0, 255), (width // 2, 0, width, height))
    return image


def is_red(pixel: np.ndarray) -> bool:
    return bool(pixel[0] > 180 and pixel[1] < 90 and pixel[2] < 90)


@pytest.mark.parametrize(
    "name", ["a.png", "a.jpg", "a.webp", "a.avif", "a.tiff", "a.bmp", "絵.gif"]
)
@pytest.mark.parametrize("size", [(1200, 700), (300, 200)])
def test_common_kinds_are_read_and_scaled(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    halves(*size).save(tmp_path / name)
    picture = read_picture(tmp_path / name)
    scale = min(1, LONGEST / size[0])
    assert (picture.width, picture.height) == size
    assert picture.pixels.shape == (round(size[1] * scale), round(size[0] * scale), 3)
    assert is_red(picture.pixels[5, 5]) and picture.pixels[5, -5, 2] > 180


def test_the_cameras_turn_is_applied(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the top is at the right
    halves(800, 400).save(tmp_path / "turned.jpg", exif=exif)
    picture = read_picture(tmp_path / "turned.jpg", 200)
    assert (picture.width, picture.height) == (400, 800)
    assert picture.pixels.shape == (200, 100, 3)
    assert is_red(picture.pixels[10, 50]) and not is_red(picture.pixels[-10, 50])


def test_see_through_is_white_and_deep_is_not_clipped(tmp_path: Path) -> None:
    Image.new("RGBA", (9, 9), (255, 0, 0, 0)).save(tmp_path / "clear.png")
    assert (read_picture(tmp_path / "clear.png").pixels == 255).all()
    Image.fromarray(np.full((9, 9), 32768, np.uint16)).save(tmp_path / "deep.png")
    assert (read_picture(tmp_path / "deep.png").pixels == 128).all()


def test_cmyk_palette_and_animations_are_read(tmp_path: Path) -> None:
    halves(60, 40).convert("CMYK").save(tmp_path / "print.jpg")
    assert is_red(read_picture(tmp_path / "print.jpg").pixels[20, 5])
    halves(60, 40).quantize(4).save(tmp_path / "palette.png")
    assert is_red(read_picture(tmp_path / "palette.png").pixels[20, 5])
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "lime")]
    for name in ("film.gif", "film.webp"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        assert is_red(read_picture(tmp_path / name).pixels[5, 5]), "the first frame"


@pytest.mark.parametrize("size", [(1, 1), (30000, 3), (2, 20000)])
def test_odd_sizes_keep_at_least_a_pixel(tmp_path: Path, size: tuple[int, int]) -> None:
    for name in ("odd.png", "odd.jpg"):
        halves(*size).save(tmp_path / name)
        pixels = read_picture(tmp_path / name).pixels
        assert min(pixels.shape[:2]) >= 1 and max(pixels.shape[:2]) == min(LONGEST, max(size))


def header_of(width: int, height: int) -> bytes:
    """A PNG that claims a size, without its pixels."""
    whole = io.BytesIO()
    Image.new("L", (1, 1)).save(whole, "PNG")
    import struct
    import zlib

    data = bytearray(whole.getvalue())
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "letter.png").write_text("Dear reader")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "huge.png").write_bytes(header_of(30000, 30000))
    halves(900, 900).save(tmp_path / "whole.jpg", quality=95)
    data = (tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) // 2])
    (tmp_path / "claims.png").write_bytes(header_of(1, 290_000_000))
    (tmp_path / "folder.png").mkdir()
    for name, message in (
        ("letter.png", "“letter.png” is not a picture. Choose PNG"),
        ("empty.jpg", "“empty.jpg” is not a picture"),
        ("huge.png", "“huge.png” has more than 400 million pixels"),
        ("claims.png", "“claims.png” cannot be read: it is cut off, or its size is damaged"),
        ("cut.jpg", "“cut.jpg” cannot be read: it is damaged"),
        ("folder.png", "“folder.png” is a folder"),
        ("gone.png", "There is no file"),
    ):
        with pytest.raises(UserError) as raised:
            read_picture(tmp_path / name)
        assert message in str(raised.value) and raised.value.advice, name


def test_a_huge_jpeg_is_decoded_small(tmp_path: Path) -> None:
    halves(12000, 9000).save(tmp_path / "large.jpg")
    picture = read_picture(tmp_path / "large.jpg")
    assert (picture.width, picture.height) == (12000, 9000)
    assert picture.pixels.shape == (300, 400, 3)


# Finding


def test_what_is_left_out_is_counted_and_named(tmp_path: Path) -> None:
    for name in ("a.png", "two\nlines.jpg", "raw.cr2", ".hidden", "b.heic", "c.jxl"):
        (tmp_path / name).touch()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "notes.txt").touch()
    left_out: list[Path] = []
    found = [path.name for path in find_pictures([tmp_path], left_out)]
    assert found == ["a.png", "b.heic", "c.jxl", "two\nlines.jpg"]
    assert [path.name for path in left_out] == ["raw.cr2", "notes.txt"]
    assert "2 (raw.cr2, notes.txt)" in str(left_out_note(left_out))
    assert "12 (raw.cr2, notes.txt, raw.cr2, notes.txt, raw.cr2, …)" in str(
        left_out_note(6 * left_out)
    )


def test_pictures_are_found_in_folders_once_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "深い" / "er").mkdir(parents=True)
    for name in ("b.png", "a.JPG", "notes.txt", ".hidden.png", "深い/c.webp", "深い/er/d.heic"):
        (tmp_path / name).touch()
    (tmp_path / "深い" / "circle").symlink_to(tmp_path)
    (tmp_path / "z.png").symlink_to(tmp_path / "nowhere.png")
    found = list(find_pictures([tmp_path / "notes.txt", tmp_path, tmp_path / "b.png"]))
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == ["notes.txt", "a.JPG", "b.png", "z.png", "深い/c.webp", "深い/er/d.heic"]


def test_a_folder_that_changes_is_no_trouble(tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.png").touch()
    found = find_pictures([tmp_path])
    assert next(found) == tmp_path / "a" / "1.png"
    (tmp_path / "b" / "1.png").unlink()
    (tmp_path / "b").rmdir()
    assert list(found) == []
