"""``python -m tools.paintings.train_features``: fit the additive model over the named features.

Trains on the pictures of :mod:`tools.paintings.store`, each cropped as the program crops it
and, if anything surrounds it, also whole, since a user may undo the crop.
"""

from __future__ import annotations

import argparse
import hashlib
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np

from kirara_paintings.answers import WHOLE
from kirara_paintings.features.additive import Pairs, additive_from, basis, quantile_knots
from kirara_paintings.features.catalogue import FEATURES, measured
from kirara_paintings.features.classifier import FeaturesClassifier
from kirara_paintings.pictures.cropping import cropped, painting_within
from kirara_studio.api.learning.linear import (
    Floats,
    Labels,
    calibrated,
    fit,
    held_out_logits,
    stratified_folds,
)
from kirara_studio.api.models import ModelCard
from tools.paintings.photographing import reproduced
from tools.paintings.sources import sources
from tools.paintings.store import SYNTHETIC, Entry, measured_views, picture_of
from tools.paintings.synthetic import LABELS

KNOTS = 9
L2 = 240.0
TOGETHER = 12
"""Each two of so many features have surfaces: of those whose curves alone move answers most."""
_MODEL = Path(__file__).parents[2] / "resources" / "models" / "paintings-features.safetensors"


def main() -> None:
    """Measure, fit, calibrate, and write the model and its card."""
    parser = argparse.ArgumentParser(description="Train the classifier that explains itself.")
    parser.add_argument("--pictures", type=Path, default=SYNTHETIC)
    parser.add_argument("--out", type=Path, default=_MODEL)
    arguments = parser.parse_args()
    names = hashlib.sha256(repr([feature.name for feature in FEATURES]).encode()).hexdigest()[:8]
    with ProcessPoolExecutor(2) as pool:
        measures, labels, seeds = measured_views(
            arguments.pictures,
            f"measured-{names}",
            lambda some: pool.map(partial(_views, arguments.pictures), some, chunksize=20),
        )
    values = np.asarray(measures, np.float64)
    knots = quantile_knots(values, KNOTS)
    usual = np.stack(
        [np.quantile(values[labels == index], (0.05, 0.95), axis=0).T for index in range(5)]
    )
    pairs = _pairs(values, labels, knots, usual)
    columns = basis(values, knots, pairs)
    # Views of one picture are held out together.
    folds = stratified_folds(labels, 5)
    folds = folds[np.searchsorted(seeds, seeds)]
    logits = held_out_logits(columns, labels, len(LABELS), folds, L2)
    model = calibrated(fit(columns, labels, len(LABELS), L2), logits, labels)
    right = (logits.argmax(1) == labels).mean()
    print(f"held out: {right:.4f} of {len(labels)} views right")
    for index, label in enumerate(LABELS):
        answers = np.bincount(logits[labels == index].argmax(1), minlength=len(LABELS))
        print(f"  {label:<16}", *(f"{count:5}" for count in answers))
    classifier = FeaturesClassifier(LABELS, additive_from(model, knots, pairs, usual))
    classifier.save(arguments.out, _card(len(np.unique(seeds)), float(right)))


def _pairs(values: Floats, labels: Labels, knots: Floats, usual: Floats) -> Pairs:
    none = np.empty((0, 2), np.intp)
    alone = additive_from(
        fit(basis(values, knots, none), labels, len(LABELS), L2 / 8), knots, none, usual
    )
    moves = alone.parts(values).std(axis=0).mean(axis=0)
    most = np.sort(np.argsort(-moves)[:TOGETHER])
    return np.array(list(combinations(most.tolist(), 2)))


def _views(folder: Path, entry: Entry) -> list[Floats]:
    """The features of a stored picture as a print shows it, cropped, and whole if framed."""
    seed, label, _ = entry
    pixels = picture_of(folder, seed, label)
    random = np.random.default_rng((41, seed))
    box = painting_within(pixels)
    views = [cropped(pixels, box)] if box == WHOLE else [cropped(pixels, box), pixels]
    return [measured(reproduced(random, view)) for view in views]


def _card(pictures: int, right: float) -> ModelCard:
    return ModelCard(
        architecture="",
        name="Styles by named features",
        training_data=(
            f"{pictures} pictures made by tools/paintings: procedural neo-plasticism, action "
            "painting and colour fields; landscapes painted over free photographs, and parts of "
            "paintings in the public domain; drawings and "
            f"free pictures that are none of these. Free pictures are from packages: {sources()}."
        ),
        licence="MIT",
        author="Kirara Studio",
        notes="No painting in copyright was trained on. Probabilities are calibrated on made "
        "pictures that were held out.",
        measured={"held-out views of made pictures right": round(right, 4)},
    )


if __name__ == "__main__":
    main()
