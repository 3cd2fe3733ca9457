"""What comes out next, large: its cover, the day, how long until then, and one click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kirara_releases.calendar.release import Release
from kirara_releases.texts import countdown_text, day_text, moment_text
from kirara_releases.view.covers import paint_cover
from kirara_releases.view.title_label import TitleLabel
from kirara_releases.view.upcoming_list import UpcomingList
from kirara_studio.api.widgets import Button, KeyboardFocus, Label
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring

translate = QCoreApplication.translate

_TALL_WIDTH, _BAND_HEIGHT = 252, 136


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
        """Show the cover of a release."""
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


class NextReleaseCard(QWidget):
    """A card with the next release; tall beside the calendar, or a band above it.

    ``bought`` is sent with the release; ``clicked`` with one to be shown in the calendar.
    """

    bought = Signal(object)
    clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
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

        self._texts = QVBoxLayout()
        self._texts.setSpacing(2)
        self._texts.addWidget(self.heading)
        self._texts.addWidget(self.countdown)
        self._texts.addWidget(self.title)
        self._texts.addWidget(self.day)
        self._texts.addWidget(self.reminder)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.addWidget(self.cover)
        self._box.addLayout(self._texts)
        following = QVBoxLayout()
        following.setSpacing(4)
        following.addWidget(self.after)
        following.addWidget(self.upcoming, 1)
        self._box.addLayout(following)
        self._box.addWidget(self.button)
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
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if tall:
            self._box.setDirection(QBoxLayout.Direction.TopToBottom)
            self._box.setContentsMargins(20, 20, 20, 20)
            self._box.setSpacing(16)
            self._box.setAlignment(self.button, Qt.AlignmentFlag(0))
            self._stretch(cover=4, texts=0, upcoming=3)
            self.setSizePolicy(fixed, free)
            self.setMinimumSize(_TALL_WIDTH, 0)
            self.setMaximumSize(_TALL_WIDTH, 16_777_215)
            self.cover.setMinimumSize(140, 120)
            self.cover.setMaximumSize(16_777_215, 296)
        else:
            self._box.setDirection(QBoxLayout.Direction.LeftToRight)
            self._box.setContentsMargins(16, 10, 16, 10)
            self._box.setSpacing(16)
            self._box.setAlignment(self.button, Qt.AlignmentFlag.AlignVCenter)
            self._stretch(cover=0, texts=5, upcoming=4)
            self.setSizePolicy(free, fixed)
            self.setMinimumSize(0, _BAND_HEIGHT)
            self.setMaximumSize(16_777_215, _BAND_HEIGHT)
            self.cover.setMinimumSize(76, 60)
            self.cover.setMaximumSize(76, 16_777_215)
        self.heading.setVisible(tall)
        self._show_heading()

    def _show_heading(self) -> None:
        self.after.setVisible(self._tall and self.upcoming.rows.rowCount() > 0)

    def _stretch(self, *, cover: int, texts: int, upcoming: int) -> None:
        for place, factor in enumerate((cover, texts, upcoming)):
            self._box.setStretch(place, factor)

    def show_release(
        self,
        release: Release | None,
        following: Sequence[Release],
        today: date,
        delivered_at: float,
        now: datetime,
    ) -> None:
        """Show what comes out next, and what follows.

        ``told_at`` is when the studio reminds of it, 0 for never.
        """
        self.release = release
        self.upcoming.show_releases(following, today)
        self._show_heading()
        self.cover.show_release(release)
        self.cover.setVisible(release is not None)
        self.button.setVisible(release is not None)
        if release is None:
            self.countdown.setText(translate("releases", "Nothing planned"))
            self.title.set_text("")
            self.day.setText("")
            self.reminder.setText(
                translate("releases", "No magazine comes out within the next two years.")
            )
            return
        self.countdown.setText(countdown_text(release.date, today))
        self.title.set_text(release.magazine.title)
        self.day.setText(day_text(release.date, today))
        if delivered_at:
            text = translate("releases", "Reminder: {0}").format(moment_text(delivered_at, now))
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

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("line"), 1))
            painter.setBrush(color("surface"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
