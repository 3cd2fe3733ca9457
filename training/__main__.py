"""``python -m training [start|status|stop|run]``: the queue of this project's own trainings.

Without a verb: start the queue in the background unless it works already, and print where it
stands.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.engine.run_folder import STOP, RunFolder
from kirara_studio.processes import child_environment, hidden, python_command
from training.queue_file import QUEUE_FILE, QUEUE_RUN, Queue, read_queue
from training.standing import CHECKOUT, runs_folder, standings
from training.table import lines
from training.worker import candidate, work

_PATIENCE = 60.0  # seconds for the child to begin
_LOOK = 0.1  # seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns an exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Train what training/queue.toml lists, in its order."
    )
    parser.add_argument(
        "verb",
        nargs="?",
        choices=("start", "status", "stop", "run"),
        default="start",
        help="start in the background (the default; harmless if it works already), print where it "
        "stands, save and stop, or run in the foreground",
    )
    parser.add_argument("--queue", type=Path, default=QUEUE_FILE, metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        queue, runs = read_queue(options.queue), runs_folder()
        if options.verb == "run":
            return work(queue, runs, CHECKOUT)
        folder = RunFolder(runs / QUEUE_RUN)
        if options.verb == "start":
            _start(queue, options.queue, runs, folder)
        elif options.verb == "stop":
            _stop(queue, runs, folder)
        print("\n".join(lines(standings(queue, runs), runs, working=folder.alive)))
    except UserError as error:
        print(f"training: {error}", file=sys.stderr)
        return 1
    return 0


def _start(queue: Queue, path: Path, runs: Path, folder: RunFolder) -> None:
    """Start a worker in the background, unless there is one or nothing to do."""
    if folder.alive:
        print("The queue works already.")
        return
    if candidate(standings(queue, runs)) is None:
        return
    folder.path.mkdir(parents=True, exist_ok=True)
    with folder.log.open("ab") as log:
        child = subprocess.Popen(
            python_command("training", "run", "--queue", str(path.absolute())),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=child_environment(),
            **hidden(detached=True),
        )
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and child.poll() is None and not folder.alive:
        time.sleep(_LOOK)
    if child.poll() != 0 and not folder.alive:
        raise UserError(
            "The queue did not start.", advice="Its log says why: {log}.", log=folder.log
        )
    print("The queue was started in the background.")


def _stop(queue: Queue, runs: Path, folder: RunFolder) -> None:
    """Let the worker save and end; or the runs themselves if it was killed."""
    if folder.alive:
        folder.want(STOP)
        _wait(folder)
    for one in standings(queue, runs):
        if one.folder.alive:
            one.folder.want(STOP)
            _wait(one.folder)


def _wait(folder: RunFolder) -> None:
    print(f"Waiting for “{folder.path.name}” to save and end …", flush=True)
    while folder.alive:
        time.sleep(_LOOK)


if __name__ == "__main__":
    sys.exit(main())
