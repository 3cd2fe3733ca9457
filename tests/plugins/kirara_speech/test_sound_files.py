"""Recordings of every kind, and spectrograms of them."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kirara_speech.networks.config import BINS, MELS, SAMPLE_RATE
from kirara_speech.sound.resampling import resample
from kirara_speech.sound.saving import recall, save_sound
from kirara_speech.sound.sound_files import even, read_sound
from kirara_speech.sound.spectrogram import features_of, magnitude_of, mel_filters
from kirara_studio.api.errors import UserError


def tone(hertz: float = 440.0, rate: int = SAMPLE_RATE, seconds: float = 1.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)


def loudest_frequency(sound: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(spectrum.argmax() * SAMPLE_RATE / len(sound))


def aside(sound: np.ndarray) -> np.ndarray:
    """Without the ends, where a resampled sound begins and stops."""
    return sound[500:-500]


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000])
def test_any_rate_becomes_ours(rate: int, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(440, rate), rate, subtype="FLOAT")
    sound = read_sound(tmp_path / "a.wav")
    assert sound.dtype == np.float32
    assert abs(len(sound) - SAMPLE_RATE) <= 1
    np.testing.assert_allclose(aside(sound), aside(tone()[: len(sound)]), atol=2e-3)


@pytest.mark.parametrize("kind", ["PCM_16", "PCM_24", "PCM_32", "FLOAT", "PCM_U8"])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_any_depth_and_number_of_channels_is_read(kind: str, channels: int, tmp_path: Path) -> None:
    sound = np.repeat(tone()[:, None], channels, 1)
    soundfile.write(tmp_path / "a.wav", sound, SAMPLE_RATE, subtype=kind)
    np.testing.assert_allclose(read_sound(tmp_path / "a.wav"), tone(), atol=0.01)


def test_channels_are_averaged(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", np.stack([tone(), 0 * tone()], 1), SAMPLE_RATE)
    np.testing.assert_allclose(read_sound(tmp_path / "a.flac"), tone() / 2, atol=1e-3)


def test_clipped_recordings_are_read(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.clip(9 * tone(), -1, 1), SAMPLE_RATE)
    sound = even(read_sound(tmp_path / "a.wav"))
    assert np.abs(sound).max() <= 1
    assert loudest_frequency(sound) == pytest.approx(440, abs=5)


def test_what_cannot_be_used_is_refused_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    for sound, rate, reason in (
        (np.zeros(SAMPLE_RATE), SAMPLE_RATE, "silent"),
        (tone(seconds=0.05), SAMPLE_RATE, "too short"),
        (tone(seconds=31), SAMPLE_RATE, "longer than 30"),
        (tone(rate=4_000), 4_000, "4000 samples"),
        (tone(rate=1_000_000), 1_000_000, "1000000 samples"),
        (np.full(SAMPLE_RATE, np.nan), SAMPLE_RATE, "not numbers"),
        (np.append(tone(), 1e30), SAMPLE_RATE, r"loudest value is 1e\+30"),
    ):
        soundfile.write(path, sound, rate, subtype="FLOAT")
        with pytest.raises((ValueError, UserError), match=reason):
            even(read_sound(path))


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg"])
def test_a_truncated_file_is_refused_or_read_as_far_as_it_goes(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    soundfile.write(path, tone(), SAMPLE_RATE)
    content = path.read_bytes()
    for kept in (0, 3, 40, 100, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:kept])
        try:
            sound = read_sound(path)
        except UserError:
            continue
        assert np.isfinite(sound).all()
        assert len(sound) <= SAMPLE_RATE


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("hello")
    (tmp_path / "b.wav").mkdir()
    for name in ("a.wav", "b.wav", "nowhere.wav"):
        with pytest.raises(UserError, match=f"“{name}” cannot be used"):
            read_sound(tmp_path / name)


def test_resampling_lets_nothing_alias() -> None:
    high = tone(15_000, 44_100).astype(np.float32)
    assert np.abs(aside(resample(high, 44_100, SAMPLE_RATE))).max() < 0.005
    assert np.abs(aside(resample(high, 44_100, 48_000))).max() > 0.45


def test_silence_is_trimmed_to_a_known_length() -> None:
    quiet = np.zeros(SAMPLE_RATE)
    sound = even(np.concatenate([quiet, tone(), quiet]).astype(np.float32))
    assert len(sound) == pytest.approx(1.15 * SAMPLE_RATE, abs=300)
    assert len(even(tone().astype(np.float32))) == pytest.approx(len(sound), abs=300)
    assert float(np.sqrt(np.square(sound).mean())) == pytest.approx(0.08, abs=0.01)


# Spectrograms


@pytest.mark.parametrize("kind", ["author", "log"])
@pytest.mark.parametrize("samples", [1, 300, 1024, 22_050])
def test_features_are_from_0_to_1_and_four_fine_frames_each(kind: str, samples: int) -> None:
    mel, fine = features_of(tone()[:samples].astype(np.float32), kind)
    frames = (1 + samples // 256) // 4
    assert mel.shape == (4 * frames, MELS)
    assert fine.shape == (4 * frames, BINS)
    for values in (mel, fine):
        assert values.dtype == np.float32
        assert ((values >= 0) & (values <= 1)).all()


def test_a_tone_is_where_it_belongs() -> None:
    hertz = 46 * SAMPLE_RATE / 1024  # in the middle of a bin
    mel, fine = features_of(tone(hertz).astype(np.float32), "log")
    assert fine[20].argmax() == 46
    centre = mel_filters()[mel[23].argmax()].argmax() * SAMPLE_RATE / 1024
    assert centre == pytest.approx(hertz, abs=60)
    # Half of full scale is 6 dB less, of 100.
    assert fine[20].max() == pytest.approx(1 - 0.0602, abs=0.003)


def test_silence_has_features_too() -> None:
    for kind in ("author", "log"):
        mel, fine = features_of(np.zeros(5_000, np.float32), kind)
        assert mel.max() == 0
        assert fine.max() == 0


def test_magnitudes_come_back() -> None:
    sound = (tone() + tone(3_000)).astype(np.float32)
    _, fine = features_of(sound, "log")
    loud = fine > 0.3
    again = magnitude_of(fine, "log")
    _, relative = features_of(sound, "author")
    ratio = again[loud] / magnitude_of(relative, "author")[loud]
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-2)


def test_mel_filters_cover_every_frequency_with_the_same_area() -> None:
    filters = mel_filters()
    assert filters.shape == (MELS, BINS)
    assert (filters.sum(0)[2:-2] > 0).all()
    areas = filters.sum(1) * SAMPLE_RATE / 1024
    np.testing.assert_allclose(areas[30:], 1, atol=0.06)


# Saving


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".ogg", ".WAV"])
def test_a_saved_sound_holds_its_settings(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    pieces = [tone(seconds=0.5).astype(np.float32)] * 2
    settings = {"kind": "speech", "text": "今日は“良い”天気。\n" * 10}
    assert save_sound(path, pieces, settings) == pytest.approx(1.0, abs=0.001)
    assert recall(path).items() >= settings.items()
    sound, rate = soundfile.read(path)
    assert rate == SAMPLE_RATE
    np.testing.assert_allclose(sound, np.concatenate(pieces), atol=0.05)


def test_a_text_that_a_format_has_no_room_for_is_cut(tmp_path: Path) -> None:
    text = "今日は“良い”天気。\n" * 10_000
    for suffix, kept in ((".flac", True), (".ogg", True), (".wav", False)):
        save_sound(tmp_path / f"a{suffix}", [tone()], {"text": text})
        recalled = recall(tmp_path / f"a{suffix}")
        assert text.startswith(recalled["text"])
        assert len(recalled["text"]) > 100
        assert (recalled["text"] == text) == kept == ("shortened" not in recalled)


def test_nothing_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to say"):
        save_sound(tmp_path / "a.wav", [], {})
    with pytest.raises(UserError, match=r"a\.mp3"):
        save_sound(tmp_path / "a.mp3", [tone()], {})
    assert list(tmp_path.iterdir()) == []


def test_sounds_of_others_do_not_say_how_they_were_made(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(), SAMPLE_RATE)
    (tmp_path / "b.wav").write_text("hello")
    for name in ("a.wav", "b.wav", "nowhere.wav"):
        with pytest.raises(UserError):
            recall(tmp_path / name)


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
@pytest.mark.parametrize("suffix", [b".wav", b".flac", b".ogg"])
def test_names_that_are_not_utf_8_keep_their_bytes(tmp_path: Path, suffix: bytes) -> None:
    path = tmp_path / os.fsdecode(b"\x83e\x83X\x83g" + suffix)
    save_sound(path, [tone().astype(np.float32)], {"voice": str(path)})
    assert recall(path)["voice"] == str(path)
    assert len(read_sound(path)) == SAMPLE_RATE
    assert [os.fsencode(name) for name in tmp_path.iterdir()] == [os.fsencode(path)]
