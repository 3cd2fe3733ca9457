"""Pitch found and moved: on sounds whose pitch is known, and on recordings of a voice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.resampling import resample
from kirara_speech.sound.world import FRAME, frames_of, pitch_of, resynthesise, soft_clip


def buzz(hertz: float, seconds: float = 0.6) -> np.ndarray:
    """A voice-like sound: twenty harmonics."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tones = sum(np.sin(2 * np.pi * hertz * n * time) / n for n in range(1, 21))
    return (0.1 * tones).astype(np.float32)


def median_of(sound: np.ndarray) -> float:
    pitch = pitch_of(sound)
    return float(np.median(pitch[pitch > 0]))


@pytest.mark.parametrize("hertz", [90, 150, 240, 400, 700])
def test_the_pitch_is_found(hertz: float) -> None:
    sound = buzz(hertz)
    assert len(pitch_of(sound)) == frames_of(len(sound))
    assert median_of(sound) == pytest.approx(hertz, rel=0.01)


@pytest.mark.parametrize("factor", [0.5, 0.8, 1.01, 1.26, 2.0])
def test_the_pitch_is_moved_and_nothing_else(factor: float) -> None:
    sound = buzz(220)
    moved = resynthesise(sound, lambda pitch: pitch * factor)
    assert moved.dtype == np.float32
    assert len(moved) == len(sound)
    assert median_of(moved) == pytest.approx(220 * factor, rel=0.01)
    assert np.sqrt((moved**2).mean()) == pytest.approx(np.sqrt((sound**2).mean()), rel=0.05)


def test_time_is_stretched_where_it_is_to_be() -> None:
    sound = np.concatenate([buzz(200, 0.4), buzz(300, 0.4)])
    half = len(sound) / 2
    times = (np.array([0, half, 2 * half]), np.array([0, 2 * half, 3 * half]))
    longer = resynthesise(sound, lambda pitch: pitch, times)
    assert len(longer) == round(3 * half)
    assert np.abs(longer).mean() == pytest.approx(np.abs(sound).mean(), rel=0.2)
    border = round(2 * half)
    assert median_of(longer[: border - 1_000]) == pytest.approx(200, rel=0.01)
    assert median_of(longer[border + 1_000 :]) == pytest.approx(300, rel=0.01)


def test_what_does_not_change_stays_as_it_is_sample_by_sample() -> None:
    quiet = np.zeros(4_000, np.float32)
    sound = np.concatenate([buzz(200), quiet, buzz(300), quiet, buzz(250)])
    first, second = len(buzz(200)) + 2_000, 2 * len(buzz(200)) + 6_000

    def change(pitch: np.ndarray) -> np.ndarray:
        return np.where(pitch > 280, pitch * 1.5, pitch)

    moved = resynthesise(sound, change)
    np.testing.assert_array_equal(moved[:first], sound[:first])
    np.testing.assert_array_equal(moved[second:], sound[second:])
    assert median_of(moved[first:second]) == pytest.approx(450, rel=0.01)
    # Stretched too: what follows is the same, only later.
    edges = np.array([0.0, first, second, len(sound)])
    new = edges + np.array([0, 0, 1_234, 1_234])
    longer = resynthesise(sound, change, (edges, new))
    assert len(longer) == len(sound) + 1_234
    np.testing.assert_array_equal(longer[: first - 500], sound[: first - 500])
    np.testing.assert_array_equal(longer[second + 1_234 + 500 :], sound[second + 500 :])
    # And where nothing at all changes, nothing is done.
    assert resynthesise(sound, lambda pitch: pitch) is sound


def test_a_blend_has_no_click() -> None:
    noise = 0.02 * np.random.default_rng(0).standard_normal(6_000).astype(np.float32)
    sound = np.concatenate([noise, buzz(200), noise])
    moved = resynthesise(sound, lambda pitch: pitch * 1.2)
    middle = np.abs(np.diff(moved[8_000:17_000])).max()
    for place in (6_000, 6_000 + len(buzz(200))):
        assert np.abs(np.diff(moved[place - 1_500 : place + 1_500])).max() <= 1.5 * middle
    loud = np.sqrt(np.convolve(moved**2, np.ones(200) / 200, "valid"))
    assert loud.min() > 0.005


@pytest.mark.parametrize("samples", [0, 1, 100, 1_000, 5_000])
def test_sounds_without_a_voice_or_of_no_length_are_spoken_too(samples: int) -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(samples).astype(np.float32)
    for sound in (noise, np.zeros(samples, np.float32)):
        for factor in (1, 5):
            times = (np.array([0.0, samples]), np.array([0.0, factor * samples]))
            spoken = resynthesise(sound, lambda pitch: pitch * 1.5, times)
            assert len(spoken) == factor * samples
            assert np.isfinite(spoken).all()
        assert len(pitch_of(sound)) == frames_of(samples)


def test_what_loses_its_pitch_is_whispered() -> None:
    sound = buzz(220)
    hushed = resynthesise(sound, np.zeros_like)
    assert not pitch_of(hushed).any()
    assert 0.05 < np.std(hushed) / np.std(sound) < 0.4


def test_extremes_stay_a_sound() -> None:
    for factor in (0.01, 100.0):
        spoken = resynthesise(buzz(300), lambda pitch, factor=factor: pitch * factor)
        assert np.isfinite(spoken).all()
        assert np.abs(spoken).max() <= 1


def test_what_is_loud_is_bent_and_not_cut() -> None:
    sound = np.linspace(-3, 3, 601, dtype=np.float32)
    held = soft_clip(sound)
    assert np.abs(held).max() <= 1
    quiet = np.abs(sound) <= 0.8
    np.testing.assert_array_equal(held[quiet], sound[quiet])
    assert (np.diff(held[np.abs(sound) < 1.5]) > 0).all()  # so nothing is flat


def test_the_pitch_of_recordings_does_not_jump_by_octaves(shared_folder: Path) -> None:
    files = sorted((shared_folder / "data" / "voice" / "flac").glob("*.flac"))[::100]
    if not files:
        pytest.skip("there are no recordings of a voice here")
    voiced = jumps = 0
    for file in files:
        sound, rate = soundfile.read(file, dtype="float32")
        pitch = pitch_of(resample(sound, rate, SAMPLE_RATE))
        both = (pitch[1:] > 0) & (pitch[:-1] > 0)
        steps = np.abs(np.log2(pitch[1:][both] / pitch[:-1][both]))
        voiced, jumps = voiced + len(steps), jumps + int((steps > 0.4).sum())
    assert voiced > 1 / FRAME
    assert jumps < voiced / 1_000
