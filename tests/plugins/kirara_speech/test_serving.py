"""The server, as programs written for VOICEVOX use it: a real process, asked over loopback."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from math import log
from pathlib import Path
from random import Random
from typing import Any, cast
from urllib.parse import urlsplit

import numpy as np
import pytest
import requests
import soundfile

from kirara_speech.serving import speech_service
from kirara_speech.serving.listening import listen
from kirara_speech.serving.queries import Query
from kirara_speech.serving.speech_service import SpeechService
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.voices import open_jtalk
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled, JobTools
from tests.plugins.kirara_speech.served import Engine, serving


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def engine(home: Path) -> Iterator[Engine]:
    with serving(home, "--voice", "open-jtalk", "--allow-origin", "https://example.org") as (
        address,
        _,
    ):
        yield Engine(address)


def seconds(mora: Any) -> float:
    return (mora["consonant_length"] or 0) + mora["vowel_length"]


def total(query: Any) -> float:
    return sum(
        sum(map(seconds, phrase["moras"])) + seconds(phrase["pause_mora"] or {**SILENT})
        for phrase in query["accent_phrases"]
    )


SILENT = {"consonant_length": None, "vowel_length": 0}


def test_what_a_program_asks_first(engine: Engine) -> None:
    assert isinstance(engine.get("/version").json(), str)
    assert isinstance(engine.get("/core_versions").json(), list)
    assert engine.get("/singers").json() == []
    assert engine.get("/supported_devices").json()["cpu"] is True
    speakers = engine.get("/speakers").json()
    assert {"name", "speaker_uuid", "styles", "version"} <= set(speakers[0])
    assert all(0 <= s["id"] < 2**31 for speaker in speakers for s in speaker["styles"])
    info = engine.get("/speaker_info", speaker_uuid=speakers[0]["speaker_uuid"]).json()
    assert "CC BY" in info["policy"]
    assert base64.b64decode(info["portrait"]).startswith(b"\x89PNG")
    assert info["style_infos"][0]["id"] == engine.style
    manifest = engine.get("/engine_manifest").json()
    assert manifest["default_sampling_rate"] == 22_050
    assert base64.b64decode(manifest["icon"]).startswith(b"\x89PNG")


def test_the_page_for_people_loads_nothing_from_outside(engine: Engine) -> None:
    page = engine.get("/docs").text
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)|\burl: '([^']+)""", page)
    addresses = [one or other for one, other in loaded]
    assert "/openapi.json" in addresses and any(name.endswith(".js") for name in addresses)
    for address in addresses:
        assert address.startswith("/") and not address.startswith("//")
        answer = engine.get(address)
        assert answer.status_code == 200 and answer.content
        if address.endswith(".css"):
            assert "@import" not in answer.text
            urls = re.findall(r"url\([\"']?([^)]+)", answer.text)
            assert all(url.startswith("data:") for url in urls)
    assert '"validatorUrl": null' in page, "else Swagger asks a server on the internet"
    assert not re.search("https?://", page)


def test_a_query_has_what_voicevox_has(engine: Engine) -> None:
    query = engine.query()
    assert {name: type(value) for name, value in query.items()} == {
        "accent_phrases": list,
        "speedScale": float,
        "pitchScale": float,
        "intonationScale": float,
        "volumeScale": float,
        "prePhonemeLength": float,
        "postPhonemeLength": float,
        "pauseLength": type(None),
        "pauseLengthScale": float,
        "outputSamplingRate": int,
        "outputStereo": bool,
        "kana": str,
    }
    phrases = query["accent_phrases"]
    assert set(phrases[0]) == {"moras", "accent", "pause_mora", "is_interrogative"}
    assert set(phrases[0]["moras"][0]) == {
        "text", "consonant", "consonant_length", "vowel", "vowel_length", "pitch",
    }  # fmt: skip
    for phrase in phrases:
        assert 1 <= phrase["accent"] <= len(phrase["moras"])
        for mora in phrase["moras"]:
            assert (mora["consonant"] is None) == (mora["consonant_length"] is None)
            assert 0.01 < seconds(mora) < 1
            assert 0 <= (mora["consonant_length"] or 0) < seconds(mora)
            assert mora["pitch"] == 0 or 4 < mora["pitch"] < 7
    first = phrases[0]["moras"][0]  # キョ
    assert 0.02 < first["consonant_length"] < 0.8 * seconds(first)
    assert phrases[-1]["pause_mora"] is None and phrases[-1]["is_interrogative"]
    pauses = [phrase["pause_mora"] for phrase in phrases if phrase["pause_mora"]]
    assert [pause["text"] for pause in pauses] == ["、", "。"]
    assert all(pause["vowel"] == "pau" and pause["vowel_length"] > 0.1 for pause in pauses)
    assert query["kana"].endswith("？")
    # Programs hand the reading on to VOICEVOX, which knows no long vowels.
    assert engine.query("今日。")["kana"] == "キョ'オ"


