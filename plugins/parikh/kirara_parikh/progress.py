"""How long computations report and are stopped."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[float, float, str], None]
"""``report(done, total, text)``, like ``tools.progress`` of a job: it raises to stop."""


def silent(_done: float, _total: float = 1.0, _text: str = "") -> None:
    """Report nothing."""
