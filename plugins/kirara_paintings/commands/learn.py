"""``paintings learn``: classes of one's own, from a folder of pictures for each."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError

if TYPE_CHECKING:
    from kirara_paintings.learning.fit_folder import FilesFit
    from kirara_paintings.learning.fitting import FittedClassifier

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


def learn(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Fit classes, print their cross-validation, and save the model."""
    from kirara_paintings.learning.fit_folder import fit_folder
    from kirara_paintings.network.extraction import Extractor
    from kirara_paintings.network.weights import load_pretrained

    out: Path = arguments.out
    if out.suffix != _SUFFIX:
        out = out.with_name(f"{out.name}{_SUFFIX}")
    if not out.parent.is_dir():
        raise UserError(
            "There is no folder “{folder}”.", advice="Make it, or choose another.",
            folder=out.parent,
        )  # fmt: skip
    extractor = Extractor(load_pretrained())
    start = time.perf_counter()
    result = fit_folder(arguments.folder, extractor, crop=not arguments.no_crop)
    seconds = time.perf_counter() - start
    for note in result.notes:
        print(note, file=sys.stderr)
    result.fitted.save(out, arguments.name, arguments.author, arguments.licence)
    if arguments.json:
        print(json.dumps(_figures(result, arguments.folder), ensure_ascii=False, indent=1))
        return
    fitted = result.fitted
    print(
        f"{len(fitted.labels)} pictures of {len(fitted.head.classes)} classes learnt in "
        f"{seconds:.1f} s"
    )
    print(f"Left out one by one, {fitted.accuracy:.1%} are recognised:")
    for line in (*_table(fitted), *_mistakes(result, arguments.folder)):
        print(f"  {line}")
    print(f"Saved {out}")


def _table(fitted: FittedClassifier) -> Iterator[str]:
    """The confusion matrix, with numbers for the names of its columns."""
    names = [
        name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…" for name in fitted.head.classes
    ]
    width = max(len(name) for name in names)
    columns = "".join(f"{number:>5}" for number in range(1, len(names) + 1))
    yield f"{'':>3} {'taken for':<{width}}{columns}"
    for number, (name, row) in enumerate(zip(names, fitted.confusion, strict=True), start=1):
        yield f"{number:>3} {name:<{width}}{''.join(f'{count:>5}' for count in row)}"


def _mistakes(result: FilesFit, folder: Path) -> Iterator[str]:
    fitted = result.fitted
    for path, label, taken, confidence in zip(
        result.paths, fitted.labels, fitted.predicted, fitted.confidences, strict=True
    ):
        if label != taken:
            name = fitted.head.classes[int(taken)]
            yield f"{path.relative_to(folder)} is taken for “{name}” ({confidence:.0%})"


def _figures(result: FilesFit, folder: Path) -> dict[str, object]:
    fitted = result.fitted
    classes = list(fitted.head.classes)
    return {
        "classes": classes,
        "pictures": len(fitted.labels),
        "leave-one-out accuracy": fitted.accuracy,
        "confusion": fitted.confusion.tolist(),
        "left out": [
            {
                "path": path.relative_to(folder).as_posix(),
                "class": classes[int(label)],
                "taken for": classes[int(taken)],
                "confidence": round(float(confidence), 4),
            }
            for path, label, taken, confidence in zip(
                result.paths, fitted.labels, fitted.predicted, fitted.confidences, strict=True
            )
        ],
        "notes": [str(note) for note in result.notes],
    }