def test_the_lengths_are_those_of_the_sound(engine: Engine) -> None:
    query = engine.query("今日はいい天気です。")
    sound, rate = engine.speak({**query, "prePhonemeLength": 0, "postPhonemeLength": 0})
    # No silence of the voice's own is around it.
    assert total(query) - 0.01 < len(sound) / rate < total(query) + 0.1


def test_an_unchanged_query_sounds_as_the_voice(engine: Engine, tmp_path: Path) -> None:
    query = engine.query()
    sound, rate = engine.speak(query)
    assert rate == 22_050
    again, _ = engine.speak(json.loads(json.dumps(query)))
    assert (sound == again).all()
    # As programs pass numbers on that they have rounded.
    rounded = json.loads(json.dumps(query), parse_float=lambda text: round(float(text), 4))
    assert (engine.speak(rounded)[0] == sound).all()
    longer, _ = engine.speak({**query, "prePhonemeLength": 0.6})
    assert len(longer) - len(sound) == pytest.approx(0.5 * rate, abs=1)


def pitch_near(sound: np.ndarray, rate: int, start: float, length: float) -> float:
    """The loudest pitch of a stretch, by autocorrelation."""
    part = sound[round(start * rate) : round((start + length) * rate)]
    part = part - part.mean()
    correlation = np.correlate(part, part, "full")[len(part) - 1 :]
    lowest, highest = rate // 600, rate // 120
    return rate / (lowest + int(np.argmax(correlation[lowest:highest])))


def test_an_edited_mora_is_heard(engine: Engine) -> None:
    query = engine.query("あめがあめがあめが。")
    plain, rate = engine.speak(query)
    longer = deepcopy(query)
    mora = longer["accent_phrases"][0]["moras"][1]
    added = seconds(mora)
    mora["vowel_length"] += added
    stretched, _ = engine.speak(longer)
    assert len(stretched) - len(plain) == pytest.approx(added * rate, rel=0.2)

    higher = deepcopy(query)
    for phrase in higher["accent_phrases"]:
        for mora in phrase["moras"]:
            mora["pitch"] += log(2) / 3  # four semitones
    raised, _ = engine.speak(higher)
    assert len(raised) == pytest.approx(len(plain), rel=0.02)
    middle = len(plain) / rate * 0.4
    ratio = pitch_near(raised, rate, middle, 0.1) / pitch_near(plain, rate, middle, 0.1)
    assert 12 * np.log2(ratio) == pytest.approx(4, abs=1)


def test_pauses(engine: Engine) -> None:
    query = engine.query("はい、そうです。ええ。")
    plain, rate = engine.speak(query)
    for pauses in (
        [p["pause_mora"] for p in query["accent_phrases"] if p["pause_mora"]][:1],
        [p["pause_mora"] for p in query["accent_phrases"] if p["pause_mora"]][1:],
    ):
        changed = deepcopy(query)
        for phrase in changed["accent_phrases"]:
            if phrase["pause_mora"] in pauses:
                phrase["pause_mora"]["vowel_length"] += 0.3
        sound, _ = engine.speak(changed)
        assert len(sound) - len(plain) == pytest.approx(0.3 * rate, rel=0.1)
    fixed, _ = engine.speak({**query, "pauseLength": 0.0})
    assert len(fixed) < len(plain)
    scaled, _ = engine.speak({**query, "pauseLengthScale": 2.0})
    assert len(scaled) > len(plain)


