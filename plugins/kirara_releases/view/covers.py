"""Draws covers: the large one of a card, small ones of lists, and the chips of the calendar."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.view.titles import title_lines
from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.style import blend, color
from kirara_studio.api.widgets.tokens import contrast

_WHITE = QColor("#FFFFFF")
_SPARKLE, _FAINT = QColor(255, 255, 255, 225), QColor(255, 255, 255, 84)
_SHADE = QColor(0, 0, 0, 46)
_LINE = 1.18  # heights of a letter from line to line
_STEP = 15.0  # pixels from line to line of a chip
_READABLE = 4.5  # contrast of a title
_BRIGHT = 6.0  # contrast to the dark ink from which on that ink suits a colour
_DARK_INK = "#2B2430"
_LIGHT_INK = "#FFFFFF"
_LIKE_A_COVER = 66.0  # pixels from which a chip shows more than its title


@lru_cache(maxsize=256)
def cover_colors(magazine_color: str) -> tuple[QColor, QColor]:
    """Ground and ink of a cover; their contrast is at least 4.5.

    A bright colour keeps itself and gets dark ink; any other is darkened until white shows.
    """
    if contrast(magazine_color, _DARK_INK) >= _BRIGHT:
        return QColor(magazine_color), QColor(_DARK_INK)
    ground = QColor(magazine_color)
    while contrast(ground.name(), _LIGHT_INK) < _READABLE:
        saturation, value = min(ground.saturation() + 2, 255), max(ground.value() - 4, 0)
        ground = QColor.fromHsv(ground.hue(), saturation, value)
    return ground, QColor(_LIGHT_INK)


def _soft(magazine_color: str, amount: float) -> QColor:
    """The colour of an issue that is bought, on the theme's surface."""
    return blend(color("surface"), QColor(magazine_color), amount)


def paint_cover(
    painter: QPainter, box: QRectF, magazine: Magazine, font: QFont, sticker: str = ""
) -> None:
    """A whole cover, upright: title above, a pattern of its own below, ``sticker`` at the foot.

    ``font`` is the family; its size follows the cover's. No text below 12 pixels is drawn.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = max(2.0, box.width() * 0.05)
    shape = QPainterPath()
    shape.addRoundedRect(box, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 30))
    painter.drawRoundedRect(box.translated(0, min(box.width() * 0.02, 2.5)), radius, radius)
    painter.setClipPath(shape)
    ground, ink = cover_colors(magazine.color)
    own = QColor(magazine.color)
    light = QLinearGradient(box.topLeft(), box.bottomRight())
    light.setColorAt(0, blend(own, _WHITE, 0.42))
    light.setColorAt(1, blend(own, _WHITE, 0.06))
    painter.fillRect(box, light)
    unit = box.width() / 7
    _paint_motifs(painter, box, magazine.id, unit)
    large = QRectF(0, 0, unit * 3.6, unit * 3.6)
    large.moveCenter(QPointF(box.left() + box.width() * 0.4, box.top() + box.height() * 0.68))
    paint_icon(painter, "sparkle", large, _SPARKLE)
    spine = QRectF(box.left(), box.top(), max(2.0, box.width() * 0.045), box.height())
    room = QRectF(spine.right(), box.top(), box.width() - spine.width(), box.height())
    title = _fit_title(room, magazine.title, font)
    painter.fillRect(QRectF(box.left(), box.top(), box.width(), title.height), ground)
    painter.fillRect(spine, _SHADE)
    _paint_title(painter, room, title, ink)
    if sticker:
        _paint_sticker(painter, box, sticker, font)
    painter.restore()


def paint_mini(painter: QPainter, box: QRectF, magazine_color: str, bought: bool = False) -> None:
    """A cover too small for its title: colour, spine, and a band where the title would be."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(box, 3, 3)
    painter.setClipPath(shape)
    ground, ink = cover_colors(magazine_color)
    painter.fillRect(box, blend(QColor(magazine_color), _WHITE, 0.25))
    painter.fillRect(QRectF(box.left(), box.top(), box.width(), box.height() * 0.42), ground)
    for place, length in ((0.14, 0.62), (0.27, 0.42)):
        left = QPointF(box.left() + box.width() * 0.24, box.top() + box.height() * place)
        painter.setPen(QPen(ink, max(1.0, box.height() * 0.05)))
        painter.drawLine(left, left + QPointF(box.width() * length, 0))
    sparkle = QRectF(0, 0, box.width() * 0.5, box.width() * 0.5)
    sparkle.moveCenter(QPointF(box.center().x() + 1, box.top() + box.height() * 0.7))
    paint_icon(painter, "sparkle", sparkle, _WHITE)
    spine = QRectF(box.left(), box.top(), max(2.0, box.width() * 0.1), box.height())
    painter.fillRect(spine, _SHADE)
    if bought:
        painter.fillRect(box, color("surface", 0.55))
    painter.setClipping(False)
    painter.setPen(QPen(color("text", 0.14), 1))  # a white cover on a white ground
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()


