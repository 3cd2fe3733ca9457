"""What comes out next, large: its cover, the day, how long until then, and one click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QSizePolicy,
    QVBoxLayout,
)

from kirara_releases.calendar.release import Release
from kirara_releases.texts import countdown_text, day_text, moment_text
from kirara_releases.view.covers import paint_cover
from kirara_releases.view.row_list import VALUE, Row, RowList, RowPainter
from kirara_releases.view.titles import TitleLabel
from kirara_studio.api.widgets import Button, KeyboardFocus, Label
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import draw_focus_ring

translate = QCoreApplication.translate

_TALL_WIDTH, _BAND_HEIGHT = 252, 136
_ROW = 46  # pixels, of the list
_UNLIMITED = 16_777_215  # Qt's own


class CoverView(QAbstractButton):
    """A cover as large as it gets, which can be clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._release: Release | None = None
        self._keyboard = KeyboardFocus(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_release(self, release: Release | None) -> None:
        self._release = release
        title = release.magazine.title if release else ""
        self.setAccessibleName(translate("releases", "Show {0} in the calendar").format(title))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._release is None:
            return
        height = min(self.height() - 4.0, (self.width() - 4.0) * 1.36)
        width = height / 1.36
        box = QRectF((self.width() - width) / 2, (self.height() - height) / 2 - 1, width, height)
        with QPainter(self) as painter:
            sticker = str(self._release.date.day)
            paint_cover(painter, box, self._release.magazine, self.font(), sticker)
            if self._keyboard.here:
                draw_focus_ring(painter, box, 4)


class UpcomingList(RowList):
    """Shows as many releases as there is room for; ``picked`` is sent with one."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        RowPainter(self, height=_ROW, margin=8, right_margin=4, bold=False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(120, 0)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._pick)

    def show_releases(self, releases: Sequence[Release], today: date) -> None:
        """Show these, the nearest first."""
        self.rows.clear()
        for release in releases:
            below = f"{day_text(release.date, today)} · {countdown_text(release.date, today)}"
            self.add(Row(release.magazine.title, below, release.magazine.color), release)
        self._hide_what_does_not_fit()

    def sizeHint(self) -> QSize:
        return QSize(200, 3 * _ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_what_does_not_fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _hide_what_does_not_fit(self) -> None:
        for row in range(self.rows.rowCount()):
            self.setRowHidden(row, (row + 1) * _ROW > self.height() + 3)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.data(VALUE))


class NextReleaseCard(QFrame):
    """A card with the next release; tall beside the calendar, or a band above it.

    ``bought`` is sent with the release; ``clicked`` with one to be shown in the calendar.
    """

    bought = Signal(object)
    clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.release: Release | None = None
        self.cover = CoverView()
        self.heading = Label(size=12, tone="text_soft", bold=True)
        self.countdown = Label(size=30, bold=True, tone="accent_text")
        self.countdown.setMinimumHeight(38)  # with room for the tail of a “y”
        self.title = TitleLabel(size=17, bold=True, most=3)
        self.day = Label(size=14)
        self.reminder = Label(size=12, tone="text_soft", wrap=True)
        self.button = Button(icon="check")
        self.after = Label(size=12, tone="text_soft", bold=True)
        self.after.setContentsMargins(8, 0, 0, 0)
        self.upcoming = UpcomingList()
        self._tall = False

        lines = (self.heading, self.countdown, self.title, self.day, self.reminder)
        texts = fill(QVBoxLayout(), *lines, spacing=2)
        following = fill(QVBoxLayout(), self.after, (self.upcoming, 1), spacing=4)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        fill(self._box, self.cover, texts, following, self.button, spacing=16)
        self.cover.clicked.connect(self._click)
        self.upcoming.picked.connect(self.clicked)
        self.button.clicked.connect(lambda: self.release and self.bought.emit(self.release))
        self.set_tall(True)
        self.retranslate()

    def set_tall(self, tall: bool) -> None:
        """Stand beside the calendar, or lie above it."""
        if tall == self._tall:
            return
        self._tall = tall
        directions = QBoxLayout.Direction
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self._box.setDirection(directions.TopToBottom if tall else directions.LeftToRight)
        margins, stretches = ((20, 20), (4, 0, 3)) if tall else ((16, 10), (0, 5, 4))
        self._box.setContentsMargins(*margins, *margins)
        for place, factor in enumerate(stretches):
            self._box.setStretch(place, factor)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._box.setAlignment(self.button, Qt.AlignmentFlag(0) if tall else middle)
        if tall:
            self.setSizePolicy(fixed, free)
            self.setMinimumSize(_TALL_WIDTH, 0)
            self.setMaximumSize(_TALL_WIDTH, _UNLIMITED)
            self.cover.setMinimumSize(140, 120)
            self.cover.setMaximumSize(_UNLIMITED, 296)
        else:
            self.setSizePolicy(free, fixed)
            self.setMinimumSize(0, _BAND_HEIGHT)
            self.setMaximumSize(_UNLIMITED, _BAND_HEIGHT)
            self.cover.setMinimumSize(76, 60)
            self.cover.setMaximumSize(76, _UNLIMITED)
        self.heading.setVisible(tall)
        self._show_heading()

    def _show_heading(self) -> None:
        self.after.setVisible(self._tall and self.upcoming.rows.rowCount() > 0)

    def show_release(
        self,
        release: Release | None,
        following: Sequence[Release],
        today: date,
        remind_at: float,
        now: datetime,
    ) -> None:
        """Show what comes out next, and what follows.

        ``remind_at`` is when the studio reminds of it, in seconds since 1970; 0 for never.
        """
        self.release = release
        self.upcoming.show_releases(following, today)
        self._show_heading()
        self.cover.show_release(release)
        self.cover.setVisible(release is not None)
        self.button.setVisible(release is not None)
        if release is None:
            self.countdown.setText(translate("releases", "Nothing planned"))
            self.title.setText("")
            self.day.setText("")
            self.reminder.setText(
                translate("releases", "No magazine comes out within the next two years.")
            )
            return
        self.countdown.setText(countdown_text(release.date, today))
        self.title.setText(release.magazine.title)
        self.day.setText(day_text(release.date, today))
        if remind_at:
            text = translate("releases", "Reminder: {0}").format(moment_text(remind_at, now))
        elif not release.magazine.notify:
            text = translate("releases", "You will not be reminded of it.")
        else:
            text = ""
        self.reminder.setText(text)
        self.reminder.setVisible(bool(text))

    def retranslate(self) -> None:
        """Set the texts again; the release's own follow with the next :meth:`show_release`."""
        self.heading.setText(translate("releases", "Next"))
        self.after.setText(translate("releases", "After that"))
        self.upcoming.setAccessibleName(translate("releases", "After that"))
        self.button.set_content(translate("releases", "Bought"))
        self.button.setToolTip(translate("releases", "Mark this issue as bought"))
        self.setAccessibleName(translate("releases", "Next"))

    def sizeHint(self) -> QSize:
        return QSize(_TALL_WIDTH, 560) if self._tall else QSize(640, _BAND_HEIGHT)

    def _click(self) -> None:
        if self.release is not None:
            self.clicked.emit(self.release)
