"""``paintings classify``: what style pictures are of."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

from kirara_paintings.answers import METHODS, WHOLE
from kirara_paintings.classifiers import load_classifier, method_models
from kirara_paintings.classifying import Item, Outcome, classified
from kirara_paintings.pictures.finding import left_out_note, no_pictures
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.finding import find_pictures

CSV_HEADER = ("path", "method", "style", "confidence")
_REPORT_EVERY = 50  # pictures


def configure_classify(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`classify`."""
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="pictures and folders")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a line, with all that")
    form.add_argument("--csv", action="store_true", help="a table: path,method,style,confidence")
    add_classifier_arguments(parser)
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="your own classes (.safetensors)"
    )


def add_classifier_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--method`` and ``--no-crop``."""
    parser.add_argument(
        "--method", choices=METHODS, help="one of the two classifiers (default: both)"
    )
    parser.add_argument(
        "--no-crop", action="store_true", help="classify the whole picture, with frame and wall"
    )


def classify(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Print the style of each picture; returns 1 if some could not be read."""
    if arguments.model is not None and arguments.method is not None:
        raise UserError(
            "A model is of one method already.", advice="Leave out --method, or else --model."
        )
    methods = METHODS if arguments.method is None else (arguments.method,)
    models = method_models(methods, arguments.model, context.data_folder)
    classifiers = [load_classifier(model.path) for model in models]
    write = _write_json if arguments.json else _write_csv if arguments.csv else _write_text
    if arguments.csv:
        _write_row(CSV_HEADER)
    done = failed = 0
    box = WHOLE if arguments.no_crop else None
    left_out: list[Path] = []
    items = (Item(path, box) for path in find_pictures(arguments.paths, left_out))
    for outcome in classified(items, classifiers):
        done += 1
        if outcome.error is not None:
            failed += 1
            print(f"{outcome.path}: {outcome.error}", file=sys.stderr)
        else:
            write(outcome)
        if done % _REPORT_EVERY == 0:
            print(f"{done} pictures", file=sys.stderr, flush=True)
    if not done:
        raise no_pictures(arguments.paths)
    if left_out:
        print(left_out_note(left_out), file=sys.stderr)
    if failed:
        print(f"{failed} of {done} files could not be read", file=sys.stderr)
    return 1 if failed else 0


def _write_row(row: tuple[str, ...]) -> None:
    csv.writer(sys.stdout, lineterminator="\n").writerow(row)


def _write_csv(outcome: Outcome) -> None:
    for answer in outcome.answers:
        _write_row((str(outcome.path), answer.method, answer.style, f"{answer.confidence:.4f}"))


def _write_json(outcome: Outcome) -> None:
    box = outcome.box
    values = {
        "path": str(outcome.path),
        "size": list(outcome.size),
        "box": [round(edge, 4) for edge in (box.left, box.top, box.right, box.bottom)],
        "answers": [
            {
                "method": answer.method,
                "style": answer.style,
                "confidence": round(answer.confidence, 4),
                "probabilities": {k: round(v, 4) for k, v in answer.probabilities.items()},
            }
            for answer in outcome.answers
        ],
    }
    print(json.dumps(values, ensure_ascii=False))


def _write_text(outcome: Outcome) -> None:
    prediction = "   ".join(
        f"{answer.method}: {answer.style} {answer.confidence:.0%}" for answer in outcome.answers
    )
    print(f"{outcome.path}   {prediction}")
