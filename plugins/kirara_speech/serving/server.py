"""The HTTP server: allowed origins, and the limits of a connection. FastAPI does the rest."""

from __future__ import annotations

import asyncio
import errno
import re
import socket
from collections.abc import Callable, Sequence
from types import FrameType
from typing import TYPE_CHECKING

import h11
import uvicorn
from anyio.to_thread import current_default_thread_limiter
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol

from kirara_studio.api.errors import UserError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Receive, Scope, Send

SILENCE = 60
"""Seconds until a silent connection is closed."""

_MOST = 128  # connections at once; further ones get status 503
_LONGEST_HEAD = 131_072  # bytes of an address and headers: 5,000 characters take up to 60,000
_LAST_RESPONSES = 10  # seconds for them when the server stops

_LOCAL_ORIGIN = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?|app://\."
_LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?", re.IGNORECASE)


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
        )
        self._local_only = local_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = MutableHeaders(scope=scope)
        origin = headers.get("Origin")
        foreign = self._local_only and not _LOCAL_HOST.fullmatch(headers.get("Host", ""))
        if foreign or (origin is not None and not self.is_allowed_origin(origin)):
            await JSONResponse({"detail": "Origin not allowed"}, 403)(scope, receive, send)
            return
        # Every body is JSON, also if a program declares another type.
        headers["Content-Type"] = "application/json"
        await super().__call__(scope, receive, send)


class Server(uvicorn.Server):
    """Serves ``app`` until Ctrl+C or SIGTERM, which call ``stop`` first."""

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
            limit_concurrency=_MOST,
            timeout_keep_alive=SILENCE,
            timeout_graceful_shutdown=_LAST_RESPONSES,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
        )
        super().__init__(config)
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen. Each request may have a thread of its own."""
        current_default_thread_limiter().total_tokens = _MOST
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; at once after a second signal. Unlike uvicorn's, it does not raise it again."""
        self._stop()
        self.force_exit = self.should_exit
        self.should_exit = True


class _Protocol(H11Protocol):
    """Closes a connection that sends nothing although a request, or its rest, is due."""

    _silence: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._unwatch()

    def _watch(self) -> None:
        self._unwatch()
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._silence = self.loop.call_later(SILENCE, self.transport.close)

    def _unwatch(self) -> None:
        if self._silence is not None:
            self._silence.cancel()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 is any free one. Raises :class:`UserError`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OverflowError as error:
        raise UserError(
            "{port} is not a port.", advice="Choose one from 1 to 65535.", port=port
        ) from error
    except OSError as error:
        raise _cannot_listen(host, port, error) from error


def address_of(listening: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _cannot_listen(host: str, port: int, error: OSError) -> UserError:
    if error.errno == errno.EADDRINUSE:
        return UserError(
            "Port {port} is in use: another program, perhaps VOICEVOX, listens there.",
            advice="End that program, or choose another port with --port.",
            port=port,
        )
    if error.errno == errno.EACCES:
        return UserError(
            "Port {port} may not be used.", advice="Choose one above 1023 with --port.", port=port
        )
    return UserError(
        "The studio cannot listen at {host}, port {port} ({reason}).",
        advice="Choose another address with --host: 127.0.0.1 is this computer alone.",
        host=host,
        port=port,
        reason=error.strerror or error,
    )
