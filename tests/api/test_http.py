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
from pathlib import Path

import pytest

from kirara_studio.api.http import (
    HttpError,
    Limits,
    Response,
    Unreachable,
    host_of,
    is_private,
    masked,
    request,
)
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
    assert host_of("http://a:99999/") == "http://a:99999"
    assert host_of("https://me:secret@[broken/key") == "https://[broken"
    assert host_of("secret@") == "" and host_of("nothing") == "nothing"


def test_an_address_is_shown_without_secrets() -> None:
    google = "https://calendar.google.com/calendar/ical/a%40b/private-0123456789/basic.ics"
    assert masked(google) == "https://calendar.google.com/…"
    assert masked("webcal://me:secret@example.org?key=x") == "webcal://example.org/…"
    assert masked("https://me:secret@[broken/key") == "https://[broken/…"


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.0.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("::1", True),
        ("fd00::1", True),
        ("fe80::1%eth0", True),
        ("::ffff:10.0.0.1", True),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
        ("::ffff:8.8.8.8", False),
        ("198.18.0.7", False),
    ],
)
def test_private_addresses(address: str, private: bool) -> None:
    assert is_private(address) == private


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_public_address_behind_a_proxy_does_not_lead_to_a_private_one(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # The server is the proxy, through which 8.8.8.8 answers; local addresses go past it.
    secret = server.at("/secret", b"of this computer")
    port = secret.split(":")[2].split("/")[0]
    server.at("http://8.8.8.8/feed", redirecting(f"http://{name}:{port}/secret"))
    server.at("http://8.8.8.8/other", redirecting("http://8.8.4.4/feed"))
    server.at("http://8.8.4.4/feed", b"public")
    monkeypatch.setenv("HTTP_PROXY", server.url(""))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost,::1")
    assert request("GET", "http://8.8.8.8/other").body == b"public"
    with pytest.raises(HttpError, match="your own network"):
        request("GET", "http://8.8.8.8/feed")
    assert request("GET", server.at("/a", redirecting("/secret"))).body == b"of this computer"


PUBLIC_HERE = """
import sys
from kirara_studio.api.http import HttpError, request
from tests.plugins.kirara_releases.feed_server import FeedServer, redirecting
with FeedServer() as local, FeedServer(host="8.8.8.8") as public:
    local.at("/secret", b"of this computer")
    port = local.url("").split(":")[2]
    far = public.at("/far", b"public")
    assert request("GET", public.at("/a", redirecting(far))).body == b"public"
    assert request("GET", local.at("/b", redirecting(far))).body == b"public"
    for host in ("127.0.0.1", "localhost", "0.0.0.0"):
        for start in (redirecting(f"http://{host}:{port}/secret"), redirecting("/2")):
            public.at("/2", redirecting(f"http://{host}:{port}/secret"))
            try:
                print(request("GET", public.at("/1", start)).body)
            except HttpError as error:
                assert "your own network" in str(error), error
    assert "/secret" not in [path for path, _ in local.requests], local.requests
print("refused")
"""


def test_a_public_address_does_not_lead_to_a_private_one(repository: Path) -> None:
    # In a network of its own, where a public address is this computer's.
    commands = 'ip link set lo up && ip addr add 8.8.8.8/32 dev lo && exec "$@"'
    inside = ["unshare", "--net", "sh", "-c", commands, "sh"]
    try:
        possible = subprocess.run([*inside, "true"], capture_output=True).returncode == 0
    except OSError:
        possible = False
    if not possible:
        pytest.skip("a network of its own needs Linux, iproute2 and root")
    done = subprocess.run(
        [*inside, sys.executable, "-c", PUBLIC_HERE],
        capture_output=True,
        text=True,
        cwd=repository,
    )
    assert done.stdout == "refused\n", done.stdout + done.stderr


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


def test_a_token_is_not_replaced_by_what_netrc_has(
    server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login yuno password hidamari\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    address = server.at("/a", b"hello")
    request("GET", address, headers={"Authorization": "Bearer t"})
    request("GET", address)
    sent = [headers["Authorization"] for _, headers in server.requests]
    assert sent[0] == "Bearer t" and sent[1].startswith("Basic ")
