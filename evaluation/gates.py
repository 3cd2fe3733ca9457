"""The gates of ``gates.toml``: bounds on measures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

GATES = Path(__file__).with_name("gates.toml")
_BOUNDS = {"at_least": "≥", "at_most": "≤"}


@cache
def gates() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Gate → measure → ``at_least`` or ``at_most``. Raises ValueError for any other bound."""
    read: dict[str, Any] = tomllib.loads(GATES.read_text(encoding="utf-8"))
    for name, gate in read.items():
        for measure, bounds in gate.items():
            if len(bounds) != 1 or not bounds.keys() <= _BOUNDS.keys():
                raise ValueError(f"[{name}] “{measure}” needs at_least or at_most")
    return read


def missed(gate: str, measures: Mapping[str, float]) -> dict[str, str]:
    """The bounds that ``measures`` miss: measure → bound, such as "≥ 0.6".

    A measure that is absent, or not a number, misses its bound. Raises KeyError for an unknown
    gate.
    """
    found = {}
    for measure, bounds in gates()[gate].items():
        ((kind, bound),) = bounds.items()
        value = measures.get(measure, float("nan"))
        passed = value >= bound if kind == "at_least" else value <= bound
        if not passed:
            found[measure] = f"{_BOUNDS[kind]} {bound:g}"
    return found
