"""``paintings interrupted``: what a crash interrupted while files were sorted into folders."""

from __future__ import annotations

import argparse
import sys

from kirara_paintings.sort_into_folders import finish_job, interrupted_job, undo_sort_job
from kirara_paintings.sort_journal import journals_in
from kirara_studio.api.commands import CommandContext


def configure_interrupted(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`interrupted`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--finish", action="store_true", help="move or copy the rest of the files")
    what.add_argument("--undo", action="store_true", help="bring the files back")


def interrupted(arguments: argparse.Namespace, context: CommandContext) -> int:
    """List what was interrupted, finish it, or undo it; returns 1 if a file made a problem."""
    tools, failed = _Silent(), False
    found = interrupted_job(journals_in(context.data_folder), tools)
    for one in found:
        request = one.request
        verb = "Moving" if request.move else "Copying"
        what = f"{verb} {len(request.files)} pictures to {request.folder}"
        if not arguments.finish and not arguments.undo:
            print(f"{what}: {one.done} of them are there. --finish or --undo?")
            continue
        result = finish_job(request, tools) if arguments.finish else undo_sort_job(request, tools)
        print(f"{what}: {len(result.done)} files {'are there' if arguments.finish else 'undone'}")
        if result.error is not None:
            failed = True
            print(result.error, file=sys.stderr)
    if not found:
        print("Nothing was interrupted.")
    return int(failed)


class _Silent:
    """Nobody stops it but Ctrl+C, which interrupts it once more."""

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        """Report nothing."""
