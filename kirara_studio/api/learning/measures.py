"""Measures between the features of two sets of samples: precision, recall, Fréchet distance.

The figures depend on the network of the features. Imports numpy only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Features = npt.NDArray[np.floating[Any]]
"""(samples, dimensions)."""

_ROWS = 1024
"""Samples whose distances are computed at once, to bound memory."""


def precision_recall(real: Features, fake: Features, k: int = 3) -> tuple[float, float]:
    """Improved precision and recall of ``fake`` samples.

    Kynkäänniemi et al., "Improved Precision and Recall Metric for Assessing Generative Models"
    (NeurIPS 2019), eq. 1: the shares of each set in the other one's manifold, which is the union of
    the balls around its members that reach to their ``k``-th nearest neighbour. Both sets are
    (samples, dimensions) and should be of about the same size, on which the figures depend.
    Returns precision and recall, 0…1. Raises ValueError unless both sets have the same dimensions
    and more than ``k`` samples, and if a feature is not a number.
    """
    real, fake = _checked(real, fake, k + 1)
    if k < 1:
        raise ValueError("a neighbourhood reaches to at least one neighbour")
    return _share_within(fake, real, k), _share_within(real, fake, k)


def frechet_distance(a: Features, b: Features) -> float:
    """The squared Fréchet distance of Gaussians fitted to both sets: 0 where those are equal.

    Dowson and Landau, "The Fréchet Distance between Multivariate Normal Distributions" (1982), as
    used for images by Heusel et al. (NeurIPS 2017): ‖μa − μb‖² + tr(A + B − 2 (A B)^½), with
    unbiased covariances A and B. Sets smaller than about twice their dimensions give a distance
    that is too large: compare it with the one of two halves of real samples. Raises ValueError
    unless both sets have the same dimensions and two samples, and if a feature is not a number.
    """
    a, b = _checked(a, b, 2)
    a, b = a.astype(np.float64), b.astype(np.float64)
    apart = a.mean(0) - b.mean(0)
    first, second = (np.atleast_2d(np.cov(x, rowvar=False)) for x in (a, b))
    # A B has the eigenvalues of √A B √A, which is symmetric: no general matrix root is needed.
    values, vectors = np.linalg.eigh(first)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    shared = np.sqrt(np.linalg.eigvalsh(root @ second @ root).clip(0)).sum()
    return max(0.0, float(apart @ apart + np.trace(first) + np.trace(second) - 2 * shared))


def _checked(a: Features, b: Features, least: int) -> tuple[Features, Features]:
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1] or not a.shape[1]:
        raise ValueError(f"features of shapes {a.shape} and {b.shape} cannot be compared")
    if min(len(a), len(b)) < least:
        raise ValueError(f"{min(len(a), len(b))} samples are too few, at least {least} are needed")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("a feature is not a number")
    return a, b


def _share_within(samples: Features, of: Features, k: int) -> float:
    """The share of ``samples`` that lie in the neighbourhood of a member of ``of``."""
    # The nearest of all is the member itself, unless others lie in the same place.
    radii = np.concatenate([np.partition(rows, k, 1)[:, k] for rows in _distances(of, of)])
    inside = [(rows <= radii).any(1) for rows in _distances(samples, of)]
    return float(np.concatenate(inside).mean())


def _distances(a: Features, b: Features) -> Iterator[Features]:
    """Squared distances of each of ``a`` to all of ``b``, in blocks of rows."""
    middle = b.mean(0, dtype=np.float64)  # around 0, products lose fewer digits
    a, b = a.astype(np.float64) - middle, b.astype(np.float64) - middle
    squares = (b * b).sum(1)
    for start in range(0, len(a), _ROWS):
        part = a[start : start + _ROWS]
        yield ((part * part).sum(1)[:, None] + squares - 2 * part @ b.T).clip(0)
