"""Pictures a second from disk to answer, what each stage costs, and how long classes take to learn.

The baseline of each method is the plainest way with the same classifier: one picture after the
other, decoded whole by Pillow, not cropped, and torch and OpenCV as they come. Stages are given in
CPU time of one thread, which a busy machine hardly changes. Then five classes of five pictures.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import skimage.data
import torch
from PIL import Image

from benchmarks._timing import in_turns, note_on_load
from kirara_paintings.answers import FEATURES, METHODS, NETWORK, Classifier
from kirara_paintings.classifiers import load_classifier, method_models
from kirara_paintings.classifying import Item, classified
from kirara_paintings.features.catalogue import measured
from kirara_paintings.learning.fitting import fit_classifier
from kirara_paintings.pictures.cropping import cropped, painting_within
from kirara_paintings.pictures.reading import read_picture
from kirara_studio.api.learning.features import SIDE, Extractor
from kirara_studio.api.learning.lite0 import load_pretrained
from kirara_studio.api.media.scaling import scaled

PICTURES = 32
SIZE = (1600, 1200)
AIMS = {NETWORK: 60, FEATURES: 200}
"""Pictures a second, on two cores of their own."""
SUBJECTS = ("astronaut", "chelsea", "coffee", "retina", "rocket")
ROUNDS = 3

T = TypeVar("T")
U = TypeVar("U")


def write_pictures(folder: Path) -> list[Path]:
    """JPEG files such as cameras give, somewhat small."""
    paths = []
    for number in range(PICTURES):
        subject = getattr(skimage.data, SUBJECTS[number % len(SUBJECTS)])()
        paths.append(folder / f"{number}.jpg")
        Image.fromarray(subject).resize(SIZE, Image.Resampling.BICUBIC).save(paths[-1], quality=92)
    return paths


def compare(paths: Sequence[Path], method: str, classifier: Classifier) -> None:
    """Print how many pictures a second there are, both ways."""
    plain, ours = "one by one, as it comes", "here"

    def one_by_one() -> None:
        cv2.setNumThreads(-1)
        for path in paths:
            classifier.classify([np.array(Image.open(path).convert("RGB"))])

    def here() -> None:
        assert not [one for one in classified(map(Item, paths), [classifier]) if one.error]

    ways = {plain: one_by_one, ours: here}
    timings = in_turns(ways, 2, warm_up=0)
    print(f"{method}: aim {AIMS[method]} pictures/s")
    for name, timing in timings.items():
        start = time.process_time()
        ways[name]()
        used = 1000 * (time.process_time() - start) / len(paths)
        ratio = timings[plain].median / timing.median
        median, best = (1000 * len(paths) / one for one in (timing.median, timing.best))
        print(
            f"  {name:<26}{median:6.1f} pictures/s, best {best:.1f}{ratio:6.1f}×; "
            f"{used:.1f} ms of CPU time each"
        )


def stages(paths: Sequence[Path]) -> None:
    """Print what each stage costs a picture."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    extractor = Extractor(load_pretrained(), threads=1)
    print("CPU time of a picture, best of three")
    pixels = cost("read", lambda path: read_picture(path).pixels, paths)
    boxes = cost("look for frames", painting_within, pixels)
    paintings = [cropped(one, box) for one, box in zip(pixels, boxes, strict=True)]
    cost("features", measured, paintings)
    cost("scale for the network", lambda one: scaled(one, SIDE, SIDE), paintings)
    fours = [paintings[start : start + 4] for start in range(0, len(paintings), 4)]
    cost("scale and network", extractor.features, fours, each=4)


def cost(name: str, work: Callable[[T], U], items: Sequence[T], each: int = 1) -> list[U]:
    """Print how many ms of CPU time one of ``each`` in an item takes; returns what came of them."""
    results: list[U] = []
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        results = [work(item) for item in items]
        times.append(1000 * (time.process_time() - start) / (len(items) * each))
    print(f"  {name:<26}{min(times):8.2f} ms")
    return results


def fitting() -> None:
    """Print how long five classes of five pictures take."""
    extractor = Extractor()
    pictures, labels = [], []
    for subject in SUBJECTS:
        whole = scaled(getattr(skimage.data, subject)(), 500, 400)
        pictures += [whole[:, left : left + 400] for left in range(0, 101, 25)]
        labels += [subject] * 5
    times = []
    for _ in range(ROUNDS):
        start, busy = time.perf_counter(), time.process_time()
        fit_classifier(pictures, labels, extractor)
        times.append((time.perf_counter() - start, time.process_time() - busy))
    (median, _), (best, used) = sorted(times)[ROUNDS // 2], min(times)
    print(f"5 classes × 5 pictures learnt and judged: aim 2 s\n"
          f"  {median:.2f} s, best {best:.2f} s with {used:.2f} s of CPU time")  # fmt: skip


def main() -> None:
    """Classify files both ways, stage by stage, then learn."""
    threads = torch.get_num_threads()
    with tempfile.TemporaryDirectory() as folder:
        paths = write_pictures(Path(folder))
        print(f"{PICTURES} JPEG files of {SIZE[0]}×{SIZE[1]}")
        for method, model in zip(METHODS, method_models(METHODS), strict=True):
            compare(paths, method, load_classifier(model.path))
        stages(paths)
    torch.set_num_threads(threads)
    fitting()
    print(note_on_load())


if __name__ == "__main__":
    main()
