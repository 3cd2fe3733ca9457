"""Both classifiers on paintings of the four styles, and on pictures that are none of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evaluation.report import Judgement, Report, Table
from kirara_paintings.answers import METHODS, WHOLE, Classifier
from kirara_paintings.classifiers import load_classifier, method_models
from kirara_paintings.commands.contest import labelled
from kirara_paintings.pictures.cropping import cropped, painting_within
from kirara_paintings.pictures.reading import read_picture
from kirara_paintings.styles import NEO_PLASTICISM, NONE, STYLES
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.finding import picture_files

Labelled = Sequence[tuple[Path, str]]
_ROOT = Path(__file__).parents[1]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument(
        "--styles", type=Path, required=True, metavar="FOLDER",
        help="a folder with “contest/style1” to “contest/style4”, and “mondrian” if there is one",
    )  # fmt: skip
    parser.add_argument(
        "--none", type=Path, action="append", metavar="FOLDER",
        help="pictures of no style, in a folder for each kind or named KIND-….png "
        "(default: those that “python -m tools.paintings.collect” stores)",
    )  # fmt: skip
    parser.add_argument("--method", choices=METHODS, action="append", help="(default: both)")
    parser.add_argument("--wrong", action="store_true", help="also list the wrong answers")


def evaluate(arguments: argparse.Namespace) -> Report:
    """Judge each classifier on cropped pictures, as in the panel, and on whole ones."""
    styles = _paintings_in(arguments.styles)
    others: dict[str, list[tuple[Path, str]]] = {}
    for folder in arguments.none or [_ROOT / ".cache" / "paintings" / "judging"]:
        for path in _files(folder):
            others.setdefault(kind_of(path, folder), []).append((path, NONE))
    sets: dict[str, Labelled] = {
        **{style: [one for one in styles if one[1] == style] for style in STYLES},
        **{f"none: {kind}": others[kind] for kind in sorted(others)},
    }
    counts = ", ".join(f"{len(pictures)} {name}" for name, pictures in sets.items())
    report = Report(
        {
            "data": counts,
            "seeds": "none: the classifiers are deterministic",
            "separated from training": "by source: no training used these paintings or the "
            "packages of “none”; but both were looked at while the bundled classifiers were made",
        },
        {
            "right": "share of pictures whose most probable answer is their class",
            "four styles right": "mean over the four styles, each counting the same",
            "“none” right": "mean over the kinds of pictures of no style, each counting the same",
        },
    )
    rows: dict[str, list[float | None]] = {}
    for method in arguments.method or METHODS:
        (model,) = method_models([method])
        classifier = load_classifier(model.path)
        for crop in (True, False):
            right = {
                name: _right(classifier, pictures, crop, arguments.wrong, report)
                for name, pictures in sets.items()
            }
            shares = {name: float(one.mean()) for name, one in right.items() if len(one)}
            kinds = [
                [shares[n] for n in shares if (n in STYLES) == style] for style in (True, False)
            ]
            both = [float(np.mean(one)) for one in kinds]
            rows[f"{method}, {'cropped' if crop else 'whole'}"] = [*map(shares.get, sets), *both]
            if crop:
                measures = {f"{name} right": share for name, share in shares.items()}
                measures["four styles right"], measures["“none” right"] = both
                report.judgements.append(Judgement(model.path, "paintings", counts, measures))
    columns = [*sets, "four styles", "none"]
    by_set = dict(zip(columns, map(list, zip(*rows.values(), strict=True)), strict=True))
    report.tables.append(Table("right", list(rows), by_set))
    return report


def kind_of(path: Path, folder: Path) -> str:
    """The kind of a picture of “none”: its folder below ``folder``, or its name up to a hyphen."""
    inside = path.relative_to(folder)
    return inside.parts[0] if len(inside.parts) > 1 else path.stem.partition("-")[0]


def _paintings_in(folder: Path) -> Labelled:
    found = list(labelled(folder / "contest"))
    if (folder / "mondrian").is_dir():
        found += [(path, NEO_PLASTICISM) for path in _files(folder / "mondrian")]
    return found


def _files(folder: Path) -> Sequence[Path]:
    files = picture_files(folder) if folder.is_dir() else []
    if not files:
        raise UserError(
            "There are no pictures in “{folder}”.",
            advice="Collect some with “python -m tools.paintings.collect”, or name "
            "a folder with --none.",
            folder=folder,
        )
    return files


def _right(
    classifier: Classifier, pictures: Labelled, crop: bool, wrong: bool, report: Report
) -> np.ndarray:
    """Whether each answer is right, (pictures,)."""
    right = []
    for path, style in pictures:
        pixels = read_picture(path).pixels
        box = painting_within(pixels) if crop else WHOLE
        (answer,) = classifier.classify([cropped(pixels, box)])
        right.append(answer.style == style)
        if wrong and answer.style != style:
            text = f"{style} taken for {answer.style}, {answer.confidence:.2f}"
            report.about[f"{path.parent.name}/{path.name}{', cropped' if crop else ''}"] = text
    return np.array(right, bool)