def test_the_manner(engine: Engine) -> None:
    query = engine.query("今日はいい天気です。")
    plain, _ = engine.speak(query)
    faster, _ = engine.speak({**query, "speedScale": 1.5})
    # The voice shortens pauses before sounds, and the silence around the line is not among them.
    assert 1.2 < len(plain) / len(faster) < 1.65
    louder, _ = engine.speak({**query, "volumeScale": 0.5})
    assert np.abs(louder).max() == pytest.approx(np.abs(plain).max() / 2, rel=0.05)
    pitches = [m["pitch"] for p in query["accent_phrases"] for m in p["moras"] if m["pitch"]]
    # VOICEVOX multiplies the logarithm of f0: here, so that it becomes four semitones higher.
    scale = np.log2(1 + log(2) / 3 / np.mean(pitches))
    higher, rate = engine.speak({**query, "pitchScale": scale})
    middle = len(plain) / rate * 0.4
    ratio = pitch_near(higher, rate, middle, 0.1) / pitch_near(plain, rate, middle, 0.1)
    assert 12 * np.log2(ratio) == pytest.approx(4, abs=1)
    for extreme in (
        {"speedScale": 100},
        {"speedScale": 0.01},
        {"pitchScale": -5},
        {"intonationScale": 9},
    ):
        assert len(engine.speak({**query, **extreme})[0])


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000, 44_100, 48_000])
def test_the_rate_and_two_channels(engine: Engine, rate: int) -> None:
    query = engine.query("はい。")
    plain, _ = engine.speak(query)
    sound, got = engine.speak({**query, "outputSamplingRate": rate, "outputStereo": True})
    assert got == rate and sound.shape[1] == 2
    assert (sound[:, 0] == sound[:, 1]).all()
    assert len(sound) / rate == pytest.approx(len(plain) / 22_050, abs=0.01)


def test_another_accent_has_other_pitches(engine: Engine) -> None:
    phrases = engine.query("あめがふる。")["accent_phrases"]
    changed = deepcopy(phrases)
    changed[0]["accent"] = 1 if phrases[0]["accent"] != 1 else 2
    pitches = [mora["pitch"] for mora in phrases[0]["moras"]]
    measured = engine.post("/mora_pitch", changed, speaker=engine.style).json()
    assert [mora["pitch"] for mora in measured[0]["moras"]] != pytest.approx(pitches, abs=0.03)
    assert seconds(measured[0]["moras"][0]) == seconds(phrases[0]["moras"][0])
    for phrase in changed:
        for mora in phrase["moras"]:
            mora["vowel_length"] = 0
    both = engine.post("/mora_data", changed, speaker=engine.style).json()
    assert both[0]["moras"][0]["pitch"] == measured[0]["moras"][0]["pitch"]
    lengths = engine.post("/mora_length", changed, speaker=engine.style).json()
    assert seconds(lengths[0]["moras"][0]) == seconds(both[0]["moras"][0]) > 0
    assert lengths[0]["moras"][0]["pitch"] == pitches[0]
    assert engine.post("/mora_data", [], speaker=engine.style).json() == []


def test_readings_in_kana(engine: Engine) -> None:
    answer = engine.post(
        "/accent_phrases", text="コンニチワ'/セカ'イ、_スキ'？", speaker=engine.style, is_kana=True
    )
    phrases = answer.json()
    assert [phrase["accent"] for phrase in phrases] == [5, 2, 2]
    assert [bool(phrase["pause_mora"]) for phrase in phrases] == [False, True, False]
    assert phrases[2]["moras"][0]["vowel"] == "U" and phrases[2]["is_interrogative"]
    assert seconds(phrases[0]["moras"][0]) > 0
    assert engine.post("/validate_kana", text="コンニチワ'").json() is True


