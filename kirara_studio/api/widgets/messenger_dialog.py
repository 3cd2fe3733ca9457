"""Adds a messenger: its name, and the address that the service gives."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from kirara_studio.api.widgets.dialog import Dialog, Problem, add_field
from kirara_studio.api.widgets.error_text import error_words
from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.notification_backends import NotificationBackends

translate = QCoreApplication.translate


def _services() -> list[tuple[str, str, str]]:
    """The title of each service, an example of an address, and where to find one."""
    discord = translate(
        "widgets",
        "In Discord: the channel’s settings, Integrations, Webhooks, “Copy Webhook URL”.",
    )
    slack = translate("widgets", "In Slack: the address of an incoming webhook.")
    line = translate(
        "widgets", "From LINE’s Messaging API: the channel access token, and your user id."
    )
    mail = translate("widgets", "Your mail account, and the address to write to.")
    mail_example = "mailtos://USER:PASSWORD@example.org?to=YOU@example.org"
    other = translate("widgets", "Any address that the library apprise understands.")
    return [
        ("Discord", "https://discord.com/api/webhooks/…", discord),
        ("Slack", "https://hooks.slack.com/services/…", slack),
        ("LINE", "line://TOKEN/USER", line),
        (translate("widgets", "Mail"), mail_example, mail),
        (translate("widgets", "Another service"), "service://…", other),
    ]


class MessengerDialog(Dialog):
    """Adds a messenger, or gives the one called ``name`` another address."""

    def __init__(self, backends: NotificationBackends, name: str, parent: QWidget) -> None:
        another = translate("widgets", "Another address")
        title = another if name else translate("widgets", "Add a messenger")
        super().__init__(title, translate("widgets", "Save"), parent)
        self._backends = backends
        self._named = bool(name)
        self.service = QComboBox()
        self.service.addItems([service for service, _, _ in _services()])
        self.name = QLineEdit(name)
        self.name.setMaxLength(60)
        self.name.setEnabled(not name)
        self.url = QLineEdit()
        self.url.setMinimumWidth(420)
        self.help = Label(size=12, tone="text_soft", wrap=True)
        self.problem = Problem()
        keyring = translate("widgets", "The address is stored in the system’s keyring.")

        self.column.setSpacing(6)
        add_field(self.column, translate("widgets", "Service"), self.service)
        add_field(self.column, translate("widgets", "Name"), self.name)
        add_field(self.column, translate("widgets", "Address"), self.url)
        self.column.addWidget(self.help)
        self.column.addWidget(self.problem)
        self.column.addWidget(Label(keyring, size=12, tone="text_soft", wrap=True))
        self.add_buttons()

        self.service.currentIndexChanged.connect(self._show_service)
        backends.added.connect(self.accept)
        backends.refused.connect(self._refuse)
        self._show_service(0)

    def submit(self) -> None:
        """Try to add it; the dialog closes once that is done."""
        if not self.save.isEnabled():
            return
        self.problem.show_text("")
        self.save.setEnabled(False)
        self._backends.add(self.name.text(), self.url.text())

    def _refuse(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        self.problem.show_text(str(error_words(error)))

    def _show_service(self, index: int) -> None:
        services = _services()
        title, example, text = services[index]
        self.url.setPlaceholderText(example)
        self.help.setText(text)
        proposed = {"", *(name for name, _, _ in services)}
        if not self._named and self.name.text() in proposed:
            self.name.setText("" if index == len(services) - 1 else title)
