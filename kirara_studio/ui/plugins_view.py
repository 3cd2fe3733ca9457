"""The plugins: which there are, which are on, why one is broken, and what each costs."""

from __future__ import annotations

from collections.abc import Callable

from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.host.discovery import PluginRecord
from kirara_studio.ui.page import Card, Page
from kirara_studio.ui.plugin_manager.plugin_card import PluginCard
from kirara_studio.ui.services import WindowServices


class PluginsView(Page):
    """A card per plugin. ``load`` loads a plugin now."""

    def __init__(self, services: WindowServices, load: Callable[[str], object]) -> None:
        super().__init__()
        self._services = services
        self._load = load
        self.cards: dict[str, PluginCard] = {}
        self._restart = Card()
        self._restart_text = Label(wrap=True)
        self.restart = Button(kind="primary", icon="retry")
        self.restart.clicked.connect(lambda: services.restart(False))
        self._restart.column.setContentsMargins(20, 10, 12, 10)
        self._restart.column.addLayout(row((self._restart_text, 1), self.restart))
        self._restart.hide()
        self._cards = column(spacing=current_tokens().space_l)
        self._none = Label(tone="text_soft")
        self.column.addWidget(self._restart)
        self.column.addLayout(self._cards)
        self.column.addWidget(self._none)
        self.column.addStretch(1)
        self.refresh()
        self._retranslate()

    @property
    def restart_offered(self) -> bool:
        """True if a switch is not as it was at the start."""
        return not self._restart.isHidden()

    def switch(self, name: str, on: bool) -> None:
        """Switch a plugin on or off, as from its error page."""
        if name in self.cards:
            self.cards[name].switch.setChecked(on)

    def refresh(self) -> None:
        """Show the plugins as they are now."""
        for card in self.cards.values():
            self._cards.removeWidget(card)
            card.deleteLater()
        registry = self._services.registry
        self.cards = {}
        for info in registry.plugins:
            card = PluginCard(
                info,
                registry.figures(info.name),
                _context_of(info, self._services),
                enabled=registry.is_enabled(info.name),
                loadable=info.name == info.entry_point.name
                and (info.builtin or not registry.safe_mode),
            )
            card.switch.toggled.connect(lambda on, name=info.name: self._switch(name, on))
            card.again_wanted.connect(self._load)
            self.cards[info.name] = card
            self._cards.addWidget(card)
        self._none.setVisible(not self.cards)

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
