"""``python -m benchmarks.paintings_accuracy PAINTINGS NONE``: how many styles are said rightly.

``PAINTINGS`` holds ``contest/styleN/`` and ``mondrian/`` (all of style 1); ``NONE`` is a folder of
photographs and drawings that are no paintings of the four styles, such as the one that
``PYTHONPATH=packaging python -m paintings.collect`` makes (``.cache/paintings/judging``). Each
method looks at each picture with what surrounds it cropped, and whole.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from kirara_paintings.answers import WHOLE
from kirara_paintings.classifiers import METHODS, load_classifier, method_models
from kirara_paintings.contest import labelled
from kirara_paintings.pictures.cropping import cropped, painting_within
from kirara_paintings.pictures.reading import read_picture
from kirara_paintings.styles import NEO_PLASTICISM, NONE
from kirara_studio.api.media.pictures import picture_files


def main() -> None:
    """Print a table, and below it which pictures were taken for what."""
    parser = argparse.ArgumentParser(description="How many styles are said rightly.")
    parser.add_argument("paintings", type=Path)
    parser.add_argument("none", type=Path)
    parser.add_argument("--method", choices=METHODS, action="append")
    parser.add_argument("--verbose", action="store_true", help="also what was wrong")
    arguments = parser.parse_args()
    sets = {
        "contest": list(labelled(arguments.paintings / "contest")),
        "mondrian": _all(arguments.paintings / "mondrian", NEO_PLASTICISM),
        "none": _all(arguments.none, NONE),
    }
    print(f"{'':<18}" + "".join(f"{name:>18}" for name in sets))
    for method in arguments.method or METHODS:
        (model,) = method_models([method])
        classifier = load_classifier(model.path)
        for crop in (True, False):
            line, wrong = [], []
            for pictures in sets.values():
                right = 0
                for path, style in pictures:
                    pixels = read_picture(path).pixels
                    box = painting_within(pixels) if crop else WHOLE
                    (answer,) = classifier.classify([cropped(pixels, box)])
                    right += answer.style == style
                    if answer.style != style:
                        wrong.append(f"{path.name}: {answer.style} {answer.confidence:.2f}")
                line.append(f"{right} of {len(pictures)} ({right / len(pictures):.0%})")
            name = f"{method}, {'cropped' if crop else 'whole'}"
            print(f"{name:<18}" + "".join(f"{text:>18}" for text in line))
            if arguments.verbose:
                print("".join(f"    {text}\n" for text in wrong), end="")


def _all(folder: Path, style: str) -> list[tuple[Path, str]]:
    return [(path, style) for path in _files(folder)]


def _files(folder: Path) -> Iterator[Path]:
    files = picture_files(folder)
    if not files:
        raise SystemExit(f"There are no pictures in “{folder}”.")
    yield from files


if __name__ == "__main__":
    main()
