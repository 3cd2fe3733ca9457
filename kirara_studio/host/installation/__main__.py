"""The process that installs: ``python -m kirara_studio.host.installation``.

Its first line of input is a Request, each Answer is a further one. It prints what happens, one
JSON object a line (:mod:`.values`). It ends when its input does, so also if the studio was killed;
and it may be killed at any moment.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import IO, Any

from kirara_studio.api.errors import UserError
from kirara_studio.host.folders import Folders
from kirara_studio.host.installation.changes import Change
from kirara_studio.host.installation.values import (
    INSTALL,
    REMOVE,
    UNDO,
    UPDATE,
    UPDATES,
    Answer,
    Question,
    Request,
    from_line,
    to_line,
)


class _Channel:
    """Lines to and from the studio."""

    def __init__(self, source: IO[str], target: IO[str]) -> None:
        self._source, self._target = source, target
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="studio", daemon=True).start()

    def _listen(self) -> None:
        for line in self._source:
            self._lines.put(line)
        # The studio is gone: end as if it had asked for that.
        if sys.platform == "win32":
            os._exit(1)
        os.kill(os.getpid(), signal.SIGTERM)

    def receive(self) -> Any:
        return from_line(self._lines.get())

    def send(self, value: object) -> None:
        self._target.write(to_line(value))
        self._target.flush()

    def ask(self, question: Question) -> bool:
        self.send(question)
        answer = self.receive()
        return isinstance(answer, Answer) and answer.yes


def _run(request: Request, channel: _Channel) -> None:
    folders = Folders(**{name: Path(path) for name, path in request.folders.items()})
    with Change.begin(folders, channel.ask, channel.send) as change:
        if request.action == UPDATES:
            for update in change.updates():
                channel.send(update)
            return
        outcome = None
        if request.action == INSTALL:
            outcome = change.install(request.target)
        elif request.action == UPDATE:
            outcome = change.update(request.target)
        elif request.action == REMOVE:
            outcome = change.remove(request.target, data=request.data)
        elif request.action == UNDO:
            outcome = change.undo(request.generations)
        if outcome is not None:
            channel.send(outcome)


def main() -> int:
    """Do what the first line of input says. Returns 0 if an error, if any, could be reported."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    channel = _Channel(sys.stdin, sys.stdout)
    sys.stdout = sys.stderr  # what a library prints is not for the studio
    try:
        _run(channel.receive(), channel)
    except UserError as error:
        channel.send(error)
    except (KeyboardInterrupt, BrokenPipeError):
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
