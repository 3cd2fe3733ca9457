"""``kirara-studio releases next`` from the shell, and the minute's look in the tray.

The command is compared with the interpreter alone, and with the blog author's way, a loop over
jpholiday, as a script of its own. The look is compared with nothing but the minute that it comes
once in.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from benchmarks._timing import in_turns, note_on_load

ROUNDS = 12

BARE = "pass"
AUTHOR = """
import datetime, jpholiday
today = datetime.date.today()
for offset in range(62):
    day = today + datetime.timedelta(offset)
    out = day
    while out.weekday() == 6 or jpholiday.is_holiday(out):
        out -= datetime.timedelta(1)
    if day.day in (9, 19, 24, 28):
        print(out)
"""


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "KIRARA_HOME": home}

        def runs(*arguments: str) -> None:
            subprocess.run(
                [sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL
            )

        times = in_turns(
            {
                "bare": lambda: runs("-c", BARE),
                "author": lambda: runs("-c", AUTHOR),
                "studio": lambda: runs("-m", "kirara_studio", "releases", "next", "--months", "2"),
            },
            ROUNDS,
        )
        bare, author, studio = (times[name].median for name in ("bare", "author", "studio"))
        print(f"releases next, two months: {studio:.0f} ms, the shell's wait (aim: 300)")
        print(f"  the interpreter alone:   {bare:.0f} ms ({studio / bare:.1f} ×)")
        print(f"  the author's loop:       {author:.0f} ms ({studio / author:.1f} ×)")
        look = milliseconds_of_a_look(Path(home))
        print(f"a look at the clock without a delivery: {look:.1f} ms of each minute")
        print(f"  of a core: {look / 60_000:.4%} (aim, for all that goes on in the tray: 0.1 %)")
    print(note_on_load())


def milliseconds_of_a_look(home: Path) -> float:
    """Processor time of one look, with a year of records."""
    from kirara_releases.notifications.planner import plan
    from kirara_releases.notifications.reminder_settings import ReminderSettings
    from kirara_releases.storage.repository import ReleaseRepository

    repository = ReleaseRepository(home / "looks")
    now = datetime(2026, 12, 1, 12).timestamp()
    for day in range(365):
        plan(
            repository.store,
            repository.releases,
            ReminderSettings(),
            ["desktop"],
            now + 86400 * day,
        )
    now += 86400 * 365
    start, looks = time.process_time(), 300
    for minute in range(looks):
        plan(
            repository.store,
            repository.releases,
            ReminderSettings(),
            ["desktop"],
            now + 60 * minute,
        )
    return 1000 * (time.process_time() - start) / looks


if __name__ == "__main__":
    main()