@pytest.mark.parametrize(
    ("kana", "name", "values"),
    [
        ("", "EMPTY_PHRASE", {"position": "1"}),
        ("ア'//イ'", "EMPTY_PHRASE", {"position": "2"}),
        ("'ア", "ACCENT_TOP", {"text": "'ア"}),
        ("ア'イ'", "ACCENT_TWICE", {"text": "ア'イ'"}),
        ("アイ", "ACCENT_NOTFOUND", {"text": "アイ"}),
        ("ア'亜", "UNKNOWN_TEXT", {"text": "亜"}),
        ("_ン'", "UNKNOWN_TEXT", {"text": "_ン"}),
        ("ア？イ'", "INTERROGATION_MARK_NOT_AT_END", {"text": "ア？イ'"}),
    ],
)
def test_wrong_readings(engine: Engine, kana: str, name: str, values: dict[str, str]) -> None:
    for answer in (
        engine.post("/validate_kana", text=kana),
        engine.post("/accent_phrases", text=kana, speaker=engine.style, is_kana=True),
    ):
        assert answer.status_code == 400
        detail = answer.json()["detail"]
        assert (detail["error_name"], detail["error_args"]) == (name, values)
        assert detail["text"]


@pytest.mark.parametrize("text", ["", "。。。", "🌸", "<break/>", "\u0000"])
def test_nothing_to_say(engine: Engine, text: str) -> None:
    query = engine.query(text)
    sound, rate = engine.speak(query)
    if not query["accent_phrases"]:
        assert len(sound) == pytest.approx(0.2 * rate, abs=2)


def test_english_words_as_kana_or_letters(engine: Engine) -> None:
    for path in ("/audio_query", "/accent_phrases"):
        read = {"text": "Discord", "speaker": engine.style}
        spelled = {**read, "enable_katakana_english": "false"}
        kana = ["".join(morae_text(engine.post(path, **ask).json())) for ask in (read, spelled)]
        assert kana[0] == "ディスコオド" and kana[1].startswith("ディイアイ")


def morae_text(answer: Any) -> list[str]:
    phrases = answer if isinstance(answer, list) else answer["accent_phrases"]
    return [mora["text"] for phrase in phrases for mora in phrase["moras"]]


def test_many_at_once(engine: Engine) -> None:
    query = engine.query("はい。")
    archive = engine.post("/multi_synthesis", [query, query], speaker=engine.style)
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        assert opened.namelist() == ["001.wav", "002.wav"]
        waves = [opened.read(name) for name in opened.namelist()]
    encoded = [base64.b64encode(wave).decode() for wave in waves]
    joined = engine.post("/connect_waves", encoded)
    one, both = (len(soundfile.read(io.BytesIO(w))[0]) for w in (waves[0], joined.content))
    assert both == 2 * one
    other = {**query, "outputSamplingRate": 24_000}
    refused = engine.post("/multi_synthesis", [query, other], speaker=engine.style)
    assert refused.status_code == 422
    for wrong in ([], ["!"], ["あ"], [base64.b64encode(b"RIFF").decode()], [1], "x"):
        assert engine.post("/connect_waves", wrong).status_code == 422


def test_a_voice_is_loaded(engine: Engine) -> None:
    assert engine.post("/initialize_speaker", speaker=engine.style).status_code == 204
    assert engine.get("/is_initialized_speaker", speaker=engine.style).json() is True


