"""The inspector's list of magazines."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.session import Session
from kirara_releases.view.covers import MiniCover
from kirara_releases.view.menus import Menus
from kirara_releases.view.titles import TitleLabel
from kirara_studio.api.database import load_error
from kirara_studio.api.widgets import EntryList, EntryRow, Inspector, Label, error_words
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate


class MagazinesSection(EntryList["MagazineRow"]):
    """The magazines: colour, title, whether the user is reminded, and a menu."""

    def __init__(self, inspector: Inspector, session: Session, menus: Menus) -> None:
        super().__init__(inspector, 2, ("plus", "loop"))
        self._session, self._menus = session, menus
        self.note.hide()
        self.add, self.fetch = self.buttons
        self.add.clicked.connect(lambda: menus.add_requested.emit(None))
        self.fetch.clicked.connect(lambda: session.fetch())

    def show_magazines(self) -> None:
        """Show the magazines as the session has them."""
        model = self._session.model
        self.set_keys([magazine.id for magazine in model.magazines])
        for magazine in model.magazines:
            state = model.feeds.get(magazine.id)
            self.rows[magazine.id].show_magazine(magazine, state.error if state else "")
        self.fetch.setVisible(bool(model.feeds))

    def make_row(self) -> MagazineRow:
        row = MagazineRow()
        row.clicked.connect(lambda: self._menus.edit_requested.emit(row.magazine))
        row.switch.clicked.connect(lambda on: self._session.set_notify(row.magazine, on))
        row.more.clicked.connect(
            lambda: self._menus.of_magazine(row.magazine).popup(
                row.more.mapToGlobal(row.more.rect().bottomLeft())
            )
        )
        return row

    def retranslate(self) -> None:
        self.section.set_title(translate("releases", "Magazines"))
        self.add.set_content(translate("releases", "Add…"))
        self.add.setToolTip(translate("releases", "Add a magazine, or anything that comes out"))
        self.fetch.set_content(translate("releases", "Fetch the feeds now"))


class MagazineRow(EntryRow):
    """One magazine. A click on its cover or title edits it."""

    clicked = Signal()
    magazine: Magazine
    title: TitleLabel

    def __init__(self) -> None:
        super().__init__(TitleLabel(most=2), Label(size=12, tone="attention_text", wrap=True))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted again when the mouse comes
        self.cover = MiniCover(26, 36)
        self.problem = self.below
        self.line.setContentsMargins(0, 2, 0, 2)
        self.line.insertWidget(0, self.cover)
        self.line.insertSpacing(1, 4)
        self.setMinimumHeight(46)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_magazine(self, magazine: Magazine, problem: str) -> None:
        """Show it as it is now; ``problem`` is the stored error of its feed."""
        self.magazine = magazine
        self.cover.show_color(magazine.color)
        self.title.setText(magazine.title)
        self.problem.setText(str(error_words(load_error(problem))))
        self.problem.setVisible(bool(problem))
        self.switch.setChecked(magazine.notify)
        self.setToolTip(translate("releases", "Edit…"))
        self.switch.setToolTip(translate("releases", "Remind me"))
        self.name_controls(magazine.title, translate("releases", "Remind me of {0}"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("hover"))
                painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
