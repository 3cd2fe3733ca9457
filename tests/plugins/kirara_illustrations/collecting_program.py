"""Collects and sends in rounds, for tests that kill it: DATA-FOLDER, SITE, WEBHOOK.

For each line that it reads, the time of a round, it starts a process that does one, and prints its
number. After a second line it waits for its end, and prints whether it was “killed” or “done”.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from unittest.mock import patch

import apprise  # noqa: F401  # slow: once, and not in each process
import feedparser  # noqa: F401
import requests  # noqa: F401

from kirara_illustrations.options import Options
from kirara_illustrations.rounds import Rounds
from kirara_illustrations.storage.library import Library
from kirara_studio.api.messengers import Messengers, MessengerSwitches
from tests.api.webhook import Drawer

OPTIONS = Options(send=True)


@patch("kirara_studio.api.model_library.available_models", lambda *_, **__: [])
def work(folder: Path, messengers: Messengers, now: float) -> None:
    """What the service does after a start, without a filter: every picture is sent."""
    problems: list[object] = []
    rounds = Rounds(
        folder, Drawer(), messengers,
        report=problems.append, failed=problems.append, clock=lambda: now,
    )  # fmt: skip
    rounds.collect(OPTIONS, lambda: None)
    rounds.send(OPTIONS, str, lambda: None)
    rounds.close()
    assert not problems, problems


def main(folder: Path, site: str, webhook: str) -> None:
    messengers = Messengers(folder / "messengers.json", Drawer())
    messengers.add("Slack", webhook)
    library = Library(folder)
    library.add_source("site", "feed", {"address": f"{site}/feed.xml"})
    MessengerSwitches(library, messengers).set_enabled("Slack", True)
    library.close()
    while line := sys.stdin.readline():
        process = os.fork()
        if process == 0:
            try:
                work(folder, messengers, float(line))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(process, flush=True)
        sys.stdin.readline()
        status = os.waitpid(process, 0)[1]
        print("killed" if os.WIFSIGNALED(status) else f"done {status}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
