"""The inspector's list of magazines: colour, title, reminder, and what can be done with each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.storage.stored_errors import load_error
from kirara_releases.view.covers import MiniCover
from kirara_releases.view.title_label import TitleLabel
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets import Button, Inspector, Label, Switch, error_words
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate


class MagazinesSection(QObject):
    """Signals carry the magazine that they are about."""

    add_requested = Signal()
    edit_requested = Signal(object)
    remove_requested = Signal(object)
    page_requested = Signal(object)
    notify_toggled = Signal(object, bool)
    fetch_requested = Signal()

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self._section = inspector.add_section("")
        self.rows: dict[str, MagazineRow] = {}
        place = QWidget()
        self._column = QVBoxLayout(place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._section.add(place)
        self.add = Button(icon="plus")
        self.fetch = Button(icon="loop")
        self._section.add(self.add)
        self._section.add(self.fetch)
        self.add.clicked.connect(self.add_requested)
        self.fetch.clicked.connect(self.fetch_requested)
        self.retranslate()

    def show_model(self, model: ViewModel) -> None:
        """Show the magazines as they are now."""
        if list(self.rows) != [magazine.id for magazine in model.magazines]:
            for row in self.rows.values():
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = {}
            for magazine in model.magazines:
                self.rows[magazine.id] = self._make_row(magazine)
        for magazine in model.magazines:
            state = model.feeds.get(magazine.id)
            self.rows[magazine.id].show_magazine(magazine, state.error if state else "")
        self.fetch.setVisible(bool(model.feeds))

    def _make_row(self, magazine: Magazine) -> MagazineRow:
        row = MagazineRow(magazine)
        row.edit_requested.connect(lambda: self.edit_requested.emit(row.magazine))
        row.switch.clicked.connect(lambda on: self.notify_toggled.emit(row.magazine, on))
        row.more.clicked.connect(partial(self._open_menu, row))
        self._column.addWidget(row)
        return row

    def _open_menu(self, row: MagazineRow) -> None:
        menu = self.menu(row.magazine, row)
        menu.popup(row.more.mapToGlobal(row.more.rect().bottomLeft()))

    def menu(self, magazine: Magazine, parent: QWidget) -> QMenu:
        """What can be done with a magazine."""
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        entries: list[tuple[str, Callable[[], object]]] = [
            (translate("releases", "Edit…"), lambda: self.edit_requested.emit(magazine)),
        ]
        if magazine.page:
            page = translate("releases", "Open its page")
            entries.append((page, lambda: self.page_requested.emit(magazine)))
        entries.append(
            (translate("releases", "Remove"), lambda: self.remove_requested.emit(magazine))
        )
        for text, function in entries:
            menu.addAction(text).triggered.connect(lambda _=False, f=function: f())
        return menu

    def retranslate(self) -> None:
        """Set the texts again."""
        self._section.set_title(translate("releases", "Magazines"))
        self.add.set_content(translate("releases", "Add…"))
        self.add.setToolTip(translate("releases", "Add a magazine, or anything that comes out"))
        self.fetch.set_content(translate("releases", "Fetch the feeds now"))
        for row in self.rows.values():
            row.retranslate()


class MagazineRow(QWidget):
    """One magazine. A click on its cover or title edits it."""

    edit_requested = Signal()

    def __init__(self, magazine: Magazine) -> None:
        super().__init__()
        self.magazine = magazine
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted again when the mouse comes
        self.cover = MiniCover(26, 36)
        self.title = TitleLabel(most=2)
        self.problem = Label(size=12, tone="attention_text", wrap=True)
        self.switch = Switch()
        self.more = Button(icon="more", kind="quiet")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.title)
        texts.addWidget(self.problem)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        row.addWidget(self.cover)
        row.addSpacing(4)
        row.addLayout(texts, 1)
        row.addWidget(self.switch)
        row.addWidget(self.more)
        self.setMinimumHeight(46)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def show_magazine(self, magazine: Magazine, problem: str) -> None:
        """Show it as it is now; ``problem``: the stored error of its feed."""
        self.magazine = magazine
        self.cover.show_color(magazine.color)
        self.title.set_text(magazine.title)
        self.problem.setText(str(error_words(load_error(problem))))
        self.problem.setVisible(bool(problem))
        self.switch.setChecked(magazine.notify)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts again."""
        self.setToolTip(translate("releases", "Edit…"))
        self.switch.setToolTip(translate("releases", "Remind me"))
        self.switch.setAccessibleName(
            translate("releases", "Remind me of {0}").format(self.magazine.title)
        )
        self.more.setToolTip(translate("releases", "More"))
        self.more.setAccessibleName(
            translate("releases", "More about {0}").format(self.magazine.title)
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.edit_requested.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("hover"))
                painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
