"""Draws covers: the large one of a card, small ones of lists, and the chips of the calendar."""

from __future__ import annotations

import zlib

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen

from kirara_releases.magazine import Magazine
from kirara_releases.view.cover_colors import cover_colors, soft_ground, soft_line
from kirara_releases.view.titles import title_lines
from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.look import blend, color

_WHITE = QColor("#FFFFFF")


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
    painter.setBrush(QColor(0, 0, 0, 38))
    painter.drawRoundedRect(box.translated(0, max(1.0, box.width() * 0.025)), radius, radius)
    painter.setClipPath(shape)
    ground, ink = cover_colors(magazine.color)
    own = QColor(magazine.color)
    light = QLinearGradient(box.topLeft(), box.bottomRight())
    light.setColorAt(0, blend(own, _WHITE, 0.42))
    light.setColorAt(1, blend(own, _WHITE, 0.06))
    painter.fillRect(box, light)
    _paint_pattern(painter, box, magazine.id)
    head = box.height() * 0.36
    painter.fillRect(QRectF(box.left(), box.top(), box.width(), head), ground)
    spine = QRectF(box.left(), box.top(), max(2.0, box.width() * 0.045), box.height())
    painter.fillRect(spine, QColor(0, 0, 0, 46))
    room = QRectF(spine.right(), box.top(), box.width() - spine.width(), head)
    _paint_title(painter, room, magazine.title, font, ink)
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
    painter.fillRect(spine, QColor(0, 0, 0, 46))
    if bought:
        painter.fillRect(box, color("surface", 0.55))
    painter.restore()


def paint_chip(
    painter: QPainter,
    box: QRectF,
    magazine: Magazine,
    font: QFont,
    *,
    bought: bool = False,
    corrected: bool = False,
    noted: bool = False,
    highlight: float = 0.0,
) -> None:
    """A cover lying in a day of the calendar, with as many lines of its title as go in.

    What is bought is softened and ticked; a corrected date has an arrow, a note a dog's ear.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground, ink = cover_colors(magazine.color)
    if bought:
        ground, ink = soft_ground(magazine.color), color("text_soft")
    ground = blend(ground, _WHITE if not bought else color("text"), 0.1 * highlight)
    shape = QPainterPath()
    shape.addRoundedRect(box, 4, 4)
    painter.fillPath(shape, ground)
    painter.setClipPath(shape)
    spine = QColor(magazine.color) if bought else QColor(0, 0, 0, 46)
    painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), spine)
    right = box.right() - 4
    if bought:
        right -= 15
        tick = QRectF(right + 1, box.top() + min(3.0, (box.height() - 13) / 2), 13, 13)
        paint_icon(painter, "check", tick, color("success_text"))
    elif corrected:
        right -= 13
        arrow = QRectF(right + 1, box.top() + min(4.0, (box.height() - 11) / 2), 11, 11)
        paint_icon(painter, "redo", arrow, ink)
    if noted:
        ear = QPainterPath(box.bottomRight() - QPointF(9, 0))
        ear.lineTo(box.bottomRight() - QPointF(0, 9))
        ear.lineTo(box.bottomRight())
        painter.fillPath(ear, color("attention"))
    room = QRectF(box.left() + 8, box.top(), right - box.left() - 8, box.height())
    _paint_lines(painter, room, magazine.title, font, ink)
    painter.setClipping(False)
    if bought:
        painter.setPen(QPen(soft_line(magazine.color), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.restore()


def _paint_lines(painter: QPainter, box: QRectF, title: str, font: QFont, ink: QColor) -> None:
    small = QFont(font)
    small.setPixelSize(12)
    metrics = QFontMetricsF(small)
    step = 15.0
    most = max(int((box.height() - 2) // step), 1)
    lines = title_lines(title, metrics.horizontalAdvance, box.width(), most)
    top = box.center().y() - step * len(lines) / 2
    painter.setFont(small)
    painter.setPen(ink)
    for number, line in enumerate(lines):
        place = QRectF(box.left(), top + number * step, box.width() + 2, step)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, line)


def _paint_title(painter: QPainter, box: QRectF, title: str, font: QFont, ink: QColor) -> None:
    """The title as large as it goes in, in up to three lines."""
    sized = QFont(font)
    sized.setWeight(QFont.Weight.Bold)
    room = box.width() * 0.9
    lines: list[str] = []
    for size in range(int(box.height() * 0.46), 11, -1):
        sized.setPixelSize(size)
        most = min(3, int(box.height() * 0.94 // (size * 1.18)))
        lines = title_lines(title, QFontMetricsF(sized).horizontalAdvance, room, most)
        if lines and "".join(lines).replace(" ", "") == "".join(title.split()):
            break
    if not lines:
        return
    painter.setFont(sized)
    painter.setPen(ink)
    step = sized.pixelSize() * 1.18
    top = box.center().y() - step * len(lines) / 2
    for number, line in enumerate(lines):
        place = QRectF(box.left(), top + number * step, box.width(), step)
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
    painter.setPen(QColor("#2B2430"))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, text)


def _paint_pattern(painter: QPainter, box: QRectF, identity: str) -> None:
    """Dots, stripes, petals or sparkles: always the same for the same magazine."""
    number = zlib.crc32(identity.encode())
    faint = QColor(255, 255, 255, 84)
    unit = box.width() / 7
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faint)
    kind = number % 4
    if kind == 1:
        painter.setPen(QPen(faint, unit * 0.45))
        for step in range(-9, 12):
            start = QPointF(box.left() + step * unit * 1.3, box.bottom())
            painter.drawLine(start, start + QPointF(box.height(), -box.height()))
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        for row in range(11):
            for column in range(8):
                shift = 0.5 * (row % 2)
                centre = QPointF(
                    box.left() + (column + shift) * unit * 1.15, box.top() + row * unit * 1.1
                )
                _paint_motif(painter, kind, centre, unit)
    large = QRectF(0, 0, unit * 3.6, unit * 3.6)
    large.moveCenter(QPointF(box.left() + box.width() * 0.4, box.top() + box.height() * 0.66))
    paint_icon(painter, "sparkle", large, QColor(255, 255, 255, 225))


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
        paint_icon(painter, "sparkle", star, QColor(255, 255, 255, 84))
