"""From arrays of bytes to Qt's pictures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap

Picture = NDArray[np.uint8]


def to_image(picture: Picture | QImage) -> QImage:
    """A picture as a QImage that owns its bytes.

    ``picture`` is (height, width, 3) red green blue, or (height, width) grey, bytes; a QImage
    is returned as it is. Raises ValueError for another shape or type.
    """
    if isinstance(picture, QImage):
        return picture
    if picture.dtype != np.uint8:
        raise ValueError(f"a picture holds bytes, not {picture.dtype}")
    if picture.ndim == 2:
        picture = np.repeat(picture[:, :, None], 3, axis=2)
    if picture.ndim != 3 or picture.shape[2] != 3 or 0 in picture.shape:
        raise ValueError(f"a picture is (height, width, 3), not {picture.shape}")
    height, width, _ = picture.shape
    contiguous = np.ascontiguousarray(picture)
    image = QImage(contiguous.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    # The copy owns its bytes; RGB32 is what the raster engine scales quickest.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _centre_crop(image: QImage, aspect: float) -> QRectF:
    """The largest part in the middle of ``image`` that is ``aspect`` times as wide as high."""
    width, height = float(image.width()), float(image.height())
    if width / height > aspect:
        kept = height * aspect
        return QRectF((width - kept) / 2, 0, kept, height)
    kept = width / aspect
    return QRectF(0, (height - kept) / 2, width, kept)


def rounded_pixmap(image: QImage, width: int, height: int, ratio: float, radius: float) -> QPixmap:
    """``image``, cropped and scaled to ``width`` × ``height`` with round corners, ready to paint.

    ``ratio`` is the screen's pixels per unit. Scaled by averaging: small copies of large pictures
    do not flicker.
    """
    pixels = QSize(max(1, round(width * ratio)), max(1, round(height * ratio)))
    pixmap = QPixmap(pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    part = _centre_crop(image, pixels.width() / pixels.height()).toRect()
    scaled = image.copy(part).scaled(
        pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(scaled))
        painter.drawRoundedRect(pixmap.rect(), radius * ratio, radius * ratio)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
