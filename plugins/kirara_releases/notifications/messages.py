"""The texts of reminders. Imports no Qt: the caller provides ``translate``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.notifications.outbox import Item
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


def filled(message: str, title: str) -> str:
    """The user's ``message`` with the title in place of every ``%s``; without one, behind it."""
    return message.replace("%s", title) if "%s" in message else f"{message} {title}".strip()


def short_date(day: date) -> str:
    """As in "12/9": read alike in both languages."""
    return f"{day.month}/{day.day}"


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
        lines = [f"{short_date(item.date)} {magazines[item.magazine].title}" for item in items]
        if len(lines) > _LISTED:
            lines[_LISTED:] = [translate(_MORE).format(count=len(lines) - _LISTED)]
        title = translate(_SOME_MISSED).format(count=len(items))
        return Notice(title, "\n".join(lines), panel="releases", id=batch, actions=(open_,))
    (item,) = items
    if item.date == today:
        message = reminders.message
    elif item.date == today + timedelta(1):
        message = reminders.message_before
    else:  # it was delivered late, or missed
        message = translate(_ONE_MISSED)
    return Notice(
        filled(message, magazines[item.magazine].title),
        item.date.isoformat(),
        panel="releases",
        id=batch,
        actions=(bought, NoticeAction(SNOOZE, translate(_SNOOZE)), open_),
    )
