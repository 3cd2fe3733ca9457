"""``python -m tools.paintings.train_network``: fit the styles over the network's features.

Trains on the pictures of :mod:`tools.paintings.store`, each whole and, if it is framed, also
cropped, since users may ask for either. The penalty is chosen by folds of pictures, so the figures
on the card are of synthetic pictures; ``paintings contest`` and the evaluation measure real ones.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from kirara_paintings.answers import PAINTINGS_NETWORK, WHOLE, Box
from kirara_paintings.pictures.cropping import cropped
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import Head, save_head
from kirara_studio.api.learning.linear import Features, calibrated, fit, held_out_logits, softmax
from kirara_studio.api.models import ModelCard
from tools.paintings.sources import sources
from tools.paintings.store import SYNTHETIC, Entry, measured_views, picture_of
from tools.paintings.synthetic import LABELS

_OUT = Path(__file__).parents[2] / "resources" / "models" / "paintings-network.safetensors"
_PENALTIES = (5.0, 30.0, 100.0)
_FOLDS = 5


def main() -> None:
    """Extract, learn, calibrate, and write the model."""
    parser = argparse.ArgumentParser(description="Learn the styles over the network's features.")
    parser.add_argument("--folder", type=Path, default=SYNTHETIC, help="synthetic pictures")
    parser.add_argument("--out", type=Path, default=_OUT)
    arguments = parser.parse_args()
    extractor = Extractor()

    def extracted(some: list[Entry]) -> Iterable[Features]:
        views = []
        for seed, label, edges in some:
            picture, box = picture_of(arguments.folder, seed, label), Box(*edges)
            views.append([picture] if box == WHOLE else [picture, cropped(picture, box)])
        features = extractor.features([view for of_one in views for view in of_one], detail=True)
        return np.split(features, np.cumsum([len(of_one) for of_one in views])[:-1])

    features, labels, seeds = measured_views(arguments.folder, "network-features", extracted)
    _, numbers = np.unique(seeds, return_inverse=True)
    counts = 1.0 / np.bincount(numbers)[numbers]  # two views of a picture are one picture
    found = []
    for l2 in _PENALTIES:
        logits = held_out_logits(features, labels, len(LABELS), numbers % _FOLDS, l2, counts)
        model = fit(features, labels, len(LABELS), l2, counts)
        model = calibrated(model, logits, labels, counts)
        shares = softmax(logits / model.temperature)[np.arange(len(labels)), labels]
        loss = float(np.average(-np.log(shares), weights=counts))
        accuracy = float(np.average(logits.argmax(axis=1) == labels, weights=counts))
        print(f"penalty {l2:g}: left out {accuracy:.4f} right, cross entropy {loss:.4f}")
        found.append((loss, l2, accuracy, model))
    _, l2, accuracy, model = min(found, key=lambda one: one[0])
    pictures = len(np.unique(seeds))
    card = ModelCard(
        architecture=PAINTINGS_NETWORK,
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


if __name__ == "__main__":
    main()
