"""Adds a messenger: its name, and the address that the service gives."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kirara_releases.backends import Backends
from kirara_releases.view.problem import Problem
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import Button, Label, error_words

translate = QCoreApplication.translate

_OTHER = QT_TRANSLATE_NOOP("releases", "Another service")
_MAIL = QT_TRANSLATE_NOOP("releases", "Mail")
_SERVICES = (
    (
        "Discord",
        "https://discord.com/api/webhooks/…",
        QT_TRANSLATE_NOOP(
            "releases",
            "In Discord: the channel’s settings, Integrations, Webhooks, “Copy Webhook URL”.",
        ),
    ),
    (
        "Slack",
        "https://hooks.slack.com/services/…",
        QT_TRANSLATE_NOOP("releases", "In Slack: the address of an incoming webhook."),
    ),
    (
        "LINE",
        "line://TOKEN/USER",
        QT_TRANSLATE_NOOP(
            "releases", "From LINE’s Messaging API: the channel access token, and your user id."
        ),
    ),
    (
        _MAIL,
        "mailtos://USER:PASSWORD@example.org?to=YOU@example.org",
        QT_TRANSLATE_NOOP("releases", "Your mail account, and the address to write to."),
    ),
    (
        _OTHER,
        "service://…",
        QT_TRANSLATE_NOOP("releases", "Any address that the library apprise understands."),
    ),
)


class MessengerDialog(QDialog):
    """Adds a messenger, or gives the one called ``name`` another address."""

    def __init__(self, backends: Backends, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._backends = backends
        self._named = bool(name)
        self.setWindowTitle(
            translate("releases", "Another address")
            if name
            else translate("releases", "Add a messenger")
        )
        self.service = QComboBox()
        for title, _, _ in _SERVICES:
            self.service.addItem(translate("releases", title))
        self.name = QLineEdit(name)
        self.name.setMaxLength(60)
        self.name.setEnabled(not name)
        self.url = QLineEdit()
        self.url.setMinimumWidth(420)
        self.help = Label(size=12, tone="text_soft", wrap=True)
        self.problem = Problem()
        self.save = Button(translate("releases", "Save"), kind="primary")
        self.cancel = Button(translate("releases", "Cancel"))

        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        for text, widget in (
            (translate("releases", "Service"), self.service),
            (translate("releases", "Name"), self.name),
            (translate("releases", "Address"), self.url),
        ):
            label = Label(text, size=12, tone="text_soft")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            column.addWidget(label)
            column.addWidget(widget)
            column.addSpacing(6)
        column.addWidget(self.help)
        column.addWidget(self.problem)
        column.addWidget(
            Label(
                translate("releases", "The address is stored in the system’s keyring."),
                size=12,
                tone="text_soft",
                wrap=True,
            )
        )
        column.addSpacing(10)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addLayout(buttons)

        self.service.currentIndexChanged.connect(self._show_service)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.submit)
        backends.added.connect(self.accept)
        backends.refused.connect(self._refuse)
        self._show_service(0)

    def submit(self) -> None:
        """Check what was entered; what is wrong appears below it."""
        if not self.save.isEnabled():
            return
        self.problem.clear()
        self.save.setEnabled(False)
        self._backends.add(self.name.text(), self.url.text())

    def _refuse(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        self.problem.show_text(str(error_words(error)))

    def _show_service(self, index: int) -> None:
        title, example, text = _SERVICES[index]
        self.url.setPlaceholderText(example)
        self.help.setText(translate("releases", text))
        names = [translate("releases", other) for other, _, _ in _SERVICES]
        if not self._named and (not self.name.text() or self.name.text() in names):
            self.name.setText("" if title == _OTHER else translate("releases", title))
