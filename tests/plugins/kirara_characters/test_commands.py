"""``kirara-studio characters …``, as people call it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_characters.likeness import search
from kirara_characters.networks.model_files import load_discriminator
from kirara_studio.api.media.saving import recall
from kirara_studio.cli import main

from .small_models import (
    PAPER,
    save_author_weights,
    save_discriminator,
    save_generator,
    small_generator,
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The studio's folders for this module, so that the device is measured once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``kirara-studio characters`` and gives its exit status, output and errors."""
    monkeypatch.setenv("KIRARA_HOME", str(home))

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main(["characters", *map(str, arguments)])
        except SystemExit as error:  # argparse
            status = int(error.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small generator's file."""
    return save_generator(tmp_path_factory.mktemp("model") / "small.safetensors")


@pytest.mark.parametrize(
    "verb",
    ["", "draw", "generate", "morph", "train", "import", "score", "faces", "attributes", "like"],
)
def test_every_command_explains_itself(run: Run, verb: str) -> None:
    status, out, _ = run(*verb.split(), "--help")
    assert status == 0
    assert f"kirara-studio characters {verb}".strip() in out
    assert "--help" in out


def test_drawing_needs_no_torch(tmp_path: Path, home: Path) -> None:
    code = (
        "import sys\n"
        "from kirara_studio.cli import main\n"
        f"assert main(['characters', 'draw', '--out', {str(tmp_path / 'a.png')!r}]) == 0\n"
        "assert not {'torch', 'cv2'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"KIRARA_HOME": str(home)})
    assert (tmp_path / "a.png").is_file()


def test_draw_into_a_folder(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "new" / "drawings"
    status, printed, _ = run("draw", "--seed", 7, "--count", 3, "--size", 48, "--out", out)
    assert status == 0
    assert str(out) in printed
    assert sorted(path.name for path in out.iterdir()) == [
        "000007.png", "000008.png", "000009.png",
    ]  # fmt: skip
    settings = recall(out / "000008.png")
    assert (settings["kind"], settings["seed"], settings["size"]) == ("drawing", 8, 48)
    # The attributes in the file are enough to draw it again.
    again = draw_character(CharacterAttributes(**settings["attributes"]), 48)
    np.testing.assert_array_equal(np.asarray(Image.open(out / "000008.png")), again)


def test_draw_a_sheet(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet.webp"
    arguments = ("--count", 5, "--size", 32, "--sheet", "--columns", 3, "--out", out)
    assert run("draw", *arguments)[0] == 0
    assert Image.open(out).size == (96, 64)
    assert recall(out)["seeds"] == [0, 1, 2, 3, 4]


def test_generate_into_a_folder(run: Run, tmp_path: Path, model: Path) -> None:
    out = tmp_path / "pictures"
    status, printed, _ = run(
        "generate", "--seed", 7, "--count", 16, "--size", 24, "--truncation", 0.7,
        "--model", model, "--out", out,
    )  # fmt: skip
    assert status == 0
    assert "16 pictures" in printed
    assert len(list(out.iterdir())) == 16
    assert Image.open(out / "000022.png").size == (24, 24)
    settings = recall(out / "000007.png")
    assert (settings["seed"], settings["truncation"], settings["model"]) == (7, 0.7, "small")


def test_generate_one_file_by_the_name_of_a_model(run: Run, home: Path, tmp_path: Path) -> None:
    save_generator(home / "data" / "plugins-data" / "characters" / "models" / "mine.safetensors")
    out = tmp_path / "one.png"
    assert run("generate", "--model", "mine", "--out", out)[0] == 0
    assert Image.open(out).size == (16, 16)


@pytest.mark.parametrize("name", ["morph.gif", "morph.webp", "morph.mp4", "morph"])
def test_morph(run: Run, tmp_path: Path, model: Path, name: str) -> None:
    out = tmp_path / name
    status, printed, _ = run(
        "morph", "--seeds", 1, 2, 3, "--frames", 7, "--size", 32, "--model", model, "--out", out
    )
    assert status == 0
    assert "7 frames" in printed
    assert recall(out)["seeds"] == [1, 2, 3]
    if name == "morph.gif":
        with Image.open(out) as film:
            assert (film.n_frames, film.size) == (7, (32, 32))
    if name == "morph":
        assert len(list(out.iterdir())) == 7


@pytest.mark.parametrize(("frames", "fps", "seeds"), [(60, 25, 3), (1, 30, 2), (97, 12.5, 7)])
def test_a_morph_has_as_many_frames_as_were_asked_for(frames: int, fps: float, seeds: int) -> None:
    from kirara_characters.networks.character import of_seeds
    from kirara_characters.networks.latents import LatentPath
    from kirara_characters.requests import MorphRequest

    path = LatentPath(of_seeds(range(seeds)), frames / fps / seeds)
    assert MorphRequest(path, Path("film.gif"), fps).frames == frames


def test_generate_bare_arrays(run: Run, tmp_path: Path, model: Path) -> None:
    latents, out = tmp_path / "z.npy", tmp_path / "pictures.npy"
    generator = small_generator()
    z = torch.randn(11, PAPER.latent)
    np.save(latents, z.numpy())
    arguments = ("generate", "--model", model, "--latents", latents, "--raw", out)
    for level, alpha in ((None, 1.0), (1, 0.3), (0, 1.0)):
        more = () if level is None else ("--depth", level, "--alpha", alpha)
        assert run(*arguments, *more)[0] == 0
        found = np.load(out)
        assert found.dtype == np.float32
        expected = generator(z, level, alpha).numpy()
        np.testing.assert_allclose(found, expected, atol=1e-5)
    assert np.abs(expected).max() > 1  # before any clipping
    np.save(latents, z.numpy()[:, :, None, None])  # as the author's program keeps them
    assert run(*arguments)[0] == 0
    assert np.load(out).shape == (11, 3, 16, 16)


def test_score_bare_arrays(run: Run, tmp_path: Path) -> None:
    model = save_discriminator(tmp_path / "d.safetensors")
    pictures, out = tmp_path / "x.npy", tmp_path / "scores.npy"
    discriminator = load_discriminator(model)
    arguments = ("score", "--model", model, "--images", pictures, "--raw", out)
    for level, alpha in ((2, 1.0), (1, 0.4), (0, 1.0)):
        x = torch.randn(5, 3, 4 << level, 4 << level)
        np.save(pictures, x.numpy())
        expected = discriminator(x, level, alpha).numpy()
        assert run(*arguments, "--depth", level, "--alpha", alpha)[0] == 0
        np.testing.assert_allclose(np.load(out), expected, atol=1e-4)
        assert run(*arguments, "--alpha", alpha)[0] == 0  # the size gives the depth
        np.testing.assert_allclose(np.load(out), expected, atol=1e-4)


def test_the_authors_files_give_his_numbers(run: Run, tmp_path: Path, shared_folder: Path) -> None:
    reference: dict[str, Any] = {}
    for kind in ("generator", "discriminator"):
        file = tmp_path / f"{kind}.npz"
        save_author_weights(file, f"pggan_{kind}", shared_folder)
        status, printed, _ = run("import", file, "--out", tmp_path / f"{kind}.safetensors")
        assert status == 0
        assert kind in printed
        reference |= np.load(shared_folder / "author" / f"author_outputs_pggan_{kind}.npz")
    np.save(tmp_path / "z.npy", reference["z"])
    np.save(tmp_path / "x.npy", reference["image"])
    out = tmp_path / "out.npy"
    for depth, alpha, name in ((4, 1, "image_depth4"), (4, 0.3, "image_depth4_alpha03")):
        assert run(
            "generate", "--model", tmp_path / "generator.safetensors", "--raw", out,
            "--latents", tmp_path / "z.npy", "--depth", depth, "--alpha", alpha,
        )[0] == 0  # fmt: skip
        assert np.abs(np.load(out) - reference[name]).max() <= 1e-4
    assert run(
        "score", "--model", tmp_path / "discriminator.safetensors", "--raw", out,
        "--images", tmp_path / "x.npy", "--depth", 4,
    )[0] == 0  # fmt: skip
    assert np.abs(np.load(out) - reference["score_depth4"]).max() <= 1e-4


def test_train_export_and_generate(run: Run, tmp_path: Path) -> None:
    pictures, folder = tmp_path / "pictures", tmp_path / "run"
    assert run("draw", "--count", 6, "--size", 16, "--out", pictures)[0] == 0
    status, printed, _ = run(
        "train", pictures, "--out", folder, "--size", 8, "--thoroughness", 0.0002,
        "--batch", 4, "--precision", "fp32", "--no-faces",
    )  # fmt: skip
    assert status == 0, printed
    events = [json.loads(line)["event"] for line in printed.splitlines() if line.startswith("{")]
    assert events[-1] == "finished"
    model = tmp_path / "trained.safetensors"
    assert run("export", folder, "--out", model, "--name", "Mine")[0] == 0
    assert run("generate", "--model", model, "--out", tmp_path / "a.png")[0] == 0
    assert recall(tmp_path / "a.png")["model"] == "Mine"
    status, printed, _ = run(
        "train", pictures, "--from", model, "--out", tmp_path / "second", "--size", 8,
        "--thoroughness", 0.0004, "--batch", 4, "--precision", "fp32", "--no-faces",
    )  # fmt: skip
    assert status == 0 and "Starting from “trained.safetensors”" in printed


def array(path: Path, values: Any) -> Path:
    """Save an array and give its path."""
    np.save(path, values, allow_pickle=True)
    return path


def test_bad_arrays_are_refused(run: Run, tmp_path: Path, model: Path) -> None:
    good = np.zeros((2, PAPER.latent), np.float32)
    whole = array(tmp_path / "whole.npy", good).read_bytes()
    (tmp_path / "cut.npy").write_bytes(whole[:-8])
    (tmp_path / "header.npy").write_bytes(whole[:20])
    (tmp_path / "huge.npy").write_bytes(whole.replace(b"(2, ", b"(9999999999, ")[:-11])
    (tmp_path / "text.npy").write_text("hello")
    (tmp_path / "empty.npy").write_bytes(b"")
    np.savez(tmp_path / "several.npz", good, good)
    out = tmp_path / "out.npy"
    for path, message in (
        (array(tmp_path / "pickle.npy", np.array([{"a": 1}], object)), "pickle.npy"),
        (tmp_path / "cut.npy", "cut.npy"),
        (tmp_path / "header.npy", "header.npy"),
        (tmp_path / "huge.npy", "huge.npy"),
        (tmp_path / "text.npy", "text.npy"),
        (tmp_path / "empty.npy", "empty.npy"),
        (tmp_path / "several.npz", "several arrays"),
        (tmp_path / "missing.npy", "There is no file"),
        (tmp_path, "is a folder"),
        (array(tmp_path / "whole numbers.npy", np.zeros((2, 12), int)), "floating-point"),
        (array(tmp_path / "wide.npy", np.zeros((2, 13), np.float32)), "(batch, 12)"),
        (array(tmp_path / "flat.npy", np.zeros(12, np.float32)), "(batch, 12)"),
        (array(tmp_path / "none.npy", np.zeros((0, 12), np.float32)), "(batch, 12)"),
    ):
        status, _, errors = run("generate", "--model", model, "--latents", path, "--raw", out)
        assert status == 1, path
        assert message in errors
        assert "Traceback" not in errors
        assert not out.exists()


def test_bad_pictures_to_score_are_refused(run: Run, tmp_path: Path) -> None:
    model = save_discriminator(tmp_path / "d.safetensors")
    for shape, depth, message in (
        ((2, 3, 8, 4), None, "side"),
        ((2, 1, 8, 8), None, "side"),
        ((2, 3, 12, 12), None, "4, 8, 16"),
        ((2, 3, 8, 8), 2, "side 16"),
        ((2, 3, 8, 8), 5, "no depth 5"),
    ):
        pictures = array(tmp_path / "x.npy", np.zeros(shape, np.float32))
        more = () if depth is None else ("--depth", depth)
        status, _, errors = run(
            "score", "--model", model, "--images", pictures, "--raw", tmp_path / "o.npy", *more
        )
        assert status == 1
        assert message in errors
        assert not (tmp_path / "o.npy").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("draw", "--seed", "-1", "--out", "OUT"), 2, "-1"),
        (("draw", "--seed", "seven", "--out", "OUT"), 2, "seven"),
        (("draw", "--size", "0", "--out", "OUT"), 2, "0"),
        (("draw", "--size", "9000", "--out", "OUT"), 1, "9000"),
        (("draw",), 2, "--out"),
        (("draw", "--count", "3", "--out", "OUT.png"), 1, "folder"),
        (("draw", "--seed", str(2**63 - 1), "--count", "2", "--out", "OUT"), 1, "out of range"),
        (("generate", "--model", "MODEL"), 1, "--out"),
        (("generate", "--model", "MODEL", "--raw", "OUT"), 1, "--latents"),
        (("generate", "--model", "MODEL", "--depth", "1", "--out", "OUT"), 1, "--latents"),
        (("generate", "--model", "nobody", "--out", "OUT"), 1, "nobody"),
        (("generate", "--model", "MODEL", "--truncation", "3", "--out", "OUT"), 2, "3"),
        (("generate", "--model", "MODEL", "--size", "9999", "--out", "OUT"), 1, "9999"),
        (("morph", "--seeds", "--model", "MODEL", "--out", "OUT.gif"), 2, "--seeds"),
        (("morph", "--seeds", "1", "--model", "MODEL", "--out", "OUT.avi"), 1, "avi"),
        (("morph", "--seeds", "1", "--fps", "0", "--model", "MODEL", "--out", "OUT.gif"), 1, "0"),
        (("import", "MODEL", "--out", "OUT.safetensors"), 1, "small.safetensors"),
        (("import", "missing.npz", "--out", "OUT.safetensors"), 1, "missing.npz"),
        (("import", "missing.npz", "--out", "OUT.npz"), 1, ".safetensors"),
        (("export", "missing", "--out", "OUT.safetensors"), 1, "missing"),
        (("score", "--model", "MODEL", "--images", "x.npy", "--raw", "OUT"), 1, "x.npy"),
        (("train", "missing", "--out", "OUT", "--size", "8"), 1, "missing"),
        (("dance",), 2, "dance"),
    ],
)
def test_mistakes_are_explained(
    run: Run, tmp_path: Path, model: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    places = {"MODEL": str(model)}
    given = [places.get(text, text.replace("OUT", str(tmp_path / "out"))) for text in arguments]
    found, out, errors = run(*given)
    assert found == status, errors
    assert message in out + errors
    assert "Traceback" not in errors


def test_a_file_in_place_of_the_folder(run: Run, tmp_path: Path, model: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for verb in (("draw",), ("generate", "--model", model)):
        status, _, errors = run(*verb, "--count", 2, "--out", tmp_path / "file")
        assert status == 1
        assert "file" in errors
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a child")
def test_interrupted_pictures_are_kept_as_they_come(
    tmp_path: Path, model: Path, home: Path
) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [
            sys.executable, "-m", "kirara_studio", "characters", "generate", "--count", "500",
            "--size", "1024", "--model", str(model), "--out", str(out),
        ],
        env={**os.environ, "KIRARA_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        while process.poll() is None and len(list(out.glob("0*.png"))) < 3:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    files = sorted(out.iterdir())
    (reported,) = re.findall(r"Saved (\d+) of 500 pictures", errors)
    # One that was just complete may not be counted yet.
    assert 3 <= len(files) < 100 and int(reported) in (len(files) - 1, len(files))
    for path in files:
        with Image.open(path) as image:
            assert image.size == (1024, 1024)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a child")
def test_an_interrupted_film_leaves_nothing(tmp_path: Path, model: Path, home: Path) -> None:
    process = subprocess.Popen(
        [
            sys.executable, "-m", "kirara_studio", "characters", "morph", "--seeds", "1", "2",
            "--frames", "19999", "--size", "512", "--model", str(model),
            "--out", str(tmp_path / "film.gif"),
        ],
        env={**os.environ, "KIRARA_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        while process.poll() is None and not list(tmp_path.iterdir()):
            time.sleep(0.05)  # the temporary file appears when the frames begin
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert errors.strip() == "kirara-studio: stopped"
    assert list(tmp_path.iterdir()) == []


# Attributes


def test_attributes_are_listed_and_set(run: Run, tmp_path: Path) -> None:
    _, listed, _ = run("attributes")
    assert re.search(r"^glasses +none, round, square$", listed, re.MULTILINE)
    assert re.search(r"^yaw +-1 to 1$", listed, re.MULTILINE)
    assert json.loads(run("attributes", "--json")[1])["ahoge"] == "yes or no"
    given = ("--set", "glasses=round", "--set", "yaw=0.5", "--set", "ahoge=yes",
             "--set", "hair_colour=3fa0c8", "--set", "hair_tip_colour=")  # fmt: skip
    out = tmp_path / "a.png"
    run("generate", "--seed", 3, "--size", 32, *given, "--out", out)
    changes = {"glasses": "round", "yaw": 0.5, "ahoge": True, "hair_colour": "#3fa0c8",
               "hair_tip_colour": ""}  # fmt: skip
    assert recall(out)["changes"] == changes
    film = tmp_path / "a.gif"
    run("morph", "--seeds", 1, 2, "--frames", 2, "--size", 32, *given, "--out", film)
    assert [one["changes"] for one in recall(film)["characters"]] == [changes, changes]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("wings=yes", "wings"), ("glasses", "glasses"), ("glasses=pink", "none, round, square"),
        ("yaw=2", "-1 to 1"), ("yaw=left", "-1 to 1"), ("ahoge=1", "yes or no"),
        ("hair_colour=red", "#f29fb8"), ("hair_colour=", "#f29fb8"),
    ],
)  # fmt: skip
def test_attributes_that_do_not_fit_are_refused(
    run: Run, tmp_path: Path, text: str, says: str
) -> None:
    status, _, errors = run("generate", "--set", text, "--out", tmp_path / "a.png")
    assert status == 1 and says in errors and not (tmp_path / "a.png").exists()


def test_the_likeness_of_a_picture(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "ROUNDS", 0)  # the character the search begins with will do
    picture, out = tmp_path / "theirs.png", tmp_path / "like"
    run("draw", "--seed", 9_400_003, "--size", 120, "--out", picture)
    _, printed, _ = run("like", picture, "--size", 48, "--out", out)
    assert "theirs-likeness.png" in printed
    settings = recall(out / "theirs-likeness.png")
    assert settings["portrait"]["path"] == str(picture) and settings["size"] == 48
    assert len(settings["changes"]) > 40
    status, _, errors = run("like", tmp_path / "gone.png", "--out", out)
    assert status == 1 and "gone.png" in errors
