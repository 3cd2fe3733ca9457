"""Painting on pictures with Qt: what all programs that compose pictures use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QApplication

Pixels = npt.NDArray[np.uint8]
Random = np.random.Generator
Kinds = Mapping[str, tuple[float, Callable[[Random], Pixels]]]
"""Kinds of pictures of a class: the share of each, and what makes one."""
Made = tuple[str, str, Callable[[], Pixels]]
"""Class and kind of a picture, and what makes it."""

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FONTS = ("Noto Sans CJK JP", "Noto Serif CJK JP", "DejaVu Sans", "DejaVu Serif")


@cache
def application() -> QCoreApplication:
    """Qt's application, which texts and widgets need."""
    return QApplication.instance() or QApplication([])


class Board:
    """A picture that is painted on."""

    def __init__(self, width: int, height: int, colour: QColor | str = "#ffffff") -> None:
        application()
        self.width, self.height = width, height
        self._image = QImage(width, height, QImage.Format.Format_RGB32)
        self._image.fill(QColor(colour))
        self.painter = QPainter(self._image)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    @property
    def rect(self) -> QRectF:
        """All of it."""
        return QRectF(0, 0, self.width, self.height)

    def pixels(self) -> Pixels:
        """The picture (height, width, 3), RGB; ends the painting."""
        self.painter.end()
        return pixels_of(self._image)

    def put(self, picture: Pixels, place: QRectF, *, mirrored: bool = False) -> None:
        """Draw a picture (RGB or RGBA), scaled to ``place``."""
        self.painter.drawImage(place, image_of(picture[:, ::-1] if mirrored else picture))

    def cover(self, picture: Pixels, place: QRectF, *, upper: bool = False) -> None:
        """Fill ``place`` with the middle of a picture, or with its ``upper`` part."""
        height, width = picture.shape[:2]
        scale = min(width / place.width(), height / place.height())
        wide, high = place.width() * scale, place.height() * scale
        source = QRectF((width - wide) / 2, 0 if upper else (height - high) / 2, wide, high)
        self.painter.drawImage(place, image_of(picture), source)

    def box(
        self,
        place: QRectF,
        fill: QColor | QBrush | QLinearGradient | str,
        *,
        radius: float = 0.0,
        edge: QColor | str | None = None,
        width: float = 1.0,
    ) -> None:
        """A rectangle, perhaps with round corners and an edge."""
        pen = QPen(Qt.PenStyle.NoPen) if edge is None else QPen(QColor(edge), width)
        self.painter.setPen(pen)
        self.painter.setBrush(QBrush(QColor(fill) if isinstance(fill, str) else fill))
        self.painter.drawRoundedRect(place, radius, radius)

    def shape(self, path: QPainterPath, fill: QColor | str) -> None:
        """A filled shape."""
        self.painter.fillPath(path, QColor(fill))

    def text(
        self,
        place: QRectF,
        words: str,
        size: float,
        colour: QColor | str = "#000000",
        *,
        align: Qt.AlignmentFlag = CENTRE,
        bold: bool = False,
        family: str = _FONTS[0],
        outline: QColor | str | None = None,
        wrap: bool = False,
    ) -> None:
        """Words of ``size`` pixels, with an ``outline`` if it has a colour."""
        font = QFont(family)
        font.setPixelSize(max(4, round(size)))
        font.setBold(bold)
        self.painter.setFont(font)
        flags = align | (Qt.TextFlag.TextWordWrap if wrap else Qt.TextFlag.TextSingleLine)
        if outline is not None:
            self.painter.setPen(QColor(outline))
            reach = max(1.0, size / 14)
            for x, y in ((-1, -1), (1, -1), (-1, 1), (1, 1), (0, 1), (0, -1), (1, 0), (-1, 0)):
                self.painter.drawText(place.translated(reach * x, reach * y), int(flags), words)
        self.painter.setPen(QColor(colour))
        self.painter.drawText(place, int(flags), words)


def pixels_of(image: QImage) -> Pixels:
    """The pixels of an image (height, width, 3), RGB."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def image_of(picture: Pixels) -> QImage:
    """An image of pixels, RGB or RGBA."""
    picture = np.ascontiguousarray(picture)
    height, width, count = picture.shape
    kind = QImage.Format.Format_RGBA8888 if count == 4 else QImage.Format.Format_RGB888
    return QImage(picture.data, width, height, count * width, kind).copy()


def star_path(
    x: float, y: float, size: float, points: int = 5, inner: float = 0.45
) -> QPainterPath:
    """A star around (x, y)."""
    angles = np.arange(2 * points) * np.pi / points - np.pi / 2
    reach = np.where(np.arange(2 * points) % 2, inner, 1.0) * size
    path = QPainterPath()
    corners = [
        QPointF(x + r * np.cos(a), y + r * np.sin(a)) for r, a in zip(reach, angles, strict=True)
    ]
    path.moveTo(corners[0])
    for corner in corners[1:]:
        path.lineTo(corner)
    path.closeSubpath()
    return path


def gradient(place: QRectF, *colours: QColor | str, across: bool = False) -> QLinearGradient:
    """From the top (or left) of a place to its other end."""
    end = place.topRight() if across else place.bottomLeft()
    result = QLinearGradient(place.topLeft(), end)
    for number, colour in enumerate(colours):
        result.setColorAt(number / max(1, len(colours) - 1), QColor(colour))
    return result


def colour(random: Random, *, value: tuple[float, float] = (0.3, 1.0), most: float = 1.0) -> QColor:
    """Any hue, of a brightness in ``value`` and a saturation up to ``most``."""
    hue, saturation = random.random(), most * random.random()
    return QColor.fromHsvF(float(hue), float(saturation), float(random.uniform(*value)))


def faded(one: QColor | str, alpha: float) -> QColor:
    """The colour, transparent but for ``alpha`` (0…1)."""
    result = QColor(one)
    result.setAlphaF(float(alpha))
    return result


def any_of(kinds: Kinds, random: Random) -> Pixels:
    """A picture of one of the kinds, each as often as its share."""
    shares = np.array([share for share, _ in kinds.values()])
    makers = [make for _, make in kinds.values()]
    return makers[int(random.choice(len(makers), p=shares / shares.sum()))](random)


def pick(random: Random, of: Sequence[str]) -> str:
    """One of some texts."""
    return of[int(random.integers(len(of)))]


def family(random: Random) -> str:
    """The name of a font."""
    return pick(random, _FONTS)


def finished(picture: Pixels, random: Random, longest: int = 512) -> Pixels:
    """The picture as it comes from the web: scaled down, and compressed as JPEG once or twice."""
    height, width = picture.shape[:2]
    scale = min(1.0, longest / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    if random.random() < 0.3:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(40, 85))]
        _, data = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), quality)
        picture = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[..., ::-1]
    return np.ascontiguousarray(picture)
