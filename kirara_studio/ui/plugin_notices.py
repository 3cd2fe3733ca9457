"""Banners about plugins that are not there, and what can be done."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from kirara_studio.api.widgets import error_words
from kirara_studio.host.discovery import BROKEN
from kirara_studio.ui.banner import Banner, BannerArea, Text
from kirara_studio.ui.panel_guard import explain_held
from kirara_studio.ui.services import WindowServices


class PluginNotices(QObject):
    """Banners for safe mode, for what the last session died of, and for plugins that misbehave.

    ``show_plugins`` opens the list of plugins, ``try_again`` loads one and ``try_panel`` opens a
    panel that was left closed.
    """

    def __init__(
        self,
        area: BannerArea,
        services: WindowServices,
        *,
        show_plugins: Callable[[], None],
        try_again: Callable[[str], None],
        try_panel: Callable[[str], None],
    ) -> None:
        super().__init__(area)
        self._area = area
        self._services = services
        self._show_plugins = show_plugins
        self._try_again = try_again
        self._try_panel = try_panel
        self._reported: set[str] = set()

    def show_new(self) -> None:
        """Show what was not shown yet. Call it again after the plugins' start-up hooks."""
        registry, restart = self._services.registry, self._services.restart
        broken = [info for info in registry.plugins if info.state == BROKEN]
        new = [info for info in broken if info.name not in self._reported]
        self._reported |= {info.name for info in new}
        show = (lambda: self.tr("Show the plugins"), self._show_plugins, True)
        if len(new) == 1:
            message = self.tr("The plugin “{name}” is broken.").format(name=new[0].name)
            self._show(message, new[0].reason, show)
        elif new:
            message = self.tr("%n plugins are broken.", "", len(new))
            self._show(message, ", ".join(info.name for info in new), show)
        self._show_changes()
        self._show_held()
        suspect = registry.suspect
        if suspect and suspect not in self._reported:
            self._reported.add(suspect)
            message = self.tr("The last start ended while the plugin “{name}” was loading.")
            self._show(
                message.format(name=suspect),
                self.tr("It was switched off."),
                (lambda: self.tr("Try again"), lambda: self._try_again(suspect), True),
                (lambda: self.tr("Restart in safe mode"), lambda: restart(True), False),
            )
        if registry.safe_mode and "" not in self._reported:
            self._reported.add("")
            self._show(
                self.tr("The studio runs in safe mode."),
                self.tr("Only the plugins that come with it are loaded. Restart to leave it."),
                (lambda: self.tr("Restart"), lambda: restart(False), False),
            )

    def _show_held(self) -> None:
        """The panels that the last session died of."""
        for held in list(self._services.registry.session.held.values()):
            if f"held {held.panel}" in self._reported:
                continue
            self._reported.add(f"held {held.panel}")
            panels = self._services.registry.panels
            title = next((p.title for p in panels if p.id == held.panel), held.panel)
            error = explain_held(held, QCoreApplication.translate(held.panel, title))
            again = functools.partial(self._try_panel, held.panel)
            self._show(
                *error_words(error),
                (lambda: self.tr("Try again"), again, True),
                (
                    lambda: self.tr("Restart in safe mode"),
                    lambda: self._services.restart(True),
                    False,
                ),
            )

    def _show_changes(self) -> None:
        """What plugins do that they should not, one banner for each."""
        registry = self._services.registry
        for info in registry.plugins:
            notes = [
                n for n in registry.figures(info.name).notes if n.message not in self._reported
            ]
            self._reported |= {note.message for note in notes}
            for note in notes:
                show = (lambda: self.tr("Show the plugins"), self._show_plugins, True)
                self._show(*error_words(note), show)

    def _show(
        self, message: str, advice: str, *offers: tuple[Text, Callable[[], None], bool]
    ) -> None:
        """Show a banner with buttons; one whose third value is True also closes the banner."""

        def act(run: Callable[[], None], closes: bool) -> None:
            if closes:
                banner.closed.emit()
            run()

        extras = [(text, functools.partial(act, run, closes)) for text, run, closes in offers]
        banner = Banner(message, advice, kind="attention", extras=extras)
        self._area.show_banner(banner)