def test_presets(engine: Engine) -> None:
    preset = {"id": 1, "name": "速い", "speaker_uuid": "x", "style_id": engine.style,
              "speedScale": 1.5, "pitchScale": 0, "intonationScale": 1, "volumeScale": 1,
              "prePhonemeLength": 0, "postPhonemeLength": 0}  # fmt: skip
    assert engine.post("/add_preset", preset).json() == 1
    assert engine.post("/add_preset", preset).json() == 2
    assert engine.post("/update_preset", {**preset, "name": "遅い"}).json() == 1
    assert [p["name"] for p in engine.get("/presets").json()] == ["遅い", "速い"]
    query = engine.post("/audio_query_from_preset", text="はい。", preset_id=1).json()
    assert query["speedScale"] == 1.5 and query["accent_phrases"]
    assert engine.post("/audio_query_from_preset", text="はい。", preset_id=9).status_code == 422
    assert engine.post("/delete_preset", id=2).status_code == 204
    for refused in (
        engine.post("/delete_preset", id=2),
        engine.post("/update_preset", {**preset, "id": 7}),
        engine.post("/add_preset", {**preset, "speedScale": "x"}),
        engine.post("/add_preset", {**preset, "name": "\ud800"}),
    ):
        assert refused.status_code == 422


def test_words(engine: Engine) -> None:
    def kana() -> str:
        return engine.query("雲母坂")["kana"].replace("'", "")

    before = kana()
    given = {"surface": "雲母坂", "pronunciation": "キララザカ", "accent_type": 3}
    key = engine.post("/user_dict_word", **given).json()
    assert engine.query("雲母坂")["kana"] == "キララ'ザカ"
    words = engine.get("/user_dict").json()
    assert words[key]["pronunciation"] == "キララザカ" and words[key]["mora_count"] == 5
    address = f"{engine.address}/user_dict_word/{key}"
    changed = {**given, "pronunciation": "ウンモザカ", "word_type": "COMMON_NOUN", "priority": 9}
    assert engine.session.put(address, params=changed, timeout=60).status_code == 204
    assert kana() == "ウンモザカ"
    assert engine.session.delete(address, timeout=60).status_code == 204
    assert engine.session.delete(address, timeout=60).status_code == 422
    assert kana() == before
    assert engine.post("/import_user_dict", words, override=True).status_code == 204
    assert kana() == "キララザカ"
    for refused in (
        engine.post("/user_dict_word", **{**given, "pronunciation": "漢字"}),
        engine.post("/user_dict_word", **{**given, "accent_type": 9}),
        engine.post("/user_dict_word", **{**given, "word_type": "X"}),
        engine.post("/user_dict_word", surface="亜"),
        engine.post("/import_user_dict", [1], override=True),
        engine.post("/import_user_dict", {"x": {"surface": 1}}, override=True),
        engine.post("/import_user_dict", words),
        engine.post("/import_user_dict", {"x": {**words[key], "surface": "\ud800"}}, override=True),
    ):
        assert refused.status_code == 422, refused.text
    engine.session.delete(address, timeout=60)


def test_what_is_wrong_is_refused_where_it_is(engine: Engine) -> None:
    query = engine.query("はい。")

    def refused(body: Any) -> Any:
        answer = engine.post("/synthesis", body, speaker=engine.style)
        assert answer.status_code == 422, answer.text
        return answer.json()["detail"][0]["loc"]

    assert refused({})[-1] == "accent_phrases"
    assert refused([])[-1] == "body"
    for name in ("speedScale", "pitchScale", "outputSamplingRate", "outputStereo"):
        assert refused({k: v for k, v in query.items() if k != name})[-1] == name
        assert refused({**query, name: "x"})[-1] == name
    assert refused({**query, "outputSamplingRate": 22_051})[-1] == "outputSamplingRate"
    for name, wrong in (("vowel", "x"), ("consonant", "?"), ("vowel_length", None), ("text", 1)):
        changed = deepcopy(query)
        changed["accent_phrases"][0]["moras"][0][name] = wrong
        assert refused(changed) == ["body", "accent_phrases", 0, "moras", 0, name]
    changed = deepcopy(query)
    changed["accent_phrases"][0]["moras"] = []
    assert refused(changed)[-1] == "moras"
    changed["accent_phrases"][0] = {**query["accent_phrases"][0], "accent": 99}
    assert refused(changed)[-1] == "accent"


