"""The labels of the user are kept between sessions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kirara_paintings.collection import Collection
from kirara_paintings.label_store import LabelStore
from kirara_paintings.view_state import OwnClass, ViewState
from kirara_studio.api.errors import UserError

ONE, TWO = Path("/pictures/睡蓮.png"), Path("/pictures/two.png")
CLASSES = (OwnClass("海", (ONE, TWO)), OwnClass("empty"))


def test_styles_and_classes_come_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "remembered.json"
    LabelStore(file).keep("", {ONE: "none"}, [ONE, TWO], CLASSES)
    again = LabelStore(file)
    assert again.label("", ONE) == "none" and again.label("", TWO) is None
    assert again.label("/models/mine.safetensors", ONE) is None
    assert again.classes == CLASSES


def test_what_is_taken_back_goes_and_other_pictures_stay(tmp_path: Path) -> None:
    file = tmp_path / "remembered.json"
    LabelStore(file).keep("", {ONE: "a", TWO: "b"}, [ONE, TWO], ())
    LabelStore(file).keep("", {}, [ONE], ())
    again = LabelStore(file)
    assert again.label("", ONE) is None and again.label("", TWO) == "b"


def test_models_keep_their_own(tmp_path: Path) -> None:
    label_store = LabelStore(tmp_path / "remembered.json")
    label_store.keep("", {ONE: "a"}, [ONE], ())
    label_store.keep("mine", {ONE: "sea"}, [ONE], ())
    again = LabelStore(tmp_path / "remembered.json")
    assert (again.label("", ONE), again.label("mine", ONE)) == ("a", "sea")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": 2, "labels": {}, "classes": []}',
        b'{"format": 1, "labels": [], "classes": []}',
        b'{"format": 1, "labels": {"": 3}, "classes": []}',
        b'{"format": 1, "labels": {}, "classes": [{"name": "a"}]}',
    ],
)
def test_a_damaged_file_is_put_aside(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "remembered.json"
    file.write_bytes(content)
    label_store = LabelStore(file)
    assert label_store.classes == () and label_store.label("", ONE) is None
    (aside,) = tmp_path.glob("remembered.damaged-*.json")
    assert aside.read_bytes() == content
    label_store.keep("", {ONE: "a"}, [ONE], ())
    assert LabelStore(file).label("", ONE) == "a"


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    file = tmp_path / "remembered.json"
    label_store = LabelStore(file)
    label_store.keep("", {}, [ONE], ())
    assert not file.exists()
    label_store.keep("", {ONE: "a"}, [ONE], CLASSES)
    written = file.stat().st_mtime_ns
    LabelStore(file).keep("", {ONE: "a"}, [ONE, TWO], CLASSES)
    assert file.stat().st_mtime_ns == written
    assert json.loads(file.read_text(encoding="utf-8"))["labels"][""] == {str(ONE): "a"}


def test_a_folder_that_cannot_be_written_to_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    label_store = LabelStore(tmp_path / "file" / "remembered.json")
    for _ in range(2):  # what was not written is written again
        with pytest.raises(UserError):
            label_store.keep("", {ONE: "a"}, [ONE], ())
    (tmp_path / "file").unlink()
    label_store.keep("", {ONE: "a"}, [ONE], ())
    assert LabelStore(tmp_path / "file" / "remembered.json").label("", ONE) == "a"


# Together with a collection


def recalling(prediction: dict[tuple[str, Path], str]) -> Collection:
    collection = Collection(lambda model, path: prediction.get((model, path)))
    collection.add([ONE, TWO])
    return collection


def test_a_picture_that_comes_again_has_its_style() -> None:
    collection = recalling({("", ONE): "a", ("mine", TWO): "b"})
    assert collection.labels(ViewState()) == {0: "a"}
    assert collection.labels(ViewState(model="mine")) == {1: "b"}
    assert collection.labels(ViewState(labels={0: "none", 1: "a"})) == {0: "none", 1: "a"}


def test_a_remembered_style_can_be_taken_back() -> None:
    collection = recalling({("", ONE): "a"})
    assert collection.labels(ViewState(labels={0: ""})) == {}
    assert collection.labels(ViewState()) == {0: "a"}, "as undo asks for"


def test_undo_finds_what_there_was_before_the_session() -> None:
    prediction = {("", ONE): "a"}
    collection = recalling(prediction)
    assert collection.labels(ViewState()) == {0: "a"}
    prediction |= {("", ONE): "b", ("", TWO): "b"}  # kept since
    assert collection.labels(ViewState()) == {0: "a"}


def test_a_model_that_is_chosen_again_has_all_its_labels() -> None:
    prediction = {("", ONE): "a"}
    collection = recalling(prediction)
    assert collection.labels(ViewState()) == {0: "a"}
    prediction[("", TWO)] = "b"
    del prediction[("", ONE)]
    labels = collection.stored_labels("")
    assert labels == {0: "", 1: "b"}
    assert collection.labels(ViewState(labels=labels)) == {1: "b"}
