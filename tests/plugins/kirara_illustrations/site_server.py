"""A real HTTP server on loopback that answers as sites do, well or badly."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request; ``query`` holds the parameters of the address, and those of a JSON body."""

    method: str
    path: str
    query: dict[str, Any]
    headers: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = {**dict(parse_qsl(parts.query)), **body}
        asked = Asked(self.command, parts.path, query, headers)
        self.close_connection = True
        with contextlib.suppress(OSError):  # the client has gone, as it should
            self.server.owner.behave(self, asked)

    def do_POST(self) -> None:
        self.do_GET()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: SiteServer

    def handle_error(self, *_: object) -> None:
        pass


Behaviour = Callable[[Handler], None]


@dataclass
class SiteServer:
    """Serves ``routes``: what a function gives for a request is sent as JSON, bytes as they are.

    ``failing`` is what it does instead, at paths that begin with ``failing_at``.
    """

    routes: dict[str, Callable[[Asked], Any]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    failing: Behaviour | None = None
    failing_at: str = "/"
    sent: int = 0
    ending: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> SiteServer:
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def behave(self, handler: Handler, asked: Asked) -> None:
        self.asked.append(asked)
        if self.failing is not None and asked.path.startswith(self.failing_at):
            self.failing(handler)
            return
        route = self.routes.get(asked.path)
        found = route(asked) if route else None
        if callable(found):
            found(handler)
        elif isinstance(found, bytes):
            handler.answer(200, found, **self.headers)
        elif found is None:
            handler.answer(404, b'{"error": "Record not found"}', Content_Type="application/json")
        else:
            handler.answer(
                200, json.dumps(found).encode(), Content_Type="application/json", **self.headers
            )


def giving(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    return lambda handler: handler.answer(status, body, **headers)


def breaking_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'[{"id": "1"')


def stalling(handler: Handler) -> None:
    handler.server.owner.ending.wait(10)


def endless(handler: Handler) -> None:
    """More than anybody takes; the server counts what was taken."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while handler.server.owner.sent < 200_000_000:
        handler.wfile.write(b" " * 500_000)
        handler.server.owner.sent += 500_000
