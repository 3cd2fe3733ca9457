"""The command ``kirara-studio newplugin``."""

from __future__ import annotations

import argparse
from pathlib import Path

from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically

from kirara_newplugin.jobs import Request, as_svg, grow
from kirara_newplugin.settings import FEWEST, MOST, PAGE


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--seeds", type=int, help="how many; by default as the settings say")
    parser.add_argument(
        "--out", type=Path, default=Path("sunflower.svg"), help="the SVG file to write"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Draw a sunflower into a file."""
    seeds = arguments.seeds if arguments.seeds is not None else int(context.settings(PAGE)["seeds"])
    if not FEWEST <= seeds <= MOST:
        raise UserError(
            "A sunflower cannot have {seeds} seeds.",
            advice="Choose a number from {fewest} to {most}.",
            seeds=seeds,
            fewest=FEWEST,
            most=MOST,
        )
    write_atomically(arguments.out, as_svg(grow(Request(seeds), context.tools())))
    print(f"Saved as {arguments.out}")
    return 0
