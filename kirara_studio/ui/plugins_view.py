"""The plugins page: what is installed, what can be installed, and what is being changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice
from kirara_studio.api.widgets import Button, Label, Segments
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.host.discovery import PluginRecord
from kirara_studio.ui.page import Card, Page
from kirara_studio.ui.plugin_manager.change_rows import ChangeList
from kirara_studio.ui.plugin_manager.changes import (
    DONE,
    INSTALL,
    REMOVE,
    UNDO,
    UPDATE,
    Change,
    PluginChanges,
)
from kirara_studio.ui.plugin_manager.consent import ConsentDialog
from kirara_studio.ui.plugin_manager.discover import DiscoverView
from kirara_studio.ui.plugin_manager.install_bar import InstallBar
from kirara_studio.ui.plugin_manager.plugin_card import PluginCard
from kirara_studio.ui.plugin_manager.words import state_of, title_of
from kirara_studio.ui.services import WindowServices
from kirara_studio.ui.studio_settings import STUDIO_PAGE

if TYPE_CHECKING:
    from kirara_studio.host.installation.index import Index
    from kirara_studio.host.installation.values import Outcome, Question
    from kirara_studio.ui.language import Language


class PluginsView(Page):
    """A card per plugin, the queue of changes, and the list of known plugins.

    ``load`` loads a plugin now, or takes in that one is gone, and shows its panels.
    """

    problem = Signal(object)
    """An error that concerns the whole page."""

    def __init__(
        self, services: WindowServices, language: Language, load: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._services = services
        self._language = language
        self._load = load
        self._pending: dict[str, str] = {}
        self.cards: dict[str, PluginCard] = {}
        self.changes = PluginChanges(services.folders, self)
        self.consent: ConsentDialog | None = None
        self._make_widgets()
        self._connect()
        self.refresh()
        self._retranslate()

    def _make_widgets(self) -> None:
        self._restart = Card()
        self._restart_text = Label(wrap=True)
        self.restart = Button(kind="primary", icon="retry")
        self._restart.column.setContentsMargins(20, 10, 12, 10)
        self._restart.column.addLayout(row((self._restart_text, 1), self.restart))
        self._restart.hide()
        self.install_bar = InstallBar()
        self.queue = ChangeList()
        self.pages = Segments(("", ""))
        self.look_for_updates = Button(kind="quiet", icon="retry")
        self._installed = QWidget()
        self._cards = column(spacing=current_tokens().space_l)
        self._installed.setLayout(self._cards)
        self._none = Label(tone="text_soft")
        self.discover = DiscoverView(self._language)
        self.discover.hide()
        self.column.addWidget(self._restart)
        self.column.addWidget(self.install_bar)
        self.column.addWidget(self.queue)
        self.column.addLayout(row(self.pages, None, self.look_for_updates))
        for widget in (self._none, self._installed, self.discover):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def _connect(self) -> None:
        self.restart.clicked.connect(lambda: self._services.restart(False))
        self.install_bar.wanted.connect(self.install)
        self.queue.cancel_wanted.connect(self.changes.cancel)
        self.queue.undo_wanted.connect(self._undo)
        self.queue.clear_wanted.connect(self._clear)
        self.pages.chosen.connect(self.show_page)
        self.look_for_updates.clicked.connect(self._look_for_updates)
        self.discover.install_wanted.connect(self.install)
        self.discover.again_wanted.connect(self._read_index)
        self.changes.changed.connect(self.queue.show_change)
        self.changes.asked.connect(self._ask)
        self.changes.finished.connect(self._on_finished)
        self.changes.updates_found.connect(self._on_updates)
        self.changes.index_read.connect(self._on_index)

    # What others use

    @property
    def restart_offered(self) -> bool:
        """True if something is not as it was at the start."""
        return not self._restart.isHidden()

    def switch(self, name: str, on: bool) -> None:
        """Switch a plugin on or off, as from its error page."""
        if name in self.cards:
            self.cards[name].switch.setChecked(on)

    def install(self, target: str) -> None:
        """Install a name, an address, a file or a folder; the user is asked first."""
        self.changes.add(INSTALL, target)

    def install_files(self, paths: Sequence[Path]) -> None:
        """Install wheels and folders that were dropped."""
        for path in paths:
            self.install(str(path))

    def show_page(self, number: int) -> None:
        """Show what is installed (0) or what can be discovered (1)."""
        self.pages.set_current(number)
        self._installed.setVisible(number == 0)
        self._none.setVisible(number == 0 and not self.cards)
        self.look_for_updates.setVisible(number == 0)
        self.discover.setVisible(number == 1)
        if number == 1 and not self.discover.cards:
            self._read_index()

    def refresh(self) -> None:
        """Show the plugins as they are now."""
        for card in self.cards.values():
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        registry = self._services.registry
        removable = self._removable()
        self.cards = {}
        for info in registry.plugins:
            card = PluginCard(
                info,
                registry.figures(info.name),
                _context_of(info, self._services),
                enabled=registry.is_enabled(info.name),
                removable=info.name in removable,
                loadable=info.name == info.entry_point.name
                and (info.builtin or not registry.safe_mode),
            )
            card.switch.toggled.connect(lambda on, name=info.name: self._switch(name, on))
            card.again_wanted.connect(self._load)
            card.update_wanted.connect(lambda distribution: self.changes.add(UPDATE, distribution))
            card.remove_wanted.connect(self._remove)
            if info.name in self._pending:
                card.show_pending(self._pending[info.name])
            self.cards[info.name] = card
            self._cards.addWidget(card)
        self._none.setVisible(not self.cards and not self._installed.isHidden())
        self.discover.show_installed(self._distributions())

    # Inside

    def _distributions(self) -> set[str]:
        return {info.distribution for info in self._services.registry.plugins}

    def _removable(self) -> set[str]:
        from kirara_studio.host.installation.inventory import installed

        folder, plugins = self._services.folders.plugins, self._services.registry.plugins
        return {name for name, one in installed(folder, plugins).items() if one.removable}

    def _switch(self, name: str, on: bool) -> None:
        self._services.registry.set_enabled(name, on)
        self._offer_restart()

    def _offer_restart(self) -> None:
        switched = any(card.changed for card in self.cards.values())
        self._restart.setVisible(switched or bool(self._pending))

    def _remove(self, name: str, data: bool) -> None:
        self.changes.add(REMOVE, name, data=data)

    def _undo(self, change: Change) -> None:
        self.changes.add(UNDO, change.target, undone=change)

    def _clear(self) -> None:
        self.changes.clear()
        self.queue.clear()

    def _look_for_updates(self) -> None:
        self.look_for_updates.setEnabled(False)
        self.changes.look_for_updates()

    def _read_index(self) -> None:
        values = self._services.settings.page(STUDIO_PAGE)
        self.changes.read_index(values["plugin_index"])

    def _ask(self, change: Change, question: Question) -> None:
        self.consent = ConsentDialog(question, self.window())

        def answer(agreed: bool) -> None:
            self.consent = None
            self.changes.answer(change, agreed)

        self.consent.answered.connect(answer)
        self.consent.open()

    def _on_finished(self, change: Change) -> None:
        if self.consent is not None:  # cancelled while it was shown
            self.consent.close()
        if change.state == DONE and change.outcome is not None:
            self._take_in(change, change.outcome)
        if not self.isVisible():
            text = state_of(change)
            self._services.studio.notify(Notice(title_of(change), text, id="studio.plugins"))

    def _take_in(self, change: Change, outcome: Outcome) -> None:
        """Load what was installed, if nothing that is imported was replaced."""
        registry = self._services.registry
        replaced = any(package.old for package in outcome.packages)
        gone = not any(package.new for package in outcome.packages)
        known = {(info.name, info.distribution, info.version) for info in registry.plugins}
        for name in outcome.plugins:
            back = any((name, package.name, package.new) in known for package in outcome.packages)
            if gone and not registry.needs_restart(name):
                registry.forget(name)
                self._load("")
            elif gone:
                self._pending[name] = self.tr("removed at the next start")
            elif change.action == UNDO and back:
                self._pending.pop(name, None)
            elif replaced or registry.needs_restart(name):
                self._pending[name] = self.tr("new version from the next start")
            else:
                self._load(name)
        self.refresh()
        self._offer_restart()

    def _on_updates(self, found: object) -> None:
        self.look_for_updates.setEnabled(True)
        if isinstance(found, UserError):
            self.problem.emit(found)
            return
        assert isinstance(found, list)
        for update in found:
            for name in update.plugins:
                if name in self.cards:
                    self.cards[name].show_update(update.new)
        text = self.tr("Updates: {count}").format(count=len(found))
        self.look_for_updates.setText(text if found else self.tr("Everything is current"))

    def _on_index(self, index: Index) -> None:
        self.discover.show_index(index, self._distributions())

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Plugins"))
        self.subtitle.setText(
            self.tr("Every panel is a plugin. One that is switched off is not even loaded.")
        )
        self.pages.set_texts((self.tr("Installed"), self.tr("Discover")))
        self.pages.set_name(self.tr("Which plugins are shown"))
        self.look_for_updates.setText(self.tr("Look for updates"))
        self._none.setText(self.tr("No plugins are installed."))
        self._restart_text.setText(self.tr("The change takes effect at the next start."))
        self.restart.setText(self.tr("Restart now"))


def _context_of(info: PluginRecord, services: WindowServices) -> str:
    """Where a plugin's title is translated: it is the title of its first panel."""
    mine = services.registry.panels_of(info.name)
    return next((panel.id for panel in mine if panel.title == info.title), info.name)
