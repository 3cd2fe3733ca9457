"""Every operation of VOICEVOX ENGINE, answered as ``/openapi.json`` says, and two real clients."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from kirara_speech.serving.catalogue import Catalogue, CoreError
from kirara_speech.speaking.voices import Voice, open_jtalk
from kirara_studio.cli import main
from tests.plugins.kirara_speech.clients import node_client, python_client
from tests.plugins.kirara_speech.served import Engine, serving

ALIAS = 3
"""A number that scripts use without asking."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    voices = ("--voice", "open-jtalk", "--speaker", f"{ALIAS}=open-jtalk")
    with serving(tmp_path_factory.mktemp("home"), *voices) as (address, _):
        yield Engine(address)


@pytest.fixture(scope="module")
def interface(engine: Engine) -> Any:
    return engine.get("/openapi.json").json()


def misfit(value: Any, schema: Any, interface: Any, place: str = "") -> str:
    """Where a value does not fit its JSON schema, or an empty text."""
    if "$ref" in schema:
        schema = interface["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [misfit(value, one, interface, place) for one in schema["anyOf"]]
        return "" if "" in found else found[0]
    kinds = {
        "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
        "integer": int, "number": (int, float),
    }  # fmt: skip
    kind = schema.get("type")
    wrong_bool = isinstance(value, bool) and kind in ("integer", "number")
    if kind and (wrong_bool or not isinstance(value, kinds[kind])):
        return f"{place}: {value!r} is no {kind}"
    parts: list[tuple[str, Any, Any]] = []
    if kind == "array":
        parts = [(str(i), one, schema.get("items", {})) for i, one in enumerate(value)]
    elif kind == "object":
        missing = set(schema.get("required", ())) - set(value)
        if missing:
            return f"{place}: {missing} is missing"
        known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
        others = others if isinstance(others, dict) else {}
        parts = [(name, one, known.get(name, others)) for name, one in value.items()]
    found = [misfit(one, part, interface, f"{place}/{name}") for name, one, part in parts]
    return next(filter(None, found), "")


NOTE = {"key": 60, "frame_length": 10, "lyric": "ド"}
SCORE = {"notes": [{"key": None, "frame_length": 2, "lyric": ""}, NOTE]}
SONG = {
    "f0": [0.0], "volume": [0.0], "phonemes": [{"phoneme": "pau", "frame_length": 1}],
    "volumeScale": 1, "outputSamplingRate": 24_000, "outputStereo": False,
}  # fmt: skip
PRESET = {
    "id": 7, "name": "速い", "speaker_uuid": "x", "style_id": ALIAS, "speedScale": 1.5,
    "pitchScale": 0, "intonationScale": 1, "volumeScale": 1, "prePhonemeLength": 0.1,
    "postPhonemeLength": 0.1,
}  # fmt: skip
BOTH = {"score": SCORE, "frame_audio_query": SONG}
WORD = {"surface": "雲母坂", "pronunciation": "キララザカ", "accent_type": 3}
SPEAKER = {"speaker": ALIAS}
HTML, WAV, ZIP = "text/html; charset=utf-8", "audio/wav", "application/zip"


def operations(engine: Engine) -> Iterator[tuple[str, str, dict[str, Any], Any, int]]:
    """Each operation with parameters, body and expected status, in an order that works."""
    query = engine.query("はい。")
    phrases = query["accent_phrases"]
    speaker = engine.get("/speakers").json()[0]
    uuid = {"speaker_uuid": speaker["speaker_uuid"]}
    wave = engine.post("/synthesis", query, **SPEAKER).content
    yield "GET", "/", {}, None, 200
    yield "GET", "/version", {}, None, 200
    yield "GET", "/core_versions", {}, None, 200
    yield "GET", "/engine_manifest", {}, None, 200
    yield "GET", "/supported_devices", {}, None, 200
    yield "GET", "/speakers", {}, None, 200
    yield "GET", "/speaker_info", {**uuid, "resource_format": "url"}, None, 200
    yield "POST", "/initialize_speaker", {**SPEAKER, "skip_reinit": True}, None, 204
    yield "GET", "/is_initialized_speaker", SPEAKER, None, 200
    yield "POST", "/audio_query", {**SPEAKER, "text": "はい。"}, None, 200
    yield "POST", "/accent_phrases", {**SPEAKER, "text": "はい。"}, None, 200
    yield "POST", "/mora_data", SPEAKER, phrases, 200
    yield "POST", "/mora_length", SPEAKER, phrases, 200
    yield "POST", "/mora_pitch", SPEAKER, phrases, 200
    yield "POST", "/synthesis", SPEAKER, query, 200
    yield "POST", "/cancellable_synthesis", SPEAKER, query, 200
    yield "POST", "/multi_synthesis", SPEAKER, [query, query], 200
    yield "POST", "/connect_waves", {}, [base64.b64encode(wave).decode()] * 2, 200
    yield "POST", "/validate_kana", {"text": "ハ'イ"}, None, 200
    yield "POST", "/add_preset", {}, PRESET, 200
    yield "GET", "/presets", {}, None, 200
    yield "POST", "/update_preset", {}, {**PRESET, "name": "とても速い"}, 200
    yield "POST", "/audio_query_from_preset", {"text": "はい", "preset_id": 7}, None, 200
    yield "POST", "/delete_preset", {"id": 7}, None, 204
    word = engine.post("/user_dict_word", **WORD).json()
    yield "POST", "/user_dict_word", {**WORD, "surface": "綺羅"}, None, 200
    words = engine.get("/user_dict").json()
    yield "GET", "/user_dict", {}, None, 200
    yield "PUT", f"/user_dict_word/{word}", {**WORD, "priority": 8}, None, 204
    yield "DELETE", f"/user_dict_word/{word}", {}, None, 204
    yield "POST", "/import_user_dict", {"override": True}, words, 204
    # What the studio does not have
    yield "GET", "/setting", {}, None, 200
    yield "POST", "/setting", {}, None, 403
    yield "GET", "/singers", {}, None, 200
    yield "GET", "/singer_info", uuid, None, 404
    yield "POST", "/sing_frame_audio_query", SPEAKER, SCORE, 422
    yield "POST", "/sing_frame_f0", SPEAKER, BOTH, 422
    yield "POST", "/sing_frame_volume", SPEAKER, BOTH, 422
    yield "POST", "/frame_synthesis", SPEAKER, SONG, 422
    yield "POST", "/morphable_targets", {}, [ALIAS], 200
    morph = {"base_speaker": ALIAS, "target_speaker": engine.style, "morph_rate": 0.5}
    yield "POST", "/synthesis_morphing", morph, query, 400
    yield "GET", "/downloadable_libraries", {}, None, 200
    yield "GET", "/installed_libraries", {}, None, 200
    yield "POST", "/install_library/x", {}, None, 404
    yield "POST", "/uninstall_library/x", {}, None, 404


def described(interface: Any, method: str, path: str) -> Any:
    """An operation in ``/openapi.json``."""
    for known, methods in interface["paths"].items():
        if known.partition("{")[0] == path[: len(known.partition("{")[0])] and (
            "{" in known or known == path
        ):
            return methods.get(method.lower())
    raise AssertionError(path)


def test_every_operation_is_answered_as_it_is_described(engine: Engine, interface: Any) -> None:
    asked = []
    for method, path, parameters, body, status in operations(engine):
        asked.append((method, path))
        address = engine.address + path
        answer = engine.session.request(method, address, params=parameters, json=body, timeout=60)
        assert answer.status_code == status, (path, answer.text)
        content = described(interface, method, path)["responses"].get(str(status), {})
        kind = answer.headers.get("Content-Type", "")
        if status == 204:
            assert not answer.content
        elif status == 200:
            (given,) = content["content"].items()
            assert kind.partition(";")[0] == given[0], path
            if kind == "application/json":
                assert not misfit(answer.json(), given[1]["schema"], interface), path
        else:  # VOICEVOX's own shapes of errors
            assert kind == "application/json"
            ((name, reason),) = answer.json().items()
            assert name in ("detail", "message") and isinstance(reason, str) and reason
    assert len(asked) == 43 == sum(len(methods) for methods in interface["paths"].values())


def test_wrong_types_are_refused_by_every_operation(engine: Engine, interface: Any) -> None:
    for method, path, parameters, body, _ in operations(engine):
        bodies = {"requestBody"} & set(described(interface, method, path))
        if not bodies or path == "/setting":
            continue
        for wrong in ("x", 1, [[]], {"x": 1}):
            address = engine.address + path
            answer = engine.session.request(
                method, address, params=parameters, json=wrong, timeout=60
            )
            assert answer.status_code == 422, (path, wrong, answer.text)
            assert answer.json()["detail"], body


@pytest.mark.parametrize("wrong", [[], {}, 1, True, [1], "?"])
@pytest.mark.parametrize(
    "name", ["consonant", "consonant_length", "vowel", "vowel_length", "pitch", "text"]
)
def test_a_mora_of_wrong_types_is_refused(engine: Engine, name: str, wrong: Any) -> None:
    fits = (name == "text" and wrong == "?") or (
        wrong is not True and wrong == 1 and name in ("consonant_length", "vowel_length", "pitch")
    )
    query = engine.known_query
    changed = json.loads(json.dumps(query))
    changed["accent_phrases"][0]["moras"][0][name] = wrong
    for path, body in (("/synthesis", changed), ("/mora_data", changed["accent_phrases"])):
        answer = engine.post(path, body, **SPEAKER)
        assert answer.status_code == (200 if fits else 422), answer.text
        if not fits:
            assert answer.json()["detail"][0]["loc"][-1] == name


def test_parameters_of_the_engine_are_used(engine: Engine) -> None:
    version = engine.get("/version").json()
    assert engine.get("/speakers", core_version=version).status_code == 200
    for method, path in (("GET", "/speakers"), ("POST", "/synthesis")):
        answer = engine.session.request(
            method, engine.address + path, params={**SPEAKER, "core_version": "0.0"}, timeout=30,
            json=engine.known_query,
        )  # fmt: skip
        assert answer.status_code == 422 and "0.0" in answer.json()["message"]
    uuid = engine.get("/speakers").json()[0]["speaker_uuid"]
    for kind in ("base64", "url"):
        answer = engine.get("/speaker_info", speaker_uuid=uuid, resource_format=kind)
        portrait = answer.json()["portrait"]
        if kind == "url":
            assert portrait.startswith(engine.address)
            picture = requests.get(portrait, timeout=30)
            assert picture.headers["Content-Type"] == "image/png"
            assert picture.content.startswith(b"\x89PNG")
        else:
            assert base64.b64decode(portrait).startswith(b"\x89PNG")
    assert engine.get("/speaker_info", speaker_uuid=uuid, resource_format="x").status_code == 422
    assert engine.get("/_resources/x").status_code == 404


def test_head_and_a_slash_at_the_end(engine: Engine) -> None:
    head = requests.head(f"{engine.address}/version", timeout=30)
    assert head.status_code == 200 and not head.content
    assert int(head.headers["Content-Length"]) > 0
    assert requests.head(f"{engine.address}/nowhere", timeout=30).status_code == 404
    assert requests.head(f"{engine.address}/synthesis", timeout=30).status_code == 405
    for path in ("/version/", "/speakers/"):
        answer = requests.get(engine.address + path, timeout=30, allow_redirects=False)
        assert answer.status_code == 200 and answer.json()
    query = engine.session.post(
        f"{engine.address}/audio_query/", params={**SPEAKER, "text": "はい"}, timeout=30,
        allow_redirects=False,
    )  # fmt: skip
    assert query.status_code == 200


def test_pages_load_nothing_from_outside(engine: Engine) -> None:
    for path in ("/", "/setting"):
        page = engine.get(path)
        assert page.headers["Content-Type"] == HTML
        assert "http" not in page.text and "src=" not in page.text


# Numbers that programs use without asking


def test_an_alias_speaks_and_is_listed(engine: Engine) -> None:
    (speaker,) = engine.get("/speakers").json()
    assert [style["id"] for style in speaker["styles"]] == [engine.style, ALIAS]
    info = engine.get("/speaker_info", speaker_uuid=speaker["speaker_uuid"]).json()
    assert [style["id"] for style in info["style_infos"]] == [engine.style, ALIAS]
    answers = [
        engine.post("/synthesis", engine.known_query, speaker=number).content
        for number in (engine.style, ALIAS)
    ]
    assert answers[0] == answers[1] and len(answers[0]) > 1000
    assert engine.post("/synthesis", engine.known_query, speaker=1).status_code == 422


def test_a_voice_for_any_number() -> None:
    other = Voice("other")
    catalogue = Catalogue([open_jtalk()], "1", {1: other})
    assert catalogue[1] == other
    assert [len(speaker.styles) for speaker in catalogue.speakers()] == [1, 2]
    with pytest.raises(CoreError):
        catalogue[2]
    catalogue = Catalogue([open_jtalk()], "1", {1: other}, open_jtalk())
    assert (catalogue[1], catalogue[2], catalogue[99]) == (other, open_jtalk(), open_jtalk())
    assert [len(speaker.styles) for speaker in catalogue.speakers()] == [1, 2]


@pytest.mark.parametrize("alias", ["kirara", "x=kirara", "-1=kirara", "1=", "1=nobody"])
def test_a_wrong_alias_is_refused(alias: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speech", "serve", "--port", "0", f"--speaker={alias}"]) != 0
    printed = capsys.readouterr().err
    assert "Traceback" not in printed and ("--speaker" in printed or "nobody" in printed)


# Clients that others wrote

_PYTHON = """
import asyncio, json, sys
from vvclient import Client

async def main(address, speaker):
    async with Client(address) as client:
        version = await client.fetch_engine_version()
        cores = await client.fetch_core_versions()
        await client.init_speaker(speaker)
        ready = await client.is_inited_speaker(speaker)
        query = await client.create_audio_query("こんにちは。", speaker=speaker)
        sound = await query.synthesis(speaker=speaker)
        print(json.dumps([version, cores, ready, sound[:4].decode(), len(sound)]))

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""
_NODE = """
const { VoicevoxClient } = require("@kajidog/voicevox-client");
(async () => {
    const [address, speaker, path] = process.argv.slice(2);
    const client = new VoicevoxClient({ url: address, defaultSpeaker: Number(speaker) });
    const speakers = await client.getSpeakers();
    const info = await client.getSpeakerInfo(speakers[0].speaker_uuid);
    const query = await client.generateQuery("こんにちは。");
    const file = await client.generateAudioFile(query, path);
    console.log(JSON.stringify([speakers[0].name, info.policy.length, query.kana, file]));
})();
"""


def test_the_client_on_pypi(engine: Engine, tmp_path: Path) -> None:
    program = [sys.executable, "-c", _PYTHON, engine.address, str(ALIAS)]
    environment = {**os.environ, "PYTHONPATH": str(python_client())}
    done = subprocess.run(
        program, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    version, cores, ready, beginning, size = json.loads(done.stdout)
    assert cores == [version] and ready is True
    assert beginning == "RIFF" and size > 20_000


def test_the_client_on_npm(engine: Engine, tmp_path: Path) -> None:
    node, folder = node_client()
    program, sound = tmp_path / "program.cjs", tmp_path / "a.wav"
    program.write_text(_NODE, encoding="utf-8")
    environment = {**os.environ, "NODE_PATH": str(folder / "node_modules")}
    command = [node, str(program), engine.address, str(ALIAS), str(sound)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    speaker, policy, kana, file = json.loads(done.stdout)
    assert (speaker, kana) == ("Open JTalk (mei)", "コンニチワ'")
    assert policy and Path(file).read_bytes().startswith(b"RIFF")
