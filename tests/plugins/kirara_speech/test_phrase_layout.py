"""Where the parts of the phrases' picture are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kirara_speech.reading.editing import with_accent, with_length, with_pause, with_pitch
from kirara_speech.reading.japanese import read_line
from kirara_speech.speaking.chunks import Chunk, SpeakRequest, SpokenMora
from kirara_speech.speaking.spoken import PitchContour, Spoken
from kirara_speech.speaking.voices import open_jtalk
from kirara_speech.view.phrase_layout import NARROWEST, WIDEST, Hit, PhraseLayout, is_high

PHRASES = read_line("今日は、いい天気。")


def layout(phrases=PHRASES, room: float = 700, height: float = 240, base=None) -> PhraseLayout:
    return PhraseLayout(phrases, room, height, base or {})


def middle(band: tuple[float, float]) -> float:
    return (band[0] + band[1]) / 2


def test_every_mora_has_a_column_and_they_follow_each_other() -> None:
    shown = layout()
    columns = list(shown.columns)
    assert len(columns) == sum(len(phrase.morae) for phrase in PHRASES)
    for before, after in pairwise(columns):
        assert before.right <= after.left
    assert columns[-1].right < shown.width


@pytest.mark.parametrize("room", [0, 300, 700, 5000])
def test_columns_fill_the_room_but_stay_readable(room: float) -> None:
    width = layout(room=room).column_width
    assert NARROWEST <= width <= WIDEST
    if NARROWEST < width < WIDEST:
        assert layout(room=room).width == pytest.approx(room)


def test_each_band_is_hit_for_what_it_is() -> None:
    shown = layout()
    column = shown.column((1, 1))
    x = column.center
    assert shown.hit(x, middle(shown.accent_band)) == Hit("accent", 1, 2)
    assert shown.hit(x, middle(shown.pitch_band)) == Hit("pitch", 1, 1)
    assert shown.hit(x, middle(shown.kana_band)) == Hit("kana", 1, 1)
    assert shown.hit(x, middle(shown.phoneme_band)) == Hit("vowel", 1, 1)
    assert shown.hit(column.left + 2, middle(shown.kana_band)) == Hit("split", 1, 1)
    assert shown.hit(column.right - 2, middle(shown.length_band)) == Hit("edge", 1, 1)
    assert shown.hit(column.left + 2, middle(shown.length_band)) == Hit("edge", 1, 0)


def test_left_of_the_first_mora_is_flat() -> None:
    shown = layout()
    assert shown.hit(shown.cards[1].left + 3, middle(shown.accent_band)) == Hit("accent", 1, 0)


def test_between_phrases_are_pause_and_join_and_after_the_last_nothing() -> None:
    shown = layout()
    x = (shown.cards[0].right + shown.cards[0].gap) / 2
    assert shown.hit(x, middle(shown.pitch_band)) == Hit("pause", 0)
    assert shown.hit(x, middle(shown.phoneme_band)) == Hit("join", 0)
    assert shown.hit(x, middle(shown.accent_band)) == Hit("question", 0)
    last = shown.cards[-1]
    assert shown.hit(last.right + 5, middle(shown.accent_band)) == Hit("question", 2)
    assert shown.hit((last.right + last.gap) / 2, middle(shown.pitch_band)) is None
    assert shown.hit(last.right + 2, middle(shown.length_band)) == Hit(
        "edge", len(PHRASES) - 1, len(PHRASES[-1].morae) - 1
    )
    assert shown.hit(1e6, 50) is None and layout(()).hit(10, 10) is None


def test_a_longer_mora_is_wider_and_the_width_of_the_others_can_be_told() -> None:
    shown = layout(with_length(PHRASES, 0, 0, 2.0), room=5000)
    column, other = shown.column((0, 0)), shown.column((0, 1))
    assert column.right - column.left == pytest.approx(2 * (other.right - other.left))
    assert shown.column_width == pytest.approx(other.right - other.left)


def test_high_and_low_are_those_of_tokyo() -> None:
    def line(accent: int) -> str:
        return "".join("H" if is_high(accent, mora) else "L" for mora in range(4))

    assert [line(accent) for accent in range(5)] == ["LHHH", "HLLL", "LHLL", "LHHL", "LHHH"]


def test_pitches_are_shown_where_they_are_and_all_are_in_the_picture() -> None:
    shown = layout(with_pitch(PHRASES, 0, 1, 12.0), base={(0, 1): 3.0})
    assert shown.semitones(0, 1) == 15.0
    top, bottom = shown.pitch_band
    ys = [shown.pitch_y(shown.semitones(c.phrase, c.mora)) for c in shown.columns]
    assert all(top < y < bottom for y in ys)
    assert min(ys) == shown.pitch_y(15.0)
    assert shown.pitch_y(1) == pytest.approx(shown.pitch_y(0) - 1 / shown.semitones_per_pixel)


def test_the_melody_forgets_what_was_changed_since() -> None:
    morae = [SpokenMora(0, m, m, m + 1, 220.0 * 2 ** (m / 12)) for m in range(3)]
    spoken = with_pitch(PHRASES, 0, 2, 1.0)
    melody = PitchContour((*morae, SpokenMora(0, -1, 3, 4)), spoken)
    assert melody.measured == pytest.approx({(0, 0): -1, (0, 1): 0, (0, 2): 1})
    assert melody.unmodified(spoken) == pytest.approx({(0, 0): -1, (0, 1): 0, (0, 2): 0})
    changed = with_pitch(spoken, 0, 0, 5.0)
    assert (
        melody.unmodified(changed) == melody.unmodified(spoken) and melody.unchanged(changed) == {}
    )
    assert melody.unmodified(with_accent(spoken, 0, 0)) == {}
    assert melody.unchanged(with_pause(spoken, 1, True)) == melody.measured


def test_what_was_spoken_grows_chunk_by_chunk() -> None:
    spoken = Spoken(SpeakRequest("はい。", open_jtalk()))
    mel, attention = np.ones((80, 3), np.float32), np.ones((5, 3), np.float32)
    spoken.add(Chunk(0, np.ones(100, np.float32), mel, attention))
    assert len(spoken.sound) == 100
    morae = (SpokenMora(0, 0, 0, 80), SpokenMora(0, 1, 80, 150))
    spoken.add(Chunk(0, np.ones(50, np.float32), mel, attention, ("^", "h"), morae))
    spoken.add(Chunk(0, np.zeros(20, np.float32)))
    spoken.add(Chunk(1, np.ones(30, np.float32)))
    assert (len(spoken.sound), spoken.samples) == (200, 200)
    first, second = spoken.parts
    assert (first.start, first.end, second.start, second.end) == (0, 150, 170, 200)
    assert first.mel.shape == (80, 6) and first.symbols == ("^", "h")
    assert second.mel.size == 0
    assert spoken.mora_at(115) == (morae[1], 0.5) and spoken.mora_at(190) is None
