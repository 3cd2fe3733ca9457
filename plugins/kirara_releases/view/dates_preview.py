"""The next twelve dates of the magazine that is being edited, below its cover."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.texts import day_text
from kirara_releases.view.covers import paint_cover
from kirara_studio.api.widgets import Label, paint_icon
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate

MOST = 12
_COVER = 200
_ROW = 26


class DatesPreview(QWidget):
    """A cover, and up to :data:`MOST` dates with what moved them."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._magazine: Magazine | None = None
        self._releases: list[Release] = []
        self._hint = Label(wrap=True)
        self._rows = [_Row() for _ in range(MOST)]
        self.setFixedWidth(272)
        self.setMinimumHeight(_COVER + 42 + MOST * _ROW + 24)
        heading = Label(
            translate("releases", "The next dates"), size=12, bold=True, tone="text_soft"
        )
        heading.setFixedHeight(24)
        margins = (20, _COVER + 32, 20, 12)
        parts = (heading, self._hint, *self._rows, None)
        fill(QVBoxLayout(self), *parts, spacing=0, margins=margins)

    def show_dates(self, magazine: Magazine, releases: list[Release], hint: str = "") -> None:
        """Show these; ``hint`` if there are none."""
        self._magazine, self._releases = magazine, releases[:MOST]
        self._hint.setText(hint)
        self._hint.setVisible(not self._releases)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(self._releases))
            if number < len(self._releases):
                row.show_release(self._releases[number], self._today)
        self.update()

    def texts(self) -> list[str]:
        """The rows, as they are written."""
        return [row.text for row in self._rows[: len(self._releases)]]

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(color("line"))
            painter.setBrush(color("surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            if self._magazine is not None:
                width = _COVER / 1.36
                cover = QRectF((self.width() - width) / 2, 18, width, _COVER)
                sticker = str(self._releases[0].date.day) if self._releases else ""
                paint_cover(painter, cover, self._magazine, self.font(), sticker)


class _Row(QWidget):
    """A date; a corrected one has an arrow, and why in another colour."""

    def __init__(self) -> None:
        super().__init__()
        self.day = Label()
        self.moved = Label(size=12, tone="text_soft")
        self.corrected = Label(translate("releases", "corrected"), size=12, tone="attention_text")
        self.setFixedHeight(_ROW)
        fill(QHBoxLayout(self), (self.day, 1), self.moved, self.corrected)

    def show_release(self, release: Release, today: date) -> None:
        nominal: date = release.nominal
        self.day.setText(day_text(release.date, today))
        self.moved.setText(
            translate("releases", "not {0}").format(f"{nominal.month}/{nominal.day}")
        )
        self.moved.setVisible(release.date != nominal and not release.corrected)
        self.corrected.setVisible(release.corrected)

    @property
    def text(self) -> str:
        why = [label.text() for label in (self.moved, self.corrected) if not label.isHidden()]
        return "  ".join([self.day.text(), *why])

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.corrected.isHidden():
            with QPainter(self) as painter:
                box = QRectF(self.corrected.x() - 16, self.height() / 2 - 6, 12, 12)
                paint_icon(painter, "redo", box, color("attention_text"))