def changed_somewhere(value: Any, random: Random) -> Any:
    """A value of JSON with one part of it put in disorder."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        key = random.choice(list(value))
        if random.random() < 0.1:
            return {name: part for name, part in value.items() if name != key}
        return {**value, key: changed_somewhere(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.9:
        index = random.randrange(len(value))
        if random.random() < 0.1:
            return value * 2
        return [*value[:index], changed_somewhere(value[index], random), *value[index + 1 :]]
    return random.choice(
        [
            None,
            True,
            0,
            -1,
            0.5,
            1e308,
            -1e308,
            10**400,
            "",
            "ア",
            "ー",
            "\ud800",
            "N",
            [],
            {},
            [[]],
        ]
    )


def test_no_query_breaks_the_server(engine: Engine) -> None:
    random = Random(0)
    query = engine.query("きょうは、はれ。")
    statuses = []
    for _ in range(50):
        wrong = changed_somewhere(query, random)
        for path, body in (
            ("/synthesis", wrong),
            ("/mora_data", wrong.get("accent_phrases") if isinstance(wrong, dict) else wrong),
        ):
            answer = engine.post(path, body, speaker=engine.style)
            assert answer.status_code in (200, 422), (wrong, answer.text)
            statuses.append(answer.status_code)
    assert {200, 422} == set(statuses)


def test_what_a_program_writes_as_text_is_not_spoken(engine: Engine) -> None:
    query = engine.query("きょうは、はれ。")
    plain, _ = engine.speak(query)
    renamed = deepcopy(query)
    for phrase in renamed["accent_phrases"]:
        for mora in phrase["moras"]:
            mora["text"] = "漢"
    assert (engine.speak(renamed)[0] == plain).all()
    for consonant, vowel in (("k", "N"), ("t", "cl"), ("kw", "u")):
        wrong = deepcopy(query)
        wrong["accent_phrases"][0]["moras"][0].update(consonant=consonant, vowel=vowel)
        assert engine.post("/synthesis", wrong, speaker=engine.style).status_code == 422


def test_wrong_requests(engine: Engine) -> None:
    assert engine.get("/nowhere").json() == {"detail": "Not Found"}
    assert engine.get("/synthesis").status_code == 405
    assert engine.post("/audio_query", text="あ").json()["detail"][0]["loc"] == ["query", "speaker"]
    assert engine.post("/audio_query", text="あ", speaker="x").status_code == 422
    assert engine.post("/audio_query", text="あ", speaker=1).status_code == 422
    assert engine.get("/speaker_info", speaker_uuid="x").status_code == 404
    assert engine.post("/audio_query", text="あ" * 5_001, speaker=engine.style).status_code in (
        414,
        422,
    )
    address = f"{engine.address}/synthesis?speaker={engine.style}"
    for content in (b"{", b"\xff", b"[" * 100_000):
        assert requests.post(address, data=content, timeout=60).status_code in (400, 422)


LONG = "これはとても長い文章です、そして終わりません。" * 200
"""It takes minutes to speak that."""


def test_a_program_that_hangs_up_cancels(engine: Engine) -> None:
    query = engine.query("はい。")
    query["accent_phrases"] *= 2_000
    for path, body in (("/audio_query", None), ("/synthesis", query)):
        parameters = {"text": LONG, "speaker": engine.style}
        with pytest.raises(requests.Timeout):
            engine.session.post(engine.address + path, params=parameters, json=body, timeout=0.4)
        # Its turn is over long before all of that would be spoken; the next one is served.
        assert engine.query("はい。")["accent_phrases"]


class Tools:
    """The tools of a job for Open JTalk's voice, which needs none."""


def test_who_is_gone_is_not_spoken_to(tmp_path: Path) -> None:
    service = SpeechService(cast("JobTools", Tools()), tmp_path)
    phrases = service.read("あ。" * 50)
    calls = 0

    def gone() -> None:
        nonlocal calls
        calls += 1
        if calls > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        service.measure(open_jtalk(), phrases, gone)
    assert calls == 6
    assert service.measure(open_jtalk(), service.read("あ。"), lambda: None).measures
    service.stop()
    with pytest.raises(Cancelled):
        service.measure(open_jtalk(), phrases, lambda: None)


