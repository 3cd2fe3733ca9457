"""``kirara-studio speech check``: are recordings fit to train on?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kirara_studio.api.commands import CommandContext


def configure_check(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`check`."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="recordings as in LJSpeech or JSUT"
    )
    parser.add_argument(
        "--text",
        choices=("japanese", "letters"),
        default="japanese",
        help="what the texts are, as for train (default japanese)",
    )
    parser.add_argument("--json", action="store_true", help="for programs: everything")


def check(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Print what training would skip, and what is odd about the rest.

    Returns 1 if there is nothing to learn from.
    """
    from kirara_speech.learning.recording_checks import check_folder

    tools = context.tools()

    def progress(done: int, total: int) -> None:
        tools.progress(done, total, f"{done} of {total} recordings")

    report = check_folder(arguments.folder, arguments.text, progress)
    if arguments.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(report.lines()))
    return 0 if report.used else 1
