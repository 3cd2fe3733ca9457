"""The inspector's routes: by which ways people are told, and whether these work here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kirara_releases.notifications.messengers import Messengers
from kirara_releases.storage.store import Store
from kirara_releases.view.backends import (
    OldMessenger,
    Route,
    Trial,
    remove_messenger,
    routes_of,
    try_route,
)
from kirara_releases.view.messenger_dialog import MessengerDialog
from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Button, Inspector, Label, Switch, error_words
from kirara_studio.api.widgets.look import color

translate = QCoreApplication.translate

UNTRIED, TRYING, WORKS, REFUSED = "untried", "trying", "works", "refused"
"""States of a route."""

_TONES = {UNTRIED: "line_strong", TRYING: "attention", WORKS: "success", REFUSED: "loss"}


class RoutesSection(QObject):
    """Lists the desktop's routes and the messengers, each with what came of its last test."""

    def __init__(self, inspector: Inspector, context: PanelContext, store: Store) -> None:
        super().__init__(inspector)
        self._context = context
        self._window = inspector
        self._messengers = Messengers(store, context.secrets)
        self._states: dict[str, tuple[str, str]] = {}
        self.rows: dict[str, RouteRow] = {}
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
        self.test.clicked.connect(self.test_all)
        self.add.clicked.connect(lambda: self.open_dialog())
        self.reload()
        self.retranslate()

    # The routes

    def reload(self) -> None:
        """Ask anew which routes there are."""
        routes = routes_of(list(self._context.notice_channels()), self._messengers)
        if list(self.rows) != [route.key for route in routes]:
            for row in self.rows.values():
                self._column.removeWidget(row)
                row.deleteLater()
            self.rows = {route.key: self._make_row(route) for route in routes}
        for route in routes:
            self.rows[route.key].show_route(route)
            self._show_state(route.key)

    def _make_row(self, route: Route) -> RouteRow:
        row = RouteRow(route)
        row.switch.clicked.connect(lambda on: self._enable(row, on))
        row.more.clicked.connect(partial(self._open_menu, row))
        self._column.addWidget(row)
        return row

    def _enable(self, row: RouteRow, on: bool) -> None:
        try:
            self._messengers.set_enabled(row.route.title, on)
        except UserError as error:
            self._context.show_error(error)
        self.reload()

    def _open_menu(self, row: RouteRow) -> None:
        menu = QMenu(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(translate("releases", "Send a test")).triggered.connect(
            lambda: self.test_route(row.route)
        )
        if row.route.channel is None:
            menu.addAction(translate("releases", "Another address…")).triggered.connect(
                lambda: self.open_dialog(row.route.title)
            )
            menu.addAction(translate("releases", "Remove")).triggered.connect(
                lambda: self.remove(row.route)
            )
        menu.popup(row.more.mapToGlobal(row.more.rect().bottomLeft()))

    # Tests

    def test_all(self) -> None:
        """Send a test by every route, so that the user sees which ones work here."""
        self.reload()
        for row in self.rows.values():
            if row.route.enabled:
                self.test_route(row.route)

    def test_route(self, route: Route) -> None:
        """Send a test by one route."""
        notice = Notice(
            translate("releases", "This is a test"),
            translate("releases", "Releases are told by this route: {0}").format(route.title),
            panel="releases",
            id=f"releases.test.{route.key}",
        )
        context = self._context
        request = Trial(route, notice, context.data_folder, context.secrets)
        self._set_state(route.key, TRYING)
        context.jobs.submit_io(
            f"test {route.key}",
            try_route,
            request,
            on_result=lambda _: self._set_state(route.key, WORKS),
            on_error=lambda error: self._set_state(route.key, REFUSED, str(error_words(error))),
        )

    def state(self, key: str) -> tuple[str, str]:
        """What came of the last test, and why it was refused."""
        return self._states.get(key, (UNTRIED, ""))

    def _set_state(self, key: str, state: str, why: str = "") -> None:
        self._states[key] = (state, why)
        self._show_state(key)

    def _show_state(self, key: str) -> None:
        if key in self.rows:
            self.rows[key].show_state(*self.state(key))

    # Messengers

    def open_dialog(self, name: str = "") -> None:
        """Add a messenger, or give one another address."""
        dialog = MessengerDialog(self._context, name, self._window.window())
        dialog.added.connect(self._on_added)
        dialog.open()

    def _on_added(self, name: str) -> None:
        self._states.pop(f"messenger/{name}", None)
        self.reload()

    def remove(self, route: Route) -> None:
        """Forget a messenger."""
        context = self._context
        context.jobs.submit_io(
            f"remove {route.key}",
            remove_messenger,
            OldMessenger(route.title, context.data_folder, context.secrets),
            on_result=lambda _: self.reload(),
        )

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._section.set_title(translate("releases", "Where you are told"))
        self._note.setText(
            translate(
                "releases",
                "On the desktop by the first of these that works, and by every messenger.",
            )
        )
        self.test.set_content(translate("releases", "Send a test"))
        self.test.setToolTip(translate("releases", "Try every route now"))
        self.add.set_content(translate("releases", "Add a messenger…"))
        self.add.setToolTip(translate("releases", "Slack, Discord, LINE, mail and many others"))
        for key, row in self.rows.items():
            row.retranslate()
            self._show_state(key)


class RouteRow(QWidget):
    """A route: a dot in the colour of its state, its name, and the state in words."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.route = route
        self._state = UNTRIED
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
        self.show_route(route)
        self.retranslate()

    def show_route(self, route: Route) -> None:
        """Show it as it is now."""
        self.route = route
        self.title.setText(route.title)
        self.switch.setVisible(route.channel is None)
        self.switch.setChecked(route.enabled)

    def show_state(self, state: str, why: str) -> None:
        """Show what came of the last test."""
        self._state = state
        self.state.setText(
            {
                UNTRIED: translate("releases", "Not tried yet"),
                TRYING: translate("releases", "Sending…"),
                WORKS: translate("releases", "Works"),
                REFUSED: why,
            }[state]
        )
        self.update()

    def retranslate(self) -> None:
        """Set the texts anew."""
        name = translate("releases", "Tell me through {0}").format(self.route.title)
        self.switch.setAccessibleName(name)
        self.switch.setToolTip(name)
        self.more.setToolTip(translate("releases", "More"))
        self.more.setAccessibleName(
            translate("releases", "More about {0}").format(self.route.title)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(_TONES[self._state]))
            middle = self.title.geometry().center().y() if self.title.height() < 30 else 10
            painter.drawEllipse(QRectF(2, middle - 4, 9, 9))
