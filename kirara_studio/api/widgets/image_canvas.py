"""One picture, as large as it fits; zoomed, panned, dragged out, copied and saved."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QMimeData,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QColor,
    QContextMenuEvent,
    QDrag,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget

from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.keyboard import KeyboardFocus
from kirara_studio.api.widgets.mixins import Named
from kirara_studio.api.widgets.pictures import Picture, to_image
from kirara_studio.api.widgets.roles import set_role
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

translate = QCoreApplication.translate

_LARGEST_ZOOM = 16.0
_GRIP = 14.0  # pixels beside the line of a comparison where it can be taken
_LEADING_KEYS = {
    Qt.Key.Key_Left: (-0.1, 0.0),
    Qt.Key.Key_Right: (0.1, 0.0),
    Qt.Key.Key_Up: (0.0, -0.1),
    Qt.Key.Key_Down: (0.0, 0.1),
}


class ImageCanvas(Named, QWidget):
    """Shows one picture (bytes, (height, width, 3), or a QImage), smooth and with round corners.

    Ctrl+wheel or +/− zoom, a drag pans while zoomed, 0 fits again; a double click zooms or fits.
    Unzoomed, a drag carries the picture out as a PNG file; ``file_for_drag`` may supply a better
    one.
    :attr:`save_requested` is emitted by "Save picture…"; :attr:`clicked` by a plain click.
    With ``at_top`` the picture lies at the top of its area, not in the middle.

    If :attr:`leads` is set, an unzoomed drag changes the picture instead, and with Shift carries it
    out: :attr:`led` says how far it went, right and down, in widths of the picture, and so does
    :attr:`released` when it ends. The arrow keys with Ctrl do so in steps.
    """

    save_requested = Signal()
    clicked = Signal()
    led = Signal(float, float)
    released = Signal(float, float)

    def __init__(self, *, at_top: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at_top = at_top
        self._image = QImage()
        self._message = ""
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)  # what part of the picture is in the middle, 0…1
        self._pressed: QPointF | None = None
        self.leads = False
        self._other = QImage()
        self._split = 0.5
        self._splitting = False
        self._leading = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.file_for_drag: Callable[[], Path | None] = self._temporary_file
        self._keyboard = KeyboardFocus(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        set_role(self, QAccessible.Role.Graphic)
        self._retranslate()

    def _default_name(self) -> str:
        return translate("widgets", "Picture")

    # The picture

    @property
    def image(self) -> QImage:
        """The picture that is shown; null if there is none."""
        return self._image

    def set_picture(self, picture: Picture | QImage | None) -> None:
        """Show ``picture``; None shows the message instead."""
        self._image = QImage() if picture is None else to_image(picture)
        self.update()

    def set_comparison(self, picture: Picture | QImage | None) -> None:
        """Show another picture at the left of a line that can be dragged; None shows none."""
        self._other = QImage() if picture is None else to_image(picture)
        self.update()

    @property
    def compares(self) -> bool:
        """True while there is another picture beside the line."""
        return not self._other.isNull()

    @property
    def split(self) -> float:
        """Where the line of a comparison is, 0…1 from the left."""
        return self._split

    def set_split(self, split: float) -> None:
        """Move the line of a comparison."""
        self._split = min(max(split, 0.0), 1.0)
        self.update()

    def _line(self) -> float:
        frame = self.fitted_box()
        return frame.left() + self._split * frame.width()

    def set_message(self, text: str) -> None:
        """Set the text that the canvas shows without a picture."""
        self._message = text
        self.update()

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if not self._image.isNull():
            QGuiApplication.clipboard().setImage(self._image)

    # Zoom

    @property
    def zoom(self) -> float:
        """1 if the whole picture fits."""
        return self._zoom

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom, keeping the point ``around`` of the widget where it is."""
        zoom = min(max(zoom, 1.0), _LARGEST_ZOOM)
        box = self.picture_box()
        if around is not None and box.width() > 0:
            part = QPointF(
                (around.x() - box.left()) / box.width(), (around.y() - box.top()) / box.height()
            )
            shift = (part - self._centre) * (1 - self._zoom / zoom)
            self._centre += shift
        self._zoom = zoom
        self._keep_inside()
        self.setCursor(Qt.CursorShape.OpenHandCursor if zoom > 1 else Qt.CursorShape.ArrowCursor)
        self.update()

    def fitted_box(self) -> QRectF:
        """Where the whole picture lies while it is not zoomed: also its frame."""
        whole = QSize(1, 1) if self._image.isNull() else self._image.size()
        size = whole.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) / 2
        top = 0.0 if self._at_top else (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def picture_box(self) -> QRectF:
        """Where the whole picture would lie, zoomed and panned."""
        frame = self.fitted_box()
        width, height = frame.width() * self._zoom, frame.height() * self._zoom
        left = frame.center().x() - self._centre.x() * width
        top = frame.center().y() - self._centre.y() * height
        return QRectF(left, top, width, height)

    def _keep_inside(self) -> None:
        margin = 0.5 / self._zoom
        self._centre = QPointF(
            min(max(self._centre.x(), margin), 1 - margin),
            min(max(self._centre.y(), margin), 1 - margin),
        )

    # Mouse and keyboard

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or self._image.isNull():
            event.ignore()
            return
        self.set_zoom(self._zoom * 1.0015 ** event.angleDelta().y(), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            near = abs(event.position().x() - self._line()) <= _GRIP
            self._splitting = near and not self._other.isNull()
            self._pressed = None if self._splitting else event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._splitting:
            frame = self.fitted_box()
            self.set_split((event.position().x() - frame.left()) / max(frame.width(), 1.0))
            return
        if self._pressed is None or self._image.isNull():
            return
        way = event.position() - self._pressed
        if self._zoom > 1:
            box = self.picture_box()
            self._centre -= QPointF(way.x() / box.width(), way.y() / box.height())
            self._keep_inside()
            self._pressed = event.position()
            self.update()
        elif self._leading:
            self.led.emit(*self._share(way))
        elif way.manhattanLength() >= QApplication.startDragDistance():
            if self.leads and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._leading = True
                self.led.emit(*self._share(way))
                return
            self._pressed = None
            self._drag_out()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._splitting = False
        pressed, self._pressed = self._pressed, None
        leading, self._leading = self._leading, False
        if leading and pressed is not None:
            self.released.emit(*self._share(event.position() - pressed))
        elif pressed is not None and self._zoom == 1:
            self.clicked.emit()

    def _share(self, way: QPointF) -> tuple[float, float]:
        """How far the pointer went, in widths of the picture."""
        width = max(self.fitted_box().width(), 1.0)
        return way.x() / width, way.y() / width

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.set_zoom(1.0 if self._zoom > 1 else 2.0, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif self.leads and control and event.key() in _LEADING_KEYS:
            right, down = _LEADING_KEYS[Qt.Key(event.key())]
            self.led.emit(right, down)
            self.released.emit(right, down)
        elif not self._other.isNull() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.set_split(self._split + (0.05 if event.key() == Qt.Key.Key_Right else -0.05))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(self._zoom * 1.25)
        elif event.key() == Qt.Key.Key_Minus:
            self.set_zoom(self._zoom / 1.25)
        elif event.key() == Qt.Key.Key_0:
            self.set_zoom(1.0)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._image.isNull():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(translate("widgets", "Copy picture"), self.copy)
        menu.addAction(translate("widgets", "Save picture…"), self.save_requested.emit)
        if self._zoom > 1:
            menu.addAction(translate("widgets", "Fit"), lambda: self.set_zoom(1.0))
        menu.popup(event.globalPos())

    def _drag_out(self) -> None:
        path = self.file_for_drag()
        drag = QDrag(self)
        data = QMimeData()
        data.setImageData(self._image)
        if path is not None:
            data.setUrls([QUrl.fromLocalFile(str(path))])
        drag.setMimeData(data)
        drag.setPixmap(
            QPixmap.fromImage(self._image).scaledToHeight(
                96, Qt.TransformationMode.SmoothTransformation
            )
        )
        drag.exec(Qt.DropAction.CopyAction)

    def _temporary_file(self) -> Path | None:
        # One folder, deleted with the canvas: the program that got the file may read it later.
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kirara-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / "picture.png"
        return path if self._image.save(str(path)) else None

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            frame = self.fitted_box().adjusted(1, 1, -1, -1)
            if self._image.isNull():
                self._paint_message(painter, frame)
                return
            # Filling a rounded shape with the picture keeps its edge smooth, as clipping does not.
            path = QPainterPath()
            path.addRoundedRect(frame, RADIUS, RADIUS)
            painter.fillPath(path, self._brush(self._image))
            if not self._other.isNull():
                self._paint_comparison(painter, frame, path)
            painter.setPen(QPen(QColor(0, 0, 0, 24), 1))
            painter.drawPath(path)
            if self._keyboard.here:
                draw_focus_ring(painter, frame)

    def _brush(self, image: QImage) -> QBrush:
        """An image as large and where the picture is."""
        box = self.picture_box()
        brush = QBrush(image)
        transform = brush.transform()
        transform.translate(box.left(), box.top())
        transform.scale(box.width() / image.width(), box.height() / image.height())
        brush.setTransform(transform)
        return brush

    def _paint_comparison(self, painter: QPainter, frame: QRectF, path: QPainterPath) -> None:
        painter.save()
        line = self._line()
        left = QPainterPath()
        left.addRect(QRectF(frame.left(), frame.top(), line - frame.left(), frame.height()))
        painter.fillPath(path.intersected(left), self._brush(self._other))
        painter.setPen(QPen(color("surface"), 2))
        painter.drawLine(QPointF(line, frame.top()), QPointF(line, frame.bottom()))
        knob = QRectF(line - 14, frame.center().y() - 14, 28, 28)
        painter.setPen(QPen(color("line_strong"), 1))
        painter.setBrush(color("surface"))
        painter.drawEllipse(knob)
        arrow = QRectF(knob.left() + 1, knob.center().y() - 7, 14, 14)
        paint_icon(painter, "chevron-left", arrow, color("text_soft"))
        paint_icon(painter, "chevron-right", arrow.translated(12, 0), color("text_soft"))
        painter.restore()

    def _paint_message(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("pressed", 0.6))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        painter.setPen(color("text_soft"))
        painter.setFont(font(self, 14))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(frame.adjusted(24, 24, -24, -24), int(flags), self._message)
