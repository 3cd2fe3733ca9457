"""The wall: arrangement, picking with mouse and keyboard, badges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kirara_studio.api.widgets import PictureGrid
from kirara_studio.api.widgets.picture_grid import fit_cells

from .conftest import Heard, plain

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def grid(show: Callable[..., Any]) -> PictureGrid:
    made = show(PictureGrid(), 400, 400)
    made.set_pictures([plain(10 * i, 200, 50) for i in range(16)])
    return made


def centre(grid: PictureGrid, index: int) -> QPoint:
    return grid.cell(index).center().toPoint()


@pytest.mark.parametrize(
    ("count", "width", "height", "columns"),
    [
        (16, 400, 400, 4),
        (16, 200, 800, 2),
        (16, 1000, 130, 8),
        (16, 312, 544, 4),  # in three columns they would be larger, but the last one alone
        (17, 252, 544, 3),
        (18, 252, 544, 3),
        (18, 640, 800, 4),  # not three, which leave a quarter of the width empty
        (1, 300, 200, 1),
        (5, 900, 100, 5),
    ],
)
def test_cells_are_as_large_as_all_of_them_fit(
    count: int, width: int, height: int, columns: int
) -> None:
    found, side = fit_cells(count, width, height, 10)
    rows = -(-count // found)
    assert found == columns
    assert found * side + (found - 1) * 10 <= width + 1e-6
    assert rows * side + (rows - 1) * 10 <= height + 1e-6


@pytest.mark.parametrize("width", range(300, 340, 3))
def test_the_view_flows_in_the_columns_that_fit(grid: PictureGrid, width: int) -> None:
    grid.resize(width, width)
    tops = {grid.cell(index).top() for index in range(16)}
    assert len(tops) == 4
    assert grid.cell(15).bottom() <= grid.viewport().height()
    assert grid.cell(15).right() <= grid.viewport().width()


def test_every_cell_has_a_name_for_screen_readers(grid: PictureGrid) -> None:
    grid.set_pictures([plain(1, 2, 3)] * 2, names=["Seed 7"])
    grid.set_badges({1: "3"})
    reader = QAccessible.queryAccessibleInterface(grid)
    assert reader.childCount() == 2
    names = [reader.child(index).text(QAccessible.Text.Name) for index in range(2)]
    assert names == ["Seed 7", "Picture 2"]
    assert reader.child(1).text(QAccessible.Text.Description) == "3"


def test_a_click_picks_what_is_under_it(grid: PictureGrid) -> None:
    picked = Heard(grid.picked)
    QTest.mouseClick(grid.viewport(), LEFT, pos=centre(grid, 6))
    between = grid.cell(0).topRight().toPoint() + QPoint(5, 20)
    QTest.mouseClick(grid.viewport(), LEFT, pos=between)
    assert picked == [6]


def test_a_press_that_is_moved_away_picks_nothing(grid: PictureGrid) -> None:
    picked = Heard(grid.picked)
    QTest.mousePress(grid.viewport(), LEFT, pos=centre(grid, 1))
    QTest.mouseRelease(grid.viewport(), LEFT, pos=centre(grid, 2))
    assert picked == []


def test_the_keyboard_walks_and_picks(grid: PictureGrid) -> None:
    picked, hovered = Heard(grid.picked), Heard(grid.hovered)
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(grid, key)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    QTest.keyClick(grid, Qt.Key.Key_End)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert picked == [8, 15]
    assert hovered[:4] == [1, 5, 9, 8]


def test_a_picture_to_come_cannot_be_picked(grid: PictureGrid) -> None:
    picked = Heard(grid.picked)
    grid.set_pictures([None] * 16)
    QTest.mouseClick(grid.viewport(), LEFT, pos=centre(grid, 3))
    assert picked == []


def test_many_pictures_scroll_and_the_keyboard_brings_them_into_view(grid: PictureGrid) -> None:
    grid.set_pictures([plain(1, 2, 3)] * 300)
    assert grid.verticalScrollBar().maximum() > 0
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert grid.viewport().rect().contains(centre(grid, 299))


def test_pictures_and_badges_are_seen(grid: PictureGrid) -> None:
    image = grid.viewport().grab().toImage()
    assert image.pixelColor(centre(grid, 5)).getRgb()[:3] == (50, 200, 50)
    grid.set_badges({5: "1"})
    assert grid.viewport().grab().toImage() != image


def test_space_is_left_to_the_panel_after_a_click(show: Callable[..., Any]) -> None:
    """Whoever clicked a face and presses Space wants to play, not to unpin the face."""
    from PySide6.QtGui import QKeySequence, QShortcut

    window = QWidget()
    layout = QVBoxLayout(window)
    grid = PictureGrid()
    layout.addWidget(grid)
    layout.addWidget(QPushButton("another"))
    show(window, 300, 300)
    grid.set_pictures([plain(1, 2, 3)] * 4)
    window.activateWindow()
    shortcut = QShortcut(QKeySequence("Space"), window)
    played, picked = Heard(shortcut.activated), Heard(grid.picked)
    QTest.mouseClick(grid.viewport(), LEFT, pos=centre(grid, 0))
    grid.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert (len(played), picked) == (1, [0])
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert len(played) == 1 and len(picked) == 2
