"""``python -m tools.illustrations pictures|sheet|train``: see the package."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tools.illustrations.store import files, sheet
from tools.illustrations.train import OUT, train


def main() -> None:
    """Do what the command line asks for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="python -m tools.illustrations")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("pictures", help="make and store the pictures")
    sheets = commands.add_parser("sheet", help="save pictures side by side, to look at")
    sheets.add_argument("name", choices=("training", "judging"))
    sheets.add_argument("label", help="a class, or a class and a kind, as in the files' names")
    sheets.add_argument("out", type=Path)
    trained = commands.add_parser("train", help="fit the filter's head, and save it")
    trained.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    if arguments.command == "pictures":
        for name in ("training", "judging"):
            print(f"{name}: {len(files(name))} pictures")
    elif arguments.command == "sheet":
        paths = [path for path, _ in files(arguments.name) if path.name.startswith(arguments.label)]
        sheet(paths[:: max(1, len(paths) // 64)][:64]).save(arguments.out)
    else:
        train(arguments.out)


if __name__ == "__main__":
    main()
