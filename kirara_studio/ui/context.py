"""What a panel is lent (:class:`kirara_studio.api.panel.PanelContext`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from kirara_studio.api.jobs import Device, Jobs
from kirara_studio.api.panel import Panel
from kirara_studio.api.secrets import Secrets
from kirara_studio.api.settings import Settings, SettingsPage
from kirara_studio.api.training import Training
from kirara_studio.ui.services import WindowServices


class StudioPanelContext:
    """Lends one panel its part of the studio.

    Parameters
    ----------
    panel, services
        The panel, and what the window is lent itself.
    show_error, show_message, set_status
        Where the panel's errors, messages and status go.
    """

    def __init__(
        self,
        panel: Panel,
        services: WindowServices,
        *,
        show_error: Callable[[BaseException], None],
        show_message: Callable[[str], None],
        set_status: Callable[[str], None],
    ) -> None:
        self._panel = panel
        self._services = services
        self.show_error = show_error
        self.show_message = show_message
        self.set_status = set_status
        studio = services.studio
        self.notify, self.deliver, self.withdraw = studio.notify, studio.deliver, studio.withdraw
        self.notice_backends = studio.backends
        self._jobs = services.jobs.for_panel(panel.id, show_error)

    @property
    def panel(self) -> Panel:
        """The panel's own description."""
        return self._panel

    @property
    def jobs(self) -> Jobs:
        """Work off the UI thread."""
        return self._jobs

    @property
    def training(self) -> Training:
        """Training as a child process."""
        return self._services.training

    @property
    def settings(self) -> Settings:
        """The values of the settings page with the panel's id; without one, a page of nothing."""
        empty = SettingsPage(id=self._panel.id, title=self._panel.title, fields=())
        pages = self._services.registry.settings_pages
        page = next((page for page in pages if page.id == self._panel.id), empty)
        return self._services.settings.page(page)

    @property
    def state(self) -> dict[str, Any]:
        """Plain JSON values remembered between sessions."""
        return self._services.state.section(f"panel.{self._panel.id}")

    @property
    def data_folder(self) -> Path:
        """The plugin's own folder for data."""
        return self._services.studio.data_folder(self._plugin)

    @property
    def secrets(self) -> Secrets:
        """The plugin's own secrets."""
        return self._services.studio.secrets(self._plugin)

    @property
    def results_folder(self) -> Path:
        """Where the user's results are saved by default."""
        return self._services.results_folder(self._panel)

    @property
    def device(self) -> Device | None:
        """The device, or None while it is not known yet."""
        return self._services.jobs.device

    def tr(self, text: str) -> str:
        """Translate ``text`` in the panel's context."""
        return QCoreApplication.translate(self._panel.id, text)

    @property
    def _plugin(self) -> str:
        return self._services.registry.plugin_of(self._panel.id)
