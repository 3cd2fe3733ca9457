"""The clip as a strip of film, with the moment where the future begins."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_foresight.jobs import Opened
from kirara_studio.api.widgets import KeyboardFocus, set_role, to_image
from kirara_studio.api.widgets.style import color, draw_focus_ring, font

translate = QCoreApplication.translate

_SIDE, _HEAD, _FOOT = 16, 22, 10
_INSIDE = Qt.AspectRatioMode.KeepAspectRatio
_FAR = 10  # frames, with Shift or Page up and down


class MomentStrip(QWidget):
    """Moves the moment by drag, click and keys: ←→ by a frame, with Shift by ten, Home, End.

    :attr:`changing` carries the frame during a drag, :attr:`changed` the one at its end.
    """

    changing = Signal(int)
    changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._clip: Opened | None = None
        self._pictures: list[tuple[int, QImage]] = []
        self._start, self._seen, self._frames = 1, 10, 10
        self._playhead: int | None = None
        self._keyboard = KeyboardFocus(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, QAccessible.Role.Slider)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts again."""
        self.setAccessibleName(translate("foresight", "Where the future begins"))
        self.setToolTip(
            translate(
                "foresight", "Drag the line, or use ← and → (with Shift: ten frames), Home and End."
            )
        )

    # What it shows

    def show_clip(self, clip: Opened | None) -> None:
        """Show another clip."""
        self._clip = clip
        self._pictures = (
            [(number, to_image(picture)) for number, picture in clip.thumbnails] if clip else []
        )
        self._playhead = None
        self.update()

    def show_moment(self, start: int, seen: int, frames: int) -> None:
        """Show the first frame of the future, and the frames that are seen and predicted."""
        self._start, self._seen, self._frames = start, seen, frames
        self.setAccessibleDescription(translate("foresight", "Frame {0}").format(start))
        self.update()

    def set_playhead(self, frame: int | None) -> None:
        """Mark the frame that is shown."""
        self._playhead = frame
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 104)

    # Where things are

    def place(self, frame: float) -> float:
        """The left edge of a frame, in pixels."""
        return _SIDE + (self.width() - 2 * _SIDE) * frame / self._count

    def frame_at(self, x: float) -> int:
        """The nearest moment."""
        share = (x - _SIDE) / max(self.width() - 2 * _SIDE, 1)
        return self._within(round(share * self._count))

    @property
    def _count(self) -> int:
        return self._clip.count if self._clip is not None else 1

    def _within(self, frame: int) -> int:
        return min(max(frame, 1), self._count)

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._clip is not None:
            self.changing.emit(self.frame_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._clip is not None:
            self.changed.emit(self.frame_at(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._clip is not None and event.angleDelta().y():
            self._go(self._start + (-1 if event.angleDelta().y() > 0 else 1))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        places = {
            Qt.Key.Key_Left: self._start - step,
            Qt.Key.Key_Right: self._start + step,
            Qt.Key.Key_PageUp: self._start - _FAR,
            Qt.Key.Key_PageDown: self._start + _FAR,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: self._count,
        }
        if key in places and self._clip is not None:
            self._go(places[key])
        else:
            super().keyPressEvent(event)

    def _go(self, frame: int) -> None:
        frame = self._within(frame)
        if frame != self._start:
            self.changed.emit(frame)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._clip is None or not self._pictures:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            film = QRectF(_SIDE, _HEAD, self.width() - 2 * _SIDE, self.height() - _HEAD - _FOOT)
            self._paint_film(painter, film)
            self._paint_parts(painter, film.bottom() + 5)
            self._paint_moment(painter, film)
            if self._keyboard.here:
                draw_focus_ring(painter, film.adjusted(-3, -3, 3, 3))

    def _paint_film(self, painter: QPainter, film: QRectF) -> None:
        first = self._pictures[0][1]
        width = max(film.height() * first.width() / max(first.height(), 1), 12.0)
        count = max(1, round(film.width() / width))
        width = film.width() / count
        painter.save()
        painter.setClipRect(film)
        painter.fillRect(film, color("sunken"))
        for place in range(count):
            wanted = (place + 0.5) / count * self._count
            _, image = min(self._pictures, key=lambda one: abs(one[0] - wanted))
            box = QRectF(film.left() + place * width, film.top(), width + 0.5, film.height())
            whole = QRectF(image.rect())
            part = QRectF(whole.topLeft(), box.size().scaled(whole.size(), _INSIDE))
            part.moveCenter(whole.center())
            painter.drawImage(box, image, part)
        future = QRectF(film)
        future.setLeft(self.place(self._start))
        painter.fillRect(future, color("surface", 0.45))
        painter.restore()

    def _paint_parts(self, painter: QPainter, y: float) -> None:
        """Mark the frames that are seen and predicted, and the playhead."""
        parts = (
            (max(0, self._start - self._seen), self._start, "success"),
            (self._start, min(self._start + self._frames, self._count), "accent"),
        )
        for first, last, ink in parts:
            if last > first:
                pen = QPen(color(ink), 4)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawLine(QPointF(self.place(first), y), QPointF(self.place(last), y))
        if self._playhead is not None and self._playhead <= self._count:
            x = self.place(min(self._playhead + 0.5, self._count))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("text"))
            painter.drawEllipse(QPointF(x, y), 4, 4)

    def _paint_moment(self, painter: QPainter, film: QRectF) -> None:
        x = self.place(self._start)
        painter.setPen(QPen(QColor(255, 255, 255, 160), 4))
        painter.drawLine(QPointF(x, film.top()), QPointF(x, film.bottom()))
        painter.setPen(QPen(color("accent"), 2))
        painter.drawLine(QPointF(x, film.top() - 4), QPointF(x, film.bottom() + 8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent"))
        top = film.top() - 1
        painter.drawPolygon(
            QPolygonF([QPointF(x - 7, top - 9), QPointF(x + 7, top - 9), QPointF(x, top)])
        )
        text = translate("foresight", "The future begins at frame {0}").format(self._start)
        painter.setFont(font(self, 12, bold=True))
        painter.setPen(color("accent_text"))
        width = painter.fontMetrics().horizontalAdvance(text)
        left = x + 12 if x + 12 + width < film.right() else x - 12 - width
        painter.drawText(QRectF(left, 0, width + 2, _HEAD - 4), Qt.AlignmentFlag.AlignVCenter, text)
