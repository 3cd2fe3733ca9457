"""The studio's own settings page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirara_studio.api.settings import Choice, SettingsPage, Text, Toggle
from kirara_studio.api.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from kirara_studio.ui.services import WindowServices

STUDIO_PAGE = SettingsPage(
    id="studio",
    title=QT_TRANSLATE_NOOP("StudioSettings", "Kirara Studio"),
    context="StudioSettings",
    fields=(
        Choice(
            "language",
            QT_TRANSLATE_NOOP("StudioSettings", "Language"),
            (
                ("system", QT_TRANSLATE_NOOP("StudioSettings", "As the system")),
                # Each language is written in itself: everybody finds their own.
                ("ja", "日本語"),
                ("en", "English"),
            ),
            "system",
        ),
        Choice(
            "theme",
            QT_TRANSLATE_NOOP("StudioSettings", "Theme"),
            (
                ("system", QT_TRANSLATE_NOOP("StudioSettings", "As the system")),
                ("light", QT_TRANSLATE_NOOP("StudioSettings", "Light")),
                ("dark", QT_TRANSLATE_NOOP("StudioSettings", "Dark")),
            ),
            "system",
        ),
        Toggle(
            "reduce_motion",
            QT_TRANSLATE_NOOP("StudioSettings", "Reduce motion"),
            help=QT_TRANSLATE_NOOP("StudioSettings", "Also on if the system asks for it."),
        ),
        Toggle(
            "start_at_login",
            QT_TRANSLATE_NOOP("StudioSettings", "Start at login"),
            help=QT_TRANSLATE_NOOP(
                "StudioSettings", "The studio then waits in the tray, without a window."
            ),
        ),
        Toggle(
            "close_to_tray",
            QT_TRANSLATE_NOOP("StudioSettings", "Keep running in the tray when closed"),
            help=QT_TRANSLATE_NOOP("StudioSettings", "Only if the desktop has a tray."),
        ),
        Choice(
            "device",
            QT_TRANSLATE_NOOP("StudioSettings", "Compute on"),
            (
                ("auto", QT_TRANSLATE_NOOP("StudioSettings", "The fastest there is")),
                ("cuda", QT_TRANSLATE_NOOP("StudioSettings", "Graphics card (CUDA)")),
                ("mps", QT_TRANSLATE_NOOP("StudioSettings", "Graphics card (Apple)")),
                ("cpu", QT_TRANSLATE_NOOP("StudioSettings", "Processor")),
            ),
            "auto",
            help=QT_TRANSLATE_NOOP("StudioSettings", "Takes effect at the next start."),
        ),
        Text(
            "plugin_index",
            QT_TRANSLATE_NOOP("StudioSettings", "Index of plugins"),
            placeholder="https://",
            help=QT_TRANSLATE_NOOP(
                "StudioSettings",
                "The address of a list of plugins, in addition to the one that comes with the "
                "studio.",
            ),
        ),
    ),
)
"""Its values: ``language``, ``theme``, ``reduce_motion``, ``start_at_login``, ``close_to_tray``,
``device``, ``plugin_index``. The window itself follows the first three, ``app.py`` the next ones,
and whoever lists plugins the last."""


def pages_of(services: WindowServices) -> list[SettingsPage]:
    """The studio's own page, then those of the plugins; pages without fields are left out."""
    pages = [STUDIO_PAGE, *services.registry.settings_pages]
    return [page for page in pages if page.fields]
