"""A real HTTP server on loopback that can behave badly."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Headers = dict[str, str]
Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the server is set up for this path, and keeps the requests."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        server = self.server.owner
        server.requests.append((self.path, dict(self.headers)))
        self.close_connection = True
        with contextlib.suppress(OSError):  # the client has gone, as it should
            server.behaviours[self.path](self)

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
    owner: FeedServer

    def handle_error(self, *_: object) -> None:
        pass


@dataclass
class FeedServer:
    """``with FeedServer() as server``. ``server.at(path, behaviour)`` gives an address."""

    certificate: str = ""
    host: str = "127.0.0.1"
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    requests: list[tuple[str, Headers]] = field(default_factory=list)
    sent: int = 0
    ending: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> FeedServer:
        self._server = _Server((self.host, 0), Handler)
        self._server.owner = self
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str) -> str:
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://{self.host}:{self._server.server_address[1]}{path}"

    def at(self, path: str, behaviour: Behaviour | bytes | str) -> str:
        """Behave so at ``path``; bytes or text are served as they are. Returns the address."""
        if isinstance(behaviour, str):
            behaviour = behaviour.encode()
        if isinstance(behaviour, bytes):
            self.behaviours[path] = giving(behaviour)
        else:
            self.behaviours[path] = behaviour
        return self.url(path)


def giving(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    return lambda handler: handler.answer(status, body, **headers)


def versioned(body: bytes, *, etag: str = "", modified: str = "") -> Behaviour:
    """Answers 304 to who has this version already."""

    def behave(handler: Handler) -> None:
        asked = handler.headers
        if (etag and asked["If-None-Match"] == etag) or (
            modified and asked["If-Modified-Since"] == modified
        ):
            handler.send_response(304)
            handler.end_headers()
            return
        validators = {"ETag": etag} if etag else {}
        if modified:
            validators["Last-Modified"] = modified
        handler.answer(200, body, **validators)

    return behave


def redirecting(target: str, status: int = 302) -> Behaviour:
    return giving(b"elsewhere", status, Location=target)


def stalling(handler: Handler) -> None:
    """Nothing at all."""
    handler.server.owner.ending.wait(10)


def stalling_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"BEGIN:VCALENDAR\r\n")
    stalling(handler)


def dripping_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    _drip(handler)


def dripping_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    _drip(handler)


def dripping_chunks(handler: Handler) -> None:
    """A chunk whose length never ends."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\nBEGIN\r\n5;")
    _drip(handler)


def breaking_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"BEGIN:VCALENDAR\r\n")


def hanging_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def talking_nonsense(handler: Handler) -> None:
    handler.wfile.write(b"\x00\xff nonsense \r\n\r\n")


def huge(size: int) -> Behaviour:
    """``size`` bytes, in chunks, of which the server counts those that were taken."""

    def behave(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        chunk = b"x" * 100_000
        while handler.server.owner.sent < size:
            handler.wfile.write(chunk)
            handler.server.owner.sent += len(chunk)

    return behave


def _drip(handler: Handler) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end and not handler.server.owner.ending.is_set():
        handler.wfile.write(b"x")
        time.sleep(0.05)


def closed_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
