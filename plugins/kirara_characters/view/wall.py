"""The panel's canvas: the film at the left, the wall of candidates and the history beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_characters.scene import Scene
from kirara_studio.api.widgets import ImageCanvas, Label, PictureGrid, Transport
from kirara_studio.api.widgets.picture_grid import fit_cells

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QResizeEvent

translate = QCoreApplication.translate

_GAP = 20
_TRANSPORT = 52
_HISTORY = 92
_EDGE = 8  # the grid's own margin, so that enlarged pictures are not cut


class WallView(QWidget):
    """Arranges its parts: pictures fill as much of the area as possible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = ImageCanvas(parent=self)
        self.transport = Transport(self)
        self.grid = PictureGrid(parent=self)
        self.history_title = Label(size=12, tone="text_soft", parent=self)
        self.history = PictureGrid(gap=8, smallest=44, largest=56, parent=self)
        self.history_title.hide()
        self.history.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setTabOrder(self.canvas, self.transport)
        self.setTabOrder(self.transport, self.grid)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts again."""
        self.history_title.setText(translate("characters", "Earlier"))
        self.canvas.setAccessibleName(translate("characters", "Character or film"))
        self.grid.setAccessibleName(translate("characters", "Candidates"))
        self.history.setAccessibleName(translate("characters", "Earlier candidates"))

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 300)

    def show_history(self, entries: Sequence[tuple[Scene, QImage]]) -> None:
        """Show the mosaics of earlier candidates; fewer than two are not worth a row."""
        name = translate("characters", "Candidates from seed {0}")
        self.history.set_pictures(
            [picture for _, picture in entries], names=[name.format(s.seed) for s, _ in entries]
        )
        shown = len(entries) > 1
        self.history.setVisible(shown)
        self.history_title.setVisible(shown)
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Place everything; call it when the number of candidates changed."""
        width, height = self.width(), self.height()
        history = _HISTORY if not self.history.isHidden() else 0
        if width < 0.9 * height:
            self._stack(width, height, history)
            return
        side = self._best_side(width, height, history)
        self.canvas.setGeometry(_EDGE, _EDGE, side, side)
        self.transport.setGeometry(_EDGE, side + _EDGE + 6, side, 40)
        left = side + _GAP
        wall_height = height - history
        self.grid.setGeometry(left, 0, width - left, wall_height)
        self._place_history(QRect(left, wall_height, width - left, history))

    def _best_side(self, width: int, height: int, history: int) -> int:
        """The side of the film at which pictures cover most, and both sides end at one height."""
        largest = min(int(0.66 * width), height - _TRANSPORT - 2 * _EDGE)
        count = max(self.grid.count, 1)

        def worth(side: int) -> float:
            room = width - side - _GAP - 2 * _EDGE, height - history - 2 * _EDGE
            columns, cell = fit_cells(count, *room, gap=10)
            cell = min(cell, 220.0)
            wall_height = -(-count // columns) * (cell + 10) - 10 + history
            covered = (side**2 + count * cell**2) / (width * height)
            return covered - 0.5 * abs(side + _TRANSPORT - wall_height) / height

        sides = range(min(240, largest), largest + 1, 2)
        return max(sides, key=worth, default=largest)

    def _stack(self, width: int, height: int, history: int) -> None:
        """In a tall area: the film above the wall."""
        side = min(width, int(0.5 * (height - _TRANSPORT - history)))
        left = (width - side) // 2
        self.canvas.setGeometry(left, 0, side, side)
        self.transport.setGeometry(left, side + 6, side, 40)
        top = side + _TRANSPORT
        self.grid.setGeometry(0, top, width, height - top - history)
        self._place_history(QRect(0, height - history, width, history))

    def _place_history(self, box: QRect) -> None:
        self.history_title.setGeometry(box.left() + _EDGE, box.top(), box.width(), 20)
        self.history.setGeometry(box.left(), box.top() + 18, box.width(), box.height() - 18)
