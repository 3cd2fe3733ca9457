"""Checkpoints and model cards: read back as written, and clear about what is wrong."""

from __future__ import annotations

import json
import pickle
import struct
import tomllib
import zipfile

import pytest
import torch

from kirara_studio.api.errors import UserError
from kirara_studio.api.models import (
    Checkpoint,
    ModelCard,
    check_tensors,
    edit_card,
    fingerprint,
    read_card,
    share_model,
    share_models,
    unpack_models,
)

CARD = ModelCard(
    architecture="a-network",
    name="きらら “64”",
    configuration={"channels": [8, 4], "order": "norm\\act", "nested": {"a b": True}},
    measured={"largest difference": 1e-7, "pictures": 3},
)
TENSORS = {"w": torch.arange(6.0).reshape(2, 3), "h": torch.ones(2, dtype=torch.float16)}


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "a.safetensors"
    Checkpoint(CARD, TENSORS).save(path)
    return path


def test_a_checkpoint_comes_back_as_it_was_saved(saved):
    loaded = Checkpoint.load(saved)
    assert loaded.card == CARD
    assert loaded.tensors.keys() == TENSORS.keys()
    for name, tensor in TENSORS.items():
        assert torch.equal(loaded.tensors[name], tensor)
        assert loaded.tensors[name].dtype == tensor.dtype


def test_the_card_is_also_inside_the_file(saved):
    saved.with_suffix(".toml").unlink()
    assert read_card(saved) == CARD


def test_a_corrected_card_beside_the_file_wins(saved):
    beside = saved.with_suffix(".toml")
    beside.write_text(beside.read_text(encoding="utf-8").replace("“64”", "“128”"), encoding="utf-8")
    assert read_card(saved).name == "きらら “128”"


def test_a_card_is_read_without_its_tensors(saved):
    size = saved.stat().st_size
    with saved.open("rb+") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        file.truncate(size - 4)
    assert length < size
    assert read_card(saved) == CARD
    with pytest.raises(UserError, match=r"a\.safetensors.*cannot be read"):
        Checkpoint.load(saved)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"short",
        b"\xff" * 64,
        struct.pack("<Q", 4) + b"null",
        struct.pack("<Q", 2) + b"{" * 2,
        pickle.dumps({"w": 1}),
    ],
)
def test_other_files_than_safetensors_are_refused(tmp_path, content):
    path = tmp_path / "bad.safetensors"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"bad\.safetensors"):
        Checkpoint.load(path)


def test_a_pickle_inside_is_never_run(tmp_path):
    class Hostile:
        def __reduce__(self):
            return (open, (str(tmp_path / "owned"), "w"))

    path = tmp_path / "hostile.safetensors"
    path.write_bytes(pickle.dumps(Hostile()))
    with pytest.raises(UserError):
        Checkpoint.load(path)
    assert not (tmp_path / "owned").exists()


def test_a_missing_file_and_a_missing_card_are_reported(tmp_path, saved):
    with pytest.raises(UserError, match="There is no file"):
        read_card(tmp_path / "none.safetensors")
    header = json.dumps({}).encode()
    bare = tmp_path / "bare.safetensors"
    bare.write_bytes(struct.pack("<Q", len(header)) + header)
    with pytest.raises(UserError, match=r"has no model card.*bare\.toml"):
        read_card(bare)


@pytest.mark.parametrize("card", ["architecture = 3", "= nonsense", "architecture = 'a'\nname = 1"])
def test_a_damaged_card_is_reported(saved, card):
    saved.with_suffix(".toml").write_text(card)
    with pytest.raises(UserError, match=r"card of “a\.safetensors” cannot be read"):
        read_card(saved)


def test_unknown_keys_of_a_newer_card_are_ignored(saved):
    with saved.with_suffix(".toml").open("a") as file:
        file.write("\n[invented_later]\nx = 1\n")
    assert read_card(saved).architecture == "a-network"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda tensors: tensors.pop("b"), "“b” is missing"),
        (lambda tensors: tensors.update(b=torch.ones(4)), r"“b” has the shape \(4,\), not \(3,\)"),
        (lambda tensors: tensors.update(c=torch.ones(1)), "“c” is not part of the network"),
    ],
)
def test_the_first_tensor_that_does_not_fit_is_named(change, message):
    tensors = {"a": torch.ones(2, 2), "b": torch.ones(3)}
    check_tensors(tensors, {"a": (2, 2), "b": (3,)}, "x.npz")
    change(tensors)
    with pytest.raises(UserError, match=message):
        check_tensors(tensors, {"a": (2, 2), "b": (3,)}, "x.npz")


def test_fingerprints_distinguish_files(tmp_path):
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    assert fingerprint(tmp_path / "a") == "ca978112ca1bbdca"
    assert fingerprint(tmp_path / "a") != fingerprint(tmp_path / "b")


# Editing and sharing


