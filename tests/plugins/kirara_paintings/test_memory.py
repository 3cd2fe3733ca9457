"""What the user said is kept between sessions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kirara_paintings.collection import Collection
from kirara_paintings.memory import Memory
from kirara_paintings.setting import OwnClass, Setting
from kirara_studio.api.errors import UserError

ONE, TWO = Path("/pictures/睡蓮.png"), Path("/pictures/two.png")
CLASSES = (OwnClass("海", (ONE, TWO)), OwnClass("empty"))


def test_styles_and_classes_come_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "remembered.json"
    Memory(file).keep("", {ONE: "none"}, [ONE, TWO], CLASSES)
    again = Memory(file)
    assert again.label("", ONE) == "none" and again.label("", TWO) is None
    assert again.label("/models/mine.safetensors", ONE) is None
    assert again.classes == CLASSES


def test_what_is_taken_back_goes_and_other_pictures_stay(tmp_path: Path) -> None:
    file = tmp_path / "remembered.json"
    Memory(file).keep("", {ONE: "a", TWO: "b"}, [ONE, TWO], ())
    Memory(file).keep("", {}, [ONE], ())
    again = Memory(file)
    assert again.label("", ONE) is None and again.label("", TWO) == "b"


def test_models_keep_their_own(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "remembered.json")
    memory.keep("", {ONE: "a"}, [ONE], ())
    memory.keep("mine", {ONE: "sea"}, [ONE], ())
    again = Memory(tmp_path / "remembered.json")
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
    memory = Memory(file)
    assert memory.classes == () and memory.label("", ONE) is None
    (aside,) = tmp_path.glob("remembered.damaged-*.json")
    assert aside.read_bytes() == content
    memory.keep("", {ONE: "a"}, [ONE], ())
    assert Memory(file).label("", ONE) == "a"


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    file = tmp_path / "remembered.json"
    memory = Memory(file)
    memory.keep("", {}, [ONE], ())
    assert not file.exists()
    memory.keep("", {ONE: "a"}, [ONE], CLASSES)
    written = file.stat().st_mtime_ns
    Memory(file).keep("", {ONE: "a"}, [ONE, TWO], CLASSES)
    assert file.stat().st_mtime_ns == written
    assert json.loads(file.read_text(encoding="utf-8"))["labels"][""] == {str(ONE): "a"}


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    memory = Memory(tmp_path / "file" / "remembered.json")
    for _ in range(2):  # what was not written is written again
        with pytest.raises(UserError):
            memory.keep("", {ONE: "a"}, [ONE], ())
    (tmp_path / "file").unlink()
    memory.keep("", {ONE: "a"}, [ONE], ())
    assert Memory(tmp_path / "file" / "remembered.json").label("", ONE) == "a"


# Together with a collection


def recalling(said: dict[tuple[str, Path], str]) -> Collection:
    collection = Collection(lambda model, path: said.get((model, path)))
    collection.add([ONE, TWO])
    return collection


def test_a_picture_that_comes_again_has_its_style() -> None:
    collection = recalling({("", ONE): "a", ("mine", TWO): "b"})
    assert collection.labels(Setting()) == {0: "a"}
    assert collection.labels(Setting(model="mine")) == {1: "b"}
    assert collection.labels(Setting(labels={0: "none", 1: "a"})) == {0: "none", 1: "a"}


def test_a_remembered_style_can_be_taken_back() -> None:
    collection = recalling({("", ONE): "a"})
    assert collection.labels(Setting(labels={0: ""})) == {}
    assert collection.labels(Setting()) == {0: "a"}, "as undo asks for"


def test_undo_finds_what_there_was_before_the_session() -> None:
    said = {("", ONE): "a"}
    collection = recalling(said)
    assert collection.labels(Setting()) == {0: "a"}
    said |= {("", ONE): "b", ("", TWO): "b"}  # kept since
    assert collection.labels(Setting()) == {0: "a"}


def test_a_model_that_is_chosen_again_has_all_that_was_said() -> None:
    said = {("", ONE): "a"}
    collection = recalling(said)
    assert collection.labels(Setting()) == {0: "a"}
    said[("", TWO)] = "b"
    del said[("", ONE)]
    labels = collection.labels_kept("")
    assert labels == {0: "", 1: "b"}
    assert collection.labels(Setting(labels=labels)) == {1: "b"}
