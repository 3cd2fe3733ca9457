"""A switch for the server, with its address."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication

from kirara_speech.settings import PAGE, SERVE, SERVE_ANY, SERVE_PORT
from kirara_speech.speech_server import SpeechServer
from kirara_studio.api.settings import Settings
from kirara_studio.api.widgets import Button, Form, Inspector, Label, error_words

translate = QCoreApplication.translate


class ServerSection(QObject):
    """Switch, port and address; a click on the address copies it (``copied``)."""

    copied = Signal(str)

    def __init__(self, inspector: Inspector, server: SpeechServer, settings: Settings) -> None:
        super().__init__(inspector)
        self._server = server
        self.section = inspector.add_section("")
        self.form = Form(PAGE, settings, keys=(SERVE, SERVE_PORT, SERVE_ANY), compact=True)
        self.section.add(self.form)
        self.state = Label(size=12, tone="text_soft", wrap=True)
        self.problem = Label(size=12, tone="loss_text", wrap=True)
        self.section.add(self.state)
        self.section.add(self.problem)
        self.address = Button(icon="copy")
        self.section.add(self.address)
        self.address.clicked.connect(self.copy)
        server.changed.connect(self.show_server)

    def copy(self) -> None:
        """Copy the address."""
        QGuiApplication.clipboard().setText(self._server.address)
        self.copied.emit(translate("speech", "The address was copied."))

    def show_server(self) -> None:
        """Show whether it runs, and where."""
        server = self._server
        self.state.setText(translate("speech", "Starting…"))
        self.state.setVisible(server.starting)
        if server.problem is not None:
            self.problem.setText(str(error_words(server.problem)))
        self.problem.setVisible(server.problem is not None)
        self.address.set_content(server.address)
        self.address.setVisible(bool(server.address))

    def retranslate(self) -> None:
        self.section.set_title(translate("speech", "For other programs"))
        self.address.setToolTip(translate("speech", "Copy the address"))
        name = translate("speech", "Copy the address {0}")
        self.address.setAccessibleName(name.format(self._server.address))
        self.show_server()
