"""Magnitudes to sound: near to what was wanted, in pieces or whole."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmarks.vocoder_measures import convergence, drifting_phases, padded_sound
from kirara_speech.networks.config import BINS, FFT, HOP
from kirara_speech.sound.griffin_lim import analyse, griffin_lim, synthesise
from kirara_speech.sound.phase_gradient import integrate_phases, phase_gradients
from kirara_speech.sound.spectrogram import magnitudes
from kirara_speech.sound.vocoder import Vocoder, sound_of


def voice_like(seconds: float = 1.5) -> torch.Tensor:
    """A gliding voice with overtones, breath and a pause: (samples,)."""
    random = np.random.default_rng(0)
    time = np.arange(round(seconds * 22_050)) / 22_050
    phase = 2 * np.pi * np.cumsum(180 + 40 * np.sin(4 * time)) / 22_050
    tones = sum(np.sin(n * phase) / n for n in range(1, 25))
    loud = np.clip(np.sin(2 * np.pi * 1.5 * time) + 0.5, 0, 1)
    sound = 0.1 * loud * tones + 0.003 * random.standard_normal(len(time))
    return torch.from_numpy(sound.astype(np.float32))


@pytest.fixture(scope="module")
def spectra() -> torch.Tensor:
    """(frames, bins), complex."""
    return analyse(padded_sound(voice_like()))


@pytest.fixture(scope="module")
def magnitude(spectra: torch.Tensor) -> torch.Tensor:
    return spectra.abs()


def decibels_apart(sound: np.ndarray, magnitude: torch.Tensor) -> float:
    found = analyse(padded_sound(torch.from_numpy(sound))).abs()
    wanted = magnitude[: len(found)]
    return 20 * np.log10(float((found - wanted).norm() / wanted.norm()))


def test_frames_there_and_back_are_the_sound() -> None:
    sound = padded_sound(voice_like())
    back = synthesise(analyse(sound))
    inside = slice(FFT // 2, len(back) - FFT // 2)
    torch.testing.assert_close(back[inside], sound[: len(back)][inside], atol=1e-5, rtol=0)


def test_frames_are_those_of_the_features(magnitude: torch.Tensor) -> None:
    # Away from the ends, where the features mirror the sound.
    features = magnitudes(voice_like()).T
    torch.testing.assert_close(
        features[2:-2], magnitude[2 : len(features) - 2], atol=1e-3, rtol=1e-3
    )


def test_more_iterations_come_nearer(magnitude: torch.Tensor) -> None:
    start = drifting_phases(*magnitude.shape)
    few, more = (convergence(griffin_lim(magnitude, start, n), magnitude) for n in (4, 40))
    assert more < few - 5
    assert more < -20


def test_the_momentum_is_worth_it(magnitude: torch.Tensor, monkeypatch: pytest.MonkeyPatch) -> None:
    start = drifting_phases(*magnitude.shape)
    fast = convergence(griffin_lim(magnitude, start, 30), magnitude)
    monkeypatch.setattr("kirara_speech.sound.griffin_lim.MOMENTUM", 0.0)
    assert fast < convergence(griffin_lim(magnitude, start, 30), magnitude) - 2


def test_known_frames_stay_as_they_are(spectra: torch.Tensor, magnitude: torch.Tensor) -> None:
    known = spectra[:5]
    made = griffin_lim(magnitude, drifting_phases(*magnitude.shape), 10, known)
    torch.testing.assert_close(made[:5], known)


def test_the_gradient_is_the_advance_of_a_tone() -> None:
    hertz = 1000.0
    tone = torch.sin(2 * torch.pi * hertz * torch.arange(22_050) / 22_050)
    magnitude = analyse(tone).abs().numpy()
    along_time, _ = phase_gradients(magnitude)
    place = round(hertz * FFT / 22_050)
    expected = 2 * np.pi * hertz * HOP / 22_050
    assert along_time[20, place] == pytest.approx(expected, abs=0.05)
    assert along_time[20, place + 1] == pytest.approx(expected, abs=0.05)


def test_integrated_phases_beat_many_iterations(magnitude: torch.Tensor) -> None:
    phases = torch.from_numpy(integrate_phases(magnitude.numpy())).float()
    made = torch.polar(magnitude, phases)
    iterated = griffin_lim(magnitude, drifting_phases(*magnitude.shape), 8)
    assert convergence(made, magnitude) < convergence(iterated, magnitude)
    assert convergence(made, magnitude) < -18


def test_integration_goes_on_from_known_phases(magnitude: torch.Tensor) -> None:
    whole = integrate_phases(magnitude.numpy())
    known = whole[:20] + 1.0  # the same sound, a little later in every bin
    rest = integrate_phases(magnitude.numpy(), known=known)
    np.testing.assert_array_equal(rest[:20], known)
    loud = magnitude[20].numpy() > 0.3 * float(magnitude.max())
    assert loud.any()
    turned = np.angle(np.exp(1j * (rest[20] - whole[20])))[loud]
    np.testing.assert_allclose(turned, 1.0, atol=0.5)


@pytest.mark.parametrize("size", [1, 3, 16, 64, 1000])
def test_pieces_make_the_whole_without_a_seam(size: int, magnitude: torch.Tensor) -> None:
    wanted = magnitude.numpy()
    vocoder = Vocoder()
    starts = range(0, len(wanted), size)
    pieces = [
        vocoder.push(wanted[start : start + size], last=start + size >= len(wanted))
        for start in starts
    ]
    sound = np.concatenate(pieces)
    assert len(sound) == HOP * (len(wanted) - 1)
    assert sound.dtype == np.float32
    assert decibels_apart(sound, magnitude) < -20  # a seam would be a click in all bins
    assert decibels_apart(sound_of(wanted), magnitude) < -20


def test_a_last_piece_of_nothing_ends_the_sound(magnitude: torch.Tensor) -> None:
    vocoder = Vocoder()
    first = vocoder.push(magnitude.numpy())
    rest = vocoder.push(np.zeros((0, BINS), np.float32), last=True)
    assert len(first) + len(rest) == HOP * (len(magnitude) - 1)
    assert len(Vocoder().push(np.zeros((0, BINS), np.float32), last=True)) == 0


@pytest.mark.parametrize("frames", [1, 2, 3, 5])
def test_short_and_silent_sounds_are_sounds_too(frames: int) -> None:
    for level in (0.0, 1.0):
        sound = sound_of(np.full((frames, BINS), level, np.float32))
        assert len(sound) == HOP * (frames - 1)
        assert np.isfinite(sound).all()
