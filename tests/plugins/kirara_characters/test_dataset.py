"""Folders of pictures: every kind becomes a square, and what is broken is named."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from kirara_characters.learning.augment import cutout, diff_augment
from kirara_characters.learning.dataset import PictureSet, open_folder, read_picture
from kirara_studio.api.errors import UserError
from kirara_studio.api.media import pictures

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def near(pixel: np.ndarray, colour: tuple[int, int, int], tolerance: int = 12) -> bool:
    return bool(np.abs(pixel.astype(int) - colour).max() <= tolerance)


def save(folder: Path, name: str, colour: tuple[int, int, int] = RED, size: int = 20) -> Path:
    path = folder / name
    Image.new("RGB", (size, size), colour).save(path)
    return path


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (300, 7), (64, 64), (333, 222)])
def test_any_size_becomes_a_square(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, GREEN).save(tmp_path / "a.png")
    picture = read_picture(tmp_path / "a.png", 16)
    assert picture.shape == (16, 16, 3)
    assert picture.dtype == np.uint8
    assert (picture == GREEN).all()


def test_the_middle_is_kept(tmp_path: Path) -> None:
    image = Image.new("RGB", (90, 30), RED)
    ImageDraw.Draw(image).rectangle((30, 0, 59, 29), fill=BLUE)
    image.save(tmp_path / "wide.png")
    assert (read_picture(tmp_path / "wide.png", 8) == BLUE).all()


def test_shrinking_averages(tmp_path: Path) -> None:
    chequered = np.indices((256, 256)).sum(0) % 2 * 255
    Image.fromarray(chequered.astype(np.uint8)).convert("RGB").save(tmp_path / "fine.png")
    assert np.abs(read_picture(tmp_path / "fine.png", 16).astype(int) - 127).max() <= 2


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_twenty_thousand_pixels(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"huge.{suffix}"
    Image.new("L", (20_000, 400), 255).resize((20_000, 400)).save(path)
    assert near(read_picture(path, 32)[16, 16], WHITE)


def test_more_pixels_than_memory_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, "a.png", size=40)
    monkeypatch.setattr(pictures, "LARGEST", 1000)
    with pytest.raises(UserError, match="million pixels"):
        read_picture(path, 16)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 500)  # Pillow's own refusal
    with pytest.raises(UserError, match="million pixels"):
        read_picture(path, 16)


def test_cmyk(tmp_path: Path) -> None:
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(tmp_path / "print.jpg")
    assert near(read_picture(tmp_path / "print.jpg", 8)[4, 4], RED, 40)


def test_see_through_parts_become_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 19, 9), fill=(255, 0, 0, 255))
    image.save(tmp_path / "alpha.png")
    image.convert("LA").save(tmp_path / "grey.png")
    image.quantize(4).save(tmp_path / "palette.png", transparency=1)
    picture = read_picture(tmp_path / "alpha.png", 20)
    assert near(picture[2, 10], RED)
    assert near(picture[17, 10], WHITE)
    assert near(read_picture(tmp_path / "grey.png", 20)[17, 10], WHITE)
    assert read_picture(tmp_path / "palette.png", 20).shape == (20, 20, 3)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
def test_the_cameras_rotation_is_applied(tmp_path: Path, suffix: str) -> None:
    image = Image.new("RGB", (40, 40), RED)
    ImageDraw.Draw(image).rectangle((0, 0, 39, 19), fill=BLUE)
    exif = Image.Exif()
    exif[0x0112] = 6  # the top is on the right
    image.save(tmp_path / f"turned.{suffix}", exif=exif)
    picture = read_picture(tmp_path / f"turned.{suffix}", 40)
    assert near(picture[20, 35], BLUE, 30)
    assert near(picture[20, 5], RED, 30)


def test_of_an_animation_the_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (GREEN, RED, BLUE)]
    for name in ("a.gif", "a.webp", "a.png"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        assert near(read_picture(tmp_path / name, 8)[4, 4], GREEN)


def test_sixteen_bits_of_grey(tmp_path: Path) -> None:
    Image.fromarray(np.full((20, 20), 32768, np.uint16)).save(tmp_path / "deep.png")
    assert near(read_picture(tmp_path / "deep.png", 8)[4, 4], (128, 128, 128))


def test_broken_files_are_named_and_skipped(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    (folder / "deeper").mkdir(parents=True)
    save(folder, "good.png")
    save(folder / "deeper", "also good.webp", BLUE)
    (folder / "text.png").write_text("not a picture")
    (folder / "empty.jpg").touch()
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(folder / "cut.png")
    whole = (folder / "cut.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "notes.txt").write_text("ignored")
    (folder / "program.eps").write_text("%!PS-Adobe-3.0 EPSF-3.0")

    pictures = open_folder(folder, tmp_path / "run", 8)

    assert len(pictures) == 2
    names, reasons = zip(*(problem.split(": ", 1) for problem in pictures.problems), strict=True)
    assert names == ("cut.png", "empty.jpg", "text.png")
    assert all(reasons)


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="readable picture"):
        open_folder(tmp_path, tmp_path / "run", 8)
    (tmp_path / "broken.png").write_text("no")
    with pytest.raises(UserError, match=r"broken\.png: “broken\.png” is not a picture\)"):
        open_folder(tmp_path, tmp_path / "run", 8)
    with pytest.raises(UserError, match="no folder"):
        open_folder(tmp_path / "nowhere", tmp_path / "run", 8)


def test_the_cache_is_used_until_the_folder_changes(tmp_path: Path) -> None:
    folder, run = tmp_path / "pictures", tmp_path / "run"
    folder.mkdir()
    path = save(folder, "a.png")
    read: list[int] = []

    def opened(resolution: int = 8) -> PictureSet:
        read.clear()
        return open_folder(folder, run, resolution, lambda done, total: read.append(done))

    assert len(opened()) == 1
    assert read == [0]
    assert (opened().pictures == RED).all()
    assert read == []

    save(folder, "a.png", BLUE)
    os.utime(path, ns=(1, 1))
    assert (opened().pictures == BLUE).all()
    save(folder, "b.png")
    assert len(opened()) == 2
    assert opened(16).resolution == 16
    (run / "pictures.bin").write_bytes(b"cut")
    assert len(opened(16)) == 2


def test_batches_are_mirrored_and_shrunk() -> None:
    pixels = np.zeros((3, 4, 4, 3), np.uint8)
    pixels[1, :, :2] = 255
    pictures = PictureSet(pixels)
    batch = pictures.batch(np.array([1, 1, 0]), np.array([False, True, True]), 2)
    assert batch.shape == (3, 3, 2, 2)
    assert batch[0, 0].tolist() == [[1.0, -1.0], [1.0, -1.0]]
    assert batch[1, 0].tolist() == [[-1.0, 1.0], [-1.0, 1.0]]
    assert (batch[2] == -1).all()
    assert (pixels[1, :, :2] == 255).all()


def test_diff_augment_changes_pictures_and_passes_gradients() -> None:
    pictures = torch.rand(16, 3, 32, 32, requires_grad=True)
    changed = diff_augment(pictures, torch.Generator().manual_seed(1))
    again = diff_augment(pictures, torch.Generator().manual_seed(1))
    assert changed.shape == pictures.shape
    assert torch.equal(changed, again)
    assert not torch.allclose(changed, pictures)
    changed.sum().backward()
    assert pictures.grad is not None
    reached = (pictures.grad != 0).flatten(1).float().mean(1)
    assert (reached > 0.2).all()


def test_diff_augment_cuts_holes_of_half_the_width() -> None:
    cut = cutout(torch.ones(64, 3, 32, 32), torch.Generator().manual_seed(0))
    holes = (cut == 0).all(1).flatten(1).sum(1)
    assert (holes <= 16 * 16).all()
    assert (holes == 16 * 16).any()
    assert (holes >= 8 * 8).all()
