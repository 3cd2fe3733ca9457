"""VOICEVOX's projects: nothing is lost, and what is understood is used."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kirara_speech.engines.voicevox import VOICEVOX_ID, find_styles
from kirara_speech.project.project_file import load_project, save_project
from kirara_speech.project.script import Line, Script
from kirara_speech.project.voicevox_project import (
    MORPHING,
    OTHER,
    READINGS,
    SONGS,
    load_voicevox,
    measured_in,
    reference_to,
    referenced_style,
)
from kirara_speech.reading.editing import with_accent, with_length, with_reading
from kirara_speech.speaking.chunks import SpeakRequest
from kirara_speech.speaking.synthesis import stream_chunks
from kirara_speech.speaking.voices import Voice
from kirara_studio.api.errors import UserError
from tests.plugins.kirara_speech.served import serving

AIVIS = "1b4a5014-d9fd-11ee-b97d-83c170a68ed3"
STYLE = (VOICEVOX_ID, 3)


def project_in(folder: Path, values: Any) -> Path:
    path = folder / "a.vvproj"
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    return path


def talk(*items: Any, **others: Any) -> Any:
    keyed = {f"k{number}": item for number, item in enumerate(items)}
    return {"talk": {"audioKeys": list(keyed), "audioItems": keyed}, **others}


def item(text: str = "好き？", style: int = 3, engine: str = VOICEVOX_ID, **others: Any) -> Any:
    voice = {"engineId": engine, "speakerId": "x", "styleId": style}
    return {"text": text, "voice": voice, **others}


@pytest.fixture
def two(shared_folder: Path) -> Path:
    path = shared_folder / "field" / "speech" / "two.vvproj"
    if not path.is_file():
        pytest.skip("field/speech/two.vvproj is missing")
    return path


def test_a_project_of_today_is_read_without_loss(two: Path, tmp_path: Path) -> None:
    given = json.loads(two.read_text(encoding="utf-8"))
    project = load_voicevox(two, {STYLE: "ずんだもん（ノーマル）"})
    first, second = project.script.lines
    assert (first.voice, second.voice) == ("ずんだもん（ノーマル）", reference_to((VOICEVOX_ID, 2)))
    assert (first.text, second.text) == ("こんにちは、世界。", "二行目です。")
    assert first.phrases is not None and second.phrases is None
    assert [(p.kana, p.accent, p.pause) for p in first.phrases] == [
        ("コンニチワ", 2, True), ("セカイ", 1, False),
    ]  # fmt: skip
    assert (first.prosody.speed, first.prosody.intonation) == (1.3, pytest.approx(1.2 * 2**0.05))
    assert first.prosody.before == pytest.approx(0.1 / 1.3)  # it divides by the tempo
    assert first.prosody.pitch == pytest.approx((2**0.05 - 1) * 5.7 * 12 / math.log(2), abs=0.1)
    assert project.unused == {MORPHING: 1}

    measured = measured_in(first, first.phrases, STYLE)
    assert measured[0] is not None and measured[1] is not None
    assert [mora.pitch for mora in measured[0].morae] == [5.5, 5.6, 5.7, 5.8, 5.8]
    assert [mora.consonant for mora in measured[0].morae] == [0.1, None, 0.1, 0.1, 0.1]
    assert (measured[0].pause, measured[1].pause) == (0.3, None)

    save_project(tmp_path / "a.kirara-speech", project.script)
    again = load_project(tmp_path / "a.kirara-speech")
    assert [replace(a, key="") for a in again.lines] == [
        replace(b, key="") for b in project.script.lines
    ]
    kept = json.loads((tmp_path / "a.kirara-speech").read_text(encoding="utf-8"))
    assert [line["voicevox"] for line in kept["lines"]] == list(
        given["talk"]["audioItems"].values()
    )
    assert kept["voicevox"]["song"] == given["song"]
    assert kept["voicevox"]["appVersion"] == given["appVersion"]


def test_a_number_that_makes_no_sense_costs_one_reading(shared_folder: Path) -> None:
    path = shared_folder / "field" / "files" / "speech_load_voicevox-1.vvproj"
    if not path.is_file():
        pytest.skip(f"{path.name} is missing")
    project = load_voicevox(path, {})
    (line,) = project.script.lines
    assert (line.text, line.phrases, project.unused) == ("こんにちは", None, {READINGS: 1})
    assert "Infinity" in line.voicevox


def test_a_voice_is_that_of_its_engine(tmp_path: Path) -> None:
    known = {STYLE: "ずんだもん（ノーマル）", (AIVIS, 5): "Anneli（ノーマル）"}
    path = project_in(tmp_path, talk(item(), item(engine=AIVIS), item(engine=AIVIS, style=5)))
    voices = [line.voice for line in load_voicevox(path, known).script.lines]
    assert voices == ["ずんだもん（ノーマル）", reference_to((AIVIS, 3)), "Anneli（ノーマル）"]
    assert referenced_style(voices[1]) == (AIVIS, 3)
    assert referenced_style("ずんだもん") is None and referenced_style("voicevox:x") is None
    # Projects from before several engines have no engine.
    old = item()
    del old["voice"]["engineId"]
    (line,) = load_voicevox(project_in(tmp_path, talk(old)), known).script.lines
    assert line.voice == "ずんだもん（ノーマル）"
    (line,) = load_voicevox(project_in(tmp_path, talk({"text": "うん"})), known).script.lines
    assert line.voice == ""


MORA = {"text": "ス", "consonant": "s", "consonantLength": 0.1, "vowel": "U", "vowelLength": 0.1,
        "pitch": 0.0}  # fmt: skip
SECOND = {"text": "キ", "consonant": "k", "consonantLength": 0.1, "vowel": "i", "vowelLength": 0.2,
          "pitch": 5.9}  # fmt: skip
PHRASE = {"moras": [MORA, SECOND], "accent": 2, "isInterrogative": True}
QUERY = {"accentPhrases": [PHRASE], "speedScale": 1.2, "volumeScale": 9}


def test_readings_accents_and_prosody_are_used(tmp_path: Path) -> None:
    path = project_in(tmp_path, talk(item(query=QUERY)))
    (line,) = load_voicevox(path, {}).script.lines
    assert line.phrases is not None
    (read,) = line.phrases
    assert (read.kana, read.accent, read.pause, read.question) == ("スキ", 2, False, True)
    assert [mora.devoiced for mora in read.morae] == [True, False]
    assert (line.prosody.speed, line.prosody.volume, line.prosody.pitch) == (1.2, 2.0, 0.0)


@pytest.mark.parametrize(
    "phrase",
    [
        {**PHRASE, "moras": []},
        {**PHRASE, "moras": [{"text": "漢", "vowel": "a"}]},
        {**PHRASE, "accent": math.inf},
        {**PHRASE, "accent": "x"},
        {"accent": 1},
        [],
        None,
    ],
)
def test_a_damaged_phrase_costs_one_reading(phrase: Any, tmp_path: Path) -> None:
    damaged = item("壊れた", query={**QUERY, "accentPhrases": [PHRASE, phrase]})
    path = project_in(tmp_path, talk(damaged, item(query=QUERY)))
    project = load_voicevox(path, {})
    first, second = project.script.lines
    assert first.phrases is None and first.text == "壊れた" and second.phrases is not None
    assert json.loads(first.voicevox) == damaged
    assert project.unused == {READINGS: 1}


def test_what_is_not_understood_is_counted_and_kept(tmp_path: Path) -> None:
    values = talk(
        item(query=QUERY, morphingInfo={"rate": 0.5}, presetKey="p"), item(tomorrow=[1]), "x",
        song={"tracks": {"a": {"notes": [{"id": "n"}]}, "b": {"notes": []}}}, later={"x": 1},
    )  # fmt: skip
    values["talk"]["audioKeys"].append("gone")
    values["talk"]["extra"] = 7
    project = load_voicevox(project_in(tmp_path, values), {})
    assert len(project.script.lines) == 2
    assert project.unused == {MORPHING: 1, "presets": 1, OTHER: 2, "lines": 2, SONGS: 1}
    kept = json.loads(project.script.voicevox)
    assert kept["song"] == values["song"] and kept["later"] == {"x": 1}
    assert kept["talk"]["extra"] == 7 and kept["talk"]["audioItems"] == {"k2": "x"}
    # Editing keeps it too.
    script = project.script.without([0]).inserted(0, [Line("新しい")])
    assert Script.from_dict(script.to_dict()).voicevox == project.script.voicevox


@pytest.mark.parametrize("song", [3, [], {"tracks": 0.5}, {"tracks": [1]}, {"tracks": {"a": 1}}])
def test_songs_of_any_shape_are_kept(song: Any, tmp_path: Path) -> None:
    project = load_voicevox(project_in(tmp_path, talk(item(), song=song)), {})
    assert json.loads(project.script.voicevox)["song"] == song and not project.unused


def test_a_project_from_before_there_were_songs(tmp_path: Path) -> None:
    values = {**talk(item(), item("二"))["talk"], "appVersion": "0.13"}
    values["audioItems"]["unused"] = item("三")
    project = load_voicevox(project_in(tmp_path, values), {})
    assert [line.text for line in project.script.lines] == ["好き？", "二"]
    assert json.loads(project.script.voicevox) == {
        "appVersion": "0.13", "audioKeys": [], "audioItems": {"unused": item("三")},
    }  # fmt: skip


@pytest.mark.parametrize(
    "values", [[], {}, {"talk": 3}, {"talk": {"audioKeys": 1, "audioItems": {}}}, talk(), talk("x")]
)
def test_what_is_no_project_is_refused(values: Any, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load_voicevox(project_in(tmp_path, values), {})
    assert "a.vvproj" in str(caught.value) and caught.value.advice


def test_measures_belong_to_a_style_and_an_unchanged_phrase(tmp_path: Path) -> None:
    other = {**PHRASE, "pauseMora": {"text": "、", "vowel": "pau", "vowelLength": 0.4, "pitch": 0}}
    path = project_in(tmp_path, talk(item(query={**QUERY, "accentPhrases": [other, PHRASE]})))
    (line,) = load_voicevox(path, {}).script.lines
    phrases = line.phrases
    assert phrases is not None
    both = measured_in(line, phrases, STYLE)
    assert [one is not None and one.pause for one in both] == [0.4, None]
    assert measured_in(line, phrases, (AIVIS, 3)) == ()
    assert measured_in(line, with_accent(phrases, 0, 1), STYLE) == (None, both[1])
    assert measured_in(line, with_reading(phrases, 1, "うそ"), STYLE) == (both[0], None)
    assert measured_in(line, with_length(phrases, 0, 0, 2.0), STYLE) == both
    assert measured_in(line, phrases[:1], STYLE) == ()
    for wrong in ({"pitch": "x"}, {"pitch": -1}, {"vowelLength": math.nan}, {"vowelLength": 1e9}):
        damaged = deepcopy(item(query=QUERY))
        damaged["query"]["accentPhrases"][0]["moras"][1].update(wrong)
        known = replace(line, voicevox=json.dumps(damaged))
        assert measured_in(known, phrases[1:], STYLE) == (None,)


# With the studio's own server as the engine


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voice]:
    with serving(tmp_path_factory.mktemp("home"), "--voice", "open-jtalk") as (address, _):
        (style,) = [style for style in find_styles([address]) if style.address == address]
        yield Voice(style.name, remote=style)


class Tools:
    """A job's tools."""

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        pass


