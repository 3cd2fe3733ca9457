"""The next twelve dates of the magazine that is being edited, below its cover."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.texts import day_text
from kirara_releases.view.covers import paint_cover
from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.look import color, font

translate = QCoreApplication.translate

MOST = 12
_COVER = 200.0
_ROW = 26.0


class DatesPreview(QWidget):
    """Paints a cover, and up to :data:`MOST` dates; what moved them is said beside them."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._magazine: Magazine | None = None
        self._releases: list[Release] = []
        self._hint = ""
        self.setFixedWidth(272)
        self.setMinimumHeight(int(_COVER + 42 + MOST * _ROW + 24))

    def show_dates(self, magazine: Magazine, releases: list[Release], hint: str = "") -> None:
        """Show these; ``hint`` where there are none."""
        self._magazine, self._releases, self._hint = magazine, releases[:MOST], hint
        self.setAccessibleName(
            "\n".join([magazine.title, *(day_text(r.date) for r in self._releases), hint])
        )
        self.update()

    def texts(self) -> list[str]:
        """The rows, as they are written."""
        return [self._row_text(release) for release in self._releases]

    def _row_text(self, release: Release) -> str:
        why = self._why(release)
        day = day_text(release.date, self._today)
        return f"{day}  {why}" if why else day

    def _why(self, release: Release) -> str:
        if release.corrected:
            return translate("releases", "corrected")
        if release.date != release.nominal:
            nominal: date = release.nominal
            return translate("releases", "not {0}").format(f"{nominal.month}/{nominal.day}")
        return ""

    def sizeHint(self) -> QSize:
        return QSize(272, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(color("line"))
            painter.setBrush(color("surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            if self._magazine is None:
                return
            width = _COVER / 1.36
            cover = QRectF((self.width() - width) / 2, 18, width, _COVER)
            sticker = str(self._releases[0].date.day) if self._releases else ""
            paint_cover(painter, cover, self._magazine, self.font(), sticker)
            top = cover.bottom() + 16
            painter.setFont(font(self, 12, bold=True))
            painter.setPen(color("text_soft"))
            heading = QRectF(20, top, self.width() - 40, 20)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(heading, flags, translate("releases", "The next dates"))
            top += 24
            if not self._releases:
                painter.setFont(font(self, 14))
                room = QRectF(20, top, self.width() - 40, 120)
                painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self._hint)
            for number, release in enumerate(self._releases):
                self._paint_row(painter, release, top + number * _ROW)

    def _paint_row(self, painter: QPainter, release: Release, top: float) -> None:
        flags = Qt.AlignmentFlag.AlignVCenter
        room = QRectF(20, top, self.width() - 40, _ROW)
        painter.setFont(font(self, 14))
        painter.setPen(color("text"))
        painter.drawText(
            room, flags | Qt.AlignmentFlag.AlignLeft, day_text(release.date, self._today)
        )
        why = self._why(release)
        if not why:
            return
        tone = "attention_text" if release.corrected else "text_soft"
        painter.setFont(font(self, 12))
        painter.setPen(color(tone))
        painter.drawText(room, flags | Qt.AlignmentFlag.AlignRight, why)
        if release.corrected:
            width = painter.fontMetrics().horizontalAdvance(why)
            box = QRectF(room.right() - width - 16, top + _ROW / 2 - 6, 12, 12)
            paint_icon(painter, "redo", box, color(tone))
