"""An opened picture, and over it the crop, the regions that decided, or a heat map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen

from kirara_paintings.answers import WHOLE, Box, Heat, Pixels
from kirara_studio.api.widgets import ImageCanvas
from kirara_studio.api.widgets.style import color

_FOR, _AGAINST = (229, 103, 143), (69, 184, 172)  # pink and mint, as the accents of the studio
_STRONGEST = 190  # the opacity of the hottest place, of 255


class PaintingCanvas(ImageCanvas):
    """A picture whose painting lies in a box; regions and heat are of the painting."""

    def __init__(self) -> None:
        super().__init__()
        self.box = WHOLE
        self.regions: Sequence[Box] = ()
        self._heat = QImage()

    def show_box(self, box: Box) -> None:
        """Outline the painting; what lies around it is dimmed."""
        self.box = box
        self.update()

    def show_regions(self, regions: Sequence[Box]) -> None:
        """Mark parts of the painting."""
        self.regions = tuple(regions)
        self.update()

    def show_heat(self, heat: Heat | None) -> None:
        """Lay a heat map over the painting, or none: pink is for the class, mint against it."""
        self._heat = QImage() if heat is None or not heat.size else heat_image(heat)
        self.update()

    def place(self, part: Box = WHOLE) -> QRectF:
        """Where a part of the painting lies in the widget."""
        return _inside(_inside(self.picture_box(), self.box), part)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.image.isNull():
            return
        with QPainter(self) as painter:
            painter.setClipRect(self.fitted_box())
            self._paint_overlays(painter)

    def rendered(self) -> Pixels:
        """The whole picture with what is drawn over it, in the picture's own pixels."""
        image = self.image.convertToFormat(QImage.Format.Format_RGB888)
        box = self.picture_box()
        if not box.isEmpty():
            with QPainter(image) as painter:
                painter.scale(image.width() / box.width(), image.height() / box.height())
                painter.translate(-box.topLeft())
                self._paint_overlays(painter)
        width, height, line = image.width(), image.height(), image.bytesPerLine()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, line)
        return rows[:, : 3 * width].reshape(height, width, 3).copy()

    def _paint_overlays(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painting = self.place()
        if not self._heat.isNull():
            painter.drawImage(painting, self._heat)
        if self.box != WHOLE:
            self._paint_crop(painter, painting)
        for region in self.regions:
            self._paint_region(painter, self.place(region))

    def _paint_crop(self, painter: QPainter, painting: QRectF) -> None:
        around = QPainterPath()  # with a hole, since the fill is odd-even
        around.addRect(self.picture_box())
        around.addRect(painting)
        painter.fillPath(around, color("ground", 0.62))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(color("surface"), 4), QPen(color("accent"), 2)):
            painter.setPen(pen)
            painter.drawRect(painting)

    def _paint_region(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        thin = min(box.width(), box.height()) < 6
        outline = box.adjusted(-3, -3, 3, 3) if thin else box
        # Light around dark, so that it is seen on any painting.
        for pen in (QPen(color("surface", 0.9), 4), QPen(color("accent_fill"), 2)):
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawRect(outline)


def heat_image(heat: Heat) -> QImage:
    """A heat map as a picture to lay over the painting, of as many pixels as it has places."""
    strongest = float(np.abs(heat).max()) or 1.0
    share = np.clip(heat / strongest, -1, 1)
    rows, columns = heat.shape
    pixels = np.empty((rows, columns, 4), np.uint8)
    pixels[..., :3] = np.where(share[..., None] >= 0, _FOR, _AGAINST)
    pixels[..., 3] = (np.abs(share) * _STRONGEST).astype(np.uint8)
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
    smooth = Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    return image.copy().scaled(16 * columns, 16 * rows, keep, smooth)


def _inside(whole: QRectF, part: Box) -> QRectF:
    return QRectF(
        whole.left() + part.left * whole.width(),
        whole.top() + part.top * whole.height(),
        (part.right - part.left) * whole.width(),
        (part.bottom - part.top) * whole.height(),
    )