def test_a_sound_of_hours_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = SpeechService(cast("JobTools", Tools()), tmp_path)
    monkeypatch.setattr(speech_service, "LONGEST", 22_050)
    short, long = service.read("あ。"), service.read("あ。" * 50)
    assert service.measure(open_jtalk(), short, lambda: None).measures
    with pytest.raises(speech_service.TooLong):
        service.measure(open_jtalk(), long, lambda: None)
    query = Query([], long, Prosody(), None)
    with pytest.raises(speech_service.TooLong):
        service.synthesize(open_jtalk(), query, lambda: None)
    assert service.measure(open_jtalk(), short, lambda: None).measures  # and it goes on


def test_who_waits_for_a_turn_can_leave(tmp_path: Path) -> None:
    service = SpeechService(cast("JobTools", Tools()), tmp_path)
    speaks, leave = threading.Event(), threading.Event()

    def busy() -> None:
        speaks.set()
        leave.wait(60)

    phrases = service.read("あ。")
    first = threading.Thread(target=service.measure, args=(open_jtalk(), phrases, busy))
    first.start()
    assert speaks.wait(60)

    def gone() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        service.measure(open_jtalk(), phrases, gone)
    leave.set()
    first.join(60)
    assert not first.is_alive()


@pytest.mark.parametrize(
    ("host", "port", "reason"),
    [("127.0.0.1", 99_999, "port"), ("nowhere.invalid", 0, "--host"), ("192.0.2.1", 0, "--host")],
)
def test_where_nobody_can_listen(host: str, port: int, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        listen(host, port)
    assert reason in str(caught.value)


def test_several_programs_at_once(engine: Engine) -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [f"{number}番です。" for number in range(8)]

    def both(text: str) -> tuple[str, int]:
        own = Engine(engine.address)
        query = own.query(text)
        return query["kana"], len(own.speak(query)[0])

    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(both, texts))
    assert at_once == [both(text) for text in texts]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_while_it_speaks(tmp_path: Path, number: int) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with (
        serving(tmp_path, "--voice", "open-jtalk") as (address, process),
        ThreadPoolExecutor() as pool,
    ):
        engine = Engine(address)
        spoken = pool.submit(engine.post, "/audio_query", text=LONG, speaker=engine.style)
        with pytest.raises(TimeoutError):
            spoken.result(1)
        process.send_signal(number)
        assert spoken.result(30).status_code == 503
        assert process.wait(30) == 0
        assert process.stdout is not None and process.stdout.read().endswith("Ended.\n")


def test_ctrl_c_ends_it_and_a_port_in_use_is_reported(tmp_path: Path) -> None:
    with serving(tmp_path) as (address, process):
        first = Engine(address).style
        port = str(urlsplit(address).port)
        second = subprocess.run(
            [sys.executable, "-m", "kirara_studio", "speech", "serve", "--port", port],
            env={**os.environ, "KIRARA_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert second.returncode != 0
        assert f"Port {port} is in use" in second.stderr and "another port" in second.stderr
        assert "Traceback" not in second.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stdout is not None and process.stdout.read().endswith("Ended.\n")
    with serving(tmp_path) as (address, _):  # numbers depend on names alone
        assert Engine(address).style == first


def test_nothing_else_imports_the_server(tmp_path: Path) -> None:
    program = """
import importlib, sys
from pathlib import Path
import kirara_studio.app, kirara_studio.studio, kirara_studio.ui.main_window
for panel in Path("plugins").glob("*/panel.py"):
    importlib.import_module(f"{panel.parent.name}.panel")
from kirara_studio.cli import main
assert main(["speech", "voices"]) == 0
print("imported", {"anyio", "fastapi", "pydantic", "starlette", "uvicorn"} & set(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "KIRARA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
    )
    assert done.stdout.endswith("imported set()\n"), done.stdout + done.stderr
