"""The plugins: which there are, which are on, and why one is broken."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt

from kirara_studio.api.widgets import Button, Label, Switch
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.host.discovery import BROKEN, ENABLED, PluginRecord
from kirara_studio.ui.page import Card, CopyDetails, Page
from kirara_studio.ui.services import WindowServices


class PluginsView(Page):
    """A card per plugin. What is switched here holds from the next start on."""

    def __init__(self, services: WindowServices) -> None:
        super().__init__()
        self._services = services
        self.cards: dict[str, PluginCard] = {}
        self._restart = Card()
        self._restart_text = Label(wrap=True)
        self.restart = Button(kind="primary", icon="retry")
        self.restart.clicked.connect(lambda: services.restart(False))
        self._restart.column.setContentsMargins(20, 10, 12, 10)
        self._restart.column.addLayout(row((self._restart_text, 1), self.restart))
        self._restart.hide()
        self.column.addWidget(self._restart)
        for info in services.registry.plugins:
            card = PluginCard(
                info, services.registry.is_enabled(info.name), _context_of(info, services)
            )
            card.switch.toggled.connect(lambda on, name=info.name: self._switch(name, on))
            self.cards[info.name] = card
            self.column.addWidget(card)
        self._none = Label(tone="text_soft")
        self._none.setVisible(not self.cards)
        self.column.addWidget(self._none)
        self.column.addStretch(1)
        self._retranslate()

    @property
    def restart_offered(self) -> bool:
        """True if a switch is not as it was at the start."""
        return not self._restart.isHidden()

    def switch(self, name: str, on: bool) -> None:
        """Switch a plugin on or off, as from its error page."""
        if name in self.cards:
            self.cards[name].switch.setChecked(on)

    def _switch(self, name: str, on: bool) -> None:
        self._services.registry.set_enabled(name, on)
        self._restart.setVisible(any(card.changed for card in self.cards.values()))

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Plugins"))
        self.subtitle.setText(
            self.tr("Every panel is a plugin. One that is switched off is not even loaded.")
        )
        self._none.setText(self.tr("No plugins are installed."))
        self._restart_text.setText(self.tr("The change takes effect at the next start."))
        self.restart.setText(self.tr("Restart now"))


def _context_of(info: PluginRecord, services: WindowServices) -> str:
    """Where a plugin's title is translated: it is the title of its first panel."""
    registry = services.registry
    mine = (panel for panel in registry.panels if registry.plugin_of(panel.id) == info.name)
    return next((panel.id for panel in mine if panel.title == info.title), info.name)


class PluginCard(Translated, Card):
    """One plugin."""

    def __init__(self, info: PluginRecord, enabled: bool, context: str) -> None:
        super().__init__()
        self.info = info
        self._context = context
        self._enabled_before = enabled
        self._title = Label(bold=True)
        self._state = Label()
        self.origin = Label(size=12, tone="text_soft", wrap=True)
        self._summary = Label(tone="text_soft", wrap=True)
        self.reason = Label(tone="loss_text" if info.state == BROKEN else "text_soft", wrap=True)
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reason.setVisible(bool(info.reason))
        self.copy = CopyDetails(
            f"{info.name} {info.version} ({info.distribution})\n{info.reason}\n\n{info.details}"
        )
        self.copy.setVisible(bool(info.details))
        self.switch = Switch()
        self.switch.setChecked(enabled)
        self.switch.toggled.connect(lambda: self._show_state())

        heading = row(self._title, self._state, None)
        texts = column(heading, self._summary, self.origin, self.reason, spacing=4)
        wide = current_tokens().space_l
        self.column.addLayout(row((texts, 1), self.copy, self.switch, spacing=wide))
        self._retranslate()

    @property
    def changed(self) -> bool:
        """True if the switch is not as it was at the start."""
        return self.switch.isChecked() != self._enabled_before

    @property
    def state_text(self) -> str:
        """The pill beside the title."""
        return self._state.text()

    def _show_state(self) -> None:
        if self.changed:
            on = self.switch.isChecked()
            text = self.tr("on from the next start") if on else self.tr("off from the next start")
            pill = "attention"
        elif self.info.state == BROKEN:
            text, pill = self.tr("broken"), "loss"
        elif self.info.state == ENABLED:
            text, pill = self.tr("on"), "success"
        else:
            text, pill = self.tr("off"), "quiet"
        self._state.setText(text)
        self._state.set_pill(pill)

    def _retranslate(self) -> None:
        info = self.info
        title = QCoreApplication.translate(self._context, info.title)
        self._title.setText(title)
        self.switch.setAccessibleName(title)
        origin = self.tr("comes with the studio") if info.builtin else info.distribution
        parts = [info.name, info.version, origin, "" if info.builtin else info.author]
        self.origin.setText(" · ".join(part for part in parts if part))
        # The summary of the studio's own distribution does not describe one of its plugins.
        self._summary.setText("" if info.builtin else info.summary)
        self._summary.setVisible(bool(self._summary.text()))
        self.reason.setText(QCoreApplication.translate("Plugins", info.reason))
        self._show_state()
