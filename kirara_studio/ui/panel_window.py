"""A panel in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, Icon, Label
from kirara_studio.api.widgets.icons import app_icon
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.job_bar import JobBar
from kirara_studio.ui.panel_host import PanelHost
from kirara_studio.ui.services import WindowServices


class PanelWindow(QWidget):
    """Shows a host that the main window lent. Closing gives it back (signal ``closed``)."""

    closed = Signal(str)

    def __init__(self, host: PanelHost, services: WindowServices, main_bar: JobBar) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.host = host
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowIcon(app_icon())
        state = services.state.section("window")
        if not isinstance(state.get("panel_windows"), dict):
            state["panel_windows"] = {}
        self._geometry: dict[str, str] = state["panel_windows"]
        self._bar = JobBar(services.jobs, host.panel.id)
        self._bar.adopt(main_bar)
        self._bar.set_status(host.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(host, 1)
        column.addWidget(self._bar)
        host.status_changed.connect(self._bar.set_status)
        host.message.connect(self._bar.show_message)
        for keys, function in (
            ("Ctrl+W", self.close),
            ("F11", self.toggle_full_screen),
        ):
            QShortcut(QKeySequence(keys), self, function)
        self.resize(1000, 720)
        self._restore()
        self._retranslate()
        host.show()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def save_layout(self) -> None:
        """Remember the place and size."""
        text = self.saveGeometry().toBase64().toStdString()
        self._geometry[self.host.panel.id] = text

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_layout()
        self.host.status_changed.disconnect(self._bar.set_status)
        self.host.message.disconnect(self._bar.show_message)
        self.closed.emit(self.host.panel.id)
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _restore(self) -> None:
        text = self._geometry.get(self.host.panel.id, "")
        if isinstance(text, str) and text:
            self.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore")))

    def _retranslate(self) -> None:
        self.setWindowTitle(f"{self.host.title} — Kirara Studio")


class AwayPage(QWidget):
    """In the main window, instead of a panel that is in a window of its own."""

    back_wanted = Signal()
    raise_wanted = Signal()

    def __init__(self, host: PanelHost) -> None:
        super().__init__()
        self._host = host
        tokens = current_tokens()
        self._text = Label(size=17, bold=True)
        self._raise = Button(kind="primary")
        self._back = Button()
        column = QVBoxLayout(self)
        column.setSpacing(tokens.space_m)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Icon("window", "text_soft", 40), 0, middle)
        column.addWidget(self._text, 0, middle)
        column.addSpacing(tokens.space_s)
        column.addWidget(self._raise, 0, middle)
        column.addWidget(self._back, 0, middle)
        column.addStretch(3)
        self._raise.clicked.connect(self.raise_wanted)
        self._back.clicked.connect(self.back_wanted)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        title = self._host.title
        self._text.setText(self.tr("“{title}” is in a window of its own").format(title=title))
        self._raise.setText(self.tr("Show that window"))
        self._back.setText(self.tr("Bring it back here"))
