"""Sends for tests that kill it: DATA-FOLDER, ADDRESS. A process for each line that it reads.

It prints the number of the process, and “ended” when that has ended, by itself or not.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import apprise  # noqa: F401  # slow: once, and not in each process

from kirara_illustrations.options import TEMPLATE
from kirara_illustrations.sending.deliveries import deliver
from kirara_illustrations.storage.library import Library
from kirara_studio.api.messengers import Messengers
from tests.api.webhook import Drawer
from tests.plugins.kirara_illustrations.kept_pictures import NOW


def main(folder: Path, address: str) -> None:
    messengers = Messengers(folder / "messengers.json", Drawer())
    messengers.add("Slack", address)
    for _ in sys.stdin:
        process = os.fork()
        if process == 0:
            deliver(Library(folder), messengers, TEMPLATE, str, clock=lambda: NOW)
            os._exit(0)
        print(process, flush=True)
        os.waitpid(process, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
