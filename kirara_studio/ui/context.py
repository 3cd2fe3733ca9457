"""What a panel is lent (:class:`kirara_studio.api.panel.PanelContext`)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from kirara_studio.api.jobs import Device
from kirara_studio.api.panel import Panel
from kirara_studio.api.settings import SettingsPage
from kirara_studio.host.settings import PanelSettings
from kirara_studio.ui.banner import Extra
from kirara_studio.ui.services import WindowServices


class StudioPanelContext:
    """Lends one panel its part of the studio; its errors, messages and status go to functions."""

    def __init__(
        self,
        panel: Panel,
        services: WindowServices,
        *,
        show_error: Callable[[BaseException], None],
        offer: Callable[[str, str, Sequence[Extra]], None],
        show_message: Callable[[str], None],
        set_status: Callable[[str], None],
        give_files: Callable[[str, list[Path], str], None],
    ) -> None:
        self.panel = panel
        self._services = services
        self.show_error = show_error
        self.offer = offer
        self.show_message = show_message
        self.set_status = set_status
        self._give_files = give_files
        studio, registry = services.studio, services.registry
        plugin = registry.plugin_of(panel.id)
        self.notify, self.deliver, self.withdraw = studio.notify, studio.deliver, studio.withdraw
        self.notice_backends = studio.backends
        self.jobs = services.jobs.for_panel(panel.id, show_error)
        self.training = services.training
        # A panel without a settings page has an empty one.
        pages = {page.id: page for page in registry.settings_pages}
        page = pages.get(panel.id, SettingsPage(panel.id, panel.title, ()))
        self.settings = PanelSettings(services.settings.page(page))
        self.data_folder = studio.data_folder(plugin)
        self.secrets = studio.secrets(plugin)
        self.messengers = studio.messengers
        self._results_folder = services.results_folder(panel)

    def close(self) -> None:
        """The panel is closed: stop its jobs, and call it no more."""
        self.jobs.close()
        self.settings.close()

    @property
    def state(self) -> dict[str, Any]:
        """Plain JSON values remembered between sessions."""
        return self._services.state.section(f"panel.{self.panel.id}")

    @property
    def panels(self) -> Sequence[Panel]:
        """All panels that are there, in the order of the navigation."""
        return tuple(self._services.registry.panels)

    @property
    def results_folder(self) -> Path:
        """Where the user's results are saved by default.

        Made when it is asked for: a dialog that starts in a folder that does not exist shows
        another one.
        """
        with contextlib.suppress(OSError):  # saving then explains what is wrong
            self._results_folder.mkdir(parents=True, exist_ok=True)
        return self._results_folder

    @property
    def device(self) -> Device | None:
        """The device, or None while it is not known yet."""
        return self._services.jobs.device

    def tr(self, text: str) -> str:
        """Translate ``text`` in the panel's context."""
        return QCoreApplication.translate(self.panel.id, text)

    def give_files(self, panel_id: str, paths: Sequence[Path], purpose: str = "") -> None:
        """Show another panel, and give it files. Raises KeyError if there is no such panel."""
        if panel_id not in {panel.id for panel in self.panels}:
            raise KeyError(panel_id)
        self._give_files(panel_id, list(paths), purpose)
