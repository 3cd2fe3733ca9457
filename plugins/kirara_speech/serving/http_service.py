"""The server: HTTP to :class:`~kirara_speech.serving.interface.Interface`, within bounds."""

from __future__ import annotations

import errno
import json
import re
import socket
import sys
import threading
import traceback
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kirara_speech.serving.checking import Parameters, Refusal
from kirara_speech.serving.interface import Answer, Asked, Interface, Route
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.jobs import Cancelled

LARGEST_BODY = 50_000_000
"""Bytes of a request."""

_IDLE = 60  # seconds until a silent connection is closed
_MOST = 64  # connections at once
_LOCAL_ORIGIN = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?|app://\.")
_LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?", re.IGNORECASE)
_WORD = "/user_dict_word/"


class Service(ThreadingHTTPServer):
    """Serves an interface until it is shut down.

    Pages of other origins than this computer's are refused, as VOICEVOX does it, unless they are
    among ``origins`` ("*": all). While it listens on this computer alone, a request must also name
    it so, lest a page reaches it under a name of its own.

    Raises :class:`UserError` where it cannot listen there.
    """

    daemon_threads = True
    block_on_close = False
    # On Windows the option would let two programs share the port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(
        self, host: str, port: int, interface: Interface, origins: Sequence[str] = ()
    ) -> None:
        self.interface = interface
        self.origins = frozenset(origins)
        self.connections = threading.BoundedSemaphore(_MOST)
        try:
            self.address_family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            super().__init__((host, port), _Handler)
        except OverflowError as error:
            raise UserError(
                "{port} is not a port.", advice="Choose one from 1 to 65535.", port=port
            ) from error
        except OSError as error:
            raise _cannot_listen(host, port, error) from error
        self.local_only = self.server_address[0] in ("127.0.0.1", "::1")

    @property
    def address(self) -> str:
        """Where programs find it."""
        host, port = str(self.server_address[0]), self.server_address[1]
        name = f"[{host}]" if ":" in host else host
        return f"http://{name}:{port}"

    def allows(self, origin: str) -> bool:
        """True where pages of ``origin`` may ask."""
        known = "*" in self.origins or origin in self.origins
        return known or _LOCAL_ORIGIN.fullmatch(origin) is not None

    def process_request(self, request: Any, client_address: Any) -> None:
        """Handle a connection in a thread of its own, or close it where there are too many."""
        if not self.connections.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The thread of a connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.connections.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection broke: that is the other side's matter, unless it is a defect."""
        error = sys.exception()
        if not isinstance(error, OSError):
            traceback.print_exc()


class _Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"
    server_version = "KiraraStudio"
    timeout = _IDLE

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_PUT(self) -> None:
        self._handle()

    def do_DELETE(self) -> None:
        self._handle()

    def do_OPTIONS(self) -> None:
        """A page asks whether it may ask."""
        if not self._welcome():
            return
        self.send_response(200)
        self._send_origin()
        self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS")
        wished = self.headers.get("Access-Control-Request-Headers", "*")
        self.send_header("Access-Control-Allow-Headers", wished)
        self.send_header("Access-Control-Max-Age", "600")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _handle(self) -> None:
        try:
            body = self._body()
            if not self._welcome():
                return
            answer = self._answer(body)
        except Cancelled:
            self.close_connection = True
        except Refusal as refusal:
            self._send_json(refusal.status, {"detail": refusal.detail})
        except UserError as error:
            self._send_json(500, {"detail": str(error)})
        except Exception as error:
            traceback.print_exc()
            self._send_json(500, {"detail": one_line(error)})
        else:
            self._send_answer(answer)

    def _answer(self, body: bytes) -> Any:
        try:
            parts = urlsplit(self.path)
        except ValueError as error:
            raise Refusal(400, "Bad Request") from error
        route, name = self._route(parts.path)
        values = dict(parse_qsl(parts.query, keep_blank_values=True))
        return route.answer(Asked(Parameters(values), body, name, self._check))

    def _route(self, path: str) -> tuple[Route, str]:
        path, name = unquote(path), ""
        if path.startswith(_WORD) and len(path) > len(_WORD):
            path, name = f"{_WORD}{{word_uuid}}", path[len(_WORD) :]
        routes = self.server.interface.routes
        route = routes.get((self.command, path))
        if route is not None:
            return route, name
        if any(known == path for _, known in routes):
            raise Refusal(405, "Method Not Allowed")
        raise Refusal(404, "Not Found")

    def _body(self) -> bytes:
        """The body of the request."""
        told = self.headers.get("Content-Length", "0")
        keep, self.close_connection = self.close_connection, True  # until all of it was read
        if "Transfer-Encoding" in self.headers:
            raise Refusal(411, "Length Required")
        if not re.fullmatch("[0-9]{1,18}", told):
            raise Refusal(400, "Content-Length is no number")
        if int(told) > LARGEST_BODY:
            raise Refusal(413, f"Request body is larger than {LARGEST_BODY} bytes")
        body = self.rfile.read(int(told))
        if len(body) < int(told):
            raise Cancelled
        self.close_connection = keep
        return body

    def _welcome(self) -> bool:
        """True where the other side may ask; else it has been told so."""
        origin = self.headers.get("Origin")
        host = self.headers.get("Host", "")
        foreign = self.server.local_only and not _LOCAL_HOST.fullmatch(host)
        if foreign or (origin is not None and not self.server.allows(origin)):
            self._send_json(403, {"detail": "Origin not allowed"})
            return False
        return True

    def _check(self) -> None:
        """Raise :class:`Cancelled` once the other side has hung up."""
        waited = self.connection.gettimeout()
        try:
            self.connection.settimeout(0)
            gone = self.connection.recv(1, socket.MSG_PEEK) == b""
        except (BlockingIOError, InterruptedError):
            gone = False
        except OSError:
            gone = True
        finally:
            self.connection.settimeout(waited)
        if gone:
            raise Cancelled

    def _send_answer(self, answer: Any) -> None:
        if isinstance(answer, Answer):
            self._send(200, answer.kind, answer.content)
        elif answer is None:
            self._send(204, "", b"")
        else:
            self._send_json(200, answer)

    def _send_json(self, status: int, values: Any) -> None:
        # Half a character, as of an error that quotes one, is written as JSON escapes it.
        content = json.dumps(values, ensure_ascii=False).encode(errors="backslashreplace")
        self._send(status, "application/json", content)

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self._send_origin()
        self.end_headers()
        self.wfile.write(content)

    def _send_origin(self) -> None:
        origin = self.headers.get("Origin")
        if origin is not None and self.server.allows(origin):
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Access-Control-Allow-Credentials", "true")
            self.send_header("Vary", "Origin")

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is logged of what goes well; errors are printed where they happen."""


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
