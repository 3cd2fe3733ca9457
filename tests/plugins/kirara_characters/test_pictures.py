"""Choosing the pictures of a training of characters: near-duplicates, crops, requests, commands."""

from __future__ import annotations

import io
import json
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageEnhance
from safetensors.torch import load_file

from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_characters.learning.dataset import open_chosen, read_picture
from kirara_characters.learning.pictures import check_request
from kirara_characters.learning.schedule import TrainRequest
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.checking import check_pictures, look_at
from kirara_studio.api.media.near_duplicates import fingerprint, fold
from kirara_studio.api.media.training_pictures import Crop, Square, TrainingPictures
from kirara_studio.api.models import Checkpoint, read_card
from kirara_studio.engine.tools import inline_tools
from tests.plugins.kirara_characters.small_models import save_face_network
from tests.plugins.kirara_characters.test_commands import Run, home, run

__all__ = ["home", "run"]


def drawn(seed: int, size: int = 128) -> Image.Image:
    return Image.fromarray(draw_character(CharacterAttributes.from_seed(seed), size))


def compressed(picture: Image.Image) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=30)
    return Image.open(file).convert("RGB")


def test_characters_of_different_seeds_do_not_fold() -> None:
    assert set(fold([fingerprint(drawn(seed, 64)) for seed in range(150)])) == {-1}


@pytest.mark.parametrize("seed", range(8))
def test_copies_of_a_character_fold(seed: int) -> None:
    picture = drawn(seed, 256)
    copies = [
        compressed(picture), picture.resize((64, 64)), picture.resize((435, 435)),
        picture.crop((3, 3, 253, 253)), picture.crop((4, 5, 251, 252)),
        ImageEnhance.Brightness(picture).enhance(1.05),
    ]  # fmt: skip
    prints = [fingerprint(picture), *(fingerprint(copy) for copy in copies)]
    assert fold(prints) == [-1] + [0] * len(copies)


def test_the_tall_picture_from_the_field_keeps_its_head(shared_folder: Path) -> None:
    path = shared_folder / "field" / "pictures" / "tall-face-on-top.png"
    (look,) = look_at(path)
    assert look.square is not None and look.square.side == 300 and look.square.top < 40
    whole, upper = read_picture(path, 64), read_picture(path, 64, look.square)
    assert whole.std() < 5, "the middle is empty"
    assert upper.std() > 40


def test_crops_are_read_at_the_size_of_the_training(tmp_path: Path) -> None:
    picture = np.zeros((1200, 1600, 3), np.uint8)
    picture[200:600, 300:700] = (250, 20, 20)
    for name in ("a.png", "a.jpg"):
        Image.fromarray(picture).save(tmp_path / name)
        exact = read_picture(tmp_path / name, 32, Square(300, 200, 400)).astype(int)
        assert np.abs(exact[2:-2, 2:-2] - (250, 20, 20)).max() < 12
        beyond = read_picture(tmp_path / name, 32, Square(-200, -200, 400))
        assert beyond.shape == (32, 32, 3) and beyond.max() < 12
    with pytest.raises(UserError, match="smaller than it was"):
        read_picture(tmp_path / "a.png", 32, Square(5000, 0, 400))


def chosen(folder: Path, count: int = 4) -> TrainingPictures:
    folder.mkdir()
    crops = []
    for seed in range(count):
        drawn(seed, 32).save(folder / f"{seed}.png")
        crops.append(Crop(str(folder / f"{seed}.png"), Square(4, 4, 16)))
    return TrainingPictures((str(folder),), tuple(crops))


def test_a_training_reads_what_was_chosen(tmp_path: Path) -> None:
    pictures = chosen(tmp_path / "in").decided((1,), False)
    (tmp_path / "in" / "2.png").write_text("damaged since")
    read: list[int] = []

    def opened(pictures: TrainingPictures) -> np.ndarray:
        read.clear()
        found = open_chosen(pictures, tmp_path / "run", 16, lambda done, _: read.append(done))
        assert found.problems == ("2.png: “2.png” is not a picture",)
        return np.asarray(found.pictures)

    expected = [np.asarray(drawn(seed, 32))[4:20, 4:20] for seed in (0, 3)]
    assert (opened(pictures) == expected).all() and len(read) == 3
    opened(pictures)
    assert read == []
    assert len(opened(pictures.decided((1,), True))) == 3 and len(read) == 4
    with pytest.raises(UserError, match="No picture was chosen"):
        open_chosen(pictures.decided(range(4), False), tmp_path / "run", 16)
    for path in (tmp_path / "in").iterdir():
        path.unlink()
    with pytest.raises(UserError, match=r"None of the 3 chosen pictures can be read \(0\.png"):
        open_chosen(pictures, tmp_path / "run", 16)