def test_texts_of_a_card_are_edited_and_all_else_stays(saved):
    path = saved
    beside = path.with_suffix(".toml")
    text = beside.read_text(encoding="utf-8")
    newer = f'# by hand\nfuture = "kept"\n{text}\n[more]\nx = 1\n'
    beside.write_text(newer, encoding="utf-8")
    card = edit_card(path, name="  My 娘 ", notes="Two\nlines", licence="")
    assert (card.name, card.notes, card.licence) == ("My 娘", "Two\nlines", "")
    assert read_card(path) == card
    kept = tomllib.loads(beside.read_text(encoding="utf-8"))
    assert kept["future"] == "kept" and kept["more"] == {"x": 1}
    assert "# by hand" in beside.read_text(encoding="utf-8")
    before = tomllib.loads(text)
    assert kept["configuration"] == before["configuration"]
    with pytest.raises(ValueError, match="architecture"):
        edit_card(path, architecture="x")


def test_a_card_that_is_only_inside_the_file_is_edited_beside_it(saved):
    path = saved
    path.with_suffix(".toml").unlink()
    edit_card(path, author="Yuno")
    assert path.with_suffix(".toml").exists() and read_card(path).author == "Yuno"


def test_a_damaged_card_is_not_replaced(saved):
    path = saved
    path.with_suffix(".toml").write_text("architecture = ")
    with pytest.raises(UserError, match="cannot be read"):
        edit_card(path, name="x")
    assert path.with_suffix(".toml").read_text() == "architecture = "


def test_a_model_is_shared_as_one_file_with_its_card(saved, tmp_path):
    path = saved
    same = share_model(path, tmp_path / "same" / "a.safetensors")
    assert same.read_bytes() == path.read_bytes(), "its fingerprint stays, too"
    beside = path.with_suffix(".toml")
    beside.write_text('future = "kept"\n' + beside.read_text(encoding="utf-8"), encoding="utf-8")
    edit_card(path, name="Shared", training_data="drawings 絵")
    shared = share_model(path, tmp_path / "shared" / "b.safetensors")
    assert not shared.with_suffix(".toml").exists()
    assert read_card(shared) == read_card(path)
    ours, theirs = Checkpoint.load(path).tensors, Checkpoint.load(shared).tensors
    assert ours.keys() == theirs.keys() and all(ours[n].equal(theirs[n]) for n in ours)
    again = share_model(shared, tmp_path / "c.safetensors")
    assert again.read_bytes() == shared.read_bytes()
    assert b'\\"future\\": \\"kept\\"' in shared.read_bytes()


def test_sharing_never_replaces_another_model(saved, tmp_path):
    path, other = saved, tmp_path / "other.safetensors"
    other.with_suffix(".toml").write_text('architecture = "other"')
    for target in (path, other):
        with pytest.raises(UserError, match="already"):
            share_model(path, target)
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(UserError, match="safetensors"):
        share_model(path, tmp_path / "new.safetensors")
    assert not (tmp_path / "new.safetensors").exists()


def test_the_networks_of_one_model_are_shared_as_one_archive(saved, tmp_path):
    second = tmp_path / "b.safetensors"
    Checkpoint(CARD, {"v": torch.zeros(3)}).save(second)
    edit_card(second, name="Edited")
    archive = share_models([saved, second], tmp_path / "shared" / "both.zip")
    assert [one.name for one in archive.parent.iterdir()] == ["both.zip"]
    first, last = unpack_models(archive, tmp_path)
    assert Checkpoint.load(first).tensors.keys() == TENSORS.keys()
    assert read_card(first).name == CARD.name and read_card(last).name == "Edited"


@pytest.mark.parametrize(
    "name", ["../../outside.safetensors", "/outside.safetensors", "in/a.safetensors"]
)
def test_an_archive_writes_into_the_folder_only(saved, tmp_path, name):
    with zipfile.ZipFile(tmp_path / "hostile.zip", "w") as archive:
        archive.write(saved, name)
        archive.write(saved, name.replace(".s", "2.s"))
    folder = tmp_path / "folder" / "below"
    folder.mkdir(parents=True)
    copies = unpack_models(tmp_path / "hostile.zip", folder)
    assert [copy.parent for copy in copies] == [folder] * 2
    assert all(copy.read_bytes() == saved.read_bytes() for copy in copies)


def test_what_is_no_archive_of_models_is_explained(saved, tmp_path):
    path = tmp_path / "some.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("read.me", "hello")
    with pytest.raises(UserError, match="no file of weights"):
        unpack_models(path, tmp_path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(saved, "a.safetensors")
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    with pytest.raises(UserError, match="“some"):
        unpack_models(path, tmp_path)
    listed = whole.rindex(b"PK\x01\x02")  # the entry in the list at the end, with the size at 24
    path.write_bytes(whole[: listed + 24] + b"\xff\xff\xff\xf0" + whole[listed + 28 :])
    with pytest.raises(UserError, match="too large"):
        unpack_models(path, tmp_path)
