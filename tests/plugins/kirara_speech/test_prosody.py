"""Everything that a user changes is heard: measured on the sound of both kinds of voices.

The network's weights are those that the studio's voice is trained from; it can be understood in
part, and its pitch can be measured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from kirara_speech.networks.config import AUTHOR_TEXT2MEL, SAMPLE_RATE, TEXT2MEL
from kirara_speech.networks.text2mel import Text2Mel
from kirara_speech.reading.editing import (
    can_be_devoiced,
    with_accent,
    with_devoicing,
    with_length,
    with_pause,
    with_pitch,
    with_question,
    with_reading,
)
from kirara_speech.reading.japanese import read_line, read_text
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.speaking.capabilities import NOT, capabilities_of
from kirara_speech.speaking.chunks import Chunk, SpeakRequest, SpokenMora
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.synthesis import PAUSE, stream_chunks
from kirara_speech.speaking.voices import TEXT2MEL_FILE, Voice, describe, find_voice, open_jtalk
from kirara_studio.api.jobs import Device, JobTools
from kirara_studio.api.models import Checkpoint, ModelCard

TEXT = "今日は天気がいいので、公園まで散歩に行きましょう。"


class Tools:
    """What a job is lent: models are loaded once."""

    device = Device("cpu", "cpu", "fp32", 1)

    def __init__(self) -> None:
        self.models: dict[str, Any] = {}

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        pass

    def model(self, key: str, load: Callable[[Device], Any]) -> Any:
        if key not in self.models:
            self.models[key] = load(self.device)
        return self.models[key]

    def batch_size(self, preferred: int) -> int:
        return preferred

    def give(self, part: Any) -> None:
        pass


@dataclass(frozen=True)
class Heard:
    """A line as it was spoken."""

    chunks: list[Chunk]

    @property
    def sound(self) -> np.ndarray:
        return np.concatenate([chunk.sound for chunk in self.chunks])

    @property
    def morae(self) -> list[SpokenMora]:
        return [mora for chunk in self.chunks for mora in chunk.morae]

    def lengths(self) -> dict[tuple[int, int], int]:
        return {(m.phrase, m.mora): m.end - m.start for m in self.morae}

    def semitones_above(self, other: Heard) -> dict[tuple[int, int], float]:
        """Of the morae that are voiced in both."""
        own = {(m.phrase, m.mora): m.pitch for m in self.morae if m.pitch}
        theirs = {(m.phrase, m.mora): m.pitch for m in other.morae if m.pitch}
        both = own.keys() & theirs.keys()
        return {key: float(12 * np.log2(own[key] / theirs[key])) for key in both}


Hear = Callable[..., Heard]


@pytest.fixture(scope="module")
def tools() -> JobTools:
    return Tools()


@pytest.fixture(scope="module")
def kirara() -> Voice:
    """The bundled voice."""
    return find_voice("kirara")


@pytest.fixture(scope="module", params=["open-jtalk", "kirara"])
def voice(request: pytest.FixtureRequest) -> Voice:
    if request.param == "open-jtalk":
        return open_jtalk()
    found: Voice = request.getfixturevalue("kirara")
    return found


@pytest.fixture(scope="module")
def hear(voice: Voice, tools: JobTools) -> Hear:
    def hear(phrases: Phrases | None = None, text: str = TEXT, **prosody: float) -> Heard:
        request = SpeakRequest(text, voice, phrases, Prosody(**prosody))
        return Heard(list(stream_chunks(request, tools)))

    return hear


@pytest.fixture(scope="module")
def read() -> Phrases:
    return read_line(TEXT)


@pytest.fixture(scope="module")
def plain(hear: Hear, read: Phrases) -> Heard:
    return hear(read)


def test_a_line_that_nobody_changed_is_the_same_with_and_without_its_reading(
    hear: Hear, plain: Heard
) -> None:
    np.testing.assert_array_equal(hear(None).sound, plain.sound)


def test_morae_are_told_with_their_times_and_pitch(plain: Heard, read: Phrases) -> None:
    wanted = [
        *((p, m) for p in range(3) for m in range(len(read[p].morae))),
        (2, -1),
        *((p, m) for p in range(3, len(read)) for m in range(len(read[p].morae))),
    ]
    assert [(m.phrase, m.mora) for m in plain.morae] == wanted
    assert all(a.end <= b.start for a, b in pairwise(plain.morae))
    assert plain.morae[-1].end <= len(plain.sound)
    voiced = [m.pitch for m in plain.morae if m.pitch]
    assert len(voiced) > 0.8 * len(plain.morae)
    assert min(voiced) > 120 and max(voiced) < 600
    assert [m.pitch for m in plain.morae if m.mora < 0] == [0]
    last = plain.chunks[-1]
    assert last.symbols[0] == "^" and "," in last.symbols
    assert len(last.sound) == round(Prosody().after * SAMPLE_RATE)
    assert not any(chunk.morae for chunk in plain.chunks[:-1])


@pytest.mark.parametrize(("place", "semitones"), [((1, 0), 4.0), ((3, 2), -4.0)])
def test_a_moras_pitch_moves_by_what_was_asked_and_no_other(
    hear: Hear, plain: Heard, read: Phrases, place: tuple[int, int], semitones: float
) -> None:
    heard = hear(with_pitch(read, *place, semitones))
    above = heard.semitones_above(plain)
    assert above.pop(place) == pytest.approx(semitones, abs=0.8)
    others = np.abs(list(above.values()))
    assert np.median(others) < 0.2
    assert np.mean(others < 0.8) > 0.9
    assert heard.lengths() == plain.lengths()
    # Beyond the pause the sound is the very same.
    (pause,) = (m for m in plain.morae if m.mora < 0)
    middle = (pause.start + pause.end) // 2
    apart = np.flatnonzero(heard.sound != plain.sound)
    assert (apart > middle).all() if place[0] > 2 else (apart < middle).all()


def test_a_mora_of_twice_the_length_takes_twice_the_time(
    hear: Hear, plain: Heard, read: Phrases
) -> None:
    for factor in (2.0, 0.5, 5.0):
        heard = hear(with_length(read, 3, 0, factor))
        lengths, usual = heard.lengths(), plain.lengths()
        step = 0 if heard.chunks[0].mel.size == 0 else 1_024  # a network's frame
        assert lengths.pop((3, 0)) == pytest.approx(factor * usual[3, 0], rel=0.02, abs=step)
        longer = sum(lengths.values()) - sum(usual.values()) + usual[3, 0]
        assert abs(longer) <= step + len(lengths)
    assert len(heard.sound) > len(plain.sound) + 3 * usual[3, 0]


def test_an_accent_moves_the_pitch_of_its_phrase(hear: Hear, plain: Heard, read: Phrases) -> None:
    above = hear(with_accent(read, 1, 3)).semitones_above(plain)  # テンキガ: 1 to 3
    assert above[1, 0] < -2
    assert above[1, 2] > above[1, 0] + 3
    elsewhere = [value for (phrase, _), value in above.items() if phrase not in (1, 2)]
    assert np.median(np.abs(elsewhere)) < 0.3


def test_pauses_are_longer_shorter_and_gone(hear: Hear, plain: Heard, read: Phrases) -> None:
    usual = plain.lengths()[2, -1]
    for heard, factor in (
        (hear(with_pause(read, 2, True, 2)), 2),
        (hear(with_pause(read, 2, True, 0)), 0),
        (hear(read, pauses=3), 3),
    ):
        assert heard.lengths()[2, -1] == pytest.approx(factor * usual, abs=1_024)
    without = hear(with_pause(read, 2, False))
    assert (2, -1) not in without.lengths()
    assert len(without.sound) < len(plain.sound)
    new = hear(with_pause(read, 0, True))
    assert new.lengths()[0, -1] > 1_000


def test_tempo_is_heard(voice: Voice, hear: Hear, plain: Heard, read: Phrases) -> None:
    # Open JTalk shortens the silence first, of which what is around the line is cut off.
    near = 0.13 if voice.is_open_jtalk else 0.06
    after = round(Prosody().after * SAMPLE_RATE)
    for speed in (0.5, 2.0):
        heard = hear(read, speed=speed)
        ratio = (len(plain.sound) - after) / (len(heard.sound) - after)
        assert ratio == pytest.approx(speed, rel=near)
        assert len(heard.morae) == len(plain.morae)


def test_pitch_and_intonation_of_the_line_are_heard(
    hear: Hear, plain: Heard, read: Phrases
) -> None:
    for semitones in (5.0, -7.0):
        above = list(hear(read, pitch=semitones).semitones_above(plain).values())
        assert np.median(above) == pytest.approx(semitones, abs=0.2)

    def spread(heard: Heard) -> float:
        return float(np.std([12 * np.log2(m.pitch) for m in heard.morae if m.pitch]))

    assert spread(hear(read, intonation=0)) < 0.4
    assert spread(hear(read, intonation=2)) > 1.4 * spread(plain)


def test_with_no_intonation_a_melody_can_be_written(hear: Hear, read: Phrases) -> None:
    line = with_pitch(with_pitch(read, 1, 0, 7.0), 2, 0, -5.0)
    heard = {(m.phrase, m.mora): m.pitch for m in hear(line, intonation=0).morae if m.pitch}
    usual = np.median(list(heard.values()))
    assert 12 * np.log2(heard[1, 0] / usual) == pytest.approx(7, abs=0.7)
    assert 12 * np.log2(heard[2, 0] / usual) == pytest.approx(-5, abs=0.7)


def test_a_reading_and_a_devoiced_vowel_are_heard(hear: Hear, plain: Heard, read: Phrases) -> None:
    other = hear(with_reading(read, 1, "アメガ"))
    assert len([m for m in other.morae if m.phrase == 1]) == 3
    whispered = hear(with_devoicing(read, 5, 1, True))  # イキマショー
    assert "I" in whispered.chunks[-1].symbols
    assert not np.array_equal(whispered.sound, plain.sound)


def test_a_vowel_that_no_voice_devoices_is_whispered(
    hear: Hear, plain: Heard, read: Phrases
) -> None:
    for place in ((0, 0), (4, 0)):  # キョ, サ
        heard = hear(with_devoicing(read, *place, True))
        (mora,) = (m for m in heard.morae if (m.phrase, m.mora) == place)
        (usual,) = (m for m in plain.morae if (m.phrase, m.mora) == place)
        assert usual.pitch > 0
        assert mora.pitch == 0
        vowel = slice((mora.start + mora.end) // 2, mora.end - 200)
        was = slice((usual.start + usual.end) // 2, usual.end - 200)
        assert np.std(heard.sound[vowel]) < 0.5 * np.std(plain.sound[was])
        assert heard.lengths() == plain.lengths()


def test_a_question_is_heard(voice: Voice, hear: Hear, plain: Heard, read: Phrases) -> None:
    heard = hear(with_question(read, 5, True))
    assert heard.chunks[-1].symbols[-1] == "?"
    if voice.is_open_jtalk:
        above = heard.semitones_above(plain)
        assert above.pop((5, 4)) > 2
        assert np.abs(list(above.values())).max() < 1
    else:
        assert not np.array_equal(heard.sound, plain.sound)


def test_loudness_is_scaled_and_nothing_is_cut_off(hear: Hear, plain: Heard, read: Phrases) -> None:
    half = hear(read, volume=0.5).sound
    np.testing.assert_allclose(half, np.minimum(plain.sound / 2, 1), atol=1e-6)
    assert not hear(read, volume=0).sound.any()
    loud = hear(read, volume=2, intonation=2, pitch=3).sound
    assert np.abs(loud).max() <= 1
    assert (np.abs(loud) >= 1).mean() < 1e-3  # bent, not flat


def test_silence_before_after_and_between(hear: Hear, plain: Heard, read: Phrases) -> None:
    heard = hear(read, before=0.5, after=1.0)
    begin, end = round(0.5 * SAMPLE_RATE), round(1.0 * SAMPLE_RATE)
    assert not heard.sound[:begin].any() and not heard.sound[-end:].any()
    usual = plain.sound[: len(plain.sound) - round(Prosody().after * SAMPLE_RATE)]
    np.testing.assert_array_equal(heard.sound[begin:-end], usual)
    assert heard.morae[0].start == plain.morae[0].start + begin
    two = read_line("はい。そうです。")
    once = len(hear(two, "はい。そうです。", after=0).sound)
    twice = len(hear(with_pause(two, 0, True, 3), "はい。そうです。", after=0).sound)
    assert twice - once == pytest.approx(2 * PAUSE * SAMPLE_RATE, abs=2)
    none = len(hear(with_pause(two, 0, False), "はい。そうです。", after=0).sound)
    assert once - none >= PAUSE * SAMPLE_RATE - 2
    assert once - len(hear(two, "はい。そうです。", after=0, pauses=0).sound) >= once - none


def test_the_silence_around_a_line_is_what_was_asked_for(tools: JobTools) -> None:
    text = "三行目。"
    for speed in (1.0, 1.6):
        heard = Heard(
            list(
                stream_chunks(
                    SpeakRequest(text, open_jtalk(), None, Prosody(speed=speed, after=0.25)), tools
                )
            )
        )
        loud = np.flatnonzero(np.abs(heard.sound) > 0.01 * np.abs(heard.sound).max())
        assert loud[0] < 0.05 * SAMPLE_RATE
        silent = (len(heard.sound) - loud[-1]) / SAMPLE_RATE
        assert 0.25 <= silent < 0.32
        assert 0 <= heard.morae[0].start < 0.03 * SAMPLE_RATE
        assert heard.morae[-1].end <= len(heard.sound) - 0.25 * SAMPLE_RATE + 1


def test_morae_of_later_sentences_are_numbered_and_placed_in_the_line(hear: Hear) -> None:
    text = "はい。そうです。\nでは、また！"
    heard = hear(None, text, before=0.2)
    phrases = read_line(text)
    spoken = [(m.phrase, m.mora) for m in heard.morae if m.mora >= 0]
    assert spoken == [(p, m) for p, one in enumerate(phrases) for m in range(len(one.morae))]
    assert sorted(heard.morae, key=lambda m: m.start) == heard.morae
    # Every timed mora has sound.
    for mora in heard.morae:
        if mora.pitch:
            assert np.abs(heard.sound[mora.start : mora.end]).max() > 0.005


def test_a_phrase_that_is_spoken_in_parts_keeps_its_numbers(hear: Hear) -> None:
    long = AccentPhrase(morae_of("アカサタナ" * 24), 3, end=True)
    heard = hear((long,), "")
    assert [m.mora for m in heard.morae] == list(range(120))
    assert {m.phrase for m in heard.morae} == {0}


def test_odd_input_is_spoken(hear: Hear, read: Phrases) -> None:
    whispered = tuple(
        replace(
            phrase,
            morae=tuple(
                replace(m, vowel=m.vowel.upper(), pitch=12.0) if can_be_devoiced(m) else m
                for m in phrase.morae
            ),
        )
        for phrase in read[3:]
    )
    lines = (
        whispered,
        (AccentPhrase(morae_of("ッ"), 0, end=True),),
        (AccentPhrase(morae_of("シ’"), 1, end=True),),
        (AccentPhrase(morae_of("ンーッ"), 0, question=True, end=True),),
        (replace(read[0], morae=tuple(replace(m, length=5.0, pitch=-12) for m in read[0].morae)),),
        (replace(read[0], morae=tuple(replace(m, length=0.2, pitch=12) for m in read[0].morae)),),
    )
    for line in lines:
        for prosody in ({}, {"speed": 2, "pitch": 12, "intonation": 2, "volume": 2, "pauses": 0}):
            heard = hear(line, "", **prosody)
            assert np.isfinite(heard.sound).all()
            assert np.abs(heard.sound).max() <= 1
            assert len(heard.sound) > 1_000


def test_nothing_is_nothing(hear: Hear) -> None:
    assert hear((), TEXT).chunks == []
    assert hear(None, "…", before=1).chunks == []


def test_the_beginning_of_a_hundred_thousand_characters_is_there_at_once(
    voice: Voice, tools: JobTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = 0

    def counting(text: str) -> Phrases:
        nonlocal reads
        reads += 1
        return read_text(text)

    monkeypatch.setattr("kirara_speech.reading.utterances.read_text", counting)
    chunks = stream_chunks(SpeakRequest((TEXT * 4_000)[:100_000], voice), tools)
    assert len(next(chunk for chunk in chunks if len(chunk.sound)).sound)
    chunks.close()  # type: ignore[attr-defined]
    assert reads <= 2


def test_edited_phrases_of_a_long_line_are_spoken_as_they_come(
    voice: Voice, tools: JobTools, read: Phrases
) -> None:
    phrases = with_pitch(read, 0, 0, 3) + read * 500
    chunks = stream_chunks(SpeakRequest(TEXT * 501, voice, phrases), tools)
    morae = next(chunk.morae for chunk in chunks if chunk.morae)
    chunks.close()  # type: ignore[attr-defined]
    assert len(morae) == sum(len(phrase.morae) for phrase in read) + 1


def test_a_networks_pieces_show_what_was_spoken(kirara: Voice, tools: JobTools) -> None:
    phrases = with_length(read_line(TEXT), 1, 1, 3)
    for prosody in (Prosody(), Prosody(pitch=2)):
        chunks = list(stream_chunks(SpeakRequest(TEXT, kirara, phrases, prosody), tools))
        frames = [chunk.mel.shape[1] for chunk in chunks if chunk.mel.size]
        symbols = len(chunks[-1].symbols)
        assert len(frames) > 2
        assert all(p.attention.shape == (symbols, p.mel.shape[1]) for p in chunks if p.mel.size)
        spoken = sum(len(chunk.sound) for chunk in chunks[:-1])
        assert spoken == 1_024 * sum(frames) - 256


def test_without_a_change_of_pitch_a_network_streams(kirara: Voice, tools: JobTools) -> None:
    phrases = with_length(read_line(TEXT), 1, 1, 3)
    for prosody in (Prosody(speed=0.8), Prosody()):
        chunks = stream_chunks(SpeakRequest(TEXT, kirara, phrases, prosody), tools)
        first = next(chunk for chunk in chunks if len(chunk.sound))
        assert len(first.sound) < SAMPLE_RATE
        chunks.close()  # type: ignore[attr-defined]


def test_a_voice_that_reads_letters_has_tempo_and_pitch(tmp_path: Path, tools: JobTools) -> None:
    torch.manual_seed(3)  # a network that knows nothing, and ends its sentences all the same
    network = Text2Mel(replace(AUTHOR_TEXT2MEL, embedding=8, width=8))
    card = ModelCard(TEXT2MEL, "letters", network.config.to_dict())
    Checkpoint(card, network.state_dict()).save(tmp_path / TEXT2MEL_FILE)
    voice = describe(tmp_path)

    def hear(**prosody: float) -> Heard:
        request = SpeakRequest("hello there. again.", voice, prosody=Prosody(**prosody))
        return Heard(list(stream_chunks(request, tools)))

    usual = hear()
    assert usual.morae == []
    assert len(hear(speed=2).sound) < 0.7 * len(usual.sound)
    assert len(hear(pitch=3, intonation=0.5).sound) == len(usual.sound)
    capabilities = capabilities_of(voice)
    assert capabilities["accent"] == capabilities["mora pitch"] == NOT != capabilities["pitch"]


def test_every_voice_has_its_capabilities(voice: Voice, kirara: Voice) -> None:
    found = capabilities_of(voice)
    assert NOT not in found.values()
    assert found.keys() == capabilities_of(open_jtalk()).keys() == capabilities_of(kirara).keys()
    assert {"speed", "pitch", "intonation", "volume", "pauses", "before", "after"} <= found.keys()
    assert found["accent"] == ("own input" if voice.is_open_jtalk else "WORLD")
    mute = Voice("mute", ssrn=Path("ssrn.safetensors"))
    assert set(capabilities_of(mute).values()) == {NOT}
