"""Kills processes that deliver: ``outbox_program.py FOLDER KILLS SEED``, then lets one finish.

Each is forked and killed with SIGKILL after a random time. What it
sends is appended to ``desktop.txt``, which can be asked like a desktop, and to ``messenger.txt``,
which cannot be asked, as is so with messengers.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import date, datetime
from functools import partial
from pathlib import Path

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import MonthDay
from kirara_releases.notifications.notifier import compose
from kirara_releases.notifications.outbox import reminder_outbox
from kirara_releases.notifications.planner import plan
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.outbox import Destination

DAY = date(2026, 12, 9)
NOW = datetime(2026, 12, 9, 10).timestamp()
LONGEST = 0.04  # seconds that a process lives at most


def main(folder: Path, kills: int, seed: int) -> None:
    random.seed(seed)
    magazines = [Magazine(f"m{n}", f"Magazine {n}", MonthDay(9)) for n in range(kills)]

    def releases(first: date, last: date) -> list[Release]:
        return releases_between(magazines, first, last)

    store = ReleaseStore(folder)
    plan(store, releases, ReminderSettings(), ["desktop", "messenger"], NOW)
    store.close()
    for _ in range(kills):
        child = os.fork()
        if child == 0:
            run(folder, magazines)
            os._exit(0)
        time.sleep(random.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    run(folder, magazines)


def run(folder: Path, magazines: list[Magazine]) -> None:
    def sender(path: Path):
        def send(notice):
            file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(file, f"{notice.id}\n".encode())
            os.fsync(file)
            os.close(file)
            return path.stem

        return send

    def was_shown(identity: str) -> bool:
        path = folder / "desktop.txt"
        return path.exists() and identity in path.read_text().split()

    store = ReleaseStore(folder)
    destinations = [
        Destination("desktop", sender(folder / "desktop.txt"), was_shown, repeatable=True),
        Destination("messenger", sender(folder / "messenger.txt")),
    ]
    known = {magazine.id: magazine for magazine in magazines}
    words = partial(compose, ReminderSettings(), lambda text: text)
    reminder_outbox(store, destinations, words, known, DAY).deliver(lambda: NOW)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
