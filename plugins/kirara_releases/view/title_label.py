"""A title in a few lines, broken where a reader would."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_releases.view.titles import title_lines
from kirara_studio.api.widgets.style import color, font


class TitleLabel(QWidget):
    """Shows a text in at most ``most`` lines; what is left out is in the tool tip."""

    def __init__(
        self, *, size: int = 14, bold: bool = False, most: int = 2, tone: str = "text"
    ) -> None:
        super().__init__()
        self._text = ""
        self._size, self._bold, self._most, self._tone = size, bold, most, tone
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """What it shows."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show ``text``."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip("" if self._fits(self.width()) else text)
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
            painter.setPen(color(self._tone))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            for number, line in enumerate(self._lines(self.width())):
                place = QRectF(0, number * self._step(), self.width() + 4, self._step())
                painter.drawText(place, flags, line)

    def _fits(self, width: int) -> bool:
        return "…" not in "".join(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        metrics = QFontMetricsF(font(self, self._size, bold=self._bold))
        return title_lines(self._text, metrics.horizontalAdvance, width, self._most)

    def _step(self) -> float:
        return self._size * 1.42
