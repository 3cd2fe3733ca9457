"""Errors and scores of forecasts.

The functions take frames (time, height, width), 0…1, and return one number for each, (time,).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kirara_foresight.scores import Scores

Frames = npt.NDArray[np.float32]
Seen = npt.NDArray[np.bool_]

_SSIM_SIGMA, _SSIM_WINDOW = 1.5, 11
_SSIM_C1, _SSIM_C2 = 0.01**2, 0.03**2


def known(forecast: Frames, truth: Frames, seen: Seen | None) -> tuple[Frames, Frames]:
    """Forecast and truth, both 0 where the truth is not ``seen``."""
    if seen is None:
        return forecast, truth
    return forecast * seen, np.where(seen, truth, np.float32(0))


def mse(forecast: Frames, truth: Frames) -> Scores:
    """Squared error, summed over the pixels of a frame.

    Its mean over frames and sequences is the "MSE" in papers on Moving MNIST (Srivastava et
    al. 2015; 103.3 for the ConvLSTM of Shi et al. 2015 at 10 frames after 10).
    """
    difference = forecast.astype(np.float64) - truth
    return np.square(difference).sum((1, 2))


def mae(forecast: Frames, truth: Frames) -> Scores:
    """Absolute error, summed over the pixels of a frame."""
    return np.abs(forecast.astype(np.float64) - truth).sum((1, 2))


def ssim(forecast: Frames, truth: Frames, seen: Seen | None = None) -> Scores:
    """Structural similarity, at most 1, mean over the pixels of a frame that are ``seen``.

    Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity" (2004):
    Gaussian window of 11 pixels, σ = 1.5, K₁ = 0.01, K₂ = 0.03, range 1.
    """
    masks = [None] * len(truth) if seen is None else list(seen)
    pairs = zip(forecast, truth, masks, strict=True)
    return np.array([_ssim(one, other, mask) for one, other, mask in pairs])


def _ssim(one: Frames, other: Frames, mask: Seen | None) -> float:
    a, b = one.astype(np.float64), other.astype(np.float64)
    mean_a, mean_b = _blurred(a), _blurred(b)
    variance_a = _blurred(a * a) - mean_a**2
    variance_b = _blurred(b * b) - mean_b**2
    covariance = _blurred(a * b) - mean_a * mean_b
    luminance = (2 * mean_a * mean_b + _SSIM_C1) / (mean_a**2 + mean_b**2 + _SSIM_C1)
    structure = (2 * covariance + _SSIM_C2) / (variance_a + variance_b + _SSIM_C2)
    similar = luminance * structure
    if mask is not None:
        similar = similar[mask]
    return float(similar.mean()) if similar.size else float("nan")


def _blurred(picture: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    side = _SSIM_WINDOW
    blurred = cv2.GaussianBlur(picture, (side, side), _SSIM_SIGMA, borderType=cv2.BORDER_REFLECT)
    return np.asarray(blurred, np.float64)


@dataclass(frozen=True)
class Contingency:
    """Numbers of pixels that reach a threshold in the forecast, in the truth, or in both.

    A score without any such pixel is NaN. (Wilks, "Statistical Methods in the Atmospheric
    Sciences", ch. 8.)
    """

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0

    def __add__(self, other: Contingency) -> Contingency:
        return Contingency(
            self.hits + other.hits,
            self.false_alarms + other.false_alarms,
            self.misses + other.misses,
        )

    @property
    def csi(self) -> float:
        """Critical success index: hits among all predicted or observed; 1 is perfect."""
        return _share(self.hits, self.hits + self.false_alarms + self.misses)

    @property
    def pod(self) -> float:
        """Probability of detection: hits among all observed; 1 is perfect."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def far(self) -> float:
        """False alarm ratio: false alarms among all predicted; 0 is perfect."""
        return _share(self.false_alarms, self.hits + self.false_alarms)


def contingency(forecast: Frames, truth: Frames, threshold: float) -> Contingency:
    """Count the pixels of frames of any shape."""
    predicted, observed = forecast >= threshold, truth >= threshold
    hits = int((predicted & observed).sum())
    return Contingency(hits, int(predicted.sum()) - hits, int(observed.sum()) - hits)


@dataclass(frozen=True)
class Fractions:
    """Sums over windows, in each of which a share of the pixels reaches a threshold.

    ``error`` sums the squared differences between the shares of forecast and truth, ``reference``
    the squares of both.
    """

    error: float = 0.0
    reference: float = 0.0

    def __add__(self, other: Fractions) -> Fractions:
        return Fractions(self.error + other.error, self.reference + other.reference)

    @property
    def fss(self) -> float:
        """Fractions skill score: 1 is perfect, 0 means no overlap; NaN without any such pixel."""
        return 1 - self.error / self.reference if self.reference else float("nan")


def fractions(forecast: Frames, truth: Frames, threshold: float, window: int) -> Fractions:
    """Compare two frames (height, width) in every square of ``window`` pixels.

    Pixels outside the frames are below the threshold. Roberts and Lean, "Scale-Selective
    Verification of Rainfall Accumulations from High-Resolution Forecasts of Convective Events"
    (2008).
    """
    shares = [
        cv2.blur(
            (frame >= threshold).astype(np.float64),
            (window, window),
            borderType=cv2.BORDER_CONSTANT,
        )
        for frame in (forecast, truth)
    ]
    error = np.square(shares[0] - shares[1]).sum()
    return Fractions(float(error), float(np.square(shares).sum()))


def csi(forecast: Frames, truth: Frames, threshold: float) -> Scores:
    """Critical success index of each frame (:class:`Contingency`), 0…1 or NaN."""
    pairs = zip(forecast, truth, strict=True)
    return np.array([contingency(one, other, threshold).csi for one, other in pairs])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
