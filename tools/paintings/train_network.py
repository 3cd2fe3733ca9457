"""``python -m tools.paintings.train_network``: fit the four styles and “none” over the
network's features.

Trains on the pictures that :mod:`tools.paintings.store` has kept, each whole and, if it is framed,
also cropped, since users may ask for either. Their features are kept too, as they take most of the
time. The penalty is chosen by folds of pictures, so the figures on the card are of synthetic
pictures; ``paintings contest`` and the evaluation measure real ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import WHOLE, Box, Pixels
from kirara_paintings.learning.linear import calibrated, fit, held_out_logits, softmax
from kirara_paintings.network.extraction import Extractor
from kirara_paintings.network.head import Head
from kirara_paintings.network.model_files import save_head
from kirara_paintings.network.weights import load_pretrained
from kirara_paintings.pictures.cropping import cropped
from kirara_studio.api.models import ModelCard
from tools.paintings.collect import CACHE
from tools.paintings.sources import sources
from tools.paintings.store import SYNTHETIC, entries, picture_of
from tools.paintings.synthetic import LABELS

_OUT = Path(__file__).parents[2] / "resources" / "models" / "paintings-network.safetensors"
_PENALTIES = (5.0, 30.0, 100.0)
_FOLDS = 5
_TOGETHER = 64


def main() -> None:
    """Extract, learn, calibrate, and write the model."""
    parser = argparse.ArgumentParser(description="Learn the styles over the network's features.")
    parser.add_argument("--folder", type=Path, default=SYNTHETIC, help="synthetic pictures")
    parser.add_argument("--out", type=Path, default=_OUT)
    arguments = parser.parse_args()
    features, labels, seeds = extracted(arguments.folder)
    _, numbers = np.unique(seeds, return_inverse=True)
    counts = 1.0 / np.bincount(numbers)[numbers]  # two views of a picture are one picture
    found = []
    for l2 in _PENALTIES:
        logits = held_out_logits(features, labels, len(LABELS), numbers % _FOLDS, l2, counts)
        model = fit(features, labels, len(LABELS), l2, counts)
        model = calibrated(model, logits, labels, counts)
        said = softmax(logits / model.temperature)[np.arange(len(labels)), labels]
        loss = float(np.average(-np.log(said), weights=counts))
        accuracy = float(np.average(logits.argmax(axis=1) == labels, weights=counts))
        print(f"penalty {l2:g}: left out {accuracy:.4f} right, cross entropy {loss:.4f}")
        found.append((loss, l2, accuracy, model))
    _, l2, accuracy, model = min(found, key=lambda one: one[0])
    pictures = len(np.unique(seeds))
    card = ModelCard(
        architecture="",
        name="Four styles",
        training_data=f"{pictures} pictures made by the project's own programs, "
        "tools/paintings: planes, drips and colour fields that are drawn, landscapes that are "
        "painted over free photographs or parts of paintings in the public domain; for “none”, "
        f"photographs, drawings and icons, and drawings of the programs. Of packages: {sources()}.",
        licence="MIT. The network's weights, which are not in this file, are Apache-2.0.",
        author="Kirara Studio",
        notes="A linear model over the features of EfficientNet-lite0, of the whole picture and of "
        f"its middle, penalty {l2:g}.",
        measured={
            "accuracy on made pictures, left out in five folds": round(accuracy, 4),
            "made pictures": pictures,
        },
    )
    save_head(arguments.out, Head(LABELS, model), card)
    print(f"Saved {arguments.out}")


def extracted(
    folder: Path,
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Features (views, features), labels (views,) and seeds (views,) of the pictures that are kept;
    those of pictures that were kept before are not extracted again."""
    cache = CACHE / "network-features.npz"
    features: list[npt.NDArray[np.float32]] = []
    labels: list[int] = []
    seeds: list[int] = []
    if cache.exists():
        with np.load(cache) as arrays:
            features, labels = [arrays["features"]], arrays["labels"].tolist()
            seeds = arrays["seeds"].tolist()
    known = set(seeds)
    extractor = Extractor(load_pretrained())
    views: list[Pixels] = []
    for seed, label, edges in sorted(entries(folder)):
        if seed in known:
            continue
        picture, box = picture_of(folder, seed, label), Box(*edges)
        of_seed = [picture] if box == WHOLE else [picture, cropped(picture, box)]
        views += of_seed
        labels += [LABELS.index(label)] * len(of_seed)
        seeds += [seed] * len(of_seed)
        if len(views) >= _TOGETHER:
            features.append(extractor.features(views, detail=True))
            views = []
            print(f"{len(seeds)} views", flush=True)
    features.append(extractor.features(views, detail=True))
    together = np.concatenate(features)
    np.savez(cache, features=together, labels=np.array(labels), seeds=np.array(seeds))
    return together, np.array(labels), np.array(seeds)


if __name__ == "__main__":
    main()
