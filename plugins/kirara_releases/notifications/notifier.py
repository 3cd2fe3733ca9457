"""Plans, words and delivers the reminders that are due, for the background service and the command.

Imports no Qt: the caller provides ``translate``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.notifications.messengers import ReminderMessengers
from kirara_releases.notifications.outbox import Item, reminder_outbox
from kirara_releases.notifications.planner import plan
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.repository import ReleaseRepository
from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice, NoticeAction
from kirara_studio.api.outbox import Destination
from kirara_studio.api.secrets import Secrets
from kirara_studio.api.text import QT_TRANSLATE_NOOP

BOUGHT, SNOOZE, OPEN = "bought", "snooze", "open"
"""The actions on a notice."""

_LISTED = 10
_ONE_MISSED = QT_TRANSLATE_NOOP("releases", "%s has come out")
_COMING = QT_TRANSLATE_NOOP("releases", "%s comes out in {days} days")
_SOME_MISSED = QT_TRANSLATE_NOOP("releases", "{count} releases while you were away")
_MORE = QT_TRANSLATE_NOOP("releases", "and {count} more")
_BOUGHT = QT_TRANSLATE_NOOP("releases", "Bought")
_SNOOZE = QT_TRANSLATE_NOOP("releases", "Remind me later")
_OPEN = QT_TRANSLATE_NOOP("releases", "Open")

Translate = Callable[[str], str]
Clock = Callable[[], float]


def notify_due(
    repository: ReleaseRepository,
    reminders: ReminderSettings,
    desktop: Destination[Notice],
    messengers: Messengers,
    secrets: Secrets,
    translate: Translate,
    *,
    clock: Clock = time.time,
    whole_day: bool = False,
) -> list[Notice]:
    """Deliver what is due by ``clock`` and was not delivered yet; returns what was delivered now.

    Call it in a worker thread. ``whole_day`` ignores the hours: for a command that is started
    when somebody wants it. Raises UserError if the database cannot be used, and, after delivering
    what can be, if the list of magazines cannot be read, or the plugin's former messengers cannot
    be given to the studio.
    """
    now = clock()
    if hasattr(time, "tzset"):  # the user may have travelled; Windows needs no call for that
        time.tzset()
    reminded = ReminderMessengers(repository.store, messengers, secrets)
    locked: UserError | None = None
    try:
        reminded.take_over()
    except UserError as error:
        locked = error
    destinations = [desktop, *reminded.destinations()]
    names = [destination.name for destination in destinations]
    magazines, problem = repository.catalogue.best()
    feeds = repository.feed_dates(magazines)

    def releases(first: date, last: date) -> list[Release]:
        return releases_between(magazines, first, last, feeds)

    plan(repository.store, releases, reminders, names, now, whole_day=whole_day)
    words = partial(compose, reminders, translate)
    known = {magazine.id: magazine for magazine in magazines}
    today = datetime.fromtimestamp(now).date()
    delivered = reminder_outbox(repository.store, destinations, words, known, today).deliver(clock)
    if problem := problem or locked:
        raise problem
    return delivered


def filled(message: str, title: str) -> str:
    """The user's ``message`` with the title in place of every ``%s``; without one, behind it."""
    return message.replace("%s", title) if "%s" in message else f"{message} {title}".strip()


def compose(
    reminders: ReminderSettings,
    translate: Translate,
    batch: str,
    items: Sequence[Item],
    magazines: Mapping[str, Magazine],
    today: date,
) -> Notice:
    """The notice of a batch, by the user's messages, in the language of ``translate``."""
    bought, open_ = NoticeAction(BOUGHT, translate(_BOUGHT)), NoticeAction(OPEN, translate(_OPEN))
    if len(items) > 1:
        lines = [
            f"{item.date.month}/{item.date.day} {magazines[item.magazine].title}" for item in items
        ]
        if len(lines) > _LISTED:
            lines[_LISTED:] = [translate(_MORE).format(count=len(lines) - _LISTED)]
        title = translate(_SOME_MISSED).format(count=len(items))
        return Notice(title, "\n".join(lines), panel="releases", id=batch, actions=(open_,))
    (item,) = items
    if item.date == today:
        message = reminders.message
    elif item.date == today + timedelta(1):
        message = reminders.message_before
    elif item.date > today:
        message = translate(_COMING).replace("{days}", str((item.date - today).days))
    else:  # it was delivered late, or missed
        message = translate(_ONE_MISSED)
    return Notice(
        filled(message, magazines[item.magazine].title),
        item.date.isoformat(),
        panel="releases",
        id=batch,
        actions=(bought, NoticeAction(SNOOZE, translate(_SNOOZE)), open_),
    )
