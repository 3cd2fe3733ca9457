"""The inspector's lists: the magazines, and the notification backends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kirara_releases.backends import REFUSED, TESTING, UNTESTED, WORKS, Backend, Backends
from kirara_releases.calendar.magazine import Magazine
from kirara_releases.session import Session
from kirara_releases.view.covers import MiniCover
from kirara_releases.view.menus import Entry, Menus, make_menu
from kirara_releases.view.messenger_dialog import MessengerDialog
from kirara_releases.view.titles import TitleLabel
from kirara_studio.api.database import load_error
from kirara_studio.api.widgets import Button, Inspector, Label, Switch, error_words, plain_tip
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate

_TONES = {UNTESTED: "line_strong", TESTING: "attention", WORKS: "success", REFUSED: "loss"}


class EntryRow(QWidget):
    """An entry: its title, a line below, a switch, and a button for its menu."""

    def __init__(self, title: Label | TitleLabel, below: Label) -> None:
        super().__init__()
        self.title, self.below = title, below
        self.switch = Switch()
        self.more = Button(icon="more", kind="quiet")
        texts = fill(QVBoxLayout(), None, title, below, None, spacing=0)
        self.line = fill(QHBoxLayout(self), (texts, 1), self.switch, self.more, spacing=4)

    def name_controls(self, title: str, switch: str) -> None:
        """Name the switch, and the button for what is called ``title``."""
        self.switch.setAccessibleName(switch.format(title))
        self.more.setToolTip(translate("releases", "More"))
        self.more.setAccessibleName(translate("releases", "More about {0}").format(title))


AnyRow = TypeVar("AnyRow", bound=EntryRow)


class EntryList(QObject, Generic[AnyRow]):
    """A section of the inspector with a row for each entry, and two buttons below."""

    def __init__(self, inspector: Inspector, spacing: int, icons: tuple[str, str]) -> None:
        super().__init__(inspector)
        self.rows: dict[str, AnyRow] = {}
        self.section = inspector.add_section("")
        self.note = self.section.add_text()
        place = QWidget()
        self._column = fill(QVBoxLayout(place), spacing=spacing)
        self.section.add(place)
        self.buttons = [Button(icon=icon) for icon in icons]
        for button in self.buttons:
            self.section.add(button)

    def set_keys(self, keys: Sequence[str]) -> None:
        """Make the rows again if the entries are others."""
        if list(self.rows) != list(keys):
            for row in self.rows.values():
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = {key: self.make_row() for key in keys}
            for row in self.rows.values():
                self._column.addWidget(row)

    def make_row(self) -> AnyRow:
        """Make an empty row."""
        raise NotImplementedError


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


class BackendsSection(EntryList["BackendRow"]):
    """The notification backends, each with the result of its last test."""

    def __init__(self, inspector: Inspector, backends: Backends) -> None:
        super().__init__(inspector, 6, ("sparkle", "plus"))
        self._backends = backends
        self._window = inspector
        self.test, self.add = self.buttons
        self.test.clicked.connect(backends.test_all)
        self.add.clicked.connect(lambda: self.open_dialog())
        backends.changed.connect(self._show)

    def _show(self) -> None:
        self.set_keys([backend.key for backend in self._backends.all])
        for backend in self._backends.all:
            self.rows[backend.key].show_backend(backend, *self._backends.state(backend.key))

    def make_row(self) -> BackendRow:
        row = BackendRow()
        row.switch.clicked.connect(lambda on: self._backends.set_enabled(row.backend, on))
        row.more.clicked.connect(lambda: self._open_menu(row))
        return row

    def _open_menu(self, row: BackendRow) -> None:
        backends, backend = self._backends, row.backend
        entries: list[Entry | None] = [
            (translate("releases", "Send a test"), lambda: backends.test(backend))
        ]
        if backend.channel is None:
            another = translate("releases", "Another address…")
            entries.append((another, lambda: self.open_dialog(backend.title)))
            entries.append((translate("releases", "Remove"), lambda: backends.remove(backend)))
        place = row.more.mapToGlobal(row.more.rect().bottomLeft())
        make_menu(self._window, entries).popup(place)

    def open_dialog(self, name: str = "") -> None:
        """Add a messenger, or give one another address."""
        MessengerDialog(self._backends, name, self._window.window()).open()

    def retranslate(self) -> None:
        self.section.set_title(translate("releases", "Notifications"))
        self.note.setText(
            translate(
                "releases",
                "The first of these that works on this desktop, and every messenger.",
            )
        )
        self.test.set_content(translate("releases", "Send a test"))
        self.test.setToolTip(translate("releases", "Send a test through all of them now"))
        self.add.set_content(translate("releases", "Add a messenger…"))
        self.add.setToolTip(translate("releases", "Slack, Discord, LINE, mail and many others"))
        self._show()


class BackendRow(EntryRow):
    """A backend: a dot in the colour of its state, its name, and the state in words."""

    backend: Backend

    def __init__(self) -> None:
        super().__init__(Label(wrap=True), Label(size=12, tone="text_soft", wrap=True))
        self._tone = _TONES[UNTESTED]
        self.state = self.below
        self.line.setContentsMargins(18, 0, 0, 0)
        for widget in (self.switch, self.more):
            self.line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)

    def show_backend(self, backend: Backend, state: str, error: BaseException | None) -> None:
        """Show it as it is now, with the result of its last test."""
        self.backend, self._tone = backend, _TONES[state]
        self.title.setText(backend.title)
        self.switch.setVisible(backend.channel is None)
        self.switch.setChecked(backend.enabled)
        self.state.setText(
            {
                UNTESTED: translate("releases", "Not tested yet"),
                TESTING: translate("releases", "Sending…"),
                WORKS: translate("releases", "Works"),
                REFUSED: str(error_words(error)) if error else "",
            }[state]
        )
        self.name_controls(backend.title, translate("releases", "Send reminders to {0}"))
        self.switch.setToolTip(plain_tip(self.switch.accessibleName()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(self._tone))
            middle = self.title.geometry().center().y() if self.title.height() < 30 else 10
            painter.drawEllipse(QRectF(2, middle - 4, 9, 9))
