"""Voices of other programs' engines: the studio's own server as one, and engines that misbehave."""

from __future__ import annotations

import io
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from kirara_speech.engines import voicevox
from kirara_speech.engines.engine_http import LIMITS, ask, decoded, normal_address
from kirara_speech.engines.voicevox import OUR_ENGINE, RemoteStyle, find_styles, terms_of
from kirara_speech.engines.voicevox_speaking import read_wav, stream_engine_chunks
from kirara_speech.reading.editing import with_length, with_pause, with_pitch
from kirara_speech.reading.japanese import read_line
from kirara_speech.settings import engine_addresses
from kirara_speech.speaking.chunks import Chunk, SpeakRequest
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.synthesis import stream_chunks
from kirara_speech.speaking.voices import Voice, engine_voices, find_voice
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import HttpError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.cli import main
from tests.plugins.kirara_speech.served import serving

LINE = "今日は、いい天気ですね。散歩に行きますか？"


class Tools:
    """A job's tools, which count the reports of progress, and can cancel the job."""

    def __init__(self, stop: Callable[[], bool] = lambda: False) -> None:
        self._stop = stop
        self.reports = 0

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        self.reports += 1
        if self._stop():
            raise Cancelled


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("home"), "--voice", "open-jtalk") as (found, _):
        yield found


def styles_of(address: str) -> list[RemoteStyle]:
    return [style for style in find_styles([address]) if style.address == address]


def voice_at(address: str) -> Voice:
    """A voice of an engine that was never asked about it."""
    return Voice("some", remote=RemoteStyle(address, "VOICEVOX", "a", "1", "b", 1))


@pytest.fixture(scope="module")
def voice(address: str) -> Voice:
    style = styles_of(address)[0]
    return Voice(style.name, remote=style)


def speak(voice: Voice, phrases: Any = None, **prosody: float) -> list[Chunk]:
    request = SpeakRequest(LINE, voice, phrases or read_line(LINE), Prosody(**prosody))
    return list(stream_chunks(request, Tools()))


def sound_of(chunks: list[Chunk]) -> np.ndarray:
    return np.concatenate([chunk.sound for chunk in chunks])


# Our own server as the engine


def test_an_engine_lists_its_voices(address: str) -> None:
    (style,) = styles_of(address)
    assert (style.engine, style.speaker, style.style) == (
        OUR_ENGINE,
        "Open JTalk (mei)",
        "ノーマル",
    )
    assert style.name == "Open JTalk (mei)（ノーマル）"
    assert "CC BY" in terms_of(style)
    assert terms_of(replace(style, speaker_id="x")) == ""
    assert style in find_styles([address])


def test_our_own_server_at_a_usual_address_is_passed_over(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voicevox, "USUAL_ADDRESSES", (address,))
    assert find_styles() == []
    assert find_styles([address])


def test_a_line_comes_sentence_by_sentence_with_its_morae(voice: Voice) -> None:
    chunks = speak(voice)
    assert [chunk.utterance for chunk in chunks] == [0, 1]
    phrases = read_line(LINE)
    morae = [mora for chunk in chunks for mora in chunk.morae]
    numbers = [(mora.phrase, mora.mora) for mora in morae if mora.mora >= 0]
    assert numbers == [(p, m) for p, ph in enumerate(phrases) for m in range(len(ph.morae))]
    assert all(before.end == after.start for before, after in pairwise(morae))
    assert morae[0].start >= 0 and morae[-1].end <= sum(len(chunk.sound) for chunk in chunks)
    assert all(mora.pitch == 0 or 80 < mora.pitch < 700 for mora in morae)
    assert all(0 <= mora.consonant <= mora.end - mora.start for mora in morae)
    assert morae[0].consonant > 0
    assert sum(mora.pitch > 0 for mora in morae) > len(numbers) / 2
    pauses = [mora.phrase for mora in morae if mora.mora < 0]
    assert pauses == [number for number, phrase in enumerate(phrases[:-1]) if phrase.pause]
    first = chunks[0].sound
    assert np.abs(first).max() > 0.05
    assert chunks[0].morae[-1].end == len(first)


