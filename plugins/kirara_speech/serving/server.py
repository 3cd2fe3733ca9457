"""The HTTP server: allowed origins, and the limits of requests and connections.

FastAPI does the rest. Everything here is decided by the headers, before a body is read.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Sequence
from types import FrameType
from typing import TYPE_CHECKING, cast

import h11
import uvicorn
from anyio.to_thread import current_default_thread_limiter
from fastapi import HTTPException
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SILENCE = 60.0
"""Seconds until a connection is closed that neither sends nor takes anything."""

HEAD = 10.0
"""Seconds from the first byte of a request to the end of its headers."""

MOST_CONNECTIONS = 200
"""For a further one, the connection that has waited longest for a request is closed."""

MOST_REQUESTS = 150
"""They are answered one after the other; further ones get status 503 and may come again."""

MOST_BYTES = 200_000_000
"""All bodies together that are being read or answered."""

_LONGEST_HEAD = 131_072  # bytes of an address and headers: 5,000 characters take up to 60,000
_LAST_RESPONSES = 10  # seconds for them when the server stops
_LATER = {"Retry-After": "1"}

_LOCAL = r"(localhost|127\.0\.0\.1|\[::1\])"
_LOCAL_HOST = re.compile(rf"{_LOCAL}(:\d+)?", re.IGNORECASE)
_LOCAL_ORIGIN = "|".join(
    (
        # Programs and pages of this computer: tauri://localhost, http://app.localhost:3000.
        r"[a-z][a-z0-9+.-]*://(([a-z0-9_-]+\.)*localhost|127\.0\.0\.1|\[::1\])(:\d+)?",
        r"app://\.",  # Electron
        # Add-ons of browsers, which the user installed.
        r"(chrome|moz|ms-browser|safari|safari-web)-extension://[A-Za-z0-9._-]+",
    )
)


class Guard(CORSMiddleware):
    """Refuses pages of other origins than this computer's and ``origins`` ("*": all).

    Like VOICEVOX, but before it reads the body of a request. If the server listens on this computer
    only (``local_only``), the Host header must be local too, which prevents DNS rebinding.
    """

    def __init__(self, app: ASGIApp, *, origins: Sequence[str], local_only: bool) -> None:
        allowed = [".*" if origin == "*" else re.escape(origin) for origin in origins]
        super().__init__(
            app,
            allow_origin_regex="|".join([_LOCAL_ORIGIN, *allowed]),
            allow_methods=["*"],
            allow_headers=["*"],
            allow_credentials=True,
            allow_private_network=True,  # a page of an allowed origin may be on the internet
        )
        self._local_only = local_only
        self._requests = self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = MutableHeaders(scope=scope)
        if not self._is_allowed(headers):
            await JSONResponse({"detail": "Origin not allowed"}, 403)(scope, receive, send)
            return
        if self._requests >= MOST_REQUESTS:
            busy = JSONResponse({"detail": "Too many requests"}, 503, _LATER)
            await busy(scope, receive, send)
            return
        # Every body is JSON, also if a program declares another type.
        headers["Content-Type"] = "application/json"
        body = _Body(self, receive)
        self._requests += 1
        try:
            await super().__call__(_usual(scope), body.receive, send)
        finally:
            self._requests -= 1
            self._bytes -= body.size

    def _is_allowed(self, headers: MutableHeaders) -> bool:
        if self._local_only and not _LOCAL_HOST.fullmatch(headers.get("Host", "")):
            return False
        return all(map(self.is_allowed_origin, headers.getlist("Origin")))

    def hold(self, size: int) -> None:
        """Count bytes of a body. Raises :class:`fastapi.HTTPException` if they are too many."""
        if self._bytes + size > MOST_BYTES:
            raise HTTPException(503, "Too much data at once", _LATER)
        self._bytes += size


class _Body:
    """The body of a request, whose ``size`` counts until the request is answered."""

    def __init__(self, guard: Guard, receive: Receive) -> None:
        self._guard, self._receive = guard, receive
        self.size = 0

    async def receive(self) -> Message:
        message = await self._receive()
        size = len(message.get("body", b""))
        self._guard.hold(size)
        self.size += size
        return message


def _usual(scope: Scope) -> Scope:
    """The request without a slash at the end of its path, and with GET for HEAD.

    uvicorn knows the real method, and sends no body after HEAD.
    """
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    return {**scope, "method": method, "path": scope["path"].rstrip("/") or "/"}


class Server(uvicorn.Server):
    """Serves ``app`` until :meth:`end`, Ctrl+C or SIGTERM, which call ``stop`` first."""

    def __init__(
        self,
        app: FastAPI,
        stop: Callable[[], None],
        *,
        origins: Sequence[str],
        local_only: bool,
    ) -> None:
        app.add_middleware(Guard, origins=origins, local_only=local_only)
        config = uvicorn.Config(
            app,
            http=_Protocol,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            timeout_keep_alive=round(SILENCE),
            timeout_graceful_shutdown=_LAST_RESPONSES,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
        )
        super().__init__(config)
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen. Each request may have a thread of its own."""
        current_default_thread_limiter().total_tokens = MOST_REQUESTS
        await super().startup(sockets)

    def end(self) -> None:
        """Stop; may be called from any thread."""
        self._stop()
        self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; at once after a second signal. Unlike uvicorn's, it does not raise it again."""
        self.force_exit = self.should_exit
        self.end()


class _Protocol(H11Protocol):
    """Closes a connection that sends nothing although a request, or its rest, is due.

    Headers must also be complete soon after their first byte, and answers must be taken. If there
    are too many connections, the one that has waited longest for a request makes room.
    """

    _since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        if len(self.connections) >= MOST_CONNECTIONS:
            waiting = [one for one in cast("set[_Protocol]", self.connections) if one._waits]
            if waiting:
                min(waiting, key=lambda one: one._since).transport.abort()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        super().connection_made(transport)
        self._since = self.loop.time()
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()
        if self.conn.their_state is not h11.IDLE:
            self._forget("head")
        elif "head" not in self._timers:
            self._after(HEAD, "head", self.transport.close)

    def on_response_complete(self) -> None:
        self._since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._after(SILENCE, "untaken", self._check_taken, self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        super().resume_writing()
        self._forget("untaken")

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        for name in tuple(self._timers):
            self._forget(name)

    @property
    def _waits(self) -> bool:
        """True until all of a request has arrived."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _watch(self) -> None:
        self._forget("silence")
        if self._waits:
            self._after(SILENCE, "silence", self.transport.close)

    def _check_taken(self, before: int) -> None:
        """Close the connection if its program has taken nothing of the answer since then."""
        left = self.transport.get_write_buffer_size()
        if left < before:
            self._after(SILENCE, "untaken", self._check_taken, left)
        else:
            self.transport.abort()

    def _after(
        self, seconds: float, name: str, function: Callable[..., None], *values: int
    ) -> None:
        self._timers[name] = self.loop.call_later(seconds, function, *values)

    def _forget(self, name: str) -> None:
        if name in self._timers:
            self._timers.pop(name).cancel()
