"""Paints a line's phrases: cards, accents, pitches, kana and lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from kirara_speech.reading.morae import Mora
from kirara_speech.view.phrase_layout import Card, Column, Hit, PhraseLayout, Place
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring

_DOT = 5.0
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Marks:
    """What is marked: the mora that the keyboard is at, what the pointer is over, what is heard,
    and what is dragged, whose number is shown.

    ``measured`` is the pitch that was spoken at each mora, in semitones around the mean; ``cursor``
    is where the playing is, in pixels.
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
        """Paint what there is from a left to a right pixel."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cards = self._layout.cards
        seen = [(i, c) for i, c in enumerate(cards) if c.gap > left - 20 and c.left < right + 20]
        for number, card in seen:
            self._paint_card(number, card)
            if number + 1 < len(cards):
                self._paint_gap(number, card)
            self._paint_question(number, card)
        for _, card in seen:
            self._paint_curve(card)
            self._paint_accent(card)
            for column in card.columns:
                self._paint_dot(column)
                self._paint_mora(column)
        dragged = self._marks.dragged
        if dragged is not None and dragged.kind == "pitch":
            self._paint_semitones((dragged.phrase, dragged.mora))
        if self._marks.cursor is not None:
            self._painter.setPen(QPen(color("success"), 2))
            x = self._marks.cursor
            self._painter.drawLine(QPointF(x, 2), QPointF(x, self._layout.height - 2))

    # Cards and what is between them

    def _paint_card(self, number: int, card: Card) -> None:
        painter, layout = self._painter, self._layout
        box = QRectF(card.left, 2, card.right - card.left, layout.height - 4)
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        top, _ = layout.pitch_band
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(box.left() + 6, top), QPointF(box.right() - 6, top))
        middle = layout.pitch_y(0)
        painter.setPen(QPen(color("line"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(box.left() + 6, middle), QPointF(box.right() - 6, middle))
        place = self._marks.place
        if place is not None and place[0] == number:
            column = layout.column(place)
            width = column.right - column.left
            mark = QRectF(column.left, 4, width, layout.height - 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft", 0.75))
            painter.drawRoundedRect(mark, 6, 6)
            if self._marks.focused:
                draw_focus_ring(painter, mark, 6)

    def _paint_gap(self, number: int, card: Card) -> None:
        painter, layout, hovered = self._painter, self._layout, self._marks.hovered
        phrase = layout.phrases[number]
        middle = (card.right + card.gap) / 2
        top, bottom = layout.pitch_band
        over = hovered == Hit("pause", number)
        if phrase.pause or over:
            width = card.gap - card.right - 2
            chip = QRectF(middle - width / 2, (top + bottom) / 2 - 19, width, 38)
            painter.setPen(QPen(color("accent" if over else "line_strong"), 1))
            painter.setBrush(color("raised" if phrase.pause else "ground"))
            painter.drawRoundedRect(chip, 7, 7)
            painter.setFont(self._small)
            painter.setPen(color("text" if phrase.pause else "text_soft"))
            upper = QRectF(chip.left(), chip.top() + 2, chip.width(), 17)
            lower = QRectF(chip.left(), chip.top() + 19, chip.width(), 16)
            if phrase.pause:
                painter.drawText(upper, _CENTER, "❙❙")
                edited = phrase.pause_length != 1
                painter.setPen(color("accent_text" if edited else "text_soft"))
                painter.drawText(lower, _CENTER, times(phrase.pause_length))
            else:
                painter.drawText(chip, _CENTER, "＋")
        self._paint_join(QRectF(card.right, 0, card.gap - card.right, 0), number)

    def _paint_join(self, gap: QRectF, number: int) -> None:
        """Two arrows to each other: the cards can be joined."""
        painter = self._painter
        over = self._marks.hovered == Hit("join", number)
        top, bottom = self._layout.kana_band
        box = QRectF(gap.left() + 1, top, gap.width() - 2, bottom - top)
        if over:
            painter.setPen(QPen(color("accent"), 1))
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(box, 6, 6)
        pen = QPen(color("accent_text" if over else "text_disabled"), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x, y = box.center().x(), box.center().y()
        for side in (-1, 1):
            tip = QPointF(x + 1.5 * side, y)
            painter.drawLine(QPointF(x + 6.5 * side, y), tip)
            for up in (-3, 3):
                painter.drawLine(tip, QPointF(tip.x() + 3 * side, y + up))

    def _paint_question(self, number: int, card: Card) -> None:
        """Whether the phrase asks; under the pointer also where it might."""
        painter, layout = self._painter, self._layout
        asks, over = layout.phrases[number].question, self._marks.hovered == Hit("question", number)
        if not asks and not over:
            return
        top, _ = layout.accent_band
        chip = QRectF(card.right + 2, top, 16, 22)
        painter.setPen(QPen(color("accent" if over else "line_strong"), 1))
        painter.setBrush(color("accent_soft" if asks else "ground"))
        painter.drawRoundedRect(chip, 6, 6)
        painter.setFont(self._small)
        painter.setPen(color("accent_text" if asks else "text_soft"))
        painter.drawText(chip, _CENTER, "?")

    # The accent

    def _paint_accent(self, card: Card) -> None:
        painter, layout = self._painter, self._layout
        number = card.columns[0].phrase
        phrase = layout.phrases[number]
        points = [
            QPointF(column.center, layout.accent_y(number, column.mora)) for column in card.columns
        ]
        pen = QPen(color("accent"), 2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        if phrase.accent == len(phrase.morae):  # it falls after the last mora
            end = points[-1]
            painter.drawLine(end, QPointF(end.x() + 9, end.y()))
            painter.drawLine(QPointF(end.x() + 9, end.y()), QPointF(end.x() + 9, end.y() + 9))
        hovered = self._marks.hovered
        for column, point in zip(card.columns, points, strict=True):
            here = phrase.accent == column.mora + 1
            over = hovered == Hit("accent", number, column.mora + 1)
            painter.setBrush(color("accent" if here else "surface"))
            painter.setPen(QPen(color("accent"), 2))
            size = _DOT + 1 if over else _DOT - 1
            painter.drawEllipse(point, size, size)
        if hovered == Hit("accent", number, 0) or phrase.accent == 0:
            top, _ = layout.accent_band
            over = hovered == Hit("accent", number, 0)
            painter.setPen(QPen(color("accent" if over else "line_strong"), 2))
            y = top + 10
            painter.drawLine(QPointF(card.left + 3, y), QPointF(card.left + 10, y))

    # The pitch

    def _paint_curve(self, card: Card) -> None:
        """The measured pitch, broken where there is none."""
        painter, layout, curve = self._painter, self._layout, self._marks.measured
        pen = QPen(color("success", 0.85), 2)
        painter.setPen(pen)
        before: QPointF | None = None
        for column in card.columns:
            value = curve.get((column.phrase, column.mora))
            point = None if value is None else QPointF(column.center, layout.pitch_y(value))
            if point is not None and before is not None:
                painter.drawLine(before, point)
            before = point

    def _paint_dot(self, column: Column) -> None:
        painter, layout = self._painter, self._layout
        place = (column.phrase, column.mora)
        mora = layout.phrases[column.phrase].morae[column.mora]
        own = QPointF(column.center, layout.pitch_y(layout.unmodified_semitones(*place)))
        point = QPointF(column.center, layout.pitch_y(layout.semitones(*place)))
        if mora.pitch:
            painter.setPen(QPen(color("accent", 0.6), 2))
            painter.drawLine(own, point)
        over = self._marks.hovered == Hit("pitch", *place)
        silent = mora.devoiced or mora.vowel == "cl"
        ink = "text_disabled" if silent else "accent"
        painter.setPen(QPen(color(ink), 1.5))
        painter.setBrush(color("accent" if mora.pitch else "surface"))
        size = (_DOT + 2 if over else _DOT) - (1.5 if silent else 0)
        painter.drawEllipse(point, size, size)

    def _paint_semitones(self, place: Place) -> None:
        """How far a dragged dot is from what the voice does by itself, beside it."""
        layout = self._layout
        mora = layout.phrases[place[0]].morae[place[1]]
        column = layout.column(place)
        y = layout.pitch_y(layout.semitones(*place))
        top, bottom = layout.pitch_band
        middle = min(max(y - 18, top + 10), bottom - 10)
        if abs(middle - y) < 14:  # no room above the dot
            middle = y + 18
        self.paint_number(QPointF(column.center, middle), f"{mora.pitch:+.1f}")

    def paint_number(self, middle: QPointF, text: str) -> None:
        """A number on a ground of its own, so what is below it does not disturb."""
        painter = self._painter
        painter.setFont(self._small)
        width = painter.fontMetrics().horizontalAdvance(text) + 8
        box = QRectF(middle.x() - width / 2, middle.y() - 8, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(color("text"))
        painter.drawText(box, _CENTER, text)

    # What is said

    def _paint_mora(self, column: Column) -> None:
        painter, layout = self._painter, self._layout
        mora = layout.phrases[column.phrase].morae[column.mora]
        width = column.right - column.left
        top, bottom = layout.kana_band
        painter.setFont(self._large)
        painter.setPen(color("text_soft" if mora.devoiced else "text"))
        painter.drawText(QRectF(column.left - 6, top, width + 12, bottom - top), _CENTER, mora.kana)
        self._paint_phonemes(column, mora)
        self._paint_length(column, mora)
        if self._marks.hovered == Hit("split", column.phrase, column.mora):
            painter.setPen(QPen(color("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawLine(
                QPointF(column.left, layout.pitch_band[0] + 4), QPointF(column.left, bottom)
            )
        elif column.mora:  # where it can be divided
            painter.setPen(QPen(color("line_strong"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(column.left, top + 5), QPointF(column.left, bottom - 3))

    def _paint_phonemes(self, column: Column, mora: Mora) -> None:
        painter, layout = self._painter, self._layout
        top, bottom = layout.phoneme_band
        box = QRectF(column.left, top, column.right - column.left, bottom - top)
        if self._marks.hovered == Hit("vowel", column.phrase, column.mora):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed"))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 5, 5)
        painter.setFont(self._small)
        metrics = painter.fontMetrics()
        consonant, vowel = mora.consonant, mora.vowel if mora.vowel == "N" else mora.vowel.lower()
        wide = metrics.horizontalAdvance(consonant) + metrics.horizontalAdvance(vowel)
        x = box.center().x() - wide / 2
        base = box.center().y() + metrics.ascent() / 2 - 2
        painter.setPen(color("text_soft"))
        painter.drawText(QPointF(x, base), consonant)
        x += metrics.horizontalAdvance(consonant)
        painter.drawText(QPointF(x, base), vowel)
        if mora.devoiced:  # crossed out: whispered
            painter.setPen(QPen(color("accent_text"), 1.5))
            end = x + metrics.horizontalAdvance(vowel) + 1
            painter.drawLine(QPointF(x - 1, base + 1), QPointF(end, base - 8))

    def _paint_length(self, column: Column, mora: Mora) -> None:
        painter, layout = self._painter, self._layout
        top, bottom = layout.length_band
        box = QRectF(column.left + 2, top + 5, column.right - column.left - 4, 6)
        hovered = self._marks.hovered == Hit("edge", column.phrase, column.mora)
        edited = mora.length != 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent", 0.55) if edited else color("line"))
        painter.drawRoundedRect(box, 3, 3)
        if edited:
            self.paint_number(QPointF(column.center, box.center().y()), times(mora.length))
        if hovered:
            painter.setPen(QPen(color("accent"), 3))
            painter.drawLine(QPointF(column.right, top + 2), QPointF(column.right, bottom - 2))


def times(factor: float) -> str:
    """A factor as it is shown, as short as it can be."""
    return f"×{factor:.1f}" if factor < 10 else f"×{factor:.0f}"
