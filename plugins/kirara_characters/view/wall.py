"""The panel's canvas: the film at the left, the wall of candidates and the history beside it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_characters.scene import Scene
from kirara_studio.api.widgets import (
    Button,
    ImageCanvas,
    PictureGrid,
    Segments,
    Transport,
    plain_tip,
)
from kirara_studio.api.widgets.picture_grid import fit_cells

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QResizeEvent

translate = QCoreApplication.translate

_GAP = 20
_TRANSPORT = 52
_HISTORY = 110
_BUTTON = 36
_EDGE = 8  # the grid's own margin, so that enlarged pictures are not cut


class WallView(QWidget):
    """Arranges its parts: pictures fill as much of the area as possible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = ImageCanvas(parent=self)
        self.canvas.leads = True
        self.transport = Transport(self)
        self.walk = Button(icon="walk", kind="quiet", parent=self)
        self.walk.setCheckable(True)
        self.keep = Button(icon="plus", kind="quiet", parent=self)
        self.keep.hide()
        self.grid = PictureGrid(parent=self)
        self.shelf = Segments(["", ""], parent=self)
        self.history = PictureGrid(gap=8, smallest=44, largest=56, parent=self)
        self.favourites = PictureGrid(gap=8, smallest=44, largest=56, parent=self)
        self._entries = [0, 0]  # earlier candidates and favourites
        self.shelf.chosen.connect(self._show_shelf)
        self._show_shelf()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setTabOrder(self.canvas, self.transport)
        self.setTabOrder(self.transport, self.walk)
        self.setTabOrder(self.walk, self.keep)
        self.setTabOrder(self.keep, self.grid)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts again."""
        self._name_shelves()
        self.shelf.set_name(translate("characters", "Shelf"))
        self.favourites.setAccessibleName(translate("characters", "Favourites"))
        self.canvas.setAccessibleName(translate("characters", "Character or film"))
        drag = translate(
            "characters", "Drag to wander to other characters; with Shift, drag the picture out"
        )
        self.canvas.setToolTip(plain_tip(drag))
        self.walk.set_purpose(translate("characters", "Endless walk"))
        self.keep.set_purpose(translate("characters", "Keep what the walk passed as a film"))
        self.grid.setAccessibleName(translate("characters", "Candidates"))
        self.history.setAccessibleName(translate("characters", "Earlier candidates"))

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 300)

    def show_walking(self, walking: bool) -> None:
        """Show whether a walk goes on."""
        self.walk.setChecked(walking)
        self.keep.setVisible(walking)
        self.arrange()

    def show_history(self, entries: Sequence[tuple[Scene, QImage]]) -> None:
        """Show the mosaics of earlier candidates; fewer than two are not worth a row."""
        name = translate("characters", "Candidates from seed {0}")
        self.history.set_pictures(
            [picture for _, picture in entries], names=[name.format(s.seed) for s, _ in entries]
        )
        self._entries[0] = len(entries) if len(entries) > 1 else 0
        self._show_shelf()

    def show_favourites(self, pictures: Sequence[QImage | None], seeds: Sequence[int]) -> None:
        """Show the favourites, of which some may not be drawn yet."""
        name = translate("characters", "Favourite with seed {0}")
        self.favourites.set_pictures(pictures, names=[name.format(seed) for seed in seeds])
        more = len(pictures) > self._entries[1]
        self._entries[1] = len(pictures)
        if more:
            self.shelf.set_current(1)
        self._show_shelf()

    def _show_shelf(self) -> None:
        """Show one row or the other; without entries neither."""
        shown = any(self._entries)
        if not self._entries[self.shelf.current]:
            self.shelf.set_current(1 - self.shelf.current)
        favourites = bool(self.shelf.current)
        self._name_shelves()
        self.shelf.setVisible(shown)
        self.history.setVisible(shown and not favourites)
        self.favourites.setVisible(shown and favourites)
        self.arrange()

    def _name_shelves(self) -> None:
        favourites = translate("characters", "Favourites")
        self.shelf.set_texts([translate("characters", "Earlier"), favourites])

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Place everything; call it when the number of candidates changed."""
        width, height = self.width(), self.height()
        history = _HISTORY if any(self._entries) else 0
        if width < 0.9 * height:
            self._stack(width, height, history)
            return
        side = _best_side(max(self.grid.count, 1), width, height, history)
        self.canvas.setGeometry(_EDGE, _EDGE, side, side)
        self._place_transport(_EDGE, side + _EDGE + 6, side)
        left = side + _GAP
        wall_height = height - history
        self.grid.setGeometry(left, 0, width - left, wall_height)
        self._place_history(QRect(left, wall_height, width - left, history))

    def _stack(self, width: int, height: int, history: int) -> None:
        """In a tall area: the film above the wall."""
        side = min(width, int(0.5 * (height - _TRANSPORT - history)))
        left = (width - side) // 2
        self.canvas.setGeometry(left, 0, side, side)
        self._place_transport(left, side + 6, side)
        top = side + _TRANSPORT
        self.grid.setGeometry(0, top, width, height - top - history)
        self._place_history(QRect(0, height - history, width, history))

    def _place_transport(self, left: int, top: int, width: int) -> None:
        buttons = [self.keep, self.walk] if not self.keep.isHidden() else [self.walk]
        room = len(buttons) * (_BUTTON + 4)
        self.transport.setGeometry(left, top, width - room, 40)
        for place, button in enumerate(buttons):
            x = left + width - room + 4 + place * (_BUTTON + 4)
            button.setGeometry(x, top + (40 - _BUTTON) // 2, _BUTTON, _BUTTON)

    def _place_history(self, box: QRect) -> None:
        size = self.shelf.sizeHint()
        width = min(size.width(), box.width() - 2 * _EDGE)
        self.shelf.setGeometry(box.left() + _EDGE, box.top(), width, size.height())
        below = box.adjusted(0, size.height(), 0, 0)
        for grid in (self.history, self.favourites):
            grid.setGeometry(below)


@functools.lru_cache(maxsize=8)
def _best_side(count: int, width: int, height: int, history: int) -> int:
    """The side of the film at which pictures cover most, and both sides end at one height.

    It is remembered, since every picture that arrives has everything placed again.
    """
    largest = min(int(0.66 * width), height - _TRANSPORT - 2 * _EDGE)

    def worth(side: int) -> float:
        room = width - side - _GAP - 2 * _EDGE, height - history - 2 * _EDGE
        columns, cell = fit_cells(count, *room, gap=10)
        cell = min(cell, 220.0)
        wall_height = -(-count // columns) * (cell + 10) - 10 + history
        covered = (side**2 + count * cell**2) / (width * height)
        return covered - 0.5 * abs(side + _TRANSPORT - wall_height) / height

    sides = range(min(240, largest), largest + 1, 2)
    return max(sides, key=worth, default=largest)
