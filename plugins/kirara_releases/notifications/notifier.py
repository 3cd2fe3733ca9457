"""Plans and delivers reminders that are due: what the background service and the command share."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.notifications.messages import Translate, compose
from kirara_releases.notifications.messengers import Messengers
from kirara_releases.notifications.outbox import DESKTOP, Destination, Outbox
from kirara_releases.notifications.planner import plan
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.repository import ReleaseRepository
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.secrets import Secrets

Clock = Callable[[], float]


def notify_due(
    repository: ReleaseRepository,
    reminders: ReminderSettings,
    desktop: Destination,
    secrets: Secrets,
    translate: Translate,
    *,
    clock: Clock = time.time,
    whole_day: bool = False,
) -> list[Notice]:
    """Deliver what is due by ``clock`` and was not delivered yet; returns what was delivered now.

    Call it in a worker thread. ``whole_day`` ignores the hours: for a command that is started
    when somebody wants it. Raises UserError if the database cannot be used, and, after delivering
    by the last valid list, if the list of magazines cannot be read.
    """
    now = clock()
    if hasattr(time, "tzset"):  # the user may have travelled; Windows needs no call for that
        time.tzset()
    destinations = [desktop, *Messengers(repository.store, secrets).destinations()]
    names = [destination.name for destination in destinations]
    magazines, problem = repository.catalogue.best()
    feeds = repository.feed_dates(magazines)

    def releases(first: date, last: date) -> list[Release]:
        return releases_between(magazines, first, last, feeds)

    plan(repository.store, releases, reminders, names, now, whole_day=whole_day)
    outbox = Outbox(repository.store, destinations, partial(compose, reminders, translate))
    known = {magazine.id: magazine for magazine in magazines}
    delivered = outbox.deliver(known, datetime.fromtimestamp(now).date(), clock)
    if problem is not None:
        raise problem
    return delivered


def desktop_destination(
    deliver: Callable[[Notice], str], backends: Callable[[], Sequence[NoticeBackend]]
) -> Destination:
    """The desktop, by the first notification backend that works."""

    def was_shown(identity: str) -> bool | None:
        answers = [backend.was_shown(identity) for backend in backends() if backend.was_shown]
        if any(answers):
            return True
        return False if False in answers else None

    return Destination(DESKTOP, deliver, was_shown, repeatable=True)
