"""The inspector's list of notification backends and messengers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from kirara_studio.api.widgets.entry_list import EntryList, EntryRow
from kirara_studio.api.widgets.error_text import error_words
from kirara_studio.api.widgets.inspector import Inspector
from kirara_studio.api.widgets.label import Label, plain_tip
from kirara_studio.api.widgets.menu import MenuEntry, make_menu
from kirara_studio.api.widgets.messenger_dialog import MessengerDialog
from kirara_studio.api.widgets.notification_backends import (
    REFUSED,
    TESTING,
    UNTESTED,
    WORKS,
    ListedBackend,
    NotificationBackends,
)
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate

_TONES = {UNTESTED: "line_strong", TESTING: "attention", WORKS: "success", REFUSED: "loss"}


class NotificationsSection(EntryList["BackendRow"]):
    """The notification backends, each with the result of its last test, and the messengers.

    ``switch_name`` returns, in the current language, what the switch of a messenger does, as in
    "Send reminders to {0}".
    """

    def __init__(
        self, inspector: Inspector, backends: NotificationBackends, switch_name: Callable[[], str]
    ) -> None:
        super().__init__(inspector, 6, ("sparkle", "plus"))
        self._backends = backends
        self._switch_name = switch_name
        self._window = inspector
        self.test, self.add = self.buttons
        self.test.clicked.connect(backends.test_all)
        self.add.clicked.connect(lambda: self.open_dialog())
        backends.changed.connect(self._show)

    def _show(self) -> None:
        self.set_keys([backend.key for backend in self._backends.all])
        self.test.setVisible(bool(self._backends.all))
        for backend in self._backends.all:
            self.rows[backend.key].show_backend(
                backend, *self._backends.state(backend.key), self._switch_name()
            )

    def make_row(self) -> BackendRow:
        row = BackendRow()
        row.switch.clicked.connect(lambda on: self._backends.set_enabled(row.backend, on))
        row.more.clicked.connect(lambda: self._open_menu(row))
        return row

    def _open_menu(self, row: BackendRow) -> None:
        backends, backend = self._backends, row.backend
        entries: list[MenuEntry | None] = [
            (translate("widgets", "Send a test"), lambda: backends.test(backend))
        ]
        if backend.channel is None:
            another = translate("widgets", "Another address…")
            entries.append((another, lambda: self.open_dialog(backend.title)))
            entries.append((translate("widgets", "Remove"), lambda: backends.remove(backend)))
        place = row.more.mapToGlobal(row.more.rect().bottomLeft())
        make_menu(self._window, entries).popup(place)

    def open_dialog(self, name: str = "") -> None:
        """Add a messenger, or give one another address."""
        MessengerDialog(self._backends, name, self._window.window()).open()

    def retranslate(self) -> None:
        """Set the texts again."""
        desktop = self._backends.desktop
        self.section.set_title(
            translate("widgets", "Notifications") if desktop else translate("widgets", "Messengers")
        )
        self.note.setText(
            translate(
                "widgets", "The first of these that works on this desktop, and every messenger."
            )
            if desktop
            else translate("widgets", "Those that are switched on are used.")
        )
        self.test.set_content(translate("widgets", "Send a test"))
        self.test.setToolTip(translate("widgets", "Send a test through all of them now"))
        self.add.set_content(translate("widgets", "Add a messenger…"))
        self.add.setToolTip(translate("widgets", "Slack, Discord, LINE, mail and many others"))
        self._show()


class BackendRow(EntryRow):
    """A backend: a dot in the colour of its state, its name, and the state in words."""

    backend: ListedBackend
    title: Label

    def __init__(self) -> None:
        super().__init__(Label(wrap=True), Label(size=12, tone="text_soft", wrap=True))
        self._tone = _TONES[UNTESTED]
        self.state = self.below
        self.line.setContentsMargins(18, 0, 0, 0)
        for widget in (self.switch, self.more):
            self.line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)

    def show_backend(
        self, backend: ListedBackend, state: str, error: BaseException | None, switch_name: str
    ) -> None:
        """Show it as it is now, with the result of its last test."""
        self.backend, self._tone = backend, _TONES[state]
        self.title.setText(backend.title)
        self.switch.setVisible(backend.channel is None)
        self.switch.setChecked(backend.enabled)
        self.state.setText(
            {
                UNTESTED: translate("widgets", "Not tested yet"),
                TESTING: translate("widgets", "Sending…"),
                WORKS: translate("widgets", "Works"),
                REFUSED: str(error_words(error)) if error else "",
            }[state]
        )
        self.name_controls(backend.title, switch_name)
        self.switch.setToolTip(plain_tip(self.switch.accessibleName()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(self._tone))
            middle = self.title.geometry().center().y() if self.title.height() < 30 else 10
            painter.drawEllipse(QRectF(2, middle - 4, 9, 9))
