"""The jobs: pictures, frames, films."""

from __future__ import annotations

import dataclasses
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from kirara_characters.jobs import (
    attributes_job,
    frame_job,
    generate_job,
    morph_job,
    save_job,
)
from kirara_characters.models import available_models, describe, find_model, resolution_of
from kirara_characters.networks.character import Character, of_seeds
from kirara_characters.networks.config import GENERATOR, PgganConfig
from kirara_characters.networks.fast_generator import fine_level
from kirara_characters.networks.latents import GaussianSpace, LatentPath, Point
from kirara_characters.networks.model_files import load_generator
from kirara_characters.networks.renderer import Renderer, resize
from kirara_characters.requests import (
    AddModelRequest,
    AttributesRequest,
    FrameRequest,
    GenerateRequest,
    MorphRequest,
    SaveRequest,
)
from kirara_characters.saved_settings import picture_settings, request_of_settings
from kirara_studio.api import model_library
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled, Device, Progress
from kirara_studio.api.media.saving import recall
from kirara_studio.api.models import Checkpoint, ModelCard

from .small_models import (
    AUTHOR_ORDER,
    PAPER,
    job_tools,
    save_discriminator,
    save_generator,
    small_generator,
)

CPU = Device("cpu", "test", "fp32", 1)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the engine remembers the precision that it measured."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small generator's file."""
    return str(save_generator(tmp_path_factory.mktemp("model") / "small.safetensors"))


def expected(seed: int) -> np.ndarray:
    """What the plain network draws."""
    z = torch.from_numpy(GaussianSpace(PAPER.latent).of_seeds([seed]))
    levels = ((small_generator()(z) + 1) * 127.5).round().clamp(0, 255)
    return levels[0].permute(1, 2, 0).numpy()


def points(
    seeds: Iterable[int], truncation: float = 1.0, latent: int = PAPER.latent
) -> list[Point]:
    space = GaussianSpace(latent)
    return [space.point(character) for character in of_seeds(seeds, truncation)]


def test_pictures_are_what_the_network_draws(cache: Path, model: str) -> None:
    progress: list[Progress] = []
    request = GenerateRequest(of_seeds((7, 8, 9, *range(20, 29))), model=model)
    result = generate_job(request, job_tools(cache, progress.append))
    assert result.pictures.shape == (12, 16, 16, 3)
    assert result.pictures.dtype == np.uint8
    for picture, character in zip(result.pictures, request.characters, strict=True):
        # bf16, where it was measured to pay, and rounding to whole levels.
        assert np.abs(picture - expected(character.seed)).mean() < 3
    assert result.model.name == "small"
    assert result.model.resolution == 16
    assert len(result.model.fingerprint) == 16
    assert result.milliseconds > 0
    fractions = [step.fraction for step in progress]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert len(fractions) > 2


def test_fp32_pictures_are_exact(model: str) -> None:
    pictures = Renderer(Path(model), CPU).pictures(points((7,)))
    assert np.abs(pictures[0] - expected(7)).max() <= 1


def test_a_picture_does_not_depend_on_the_others(cache: Path, model: str) -> None:
    tools = job_tools(cache)
    together = generate_job(GenerateRequest(of_seeds((1, 2, 3)), model=model), tools)
    alone = generate_job(GenerateRequest(of_seeds((2,)), model=model), tools)
    np.testing.assert_array_equal(together.pictures[1], alone.pictures[0])


def test_requests_and_results_travel_between_processes(cache: Path, model: str) -> None:
    path = LatentPath(of_seeds((1, 2)), seconds=0.1)
    for request in (
        GenerateRequest(of_seeds((1,)), model=model),
        FrameRequest(path, 0.05, model=model),
        MorphRequest(path, Path("film.gif"), model=model),
        AddModelRequest(Path("run"), Path("data")),
    ):
        assert pickle.loads(pickle.dumps(request)) == request
    result = generate_job(GenerateRequest(of_seeds((1,)), model=model), job_tools(cache))
    assert pickle.loads(pickle.dumps(result)).model == result.model


