"""Metrics, and the forecasts without a network."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kirara_foresight import metrics
from kirara_foresight.evaluation import compare
from kirara_foresight.forecasts import FLOW, STILL
from kirara_foresight.forecasts.simple import SIMPLE, motion_of, moved_on, nothing_moves

Frames = np.ndarray


def texture(side: int = 96) -> np.ndarray:
    """Soft blobs, of which motion can be estimated."""
    random = np.random.default_rng(3)
    spectrum = np.fft.fft2(random.standard_normal((side, side)))
    distance = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.fftfreq(side))
    picture = np.fft.ifft2(spectrum * np.exp(-((distance * 12) ** 2))).real
    picture -= picture.min()
    return (picture / picture.max()).astype(np.float32)


def moving(frames: int, down: int, across: int) -> np.ndarray:
    still = texture()
    return np.stack([np.roll(still, (n * down, n * across), (0, 1)) for n in range(frames)])


def test_errors_are_summed_over_pixels() -> None:
    truth = np.zeros((2, 4, 5), np.float32)
    forecast = truth.copy()
    forecast[1, 0, :2] = 0.5
    np.testing.assert_allclose(metrics.mse(forecast, truth), [0, 0.5])
    np.testing.assert_allclose(metrics.mae(forecast, truth), [0, 1.0])


def test_structural_similarity_is_wangs() -> None:
    one, other = texture(32), np.roll(texture(32), 1, 0)
    assert metrics.ssim(one[None], one[None])[0] == pytest.approx(1)
    # Once more with plain loops over windows.
    offsets = np.arange(-5, 6)
    window = np.exp(-(offsets**2) / (2 * 1.5**2))
    window = np.outer(window, window)
    window /= window.sum()
    a, b = (np.pad(x.astype(float), 5, "symmetric") for x in (one, other))
    values = []
    for down in range(32):
        for across in range(32):
            p, q = (
                a[down : down + 11, across : across + 11],
                b[down : down + 11, across : across + 11],
            )
            mean_p, mean_q = (window * p).sum(), (window * q).sum()
            var_p = (window * (p - mean_p) ** 2).sum()
            var_q = (window * (q - mean_q) ** 2).sum()
            cov = (window * (p - mean_p) * (q - mean_q)).sum()
            values.append(
                (2 * mean_p * mean_q + 1e-4) * (2 * cov + 9e-4)
                / ((mean_p**2 + mean_q**2 + 1e-4) * (var_p + var_q + 9e-4))
            )  # fmt: skip
    assert metrics.ssim(one[None], other[None])[0] == pytest.approx(np.mean(values), abs=1e-6)


def test_rain_is_counted() -> None:
    truth = np.array([[10.0, 10, 0, 0, 25]], np.float32)
    forecast = np.array([[10.0, 0, 10, 0, 12]], np.float32)
    table = metrics.contingency(forecast, truth, 10)
    assert (table.hits, table.false_alarms, table.misses) == (2, 1, 1)
    assert (table.csi, table.pod, table.far) == (0.5, 2 / 3, 1 / 3)
    assert math.isnan(metrics.contingency(forecast, truth, 40).csi)
    both = table + metrics.contingency(forecast, truth, 20)
    assert (both.hits, both.misses) == (2, 2)


def test_what_is_unknown_is_neither_predicted_nor_observed() -> None:
    truth = np.array([np.nan, 20], np.float32)
    assert metrics.contingency(truth, truth, 10).hits == 1


def test_fractions_forgive_what_lies_within_the_window() -> None:
    truth, beside, away = np.zeros((3, 20, 20), np.float32)
    truth[10, 10] = beside[10, 11] = away[2, 2] = 30
    assert metrics.fractions(truth, truth, 20, 3).fss == 1
    # Of two windows of 3×3, each 1/9 in 9 places, 6 places are shared.
    assert metrics.fractions(beside, truth, 20, 3).fss == pytest.approx(6 / 9)
    assert metrics.fractions(away, truth, 20, 3).fss == 0
    assert metrics.fractions(beside, truth, 20, 1).fss == 0
    assert math.isnan(metrics.fractions(truth, truth, 40, 3).fss)
    both = metrics.fractions(truth, truth, 20, 3) + metrics.fractions(away, truth, 20, 3)
    assert both.fss == pytest.approx(0.5)


@pytest.mark.parametrize("step", [(0, 2), (1, 0), (-2, 1)])
def test_motion_is_found_and_carried_on(step: tuple[int, int]) -> None:
    frames = moving(9, *step)
    inside = slice(20, -20)
    motion = motion_of(frames[1], frames[2])[inside, inside]
    np.testing.assert_allclose(np.median(motion, (0, 1)), step[::-1], atol=0.1)
    predicted = moved_on(frames[:6], 3)
    assert predicted.shape == (3, 96, 96)
    error = np.abs(predicted - frames[6:])[:, inside, inside].mean()
    still = np.abs(nothing_moves(frames[:6], 3) - frames[6:])[:, inside, inside].mean()
    assert error < 0.15 * still


@pytest.mark.parametrize("shape", [(1, 64, 64), (3, 1, 1), (3, 5, 200), (2, 16, 16)])
def test_any_shape_is_carried_on(shape: tuple[int, int, int]) -> None:
    frames = np.random.default_rng(0).random(shape, np.float32)
    predicted = moved_on(frames, 2)
    assert predicted.shape == (2, *shape[1:])
    assert np.isfinite(predicted).all()


def test_forecasts_are_compared_on_the_same_sequences() -> None:
    sequences = [moving(6, 0, 2), moving(6, 1, 0)]
    heard: list[int] = []
    scores = compare(sequences, 3, SIMPLE, rain=True, on_sequence=heard.append)
    assert heard == [1, 2]
    still, flow = (scores[name].to_dict() for name in (STILL, FLOW))
    assert len(still["mse by lead"]) == 3 and len(scores[STILL].mse) == 2
    assert flow["mse"] < still["mse"] and flow["ssim"] > still["ssim"]
    assert still["mse"] == pytest.approx(np.mean(still["mse by lead"]))
    assert flow["20 dBZ"]["csi"] > still["20 dBZ"]["csi"]


def talking_head(seed: int, frames: int = 20, side: int = 96) -> np.ndarray:
    """A textured oval that sways to and fro over a still ground, with a mouth, and noise."""
    random = np.random.default_rng(seed)
    pace, phase = 0.5 + random.random(3), random.random(3) * 6
    face, ground = texture(2 * side), np.roll(texture(side), seed, 0)
    down, across = np.mgrid[:side, :side]
    inside = np.hypot((across - side / 2) / 27, (down - side / 2) / 36) < 1
    made = []
    for time in range(frames):
        x = round(2.5 * np.sin(pace[0] * time + phase[0]))
        y = round(1.5 * np.sin(pace[1] * time + phase[1]))
        frame = np.where(inside, np.roll(face, (y, x), (0, 1))[48:144, 48:144], ground)
        mouth = round(3 + 3 * np.sin(pace[2] * time + phase[2]))
        frame[60 + y : 61 + y + mouth, 40 + x : 56 + x] = 0.05
        made.append(frame + random.normal(0, 0.01, frame.shape))
    return np.clip(made, 0, 1).astype(np.float32)


@pytest.mark.parametrize(("seen", "mean", "worst"), [(10, 1.1, 1.6), (4, 1.3, 2.0)])
def test_motion_that_does_not_go_on_is_not_continued(seen: int, mean: float, worst: float) -> None:
    """On a talking head, optical flow is never far worse than no motion at all."""
    heads = [talking_head(seed)[10 - seen :] for seed in range(8)]
    scores = compare(heads, seen, SIMPLE)
    flow, still = (np.sum(scores[name].mse, 1) for name in (FLOW, STILL))
    assert flow.mean() < mean * still.mean()
    assert (flow / still).max() < worst


def test_steady_motion_is_continued_as_far_as_it_was_seen() -> None:
    sequence = moving(20, 1, 2)
    scores = compare([sequence], 10, SIMPLE)
    assert np.mean(scores[FLOW].mse) < 0.25 * np.mean(scores[STILL].mse)
