"""A real HTTP server on loopback, which its subclasses let behave well or badly."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar


class Handler(BaseHTTPRequestHandler):
    """Lets the server that owns it behave, once for each connection."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):  # the client has gone, as it should
            self.server.owner.behave(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


Behaviour = Callable[[Handler], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: Any

    def handle_error(self, *_: object) -> None:
        pass


@dataclass
class LoopbackServer:
    """``with … as server``. A subclass has ``behave(handler)``."""

    handler: ClassVar[type[Handler]] = Handler
    certificate: str = ""
    host: str = "127.0.0.1"
    sent: int = 0
    ending: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Any:
        self._server = _Server((self.host, 0), self.handler)
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

    @property
    def origin(self) -> str:
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://{self.host}:{self._server.server_address[1]}"


def giving(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    return lambda handler: handler.answer(status, body, **headers)


def stalling(handler: Handler) -> None:
    """Nothing at all."""
    handler.server.owner.ending.wait(10)
