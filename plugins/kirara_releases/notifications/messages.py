"""The texts of reminders. Imports no Qt: the caller provides ``translate``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.notifications.outbox import Compose, Item
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_studio.api.notices import Notice, NoticeAction
from kirara_studio.api.text import QT_TRANSLATE_NOOP

BOUGHT, SNOOZE, OPEN = "bought", "snooze", "open"
"""The actions on a notice."""

_LISTED = 10
_ONE_MISSED = QT_TRANSLATE_NOOP("releases", "%s has come out")
_SOME_MISSED = QT_TRANSLATE_NOOP("releases", "{count} releases while you were away")
_MORE = QT_TRANSLATE_NOOP("releases", "and {count} more")
_BOUGHT = QT_TRANSLATE_NOOP("releases", "Bought")
_SNOOZE = QT_TRANSLATE_NOOP("releases", "Remind me later")
_OPEN = QT_TRANSLATE_NOOP("releases", "Open")

Translate = Callable[[str], str]


def composer(reminders: ReminderSettings, translate: Translate) -> Compose:
    """What makes notices by the user's messages, in the language of ``translate``."""

    def compose(
        batch: str, deliveries: Sequence[Item], magazines: Mapping[str, Magazine], today: date
    ) -> Notice:
        return _compose(batch, deliveries, magazines, today, reminders, translate)

    return compose


def filled(message: str, title: str) -> str:
    """The user's ``message`` with the title in place of every ``%s``; without one, behind it."""
    return message.replace("%s", title) if "%s" in message else f"{message} {title}".strip()


def short_date(day: date) -> str:
    """As in "12/9": read alike in both languages."""
    return f"{day.month}/{day.day}"


def _compose(
    batch: str,
    deliveries: Sequence[Item],
    magazines: Mapping[str, Magazine],
    today: date,
    reminders: ReminderSettings,
    translate: Translate,
) -> Notice:
    lines = [f"{short_date(t.date)} {magazines[t.magazine].title}" for t in deliveries]
    actions = (NoticeAction(BOUGHT, translate(_BOUGHT)), NoticeAction(OPEN, translate(_OPEN)))
    if len(deliveries) > 1:
        text = "\n".join(lines[:_LISTED])
        if len(lines) > _LISTED:
            text += "\n" + translate(_MORE).format(count=len(lines) - _LISTED)
        title = translate(_SOME_MISSED).format(count=len(deliveries))
        return Notice(title, text, panel="releases", id=batch, actions=actions[1:])
    (delivery,) = deliveries
    magazine = magazines[delivery.magazine]
    if delivery.date == today:
        title = filled(reminders.message, magazine.title)
    elif delivery.date == today + timedelta(1):
        title = filled(reminders.message_before, magazine.title)
    else:  # it was delivered late, or missed
        title = filled(translate(_ONE_MISSED), magazine.title)
    snooze = NoticeAction(SNOOZE, translate(_SNOOZE))
    return Notice(
        title,
        f"{delivery.date.isoformat()}",
        panel="releases",
        id=batch,
        actions=(actions[0], snooze, actions[1]),
    )
