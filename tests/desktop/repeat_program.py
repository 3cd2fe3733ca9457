"""A repeater that hears of waking, and whose clock can be set from outside.

On a line of input the clock is set forward by so many seconds.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from kirara_studio.desktop.repeater import Repeater
from kirara_studio.desktop.wake import WakeSignal


def say(**event: object) -> None:
    print(json.dumps(event), flush=True)


def set_clock() -> None:
    global ahead
    for line in os.read(sys.stdin.fileno(), 4096).decode().splitlines():
        ahead += float(line)
        say(ahead=ahead)


ahead = 0.0
application = QCoreApplication([])
repeater = Repeater(clock=lambda: time.time() + ahead)
repeater.every(3600, lambda: say(called=ahead))
wake = WakeSignal()
wake.woke.connect(lambda: say(woke=True))
wake.woke.connect(repeater.look)
wake.start()
commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
commands.activated.connect(set_clock)
say(started=True)
sys.exit(application.exec())
