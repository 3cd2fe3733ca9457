"""Pictures a second from disk to answer with the network, and how long classes take to learn.

Against the plainest way with the same network: one picture after the other, decoded whole, and
torch as it comes. Then five classes of five pictures.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
import skimage.data
import torch
from PIL import Image

from benchmarks._timing import in_turns, note_on_load
from kirara_paintings.classifiers import NETWORK, load_classifier, method_models
from kirara_paintings.classifying import Item, classified
from kirara_paintings.learning.teaching import learn
from kirara_paintings.network.extraction import SIDE, Extractor
from kirara_paintings.network.weights import load_pretrained

PICTURES = 24
SIZE = (1600, 1200)
PLAIN, OURS = "one by one, plain torch", "here"
SUBJECTS = ("astronaut", "chelsea", "coffee", "retina", "rocket")


def write_pictures(folder: Path) -> list[Path]:
    """JPEG files such as cameras give, somewhat small."""
    paths = []
    for number in range(PICTURES):
        subject = getattr(skimage.data, SUBJECTS[number % len(SUBJECTS)])()
        paths.append(folder / f"{number}.jpg")
        Image.fromarray(subject).resize(SIZE, Image.Resampling.BICUBIC).save(paths[-1], quality=92)
    return paths


def main() -> None:
    """Classify files both ways, then learn."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_pictures(Path(folder))
        (model,) = method_models((NETWORK,))
        classifier = load_classifier(model.path)
        plain = load_pretrained().to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]

        @torch.inference_mode()
        def one_by_one() -> None:
            for path in paths:
                square = Image.open(path).convert("RGB").resize((SIDE, SIDE))
                plain(torch.from_numpy(np.array(square)).permute(2, 0, 1)[None].contiguous())

        def here() -> None:
            assert not [one for one in classified(map(Item, paths), [classifier]) if one.error]

        timings = in_turns({PLAIN: one_by_one, OURS: here}, 4, warm_up=1)
    print(f"{PICTURES} JPEG files of {SIZE[0]}×{SIZE[1]}, cropped too in the second way")
    for name, timing in timings.items():
        ratio = timings[PLAIN].median / timing.median
        print(f"  {name:<26}{1000 * PICTURES / timing.median:8.1f} pictures/s{ratio:6.1f}×")
    extractor = Extractor(load_pretrained())
    pictures, labels = [], []
    for subject in SUBJECTS:
        scaled = np.array(Image.fromarray(getattr(skimage.data, subject)()).resize((640, 512)))
        pictures += [scaled[:, left : left + 512] for left in range(0, 126, 31)]
        labels += [subject] * 5
    times = []
    for _ in range(5):
        start = time.perf_counter()
        learn(pictures, labels, extractor)
        times.append(time.perf_counter() - start)
    print(f"  5 classes × 5 pictures learnt and judged in {np.median(times):.2f} s, best "
          f"{min(times):.2f} s")  # fmt: skip
    print(note_on_load())


if __name__ == "__main__":
    main()
