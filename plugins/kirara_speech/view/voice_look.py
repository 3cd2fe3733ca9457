"""What a voice is called in the panel, and its colour."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from kirara_speech.speaking.voices import Voice

_COLORS = (
    "#C2416F", "#2B7A72", "#5560B5", "#8A5A00", "#7B4FA3", "#A8403C", "#3D7039", "#2C6A9E",
)  # fmt: skip
"""White letters can be read on each, in both themes."""


@dataclass(frozen=True)
class VoiceLook:
    """A voice's full ``title``, a ``short`` one for the rows, and its ``color``."""

    title: str
    short: str
    color: str

    def paint_avatar(self, painter: QPainter, box: QRectF, font: QFont) -> None:
        """A round badge with the first letter."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.color))
        painter.drawEllipse(box)
        letter = QFont(font)
        letter.setPixelSize(max(int(box.height() * 0.5), 8))
        letter.setWeight(QFont.Weight.DemiBold)
        painter.setFont(letter)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.short[:1].upper())


def look_of(voice: Voice) -> VoiceLook:
    """How a voice is shown."""
    if voice.is_open_jtalk:
        return _look("Open JTalk (mei)", "mei", voice.name)
    if voice.remote is not None:
        return _look(voice.name, voice.remote.speaker, voice.remote.speaker_id)
    title = voice.card.name if voice.card is not None and voice.card.name else voice.name
    return _look(title, voice.name, voice.name)


def look_of_missing(name: str) -> VoiceLook:
    """How a voice is shown that is not there."""
    return VoiceLook(name, name, "#77707C")


def _look(title: str, short: str, name: str) -> VoiceLook:
    return VoiceLook(title, short, _COLORS[zlib.crc32(name.encode()) % len(_COLORS)])
