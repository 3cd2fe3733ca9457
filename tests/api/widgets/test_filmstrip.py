"""The strip: selecting, reordering, removing, and the seconds between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest

from kirara_studio.api.widgets import DRAG_TYPE, FilmItem, Filmstrip, to_image

from .conftest import Heard, plain

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(show: Callable[..., Any]) -> Filmstrip:
    made = show(Filmstrip(shortest=0.2, longest=5.0), 900, 112)
    made.set_items([FilmItem(to_image(plain(80 * i, 0, 0)), 1.2, "Smooth") for i in range(3)])
    return made


def middle(strip: Filmstrip, index: int) -> QPoint:
    return strip.picture_box(index).center().toPoint()


def test_every_cell_has_a_name_for_screen_readers(strip: Filmstrip) -> None:
    strip.set_items([FilmItem(None, 1.2, "Smooth", "Pin 1"), FilmItem(None)])
    reader = QAccessible.queryAccessibleInterface(strip)
    names = [reader.child(index).text(QAccessible.Text.Name) for index in range(3)]
    assert names == ["Pin 1, 1.2 s · Smooth", "Picture 2", "Empty place"]


@pytest.mark.parametrize("width", [765, 1600])
def test_four_pictures_and_the_empty_place_fit(show: Callable[..., Any], width: int) -> None:
    """765 is what is left of a window of 1280."""
    strip = show(Filmstrip(), width, 112)
    strip.set_items([FilmItem(None, 1.2, "Smooth, to the start") for _ in range(4)])
    right = strip.picture_box(4).right()
    assert right <= strip.viewport().width() and strip.track_box(0).width() >= 50
    assert strip.picture_box(0).width() >= 56
    whole = strip.track_box(0).width() > 200
    assert strip.note_text(0) == ("1.2 s · Smooth, to the start" if whole else "1.2 s")


def test_a_click_selects(strip: Filmstrip) -> None:
    selected = Heard(strip.selected)
    QTest.mouseClick(strip.viewport(), LEFT, pos=middle(strip, 1))
    assert selected == [1] and strip.current == 1


@pytest.mark.parametrize(
    ("start", "end", "emitted"), [(0, 2, (0, 2)), (2, 0, (2, 0)), (1, 1, None)]
)
def test_a_drag_reorders(
    strip: Filmstrip, start: int, end: int, emitted: tuple[int, int] | None
) -> None:
    moved = Heard(strip.moved)
    beyond = QPoint(8 if end > start else -8, 0)
    QTest.mousePress(strip.viewport(), LEFT, pos=middle(strip, start))
    QTest.mouseMove(strip.viewport(), middle(strip, start) + QPoint(20, 0))
    QTest.mouseMove(strip.viewport(), middle(strip, end) + beyond)
    QTest.mouseRelease(strip.viewport(), LEFT, pos=middle(strip, end) + beyond)
    assert moved == ([emitted] if emitted else [])


def test_the_cross_appears_under_the_pointer_and_removes(strip: Filmstrip) -> None:
    removed = Heard(strip.removed)
    cross = strip.remove_box(1).center().toPoint()
    assert strip.part_at(QPointF(cross)) != ("remove", 1)
    QTest.mouseMove(strip.viewport(), middle(strip, 1))
    QTest.mouseMove(strip.viewport(), cross)
    QTest.mouseClick(strip.viewport(), LEFT, pos=cross)
    assert removed == [1]


def test_dragging_the_slider_changes_the_seconds_once(strip: Filmstrip) -> None:
    changing, changed = Heard(strip.seconds_changing), Heard(strip.seconds_changed)
    track = strip.track_box(0)
    y = int(track.center().y())
    QTest.mousePress(strip.viewport(), LEFT, pos=QPoint(int(track.left()) + 5, y))
    QTest.mouseMove(strip.viewport(), QPoint(int(track.center().x()), y))
    QTest.mouseMove(strip.viewport(), QPoint(int(track.right()) + 500, y))
    QTest.mouseRelease(strip.viewport(), LEFT, pos=QPoint(int(track.right()), y))
    assert len(changing) == 3
    assert changed == [(0, 5.0)]


def test_the_keyboard_does_it_all(strip: Filmstrip) -> None:
    selected, moved, removed = Heard(strip.selected), Heard(strip.moved), Heard(strip.removed)
    changed, noted = Heard(strip.seconds_changed), Heard(strip.note_clicked)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(strip, Qt.Key.Key_Up)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert selected == [0, 1] and moved == [(1, 0)]
    assert changed == [(0, 1.3)] and noted[0][0] == 0 and removed == [0]


def test_the_empty_place_asks_for_one_more(strip: Filmstrip) -> None:
    asked = Heard(strip.add_clicked)
    QTest.mouseClick(strip.viewport(), LEFT, pos=middle(strip, 3))
    assert len(asked) == 1


def test_a_picture_dropped_between_two_arrives_there(strip: Filmstrip) -> None:
    dropped = Heard(strip.dropped)
    data = QMimeData()
    data.setData(DRAG_TYPE, b'{"seed": 7}')
    place = QPointF(strip.note_box(0).center())
    event = QDropEvent(
        place,
        Qt.DropAction.CopyAction,
        data,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    strip.dropEvent(event)
    assert dropped == [('{"seed": 7}', 1)]


def test_an_open_film_has_no_segment_after_the_last(strip: Filmstrip) -> None:
    items = [FilmItem(None, 1.0), FilmItem(None, None)]
    strip.set_items(items)
    strip.set_playhead(1.0)
    assert strip.part_at(strip.picture_box(2).center()) == ("add", 2)
    assert strip.picture_box(2).left() - strip.picture_box(1).right() < 20
    strip.viewport().grab()  # paints pictures to come, and the playhead at the end


def test_a_long_strip_follows_the_playhead(strip: Filmstrip) -> None:
    strip.set_items([FilmItem(None, 1.0) for _ in range(20)])
    strip.set_playhead(0.5)
    assert strip.picture_box(15).left() > strip.viewport().width()
    strip.set_playhead(15.2)
    assert strip.picture_box(15).right() < strip.viewport().width()
    strip.set_playhead(0.1)
    assert strip.picture_box(0).left() >= 0


def test_the_keyboard_reaches_the_empty_place(strip: Filmstrip) -> None:
    added, selected = Heard(strip.add_clicked), Heard(strip.selected)
    strip.clearFocus()
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(5):
        QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.current == 3 and selected == [1, 2]
    QTest.keyClick(strip, Qt.Key.Key_Up)  # nothing to time there
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert len(added) == 1


def test_what_is_dragged_may_disappear(strip: Filmstrip) -> None:
    moved = Heard(strip.moved)
    QTest.mousePress(strip.viewport(), LEFT, pos=middle(strip, 2))
    QTest.mouseMove(strip.viewport(), middle(strip, 2) - QPoint(40, 0))
    strip.set_items([FilmItem(None)])
    strip.viewport().grab()
    QTest.mouseRelease(strip.viewport(), LEFT, pos=QPoint(5, 5))
    assert moved == []
