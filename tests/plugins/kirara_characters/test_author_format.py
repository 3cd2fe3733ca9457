"""The author's files: what fits is read, and what does not is refused by name."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from kirara_characters.networks import author_format
from kirara_characters.networks.author_format import author_name
from kirara_characters.networks.config import AUTHOR, BUNDLED
from kirara_characters.networks.model_files import (
    DISCRIMINATOR,
    GENERATOR,
    KINDS,
    load_discriminator,
    load_generator,
)
from kirara_characters.networks.network import Discriminator, Generator
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import network_of, shapes_of
from kirara_studio.api.models import Checkpoint, ModelCard

Arrays = dict[str, np.ndarray]


def author_arrays(kind: str = GENERATOR) -> Arrays:
    """Arrays with the author's names and shapes; zeros, so that files are small."""
    with torch.device("meta"):
        network = Generator(AUTHOR) if kind == GENERATOR else Discriminator(AUTHOR)
    shapes = shapes_of(network)
    return {author_name(name, kind): np.zeros(shape, np.float32) for name, shape in shapes.items()}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Arrays], Path]:
    def write(arrays: Arrays) -> Path:
        path = tmp_path / "author.npz"
        np.savez_compressed(path, **arrays)
        return path

    return write


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        author_format.read(path)
    assert path.name in caught.value.message
    assert caught.value.advice
    return caught.value.message


@pytest.mark.parametrize(
    ("kind", "key"), [(GENERATOR, "pggan_generator"), (DISCRIMINATOR, "pggan_discriminator")]
)
def test_names_and_shapes_are_the_authors(kind: str, key: str, shared_folder: Path) -> None:
    shapes = json.loads((shared_folder / "author" / "author_shapes.json").read_text())[key]
    ours = {name: list(array.shape) for name, array in author_arrays(kind).items()}
    assert ours == shapes


@pytest.mark.parametrize("kind", [GENERATOR, DISCRIMINATOR])
def test_a_file_tells_what_it_is_and_lands_where_it_belongs(
    kind: str, written: Callable[[Arrays], Path], tmp_path: Path
) -> None:
    arrays = author_arrays(kind)
    first, last = sorted(arrays)[0], sorted(arrays)[-1]
    arrays[first][...] = 1.5
    arrays[last][...] = -2.5
    path = written(arrays)
    assert author_format.recognise(path)

    checkpoint = author_format.read(path)
    assert checkpoint.card.architecture == kind
    names = {author_name(name, kind): name for name in checkpoint.tensors}
    assert (checkpoint.tensors[names[first]] == 1.5).all()
    assert (checkpoint.tensors[names[last]] == -2.5).all()

    checkpoint.save(tmp_path / "model.safetensors")
    load = load_generator if kind == GENERATOR else load_discriminator
    assert load(tmp_path / "model.safetensors").config == AUTHOR
    with pytest.raises(UserError, match="holds a"):
        (load_discriminator if kind == GENERATOR else load_generator)(
            tmp_path / "model.safetensors"
        )


def test_a_missing_array_is_named(written: Callable[[Arrays], Path]) -> None:
    arrays = author_arrays()
    del arrays["b3/c2/conv/W"]
    assert "“b3/c2/conv/W” is missing" in refusal(written(arrays))


def test_a_wrong_shape_is_named(written: Callable[[Arrays], Path]) -> None:
    arrays = author_arrays()
    arrays["b2/c1/conv/W"] = np.zeros((256, 500, 3, 3), np.float32)
    message = refusal(written(arrays))
    assert "b2/c1/conv/W" in message
    assert "(256, 500, 3, 3), not (256, 512, 3, 3)" in message


def test_an_array_too_many_is_named(written: Callable[[Arrays], Path]) -> None:
    arrays = author_arrays()
    arrays["b7/c1/conv/W"] = np.zeros(3, np.float32)
    assert "b7/c1/conv/W" in refusal(written(arrays))


def test_values_that_are_not_numbers_are_refused(written: Callable[[Arrays], Path]) -> None:
    arrays = author_arrays()
    arrays["b4/c1/conv/b"][3] = np.nan
    assert "not numbers" in refusal(written(arrays))


def test_whole_numbers_are_refused(written: Callable[[Arrays], Path]) -> None:
    arrays = author_arrays()
    arrays["b4/c1/conv/b"] = np.zeros(64, np.int32)
    assert "b4/c1/conv/b" in refusal(written(arrays))


class Bomb:
    """Unpickling this would create a file."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.target,)


def test_a_pickle_inside_is_refused_unopened(
    written: Callable[[Arrays], Path], tmp_path: Path
) -> None:
    arrays = author_arrays()
    arrays["b1/c1/conv/W"] = np.array([Bomb(tmp_path / "exploded")], object)
    path = written(arrays)
    message = refusal(path)
    assert "pickled" in message
    assert "b1/c1/conv/W" in message
    assert not (tmp_path / "exploded").exists()


def test_a_pickle_instead_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "author.npz"
    path.write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    assert not author_format.recognise(path)
    assert "not an .npz" in refusal(path)
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_refused(kept: float, written: Callable[[Arrays], Path]) -> None:
    path = written(author_arrays())
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    refusal(path)


def test_an_array_shorter_than_its_header_says_is_named(
    written: Callable[[Arrays], Path],
) -> None:
    path = written(author_arrays())
    whole = zipfile.ZipFile(path)
    cut = path.with_name("cut.npz")
    with whole, zipfile.ZipFile(cut, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            content = whole.read(name)
            archive.writestr(name, content[:-400] if name == "b0/c2/conv/W.npy" else content)
    assert "“b0/c2/conv/W”" in refusal(cut)


def test_a_huge_claim_is_refused_by_its_header(written: Callable[[Arrays], Path]) -> None:
    path = written({name: a for name, a in author_arrays().items() if name != "b0/c1/conv/W"})
    header = io.BytesIO()
    claim = {"descr": "<f4", "fortran_order": False, "shape": (1 << 40, 512, 4, 4)}
    np.lib.format.write_array_header_1_0(header, claim)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b0/c1/conv/W.npy", header.getvalue())
    assert "b0/c1/conv/W" in refusal(path)


def test_other_files_are_told_apart(written: Callable[[Arrays], Path], tmp_path: Path) -> None:
    other = written({"embed/W": np.zeros((2, 2), np.float32)})
    assert not author_format.recognise(other)
    assert "does not hold" in refusal(other)
    assert "no file" in refusal(tmp_path / "nowhere.npz")
    (tmp_path / "text.npz").write_text("hello")
    refusal(tmp_path / "text.npz")


def test_a_card_that_claims_too_much_costs_no_memory() -> None:
    configuration = {**BUNDLED.to_dict(), "channels": [10**6, 10**6]}
    card = ModelCard(GENERATOR, configuration=configuration)
    with pytest.raises(UserError, match="does not describe its network"):
        network_of(Checkpoint(card, {}), "claims.safetensors", KINDS[GENERATOR])


@pytest.mark.parametrize(
    "card",
    [
        ModelCard("dc-tts"),
        ModelCard(GENERATOR),
        ModelCard(GENERATOR, configuration={"channels": 3}),
        ModelCard(GENERATOR, configuration={**BUNDLED.to_dict(), "unknown": 1}),
    ],
)
def test_a_card_of_something_else_is_refused(card: ModelCard) -> None:
    with pytest.raises(UserError, match=r"x\.safetensors"):
        network_of(Checkpoint(card, {}), "x.safetensors", KINDS[GENERATOR])
