"""``python -m evaluation characters|faces|foresight|likeness|…``: judge the models."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation.figures import update_documents
from kirara_studio.api.errors import UserError

NAMES = {
    "characters": "a generator, against drawings",
    "faces": "the finder of drawn faces, and a cascade beside it",
    "foresight": "forecasts of digits, of rain and of videos",
    "illustrations": "the illustration filter, and a rule with a cascade beside it",
    "likeness": "the reader of a character's attributes, and the search after it",
    "paintings": "both classifiers, on paintings and on other pictures",
    "readings": "how written texts are read",
    "speech": "a voice, by a recogniser and by DNSMOS",
}
ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "evaluation"


def main(words: Sequence[str] = sys.argv[1:]) -> None:
    """Judge one panel's models, and print the report."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Judge the models.")
    names = parser.add_subparsers(dest="name", required=True)
    for name, text in NAMES.items():
        command = names.add_parser(name, help=text, description=text.capitalize())
        command.add_argument("--json", action="store_true", help="print all figures as JSON")
        command.add_argument(
            "--write-cards",
            action="store_true",
            help="write the figures into the models' cards, and from there into README and docs",
        )
        if name in words[:1]:  # the others need not be imported
            module = importlib.import_module(f"evaluation.{name}")
            module.configure(command)
            command.set_defaults(cache=CACHE)
    arguments = parser.parse_args(words)
    try:
        report = module.evaluate(arguments)
        written = report.write_cards() if arguments.write_cards else []
    except UserError as error:
        raise SystemExit(str(error)) from error
    print(
        json.dumps(report.to_dict(), ensure_ascii=False, indent=1)
        if arguments.json
        else report.text()
    )
    if written:
        update_documents(ROOT)


if __name__ == "__main__":
    main()
