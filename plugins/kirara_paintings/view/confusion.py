"""A confusion matrix that one can click into."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_paintings.words import style_name
from kirara_studio.api.widgets import KeyboardFocus
from kirara_studio.api.widgets.look import blend, color, draw_focus_ring, font

translate = QCoreApplication.translate

_NAMES, _HEAD = 110, 26
_LEAST, _MOST = 34, 56


class ConfusionMatrix(QWidget):
    """Rows are what pictures are, columns what they were taken for. A click, or the arrow keys,
    choose a cell (:attr:`chosen`: row, column)."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: list[str] = []
        self.counts: list[list[int]] = []
        self.current: tuple[int, int] | None = None
        self._keyboard = KeyboardFocus(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_counts(self, names: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        """Show how many pictures of each class (rows) were taken for each (columns)."""
        self.names, self.counts = list(names), [list(row) for row in counts]
        self.current = None
        self.setAccessibleName(translate("paintings", "Confusion matrix"))
        self.updateGeometry()
        self.update()

    @property
    def _side(self) -> float:
        return min(max(360 / max(len(self.names), 1), _LEAST), _MOST)

    def sizeHint(self) -> QSize:
        side = round(self._side * len(self.names))
        return QSize(_NAMES + side + 2, _HEAD + side + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def cell(self, row: int, column: int) -> QRectF:
        """Where a cell lies."""
        side = self._side
        return QRectF(_NAMES + column * side, _HEAD + row * side, side, side)

    def choose(self, row: int, column: int) -> None:
        """Go to a cell."""
        self.current = (row, column)
        self.setAccessibleDescription(
            translate("paintings", "{0}, taken for {1}: {2}").format(
                style_name(self.names[row]),
                style_name(self.names[column]),
                self.counts[row][column],
            )
        )
        self.update()
        self.chosen.emit(row, column)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for row in range(len(self.names)):
            for column in range(len(self.names)):
                if self.cell(row, column).contains(event.position()):
                    self.choose(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(Qt.Key(event.key()))
        if step is None or not self.names:
            super().keyPressEvent(event)
            return
        row, column = self.current or (0, 0)
        last = len(self.names) - 1
        self.choose(min(max(row + step[0], 0), last), min(max(column + step[1], 0), last))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            most = max((sum(row) for row in self.counts), default=1) or 1
            for row, counts in enumerate(self.counts):
                self._paint_name(painter, row)
                for column, count in enumerate(counts):
                    self._paint_cell(painter, row, column, count, count / most)
            if self.current is not None:
                box = self.cell(*self.current).adjusted(1, 1, -1, -1)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(color("text"), 2))
                painter.drawRoundedRect(box, 4, 4)
                if self._keyboard.here:
                    draw_focus_ring(painter, box.adjusted(-2, -2, 2, 2), 6)

    def _paint_name(self, painter: QPainter, index: int) -> None:
        painter.setFont(font(self, 12))
        painter.setPen(color("text_soft"))
        metrics = painter.fontMetrics()
        elide = Qt.TextElideMode.ElideRight
        name = style_name(self.names[index])
        row = self.cell(index, 0)
        beside = QRectF(0, row.top(), _NAMES - 8, row.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(beside, flags, metrics.elidedText(name, elide, int(beside.width())))
        above = self.cell(0, index)
        head = QRectF(above.left(), 0, above.width(), _HEAD - 4)
        short = metrics.elidedText(name, elide, int(head.width()))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, short)

    def _paint_cell(
        self, painter: QPainter, row: int, column: int, count: int, share: float
    ) -> None:
        box = self.cell(row, column).adjusted(1.5, 1.5, -1.5, -1.5)
        strong = color("success" if row == column else "attention")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(color("sunken"), strong, 0.15 + 0.4 * share if count else 0))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font(self, 14, bold=bool(count)))
        painter.setPen(color("text" if count else "text_disabled"))
        centre = QPointF(box.center())
        place = QRectF(centre.x() - 30, centre.y() - 12, 60, 24)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{count}")
