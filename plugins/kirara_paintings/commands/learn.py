"""``paintings learn``: classes of one's own, from a folder of pictures for each."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kirara_paintings.learning.fit_result import FitResult
from kirara_paintings.learning.gathering import classes_of_folder
from kirara_paintings.view_state import ENOUGH
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder

_SUFFIX = ".safetensors"
_WIDEST = 24  # characters of a class's name in the table


def configure_learn(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`learn`."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER",
        help="a folder of pictures for each class, five or more each; one called “none” may hold "
        "what is none of the others",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="MODEL", help="the model's file")
    parser.add_argument(
        "--no-crop", action="store_true", help="use whole pictures, with frame and wall"
    )
    parser.add_argument("--name", default="", help="what to call the model (default: its file)")
    parser.add_argument("--author", default="", help="for the model's card")
    parser.add_argument("--licence", default="", help="for the model's card")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")


def learn(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Fit classes, print their cross-validation, and save the model."""
    from kirara_paintings.learning.fitting import fit_classes
    from kirara_studio.api.learning.features import Extractor

    out: Path = arguments.out
    if out.suffix != _SUFFIX:
        out = out.with_name(f"{out.name}{_SUFFIX}")
    if not is_folder(out.parent):
        raise UserError(
            "There is no folder “{folder}”.", advice="Make it, or choose another.",
            folder=out.parent,
        )  # fmt: skip
    extractor = Extractor()
    start = time.perf_counter()
    notes: list[UserError] = []
    classes = classes_of_folder(arguments.folder, notes)
    fitted = fit_classes(classes, extractor, crop=not arguments.no_crop)
    seconds = time.perf_counter() - start
    result = fitted.result
    notes += [*fitted.problems, *_small_classes(result)]
    for note in notes:
        print(note, file=sys.stderr)
    fitted.save(out, arguments.name, arguments.author, arguments.licence)
    if arguments.json:
        figures = _figures(result, arguments.folder) | {"notes": [str(note) for note in notes]}
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    print(
        f"{len(result.labels)} pictures of {len(result.classes)} classes learnt in {seconds:.1f} s"
    )
    print(f"Left out one by one, {result.accuracy:.1%} are recognised:")
    for line in (*_table(result), *_mistakes(result, arguments.folder)):
        print(f"  {line}")
    print(f"Saved {out}")


def _small_classes(result: FitResult) -> Iterator[UserError]:
    for name, count in zip(result.classes, result.counts, strict=True):
        if count < ENOUGH:
            yield UserError(
                "The class “{name}” has {count} pictures only.",
                advice="With five or more, it is recognised and measured more reliably.",
                name=name,
                count=count,
            )


def _table(result: FitResult) -> Iterator[str]:
    """The confusion matrix, with numbers for the names of its columns."""
    names = [name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…" for name in result.classes]
    width = max(len(name) for name in names)
    columns = "".join(f"{number:>5}" for number in range(1, len(names) + 1))
    yield f"{'':>3} {'taken for':<{width}}{columns}"
    for number, (name, row) in enumerate(zip(names, result.confusion, strict=True), start=1):
        yield f"{number:>3} {name:<{width}}{''.join(f'{count:>5}' for count in row)}"


def _mistakes(result: FitResult, folder: Path) -> Iterator[str]:
    for path, label, taken, confidence in _left_out(result, folder):
        if label != taken:
            yield f"{path} is taken for “{taken}” ({confidence:.0%})"


def _left_out(result: FitResult, folder: Path) -> Iterator[tuple[str, str, str, float]]:
    """The path below ``folder``, class, answer and confidence of each picture."""
    for path, label, taken, confidence in zip(
        result.pictures, result.labels, result.predicted, result.confidences, strict=True
    ):
        name = path.relative_to(folder).as_posix()
        yield name, result.classes[label], result.classes[taken], round(confidence, 4)


def _figures(result: FitResult, folder: Path) -> dict[str, object]:
    keys = ("path", "class", "taken for", "confidence")
    return {
        "classes": list(result.classes),
        "pictures": len(result.labels),
        "leave-one-out accuracy": result.accuracy,
        "confusion": result.confusion,
        "left out": [dict(zip(keys, one, strict=True)) for one in _left_out(result, folder)],
    }
