"""Tells, above whatever is in front, which plugins are not there, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from kirara_studio.host.registry import BROKEN
from kirara_studio.ui.banner import Banner, BannerArea
from kirara_studio.ui.services import WindowServices


class PluginNotices(QObject):
    """Banners for safe mode, for the plugin that the last start died of, and for broken ones.

    Parameters
    ----------
    show_plugins
        Opens the list of plugins.
    switch_on
        Switches a plugin on, and shows where.
    """

    def __init__(
        self,
        area: BannerArea,
        services: WindowServices,
        *,
        show_plugins: Callable[[], None],
        switch_on: Callable[[str], None],
    ) -> None:
        super().__init__(area)
        self._area = area
        self._services = services
        self._show_plugins = show_plugins
        self._switch_on = switch_on
        self._told: set[str] = set()

    def show_new(self) -> None:
        """Show what was not shown yet. Call it again after the plugins' start-up hooks."""
        registry = self._services.registry
        broken = {info.name: info for info in registry.plugins if info.state == BROKEN}
        new = [info for name, info in broken.items() if name not in self._told]
        self._told |= broken.keys()
        if len(new) == 1:
            message = self.tr("The plugin “{name}” is broken.")
            self._show(message.format(name=new[0].name), new[0].reason)
        elif new:
            message = self.tr("%n plugins are broken.", "", len(new))
            self._show(message, ", ".join(info.name for info in new))
        if registry.suspect and registry.suspect not in self._told:
            self._told.add(registry.suspect)
            self._tell_of_suspect(registry.suspect)
        if registry.safe_mode and "" not in self._told:
            self._told.add("")
            self._tell_of_safe_mode()

    def _tell_of_suspect(self, plugin: str) -> None:
        banner = Banner(
            self.tr("The last start ended while the plugin “{name}” was loading.").format(
                name=plugin
            ),
            self.tr("It was switched off. Switch it on again once it is mended."),
            kind="attention",
            extras=[
                (self.tr("Switch it on again"), lambda: self._after(banner, self._on(plugin))),
                (self.tr("Restart in safe mode"), lambda: self._services.restart(True)),
            ],
        )
        self._area.show_banner(banner)

    def _tell_of_safe_mode(self) -> None:
        self._area.show_banner(
            Banner(
                self.tr("The studio runs in safe mode."),
                self.tr("Only the plugins that come with it are loaded. Restart to leave it."),
                kind="attention",
                extras=[(self.tr("Restart"), lambda: self._services.restart(False))],
            )
        )

    def _show(self, message: str, advice: str) -> None:
        banner = Banner(
            message,
            advice,
            kind="attention",
            extras=[
                (self.tr("Show the plugins"), lambda: self._after(banner, self._show_plugins)),
            ],
        )
        self._area.show_banner(banner)

    def _on(self, plugin: str) -> Callable[[], None]:
        return lambda: self._switch_on(plugin)

    def _after(self, banner: Banner, do: Callable[[], None]) -> None:
        """Do what the banner offers; it has said all that it had to say."""
        banner.closed.emit()
        do()
