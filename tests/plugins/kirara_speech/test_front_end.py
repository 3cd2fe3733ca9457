"""From whatever people paste to symbols: something sensible comes out, and nothing crashes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirara_speech.reading.japanese import read_text
from kirara_speech.reading.phrases import symbols_of
from kirara_speech.reading.sentences import (
    LONGEST_SENTENCE,
    LONGEST_UTTERANCE,
    clean,
    sentences_of,
    utterances_of,
)
from kirara_speech.reading.symbols import AUTHOR_ALPHABET, JAPANESE_ALPHABET, letters_of
from kirara_speech.reading.utterances import symbols_for, utterances


def read(text: str) -> str:
    """All phonemes of a text, a space between utterances."""
    return " ".join("".join(spoken.symbols) for spoken in utterances(text, "japanese"))


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("今日は天気がいい。", "^kyoowa/teNkiga/ii$"),
        ("行きますか？", "^ikimasUka?$"[:-1]),
        ("３歩", "^saNpo$"),
        ("123円", "^hyaku/nijuu/saNeN$"),
        ("3.14", "^saNteN/ichiyoN$"),
        ("GPU", "^jiipiiyuu$"),
        ("Hello World", "^haroowaarudo$"),
        ("ﾊﾝｶｸ", "^haNkaku$"),
        ("①②", "^ichini$"),
    ],
)
def test_japanese_numbers_and_latin_words_are_read(text: str, symbols: str) -> None:
    assert read(text) == symbols


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n",
        "。",
        "？！…",
        "😀😀",
        "\0\x01\x7f",
        "\ud800",
        "한국어",
        "<break/>",
        "\u200b\ufeff",
    ],
)
def test_where_nothing_can_be_said_nothing_is(text: str) -> None:
    assert list(utterances(text, "japanese")) == []
    assert list(utterances(text, "letters")) == []


def test_emoji_and_control_characters_are_passed_over() -> None:
    assert read("😀今日は🎉") == "^kyoowa$"
    assert read("あ\x07\u200bい\ud800う") == read("あ いう")


def test_tags_are_not_read_aloud() -> None:
    spoken = read("<speak>こんにちは<break time='1s'/>。</speak>")
    assert spoken == read("こんにちは。")
    assert clean("1 < 2 と 3 > 2") == "1 < 2 と 3 > 2"  # no tag


def test_a_text_is_divided_into_sentences() -> None:
    text = "はい。「そうです！」と言った？\r\nでは、また…\n\n😀"
    assert sentences_of(text) == ["はい。", "「そうです！」", "と言った？", "では、また…", "😀"]


def test_long_sentences_are_divided_at_commas_if_there_are_any() -> None:
    parts = sentences_of(("あ" * 70 + "、") * 5)
    assert [len(part) for part in parts] == [142, 142, 71]
    parts = sentences_of("あ" * 450)
    assert [len(part) for part in parts] == [200, 200, 50]


def test_what_is_too_long_for_one_breath_is_divided_at_a_pause() -> None:
    text = "今日は朝から良い天気なので、" * 8 + "出かけます。"
    parts = utterances_of(read_text(text))
    assert len(parts) > 2
    for part in parts:
        assert sum(len(mora.phonemes) for phrase in part for mora in phrase.morae) <= (
            LONGEST_UTTERANCE
        )
    assert all(part[-1].pause for part in parts[:-1])
    joined = [mora for part in parts for phrase in part for mora in phrase.morae]
    assert joined == [mora for phrase in read_text(text) for mora in phrase.morae]


def test_a_long_text_is_all_spoken() -> None:
    text = "今日は天気がいいので、公園まで散歩に行きましょう。" * 1_000
    spoken = list(utterances(text, "japanese"))
    assert len(spoken) == 1_000
    assert len({utterance.symbols for utterance in spoken}) == 1
    odd = list(utterances("a" * 25_000, "japanese"))
    assert max(len(utterance.symbols) for utterance in odd) <= 2 * LONGEST_UTTERANCE


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_crashes(text: str) -> None:
    for sentence in sentences_of(text):
        assert 0 < len(sentence) <= LONGEST_SENTENCE
    for utterance in utterances(text, "japanese"):
        assert set(utterance.symbols) <= set(JAPANESE_ALPHABET)
        assert utterance.symbols[0] == "^"
        assert utterance.symbols[-1] in "$?"


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="あいうえおんっーアァャン、。？！「」 aA1<>/'\"😀\n漢字日本語", max_size=80)
)
def test_no_japanese_crashes(text: str) -> None:
    for utterance in utterances(text, "japanese"):
        assert set(utterance.symbols) <= set(JAPANESE_ALPHABET)


def test_letters_are_the_authors() -> None:
    assert "".join(letters_of("Café “No” – it’s 9!")) == 'cafe "no" - it\'s .'
    assert "".join(letters_of(" two  spaces stay ")) == " two  spaces stay "  # in his alphabet
    assert set(letters_of("Ünïcode ☃ 漢字")) <= set(AUTHOR_ALPHABET)


@pytest.mark.parametrize(
    ("front_end", "alphabet"), [("japanese", JAPANESE_ALPHABET), ("letters", AUTHOR_ALPHABET)]
)
def test_a_front_end_writes_in_its_alphabet_or_refuses(
    front_end: str, alphabet: tuple[str, ...]
) -> None:
    assert set(symbols_for(front_end, "hello, こんにちは。")) <= set(alphabet)
    with pytest.raises(ValueError, match="nothing to say"):
        symbols_for(front_end, "😀")


def test_questions_pauses_and_phrases_have_their_symbols() -> None:
    symbols = symbols_of(read_text("え、本当ですか？すごい。"))
    assert symbols[0] == "^"
    assert symbols[-1] == "$"
    assert "?" in symbols
    assert "," in symbols
