"""The delivery log: what was delivered, when, and by which backend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kirara_releases.storage.store import DELIVERIES, ReleaseStore


@dataclass(frozen=True)
class Delivery:
    """A reminder of one release for one destination.

    Parameters
    ----------
    magazine, issue, date
        Which release; the magazine may be gone by now.
    kind
        "day", "eve", or "again-" and a time (see :mod:`kirara_releases.notifications.planner`).
    destination, backend
        Where to, and the id of the backend that took it, empty before that.
    state
        One of the states of :mod:`~kirara_releases.notifications.outbox`.
    due, told_at, next_attempt
        Seconds since 1970; 0 for never.
    attempts, error
        How often it was refused, and the stored error of the last refusal.
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
    backend: str
    error: str

    @property
    def time(self) -> float:
        """When it happened, or, until then, when it was due."""
        return self.delivered_at or self.due


def read_deliveries(store: ReleaseStore, limit: int = 500) -> list[Delivery]:
    """The newest ``limit`` deliveries, newest first; rows that cannot be read are left out."""
    rows = store.connection.execute(
        "SELECT magazine, issue, date, kind, destination, state, due, told_at, next_attempt,"
        f" attempts, route, error FROM {DELIVERIES}"
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
