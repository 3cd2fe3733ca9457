"""Frames stretched by what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirara_speech.networks.decoding import Frame
from kirara_speech.reading.editing import with_length, with_pause
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.utterances import Utterance, utterances
from kirara_speech.speaking.pacing import COARSE, PacedFrame, Pacer, edges_of, slots_of
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.timing import timed_morae

LINE = (
    AccentPhrase(morae_of("カキ"), 0, pause=True),
    AccentPhrase(morae_of("アッ"), 0, pause=True, end=True),
)


def utterance(phrases: tuple[AccentPhrase, ...] = LINE) -> Utterance:
    (found,) = utterances("", "japanese", phrases)
    return found


def frame(symbol: int, value: float = 0.0, symbols: int = 10) -> Frame:
    attention = np.zeros(symbols, np.float32)
    attention[symbol] = 1
    return Frame(np.full(3, value, np.float32), attention)


def paced(factors: list[float], frames: list[Frame]) -> list[PacedFrame]:
    pacer = Pacer(factors)
    found = [one for frame in frames for one in pacer.push(frame)]
    return [*found, *pacer.finish()]


def test_every_symbol_knows_what_it_belongs_to() -> None:
    line = with_pause(with_length(LINE, 0, 1, 3), 0, True, 2)
    spoken = utterance(line)
    slots = slots_of(spoken, Prosody(speed=2, pauses=3))
    assert list(zip(spoken.symbols, [s.mora for s in slots], strict=True)) == [
        *[("^", -1), ("k", 0), ("a", 0), ("k", 1), ("i", 1)],
        *[(",", -1), ("a", 2), ("cl", 3), ("$", -1)],
    ]
    assert [s.factor for s in slots] == [0.5, 0.5, 0.5, 1.5, 1.5, 3, 0.5, 0.5, 0.5]
    assert [s.pause for s in slots] == [-1, -1, -1, -1, -1, 0, -1, -1, -1]
    assert slots_of(Utterance("ab", ("a", "b")), Prosody(speed=0.5)) == slots_of(
        Utterance("cd", ("c", "d")), Prosody(speed=0.5)
    )


def test_a_question_within_a_sentence_pauses_only_where_it_says_so() -> None:
    for pause in (True, False):
        asks = AccentPhrase(morae_of("エ"), 0, pause=pause, question=True)
        slots = slots_of(utterance((asks, LINE[1])), Prosody(pauses=2))
        assert slots[2].factor == (2 if pause else 1)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_at_its_own_tempo_a_voice_is_untouched(symbols: list[int]) -> None:
    frames = [frame(symbol, i) for i, symbol in enumerate(symbols)]
    out = paced([1.0] * 10, frames)
    assert len(out) == len(frames)
    for one, old in zip(out, frames, strict=True):
        np.testing.assert_array_equal(one.frame.mel, old.mel)
        np.testing.assert_array_equal(one.frame.attention, old.attention)
    assert [one.symbol for one in out] == list(np.maximum.accumulate(symbols))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=40).map(sorted),
    st.lists(st.floats(0, 30), min_size=10, max_size=10),
)
def test_as_many_frames_as_there_is_time_for(symbols: list[int], factors: list[float]) -> None:
    frames = [frame(symbol, i) for i, symbol in enumerate(symbols)]
    out = paced(factors, frames)
    wanted = sum(factors[symbol] for symbol in symbols)
    assert abs(len(out) - max(1, wanted)) <= 1
    values = [one.frame.mel[0] for one in out]
    assert values == sorted(values)
    assert [one.symbol for one in out] == sorted(one.symbol for one in out)
    for one in out:
        assert one.frame.attention.sum() == pytest.approx(1, abs=1e-5)
    counts = [one.symbol for one in out]
    for symbol in set(symbols):
        assert abs(counts.count(symbol) - symbols.count(symbol) * factors[symbol]) <= 1


def test_a_stretched_frame_is_given_before_the_last_one_came() -> None:
    pacer = Pacer([5.0] * 10)
    assert len(list(pacer.push(frame(0)))) == 2
    assert len(list(pacer.push(frame(1)))) == 5


def test_attention_that_goes_back_is_not_followed() -> None:
    out = paced([1.0] * 4 + [7.0] * 6, [frame(5), frame(2)])
    assert [one.symbol for one in out] == [5] * 14


def test_morae_take_the_time_of_their_frames() -> None:
    spoken = utterance()
    slots = slots_of(spoken, Prosody())
    symbols = [0, 1, 2, 2, 4, 5, 5, 5, 6, 6, 8]
    samples = COARSE * len(symbols) - 256
    timed = timed_morae(slots, edges_of(len(slots), symbols, samples), spoken.places)
    assert [(t.phrase, t.mora) for t in timed] == [(0, 0), (0, 1), (0, -1), (1, 0), (1, 1)]
    edges = [(t.start, t.vowel, t.end) for t in timed]
    at = [0, *(COARSE * i + 256 for i in range(1, 11)), samples]
    assert edges[0] == (at[1], at[2], at[4])
    assert edges[1] == (at[4], at[4], at[5])
    assert edges[2][::2] == (at[5], at[8])
    assert edges[3][::2] == (at[8], at[10])
    assert edges[4][0] == edges[4][2] == at[10]  # no frame pointed at it


def test_letters_have_no_morae() -> None:
    letters = Utterance("ab", ("a", "b"))
    slots = slots_of(letters, Prosody())
    assert timed_morae(slots, edges_of(2, [0, 1], 2_000), letters.places) == []
