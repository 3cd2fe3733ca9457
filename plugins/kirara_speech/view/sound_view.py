"""The sound of a line as pictures: waveform, spectrogram, attention, on the same time axis."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.speaking.chunks import SpokenMora
from kirara_speech.speaking.spoken import Part, Spoken
from kirara_speech.view.sound_pictures import envelope, picture, spectrogram_of
from kirara_studio.api.widgets.roles import set_role
from kirara_studio.api.widgets.style import RADIUS, blend, color, font

translate = QCoreApplication.translate

SOUND, SPECTROGRAM, ATTENTION = 0, 1, 2
"""The pages."""

_GUTTER, _LABELS = 34.0, 18.0
_LEAST_SPECTROGRAM = 120  # pixels of height below which only the waveform is shown
_LEAST_SYMBOL = 10.0  # pixels for a symbol's label
_QUIETEST = 0.1  # of full scale; quieter sounds do not fill the height
_NOTHING = np.zeros(0, np.float32)
_EMPTY = np.zeros((0, 0), np.float32)


class SoundView(QWidget):
    """Shows a :class:`Spoken`; ``wanted`` carries the sample at a click."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.page = SOUND
        self._spoken: Spoken | None = None
        self._phrases: tuple[AccentPhrase, ...] = ()
        self._cursor: int | None = None
        self._hint = ""
        self._seen = -1  # chunks in the pictures
        self._kept = QPixmap()
        self._made_for: tuple[object, ...] = ()  # what the kept picture shows
        self._lows, self._highs = envelope(_NOTHING, 0)
        self._spectra: list[tuple[Part, QImage]] = []
        self._attentions: list[tuple[Part, QImage]] = []
        self.setMinimumHeight(72)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(self, QAccessible.Role.Graphic)
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(400, 170)

    # What is shown

    def show_spoken(self, spoken: Spoken | None, hint: str = "") -> None:
        if spoken is not self._spoken:
            self._cursor = None
            self._seen = -1
            self._made_for = ()
        self._spoken, self._hint = spoken, hint
        self._phrases = () if spoken is None else spoken.request.phrases or ()
        self._draw()

    def show_page(self, page: int) -> None:
        """Show the waveform (with the spectrogram, if there is room) or another page."""
        self.page = page
        self.update()

    def set_cursor(self, sample: int | None) -> None:
        """Mark the sample that is played."""
        self._cursor = sample
        self._describe()
        self.update()

    @property
    def has_attention(self) -> bool:
        return bool(self._attentions)

    def _draw(self) -> None:
        """Make the pictures again if the sound has grown."""
        spoken = self._spoken
        if spoken is not None and self._seen != len(spoken.chunks):
            self._seen = len(spoken.chunks)
            self._fit_envelope()
            dark = color("ground").lightness() < 128
            loudest = color("text" if dark else "accent_fill_pressed")
            spectrum = [color("sunken"), color("accent"), loudest]
            ink = [color("sunken"), color("success_text")]
            parts = spoken.parts
            self._spectra = [(part, picture(part.mel, spectrum)) for part in parts if part.mel.size]
            if not self._spectra and spoken.samples:
                whole = Part(0, spoken.samples, _EMPTY, _EMPTY, ())
                self._spectra = [(whole, picture(spectrogram_of(spoken.sound), spectrum))]
            self._attentions = [
                (part, picture(part.attention, ink)) for part in parts if part.attention.size
            ]
        elif spoken is None:
            self._seen = -1
            self._spectra, self._attentions = [], []
            self._lows, self._highs = envelope(_NOTHING, 0)
        self._describe()
        self.update()

    def _fit_envelope(self) -> None:
        sound = _NOTHING if self._spoken is None else self._spoken.sound
        self._lows, self._highs = envelope(sound, min(int(self._room().width()), len(sound)))

    def _describe(self) -> None:
        self.setAccessibleName(translate("speech", "What was spoken"))
        if self._spoken is None:
            self.setAccessibleDescription(self._hint)
            return
        heard = "" if self._cursor is None else f"{self._cursor / SAMPLE_RATE:.1f} / "
        self.setAccessibleDescription(f"{heard}{self._spoken.seconds:.1f} s")

    # Where things are

    def _room(self) -> QRectF:
        return QRectF(_GUTTER, _LABELS, max(self.width() - _GUTTER - 8, 1), self.height() - _LABELS)

    def _x(self, sample: float) -> float:
        room, samples = self._room(), 1 if self._spoken is None else self._spoken.samples
        return room.left() + room.width() * sample / max(samples, 1)

    def sample_at(self, x: float) -> int:
        room, samples = self._room(), 0 if self._spoken is None else self._spoken.samples
        share = min(max((x - room.left()) / room.width(), 0.0), 1.0)
        return int(share * samples)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._spoken is not None:
            self.wanted.emit(self.sample_at(event.position().x()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_envelope()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture is cached: during playback only the cursor moves."""
        ratio = self.devicePixelRatioF()
        part = self._part_heard()
        made_for = (self.size(), ratio, self.page, self._seen, part and part.start, self._hint)
        if made_for != self._made_for:
            self._made_for = made_for
            self._kept = QPixmap(self.size() * ratio)
            self._kept.setDevicePixelRatio(ratio)
            self._kept.fill(Qt.GlobalColor.transparent)
            with QPainter(self._kept) as painter:
                self._paint(painter, part)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._kept)
            if self._cursor is not None and self._spoken is not None:
                x = self._x(self._cursor)
                painter.setPen(QPen(color("success"), 2))
                painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - 4))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._seen = -1  # the colours are in the pictures
            self._made_for = ()
            self._draw()

    def _part_heard(self) -> Part | None:
        """The utterance whose symbols are shown beside the attention."""
        heard = 0 if self._cursor is None else self._cursor
        parts = [part for part, _ in self._attentions]
        return next((p for p in reversed(parts) if p.start <= heard), parts[0] if parts else None)

    def _paint(self, painter: QPainter, part: Part | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self._spoken is None or not self._spoken.samples:
            painter.setPen(color("text_soft"))
            painter.setFont(font(self, 14))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 4, -16, -4), int(flags), self._hint)
            return
        room = self._room()
        if self.page == ATTENTION:
            self._paint_attention(painter, room, part)
        elif self.page == SPECTROGRAM:
            self._paint_pictures(painter, room.adjusted(0, 2, 0, -6), self._spectra)
        elif room.height() >= _LEAST_SPECTROGRAM:
            share = 0.4 * room.height()
            self._paint_wave(painter, QRectF(room.left(), room.top(), room.width(), share))
            self._paint_pictures(painter, room.adjusted(0, share + 2, 0, -6), self._spectra)
        else:
            self._paint_wave(painter, room.adjusted(0, 0, 0, -4))
        self._paint_morae(painter, room)

    def _paint_wave(self, painter: QPainter, box: QRectF) -> None:
        middle, loudest = box.center().y(), _QUIETEST
        if len(self._lows):
            loudest = max(float(self._highs.max()), -float(self._lows.min()), loudest)
        reach = (box.height() / 2 - 3) / loudest
        scale = box.width() / max(len(self._lows), 1)
        painter.setPen(QPen(color("accent"), 1.2))
        lines = []
        for number, (low, high) in enumerate(zip(self._lows, self._highs, strict=True)):
            x = box.left() + scale * number
            lines.append(
                QLineF(x, middle - reach * float(high), x, middle - reach * float(low) + 0.6)
            )
        painter.drawLines(lines)

    def _paint_pictures(
        self, painter: QPainter, box: QRectF, pictures: Sequence[tuple[Part, QImage]]
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(box, color("sunken"))
        for part, image in pictures:
            left, right = self._x(part.start), self._x(part.end)
            painter.drawImage(QRectF(left, box.top(), right - left, box.height()), image)

    def _paint_attention(self, painter: QPainter, room: QRectF, part: Part | None) -> None:
        box = room.adjusted(0, 2, 0, -6)
        if part is None:
            painter.setPen(color("text_soft"))
            painter.setFont(font(self, 14))
            text = translate("speech", "This voice has no attention: it has no Text2Mel.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), text)
            return
        self._paint_pictures(painter, box, self._attentions)
        self._paint_symbols(painter, box, part)

    def _paint_symbols(self, painter: QPainter, box: QRectF, part: Part) -> None:
        """The symbols of an utterance, from the bottom to the top."""
        count = part.attention.shape[0]
        high = box.height() / count
        small = font(self, int(min(max(high, _LEAST_SYMBOL), 12)))
        painter.setFont(small)
        painter.setPen(color("text_soft"))
        every = max(1, ceil(_LEAST_SYMBOL / high))
        for index, symbol in enumerate(part.symbols[:count]):
            if index % every == 0:
                y = box.bottom() - (index + 1) * high
                place = QRectF(2, y - 6, _GUTTER - 6, high + 12)
                flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(place, int(flags), symbol)

    def _paint_morae(self, painter: QPainter, room: QRectF) -> None:
        """The kana above the sound, and thin lines at their beginnings."""
        assert self._spoken is not None
        painter.setFont(font(self, 12))
        line: QColor = blend(color("line_strong"), color("surface"), 0.2)
        line.setAlphaF(0.6)
        free = 0.0  # the end of the last label
        for mora in self._spoken.morae:
            left, right = self._x(mora.start), self._x(mora.end)
            painter.setPen(QPen(line, 1))
            painter.drawLine(QPointF(left, _LABELS), QPointF(left, room.bottom() - 6))
            kana = self._kana_of(mora)
            wide = painter.fontMetrics().horizontalAdvance(kana)
            start = label_start((left + right) / 2, wide, free)
            if kana and start is not None:
                free = start + wide
                painter.setPen(color("text_soft"))
                place = QRectF(start, 1, wide, _LABELS)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, kana)

    def _kana_of(self, mora: SpokenMora) -> str:
        if mora.phrase >= len(self._phrases) or mora.mora < 0:
            return ""
        morae = self._phrases[mora.phrase].morae
        return morae[mora.mora].kana if mora.mora < len(morae) else ""


def label_start(middle: float, wide: float, free: float) -> float | None:
    """The left end of a label around ``middle``, right of ``free``; None without enough room.

    It may be moved by half of its width: short morae are often between long ones.
    """
    start = max(middle - wide / 2, free)
    return start if start - (middle - wide / 2) <= wide / 2 else None