def test_the_module_does_not_import_torch() -> None:
    # The window makes requests, and it never imports torch.
    code = (
        "import sys, kirara_characters.jobs, kirara_characters.commands.verbs\n"
        "assert not {'torch', 'cv2', 'PySide6'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_truncation_makes_pictures_alike(cache: Path, model: str) -> None:
    tools = job_tools(cache)
    variety = []
    for truncation in (0.0, 0.5, 1.0):
        request = GenerateRequest(of_seeds(range(12), truncation), model=model)
        variety.append(generate_job(request, tools).pictures.std(0).mean())
    assert variety[0] == 0
    assert 0 < variety[1] < variety[2]


def test_the_average_character_is_the_average_of_many(model: str) -> None:
    renderer = Renderer(Path(model), CPU)
    z = GaussianSpace(PAPER.latent).of_seeds(range(10_000, 12_000))
    block = small_generator().blocks[0]
    with torch.no_grad():
        latents = torch.nn.functional.normalize(torch.from_numpy(z)) * PAPER.latent**0.5
        x = block(latents[:, :, None, None]).mean(0, keepdim=True)
        for block in list(small_generator().blocks)[1:]:
            x = block(x)
        other = ((block.picture(x) + 1) * 127.5).clamp(0, 255)[0].permute(1, 2, 0).numpy()
    average = renderer.pictures(points((10_000,), 0.0))[0]
    assert np.abs(average - other).mean() < 2  # a single latent's features would give 11
    assert np.abs(renderer.pictures(points((10_000,)))[0] - other).mean() > 8


@pytest.mark.parametrize("config", [PAPER, AUTHOR_ORDER, PgganConfig(latent=4, channels=(8,))])
def test_the_path_for_gpus_draws_the_same(
    tmp_path: Path, config: PgganConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kirara_characters.networks import renderer

    path = save_generator(tmp_path / "a.safetensors", config)
    fast = Renderer(path, CPU)
    monkeypatch.setattr(renderer, "FastGenerator", lambda network, precision: plain(network))
    plain = lambda network: renderer.PlainGenerator(network, CPU)  # noqa: E731
    slow = Renderer(path, CPU)
    for truncation in (1.0, 0.5):
        some = points(range(5), truncation, config.latent)
        a, b = fast.pictures(some), slow.pictures(some)
        assert np.abs(a.astype(int) - b).max() <= 1


@pytest.mark.parametrize(
    "config",
    [PAPER, AUTHOR_ORDER, dataclasses.replace(PAPER, mapping=2, styled=True)],
    ids=["paper", "author", "styled"],
)
def test_details_of_another(
    tmp_path: Path, config: PgganConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kirara_characters.networks import renderer

    path = save_generator(tmp_path / "a.safetensors", config)
    fast = Renderer(path, CPU)
    space = fast.space
    plain, other = (space.point(Character(seed)) for seed in (1, 2))
    mixed = space.point(Character(1, details=Character(2)))
    itself = space.point(Character(1, details=Character(1)))
    first, second, both, same = fast.pictures([plain, other, mixed, itself]).astype(int)
    assert np.abs(both - first).mean() > 1 and np.abs(both - second).mean() > 1
    # Who is drawn beside it makes no difference, nor who lends details that are its own.
    assert np.array_equal(fast.pictures([plain])[0], first)
    assert np.abs(same - first).max() <= 1
    if config.styled:
        styled = with_styles_of_another(path, plain, other, fine_level(config))
        assert np.abs(both - styled).max() <= 1  # a sum of another order may round otherwise
    monkeypatch.setattr(renderer, "FastGenerator", lambda network, _: slow(network))
    slow = lambda network: renderer.PlainGenerator(network, CPU)  # noqa: E731
    again = Renderer(path, CPU).pictures([plain, mixed]).astype(int)
    assert np.abs(again[0] - first).max() <= 1 and np.abs(again[1] - both).max() <= 1


def with_styles_of_another(path: Path, one: Point, other: Point, level: int) -> np.ndarray:
    """The picture whose levels from ``level`` on have the styles of ``other``."""
    network = load_generator(path)
    with torch.no_grad():
        w, fine = (network.mapping(torch.from_numpy(p.latent)[None]) for p in (one, other))
        x = w[:, :, None, None]
        for number, block in enumerate(network.blocks):
            x = block(x, w if number < level else fine)
        picture = network.blocks[-1].picture(x)
    return ((picture + 1) * 127.5).round().clamp(0, 255)[0].permute(1, 2, 0).numpy()


@pytest.mark.parametrize("config", [PAPER, AUTHOR_ORDER])
def test_directions_are_found_without_labels(tmp_path: Path, config: PgganConfig) -> None:
    path = save_generator(tmp_path / "a.safetensors", config)
    space = Renderer(path, CPU).space
    assert isinstance(space, GaussianSpace)
    names = [attribute.name for attribute in space.attributes]
    assert names[0] == "factor-1" and "component-1" in names
    weight = small_generator(config).blocks[0].conv1.weight.detach().transpose(0, 1).flatten(1)
    effects = [float((torch.from_numpy(way) @ weight).norm()) for way in space.directions.values()]
    chance = GaussianSpace(config.latent).of_seeds(range(200))
    chance /= np.linalg.norm(chance, axis=1, keepdims=True)
    by_chance = (torch.from_numpy(chance) @ weight).norm(dim=1)
    # No direction changes what the first layer gives more than the first.
    assert effects[0] == max(effects) >= float(by_chance.max())
    for way in space.directions.values():
        assert np.linalg.norm(way) == pytest.approx(1, abs=1e-5)
    again = Renderer(path, CPU).space
    assert all(np.array_equal(again.directions[n], w) for n, w in space.directions.items())  # type: ignore[attr-defined]


def test_a_direction_is_set_and_the_others_stay(model: str, cache: Path) -> None:
    space = Renderer(Path(model), CPU).space
    changed = space.point(Character(3).changed({"factor-1": 2.5, "unknown": 1.0})).latent
    before, after = space.values(space.point(Character(3)).latent), space.values(changed)
    assert after["factor-1"] == pytest.approx(2.5, abs=1e-5)
    others = [f"factor-{number}" for number in range(2, 8) if f"factor-{number}" in after]
    assert [after[name] for name in others] == pytest.approx([before[n] for n in others], abs=1e-5)
    described = attributes_job(AttributesRequest(Character(3), model), job_tools(cache))
    assert described.values == pytest.approx(before)
    steps = space.point(Character(3).stepped(4, 1.0)).latent
    np.testing.assert_allclose(steps, space.point(Character(4)).latent, atol=1e-6)


@pytest.mark.parametrize("size", [1, 37, 64])
def test_any_size(cache: Path, model: str, size: int) -> None:
    result = generate_job(
        GenerateRequest(of_seeds((1, 2)), size=size, model=model), job_tools(cache)
    )
    assert result.pictures.shape == (2, size, size, 3)


def test_enlarging_is_smooth() -> None:
    small = np.zeros((16, 16, 3), np.uint8)
    small[:, 8:] = 200
    large = resize(small, 128).astype(int)
    edge = large[64, 56:72, 0]
    assert (np.diff(edge) >= 0).all()
    assert len(np.unique(edge)) > 8  # nearest neighbour would have two levels


def test_a_frame_is_the_picture_of_its_moment(cache: Path, model: str) -> None:
    tools = job_tools(cache)
    path = LatentPath(of_seeds((7, 8)), seconds=2.0)
    at_start = frame_job(FrameRequest(path, 0.0, model=model), tools)
    np.testing.assert_array_equal(
        at_start.picture,
        generate_job(GenerateRequest(of_seeds((7,)), model=model), tools).pictures[0],
    )
    between = frame_job(FrameRequest(path, 1.0, size=32, model=model), tools)
    assert between.picture.shape == (32, 32, 3)


@pytest.mark.parametrize("name", ["film.gif", "film.webp", "film.mp4", "film"])
def test_a_film(cache: Path, model: str, tmp_path: Path, name: str) -> None:
    characters = (Character(1), Character(2, 0.5), Character(3).changed({"factor-1": 2.0}))
    path = LatentPath(characters, seconds=(0.2, 0.1, 0.1))
    progress: list[Progress] = []
    request = MorphRequest(path, tmp_path / name, fps=20, size=32, model=model)
    result = morph_job(request, job_tools(cache, progress.append))
    assert result.frames == 8
    assert result.milliseconds > 0
    settings = recall(tmp_path / name)
    again = request_of_settings(settings)
    assert again == replace(
        request,
        path=again.path,
        output=Path(),
        model="small",  # type: ignore[union-attr]
    )
    assert again.path.parts == path.parts  # type: ignore[union-attr]
    assert again.path.characters == path.characters  # type: ignore[union-attr]
    assert len(progress) == 9
    if name == "film":
        first = np.asarray(Image.open(tmp_path / name / "frame-00000.png"))
        frame = frame_job(FrameRequest(path, 0.0, 32, model), job_tools(cache))
        np.testing.assert_array_equal(first, frame.picture)


@pytest.mark.parametrize("name", ["film.gif", "film.webp", "film.mp4", "film"])
def test_a_stopped_film_leaves_nothing(cache: Path, model: str, tmp_path: Path, name: str) -> None:
    calls = 0

    def cancelled() -> bool:
        nonlocal calls
        calls += 1
        return calls > 5

    request = MorphRequest(LatentPath(of_seeds((1, 2))), tmp_path / name, model=model)
    with pytest.raises(Cancelled):
        morph_job(request, job_tools(cache, cancelled=cancelled))
    assert list(tmp_path.iterdir()) == []


def test_a_saved_picture_is_recalled(cache: Path, model: str, tmp_path: Path) -> None:
    tools = job_tools(cache)
    request = GenerateRequest(of_seeds((3, 4), 0.8), 24, model)
    result = generate_job(request, tools)
    path, settings = tmp_path / "4.png", picture_settings(Character(4, 0.8), 24, result.model)
    assert save_job(SaveRequest(result.pictures[1:], path, settings), tools) == path
    recalled = recall(path)
    assert recalled["model_fingerprint"] == result.model.fingerprint
    assert request_of_settings(recalled) == GenerateRequest((Character(4, 0.8),), 24, "small")
    worked_on = Character(4, 0.8).stepped(9, 0.5).changed({"factor-1": 1.0})
    settings = picture_settings(worked_on, 24, result.model)
    save_job(SaveRequest(result.pictures[1:], path, settings), tools)
    assert request_of_settings(recall(path)) == GenerateRequest((worked_on,), 24, "small")


PICTURE = {"kind": "picture", "seed": 1, "truncation": 1.0, "size": 16, "model": "small"}
FILM = {
    "kind": "morph", "seeds": [1, 2], "seconds": [1, 1], "loop": True, "easing": ["in", "out"],
    "truncation": [1, 1], "fps": 25, "size": 16, "model": "small",
}  # fmt: skip


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"kind": "drawing", **{key: PICTURE[key] for key in ("truncation", "size", "model")}},
        {**PICTURE, "seed": -1},
        {**PICTURE, "seed": "seven"},
        {**PICTURE, "seed": None},
        {**PICTURE, "seed": float("inf")},
        {**PICTURE, "truncation": float("nan")},
        {**PICTURE, "size": 10**9},
        {**FILM, "seeds": 3},
        {**FILM, "seeds": []},
        {**FILM, "seconds": [1]},
        {**FILM, "easing": ["bounce", "out"]},
        {**FILM, "truncation": [[1], 2]},
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, Any]) -> None:
    assert request_of_settings(PICTURE)
    assert request_of_settings(FILM)
    with pytest.raises(UserError):
        request_of_settings(settings)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"characters": ()}, "No seed"),
        ({"characters": of_seeds((-1,))}, "-1"),
        ({"characters": of_seeds((2**63,))}, "out of range"),
        ({"characters": of_seeds((1,), 2.5)}, "2.5"),
        ({"characters": of_seeds((1,), float("nan"))}, "truncation"),
        ({"size": 5000}, "5000"),
        ({"size": -1}, "-1"),
        ({"model": "nothing.safetensors"}, "nothing"),
    ],
)
def test_values_out_of_range(
    cache: Path, model: str, changes: dict[str, Any], message: str
) -> None:
    request = replace(GenerateRequest(of_seeds((1,)), model=model), **changes)
    with pytest.raises(UserError, match=message):
        generate_job(request, job_tools(cache))


