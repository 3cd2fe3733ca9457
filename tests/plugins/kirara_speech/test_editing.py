"""What a user changes of a reading: each edit does its own thing, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirara_speech.reading.editing import (
    LENGTH,
    PAUSE_LENGTH,
    PITCH,
    as_read,
    can_be_devoiced,
    join_phrases,
    split_phrase,
    with_accent,
    with_devoicing,
    with_length,
    with_pause,
    with_pitch,
    with_question,
    with_reading,
)
from kirara_speech.reading.japanese import read_line
from kirara_speech.reading.merge_edits import merge_edits
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase, Phrases, symbols_of
from kirara_speech.reading.symbols import JAPANESE_ALPHABET
from kirara_studio.api.errors import UserError

KANA = "アイカキシツコオンッーラリョキャ"


@st.composite
def a_phrase(draw: st.DrawFn) -> AccentPhrase:
    morae = morae_of("ア" + draw(st.text(KANA, max_size=6)))
    accent = draw(st.integers(0, len(morae)))
    end = draw(st.booleans())
    return AccentPhrase(morae, accent, end or draw(st.booleans()), draw(st.booleans()), end)


lines = st.lists(a_phrase(), min_size=1, max_size=5).map(tuple)


@st.composite
def edits(draw: st.DrawFn) -> Callable[[Phrases], Phrases]:
    """One edit, somewhere in a line, whatever the line is."""
    kind = draw(st.integers(0, 8))
    where, which, value = (draw(st.integers(0, 10_000)) for _ in range(3))
    kana = "ア" + draw(st.text(KANA, max_size=5))

    def edit(phrases: Phrases) -> Phrases:
        phrase = where % len(phrases)
        mora = which % len(phrases[phrase].morae)
        if kind == 0:
            return with_accent(phrases, phrase, value % (len(phrases[phrase].morae) + 1))
        if kind == 1:
            return with_reading(phrases, phrase, kana)
        if kind == 2:
            return with_pitch(phrases, phrase, mora, value % 40 - 20)
        if kind == 3:
            return with_length(phrases, phrase, mora, value / 1_000)
        if kind == 4 and can_be_devoiced(phrases[phrase].morae[mora]):
            return with_devoicing(phrases, phrase, mora, bool(value % 2))
        if kind == 5:
            return with_pause(phrases, phrase, bool(value % 2), value / 500)
        if kind == 6:
            return with_question(phrases, phrase, bool(value % 2))
        if kind == 7 and mora:
            return split_phrase(phrases, phrase, mora)
        if kind == 8 and phrase + 1 < len(phrases):
            return join_phrases(phrases, phrase)
        return phrases

    return edit


def assert_valid(phrases: Phrases) -> None:
    for phrase in phrases:
        assert AccentPhrase.from_dict(phrase.to_dict()) == phrase
        assert 0 <= phrase.accent_of_voice <= len(phrase.morae)
        assert phrase.read_accent != phrase.accent
        assert PAUSE_LENGTH[0] <= phrase.pause_length <= PAUSE_LENGTH[1]
        for mora in phrase.morae:
            assert PITCH[0] <= mora.pitch <= PITCH[1]
            assert LENGTH[0] <= mora.length <= LENGTH[1]
    assert set(symbols_of(phrases)) <= set(JAPANESE_ALPHABET)


def kana_of(phrases: Phrases) -> str:
    return "".join(phrase.kana for phrase in phrases)


@settings(max_examples=150, deadline=None)
@given(lines, st.lists(edits(), max_size=8))
def test_whatever_is_edited_a_line_can_be_spoken_and_saved(
    phrases: Phrases, changes: list[Callable[[Phrases], Phrases]]
) -> None:
    for change in changes:
        before = phrases
        phrases = change(phrases)
        assert_valid(before)
        assert_valid(phrases)


@settings(max_examples=150, deadline=None)
@given(lines, st.lists(edits(), max_size=8))
def test_the_same_text_keeps_every_edit(
    read: Phrases, changes: list[Callable[[Phrases], Phrases]]
) -> None:
    old = read
    for change in changes:
        old = change(old)
    assert merge_edits(old, read, read) == old
    assert merge_edits(read, read, read) == read


def test_sentences_that_were_joined_and_divided_again_stay_one() -> None:
    read = read_line("はい。いいえ。")
    assert [phrase.end for phrase in read] == [True, True]
    size = len(read[0].morae)
    old = split_phrase(join_phrases(read, 0), 0, size)
    assert [phrase.end for phrase in old] == [False, True]
    assert merge_edits(old, read, read) == old
    longer = (*read, replace(read[1], end=True))
    assert [p.end for p in merge_edits(old, longer, read)] == [False, True, True]


@settings(max_examples=150, deadline=None)
@given(lines, lines, st.lists(edits(), max_size=5))
def test_another_text_is_never_spoken_wrongly(
    read: Phrases, new: Phrases, changes: list[Callable[[Phrases], Phrases]]
) -> None:
    old = read
    for change in changes:
        old = change(old)
    carried = merge_edits(old, new, read)
    assert_valid(carried)
    assert merge_edits(read, new, read) == new  # nothing was edited
    assert [p.end for p in carried if p.end] == [True] * sum(p.end for p in carried)


@settings(max_examples=100, deadline=None)
@given(lines, lines, lines, st.lists(edits(), max_size=5))
def test_what_is_typed_at_the_ends_leaves_the_middle_alone(
    before: Phrases, read: Phrases, after: Phrases, changes: list[Callable[[Phrases], Phrases]]
) -> None:
    marker = AccentPhrase(morae_of("ヴァヴィ"), 1, pause=True)  # so that nothing is taken for it
    read = (marker, *read, replace(marker, morae=morae_of("ヴェヴォ")))
    old = read
    for change in changes:
        old = (old[0], *change(old[1:-1]), old[-1])
    carried = merge_edits(old, (*before, *read, *after), read)
    assert carried == (*before, *old, *after)


@settings(max_examples=100, deadline=None)
@given(a_phrase(), st.integers(1, 20))
def test_to_divide_and_to_join_is_to_do_nothing(phrase: AccentPhrase, mora: int) -> None:
    line = (AccentPhrase(morae_of("ア")), phrase)
    if mora < len(phrase.morae):
        assert join_phrases(split_phrase(line, 1, mora), 1) == line


@settings(max_examples=100, deadline=None)
@given(lines, edits())
def test_an_edit_of_one_phrase_leaves_the_others(
    phrases: Phrases, change: Callable[[Phrases], Phrases]
) -> None:
    changed = change(phrases)
    if len(changed) == len(phrases):
        assert sum(a != b for a, b in zip(phrases, changed, strict=True)) <= 1


def test_an_accent_remembers_what_the_dictionary_said() -> None:
    line = read_line("箸を使う")
    read = line[0].accent
    moved = with_accent(with_accent(line, 0, 2), 0, 3)
    assert (moved[0].accent, moved[0].accent_of_voice) == (3, read)
    assert with_accent(moved, 0, read) == line
    with pytest.raises(ValueError, match="from 0 to"):
        with_accent(line, 0, 4)


def test_a_reading_keeps_what_stays() -> None:
    line = with_devoicing(with_length(read_line("日本語です"), 0, 3, 2), 0, 4, True)
    line = with_pitch(line, 0, 2, 3)
    assert line[0].kana == "ニホンゴデス"
    changed = with_reading(line, 0, "にっぽんごです")[0]
    assert changed.kana == "ニッポンゴデス"
    assert [m.pitch for m in changed.morae] == [0, 0, 0, 3, 0, 0, 0]
    assert [m.length for m in changed.morae] == [1, 1, 1, 1, 2, 1, 1]
    assert [m.devoiced for m in changed.morae][5] and changed.morae[6].devoiced
    assert with_reading(line, 0, line[0].kana) == line
    assert with_reading(line, 0, "ﾆﾎﾝｺﾞ ﾃﾞｽ") == line


def test_the_accent_stays_on_its_mora() -> None:
    line = (AccentPhrase(morae_of("タマゴ"), 2, read_accent=3),)
    assert with_reading(line, 0, "オタマゴ")[0].accent == 3
    assert with_reading(line, 0, "オタマゴ")[0].accent_of_voice == 4
    assert with_reading(line, 0, "ウ")[0].accent == 1


def test_a_long_vowel_at_the_beginning_is_that_of_the_phrase_before() -> None:
    line = (AccentPhrase(morae_of("オ")), AccentPhrase(morae_of("ア")))
    assert with_reading(line, 1, "ーイ")[1].morae[0].vowel == "o"


@pytest.mark.parametrize("kana", ["", " ", "ー", "漢字", "abc", "ア1", "ア、"])
def test_what_is_no_kana_is_no_reading(kana: str) -> None:
    line = (AccentPhrase(morae_of("アイ")),)
    with pytest.raises(UserError) as caught:
        with_reading(line, 0, kana)
    assert caught.value.advice


def test_devoicing_needs_a_vowel() -> None:
    line = (AccentPhrase(morae_of("シンッ")),)
    assert with_devoicing(line, 0, 0, True)[0].morae[0].vowel == "I"
    assert with_devoicing(with_devoicing(line, 0, 0, True), 0, 0, False) == line
    for mora in (1, 2):
        with pytest.raises(UserError, match="no vowel"):
            with_devoicing(line, 0, mora, True)


def test_numbers_that_are_none_are_refused() -> None:
    line = (AccentPhrase(morae_of("アイ")),)
    for edit in (
        lambda: with_pitch(line, 0, 2, 1),
        lambda: with_pitch(line, -1, 0, 1),
        lambda: with_pitch(line, 0, -1, 1),
        lambda: with_question(line, 1, True),
        lambda: join_phrases(line, 0),
    ):
        with pytest.raises(IndexError):
            edit()
    for mora in (0, 2, -1):
        with pytest.raises(ValueError, match="divided"):
            split_phrase(line, 0, mora)
    with pytest.raises(ValueError, match="not a number"):
        with_pitch(line, 0, 0, float("nan"))


def test_a_merge_tells_the_users_pause_from_that_of_the_text() -> None:
    read = read_line("今日は天気がいい")
    louder = with_pitch(read, 0, 0, 2)
    typed = read_line("今日は、天気がいい")
    assert typed[0].pause
    assert merge_edits(louder, typed, read)[0].pause  # the text has it
    paused = with_pause(read, 1, True, 2)
    kept = merge_edits(paused, typed, read)
    assert kept[0].pause and kept[1].pause and kept[1].pause_length == 2


def test_a_merge_keeps_readings_and_divisions_of_what_is_still_there() -> None:
    read = read_line("今日は、市場に行く。")
    old = with_reading(split_phrase(read, 0, 2), 2, "シジョーニ")
    new = read_line("今日は、市場に行く。楽しい。")
    carried = merge_edits(old, new, read)
    assert [p.kana for p in carried[:4]] == ["キョー", "ワ", "シジョーニ", "イク"]
    assert carried[4:] == new[3:]
    # Where the text changed, the dictionary is right.
    new = read_line("今日は、お店に行く。")
    assert merge_edits(old, new, read)[2].kana == new[1].kana


def test_a_phrase_that_grew_keeps_its_accent_and_its_morae() -> None:
    read = (AccentPhrase(morae_of("タマゴ"), 2),)
    old = with_length(with_accent(read, 0, 3), 0, 1, 2)
    new = (AccentPhrase(morae_of("タマゴガ"), 2),)
    carried = merge_edits(old, new, read)[0]
    assert (carried.accent, carried.accent_of_voice, carried.morae[1].length) == (3, 2, 2)


def test_a_very_long_line_is_merged_too() -> None:
    read = tuple(AccentPhrase(morae_of("アイカキコ")) for _ in range(4_000))
    old = with_pitch(read, 3_999, 0, 2)
    new = (AccentPhrase(morae_of("シ")), *read[:-5], *read[-3:])
    assert merge_edits(old, new, read)[-1].morae[0].pitch == 2


def test_a_phrase_goes_back_to_what_was_read_as_far_as_it_is_there() -> None:
    read = read_line("今日は、いい天気。散歩しよう。")
    changed = with_pause(with_accent(with_pitch(read, 1, 0, 2), 1, 2), 1, True, 2)
    assert as_read(changed, 1, read) == read
    # Other kana before it: it is found by what follows.
    longer = with_reading(changed, 0, "キョウハネ")
    assert as_read(longer, 1, read)[1] == read[1]
    # Other kana in it: they stay, and it pauses as before.
    other = as_read(with_reading(changed, 1, "アアアア"), 1, read)[1]
    assert (other.kana, other.pause, other.pause_length) == ("アアアア", read[1].pause, 1)
    # Half of a phrase has nothing to go back to: no pause, but at the end of a sentence.
    halves = with_pause(split_phrase(read, 0, 1), 0, True)
    assert not as_read(halves, 0, read)[0].pause
    assert as_read(read, 2, ())[2].pause == read[2].end
