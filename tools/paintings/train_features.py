"""``python -m tools.paintings.train_features``: fit curves over the named features and
surfaces over pairs of them, and write the model that comes with the studio.

Trains on the kept pictures (:mod:`tools.paintings.store`), each cropped as the program crops it
and, if anything surrounds it, also whole, since a user may undo the crop.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path

import numpy as np

from kirara_paintings.answers import WHOLE
from kirara_paintings.features.additive import Pairs, additive_from, basis, quantile_knots
from kirara_paintings.features.catalogue import FEATURES, measured
from kirara_paintings.features.model_files import Styles, save_styles
from kirara_paintings.learning.linear import (
    Floats,
    Labels,
    calibrated,
    fit,
    held_out_logits,
    stratified_folds,
)
from kirara_paintings.pictures.cropping import cropped, painting_within
from kirara_studio.api.models import ModelCard
from tools.paintings.collect import CACHE
from tools.paintings.photographing import reproduced
from tools.paintings.sources import sources
from tools.paintings.store import SYNTHETIC, entries, picture_of
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
    values, labels, seeds = measurements(arguments.pictures)
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
    styles = Styles(LABELS, additive_from(model, knots, pairs, usual))
    save_styles(arguments.out, styles, _card(len(np.unique(seeds)), float(right)))


def _pairs(values: Floats, labels: Labels, knots: Floats, usual: Floats) -> Pairs:
    none = np.empty((0, 2), np.intp)
    alone = additive_from(
        fit(basis(values, knots, none), labels, len(LABELS), L2 / 8), knots, none, usual
    )
    moves = alone.parts(values).std(axis=0).mean(axis=0)
    most = np.sort(np.argsort(-moves)[:TOGETHER])
    return np.array(list(combinations(most.tolist(), 2)))


def measurements(folder: Path) -> tuple[Floats, Labels, Labels]:
    """The features (views, features), labels and seeds of the kept pictures; kept themselves."""
    kept = CACHE / "measured.npz"
    names = np.array([feature.name for feature in FEATURES])
    known: dict[int, list[Floats]] = {}
    if kept.exists():
        with np.load(kept) as file:
            if file["names"].tolist() == names.tolist():
                for seed, row in zip(file["seeds"].tolist(), file["values"], strict=True):
                    known.setdefault(seed, []).append(row)
    rows, labels, seeds = [], [], []
    pictures = {seed: label for seed, label, _ in entries(folder)}
    missing = sorted(set(pictures) - set(known))
    with ProcessPoolExecutor(2) as pool:
        found = pool.map(_views, [(folder, seed, pictures[seed]) for seed in missing], chunksize=20)
        known |= dict(zip(missing, found, strict=True))
    for seed, label in sorted(pictures.items()):
        rows += known[seed]
        labels += [LABELS.index(label)] * len(known[seed])
        seeds += [seed] * len(known[seed])
    values = np.array(rows)
    np.savez(kept, names=names, values=values, seeds=np.array(seeds))
    return values, np.array(labels), np.array(seeds)


def _views(named: tuple[Path, int, str]) -> list[Floats]:
    """The features of a kept picture as it is found in the world, cropped, and whole if framed."""
    pixels = picture_of(*named)
    random = np.random.default_rng((41, named[1]))
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
