"""Titles in a few lines, broken where a reader would.

Japanese has no spaces, and magazines of one family begin alike: broken anywhere, or cut at the
end, "まんがタイムきららMAX" and "まんがタイムきららキャラット" would look the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_studio.api.widgets import plain_tip
from kirara_studio.api.widgets.style import color, font

_ELLIPSIS = "…"
_DISTINCT = 3  # letters by which titles differ
_NOT_FIRST = set("ーぁぃぅぇぉっゃゅょァィゥェォッャュョ、。，．！？!?）」』】…・")

Width = Callable[[str], float]
"""Pixels of a text."""


def title_lines(
    title: str, width: Width, room: float, most: int, *, whole_words: bool = False
) -> list[str]:
    """``title`` in at most ``most`` lines no wider than ``room`` pixels.

    Breaks where the script changes, and within a word only where that does not fit in a line.
    What is too long loses its beginning or its middle, since titles differ at their ends. With
    ``whole_words`` there are no lines at all if words would have to be broken.
    """
    if most < 1 or room <= 0:
        return []
    title = " ".join(title.split())[:400]
    lines = _fill(title, width, room)
    if whole_words and any(width(word.strip()) > room for word in _words(title)):
        return []
    if len(lines) <= most:
        return lines
    if whole_words:
        return []
    tight = _fill(title, width, room, anywhere=True)
    if len(tight) <= most:
        return tight
    if most == 1:
        return [_without_middle(title, width, room)]
    head = tight[: most - 1]
    rest = title[_length(title, head) :].strip()
    return [*head, _without_middle(rest, width, room)]


def _fill(title: str, width: Width, room: float, anywhere: bool = False) -> list[str]:
    lines, line = [], ""
    for piece in title if anywhere else _words(title):
        if not line or width((line + piece).rstrip()) <= room:
            line += piece
        elif piece in _NOT_FIRST and len(line) > 1:  # takes the letter before it along
            lines.append(line[:-1].strip())
            line = line[-1] + piece
        else:
            lines.append(line.strip())
            line = piece.lstrip()
        while width(line.rstrip()) > room and len(line) > 1:  # a word longer than a line
            cut = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or width(line[:n]) <= room)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.strip()] if line.strip() else lines


def _words(title: str) -> list[str]:
    """Runs of one script, with the blanks behind them."""
    words: list[str] = []
    before = ""
    for letter in title:
        kind = _script(letter)
        if words and (kind in (before, "mark", "blank") or before == "mark"):
            words[-1] += letter
        else:
            words.append(letter)
        before = kind if kind != "mark" else before or kind
    return words


def _script(letter: str) -> str:
    if letter.isspace():
        return "blank"
    if letter in _NOT_FIRST:
        return "mark"
    name = unicodedata.name(letter, "")
    for script in ("HIRAGANA", "KATAKANA", "CJK"):
        if name.startswith(script):
            return script
    return "latin"


def _without_middle(text: str, width: Width, room: float) -> str:
    if width(text) <= room:
        return text
    words = _words(text)
    for first in range(1, len(words)):
        end = "".join(words[first:])
        if width(f"{_ELLIPSIS}{end}") <= room and len(end) >= _DISTINCT:
            return f"{_ELLIPSIS}{end}"
    kept = len(text)
    while kept > 2:
        kept -= 1
        head, tail = text[: kept // 3], text[len(text) - (kept - kept // 3) :]
        if width(short := f"{head}{_ELLIPSIS}{tail}") <= room:
            return short
    return _ELLIPSIS


def _length(title: str, lines: list[str]) -> int:
    """How much of ``title`` these lines took, blanks included."""
    place = 0
    for line in lines:
        place = title.index(line, place) + len(line)
    return place


class TitleLabel(QWidget):
    """Shows a text in at most ``most`` lines; what is left out is in the tool tip."""

    def __init__(self, *, size: int = 14, bold: bool = False, most: int) -> None:
        super().__init__()
        self._text = ""
        self._size, self._bold, self._most = size, bold, most
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text if _ELLIPSIS in "".join(self._lines(self.width())) else ""))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(max(len(self._lines(width)), 1) * self._step())

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, round(self._step()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(font(self, self._size, bold=self._bold))
            painter.setPen(color("text"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            for number, line in enumerate(self._lines(self.width())):
                place = QRectF(0, number * self._step(), self.width() + 4, self._step())
                painter.drawText(place, flags, line)

    def _lines(self, width: int) -> list[str]:
        metrics = QFontMetricsF(font(self, self._size, bold=self._bold))
        return title_lines(self._text, metrics.horizontalAdvance, width, self._most)

    def _step(self) -> float:
        return self._size * 1.42