@pytest.mark.parametrize("fps", [0, -1, float("nan"), 1000])
def test_films_of_an_impossible_speed(cache: Path, model: str, tmp_path: Path, fps: float) -> None:
    request = MorphRequest(LatentPath(of_seeds((1,))), tmp_path / "film.gif", fps, model=model)
    with pytest.raises(UserError, match="frames a second"):
        morph_job(request, job_tools(cache))


def test_films_without_end_and_wrong_places(cache: Path, model: str, tmp_path: Path) -> None:
    endless = MorphRequest(LatentPath(of_seeds((1,)), 1e6), tmp_path / "film.gif", model=model)
    with pytest.raises(UserError, match="too long"):
        morph_job(endless, job_tools(cache))
    for name in ("film.png", "film.txt"):
        with pytest.raises(UserError, match="film"):
            morph_job(
                MorphRequest(LatentPath(of_seeds((1,))), tmp_path / name, model=model),
                job_tools(cache),
            )


# Models


def test_a_model_that_was_replaced_is_loaded_anew(cache: Path, tmp_path: Path) -> None:
    tools = job_tools(cache)
    path = save_generator(tmp_path / "a.safetensors")
    before = generate_job(GenerateRequest(of_seeds((1,)), model=str(path)), tools)
    again = generate_job(GenerateRequest(of_seeds((1,)), model=str(path)), tools)
    assert again.model == before.model
    save_generator(path, AUTHOR_ORDER, name="other")
    after = generate_job(GenerateRequest(of_seeds((1,)), model=str(path)), tools)
    assert after.model.name == "other"
    assert after.model.fingerprint != before.model.fingerprint


