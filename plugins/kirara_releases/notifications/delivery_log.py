"""What was told, when, and through which route: the records of the courier, to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kirara_releases.storage.store import ReleaseStore


@dataclass(frozen=True)
class Delivery:
    """One release that was to be told to one destination.

    Parameters
    ----------
    magazine, issue, date
        Which release; the magazine may be gone by now.
    kind
        "day", "eve", or "again-" and a time (see :mod:`kirara_releases.notifications.planner`).
    destination, route
        Where to, and the route that took it; empty while none did.
    state
        One of the courier's states.
    due, told_at, next_attempt
        Seconds since 1970; 0 for never.
    attempts, error
        How often it was refused, and what was kept of the last refusal.
    """

    magazine: str
    issue: str
    date: date
    kind: str
    destination: str
    state: str
    due: float
    delivered_at: float
    next_attempt: float
    attempts: int
    route: str
    error: str

    @property
    def time(self) -> float:
        """When it happened, or, until then, when it was due."""
        return self.delivered_at or self.due


def read_deliveries(store: ReleaseStore, limit: int = 500) -> list[Delivery]:
    """The newest ``limit`` tellings, newest first; what cannot be understood is left out."""
    rows = store.connection.execute(
        "SELECT magazine, issue, date, kind, destination, state, due, told_at, next_attempt,"
        " attempts, route, error FROM telling"
        " ORDER BY CASE WHEN told_at > 0 THEN told_at ELSE due END DESC, id DESC LIMIT ?",
        (limit,),
    ).fetchall()
    deliveries = []
    for magazine, issue, day, *others in rows:
        try:
            deliveries.append(Delivery(magazine, issue, date.fromisoformat(day), *others))
        except ValueError:
            continue
    return deliveries
