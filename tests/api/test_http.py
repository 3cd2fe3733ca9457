"""Requests keep their bounds, can be stopped, and reach only whom they should.

What a server can do to a download is tested with Releases' feeds, what an engine can do with
Speech.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from kirara_studio.api.http import HttpError, Limits, Response, Unreachable, host_of, request
from tests.plugins.kirara_releases.feed_server import (
    FeedServer,
    closed_port,
    giving,
    huge,
    redirecting,
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FeedServer() as running:
        yield running


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.settimeout(20)
        yield found


def address_of(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_an_answer_of_any_status_is_returned(server: FeedServer) -> None:
    got = request("GET", server.at("/a", giving(b"gone", 410, X_Name="é")))
    assert (got.status, got.body) == (410, b"gone") and "x-name" in got.headers
    assert request("GET", server.at("/a?b=%E3%81%82", b"hello"), parameters=None).body == b"hello"
    assert request("GET", server.url("/a"), parameters={"b": "あ"}).body == b"hello"


def test_a_refusal_without_an_end_is_a_refusal(server: FeedServer) -> None:
    def refusing(handler) -> None:
        handler.send_response(500)
        handler.end_headers()
        huge(100_000_000)(handler)

    assert request("GET", server.at("/a", refusing)).status == 500
    assert server.sent < 20_000_000


def test_redirects_have_a_limit(server: FeedServer) -> None:
    server.at("/c", b"hello")
    server.at("/b", redirecting("/c"))
    url = server.at("/a", redirecting("/b"))
    assert request("GET", url, limits=Limits(redirects=2)).body == b"hello"
    with pytest.raises(HttpError, match="keeps redirecting"):
        request("GET", url, limits=Limits(redirects=1))
    assert request("GET", url, limits=Limits(redirects=0)).status == 302


def test_a_redirected_post_is_not_sent_elsewhere(listening: socket.socket) -> None:
    def answer() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(
                b"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://192.0.2.1/\r\n\r\n"
            )

    threading.Thread(target=answer, daemon=True).start()
    assert request("POST", address_of(listening), body=1).status == 307


def test_a_body_is_sent_as_json(listening: socket.socket) -> None:
    heard: list[bytes] = []

    def answer() -> None:
        connection, _ = listening.accept()
        with connection:
            while b'"}' not in b"".join(heard):
                heard.append(connection.recv(65_536))
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    assert request("POST", address_of(listening), body={"a": "あ\ud800"}).status == 204
    thread.join(20)
    head, _, content = b"".join(heard).partition(b"\r\n\r\n")
    assert head.startswith(b"POST / HTTP/1.1") and b"Content-Type: application/json" in head
    assert json.loads(content) == {"a": "あ\ud800"}


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\nhalf"])
def test_stop_hangs_up_at_once(listening: socket.socket, sent: bytes) -> None:
    class Stopped(Exception):
        pass

    waiting, hung_up = threading.Event(), threading.Event()

    def answer() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(sent)
            waiting.set()
            if connection.recv(1) == b"":
                hung_up.set()

    def check() -> None:
        if waiting.is_set():
            raise Stopped

    threading.Thread(target=answer, daemon=True).start()
    with pytest.raises(Stopped):
        request("GET", address_of(listening), check=check)
    assert hung_up.wait(20)


def test_proxies_are_those_of_the_environment(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    url = server.at("/a", b"hello")
    with pytest.raises(HttpError, match="proxy"):
        request("GET", url)
    assert request("GET", url, environment=False).body == b"hello"


def test_the_advice_is_the_callers_unless_there_is_a_better_one(listening: socket.socket) -> None:
    with pytest.raises(HttpError, match=r"longer than 0\.2 seconds") as late:
        request("GET", address_of(listening), limits=Limits(total=0.2), advice="Wait.")
    assert str(late.value).endswith("Wait.") and not isinstance(late.value, Unreachable)
    with pytest.raises(Unreachable) as nobody:
        request("GET", f"http://127.0.0.1:{closed_port()}", advice="Wait.")
    assert "network" in nobody.value.advice


def test_a_host_is_shown_without_secrets() -> None:
    assert host_of("https://me:secret@example.org/key") == "example.org"
    assert host_of("http://[::1]:50021/x") == "::1:50021"
    assert host_of("http://[broken") == "http://[broken"
    assert host_of("http://a:99999/") == "http://a:99999/"


def test_how_long_to_wait() -> None:
    assert Response(503, {"retry-after": "7"}).retry_after == 7
    assert Response(503, {}).retry_after is None
    past = Response(503, {"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"})
    assert past.retry_after == 0


def test_nothing_is_imported_before_the_first_request() -> None:
    program = "import sys, kirara_studio.api.http; print('requests' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_a_slow_name_look_up_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def stalled(*_: object, **__: object) -> object:
        ended.wait(20)
        raise OSError("ended")

    monkeypatch.setattr(socket, "getaddrinfo", stalled)
    begun = time.monotonic()
    with pytest.raises(HttpError, match="longer than"):
        request("GET", "http://name.invalid/", limits=Limits(total=0.3))
    assert time.monotonic() - begun < 10
    ended.set()