def test_the_users_models_are_found_beside_the_bundled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = tmp_path / "data"
    monkeypatch.setattr(model_library, "resource_folder", lambda: tmp_path)
    bundled = tmp_path / "models"
    with pytest.raises(UserError, match="No such model"):
        find_model("", user)
    save_generator(user / "models" / "mine.safetensors", name="Mine")
    assert find_model("", user).name == "Mine"
    small = PgganConfig(latent=4, channels=(4, 4))
    save_generator(bundled / "tiny.safetensors", small, name="")
    save_generator(bundled / "larger.safetensors", name="Larger")
    save_discriminator(bundled / "discriminator.safetensors")
    (bundled / "broken.safetensors").write_bytes(b"nonsense")
    shutil.copy(bundled / "larger.safetensors", bundled / "cardless.safetensors")
    (bundled / "cardless.toml").write_text("architecture = 3")
    found = available_models(user)
    assert [(model.name, resolution_of(model), model.bundled) for model in found] == [
        ("Larger", 16, True),
        ("tiny", 8, True),
        ("Mine", 16, False),
    ]
    assert find_model("", user).name == "Larger"
    assert find_model("mine", user).path == find_model("Mine", user).path
    assert resolution_of(find_model(str(bundled / "tiny.safetensors"))) == 8
    for name in ("nobody", str(bundled)):
        with pytest.raises(UserError, match="There is no model"):
            find_model(name, user)


def test_files_of_something_else_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="pggan-discriminator"):
        describe(save_discriminator(tmp_path / "d.safetensors"))
    for configuration in ({}, {"channels": "many"}, {"channels": [1] * 40}):
        card = ModelCard(GENERATOR, configuration=configuration)
        Checkpoint(card, small_generator().state_dict()).save(tmp_path / "g.safetensors")
        with pytest.raises(UserError, match="levels"):
            describe(tmp_path / "g.safetensors")
