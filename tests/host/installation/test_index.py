"""The index of plugins: the local one, and one at an address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kirara_studio.host.installation.index import local_index, read_index

HELLO = {
    "name": "kirara-hello",
    "title": {"en": "Hello", "ja": "こんにちは"},
    "description": {"en": "Says hello."},
    "picture": "hello.png",
    "requirement": "kirara-hello>=1",
    "home": "https://example.org/hello",
    "api": ">=1,<2",
}


class Served:
    """What the server answers."""

    def __init__(self) -> None:
        self.body: bytes = b""
        self.status = 200
        self.address = ""

    def plugins(self, *plugins: Any) -> None:
        self.body = json.dumps({"format": 1, "plugins": plugins}).encode()


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(served.status)
            self.end_headers()
            self.wfile.write(served.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.address = f"http://127.0.0.1:{server.server_port}/index.json"
    yield served
    server.shutdown()
    server.server_close()


def test_the_local_index_lists_the_first_plugin_from_outside() -> None:
    (parikh,) = [entry for entry in local_index() if entry.name == "kirara-parikh"]
    assert parikh.requirement == "kirara-parikh" and parikh.fits
    assert set(parikh.title) == set(parikh.description) == {"en", "ja"}


def test_an_index_is_added_to_the_local_one(served: Served, tmp_path: Path) -> None:
    served.plugins(HELLO)
    index = read_index(served.address, tmp_path)
    assert index.problem is None
    hello = index.find("Kirara.Hello")
    assert hello is not None and hello.title["ja"] == "こんにちは" and hello.fits
    assert hello.picture == served.address.replace("index.json", "hello.png")
    assert index.find("kirara-parikh") is not None
    assert read_index("", tmp_path).find("kirara-hello") is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "cannot be read"),
        (b"[]", "no list"),
        (b"[" * 100_000, "nested"),
        (b"\xff", "cannot be read"),
        (b'{"format": 2, "plugins": []}', "format"),
        (b"<html>", "cannot be read"),
    ],
)
def test_a_malformed_index_is_a_clear_error_and_the_local_one_stays(
    served: Served, tmp_path: Path, body: bytes, reason: str
) -> None:
    served.body = body
    index = read_index(served.address, tmp_path)
    assert index.problem is not None and reason in index.problem.message
    assert "127.0.0.1" in index.problem.message and index.problem.advice
    assert [entry.name for entry in index.entries] == [entry.name for entry in local_index()]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "plugin 1"),
        ({"name": 5}, "“name” of plugin 1"),
        ({"title": "Hello"}, "“title” of plugin 1"),
        ({"title": {"ja": "こんにちは"}}, "“title” of plugin 1"),
        ({"description": {"en": "x" * 5000}}, "“description” of plugin 1"),
        ({"requirement": "hello world"}, "plugin 1"),
        ({"requirement": "hello @ file:///tmp/hello.whl"}, "not https"),
        ({"picture": "file:///etc/passwd"}, "not https"),
        ({"home": "javascript:alert(1)"}, "not https"),
        ({"api": "newest"}, "plugin 1"),
    ],
)
def test_a_wrong_entry_is_named(
    served: Served, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    served.plugins({**HELLO, **change})
    index = read_index(served.address, tmp_path)
    assert index.problem is not None and reason in index.problem.message


def test_without_a_network_the_last_answer_is_used(served: Served, tmp_path: Path) -> None:
    served.plugins(HELLO)
    read_index(served.address, tmp_path)
    served.status = 500
    index = read_index(served.address, tmp_path)
    assert index.find("kirara-hello") is not None
    assert index.problem is not None and "500" in index.problem.message


def test_an_index_is_bounded(served: Served, tmp_path: Path) -> None:
    served.body = b" " * 3_000_000
    index = read_index(served.address, tmp_path)
    assert index.problem is not None and "more than 2 MB" in index.problem.message


def test_only_https_is_asked(tmp_path: Path) -> None:
    for address in ("http://example.org/index.json", "file:///etc/passwd", "index.json"):
        index = read_index(address, tmp_path)
        assert index.problem is not None and "https" in index.problem.message


def test_a_plugin_for_another_interface_does_not_fit(served: Served, tmp_path: Path) -> None:
    served.plugins({**HELLO, "api": ">=99"})
    found = read_index(served.address, tmp_path).find("kirara-hello")
    assert found is not None and not found.fits
