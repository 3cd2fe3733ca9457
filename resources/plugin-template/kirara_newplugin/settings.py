"""The plugin's page in the settings."""

from __future__ import annotations

from kirara_studio.api.settings import Number, SettingsPage
from kirara_studio.api.text import QT_TRANSLATE_NOOP

FEWEST, MOST = 10, 2000

PAGE = SettingsPage(
    id="newplugin",  # the panel of this name finds it in context.settings
    title=QT_TRANSLATE_NOOP("newplugin", "New plugin"),
    fields=(
        Number(
            "seeds",
            QT_TRANSLATE_NOOP("newplugin", "Seeds of a new sunflower"),
            default=300,
            minimum=FEWEST,
            maximum=MOST,
            step=10,
        ),
    ),
    context="newplugin",
)
