"""``paintings contest``: accuracy and the contest's score on pictures in the contest's layout."""

from __future__ import annotations

import argparse
from pathlib import Path

from kirara_paintings.answers import METHODS, WHOLE
from kirara_paintings.classifiers import load_classifier, method_models
from kirara_paintings.classifying import Item, classified
from kirara_paintings.contest import contest_style, labelled, score
from kirara_paintings.styles import STYLES
from kirara_studio.api.commands import CommandContext


def configure_contest(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`contest`."""
    parser.add_argument("folder", type=Path, help="pictures named like style_1_12.jpg")
    parser.add_argument(
        "--method", choices=METHODS, help="one of the two classifiers (default: both)"
    )
    parser.add_argument(
        "--no-crop", action="store_true", help="classify the whole picture, with frame and wall"
    )


def contest(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Print accuracy, score and what was taken for what; 1 where a picture could not be read.

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
            if outcome.error is not None:
                failed = True
                print(f"{outcome.path}: {outcome.error}")
                predictions.append((pictures[outcome.path], ""))
                continue
            predictions.append((pictures[outcome.path], contest_style(outcome.answers[0])))
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
