"""A scheduler that hears of waking, and whose clock can be set from outside.

On a line of input the clock is set forward by so many seconds.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from kirara_studio.desktop.scheduler import ResumeWatcher, WallClockScheduler


def say(**event: object) -> None:
    print(json.dumps(event), flush=True)


def set_clock() -> None:
    global ahead
    for line in os.read(sys.stdin.fileno(), 4096).decode().splitlines():
        ahead += float(line)
        say(ahead=ahead)


ahead = 0.0
application = QCoreApplication([])
scheduler = WallClockScheduler(clock=lambda: time.time() + ahead)
scheduler.every(3600, lambda: say(called=ahead))
wake = ResumeWatcher()
wake.woke.connect(lambda: say(woke=True))
wake.woke.connect(scheduler.look)
wake.start()
commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
commands.activated.connect(set_clock)
say(started=True)
sys.exit(application.exec())