def test_lengths_pitches_and_pauses_are_spoken(voice: Voice, tmp_path: Path) -> None:
    remote = voice.remote
    assert remote is not None and remote.engine_id != VOICEVOX_ID
    moras = [{**SECOND, "vowelLength": 0.5, "pitch": 5.0}, {**SECOND, "pitch": 5.5}]
    pause = {"text": "、", "vowel": "pau", "vowelLength": 0.8, "pitch": 0}
    phrase = {"moras": moras, "accent": 1, "pauseMora": pause}
    query = {"accentPhrases": [phrase, {**phrase, "pauseMora": None}], "prePhonemeLength": 0}
    one = item("きき、きき", remote.style_id, remote.engine_id, query=query)
    style = remote.engine_id, remote.style_id
    (line,) = load_voicevox(project_in(tmp_path, talk(one)), {style: voice.name}).script.lines
    assert line.voice == voice.name and line.phrases is not None

    def spoken(measured: Any) -> list[Any]:
        request = SpeakRequest(line.text, voice, line.phrases, line.prosody, measured=measured)
        return [mora for chunk in stream_chunks(request, Tools()) for mora in chunk.morae]

    own, given = spoken(()), spoken(measured_in(line, line.phrases, style))
    seconds = [(mora.end - mora.start) / 22_050 for mora in given]
    assert seconds == pytest.approx([0.6, 0.3, 0.8, 0.6, 0.3], abs=0.1)
    assert [mora.pitch for mora in given if mora.mora >= 0] == pytest.approx(
        [math.exp(5.0), math.exp(5.5)] * 2, rel=0.01
    )
    assert own != given
