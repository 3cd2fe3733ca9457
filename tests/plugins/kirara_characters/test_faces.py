"""Drawn faces: the finder, the cascade, the scenes to learn from, and the command."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image

from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character, face_outline
from kirara_characters.faces import learning
from kirara_characters.faces.cascade import CascadeFinder
from kirara_characters.faces.config import FACES, FaceNetworkConfig
from kirara_characters.faces.drawings import drawings_in
from kirara_characters.faces.face import LARGEST, Face, suppress
from kirara_characters.faces.finder import FaceFinder
from kirara_characters.faces.learning import FaceTask
from kirara_characters.faces.network import FaceNetwork, export_network
from kirara_characters.faces.scenes import Scenes
from kirara_characters.faces.schedule import FaceTrainRequest
from kirara_characters.faces.training import train
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.model_library import available_models
from kirara_studio.api.models import ModelCard, read_card
from kirara_studio.api.training import Reporter
from kirara_studio.cli import main
from tests.api.cascades import save_cascade

from .small_models import save_face_network

Run = Callable[..., tuple[int, str, str]]

NAGADOMI = "shared/data/illustrations/lbpcascade_animeface.xml"
HELD = 1_200_000_000
"""Drawings of the seeds from here on were neither trained on nor judged."""


def box_of(attributes: CharacterAttributes, side: int) -> Face:
    points = np.asarray(face_outline(attributes)) * side / 100
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Face(left, top, right - left, bottom - top, 1.0)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    photograph = np.random.default_rng(3).integers(0, 255, (90, 120, 3), dtype=np.uint8)
    return Scenes(drawings_in(tmp_path_factory.mktemp("drawings"), 12), [photograph], 96)


@pytest.fixture
def finder(tmp_path: Path) -> FaceFinder:
    """One that is small, untrained, and therefore finds nothing sensible."""
    return FaceFinder(save_face_network(tmp_path / "faces.safetensors"))


# The face of a drawing


@pytest.mark.parametrize("seed", range(40, 52))
def test_a_face_outline_follows_the_drawing(seed: int) -> None:
    attributes = CharacterAttributes.from_seed(seed)
    side = 400
    picture = draw_character(attributes, side).astype(int)
    points = np.asarray(face_outline(attributes)) * side / 100
    chin = points[len(points) // 2]
    middle = (points[0] + points[-1]) / 2

    def colour(share: float) -> np.ndarray:
        x, y = middle + share * (chin - middle)
        return picture[round(y) - 1 : round(y) + 2, round(x) - 1 : round(x) + 2].mean(axis=(0, 1))

    # The chin's line is darker than the skin above it.
    inside, line = colour(0.93), min(colour(share).sum() for share in np.linspace(0.975, 1.02, 12))
    assert line < inside.sum() - 60
    box = box_of(attributes, side)
    assert 0.38 < box.width / side < 0.62
    assert 0.75 < box.height / box.width < 1.05


def test_lines_are_drawn_thicker_and_without_a_face(tmp_path: Path) -> None:
    drawings = drawings_in(tmp_path, 40)
    faceless = np.isnan(drawings.outlines[: drawings.count]).any(axis=(1, 2))
    assert 0 < faceless.sum() < 12
    assert drawings.figures[0, 0, 0, 3] == 0  # nothing is drawn in the corner
    assert drawings.figures[drawings.count :, ..., 3].min() == 255  # backgrounds fill all
    again = drawings_in(tmp_path, 40)  # from the files
    assert np.array_equal(again.figures, drawings.figures)


def test_other_drawings_in_the_folder_are_refused(tmp_path: Path) -> None:
    drawings_in(tmp_path / "figures", 3)
    with pytest.raises(UserError, match="other drawings"):
        drawings_in(tmp_path / "figures", 5)


# Boxes


def test_of_faces_that_overlap_the_best_stays() -> None:
    best = Face(10, 10, 40, 40, 0.9)
    beside = Face(60, 10, 40, 40, 0.5)
    nested = Face(20, 20, 15, 15, 0.7)
    assert suppress([nested, beside, Face(14, 12, 40, 40, 0.8), best]) == (best, beside)


@pytest.mark.parametrize("place", [(0, 0), (180, 80), (90, 40)])
def test_a_square_around_a_head_lies_in_the_picture(place: tuple[int, int]) -> None:
    left, top, right, bottom = Face(*place, 20, 20, 1.0).square(200, 100)
    assert right - left == bottom - top == 44
    assert 0 <= left < right <= 200
    assert 0 <= top < bottom <= 100
    assert Face(*place, 200, 20, 1.0).square(200, 100)[3] == 100


# Finding


@pytest.mark.parametrize(
    "shape", [(1, 1), (5, 300), (17, 33), (64, 64), (2500, 1700), (40, 30_000)]
)
def test_pictures_of_any_size_are_searched(finder: FaceFinder, shape: tuple[int, int]) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (*shape, 3), dtype=np.uint8)
    for face in finder.find(picture, threshold=0.0):
        assert 0 <= face.left < face.left + face.width <= shape[1] + 1e-6
        assert 0 <= face.top < face.top + face.height <= shape[0] + 1e-6
        assert 0 <= face.score <= 1
        assert -90 <= face.roll <= 90


def test_a_huge_picture_is_shrunk_first(
    finder: FaceFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    resize = cv2.resize

    def noting(picture: np.ndarray, size: Sequence[int], **options: object) -> np.ndarray:
        seen.append(size[0] * size[1])
        return resize(picture, size, **options)

    monkeypatch.setattr(cv2, "resize", noting)
    finder.find(np.zeros((3000, 4000, 3), np.uint8))
    assert max(seen) <= 1.001 * LARGEST


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1"])
def test_images_of_any_mode_are_searched(finder: FaceFinder, mode: str) -> None:
    finder.find(Image.new("RGB", (80, 60), "pink").convert(mode))


@pytest.mark.parametrize(
    "array",
    [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 3), np.float32), np.zeros((0, 9, 3), np.uint8)],
)
def test_another_array_is_refused(finder: FaceFinder, array: np.ndarray) -> None:
    with pytest.raises(UserError, match="is not a picture"):
        finder.find(array)


# A cascade


def test_a_cascade_finds_what_passes_it(tmp_path: Path) -> None:
    finder = CascadeFinder(save_cascade(tmp_path / "cascade.xml"))
    faces = finder.find(Image.new("L", (60, 50)))
    assert faces
    assert [face.score for face in faces] == sorted((f.score for f in faces), reverse=True)
    assert all(face.left + face.width <= 60 and face.top + face.height <= 50 for face in faces)


def test_nagadomis_cascade_finds_drawings(repository: Path) -> None:
    path = repository.parent / NAGADOMI
    if not path.is_file():
        pytest.skip(f"{path} is missing")
    finder = CascadeFinder(path)
    overlaps = []
    for seed in range(HELD, HELD + 8):
        attributes = CharacterAttributes.from_seed(seed)
        true = box_of(attributes, 256)
        found = finder.find(draw_character(attributes, 256))
        overlaps.append(max((true.overlap(face) for face in found), default=0.0))
    assert sum(overlap > 0.5 for overlap in overlaps) >= 5


# Learning


def test_scenes_have_faces_where_their_boxes_are(scenes: Scenes) -> None:
    made = [scenes.scene(np.random.default_rng(number)) for number in range(60)]
    faces = [face for scene in made for face in scene.faces]
    assert len(faces) > 30
    for face in faces:
        assert 0 <= face.left < face.left + face.width <= 96
        assert 0 <= face.top < face.top + face.height <= 96
        assert face.width >= 11
    assert any(scene.unsure for scene in made)
    assert any(abs(face.roll) > 15 for face in faces)
    again = scenes.scene(np.random.default_rng(7))
    assert np.array_equal(again.picture, made[7].picture)
    assert again.faces == made[7].faces


def test_some_scenes_are_photographs_alone(scenes: Scenes) -> None:
    scene = scenes.faceless(np.random.default_rng(1))
    assert scene.picture.shape == (96, 96, 3)
    assert not scene.faces
    assert not scene.unsure
    task = FaceTask(FaceTrainRequest(batch=32, side=96), scenes, scenes, torch.device("cpu"))
    _, targets, _ = task.batch(20)
    without = (targets[:, 0].amax((1, 2)) < 1).float().mean()
    assert 0.1 < without < 0.8


def test_the_filters_have_mean_0_and_their_gain_as_norm() -> None:
    network = FaceNetwork(FaceNetworkConfig((2, 2, 2, 2), 1))
    first = network.stem[0][0]
    with torch.no_grad():
        before = first(torch.ones(1, 3, 8, 8))[..., 1:-1, 1:-1]
        first.gain.mul_(2)
        after = first(torch.ones(1, 3, 8, 8))[..., :1, :1]
        first.weight.mul_(5)  # only the direction of a filter counts
        assert torch.allclose(first(torch.ones(1, 3, 8, 8))[..., :1, :1], after, atol=1e-3)
    assert torch.allclose(before, torch.zeros_like(before), atol=1e-5)


def test_a_resumed_run_gets_the_same_batches(scenes: Scenes) -> None:
    request = FaceTrainRequest(batch=4, side=96)
    first, resumed = (FaceTask(request, scenes, scenes, torch.device("cpu")) for _ in range(2))
    for step in range(6):
        batch = first.batch(step)
    for one, other in zip(batch, resumed.batch(5), strict=True):
        assert torch.equal(one, other)


def test_the_target_of_a_batch_is_read_as_its_faces(scenes: Scenes) -> None:
    made = [scenes.scene(np.random.default_rng(number)) for number in range(30)]
    _, targets, _ = learning.batch_of(made)
    targets[:, 0] = torch.where(targets[:, 0] >= 1, 5.0, -5.0)
    found = [suppress(learning.faces_in(one)) for one in targets]
    hits, false, true = learning.counted(found, made)
    assert false == 0
    assert hits >= 0.95 * true  # of two faces that overlap, one is left out


class Noting(Reporter):
    """A reporter that keeps what it is given."""

    def __init__(self) -> None:
        self.checkpoints: list[Path] = []
        self.metrics: dict[str, float] = {}

    def should_stop(self) -> bool:
        return False

    def message(self, text: str) -> None:
        pass

    def progress(self, step: int, total: int, metrics: dict[str, float], text: str = "") -> None:
        self.metrics = metrics

    def checkpoint(self, path: Path) -> None:
        self.checkpoints.append(path)

    def preview(self, path: Path) -> None:
        assert Image.open(path).size == (576, 384)

    def save(self, write: Callable[[], object]) -> object:
        return write()


def test_a_run_ends_in_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kirara_characters.faces.training._HELD", 8)
    request = {"drawings": 6, "side": 96, "batch": 2, "steps": 3}
    config = {"channels": [4, 4, 4, 4], "deep": 1}
    reporter = Noting()
    train({**request, "config": config, "precision": "fp32"}, tmp_path, reporter)
    assert reporter.metrics["missing to F1 (held out)"] <= 1
    model = tmp_path / "faces.safetensors"
    export_network(tmp_path / CHECKPOINT, model, ModelCard("", name="Mine"))
    assert read_card(model).architecture == FACES
    assert read_card(model).steps == 3
    FaceFinder(model).find(np.zeros((40, 40, 3), np.uint8))


def test_a_request_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    for wrong in (
        {"side": 100},
        {"batch": 0},
        {"betas": [0.9]},
        {"config": {"channels": [1, 2], "deep": 1}},
        {"what": 1},
    ):
        with pytest.raises(UserError, match="cannot start"):
            train(wrong, tmp_path, Noting())


# The command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))

    def call(*arguments: object) -> tuple[int, str, str]:
        status = main(["characters", "faces", *map(str, arguments)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def test_faces_are_listed_and_cropped(run: Run, tmp_path: Path) -> None:
    cascade = save_cascade(tmp_path / "cascade.xml")
    picture, damaged = tmp_path / "絵.png", tmp_path / "b.png"
    Image.new("RGB", (48, 40), "white").save(picture)
    damaged.write_bytes(b"\x89PNG")
    crops = tmp_path / "crops"
    status, out, err = run(picture, damaged, "--cascade", cascade, "--out", crops, "--json")
    assert status == 1
    assert "b.png" in err
    (row,) = map(json.loads, out.splitlines())
    assert row["file"] == str(picture)
    assert len(row["faces"]) == len(row["crops"]) > 0
    assert {"left", "top", "width", "height", "score", "roll"} == row["faces"][0].keys()
    width, height = Image.open(row["crops"][0]).size
    assert width == height <= 40
    status, out, _ = run(picture, "--cascade", cascade, "--out", crops)
    assert status == 0
    assert "絵.png: " in out
    assert "score 0." in out
    assert len(list(crops.iterdir())) == 2 * len(row["crops"])  # under free names


def test_no_pictures_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, _, err = run(tmp_path / "empty", "--cascade", save_cascade(tmp_path / "c.xml"))
    assert status == 1
    assert "no pictures" in err


# The model that comes with the studio


@pytest.fixture(scope="module")
def bundled() -> FaceFinder:
    models = available_models(FACES)
    if not models:
        pytest.skip("no model of drawn faces comes with the studio")
    return FaceFinder(models[0].path)


def test_the_bundled_model_finds_drawings(bundled: FaceFinder) -> None:
    side, found = 160, 0
    for number, seed in enumerate(range(HELD, HELD + 12)):
        attributes = CharacterAttributes.from_seed(seed)
        canvas = np.full((420, 500, 3), 90 + 10 * number, np.uint8)
        left, top = 20 * number, 15 * number
        canvas[top : top + side, left : left + side] = draw_character(attributes, side)
        box = box_of(attributes, side)
        true = Face(box.left + left, box.top + top, box.width, box.height, 1.0)
        faces = bundled.find(canvas)
        found += bool(faces) and faces[0].overlap(true) > 0.5
    assert found >= 11


def test_the_bundled_model_finds_them_at_any_scale(bundled: FaceFinder) -> None:
    attributes = CharacterAttributes.from_seed(HELD)
    for side in (40, 90, 256, 700, 1600):
        (face, *_) = bundled.find(draw_character(attributes, side))
        assert face.overlap(box_of(attributes, side)) > 0.5, side


def test_the_bundled_model_sees_the_tilt(bundled: FaceFinder) -> None:
    upright = CharacterAttributes.from_dict({"roll": 0.0})
    picture = Image.fromarray(draw_character(upright, 256))
    rolls = []
    for angle in (-30, 0, 30):  # Pillow turns counter-clockwise
        (face, *_) = bundled.find(picture.rotate(-angle, fillcolor=(240, 240, 240)))
        rolls.append(face.roll)
    assert rolls == pytest.approx([-30, 0, 30], abs=10)


def test_photographed_faces_do_not_count(bundled: FaceFinder) -> None:
    data = pytest.importorskip("skimage.data")
    assert bundled.find(data.astronaut()) == ()
