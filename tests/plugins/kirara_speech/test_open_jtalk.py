"""Open JTalk's own voice, with what a user changed."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.editing import (
    join_phrases,
    split_phrase,
    with_accent,
    with_devoicing,
    with_reading,
)
from kirara_speech.reading.japanese import QUICK, open_jtalk, read_line
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.reading.utterances import Utterance, utterances
from kirara_speech.sound.alignment import aligned
from kirara_speech.sound.resampling import resample
from kirara_speech.speaking.jtalk_labels import Label, labels_of
from kirara_speech.speaking.open_jtalk import LEVEL, LONGEST, utter
from kirara_speech.speaking.prosody import Prosody

SENTENCE = "今日は天気がいいので、公園まで散歩に行きましょう。"


def utterance(phrases: Phrases, text: str = "") -> Utterance:
    (found,) = utterances(text, "japanese", phrases, LONGEST)
    return found


def phonemes(labels: list[Label]) -> list[str]:
    return [re.search(r"-(.*?)\+", label.text)[1] for label in labels]  # type: ignore[index]


def their_labels(text: str) -> list[str]:
    module = open_jtalk()
    return list(module.make_label(module.run_frontend(text, **QUICK)))


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "箸の端を、走って渡る。",
        "牛乳はあなたの体に良いだろう、毎日飲んだほうがいい。",
        "コンピューターは1990年に100万円で買いました！",
        "本当ですか？",
        "え？本当に、行くの？",
        "です",
        "ー。",
    ],
)
def test_an_unchanged_line_is_open_jtalks_own_sound(text: str) -> None:
    phrases = read_line(text)
    for number, sentence in enumerate(utterances(text, "japanese", phrases, LONGEST)):
        (again,) = list(utterances(sentence.text, "japanese", longest=LONGEST))[:1]
        wanted = their_labels(sentence.text)
        assert [label.text for label in labels_of(sentence)] == wanted, number
        assert [label.text for label in labels_of(again)] == wanted


def test_without_edits_the_sound_is_the_voices_own() -> None:
    sound, rate = open_jtalk().tts(SENTENCE, **QUICK)
    own = resample((sound / 32_768).astype(np.float32), rate, SAMPLE_RATE)
    spoken, _ = utter(utterance(read_line(SENTENCE), SENTENCE), Prosody())
    np.testing.assert_allclose(spoken, LEVEL * own, atol=1e-6)


def test_a_loud_sentence_is_not_cut_off() -> None:
    text = "ローカル路線にはファンも多い。"
    assert np.abs(open_jtalk().tts(text, **QUICK)[0]).max() > 1.3 * 32_768
    assert np.abs(utter(utterance(read_line(text), text), Prosody())[0]).max() < 0.95


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("アイウオカキシツコズチンッーラリョキャフヴェティグァ", min_size=1, max_size=7),
            st.integers(0, 9),
            st.booleans(),
            st.booleans(),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_mora_of_any_reading_has_its_labels(
    read: list[tuple[str, int, bool, bool, bool]],
) -> None:
    phrases: Phrases = ()
    for kana, accent, pause, question, devoiced in read:
        morae = morae_of(kana, phrases[-1].morae if phrases else ()) or morae_of("ア")
        if devoiced:
            morae = tuple(
                replace(m, vowel=m.vowel.upper() if m.vowel in "iu" else m.vowel) for m in morae
            )
        phrase = AccentPhrase(morae, min(accent, len(morae)), pause, question)
        phrases = (*phrases, phrase)
    spoken = utterance(phrases)
    labels = labels_of(spoken)
    wanted = ["sil"]
    for index, phrase in enumerate(phrases):
        for mora in phrase.morae:
            wanted += mora.phonemes
        if phrase.pause and index + 1 < len(phrases):
            wanted.append("pau")
    known = [phoneme.replace("fy", "hy") for phoneme in [*wanted, "sil"]]
    assert phonemes(labels) == known
    assert [label.mora for label in labels if label.vowel] == list(range(len(spoken.places)))


def test_every_kana_is_known_or_has_its_like() -> None:
    for kana in (
        "クァ",
        "グァ",
        "ティ",
        "トゥ",
        "デュ",
        "ヴァ",
        "ヴ",
        "イェ",
        "フャ",
        "フョ",
        "テョ",
    ):
        morae = morae_of("ア" + kana + "ア")
        found = phonemes(labels_of(utterance((AccentPhrase(morae),))))
        assert [p.replace("hy", "fy") for p in found[1:-1]] == [
            phoneme for mora in morae for phoneme in mora.phonemes
        ]


def accents_in(labels: list[Label]) -> list[str]:
    """Morae and accent of each phrase, as the labels have them."""
    found = [re.search(r"/F:(\d+_\d+)", label.text) for label in labels]
    kept = [match[1] for match in found if match]
    return [one for i, one in enumerate(kept) if not i or kept[i - 1] != one]


def test_an_accent_changes_the_accent_in_the_labels_and_no_word() -> None:
    read = read_line("箸を使う")
    own = [label.text for label in labels_of(utterance(read, "箸を使う"))]
    changed = labels_of(utterance(with_accent(read, 0, 3), "箸を使う"))
    assert accents_in(changed)[0] == "3_3"
    without = [re.sub(r"/A:.*?/B|/[EFG]:[^/]*", "", label.text) for label in changed]
    assert without == [re.sub(r"/A:.*?/B|/[EFG]:[^/]*", "", text) for text in own]


def test_readings_divisions_and_devoicing_are_the_voices_own() -> None:
    read = read_line("日本語を話す")
    labels = labels_of(utterance(with_reading(read, 0, "ニッポンゴオ"), "日本語を話す"))
    assert "cl" in phonemes(labels)
    divided = split_phrase(read, 0, 2)
    assert len(accents_in(labels_of(utterance(divided, "日本語を話す")))) == 3
    joined = join_phrases(read, 0)
    assert len(accents_in(labels_of(utterance(joined, "日本語を話す")))) == 1
    whispered = with_devoicing(read, 0, 0, True)
    assert phonemes(labels_of(utterance(whispered, "日本語を話す")))[2] == "I"


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.0, 1.4, 2.0])
def test_the_times_of_morae_fill_the_sound(speed: float) -> None:
    sound, timed_of = utter(utterance(read_line(SENTENCE), SENTENCE), Prosody(speed=speed))
    timed = timed_of()
    assert len(timed) == sum(len(p.morae) for p in read_line(SENTENCE)) + 1
    assert timed[0].start > 0 and timed[-1].end < len(sound)
    for one, following in pairwise(timed):
        assert one.start <= one.vowel <= one.end == following.start
    # What is vowel is louder than the pause.
    (pause,) = (one for one in timed if one.mora == -1)
    loud = np.mean([np.abs(sound[o.vowel : o.end]).mean() for o in timed if o.mora >= 0])
    assert np.abs(sound[pause.start : pause.end]).mean() < loud / 3


def test_the_same_sound_is_found_at_the_same_moments() -> None:
    sound, _ = utter(utterance(read_line("おはよう")), Prosody())
    moments = np.arange(0, len(sound), 500)
    assert np.abs(aligned(sound, sound, moments) - moments).max() <= 110
    late = np.concatenate([np.zeros(2_205, np.float32), sound])
    found = aligned(sound, late, moments)
    assert np.median(np.abs(found[5:-5] - moments[5:-5] - 2_205)) <= 330
