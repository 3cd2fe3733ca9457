"""A plugin whose panels fail in every way that a panel can."""

from __future__ import annotations

from collections.abc import Sequence

from kirara_studio.api.hooks import Action, Studio, hookimpl
from kirara_studio.api.panel import Panel

WIDGETS = {
    "raises": "kirara_faulty.panels:Raises",
    "exits": "kirara_faulty.panels:Exits",
    "missing": "kirara_faulty.panels:NotThere",
    "nonsense": "kirara_faulty.panels:Nonsense",
    "import": "kirara_faulty.cannot_be_imported:Panel",
    "advises": "kirara_faulty.panels:Advises",
}


@hookimpl
def kirara_panels() -> Sequence[Panel]:
    return [
        Panel(id=f"faulty.{name}", title=f"Faulty {name}", icon="panel", widget=widget, order=90)
        for name, widget in WIDGETS.items()
    ]


@hookimpl
def kirara_actions() -> Sequence[Action]:
    return [Action(id="faulty.act", title="Fail now", run="kirara_faulty:act")]


def act(studio: Studio) -> None:
    """An action that raises."""
    raise RuntimeError("no action today")
