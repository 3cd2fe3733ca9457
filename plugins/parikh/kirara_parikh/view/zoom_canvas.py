"""A drawing that one moves and zooms."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kirara_studio.api.widgets import KeyboardFocus
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

_STEP = 1.25
_FARTHEST = 6.0  # times the size that fits


class ZoomCanvas(QWidget):
    """Draws a scene in units of its own; the wheel and +/− zoom, a drag moves, 0 fits it again.

    Subclasses give ``extent`` (what fits into the canvas), ``largest_scale`` and ``draw``.
    :attr:`clicked` and :attr:`hovered` carry places in the scene; None where the pointer left.
    """

    clicked = Signal(QPointF)
    hovered = Signal(object)

    largest_scale = 160.0
    """Pixels of a unit when the scene is zoomed in, and when a small scene fits."""
    margin = 32.0
    cornered = False
    """Whether a scene that fits lies at the left and below, or in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.keyboard = KeyboardFocus(self)
        self.message = ""
        self._scale = 1.0
        self._centre = QPointF()
        self._fitted = True
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def extent(self) -> QRectF:
        """The whole scene; empty if there is none."""
        raise NotImplementedError

    def draw(self, painter: QPainter, size: QRectF) -> None:
        """Draw the scene; :meth:`to_pixel` says where. ``size`` is the canvas."""
        raise NotImplementedError

    # Where things are

    @property
    def scale(self) -> float:
        """Pixels of one unit."""
        return self._scale

    def to_pixel(self, x: float, y: float) -> QPointF:
        """Where a point of the scene is drawn."""
        middle = QRectF(self.rect()).center()
        return middle + QPointF(x - self._centre.x(), y - self._centre.y()) * self._scale

    def to_scene(self, place: QPointF) -> QPointF:
        """The point of the scene at a pixel."""
        return (place - QRectF(self.rect()).center()) / self._scale + self._centre

    def fit(self) -> None:
        """Show the whole scene, as large as it fits."""
        self._fitted = True
        self._refit()
        self.update()

    def _refit(self) -> None:
        box = self.extent()
        across = max(1.0, self.width() - 2 * self.margin) / max(box.width(), 0.01)
        down = max(1.0, self.height() - 2 * self.margin) / max(box.height(), 0.01)
        self._fitted_scale = min(across, down, self.largest_scale)
        if self._fitted:
            self._scale, self._centre = self._fitted_scale, box.center()
            if self.cornered:
                half = QPointF(self.width() / 2 - self.margin, self.margin - self.height() / 2)
                self._centre = box.bottomLeft() + half / self._scale

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Zoom, keeping a pixel where it is (by default the middle)."""
        around = around or QRectF(self.rect()).center()
        kept = self.to_scene(around)
        least = self._fitted_scale / _FARTHEST
        most = max(self.largest_scale, self._fitted_scale * 4)
        self._scale = min(max(self._scale * factor, least), most)
        self._centre += kept - self.to_scene(around)
        self._fitted = False
        self.update()

    def reveal(self, x: float, y: float) -> None:
        """Move the scene so that a point is seen."""
        place, room = self.to_pixel(x, y), QRectF(self.rect()).adjusted(40, 40, -40, -40)
        if not room.contains(place):
            inside = QPointF(
                min(max(place.x(), room.left()), room.right()),
                min(max(place.y(), room.top()), room.bottom()),
            )
            self._centre += (place - inside) / self._scale
            self._fitted = False
        self.update()

    # Mouse and keyboard

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1.0015 ** event.angleDelta().y(), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self.hovered.emit(self.to_scene(event.position()))
            return
        way = event.position() - self._pressed
        if self._dragged or way.manhattanLength() >= QApplication.startDragDistance():
            self._dragged, self._fitted = True, False
            self._centre -= way / self._scale
            self._pressed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged:
            self.clicked.emit(self.to_scene(event.position()))
        self._pressed = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def leaveEvent(self, event: QEnterEvent) -> None:  # type: ignore[override]
        self.hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refit()

    def picture(self) -> QImage:
        """What is shown, at twice the size."""
        image = QImage(self.size() * 2, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(2.0)
        image.fill(color("ground"))
        with QPainter(image) as painter:
            self._paint(painter)
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)
            if self.keyboard.here:
                draw_focus_ring(painter, QRectF(self.rect()))

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(color("line"))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self.message:
            painter.setPen(color("text_soft"))
            painter.setFont(font(self, 14))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box.adjusted(40, 40, -40, -40), int(flags), self.message)
            return
        painter.setClipRect(box.adjusted(1, 1, -1, -1))
        self.draw(painter, box)
        painter.setClipping(False)
