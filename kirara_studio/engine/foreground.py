"""Training in the process of a command. Without Qt, which Windows wants imported after torch."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from kirara_studio.api.training import SilentReporter
from kirara_studio.engine.run_folder import RUN, RunFolder, prepare
from kirara_studio.engine.training_child import STOPPED, EventReporter, execute, find_trainer

INTERRUPTED = 130


def run_in_foreground(
    trainer: str, request: Mapping[str, Any], run_folder: Path, stream: IO[str]
) -> int:
    """Train in this process, printing the JSON lines to ``stream``; returns an exit status.

    0: finished, or stopped by the studio. 1: failed. 130: stopped by Ctrl+C, after a
    checkpoint; a second Ctrl+C ends at once. Call it from the main thread.

    Of several processes that torchrun started, the first alone keeps the folder and reports.
    """
    if int(os.environ.get("RANK", "0")):
        return _follow(trainer, request, run_folder)
    folder = RunFolder(run_folder)
    with folder.lock():
        prepare(folder, trainer, request)
        folder.want(RUN)
        reporter = EventReporter(folder, stream)
        interrupted = False

        def interrupt(number: int, frame: object) -> None:
            nonlocal interrupted
            if interrupted:
                raise KeyboardInterrupt
            interrupted = True
            reporter.interrupt()

        previous = signal.signal(signal.SIGINT, interrupt)
        try:
            status = execute(folder, reporter, os.getpid())
        finally:
            signal.signal(signal.SIGINT, previous)
    if interrupted:
        return INTERRUPTED
    return 0 if status == STOPPED else status


def _follow(trainer: str, request: Mapping[str, Any], run_folder: Path) -> int:
    # Ctrl+C reaches all processes; this one ends with the first.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The first process decides and reports.
    find_trainer(trainer)(request, run_folder, SilentReporter())
    return 0
