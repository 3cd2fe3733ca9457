"""Characters that resemble pictures: reading attributes, the search, and the panel."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from kirara_characters import kirara_panels
from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_characters.drawing.choices import CHOICES
from kirara_characters.jobs import generate_job, likeness_job, portrait_job
from kirara_characters.likeness import search, training
from kirara_characters.likeness.finder import LikenessReader
from kirara_characters.likeness.learning import LikenessTask, drawings_in, spoilt
from kirara_characters.likeness.network import KIND, as_latents, export_network
from kirara_characters.likeness.schedule import SIDE, LikenessConfig, LikenessRequest
from kirara_characters.likeness.search import Search, distance
from kirara_characters.networks.attribute_space import AttributeSpace, all_columns
from kirara_characters.networks.character import Character, Value
from kirara_characters.panel import CharactersPanel
from kirara_characters.requests import GenerateRequest, Likeness, PortraitRequest
from kirara_characters.requests import LikenessRequest as Request
from kirara_characters.scene import Scene
from kirara_studio.api import model_library
from kirara_studio.api.models import ModelCard
from kirara_studio.engine.queue import JobQueue
from tests.plugins.panel_studio import LEFT, PanelStudio, panels_of, wait_for

from .small_models import PAPER, job_tools, save_generator
from .test_attribute_space import SMALL
from .test_training import Listener

SPACE = AttributeSpace(all_columns())


def draw(values: Mapping[str, Value]) -> np.ndarray:
    return draw_character(CharacterAttributes.from_dict(values), SIDE)


def test_the_search_finds_what_was_changed() -> None:
    true = CharacterAttributes.from_seed(9_400_000).to_dict()
    picture = draw(true)
    hair, clothes = (
        next(choice for choice in CHOICES[name] if choice != true[name])
        for name in ("back_hair", "clothes")
    )
    other = {"hair_colour": "#30c060", "back_hair": hair, "clothes": clothes, "scale": 1.1}
    start = {**true, **other}
    attributes = [one for one in SPACE.attributes if one.name in other]
    search = Search(picture, attributes, start, draw)
    before, steps = search.best, 0
    for _ in search.run():
        steps += 1
    assert steps == search.steps == 8
    assert search.best < 0.25 * before
    assert search.best == distance(picture, draw(search.values))
    assert (search.values["back_hair"], search.values["clothes"]) == (
        true["back_hair"],
        true["clothes"],
    )
    assert search.values["scale"] == pytest.approx(true["scale"], abs=0.03)


def test_pictures_that_are_the_same_have_no_distance() -> None:
    picture = draw(CharacterAttributes.from_seed(1).to_dict())
    assert distance(picture, picture) == 0
    white = np.full_like(picture, 255)
    assert distance(white, np.zeros_like(white)) == 255


def test_a_short_training_reads_better_than_chance_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "HELD_SEEDS", range(9_200_000, 9_200_060))
    request = LikenessRequest(
        drawings=40, batch=8, steps=50, warm_up=5, cool_down=10, average=0.8,
        learning_rate=2e-3, precision="fp32", config=LikenessConfig(channels=(12, 24, 48, 80)),
    )  # fmt: skip
    listener = Listener()
    training.train(replace(request, steps=3).to_dict(), tmp_path, listener)
    training.train(request.to_dict(), tmp_path, listener)
    shares = [
        metrics["choices right (held out)"]
        for metrics in listener.metrics
        if "choices right (held out)" in metrics
    ]
    assert shares[-1] > 0.25  # one of seven would be guessed rightly
    assert list((tmp_path / "previews").glob("*-likeness.png"))
    model = tmp_path / "likeness.safetensors"
    export_network(tmp_path / "checkpoint.safetensors", model, ModelCard("", "Likeness"))
    reader = LikenessReader(model)
    picture = draw_character(CharacterAttributes.from_seed(5), 200)
    read = reader.read(picture)
    assert CharacterAttributes.from_dict(read) and read == reader.read(picture)


def test_logits_become_shares() -> None:
    out = torch.randn(3, SPACE.length)
    vectors = as_latents(out, SPACE)
    for name, places in SPACE.switches.items():
        if f"{name}=" in SPACE.columns[places[0]]:
            assert torch.allclose(vectors[:, places].sum(1), torch.ones(3))
        assert ((vectors[:, places] >= 0) & (vectors[:, places] <= 1)).all()
    assert "yaw" in SPACE.columns
    yaw = SPACE.columns.index("yaw")
    assert torch.equal(vectors[:, yaw], out[:, yaw])
    assert KIND.build(LikenessConfig()) is not None


def test_what_is_spoilt_can_still_be_recognised(tmp_path: Path) -> None:
    pictures, vectors = drawings_in(tmp_path / "a.npy", range(4), SPACE, lambda *_: None)
    assert vectors.shape == (4, SPACE.length)
    random = np.random.default_rng(3)
    for own in range(4):
        other = spoilt(pictures[own], random)
        distances = [distance(other, pictures[one]) for one in range(4)]
        assert int(np.argmin(distances)) == own and distances[own] > 1
    task = LikenessTask(
        LikenessRequest(batch=5), (pictures, vectors), (pictures, vectors), torch.device("cpu")
    )
    (a, one), (b, two) = task.batch(7), task.batch(7)
    assert torch.equal(a, b) and torch.equal(one, two), "a step's batch is always the same"


# The job and the panel, without the networks


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture from elsewhere: a drawing, wider than high."""
    wide = np.full((150, 200, 3), 255, np.uint8)
    wide[:, 25:175] = draw_character(CharacterAttributes.from_seed(9_400_001), 150)
    path = tmp_path / "絵.jpg"
    Image.fromarray(wide).save(path, quality=95)
    return path