def test_edits_reach_the_engine(voice: Voice) -> None:
    phrases = read_line(LINE)
    plain = speak(voice)
    longer = speak(voice, with_length(phrases, 0, 1, 3.0))
    mora, same = (next(m for m in p[0].morae if m.mora == 1) for p in (longer, plain))
    assert mora.end - mora.start == pytest.approx(3 * (same.end - same.start), rel=0.05)
    higher = speak(voice, with_pitch(phrases, 0, 0, 5.0))
    mora, same = (p[0].morae[0] for p in (higher, plain))
    assert 12 * np.log2(mora.pitch / same.pitch) == pytest.approx(5, abs=0.1)
    assert len(sound_of(higher)) == pytest.approx(len(sound_of(plain)), rel=0.02)
    without = with_pause(phrases, 0, False)
    assert len(sound_of(speak(voice, without))) < len(sound_of(plain))


def test_the_manner_reaches_the_engine(voice: Voice) -> None:
    plain = sound_of(speak(voice))
    # Open JTalk shortens pauses before sounds; the silence around the line stays as long as it is.
    assert 1.4 < len(plain) / len(sound_of(speak(voice, speed=2.0))) < 2.15
    quiet = sound_of(speak(voice, volume=0.5))
    assert np.abs(quiet).max() == pytest.approx(np.abs(plain).max() / 2, rel=0.1)
    higher, same = (chunks[0].morae[0].pitch for chunks in (speak(voice, pitch=3.0), speak(voice)))
    assert 12 * np.log2(higher / same) == pytest.approx(3, abs=0.01)
    framed = sound_of(speak(voice, before=1.0, after=0.5))
    assert len(framed) - len(plain) == pytest.approx(1.25 * 22_050, rel=0.03)
    assert len(sound_of(speak(voice, pauses=2.0))) > len(plain)


def test_the_engine_is_asked_for_by_name(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path))
    config = tmp_path / "config" / "settings.toml"
    config.parent.mkdir()
    config.write_text(f'[speech]\nengine_address = "{address}"\n', encoding="utf-8")
    assert main(["speech", "voices"]) == 0
    assert address in capsys.readouterr().out
    assert main(["speech", "voices", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [v["kind"] for v in listed if v["address"] == address] == ["engine"]
    assert main(["speech", "voices", "--terms", "Open JTalk (mei)（ノーマル）"]) == 0
    assert "CC BY" in capsys.readouterr().out
    out = tmp_path / "a.wav"
    name = "Open JTalk (mei)（ノーマル）"
    assert main(["speech", "say", "こんにちは。", "--voice", name, "--out", str(out)]) == 0
    assert soundfile.info(out).duration > 0.5
    assert main(["speech", "mel", "あ", "--voice", name, "--raw", str(tmp_path / "m.npy")]) != 0
    assert "has no Text2Mel" in capsys.readouterr().err
    assert main(["speech", "say", "あ", "--voice", "x", "--out", str(out)]) != 0
    assert name in capsys.readouterr().err


def test_a_voice_of_an_engine_is_served_on(address: str, tmp_path: Path) -> None:
    config = tmp_path / "config" / "settings.toml"
    config.parent.mkdir()
    config.write_text(f'[speech]\nengine_address = "{address}"\n', encoding="utf-8")
    name = "Open JTalk (mei)（ノーマル）"
    with serving(tmp_path, "--voice", name) as (second, _):
        (style,) = styles_of(second)
        assert style.speaker == name
        through = speak(Voice("both", remote=style))
    assert sum(len(chunk.morae) for chunk in through) > 10
    assert np.abs(sound_of(through)).max() > 0.05


def test_two_engines_have_voices_of_two_names(address: str) -> None:
    named = engine_voices([address, address.replace("127.0.0.1", "localhost")])
    assert len({voice.name for voice in named}) == len(named) >= 2


def test_no_engine_means_no_voices_and_no_error() -> None:
    free = free_port()
    assert find_styles([f"http://127.0.0.1:{free}"]) == find_styles()
    with pytest.raises(HttpError, match="No engine answers") as caught:
        speak(voice_at(f"http://127.0.0.1:{free}"))
    assert "Start it" in caught.value.advice
    with pytest.raises(UserError):
        find_voice("ずんだもん（どこにもない）", None, [f"127.0.0.1:{free}"])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("localhost:50021", "http://localhost:50021"),
        (" http://a.example/x/ ", "http://a.example/x"),
        ("https://[::1]:1", "https://[::1]:1"),
    ],
)
def test_addresses(given: str, expected: str) -> None:
    assert normal_address(given) == expected
    assert engine_addresses({"engine_address": given}) == (expected,)


