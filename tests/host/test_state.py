"""What the studio remembers between sessions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kirara_studio.host.state import StateStore


def later() -> tuple[list[Callable[[], None]], Callable[[Callable[[], None]], None]]:
    """A list of what was arranged for later, and the function that arranges it."""
    waiting: list[Callable[[], None]] = []
    return waiting, waiting.append


def test_values_are_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "data" / "state.json"
    store = StateStore(file)
    store.section("window")["geometry"] = [1, 2, 3, 4]
    store.section("characters").update(pins=[{"seed": 7}], title="桜")
    store.save()
    again = StateStore(file)
    assert again.section("window") == {"geometry": [1, 2, 3, 4]}
    assert again.section("characters") == {"pins": [{"seed": 7}], "title": "桜"}
    assert again.section("new") == {}


def test_a_section_is_always_the_same_dict(tmp_path: Path) -> None:
    store = StateStore(tmp_path / "state.json")
    assert store.section("a") is store.section("a")


def test_many_changes_arrange_one_save(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    waiting, schedule = later()
    section = StateStore(file, schedule).section("a")
    for number in range(10):
        section["n"] = number
    assert len(waiting) == 1
    assert not file.exists()
    waiting.pop()()
    assert json.loads(file.read_text()) == {"a": {"n": 9}}
    section["n"] = 10
    assert len(waiting) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda section: section.__setitem__("b", 1),
        lambda section: section.__delitem__("a"),
        lambda section: section.update(b=1),
        lambda section: section.__ior__({"b": 1}),
        lambda section: section.setdefault("b", []),
        lambda section: section.pop("a"),
        lambda section: section.popitem(),
        lambda section: section.clear(),
    ],
)
def test_every_way_of_changing_a_dict_is_noticed(
    tmp_path: Path, change: Callable[[dict[str, object]], object]
) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"x": {"a": 1}}')
    waiting, schedule = later()
    section = StateStore(file, schedule).section("x")
    change(section)
    waiting.pop()()
    assert json.loads(file.read_text())["x"] == section != {"a": 1}


def test_a_change_inside_a_value_is_saved_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"x": {"pins": [1]}}')
    store = StateStore(file)
    store.section("x")["pins"].append(2)
    store.save()
    assert json.loads(file.read_text()) == {"x": {"pins": [1, 2]}}


def test_sections_that_nobody_asked_for_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"plugin-that-is-off": {"a": 1}}')
    store = StateStore(file)
    store.section("b")["n"] = 1
    store.save()
    assert json.loads(file.read_text()) == {"plugin-that-is-off": {"a": 1}, "b": {"n": 1}}


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"a":{"n":1}}')
    store = StateStore(file)
    store.section("a")["n"] = 1
    store.save()
    assert file.read_text() == '{"a":{"n":1}}'


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2]", b"null", b'"text"', b"\xff\x00", b'{"a": 3}', b"[" * 100_000]
)
def test_a_damaged_file_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "state.json"
    file.write_bytes(content)
    store = StateStore(file)
    assert store.section("a") == {}
    store.section("a")["n"] = 1
    store.save()
    assert StateStore(file).section("a") == {"n": 1}


def test_a_value_that_is_not_json_costs_only_its_own_section(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"bad": {"old": 1}}')
    store = StateStore(file)
    store.section("bad")["path"] = Path("x")
    store.section("good")["n"] = 1
    store.save()
    assert json.loads(file.read_text()) == {"bad": {"old": 1}, "good": {"n": 1}}


def test_a_file_that_cannot_be_written_is_survived(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    store = StateStore(tmp_path / "data" / "state.json")
    store.section("a")["n"] = 1
    store.save()
    assert store.section("a") == {"n": 1}