def test_each_likeness_is_closer_than_the_one_before(
    tmp_path: Path, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "ROUNDS", 1)  # the second one comes little closer
    given: list[Likeness] = []
    tools = job_tools(tmp_path / "cache")
    tools.give = given.append  # type: ignore[method-assign]
    found = likeness_job(Request(picture), tools)
    assert given[-1] == found
    distances = [one.distance for one in given]
    assert distances == sorted(distances, reverse=True) and distances[-1] < 0.9 * distances[0]
    portrait = found.character.portrait
    assert portrait is not None and portrait.path == str(picture)
    pixels = portrait_job(PortraitRequest(portrait, 64), tools)
    assert pixels.shape == (64, 64, 3)
    assert Character.from_dict(json.loads(json.dumps(found.character.to_dict()))) == found.character


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PanelStudio:
    """With a network of few attributes, which is searched in no time."""
    monkeypatch.setattr(model_library, "resource_folder", lambda: tmp_path / "nothing bundled")
    context = PanelStudio(kirara_panels()[0], queue, tmp_path)
    save_generator(context.data_folder / "models" / "small.safetensors", SMALL)
    return context


@pytest.fixture
def panel(context: PanelStudio) -> Iterator[CharactersPanel]:
    with panels_of(context, lambda: CharactersPanel(context)) as open_it:  # type: ignore[arg-type]
        panel = open_it()
        wait_for(lambda: len(panel.session.scene.pins) == 3)
        yield panel


def test_a_dropped_picture_becomes_a_pin_that_is_compared(
    panel: CharactersPanel, context: PanelStudio, picture: Path
) -> None:
    session, canvas = panel.session, panel.wall.canvas
    before = session.scene
    panel.dropped.emit([picture])
    wait_for(lambda: len(session.document.settled_value.pins) == 4)
    pin = session.scene.selection
    assert pin is not None and pin.character.portrait is not None
    assert session.document.settled_value == session.scene
    wait_for(lambda: canvas.compares)
    # The line is dragged, and that leads nobody away.
    frame = canvas.fitted_box()
    middle = frame.center().toPoint()
    QTest.mousePress(canvas, LEFT, pos=middle)
    QTest.mouseMove(canvas, (frame.center() + QPointF(0.25 * frame.width(), 0)).toPoint())
    QTest.mouseRelease(canvas, LEFT)
    assert canvas.split == pytest.approx(0.75, abs=0.02)
    assert session.scene.selection == pin
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.split == pytest.approx(0.70, abs=0.02)
    panel.session.edits.select(0)
    assert not canvas.compares
    panel.undo_stack.undo()
    assert session.scene.pins == before.pins and context.errors == []
    assert Scene.from_dict(session.scene.to_dict()) == session.scene


def test_several_pictures_become_pins_and_a_stop_leaves_none(
    panel: CharactersPanel, context: PanelStudio, picture: Path, tmp_path: Path
) -> None:
    session = panel.session
    bad = tmp_path / "broken.png"
    bad.write_bytes(b"nonsense")
    session.take([bad, picture, picture])
    wait_for(lambda: context.errors)
    assert "broken.png" in str(context.errors.pop())
    wait_for(lambda: len(session.document.settled_value.pins) == 5)
    settled = session.document.settled_value
    session.take([picture, picture])
    assert session.likenesses.busy
    session.stop()
    assert not session.likenesses.busy and session.scene == settled
    session.take([tmp_path / "gone.png"])
    wait_for(lambda: context.errors)


def test_a_network_of_noise_draws_what_it_once_drew(tmp_path: Path) -> None:
    model = str(save_generator(tmp_path / "models" / "small.safetensors"))
    tools = job_tools(tmp_path / "cache")

    def drawn(character: Character) -> np.ndarray:
        return generate_job(GenerateRequest((character,), model=model), tools).pictures[0]

    wanted = drawn(Character(12_345))
    path = tmp_path / "own.png"
    Image.fromarray(wanted).save(path)
    given: list[Likeness] = []
    tools.give = given.append  # type: ignore[method-assign]
    found = likeness_job(Request(path, model), tools)
    assert len(found.character.latent) == PAPER.latent
    assert found.distance < 0.3 * given[0].distance
    assert distance(drawn(found.character), wanted) == pytest.approx(found.distance, abs=1.5)
    kept = Character.from_dict(json.loads(json.dumps(found.character.to_dict())))
    assert kept == found.character
    # It can be moved along directions and towards other seeds like any other.
    moved = found.character.stepped(7, 0.5).changed({"factor-1": 2.0})
    assert distance(drawn(moved), wanted) > 2 * found.distance
