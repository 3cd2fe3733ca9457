"""Opening a panel for a rule."""

from __future__ import annotations

from typing import Any

from kirara_studio.testing.rule import NotApplicable
from kirara_studio.testing.subject import Subject


def opened(plugin: Subject, panel_id: str) -> Any:
    """A panel's widget; where it cannot be opened, only the rule “opens” is broken."""
    try:
        return plugin.studio.open_panel(panel_id)
    except AssertionError as error:
        raise NotApplicable(f"“{panel_id}” cannot be opened.") from error
