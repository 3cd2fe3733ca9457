"""Paints a line's phrases: cards, accents, pitches, kana and lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from kirara_speech.reading.morae import Mora
from kirara_speech.view.phrase_layout import Card, Column, Hit, PhraseLayout, Place
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring

_DOT = 5.0
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Marks:
    """The current mora, the part under the pointer, the part that is dragged, and the sound.

    ``measured`` is the pitch that was spoken at each mora, in semitones around the mean; ``cursor``
    is the position of the playback, in pixels.
    """

    place: Place | None = None
    focused: bool = False
    hovered: Hit | None = None
    cursor: float | None = None
    measured: Mapping[Place, float] = field(default_factory=dict)
    dragged: Hit | None = None


class PhrasePainter:
    """Paints one layout with one painter."""

    def __init__(self, painter: QPainter, layout: PhraseLayout, marks: Marks, font: QFont) -> None:
        self._painter, self._layout, self._marks = painter, layout, marks
        self._small, self._large = QFont(font), QFont(font)
        self._small.setPixelSize(12)
        self._large.setPixelSize(16)

    def paint(self, left: float, right: float) -> None:
        """Paint everything between a left and a right pixel."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cards = self._layout.cards
        seen = [(i, c) for i, c in enumerate(cards) if c.gap > left - 20 and c.left < right + 20]
        for number, card in seen:
            self._paint_card(number, card)
            if number + 1 < len(cards):
                self._paint_pause(number, card)
                self._paint_join(number, card)
            self._paint_question(number, card)
        for number, card in seen:
            self._paint_curve(card)
            self._paint_accent(number, card)
            for column in card.columns:
                mora = self._layout.phrases[number].morae[column.mora]
                self._paint_dot(column, mora)
                self._paint_kana(column, mora)
                self._paint_phonemes(column, mora)
                self._paint_length(column, mora)
        dragged = self._marks.dragged
        if dragged is not None and dragged.kind == "pitch":
            self._paint_semitones((dragged.phrase, dragged.mora))
        x = self._marks.cursor
        if x is not None:
            self._line(color("success"), 2, (x, 2), (x, self._layout.height - 2))

    def _line(
        self,
        ink: QColor,
        width: float,
        *points: tuple[float, float],
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        self._painter.setPen(QPen(ink, width, style, Qt.PenCapStyle.RoundCap))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline([QPointF(*point) for point in points])

    def _box(self, box: QRectF, radius: float, fill: QColor, line: QColor | None = None) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, 1))
        self._painter.setBrush(fill)
        self._painter.drawRoundedRect(box, radius, radius)

    def _text(self, box: QRectF, text: str, tone: str) -> None:
        self._painter.setFont(self._small)
        self._painter.setPen(color(tone))
        self._painter.drawText(box, _CENTER, text)

    # Cards and gaps

    def _paint_card(self, number: int, card: Card) -> None:
        layout, place = self._layout, self._marks.place
        box = QRectF(card.left, 2, card.right - card.left, layout.height - 4)
        self._box(box, RADIUS, color("surface"), color("line"))
        left, right, middle = box.left() + 6, box.right() - 6, layout.pitch_y(0)
        top = layout.pitch_band[0]
        self._line(color("line"), 1, (left, top), (right, top))
        dots = Qt.PenStyle.DotLine
        self._line(color("line"), 1, (left, middle), (right, middle), style=dots)
        if place is not None and place[0] == number:
            column = layout.column(place)
            mark = QRectF(column.left, 4, column.right - column.left, layout.height - 8)
            self._box(mark, 6, color("accent_soft", 0.75))
            if self._marks.focused:
                draw_focus_ring(self._painter, mark, 6)

    def _paint_pause(self, number: int, card: Card) -> None:
        """The pause between two cards; under the pointer also a place for one."""
        phrase = self._layout.phrases[number]
        over = self._marks.hovered == Hit("pause", number)
        if not phrase.pause and not over:
            return
        middle = sum(self._layout.pitch_band) / 2
        chip = QRectF(card.right + 1, middle - 19, card.gap - card.right - 2, 38)
        line = color("accent" if over else "line_strong")
        self._box(chip, 7, color("raised" if phrase.pause else "ground"), line)
        if phrase.pause:
            tone = "accent_text" if phrase.pause_length != 1 else "text_soft"
            self._text(chip.adjusted(0, 2, 0, -19), "❙❙", "text")
            self._text(chip.adjusted(0, 19, 0, -3), times(phrase.pause_length), tone)
        else:
            self._text(chip, "＋", "text_soft")

    def _paint_join(self, number: int, card: Card) -> None:
        """Two arrows to each other: the cards can be joined."""
        over = self._marks.hovered == Hit("join", number)
        top, bottom = self._layout.kana_band
        box = QRectF(card.right + 1, top, card.gap - card.right - 2, bottom - top)
        if over:
            self._box(box, 6, color("accent_soft"), color("accent"))
        ink = color("accent_text" if over else "text_disabled")
        x, y = box.center().x(), box.center().y()
        for side in (-1, 1):
            tip = (x + 1.5 * side, y)
            self._line(ink, 1.5, (x + 6.5 * side, y), tip)
            for up in (-3, 3):
                self._line(ink, 1.5, tip, (x + 4.5 * side, y + up))

    def _paint_question(self, number: int, card: Card) -> None:
        """The mark of a question; under the pointer also a place for one."""
        asks = self._layout.phrases[number].question
        over = self._marks.hovered == Hit("question", number)
        if asks or over:
            chip = QRectF(card.right + 2, self._layout.accent_band[0], 16, 22)
            line = color("accent" if over else "line_strong")
            self._box(chip, 6, color("accent_soft" if asks else "ground"), line)
            self._text(chip, "?", "accent_text" if asks else "text_soft")

    # Accent and pitch

    def _paint_accent(self, number: int, card: Card) -> None:
        painter, layout, hovered = self._painter, self._layout, self._marks.hovered
        phrase = layout.phrases[number]
        points = [(column.center, layout.accent_y(number, column.mora)) for column in card.columns]
        self._line(color("accent"), 2, *points)
        if phrase.accent == len(phrase.morae):  # it falls after the last mora
            x, y = points[-1]
            self._line(color("accent"), 2, (x, y), (x + 9, y), (x + 9, y + 9))
        for mora, point in enumerate(points, 1):
            painter.setBrush(color("accent" if phrase.accent == mora else "surface"))
            painter.setPen(QPen(color("accent"), 2))
            size = _DOT + 1 if hovered == Hit("accent", number, mora) else _DOT - 1
            painter.drawEllipse(QPointF(*point), size, size)
        over = hovered == Hit("accent", number, 0)
        if over or phrase.accent == 0:
            y = layout.accent_band[0] + 10
            ink = color("accent" if over else "line_strong")
            self._line(ink, 2, (card.left + 3, y), (card.left + 10, y))

    def _paint_curve(self, card: Card) -> None:
        """The measured pitch, interrupted at morae without one."""
        before: tuple[float, float] | None = None
        for column in card.columns:
            value = self._marks.measured.get((column.phrase, column.mora))
            point = None if value is None else (column.center, self._layout.pitch_y(value))
            if point is not None and before is not None:
                self._line(color("success", 0.85), 2, before, point)
            before = point

    def _paint_dot(self, column: Column, mora: Mora) -> None:
        painter, layout, x = self._painter, self._layout, column.center
        place = (column.phrase, column.mora)
        y = layout.pitch_y(layout.semitones(*place))
        if mora.pitch:
            own = layout.pitch_y(layout.unmodified_semitones(*place))
            self._line(color("accent", 0.6), 2, (x, own), (x, y))
        silent = mora.devoiced or mora.vowel == "cl"
        painter.setPen(QPen(color("text_disabled" if silent else "accent"), 1.5))
        painter.setBrush(color("accent" if mora.pitch else "surface"))
        over = self._marks.hovered == Hit("pitch", *place)
        size = (_DOT + 2 if over else _DOT) - (1.5 if silent else 0)
        painter.drawEllipse(QPointF(x, y), size, size)

    def _paint_semitones(self, place: Place) -> None:
        """The edited pitch of a dragged dot, beside it."""
        layout = self._layout
        y = layout.pitch_y(layout.semitones(*place))
        top, bottom = layout.pitch_band
        middle = min(max(y - 18, top + 10), bottom - 10)
        if abs(middle - y) < 14:  # no room above the dot
            middle = y + 18
        pitch = layout.phrases[place[0]].morae[place[1]].pitch
        self.paint_number(QPointF(layout.column(place).center, middle), f"{pitch:+.1f}")

    def paint_number(self, middle: QPointF, text: str) -> None:
        """A number on an opaque ground."""
        self._painter.setFont(self._small)
        width = self._painter.fontMetrics().horizontalAdvance(text) + 8
        box = QRectF(middle.x() - width / 2, middle.y() - 8, width, 16)
        self._box(box, 5, color("surface"))
        self._text(box, text, "text")

    # Kana, phonemes and lengths

    def _paint_kana(self, column: Column, mora: Mora) -> None:
        painter, layout, x = self._painter, self._layout, column.left
        top, bottom = layout.kana_band
        painter.setFont(self._large)
        painter.setPen(color("text_soft" if mora.devoiced else "text"))
        box = QRectF(x - 6, top, column.right - x + 12, bottom - top)
        painter.drawText(box, _CENTER, mora.kana)
        if self._marks.hovered == Hit("split", column.phrase, column.mora):
            above = layout.pitch_band[0] + 4
            dashes = Qt.PenStyle.DashLine
            self._line(color("accent"), 2, (x, above), (x, bottom), style=dashes)
        elif column.mora:  # it can be divided here
            dots = Qt.PenStyle.DotLine
            self._line(color("line_strong"), 1, (x, top + 5), (x, bottom - 3), style=dots)

    def _paint_phonemes(self, column: Column, mora: Mora) -> None:
        painter = self._painter
        top, bottom = self._layout.phoneme_band
        box = QRectF(column.left, top, column.right - column.left, bottom - top)
        if self._marks.hovered == Hit("vowel", column.phrase, column.mora):
            self._box(box.adjusted(2, 1, -2, -1), 5, color("pressed"))
        painter.setFont(self._small)
        metrics = painter.fontMetrics()
        vowel = mora.vowel if mora.vowel == "N" else mora.vowel.lower()
        wide = metrics.horizontalAdvance(vowel)
        x = box.center().x() - (metrics.horizontalAdvance(mora.consonant) + wide) / 2
        base = box.center().y() + metrics.ascent() / 2 - 2
        painter.setPen(color("text_soft"))
        painter.drawText(QPointF(x, base), mora.consonant)
        x += metrics.horizontalAdvance(mora.consonant)
        painter.drawText(QPointF(x, base), vowel)
        if mora.devoiced:  # crossed out
            self._line(color("accent_text"), 1.5, (x - 1, base + 1), (x + wide + 1, base - 8))

    def _paint_length(self, column: Column, mora: Mora) -> None:
        top, bottom = self._layout.length_band
        box = QRectF(column.left + 2, top + 5, column.right - column.left - 4, 6)
        edited = mora.length != 1
        self._box(box, 3, color("accent", 0.55) if edited else color("line"))
        if edited:
            self.paint_number(QPointF(column.center, box.center().y()), times(mora.length))
        if self._marks.hovered == Hit("edge", column.phrase, column.mora):
            x = column.right
            self._line(color("accent"), 3, (x, top + 2), (x, bottom - 2))


def times(factor: float) -> str:
    """A factor in as few characters as possible."""
    return f"×{factor:.1f}" if factor < 10 else f"×{factor:.0f}"
