"""A semilinear set of two counts as points of the plane."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPen, QPolygonF, QTransform

from kirara_parikh.images.linear import LinearSet, SemilinearSet
from kirara_parikh.images.plane import points, rows
from kirara_parikh.view.zoom_canvas import ZoomCanvas
from kirara_studio.api.widgets import set_role
from kirara_studio.api.widgets.style import color, draw_line, font

_MOST_ARROWS = 6  # parts whose periods are drawn
_LARGEST_WINDOW = 512  # counts in each direction
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}

Cell = tuple[int, int]


class PlaneCanvas(ZoomCanvas):
    """Shows which pairs of counts are in the set.

    :attr:`pointed` carries the pair under the pointer, or that the arrow keys chose; None if there
    is none. :attr:`chosen` follows a click and Enter.
    """

    pointed = Signal(object)
    chosen = Signal(object)
    largest_scale = 56.0
    margin = 12.0
    cornered = True

    def __init__(self) -> None:
        super().__init__()
        self._image: SemilinearSet | None = None
        self._window = (0, 0)
        self._rows: list[int] = []
        self._points = QPolygonF()
        self.cell: Cell | None = None
        self.hovered.connect(self._on_hover)
        self.clicked.connect(self._on_click)
        set_role(self, QAccessible.Role.Chart)

    def show_set(self, image: SemilinearSet | None) -> None:
        """Show a set of pairs."""
        if image != self._image:
            self._image = image
            self._window, self.cell = (0, 0), None
            self._prepare(64, 64)
            self.fit()

    def contains(self, cell: Cell) -> bool:
        """Whether a pair is in the set, as far as it was computed."""
        x, y = cell
        self._prepare(x + 1, y + 1)
        return y < len(self._rows) and bool(self._rows[y] >> x & 1)

    def _prepare(self, width: int, height: int) -> None:
        """Compute a window of the set that is large enough."""
        width, height = (
            min(_LARGEST_WINDOW, 2 ** math.ceil(math.log2(max(size, 2))))
            for size in (width, height)
        )
        if self._image is None or (width <= self._window[0] and height <= self._window[1]):
            return
        self._window = max(width, self._window[0]), max(height, self._window[1])
        self._rows = rows(self._image, *self._window)
        self._points = QPolygonF([QPointF(x, -y) for x, y in points(self._rows)])

    def extent(self) -> QRectF:
        if self._image is None:
            return QRectF()
        reach = [8, 8]
        for part in self._image.parts[:40]:
            for axis in (0, 1):
                steps = sum(period[axis] for period in part.periods)
                reach[axis] = max(reach[axis], part.base[axis] + min(2 * steps, 16))
        across, up = (min(entry, 60) for entry in reach)
        if not self._image.letters[1]:
            up = 2
        return QRectF(-1.6, -up - 1, across + 2.6, up + 2.2)

    # Pointing

    def _on_hover(self, place: QPointF | None) -> None:
        self.point_at(None if place is None else _cell_at(place))

    def point_at(self, cell: Cell | None) -> None:
        """Mark a pair, and emit it."""
        if cell is not None and (min(cell) < 0 or max(cell) >= _LARGEST_WINDOW):
            cell = None
        if cell is not None and self._image is not None and not self._image.letters[1] and cell[1]:
            cell = None
        if cell != self.cell:
            self.cell = cell
            self.update()
            self.pointed.emit(cell)

    def _on_click(self, place: QPointF) -> None:
        self.point_at(_cell_at(place))
        if self.cell is not None:
            self.chosen.emit(self.cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES:
            x, y = self.cell or (0, 0)
            across, up = _MOVES[key] if self.cell is not None else (0, 0)
            cell = max(0, x + across), max(0, y + up)
            self.reveal(cell[0], -cell[1])
            self.point_at(cell)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.cell is not None:
            self.chosen.emit(self.cell)
        else:
            super().keyPressEvent(event)

    # Painting

    def draw(self, painter: QPainter, size: QRectF) -> None:
        if self._image is None:
            return
        corner = self.to_scene(size.topRight())
        self._prepare(int(corner.x()) + 2, int(-corner.y()) + 2)
        self._draw_grid(painter, size)
        if len(self._image.parts) <= _MOST_ARROWS:
            for part in self._image.parts:
                self._draw_periods(painter, part)
        self._draw_points(painter)
        for part in self._image.parts[:200]:
            self._draw_base(painter, part)
        if self.cell is not None:
            self._draw_cell(painter, self.cell)

    def _draw_grid(self, painter: QPainter, size: QRectF) -> None:
        step = next((step for step in _STEPS if step * self.scale >= 36), _STEPS[-1])
        origin, corner = self.to_pixel(0, 0), self.to_scene(size.topRight())
        painter.setFont(font(self, 12))
        one_letter = self._image is not None and not self._image.letters[1]
        for x in range(0, max(0, int(corner.x())) + 1, step):
            place = self.to_pixel(x, 0)
            if not one_letter:
                draw_line(painter, QPointF(place.x(), size.top()), place, color("line"), 1)
            painter.setPen(color("text_soft"))
            box = QRectF(place.x() - 30, origin.y() + 8, 60, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, str(x))
        for y in range(step, max(0, int(-corner.y())) + 1, step) if not one_letter else ():
            place = self.to_pixel(0, -y)
            draw_line(painter, place, QPointF(size.right(), place.y()), color("line"), 1)
            painter.setPen(color("text_soft"))
            box = QRectF(place.x() - 68, place.y() - 9, 58, 18)
            middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, middle, str(y))
        strong = color("line_strong")
        draw_line(painter, origin, QPointF(size.right(), origin.y()), strong, 1.5)
        if not one_letter:
            draw_line(painter, QPointF(origin.x(), size.top()), origin, strong, 1.5)
        self._draw_letters(painter, size, origin)

    def _draw_letters(self, painter: QPainter, size: QRectF, origin: QPointF) -> None:
        if self._image is None:
            return
        across, up = self._image.letters
        painter.setPen(color("text"))
        painter.setFont(font(self, 14, bold=True))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        y = min(origin.y(), size.bottom() - 28) - 24
        painter.drawText(QRectF(size.right() - 112, y, 100, 20), right, across)
        x = max(origin.x(), size.left()) + 10
        painter.drawText(QRectF(x, size.top() + 8, 160, 20), Qt.AlignmentFlag.AlignLeft, up)

    def _draw_points(self, painter: QPainter) -> None:
        pen = QPen(color("accent"), min(max(self.scale * 0.36, 1.6), 13))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        origin = self.to_pixel(0, 0)
        place = QTransform(self.scale, 0, 0, self.scale, origin.x(), origin.y())
        painter.drawPoints(place.map(self._points))

    def _draw_periods(self, painter: QPainter, part: LinearSet) -> None:
        begin = self.to_pixel(part.base[0], -part.base[1])
        for across, up in part.periods:
            end = self.to_pixel(part.base[0] + across, -part.base[1] - up)
            way = end - begin
            length = math.hypot(way.x(), way.y())
            if length < 12:
                continue
            ink = color("success")
            direction = way / length
            side = QPointF(-direction.y(), direction.x())
            tip = end - direction * min(self.scale * 0.22, 9)
            draw_line(painter, begin, tip - direction * 4, ink, 2.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            back = tip - direction * 9
            painter.drawPolygon(QPolygonF([tip, back + side * 5, back - side * 5]))

    def _draw_base(self, painter: QPainter, part: LinearSet) -> None:
        radius = min(max(self.scale * 0.25, 2.5), 9)
        painter.setPen(QPen(color("success_text"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.to_pixel(part.base[0], -part.base[1]), radius, radius)

    def _draw_cell(self, painter: QPainter, cell: Cell) -> None:
        place = self.to_pixel(cell[0], -cell[1])
        radius = min(max(self.scale * 0.36, 6), 13)
        painter.setPen(QPen(color("text" if self.contains(cell) else "text_disabled"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, radius, radius)


def _cell_at(place: QPointF) -> Cell:
    return round(place.x()), round(-place.y())
