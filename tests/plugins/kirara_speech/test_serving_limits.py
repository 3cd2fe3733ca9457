"""What the server lets in: origins, hosts, bodies, connections; the headers decide."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
import requests
import soundfile
from fastapi import FastAPI, Response

from kirara_speech.serving import server
from kirara_speech.serving.listening import address_of, listen
from tests.plugins.kirara_speech.served import Engine, serving

FOREIGN = "https://evil.example"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    options = ("--voice", "open-jtalk", "--allow-origin", "https://example.org")
    with serving(tmp_path_factory.mktemp("home"), *options) as (address, process):
        engine = Engine(address)
        engine.process = process.pid
        yield engine


def peak(engine: Engine) -> int:
    """The most memory that the server ever had, in bytes."""
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is measured on Linux")
    status = Path(f"/proc/{engine.process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def raw(engine: Engine, request: bytes) -> bytes:
    """What the server answers until it closes the connection."""
    parts = urlsplit(engine.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(4096), b""))


# Origins and hosts


def asked(engine: Engine, **headers: str) -> requests.Response:
    return requests.get(f"{engine.address}/version", headers=headers, timeout=30)


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:3000",
        "https://localhost",
        "http://127.0.0.1",
        "http://[::1]:8080",
        "http://app.localhost",
        "https://my-page.app.localhost:5173",
        "tauri://localhost",
        "https://tauri.localhost",
        "capacitor://localhost",
        "ionic://localhost",
        "app://.",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "moz-extension://0bd7b8d2-5e1e-4a49-8ac3-7a0c9c9f5a11",
        "safari-web-extension://6FCE3B7E-0000-4444-8888-000000000000",
        "https://example.org",
    ],
)
def test_programs_add_ons_and_chosen_pages_may_ask(engine: Engine, origin: str) -> None:
    answer = asked(engine, Origin=origin)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    options = requests.options(
        f"{engine.address}/synthesis",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "x",
            "Access-Control-Request-Private-Network": "true",
        },
        timeout=30,
    )
    assert options.status_code == 200
    assert options.headers["Access-Control-Allow-Headers"] == "x"
    assert options.headers["Access-Control-Allow-Private-Network"] == "true"


@pytest.mark.parametrize(
    "origin",
    [
        FOREIGN,
        "null",
        "",
        "http://localhost.evil.example",
        "http://evil.example/localhost",
        "http://evillocalhost",
        "http://127.0.0.1.evil.example",
        "http://evil.example:80@localhost.evil.example",
        "chrome-extension.evil.example",
        "https://chrome-extension://abc",
        "app://.evil.example",
        "https://example.org.evil.example",
        "https://example_org",
    ],
)
def test_other_pages_are_refused(engine: Engine, origin: str) -> None:
    answer = asked(engine, Origin=origin)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "localhost.evil.example:50021",
        "localhostevil.example",
        "localhost:50021.evil.example",
        "127.0.0.1.evil.example:50021",
        "127.0.0.1@evil.example",
        "[::1].evil.example",
    ],
)
def test_a_host_that_only_begins_like_this_computer_is_refused(engine: Engine, host: str) -> None:
    assert asked(engine, Host=host).status_code == 403


def test_local_hosts_are_let_in(engine: Engine) -> None:
    for host in ("localhost", "LOCALHOST:50021", "127.0.0.1:1", "[::1]:50021"):
        assert asked(engine, Host=host).status_code == 200


# Bodies


def test_bodies_are_bounded(engine: Engine) -> None:
    head = b"POST /synthesis?speaker=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    large = raw(engine, head + b"Content-Length: 99999999999\r\n\r\n")
    assert large.startswith(b"HTTP/1.1 413")
    assert raw(engine, head + b"Content-Length: -1\r\n\r\n").startswith(b"HTTP/1.1 400")

    def chunks(number: int) -> Iterator[bytes]:
        for _ in range(number):
            yield b" " * 1_000_000

    for path, size in (("/connect_waves", 60), ("/mora_data?speaker=1", 12)):
        with contextlib.suppress(requests.ConnectionError):  # refused while it is being sent
            answer = requests.post(engine.address + path, data=chunks(size), timeout=60)
            assert answer.status_code == 413
    assert engine.get("/version").status_code == 200


def test_bodies_in_chunks_are_read(engine: Engine) -> None:
    content = json.dumps(engine.known_query).encode()
    address = f"{engine.address}/synthesis?speaker={engine.style}"
    answer = requests.post(address, data=iter([content[:99], content[99:]]), timeout=60)
    assert answer.request.headers["Transfer-Encoding"] == "chunked"
    assert answer.status_code == 200 and answer.content.startswith(b"RIFF")


def test_the_bodies_of_pages_that_are_refused_are_not_kept(engine: Engine) -> None:
    head = b"POST /synthesis HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40000000\r\n"
    answer = raw(engine, head + b"Origin: https://evil.example\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403")  # without a byte of its body
    before, body = peak(engine), b"x" * 40_000_000

    def send(_: int) -> None:
        with contextlib.suppress(requests.ConnectionError):
            address = f"{engine.address}/connect_waves"
            refused = requests.post(address, body, headers={"Origin": FOREIGN}, timeout=60)
            assert refused.status_code == 403

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(24)))
    assert peak(engine) - before < 60_000_000


def packed(samples: int, rate: int = 655_350) -> str:
    """Silence as a FLAC file in base64."""
    file = io.BytesIO()
    soundfile.write(file, np.zeros((samples, 2), np.int16), rate, format="FLAC")
    return base64.b64encode(file.getvalue()).decode()


def test_waves_are_measured_before_they_are_decoded(engine: Engine) -> None:
    wave = packed(2_000_000)
    assert len(wave) < 50_000
    before = peak(engine)
    answer = engine.post("/connect_waves", [wave] * 200)  # 800 million samples
    assert answer.status_code == 422 and "長すぎる" in answer.json()["detail"]
    assert peak(engine) - before < 60_000_000
    joined = engine.post("/connect_waves", [wave] * 4)
    assert joined.status_code == 200
    assert soundfile.info(io.BytesIO(joined.content)).frames == 8_000_000
    assert peak(engine) - before < 250_000_000
    for wrong in (["?"], ["QUJD"], []):
        assert engine.post("/connect_waves", wrong).status_code == 422


# Requests and connections


def test_a_hundred_at_once_are_all_answered(engine: Engine) -> None:
    def ask(number: int) -> int:
        own = requests.post(
            f"{engine.address}/audio_query",
            params={"text": f"{number % 10}です。", "speaker": engine.style},
            timeout=120,
        )
        assert own.json()["accent_phrases"]
        return own.status_code

    with ThreadPoolExecutor(100) as pool:
        assert list(pool.map(ask, range(100))) == [200] * 100


def test_silent_connections_lock_nobody_out(engine: Engine) -> None:
    parts = urlsplit(engine.address)
    begun = b"POST /synthesis HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
    with contextlib.ExitStack() as stack:
        for number in range(server.MOST_CONNECTIONS + 100):
            connection = socket.create_connection((parts.hostname, parts.port), timeout=30)
            stack.enter_context(connection)
            if number % 2:
                connection.sendall(begun)
            if number % 50 == 0:
                assert asked(engine).status_code == 200
        assert asked(engine).status_code == 200
        assert requests.get(f"{engine.address}/speakers", timeout=30).status_code == 200


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """A server in a thread; its address."""
    with listen("127.0.0.1", 0) as listening:
        served = server.Server(app, lambda: None, origins=(), local_only=True)
        thread = threading.Thread(target=served.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield address_of(listening)
        finally:
            served.end()
            thread.join(30)
        assert not thread.is_alive()


def app(answer: Callable[[], Response]) -> FastAPI:
    made = FastAPI()
    made.add_api_route("/", answer, methods=["GET"], response_model=None)

    @made.post("/")
    def read(values: dict[str, str]) -> None:
        pass

    return made


def place_of(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    assert parts.hostname and parts.port
    return parts.hostname, parts.port


def test_silent_connections_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SILENCE", 0.5)
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\n"
    with running(app(lambda: Response())) as address:
        for sent in (b"", head, head + b"Content-Length: 9\r\n\r\n{"):
            with socket.create_connection(place_of(address), timeout=30) as connection:
                connection.sendall(sent)
                assert connection.recv(1) == b""


def test_headers_have_a_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEAD", 0.5)
    with (
        running(app(lambda: Response())) as address,
        socket.create_connection(place_of(address), timeout=30) as connection,
    ):
        started = time.monotonic()
        with contextlib.suppress(ConnectionError):
            connection.sendall(b"GET / HTTP/1.1\r\nX: ")
            while time.monotonic() - started < 20:
                connection.sendall(b"x")
                time.sleep(0.05)
        assert time.monotonic() - started < 10


def test_an_answer_that_nobody_takes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SILENCE", 0.5)
    large = app(lambda: Response(b"x" * 50_000_000))
    with (
        running(large) as address,
        socket.create_connection(place_of(address), timeout=30) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(2)
        with contextlib.suppress(ConnectionError):
            taken = sum(len(part) for part in iter(lambda: connection.recv(1_000_000), b""))
            assert taken < 50_000_000
        answer = requests.get(address, timeout=30)  # one that takes it gets all of it
        assert len(answer.content) == 50_000_000


def test_too_many_requests_may_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_REQUESTS", 2)
    go_on = threading.Event()

    def wait() -> Response:
        go_on.wait(30)
        return Response()

    with running(app(wait)) as address, ThreadPoolExecutor() as pool:
        first = [pool.submit(requests.get, address, timeout=60) for _ in range(2)]
        time.sleep(0.5)
        busy = requests.get(address, timeout=30)
        assert busy.status_code == 503 and int(busy.headers["Retry-After"]) > 0
        go_on.set()
        assert [one.result().status_code for one in first] == [200, 200]
        assert requests.get(address, timeout=30).status_code == 200


def test_all_bodies_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_BYTES", 1000)
    with running(app(lambda: Response())) as address:
        for _ in range(3):  # what is answered does not count any more
            assert requests.post(address, json={"x": "x" * 800}, timeout=30).status_code == 200
            busy = requests.post(address, json={"x": "x" * 1200}, timeout=30)
            assert busy.status_code == 503 and int(busy.headers["Retry-After"]) > 0
