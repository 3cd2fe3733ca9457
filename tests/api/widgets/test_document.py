"""One value, shown while it is dragged, undone as steps."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QUndoStack

from kirara_studio.api.widgets import Document

from .conftest import Heard


@pytest.fixture
def document() -> Document[int]:
    return Document(1)


def test_an_edit_is_shown_settles_and_can_be_undone(document: Document[int]) -> None:
    shown, settled = Heard(document.shown), Heard(document.settled)
    document.edit(2, "Two")
    assert document.value == document.settled_value == 2
    assert document.undo_stack.undoText() == "Two"
    document.undo_stack.undo()
    assert document.value == document.settled_value == 1
    document.undo_stack.redo()
    assert shown == settled == [2, 1, 2]


def test_a_preview_is_shown_only(document: Document[int]) -> None:
    shown, settled = Heard(document.shown), Heard(document.settled)
    for value in (2, 3, 3):
        document.preview(value)
    assert shown == [2, 3] and settled == [] and not document.undo_stack.canUndo()
    assert document.value == 3 and document.settled_value == 1
    document.edit(3, "Three")
    assert settled == [3]
    document.undo_stack.undo()
    assert document.value == 1, "undone to what was before the drag, not to its way"


def test_a_drag_that_returns_is_no_step(document: Document[int]) -> None:
    settled = Heard(document.settled)
    document.preview(5)
    document.edit(1, "Moved")
    assert document.value == 1 and settled == [1] and not document.undo_stack.canUndo()
    document.edit(1, "Moved")
    assert settled == [1], "nothing happened"


def test_quick_edits_of_a_kind_are_one_step(document: Document[int]) -> None:
    for value in (2, 3, 4):
        document.edit(value, "Number", "number")
    document.edit(9, "Other", "other")
    document.edit(10, "Another")
    document.edit(11, "Another")
    assert document.undo_stack.count() == 4
    document.undo_stack.setIndex(1)
    assert document.value == 4
    document.undo_stack.undo()
    assert document.value == 1


def test_what_is_loaded_is_no_step(document: Document[int]) -> None:
    settled = Heard(document.settled)
    document.preview(3)
    document.replace(7)
    assert document.value == document.settled_value == 7 and settled == [7]
    document.edit(8, "Eight")
    document.undo_stack.undo()
    assert document.value == 7


def test_only_the_last_value_settles(document: Document[int]) -> None:
    settled = Heard(document.settled)
    document.shown.connect(lambda value: document.replace(10) if value > 10 else None)
    document.replace(50)
    assert document.value == 10 and settled == [10]


def test_documents_can_share_a_history() -> None:
    stack = QUndoStack()
    first, second = Document(1, stack), Document("a", stack)
    first.edit(2, "Two")
    second.edit("b", "B")
    stack.undo()
    assert first.value == 2 and second.value == "a"
    stack.undo()
    assert first.value == 1
