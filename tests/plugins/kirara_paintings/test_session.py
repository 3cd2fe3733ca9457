"""What the panel works on, with the studio's real queue and engine and without a window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kirara_paintings.answers import FEATURES, NETWORK
from kirara_paintings.collection import WAITING, Group
from kirara_paintings.pictures.finding import samples_folder
from kirara_paintings.session import CLASSES, DETAIL, GALLERY, WELCOME, Session
from kirara_paintings.styles import COLOUR_FIELD, NEO_PLASTICISM, NONE, STYLES
from kirara_paintings.view_state import BY_NAME, OwnClass, ViewState
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context


@pytest.fixture
def session(context: Context, tmp_path: Path) -> Iterator[Session]:
    """A session with copies of the samples, all of them classified."""
    before = set(QApplication.allWidgets())
    session = Session(context)  # type: ignore[arg-type]
    session.restore(None)
    assert session.page == WELCOME and not session.can_start
    shutil.copytree(samples_folder(), tmp_path / "in")
    session.take([tmp_path / "in"])
    assert session.busy and session.page == GALLERY
    wait_for(lambda: len(session.order) == 12 and WAITING not in [g.name for g in session.groups])
    wait_for(lambda: not session.busy)
    yield session
    session.stop()
    assert not set(QApplication.allWidgets()) - before, "a session makes no widgets"


def number_of(session: Session, name: str) -> int:
    return next(n for n, path in enumerate(session.collection.paths) if path.stem == name)


def group(session: Session, name: str) -> Group:
    return next(group for group in session.groups if group.name == name)


def test_pictures_are_classified_and_grouped(session: Session, context: Context) -> None:
    assert number_of(session, "page") in group(session, NONE).numbers
    assert sorted(session.order) == list(range(12)) and context.errors == []
    assert {answer.method for answer in session.collection.outcomes[0].answers} == {
        NETWORK,
        FEATURES,
    }
    assert not session.document.undo_stack.canUndo(), "adding pictures is no step"


def test_labels_are_steps_and_are_kept(session: Session, context: Context) -> None:
    page = number_of(session, "page")
    session.label([page], COLOUR_FIELD)
    assert page in group(session, COLOUR_FIELD).numbers
    assert session.document.undo_stack.undoText() == "This is Colour field"
    again = Session(context)  # type: ignore[arg-type]
    assert again.label_store.label("", session.collection.paths[page]) == COLOUR_FIELD
    session.document.undo_stack.undo()
    assert page in group(session, NONE).numbers
    session.clear()
    assert session.page == WELCOME and session.count == 0
    session.document.undo_stack.undo()
    assert session.page == GALLERY and session.count == 12


def test_a_picture_is_explained_and_the_next_one(session: Session) -> None:
    first = session.order[0]
    session.open(first)
    assert session.page == DETAIL and not session.has_neighbour(-1)
    wait_for(lambda: session.detail.explained is not None)
    session.step(1)
    assert session.detail.number == session.order[1] and session.detail.explained is None
    wait_for(lambda: session.detail.explained is not None)
    assert session.detail.explained.request.item.path == session.collection.paths[session.order[1]]
    session.show_classes()
    assert session.page == CLASSES and not session.can_start
    session.show_classes(False)
    assert session.page == DETAIL, "where it was before"


def test_files_are_moved_and_a_stop_leaves_what_can_be_undone(
    session: Session, context: Context, tmp_path: Path
) -> None:
    paths = list(session.collection.paths)
    session.sort_into_folders(tmp_path / "out", move=True)
    session.stop()
    wait_for(lambda: not session.busy)
    assert all(path.exists() for path in session.collection.paths), "each is known where it is"
    stack = session.document.undo_stack
    if stack.canUndo():  # it had moved something already
        stack.undo()
        wait_for(lambda: not session.busy)
    assert session.collection.paths == paths and all(path.exists() for path in paths)
    session.sort_into_folders(tmp_path / "out", move=True)
    wait_for(lambda: not session.busy)
    assert not any(path.exists() for path in paths) and stack.undoText() == "Move into folders"
    stack.undo()
    session.stop()
    wait_for(lambda: not session.busy)
    assert all(path.exists() for path in session.collection.paths) and context.errors == []


def test_two_corrections_adjust_the_studios_classifier(session: Session, context: Context) -> None:
    before = {n: session.collection.prediction(n, NETWORK) for n in session.order}
    wrong = {number_of(session, "landscape-1"): NONE, number_of(session, "page"): COLOUR_FIELD}
    for number, style in wrong.items():
        session.label([number], style)
    checked = number_of(session, "planes-1")
    session.label([checked], NEO_PLASTICISM)
    session.learn_from_corrections()
    assert session.busy
    wait_for(lambda: context.offers)
    ((message, choices),) = context.offers
    assert "adjusted by 3 pictures" in message and "all of its 5 classes" in message
    assert session.models.chosen is None, "nothing is used without a click"
    next(iter(choices.values()))()
    wait_for(lambda: session.models.chosen is not None and not session.busy)
    assert session.styles == [*STYLES, NONE], "no class is lost"
    assert session.collection.labels(session.state) == {**wrong, checked: NEO_PLASTICISM}
    after = {n: session.collection.prediction(n, NETWORK) for n in session.order}
    assert {n: after[n][0] for n in wrong} == wrong
    others = [n for n in session.order if n not in wrong]
    assert [after[n][0] for n in others] == [before[n][0] for n in others]
    assert max(abs(after[n][1] - before[n][1]) for n in others) < 0.2
    assert context.errors == []


def test_own_classes_are_learnt_and_used(session: Session, context: Context) -> None:
    session.show_classes()
    names = ("page", "landscape-1", "planes-1", "planes-2")
    files = [session.collection.paths[number_of(session, name)] for name in names]
    session.own_classes.set_classes(
        (OwnClass("a", tuple(files[:2])), OwnClass("b", tuple(files[2:])))
    )
    session.start()
    assert session.busy
    wait_for(lambda: session.own_classes.result is not None)
    session.own_classes.save("ab", "CC0-1.0", "")
    wait_for(lambda: session.models.chosen is not None)
    assert session.page == GALLERY and session.styles == ["a", "b"] and session.busy
    session.own_classes.rename(0, "c")
    assert session.own_classes.result is None, "it is of other classes"
    assert context.errors == []


def test_learning_can_be_stopped(session: Session, context: Context) -> None:
    session.label([0], COLOUR_FIELD)
    session.learn_from_corrections()
    session.stop()
    assert not session.busy and context.offers == []
    files = session.collection.paths
    session.own_classes.set_classes(
        (OwnClass("a", tuple(files[:2])), OwnClass("b", tuple(files[2:4])))
    )
    session.show_classes()
    session.start()
    session.stop()
    assert not session.busy and session.own_classes.result is None and context.errors == []


def test_it_continues_where_an_earlier_one_ended(session: Session, context: Context) -> None:
    session.edit("", sort=BY_NAME, crop=False)
    again = Session(context)  # type: ignore[arg-type]
    again.restore(context.state["setting"])
    assert again.state == ViewState(sort=BY_NAME, crop=False) and again.count == 0
