"""A real HTTP server on loopback that can behave badly."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field

from tests.loopback_server import Behaviour, Handler, LoopbackServer, giving, stalling

__all__ = ["giving", "stalling"]

Headers = dict[str, str]


@dataclass
class FeedServer(LoopbackServer):
    """``with FeedServer() as server``. ``server.at(path, behaviour)`` gives an address."""

    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    requests: list[tuple[str, Headers]] = field(default_factory=list)

    def behave(self, handler: Handler) -> None:
        self.requests.append((handler.path, dict(handler.headers)))
        self.behaviours[handler.path](handler)

    def url(self, path: str) -> str:
        return f"{self.origin}{path}"

    def at(self, path: str, behaviour: Behaviour | bytes | str) -> str:
        """Behave so at ``path``; bytes or text are served as they are. Returns the address."""
        if isinstance(behaviour, str):
            behaviour = behaviour.encode()
        if isinstance(behaviour, bytes):
            self.behaviours[path] = giving(behaviour)
        else:
            self.behaviours[path] = behaviour
        return self.url(path)


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