def test_requests_hold_the_pictures_and_old_ones_have_none(tmp_path: Path) -> None:
    request = TrainRequest("in", pictures=chosen(tmp_path / "in"))
    values = json.loads(json.dumps(request.to_dict()))
    assert TrainRequest.from_dict(values) == request
    assert TrainRequest.from_dict({"folder": "in"}).pictures is None
    del values["pictures"]
    assert TrainRequest.from_dict(values) == TrainRequest("in")
    with pytest.raises(ValueError, match="root"):
        TrainRequest.from_dict({"folder": "in", "pictures": {"crops": []}})


def test_a_face_model_crops_to_faces(tmp_path: Path) -> None:
    """A network that finds a face everywhere: crops have the place and size of our drawings."""
    path = save_face_network(tmp_path / "models" / "faces.safetensors")
    network = load_file(path)
    network["out.bias"] = torch.tensor([9.0, 0, 0, 0, 0, 0, 1.0]).half()
    network["out.weight"] = torch.zeros_like(network["out.weight"])
    Checkpoint(read_card(path), network).save(path)
    (tmp_path / "in").mkdir()
    drawn(3, 256).save(tmp_path / "in" / "a.png")
    request = check_request([tmp_path / "in"], tmp_path, 1)
    assert request.finder is not None and request.frame is not None
    found = check_pictures(pickle.loads(pickle.dumps(request)), inline_tools(tmp_path))
    assert found.crops and all(crop.square is not None for crop in found.crops)
    faces = request.finder(inline_tools(tmp_path))(
        draw_character(CharacterAttributes.from_seed(3), 256)
    )
    assert {crop.square for crop in found.crops} == {request.frame.square(face) for face in faces}
    sides = {crop.square.side for crop in found.crops if crop.square is not None}
    assert sides == {round(max(face.width, face.height) / 0.468) for face in faces}
    assert check_request([tmp_path / "in"], tmp_path, faces=False).finder is None


def test_the_command_checks_folders_and_files(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for seed in range(3):
        drawn(seed).save(folder / f"{seed}.png")
    drawn(0).save(folder / "copy.jpg", quality=40)
    drawn(7).save(tmp_path / "alone.png")
    drawn(8).save(tmp_path / "not this one.png")
    (folder / "notes.txt").write_text("no")
    sheet = tmp_path / "sheet.png"
    status, out, _ = run("check", folder, tmp_path / "alone.png", "--sheet", sheet, "--no-faces")
    assert status == 0 and "4 used, 2 left out" in out
    assert f"left out: {folder / 'copy.jpg'} (nearly the same as 0.png)" in out
    assert f"left out: {folder / 'notes.txt'} (not a picture)" in out
    assert Image.open(sheet).width > 1000
    status, out, _ = run("check", folder, "--json", "--smallest", 200, "--no-faces")
    found = json.loads(out)
    assert (found["used"], found["left_out"]) == (0, 5)
    assert found["reasons"] == {"small": 4, "not a picture": 1}
    assert found["pictures"][0]["square"] == {"left": 0, "top": 0, "side": 128}


def test_the_command_trains_on_what_check_shows(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for seed in range(5):
        drawn(seed, 32).save(folder / f"{seed}.png")
    drawn(0, 32).save(folder / "copy.jpg", quality=80)
    drawn(9, 32).save(tmp_path / "alone.png")
    status, printed, errors = run(
        "train", folder, tmp_path / "alone.png", "--out", tmp_path / "run", "--size", 8,
        "--thoroughness", 0.0001, "--batch", 4, "--precision", "fp32", "--no-faces",
    )  # fmt: skip
    assert status == 0, printed
    assert "6 used, 1 left out" in errors and "6 pictures, 0 skipped" in printed
    request = TrainRequest.from_dict(json.loads((tmp_path / "run" / "request.json").read_text()))
    assert request.pictures is not None and len(request.pictures.used) == 6
    status, _, errors = run(
        "train", folder, "--smallest", 99, "--out", tmp_path / "none", "--size", 8
    )
    assert status == 1 and "characters check" in errors