class MiniCover(QWidget):
    """A small cover in the colour of a magazine."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._color = "#888888"
        self.setFixedSize(width, height)

    def show_color(self, magazine_color: str) -> None:
        self._color = magazine_color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_mini(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._color)


def paint_chip(
    painter: QPainter,
    box: QRectF,
    magazine: Magazine,
    font: QFont,
    *,
    bought: bool = False,
    corrected: bool = False,
    noted: bool = False,
    highlight: bool = False,
) -> None:
    """A cover lying in a day of the calendar, with as many lines of its title as go in.

    What is bought is softened and ticked; a corrected date has an arrow, a note a dog's ear.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground, ink = cover_colors(magazine.color)
    if bought:
        ground, ink = _soft(magazine.color, 0.16), color("text_soft")
    if highlight:
        ground = blend(ground, color("text") if bought else _WHITE, 0.1)
    shape = QPainterPath()
    shape.addRoundedRect(box, 4, 4)
    painter.fillPath(shape, ground)
    painter.setClipPath(shape)
    if box.height() >= _LIKE_A_COVER:
        _paint_foot(painter, box, magazine, bought)
    spine = QColor(magazine.color) if bought else _SHADE
    painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), spine)
    if noted:
        ear = QPainterPath(box.bottomRight() - QPointF(9, 0))
        ear.lineTo(box.bottomRight() - QPointF(0, 9))
        ear.lineTo(box.bottomRight())
        painter.fillPath(ear, color("attention"))
    sign = "check" if bought else "redo" if corrected else ""
    if sign:
        corner = QRectF(box.right() - 15, box.top() + min(3.0, (box.height() - 12) / 2), 12, 12)
        paint_icon(painter, sign, corner, color("success_text") if bought else ink)
    room = QRectF(box.left() + 8, box.top(), box.width() - 12, box.height())
    _paint_lines(painter, room, magazine.title, font, ink, taken=13.0 if sign else 0.0)
    painter.setClipping(False)
    if bought:
        painter.setPen(QPen(_soft(magazine.color, 0.5), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.restore()


def _paint_lines(
    painter: QPainter, box: QRectF, title: str, font: QFont, ink: QColor, taken: float
) -> None:
    """Lines of a chip; ``taken``: what the sign in its corner needs of the first one."""
    small = QFont(font)
    small.setPixelSize(12)
    width = QFontMetricsF(small).horizontalAdvance
    most = max(int((box.height() - 1) // _STEP), 1)
    lines = title_lines(title, width, box.width(), most)
    if lines and width(lines[0]) > box.width() - taken:
        box = box.adjusted(0, 0, -taken, 0)
        lines = title_lines(title, width, box.width(), most)
    high = box.height() >= _LIKE_A_COVER
    step = _STEP if high or len(lines) < 2 else min(_STEP, (box.height() - 3) / len(lines))
    top = box.top() + 5 if high else box.center().y() - step * len(lines) / 2
    painter.setFont(small)
    painter.setPen(ink)
    for number, line in enumerate(lines):
        place = QRectF(box.left(), top + number * step, box.width() + 2, step)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, line)


def _paint_foot(painter: QPainter, box: QRectF, magazine: Magazine, bought: bool) -> None:
    """The picture of a chip that is high enough: the cover's pattern below three lines."""
    foot = box.adjusted(0, 3 * _STEP + 9, 0, 0)
    painter.save()
    painter.setClipRect(foot, Qt.ClipOperation.IntersectClip)
    own = QColor(magazine.color)
    painter.fillRect(foot, _soft(magazine.color, 0.5) if bought else blend(own, _WHITE, 0.25))
    _paint_motifs(painter, foot, magazine.id, foot.width() / 11)
    sparkle = QRectF(0, 0, foot.height() * 0.8, foot.height() * 0.8)
    sparkle.moveCenter(foot.center())
    paint_icon(painter, "sparkle", sparkle, _SPARKLE)
    painter.restore()


@dataclass(frozen=True)
class _Title:
    """A title in lines, the face that it fits in, and the height of its band."""

    lines: list[str]
    face: QFont
    height: float


def _fit_title(room: QRectF, title: str, font: QFont) -> _Title:
    """The title as large as it goes in; what is too long makes its band higher, then smaller."""
    face = QFont(font)
    face.setWeight(QFont.Weight.Bold)
    lines: list[str] = []
    height = room.height() * 0.36
    for part, whole in ((0.36, True), (0.48, True), (0.62, True), (0.62, False)):
        height = room.height() * part
        for size in range(max(int(height * 0.44), 12), 11, -1):
            face.setPixelSize(size)
            most = min(4, int(height * 0.96 // (size * _LINE)))
            advance = QFontMetricsF(face).horizontalAdvance
            lines = title_lines(title, advance, room.width() * 0.92, most, whole_words=whole)
            if "".join(lines).replace(" ", "") == "".join(title.split()):
                return _Title(lines, face, height)
    return _Title(lines, face, height)


def _paint_title(painter: QPainter, room: QRectF, title: _Title, ink: QColor) -> None:
    painter.setFont(title.face)
    painter.setPen(ink)
    step = title.face.pixelSize() * _LINE
    top = room.top() + (title.height - step * len(title.lines)) / 2
    for number, line in enumerate(title.lines):
        place = QRectF(room.left(), top + number * step, room.width(), step)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, line)


def _paint_sticker(painter: QPainter, box: QRectF, text: str, font: QFont) -> None:
    side = box.width() * 0.36
    circle = QRectF(box.right() - side * 1.12, box.bottom() - side * 1.12, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_WHITE)
    painter.drawEllipse(circle)
    sized = QFont(font)
    sized.setWeight(QFont.Weight.Bold)
    sized.setPixelSize(max(12, int(side * 0.5)))
    painter.setFont(sized)
    painter.setPen(QColor(_DARK_INK))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, text)


def _paint_motifs(painter: QPainter, box: QRectF, identity: str, unit: float) -> None:
    """Dots, stripes, petals or sparkles: always the same for the same magazine."""
    kind = zlib.crc32(identity.encode()) % 4
    if kind == 1:
        painter.setPen(QPen(_FAINT, unit * 0.45))
        for step in range(int(-box.height() / unit / 1.3) - 1, int(box.width() / unit / 1.3) + 1):
            start = QPointF(box.left() + step * unit * 1.3, box.bottom())
            painter.drawLine(start, start + QPointF(box.height(), -box.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_FAINT)
    for row in range(int(box.height() / unit / 1.1) + 1):
        for column in range(int(box.width() / unit / 1.15) + 1):
            x = box.left() + (column + 0.5 * (row % 2)) * unit * 1.15
            _paint_motif(painter, kind, QPointF(x, box.top() + row * unit * 1.1), unit)


def _paint_motif(painter: QPainter, kind: int, centre: QPointF, unit: float) -> None:
    if kind == 0:
        painter.drawEllipse(centre, unit * 0.24, unit * 0.24)
    elif kind == 2:
        for turn in range(4):
            painter.save()
            painter.translate(centre)
            painter.rotate(90 * turn)
            painter.drawEllipse(QPointF(0, -unit * 0.2), unit * 0.13, unit * 0.2)
            painter.restore()
    else:
        star = QRectF(centre.x() - unit * 0.3, centre.y() - unit * 0.3, unit * 0.6, unit * 0.6)
        paint_icon(painter, "sparkle", star, _FAINT)