@pytest.mark.parametrize("given", ["ftp://a", "http://", "a:b", "http://a:99999", "http://a?b"])
def test_what_is_not_an_address(given: str) -> None:
    with pytest.raises(UserError):
        normal_address(given)
    assert engine_addresses({"engine_address": given}) == ()


# Engines that misbehave


@contextmanager
def answering(*replies: bytes | None) -> Iterator[tuple[str, list[bytes]]]:
    """A server that reads a request and answers with bare bytes, one reply for each connection.

    None keeps the connection open without an answer; the last reply is repeated. Gives its address
    and the requests; the end of a stalled connection is b"hung up".
    """
    asked: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def converse(connection: socket.socket, reply: bytes | None) -> None:
        with connection:
            connection.settimeout(20)
            try:
                asked.append(connection.recv(65_536))
                if reply is not None:
                    connection.sendall(reply)
                    return
                while connection.recv(65_536):
                    pass
                asked.append(b"hung up")
            except OSError:
                asked.append(b"hung up")

    def run() -> None:
        number = 0
        while not ended.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            reply = replies[min(number, len(replies) - 1)]
            threading.Thread(target=converse, args=(connection, reply), daemon=True).start()
            number += 1

    threading.Thread(target=run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
    finally:
        ended.set()
        server.close()


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


GARBAGE = {
    "html": http(b"<html>hello</html>"),
    "no http": b"SSH-2.0-OpenSSH_9.2\r\n",
    "nothing": b"",
    "number": http(b"42"),
    "list": http(b"[]"),
    "deep": http(b"[" * 100_000),
    "half": b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "status": http(b'{"detail": "broken"}', "500 Internal Server Error"),
    "redirect": http(b"", "302 Found", "Location: http://192.0.2.1/"),
    "headers": b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n",
    "binary": bytes(range(256)) * 10,
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_is_one_error_and_not_a_voice(kind: str) -> None:
    with answering(GARBAGE[kind]) as (address, _):
        with pytest.raises(UserError) as caught:
            speak(voice_at(address))
        assert caught.value.advice and "Traceback" not in str(caught.value)
        assert address.removeprefix("http://") in caught.value.message
        assert all(style.address != address for style in find_styles([address]))


def test_the_reason_of_a_refusal_is_in_the_error() -> None:
    with answering(GARBAGE["status"]) as (address, _), pytest.raises(HttpError) as caught:
        ask(address, "GET", "/version")
    assert "broken" in caught.value.message and caught.value.status == 500


def test_a_redirect_is_not_followed() -> None:
    with answering(http(b'"1"')) as (elsewhere, asked):
        redirect = http(b"", "302 Found", f"Location: {elsewhere}/version")
        with answering(redirect) as (address, _), pytest.raises(UserError):
            ask(address, "GET", "/version")
        assert asked == []


def test_a_huge_body_is_not_read() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n"
    with (
        answering(head + b"x" * 3_000_000) as (address, _),
        pytest.raises(HttpError, match="more than 2 MB"),
    ):
        ask(address, "GET", "/version", limits=replace(LIMITS, size=2_000_000))


def test_a_stall_is_bounded_and_hung_up_on() -> None:
    with answering(None) as (address, asked):
        with pytest.raises(HttpError, match="longer than"):
            ask(address, "GET", "/version", limits=replace(LIMITS, total=0.3))
        wait_for(lambda: b"hung up" in asked)


def test_headers_that_drip_are_bounded() -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            try:
                for byte in b"HTTP/1.1 200 OK\r\n" + b"a" * 10_000:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                pass

    threading.Thread(target=drip, daemon=True).start()
    address = f"http://127.0.0.1:{server.getsockname()[1]}"
    with server, pytest.raises(HttpError, match="longer than"):
        ask(address, "GET", "/version", limits=replace(LIMITS, total=0.5))


def test_stop_works_during_a_stall() -> None:
    with answering(None) as (address, asked):
        style = RemoteStyle(address, "VOICEVOX", "ずんだもん", "x", "ノーマル", 3)
        request = SpeakRequest(LINE, Voice("v", remote=style), read_line(LINE))
        with pytest.raises(Cancelled):
            list(stream_engine_chunks(request, Tools(lambda: bool(asked))))
        wait_for(lambda: b"hung up" in asked)


def test_looking_for_engines_ends_while_one_stalls() -> None:
    with answering(None) as (address, _):
        assert all(style.address != address for style in find_styles([address]))


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def wav(samples: np.ndarray, rate: int = 24_000) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV")
    return file.getvalue()


def phrases_with(pitch: float = 5.5, length: float = 0.1) -> bytes:
    """An engine's measures of あ."""
    mora = {"text": "ア", "consonant": None, "consonant_length": None, "vowel": "a",
            "vowel_length": length, "pitch": pitch}  # fmt: skip
    return http(json.dumps([{"moras": [mora], "accent": 1, "pause_mora": None}]).encode())


@pytest.mark.parametrize(
    ("measured", "sound"),
    [
        (http(b"[]"), b""),
        (http(b"{}"), b""),
        (http(b'[{"moras": [], "accent": 1}]'), b""),
        (http(b'[{"moras": 1}]'), b""),
        (phrases_with(length=-1), b""),
        (phrases_with(length=1e9), b""),
        (phrases_with(pitch=float("nan")), b""),
        (phrases_with(pitch=1e9), b""),
        (phrases_with(), http(b"<html>")),
        (phrases_with(), http(b"")),
        (phrases_with(), http(wav(np.zeros(0)))),
        (phrases_with(), http(wav(np.zeros(2400))[:30])),
        (phrases_with(), http(wav(np.zeros(2400), 7_000))),
        (phrases_with(), http(wav(np.zeros(2400), 22_051))),
        (phrases_with(), http(b"RIFF\xff\xff\xff\xffWAVEfmt " + bytes(40))),
        (phrases_with(), b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nRIFF"),
    ],
)
def test_an_engine_that_breaks_in_the_middle(measured: bytes, sound: bytes) -> None:
    with answering(measured, sound) as (address, _):
        style = RemoteStyle(address, "VOICEVOX", "ずんだもん", "x", "ノーマル", 3)
        request = SpeakRequest("あ", Voice("v", remote=style), read_line("あ"))
        with pytest.raises(HttpError) as caught:
            list(stream_engine_chunks(request, Tools()))
        assert caught.value.advice


def test_an_engine_that_dies_after_a_sentence(voice: Voice) -> None:
    good = wav(0.1 * np.ones(2400))
    with answering(phrases_with(), http(good), b"") as (address, asked):
        style = RemoteStyle(address, "VOICEVOX", "ずんだもん", "x", "ノーマル", 3)
        chunks = stream_engine_chunks(
            SpeakRequest("", Voice("v", remote=style), read_line("あ。あ。")), Tools()
        )
        first = next(chunks)
        assert len(first.sound) == pytest.approx(2205, abs=2) and len(first.morae) == 2
        with pytest.raises(HttpError):
            next(chunks)
    assert b"/mora_data?speaker=3 " in asked[0] and b"/synthesis?speaker=3 " in asked[1]


def test_wavs_of_any_kind_are_read() -> None:
    for rate, channels, kind in (
        (24_000, 1, "PCM_16"),
        (48_000, 2, "PCM_24"),
        (44_100, 2, "FLOAT"),
    ):
        file = io.BytesIO()
        soundfile.write(file, np.full((rate, channels), 0.25), rate, kind, format="WAV")
        sound = read_wav(file.getvalue(), "http://127.0.0.1:1")
        assert len(sound) == 22_050 and sound[11_000] == pytest.approx(0.25, abs=0.01)


def test_json_is_asked_for() -> None:
    with answering(http('{"a": "雲"}'.encode())) as (address, asked):
        answer = decoded(ask(address, "POST", "/x", {"text": "雲 &"}, {"b": 1}), address)
        assert answer == {"a": "雲"}
    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /x?text=%E9%9B%B2+%26 HTTP/1.1")
    assert json.loads(body or b'{"b": 1}') == {"b": 1}
