"""Reminder settings: when to remind, and in which words. Imports no Qt."""

from __future__ import annotations

from dataclasses import dataclass, fields

from kirara_studio.api.settings import Number, Settings, SettingsPage, Text, Toggle
from kirara_studio.api.text import QT_TRANSLATE_NOOP

PAGE = SettingsPage(
    id="releases",
    title=QT_TRANSLATE_NOOP("releases", "Releases"),
    context="releases",
    fields=(
        Toggle(
            "on_day",
            QT_TRANSLATE_NOOP("releases", "Remind me on the day"),
            default=True,
        ),
        Number(
            "hour",
            QT_TRANSLATE_NOOP("releases", "At this hour"),
            default=9,
            maximum=23,
            suffix=":00",
            help=QT_TRANSLATE_NOOP("releases", "By this computer’s clock."),
        ),
        Toggle(
            "day_before",
            QT_TRANSLATE_NOOP("releases", "Remind me the day before"),
        ),
        Number(
            "hour_before",
            QT_TRANSLATE_NOOP("releases", "At this hour of the day before"),
            default=20,
            maximum=23,
            suffix=":00",
        ),
        Number(
            "snooze",
            QT_TRANSLATE_NOOP("releases", "Snooze for"),
            default=60,
            minimum=5,
            maximum=720,
            step=5,
            suffix=QT_TRANSLATE_NOOP("releases", "min"),
        ),
        Text(
            "message",
            QT_TRANSLATE_NOOP("releases", "Message on the day"),
            default="今日は%sの発売日です。",
            help=QT_TRANSLATE_NOOP("releases", "%s stands for the magazine."),
        ),
        Text(
            "message_before",
            QT_TRANSLATE_NOOP("releases", "Message the day before"),
            default="明日は%sの発売日です。",
            help=QT_TRANSLATE_NOOP("releases", "%s stands for the magazine."),
        ),
        Text(
            "calendar_file",
            QT_TRANSLATE_NOOP("releases", "Calendar file to update"),
            placeholder="…/releases.ics",
            help=QT_TRANSLATE_NOOP(
                "releases",
                "An .ics file for calendar programs to subscribe to. It is written again whenever "
                "something changes.",
            ),
        ),
    ),
)


@dataclass(frozen=True)
class ReminderSettings:
    """Hours are 0…23, local; ``snooze`` is in minutes; ``calendar_file`` is a path, or empty."""

    on_day: bool = True
    hour: int = 9
    day_before: bool = False
    hour_before: int = 20
    snooze: int = 60
    message: str = "今日は%sの発売日です。"
    message_before: str = "明日は%sの発売日です。"
    calendar_file: str = ""

    @classmethod
    def of(cls, settings: Settings) -> ReminderSettings:
        """Read the settings of :data:`PAGE`."""
        values = {
            field.name: type(getattr(cls, field.name))(settings[field.name])
            for field in fields(cls)
        }
        return cls(**values)
