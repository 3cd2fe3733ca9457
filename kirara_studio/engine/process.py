"""The engine process: ``python -m kirara_studio.engine.process CACHE_FOLDER NICENESS``.

One thread, the main one, runs the jobs; another reads the pipe, so a Stop arrives while a job
runs. When the pipe closes, because the studio ended or was killed, the process ends at once.

From the studio come ``("job", id)`` with a payload ``(function, request)``, and
``("cancel", id)``. Back go ``("begun", id)``, ``("progress", id, done, total, text)``,
``("part", id)`` with a payload, ``("message", text, values)``, ``("device", Device's fields)``,
and one of ``("result", id)`` with a payload, ``("cancelled", id)``,
``("user_error", id, template, advice's template, values, traceback)`` and
``("error", id, what, traceback)``.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from kirara_studio.api.errors import one_line
from kirara_studio.engine.children import lower_priority
from kirara_studio.engine.errors import answer_of, name_of
from kirara_studio.engine.tools import ExecutionContext, Tools, throttled
from kirara_studio.engine.wire import Header, Part, pack, read_message, unpack, write_message


class Engine:
    """Runs the jobs that come through ``source`` and answers through ``sink``."""

    def __init__(self, source: BinaryIO, sink: BinaryIO, cache_folder: Path) -> None:
        self._source = source
        self._sink = sink
        self._sink_lock = threading.Lock()
        self._waiting: SimpleQueue[tuple[int, list[Part]]] = SimpleQueue()
        self._cancelled: set[int] = set()
        self._context = ExecutionContext(
            cache_folder, on_device=lambda device: self._send(("device", *astuple(device)))
        )

    def serve(self) -> None:
        """Run jobs until the process ends."""
        threading.Thread(target=self._read, name="pipe", daemon=True).start()
        while True:
            job, parts = self._waiting.get()
            try:
                self._send(("begun", job))
                self._send(*self._answer(job, parts))
            except OSError:
                os._exit(0)  # the studio is gone
            self._cancelled.discard(job)

    def _read(self) -> None:
        try:
            while True:
                header, parts = read_message(self._source)
                if header[0] == "job":
                    self._waiting.put((header[1], parts))
                elif header[0] == "cancel":
                    self._cancelled.add(header[1])
        except (EOFError, OSError):
            os._exit(0)

    def _answer(self, job: int, parts: Sequence[Part]) -> tuple[Header, list[Part]]:
        try:
            function, request = unpack(parts)
        except BaseException as error:
            what = f"could not be brought to the engine: {one_line(error)}"
            return ("error", job, what, traceback.format_exc()), []
        tools = Tools(
            self._context,
            owner=name_of(function).partition(".")[0],
            on_progress=throttled(lambda p: self._send(("progress", job, *astuple(p)))),
            on_part=lambda part: self._send(("part", job), pack(part)),
            cancelled=lambda: job in self._cancelled,
            notify=lambda text, values: self._send(("message", text, dict(values))),
        )
        header, result = answer_of(job, lambda: tools.run(function, request))
        try:
            return header, pack(result) if header[0] == "result" else []
        except BaseException as error:
            what = f"returned something that cannot be handed back: {one_line(error)}"
            return ("error", job, what, traceback.format_exc()), []

    def _send(self, header: Header, parts: Sequence[Part] = ()) -> None:
        with self._sink_lock:
            write_message(self._sink, header, parts)


def main(arguments: Sequence[str]) -> None:
    """Take the pipes for the messages, which print() must not use."""
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the studio
    source = os.fdopen(os.dup(0), "rb", buffering=0)
    sink = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    lower_priority(int(arguments[1]))
    Engine(source, sink, Path(arguments[0])).serve()


if __name__ == "__main__":
    # Under its real name, or the functions it pickles would belong to “__main__”.
    from kirara_studio.engine import process

    process.main(sys.argv[1:])
