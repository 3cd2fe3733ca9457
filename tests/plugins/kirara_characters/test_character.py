"""Characters as plain values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kirara_characters.networks.character import Character, of_seeds

WORKED_ON = (
    Character(7, 0.8)
    .stepped(9, 0.25)
    .stepped(2**63 - 1, 1.0)
    .changed({"glasses": "round", "ahoge": True, "yaw": -0.5, "hair_tip_colour": ""})
)


def test_a_character_survives_being_written_down() -> None:
    mixed = Character(1, details=WORKED_ON)
    for character in (Character(5), WORKED_ON, mixed):
        assert Character.from_dict(json.loads(json.dumps(character.to_dict()))) == character
        assert hash(character) == hash(Character.from_dict(character.to_dict()))
    assert Character(5, 0.7).to_dict() == {"seed": 5, "truncation": 0.7}
    assert Character(5).plain and not WORKED_ON.plain


def test_changes_are_taken_back_by_name() -> None:
    assert WORKED_ON.changed({"ahoge": None, "yaw": 0.5}).changes == (
        ("glasses", "round"), ("hair_tip_colour", ""), ("yaw", 0.5),
    )  # fmt: skip
    back = WORKED_ON.changed(dict.fromkeys(dict(WORKED_ON.changes)))
    assert back == Character(7, 0.8).stepped(9, 0.25).stepped(2**63 - 1, 1.0)
    assert Character(1).stepped(2, 0.0) == Character(1)


def test_the_same_face_is_known_again_after_changes() -> None:
    one, other = of_seeds((1, 2), 0.7)
    assert one.resembles(Character(1).changed({"yaw": 1.0}))
    assert not one.resembles(other) and not one.resembles(one.stepped(2, 0.1))


@pytest.mark.parametrize(
    "change",
    [
        {"seed": -1}, {"seed": 2**63}, {"seed": True}, {"seed": 0.5}, {"seed": "x"}, {"seed": None},
        {"truncation": float("nan")}, {"truncation": "1"}, {"steps": 3}, {"steps": [[1]]},
        {"steps": [[1, "a"]]}, {"steps": [[-1, 0.5]]}, {"steps": [[1, 0.1]] * 1001},
        {"changes": [1]}, {"changes": {"yaw": None}}, {"changes": {"yaw": float("inf")}},
        {"changes": {str(i): 1 for i in range(501)}}, {"details": 3}, {"details": {}},
    ],
)  # fmt: skip
def test_values_that_make_no_sense_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        Character.from_dict({"seed": 1, **change})


def test_details_do_not_nest_without_end() -> None:
    value: dict[str, Any] = {"seed": 1}
    for _ in range(25):
        value = {"seed": 1, "details": value}
    with pytest.raises(ValueError, match="damaged"):
        Character.from_dict(value)
