"""How the pitch of an utterance is to move."""

from __future__ import annotations

import numpy as np
import pytest

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.editing import with_accent, with_pitch
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.sound.world import FRAME
from kirara_speech.speaking.contours import (
    QUESTION,
    accent_changes,
    accent_levels,
    curve_of,
    mora_pitches,
    moved,
    question_curve,
)
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.timing import TimedMora

LINE = (AccentPhrase(morae_of("アマガサ"), 0), AccentPhrase(morae_of("イイ"), 1))
PERIOD = round(FRAME * SAMPLE_RATE)


def timed(morae: int, frames: int = 20) -> list[TimedMora]:
    size = frames * PERIOD
    return [TimedMora(0, i, i * size, i * size, (i + 1) * size) for i in range(morae)]


def test_an_accent_is_low_high_and_falls() -> None:
    flat = accent_levels(5, 0)
    assert flat[0] < flat[1] == flat[4] == 0
    head = accent_levels(5, 1)
    assert head[0] == 0 and head[1] < 0 and head[4] < head[1]
    middle = accent_levels(5, 3)
    assert middle[0] < 0 and middle[2] > 0 and middle[3] < 0
    # At the last mora the fall comes after the phrase.
    assert (accent_levels(5, 5)[:4] == flat[:4]).all()
    for morae in range(1, 5):
        for accent in range(morae + 1):
            assert len(accent_levels(morae, accent)) == morae


def test_only_a_changed_accent_changes_anything() -> None:
    assert not accent_changes(LINE).any()
    changes = accent_changes(with_accent(LINE, 0, 2))
    assert changes[:4].any() and not changes[4:].any()
    assert changes[2] < 0 and changes[3] < 0
    assert not accent_changes(with_accent(with_accent(LINE, 0, 2), 0, 0)).any()
    assert len(accent_changes(())) == 0


def test_a_curve_has_each_moras_value_and_no_steps() -> None:
    values = mora_pitches(with_pitch(LINE, 0, 2, 4.0))
    curve = curve_of(values, timed(6), 120)
    assert len(curve) == 120
    assert curve[50] == pytest.approx(4)
    assert curve[[30, 70]] == pytest.approx(0)
    assert np.abs(np.diff(curve)).max() < 1
    assert len(curve_of(values, timed(6), 0)) == 0
    assert (curve_of(np.zeros(0), [], 7) == np.zeros(7)).all()


def test_a_question_rises_at_its_end_only() -> None:
    asking = (LINE[0], AccentPhrase(LINE[1].morae, 1, question=True))
    curve = question_curve(asking, timed(6), 140)
    assert not curve[:100].any() and not curve[121:].any()
    assert curve[119] == pytest.approx(QUESTION, rel=0.1)
    assert not question_curve(LINE, timed(6), 140).any()


def test_intonation_scales_around_the_mean_and_what_is_added_is_added() -> None:
    pitch = np.array([0.0, 200, 400, 0])
    none, mean = np.zeros(4), np.sqrt(200 * 400)
    flat = moved(pitch, Prosody(intonation=0), none, none)
    assert flat == pytest.approx([0, mean, mean, 0])
    assert moved(pitch, Prosody(), none, none) == pytest.approx(pitch)
    wide = moved(pitch, Prosody(intonation=2), none, none)
    assert wide[2] / wide[1] == pytest.approx(4)
    high = moved(pitch, Prosody(pitch=12), none, none)
    assert high == pytest.approx(2 * pitch)
    sung = moved(pitch, Prosody(intonation=0), np.array([0, 5.0, -5, 0]), np.array([0, 12.0, 0, 0]))
    assert sung[1] / sung[2] == pytest.approx(2)  # the accent is flattened, the user's note is not
    assert not moved(np.zeros(4), Prosody(pitch=3), none, none).any()
