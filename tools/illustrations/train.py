"""Fits the filter's head to the stored pictures, over statistics of them and of their middles.

Kinds of pictures are held out together, such as all comics, since the pictures of people will be of
kinds that nobody drew here. The penalty and the temperature come from these folds.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from kirara_illustrations.filter.classes import (
    CLASSES,
    ILLUSTRATION,
    ILLUSTRATION_FILTER,
)
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import Head, save_head
from kirara_studio.api.learning.linear import (
    Features,
    Floats,
    Labels,
    calibrated,
    fit,
    held_out_logits,
    softmax,
)
from kirara_studio.api.models import ModelCard
from tools.illustrations.packages import CACHE, licences
from tools.illustrations.store import files

OUT = Path(__file__).parents[2] / "resources" / "models" / "illustration-filter.safetensors"
_PENALTIES = (300.0, 1000.0)
_FOLDS = 5
_TOGETHER = 64
_THRESHOLDS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)


def train(out: Path) -> None:
    """Extract the features, choose, fit, and write the head with its card."""
    entries = files("training")
    features = _features([path for path, _ in entries])
    labels = np.array([CLASSES.index(label) for _, label in entries])
    folds = _folds([path.name for path, _ in entries])
    found = []
    for l2 in _PENALTIES:
        logits = held_out_logits(features, labels, len(CLASSES), folds, l2)
        model = calibrated(fit(features, labels, len(CLASSES), l2), logits, labels)
        shares = softmax(logits / model.temperature)
        loss = float(-np.log(shares[np.arange(len(labels)), labels]).mean())
        print(f"penalty {l2:g}: {_summary(shares, labels)}, cross entropy {loss:.3f}", flush=True)
        found.append((loss, l2, model, shares))
    _, l2, model, shares = min(found, key=lambda one: one[0])
    for place, name in enumerate(CLASSES):
        right = shares[labels == place].argmax(axis=1) == place
        print(f"{name}: {right.mean():.3f} right in kinds held out")
    card = ModelCard(
        architecture=ILLUSTRATION_FILTER,
        name="Illustration filter",
        training_data=f"{len(labels)} pictures made by the project's own programs, "
        "tools/illustrations: the project's drawn characters in scenes, comics and on cards of "
        f"games, drawn screens, and pictures of packages: {licences()}.",
        licence="MIT. The network's weights, which are not in this file, are Apache-2.0.",
        author="Kirara Studio",
        notes="A linear model over means and deviations of EfficientNet-lite0's channels, of the "
        f"whole picture and of its middle, penalty {l2:g}.",
        measured={
            "right in kinds held out": round(
                float((shares.argmax(axis=1) == labels).mean()), 4
            ),
            "made pictures": len(labels),
        },
    )  # fmt: skip
    save_head(out, Head(CLASSES, model), card, half=True)
    print(f"Saved {out}")


def _summary(shares: Floats, labels: Labels) -> str:
    """How many of some classes pass at some thresholds."""
    parts = [f"right {(shares.argmax(axis=1) == labels).mean():.3f}"]
    for threshold in _THRESHOLDS:
        passing = shares[:, CLASSES.index(ILLUSTRATION)] >= threshold
        of = [f"{passing[labels == place].mean():.3f}" for place in range(len(CLASSES))]
        parts.append(f"at {threshold:g} pass {'/'.join(of)}")
    return ", ".join(parts)


def _features(paths: Sequence[Path]) -> Features:
    """(pictures, statistics), each extracted once."""
    cache = CACHE / "statistics.npz"
    keys = [hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths]
    known: dict[str, Features] = {}
    if cache.exists():
        with np.load(cache) as file:
            known = dict(zip(file["keys"].tolist(), file["statistics"], strict=True))
    missing = [number for number, key in enumerate(keys) if key not in known]
    extractor = Extractor()
    for start in range(0, len(missing), _TOGETHER):
        some = missing[start : start + _TOGETHER]
        pictures = [np.asarray(Image.open(paths[number])) for number in some]
        found = extractor.statistics(pictures)
        known |= {keys[number]: row for number, row in zip(some, found, strict=True)}
    if missing:
        np.savez(cache, keys=list(known), statistics=np.stack(list(known.values())))
    return np.stack([known[key] for key in keys])


def _folds(names: Sequence[str]) -> Labels:
    """(pictures,): each kind whole in one fold; the kinds of a class fill the folds evenly."""
    kinds = [name.rpartition("-")[0] for name in names]
    filled: dict[str, list[int]] = {}
    folds: dict[str, int] = {}
    for kind, count in Counter(kinds).most_common():
        sizes = filled.setdefault(kind.partition("-")[0], [0] * _FOLDS)
        folds[kind] = sizes.index(min(sizes))
        sizes[folds[kind]] += count
    return np.array([folds[kind] for kind in kinds])
