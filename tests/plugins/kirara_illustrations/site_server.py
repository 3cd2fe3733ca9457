"""A real HTTP server on loopback that answers as sites do, well or badly."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.loopback_server import Behaviour, Handler, LoopbackServer, giving, stalling

__all__ = ["giving", "stalling"]


@dataclass(frozen=True)
class Asked:
    """A request; ``query`` holds the parameters of the address, and those of a JSON body."""

    method: str
    path: str
    query: dict[str, Any]
    headers: dict[str, str]


class SiteHandler(Handler):
    def do_POST(self) -> None:
        self.do_GET()


@dataclass
class SiteServer(LoopbackServer):
    """Serves ``routes``: what a function gives for a request is sent as JSON, bytes as they are.

    ``failing`` is what it does instead, at paths that begin with ``failing_at``.
    """

    handler = SiteHandler
    routes: dict[str, Callable[[Asked], Any]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    failing: Behaviour | None = None
    failing_at: str = "/"

    def behave(self, handler: Handler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        body = json.loads(handler.rfile.read(length)) if length else {}
        parts = urlsplit(handler.path)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        query = {**dict(parse_qsl(parts.query)), **body}
        asked = Asked(handler.command, parts.path, query, headers)
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


def breaking_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'[{"id": "1"')


def endless(handler: Handler) -> None:
    """More than anybody takes; the server counts what was taken."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while handler.server.owner.sent < 200_000_000:
        handler.wfile.write(b" " * 500_000)
        handler.server.owner.sent += 500_000
