"""How pictures are grouped."""

from __future__ import annotations

from pathlib import Path

from kirara_paintings.answers import FEATURES, NETWORK, Answer
from kirara_paintings.classifying import Outcome
from kirara_paintings.collection import UNREAD, WAITING, Collection, answers_as_csv
from kirara_paintings.view_state import BY_NAME, CORRECTED, DISAGREE, ViewState
from kirara_studio.api.errors import UserError

STYLES = ("a", "b", "none")


def answer(method: str, style: str, confidence: float) -> Answer:
    rest = (1 - confidence) / 2
    shares = {name: confidence if name == style else rest for name in STYLES}
    return Answer(method, shares)


def some() -> Collection:
    """Five pictures: two of a, one on which the classifiers differ, one unread, one waiting."""
    collection = Collection()
    collection.add(Path(f"/pictures/{name}.png") for name in ("one", "two", "Three", "bad", "new"))
    for number, network, features in (
        (0, ("a", 0.6), ("a", 0.9)),
        (1, ("a", 0.8), ("a", 0.7)),
        (2, ("b", 0.9), ("none", 0.5)),
    ):
        answers = (answer(NETWORK, *network), answer(FEATURES, *features))
        collection.put(Outcome(collection.paths[number], answers=answers))
    collection.put(Outcome(collection.paths[3], error=UserError("broken")))
    return collection


def groups(collection: Collection, state: ViewState) -> dict[str, tuple[int, ...]]:
    return {group.name: group.numbers for group in collection.groups(state, STYLES)}


def test_pictures_stand_under_their_styles_the_surest_first() -> None:
    found = groups(some(), ViewState())
    assert found == {"a": (1, 0), "b": (2,), "none": (), UNREAD: (3,), WAITING: (4,)}
    assert list(found) == ["a", "b", "none", WAITING, UNREAD]
    assert groups(some(), ViewState(FEATURES))["a"] == (0, 1)
    assert groups(some(), ViewState(FEATURES))["none"] == (2,)
    assert groups(some(), ViewState(sort=BY_NAME))["a"] == (0, 1)


def test_the_users_label_wins() -> None:
    collection = some()
    state = ViewState(labels={0: "b", 3: "none", 4: "a"})
    found = groups(collection, state)
    assert found["a"] == (1, 4) and set(found["b"]) == {0, 2} and found["none"] == (3,)
    assert UNREAD not in found and WAITING not in found
    assert groups(collection, ViewState(only=CORRECTED, labels={1: "b"}))["b"] == (1,)
    only = groups(collection, ViewState(only=DISAGREE))
    assert only == {"a": (), "b": (2,), "none": ()}
    assert groups(collection, ViewState(removed=frozenset({1, 2})))["a"] == (0,)


def test_pictures_are_there_once_and_may_move() -> None:
    collection = some()
    assert collection.add([collection.paths[1], Path("/pictures/x.png")]) == [5]
    collection.moved(1, Path("/elsewhere/two.png"))
    assert collection.number_of(Path("/elsewhere/two.png")) == 1
    assert collection.number_of(Path("/pictures/two.png")) is None
    collection.put(Outcome(Path("/pictures/two.png")))
    assert collection.prediction(1, NETWORK) is not None, "what comes for the old name is dropped"


def test_the_table_names_model_crop_and_who_gave_it() -> None:
    state = ViewState(labels={0: "b"}, removed=frozenset({2}))
    rows = answers_as_csv(some(), state, {NETWORK: "Studio abc"}).splitlines()
    assert rows[0] == "path,method,style,confidence,model,crop"
    assert rows[1] == "/pictures/one.png,network,a,0.6000,Studio abc,0.0000 0.0000 1.0000 1.0000"
    assert "/pictures/one.png,you,b,1.0000,," in rows
    assert len(rows) == 1 + 2 + 1 + 2 and not any("Three" in row for row in rows)


def test_a_setting_survives_being_written_down() -> None:
    state = ViewState(FEATURES, BY_NAME, DISAGREE, crop=False, model="x")
    assert ViewState.from_dict(state.to_dict()) == state
    assert (
        ViewState.from_dict({"method": 3, "sort": "odd", "crop": "yes", "model": 1}) == ViewState()
    )
    assert ViewState().crops(1) and not ViewState(turned=frozenset({1})).crops(1)
