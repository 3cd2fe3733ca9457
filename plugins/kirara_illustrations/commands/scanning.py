"""``illustrations scan``: which pictures are illustrations."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kirara_illustrations.filter.classes import CLASSES, ILLUSTRATION_FILTER, THRESHOLD
from kirara_illustrations.filter.judging import FilterRequest, Verdict, verdicts_of
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.media.finding import find_pictures
from kirara_studio.api.model_library import find_model

_REPORT_EVERY = 50  # pictures


def configure_scan(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`scan`."""
    add = parser.add_argument
    add("paths", type=Path, nargs="+", metavar="PATH", help="pictures and folders of pictures")
    add("--json", action="store_true", help="for programs: a list with an object for each file")
    add("--model", default="", metavar="FILE", help="(default: the one that comes with it)")
    text = f"the confidence at which an illustration passes, 0 to 1 (default {THRESHOLD:g})"
    add("--threshold", type=_share, default=THRESHOLD, metavar="X", help=text)
    text = "also say whether this cascade finds faces, such as lbpcascade_animeface.xml"
    add("--cascade", type=Path, metavar="FILE.xml", help=text)


def scan(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Print the class of each picture; returns 1 if something could not be read."""
    model = find_model(ILLUSTRATION_FILTER, arguments.model, context.data_folder)
    left_out: list[Path] = []
    paths = list(find_pictures(arguments.paths, left_out))
    folders = [path for path in left_out if is_folder(path)]  # the others are no pictures
    if not paths and not folders:
        raise UserError("There are no pictures.", advice="Name files, or a folder of pictures.")
    verdicts = []
    request = FilterRequest(tuple(paths), model.path, arguments.cascade)
    for verdict in verdicts_of(request, context.tools()):
        verdicts.append(verdict)
        if not arguments.json and verdict.error is None:
            print(_line(verdict, arguments.threshold))
        if len(verdicts) % _REPORT_EVERY == 0:
            print(f"{len(verdicts)} of {len(paths)} pictures", file=sys.stderr, flush=True)
    unread = [(verdict.path, str(verdict.error)) for verdict in verdicts if verdict.error]
    unread += [(path, "This folder cannot be read.") for path in folders]
    if arguments.json:
        rows = [_row(one, arguments.threshold) for one in verdicts if one.error is None]
        rows += [{"path": str(path), "error": reason} for path, reason in unread]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _print_summary([one for one in verdicts if one.error is None], arguments.threshold)
    for path, reason in unread:
        print(f"{path}: {reason}", file=sys.stderr)
    return 1 if unread else 0


def _row(verdict: Verdict, threshold: float) -> dict[str, Any]:
    row = {
        "path": str(verdict.path),
        "class": verdict.class_name,
        "confidence": round(verdict.confidences[verdict.class_name], 4),
        "passes": verdict.passes(threshold),
    }
    return row if verdict.shows_faces is None else row | {"faces": verdict.shows_faces}


def _line(verdict: Verdict, threshold: float) -> str:
    share = verdict.confidences[verdict.class_name]
    words = [f"{verdict.class_name:12}  {share:4.0%}  {_passing(verdict.passes(threshold)):6}"]
    if verdict.shows_faces is not None:
        words.append(f"{'faces' if verdict.shows_faces else '':5}")
    return "  ".join([*words, str(verdict.path)])


def _print_summary(verdicts: Sequence[Verdict], threshold: float) -> None:
    counts = Counter(verdict.class_name for verdict in verdicts)
    passing = Counter(verdict.class_name for verdict in verdicts if verdict.passes(threshold))
    faces = Counter(verdict.class_name for verdict in verdicts if verdict.shows_faces)
    print()
    for name in (name for name in CLASSES if counts[name]):
        words = [f"{name:12}  {counts[name]:5}", f"{passing[name]:5} pass"]
        if any(verdict.shows_faces is not None for verdict in verdicts):
            words.append(f"{faces[name]:5} with faces")
        print("  ".join(words))


def _passing(passes: bool) -> str:
    return "passes" if passes else ""


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value
