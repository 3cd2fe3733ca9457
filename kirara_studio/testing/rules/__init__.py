"""The rules that ``check_plugin`` tries, in order."""

from __future__ import annotations

from collections.abc import Sequence

from kirara_studio.api.errors import UserError
from kirara_studio.testing.rule import RULES, Rule
from kirara_studio.testing.rules import distribution, hooks, panels

__all__ = ["chosen_rules", "distribution", "hooks", "panels"]  # importing them adds their rules


def chosen_rules(names: Sequence[str] = ()) -> list[Rule]:
    """All rules, or those with these names. Raises UserError for an unknown name."""
    known = [rule.name for rule in RULES]
    for name in names:
        if name not in known:
            raise UserError(
                "There is no rule “{name}”.",
                advice="The rules are: {known}.",
                name=name,
                known=", ".join(known),
            )
    return [rule for rule in RULES if not names or rule.name in names]
