"""The inspector's notification backends, and whether they work here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kirara_releases.backends import REFUSED, TESTING, UNTESTED, WORKS, Backend, Backends
from kirara_releases.view.messenger_dialog import MessengerDialog
from kirara_studio.api.widgets import Button, Inspector, Label, Switch, error_words
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate

_TONES = {UNTESTED: "line_strong", TESTING: "attention", WORKS: "success", REFUSED: "loss"}


class BackendsSection(QObject):
    """Lists the notification backends, each with the result of its last test."""

    def __init__(self, inspector: Inspector, backends: Backends) -> None:
        super().__init__(inspector)
        self._backends = backends
        self._window = inspector
        self.rows: dict[str, BackendRow] = {}
        self._section = inspector.add_section("")
        self._note = self._section.add_text()
        place = QWidget()
        self._column = QVBoxLayout(place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._section.add(place)
        self.test = Button(icon="sparkle")
        self.add = Button(icon="plus")
        self._section.add(self.test)
        self._section.add(self.add)
        self.test.clicked.connect(backends.test_all)
        self.add.clicked.connect(lambda: self.open_dialog())
        backends.changed.connect(self._show)
        self._show()
        self.retranslate()

    def _show(self) -> None:
        backends = self._backends.all
        if list(self.rows) != [backend.key for backend in backends]:
            for row in self.rows.values():
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = {backend.key: self._make_row(backend) for backend in backends}
        for backend in backends:
            self.rows[backend.key].show_backend(backend, *self._backends.state(backend.key))

    def _make_row(self, backend: Backend) -> BackendRow:
        row = BackendRow(backend)
        row.switch.clicked.connect(lambda on: self._backends.set_enabled(row.backend, on))
        row.more.clicked.connect(partial(self._open_menu, row))
        self._column.addWidget(row)
        return row

    def _open_menu(self, row: BackendRow) -> None:
        backend = row.backend
        menu = QMenu(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(translate("releases", "Send a test")).triggered.connect(
            lambda: self._backends.test(backend)
        )
        if backend.channel is None:
            menu.addAction(translate("releases", "Another address…")).triggered.connect(
                lambda: self.open_dialog(backend.title)
            )
            menu.addAction(translate("releases", "Remove")).triggered.connect(
                lambda: self._backends.remove(backend)
            )
        menu.popup(row.more.mapToGlobal(row.more.rect().bottomLeft()))

    def open_dialog(self, name: str = "") -> None:
        """Add a messenger, or give one another address."""
        MessengerDialog(self._backends, name, self._window.window()).open()

    def retranslate(self) -> None:
        """Set every text again."""
        self._section.set_title(translate("releases", "Notifications"))
        self._note.setText(
            translate(
                "releases",
                "The first of these that works on this desktop, and every messenger.",
            )
        )
        self.test.set_content(translate("releases", "Send a test"))
        self.test.setToolTip(translate("releases", "Send a test through all of them now"))
        self.add.set_content(translate("releases", "Add a messenger…"))
        self.add.setToolTip(translate("releases", "Slack, Discord, LINE, mail and many others"))
        for row in self.rows.values():
            row.retranslate()
        self._show()


class BackendRow(QWidget):
    """A backend: a dot in the colour of its state, its name, and the state in words."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self._state = UNTESTED
        self.title = Label(wrap=True)
        self.state = Label(size=12, tone="text_soft", wrap=True)
        self.switch = Switch()
        self.more = Button(icon="more", kind="quiet")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 0, 0)
        row.setSpacing(4)
        row.addLayout(texts, 1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()

    def show_backend(self, backend: Backend, state: str, error: BaseException | None) -> None:
        """Show it as it is now, with the result of its last test."""
        self.backend, self._state = backend, state
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
        self.update()

    def retranslate(self) -> None:
        """Set the texts again."""
        name = translate("releases", "Send reminders to {0}").format(self.backend.title)
        self.switch.setAccessibleName(name)
        self.switch.setToolTip(name)
        self.more.setToolTip(translate("releases", "More"))
        self.more.setAccessibleName(
            translate("releases", "More about {0}").format(self.backend.title)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(_TONES[self._state]))
            middle = self.title.geometry().center().y() if self.title.height() < 30 else 10
            painter.drawEllipse(QRectF(2, middle - 4, 9, 9))
