"""What comes after the next release: a few rows in the card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_releases.calendar.release import Release
from kirara_releases.texts import countdown_text, day_text
from kirara_releases.view.covers import paint_mini
from kirara_releases.view.titles import title_lines
from kirara_studio.api.widgets.look import color, font

translate = QCoreApplication.translate

_ROW = 46.0
_HEADING = 24.0


class UpcomingList(QWidget):
    """Shows as many releases as there is room for; ``clicked`` is sent with one."""

    clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._releases: list[Release] = []
        self._today = date.min
        self._hovered = -1
        self._heading = _HEADING
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(120, 0)

    def show_releases(self, releases: Sequence[Release], today: date) -> None:
        """Show these, the nearest first."""
        self._releases, self._today = list(releases), today
        self.setAccessibleName(translate("releases", "After that"))
        self.setAccessibleDescription(
            "\n".join(f"{day_text(r.date, today)} {r.magazine.title}" for r in releases)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, int(_HEADING + 3 * _ROW))

    def set_heading_visible(self, visible: bool) -> None:
        """Say above the rows what they are, or leave it out."""
        self._heading = _HEADING if visible else 4.0
        self.update()

    def row(self, index: int) -> QRectF:
        """Where row ``index`` lies."""
        return QRectF(0, self._heading + index * _ROW, self.width(), _ROW)

    @property
    def _shown(self) -> int:
        return min(len(self._releases), max(int((self.height() - self._heading + 3) // _ROW), 0))

    def _index_at(self, event: QMouseEvent) -> int:
        rows = range(self._shown)
        return next((i for i in rows if self.row(i).contains(event.position())), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._index_at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event)
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self._releases[index])

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(hand if index >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shown:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(self, 12, bold=True))
            painter.setPen(color("text_soft"))
            heading = QRectF(8, 0, self.width() - 8, _HEADING - 4)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            if self._heading >= _HEADING:
                painter.drawText(heading, flags, translate("releases", "After that"))
            for index in range(self._shown):
                self._paint_row(painter, index)

    def _paint_row(self, painter: QPainter, index: int) -> None:
        release, row = self._releases[index], self.row(index)
        if index == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(row.adjusted(0, 1, 0, -1), 6, 6)
        paint_mini(painter, QRectF(8, row.top() + 6, 25, 34), release.magazine.color)
        left = 42.0
        upper = QRectF(left, row.top() + 4, row.width() - left - 4, 19)
        lower = QRectF(left, row.top() + 23, row.width() - left - 4, 18)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        face = font(self, 14)
        lines = title_lines(
            release.magazine.title, QFontMetricsF(face).horizontalAdvance, upper.width(), 1
        )
        painter.setFont(face)
        painter.setPen(color("text"))
        painter.drawText(upper, flags, lines[0] if lines else "")
        painter.setFont(font(self, 12))
        painter.setPen(color("text_soft"))
        day = day_text(release.date, self._today)
        painter.drawText(lower, flags, f"{day} · {countdown_text(release.date, self._today)}")
