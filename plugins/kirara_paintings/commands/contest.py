"""``paintings contest``: accuracy and score on pictures in the layout of the contest.

International Olympiad in Informatics 2013, "Art Class": pictures named ``style_NO_N.jpg`` after the
number of their style, 1…4. Folders of that name are understood too. Imports no torch.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from kirara_paintings.answers import METHODS, WHOLE, Answer
from kirara_paintings.classifiers import load_classifier, method_models
from kirara_paintings.classifying import Item, classified
from kirara_paintings.commands.classify import add_classifier_arguments
from kirara_paintings.styles import STYLES
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.media.finding import picture_files

_IN_A_FILE = re.compile(r"(?:style)?[ _-]*([1-4])[ _-]+(?:no[ _-]*)?\d+", re.IGNORECASE)
_IN_A_FOLDER = re.compile(r"(?:style)?[ _-]*([1-4])", re.IGNORECASE)


def style_of(path: Path) -> str | None:
    """The style in the name of a file (``style_1_12.jpg``, ``1_12.jpg``) or its folder, or None."""
    found = _IN_A_FILE.fullmatch(path.stem) or _IN_A_FOLDER.fullmatch(path.parent.name)
    return STYLES[int(found[1]) - 1] if found else None


def labelled(folder: Path) -> Iterator[tuple[Path, str]]:
    """The pictures below a folder, in a fixed order, each with its style.

    Raises :class:`UserError` if the folder does not exist or is empty, or a picture lacks a style.
    """
    files = picture_files(folder)
    if not files:
        raise UserError(
            "There are no pictures in “{folder}”."
            if is_folder(folder)
            else "There is no folder “{folder}”.",
            advice="Name the folder with the pictures of the contest.",
            folder=folder,
        )
    for path in files:
        style = style_of(path)
        if style is None:
            raise UserError(
                "The name of “{file}” does not contain its style.",
                advice="Name it like “style_1_12.jpg”, after its style's number, 1 to 4, or put it "
                "into a folder named “style1” to “style4”.",
                file=path.relative_to(folder),
            )
        yield path, style


def score(accuracy: float) -> float:
    """The contest's points, 0…100, for a share 0…1 of right answers.

    100 from 90 %; 10 + 90 (P − 50) / 40 from 50 %; 10 (P − 25) / 25 from 25 %; below, none.
    """
    percent = 100 * accuracy
    if percent >= 90:
        return 100.0
    if percent >= 50:
        return 10 + 90 * (percent - 50) / 40
    return max(0.0, 10 * (percent - 25) / 25)


def contest_style(answer: Answer) -> str:
    """The most probable of the contest's styles, since the contest knows no "none"."""
    return max(STYLES, key=lambda style: answer.probabilities.get(style, 0.0))


def configure_contest(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`contest`."""
    parser.add_argument("folder", type=Path, help="pictures named like style_1_12.jpg")
    add_classifier_arguments(parser)


def contest(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Print accuracy, score and confusion; returns 1 if a picture could not be read.

    The contest knows no "none of these": the most probable of its four styles is the answer.
    """
    pictures = dict(labelled(arguments.folder))
    box = WHOLE if arguments.no_crop else None
    failed = False
    for method in METHODS if arguments.method is None else (arguments.method,):
        (model,) = method_models((method,), data_folder=context.data_folder)
        classifier = load_classifier(model.path)
        predictions: list[tuple[str, str]] = []
        for outcome in classified([Item(path, box) for path in pictures], [classifier]):
            prediction = ""
            if outcome.error is not None:
                failed = True
                print(f"{outcome.path}: {outcome.error}")
            else:
                prediction = contest_style(outcome.answers[0])
            predictions.append((pictures[outcome.path], prediction))
        _print(method, predictions)
    return 1 if failed else 0


def _print(method: str, predictions: list[tuple[str, str]]) -> None:
    right = sum(style == prediction for style, prediction in predictions)
    accuracy = right / len(predictions)
    counts = f"{right} of {len(predictions)} right, {accuracy:.1%}"
    print(f"{method}: {counts}, score {score(accuracy):.1f}")
    for number, style in enumerate(STYLES, start=1):
        answers = [prediction for own, prediction in predictions if own == style]
        counts = ", ".join(
            f"{answers.count(prediction)} {prediction}"
            for prediction in STYLES
            if prediction in answers
        )
        if answers:
            print(f"  style {number}, {style} ({len(answers)}): {counts or 'none read'}")
