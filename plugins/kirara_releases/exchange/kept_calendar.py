"""An iCalendar file that follows the releases, for calendar programs that subscribe to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kirara_releases.calendar.rules import month_later
from kirara_releases.storage.repository import Diary
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically

_PAST, _AHEAD = 12, 24  # months that the file holds


class KeptCalendar:
    """Writes the file when what belongs into it has changed, and else leaves it alone."""

    def __init__(self) -> None:
        self._written: tuple[object, ...] = ()

    def update(self, diary: Diary, file: str, today: date) -> bool:
        """Bring ``file`` up to date; True where that took writing.

        Raises UserError where the file cannot be written, or is no calendar by its name.
        """
        path = Path(file).expanduser()
        if path.suffix.lower() != ".ics" or not path.is_absolute():
            raise UserError(
                "The calendar file “{file}” is not the whole path of an .ics file.",
                advice="Correct it in the settings of Releases.",
                file=file,
            )
        start = today.replace(day=1)
        first, last = month_later(start, -_PAST), month_later(start, _AHEAD)
        releases = diary.releases(first, last)
        state = (path, tuple(releases))
        if state == self._written and path.exists():
            return False
        # Slow to import, and seldom needed.
        from kirara_releases.exchange.calendar_file import calendar_bytes

        content = calendar_bytes(releases)
        changed = not path.exists() or path.read_bytes() != content
        if changed:
            write_atomically(path, content)
        self._written = state
        return changed
