"""A webhook that behaves and misbehaves, and secrets in memory, for tests of messengers."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kirara_studio.api.errors import UserError


class Server(ThreadingHTTPServer):
    """Answers with each of ``answers`` once, and 200 afterwards."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[str] = []
        self.got: list[Any] = []
        self.bodies: list[bytes] = []
        self.release = threading.Event()

    @property
    def url(self) -> str:
        return self.address("json")

    def address(self, service: str) -> str:
        place = f"127.0.0.1:{self.server_port}/services/T0123/B0123/verysecrettoken0123456"
        return f"{service}://{place}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.do_PUT()

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.server.answers.pop(0) if self.server.answers else "200"
        self.server.bodies.append(body)
        if self.headers["Content-Type"] == "application/json":
            self.server.got.append(json.loads(body))
        if answer == "stall":
            self.server.release.wait(10)
            return
        if answer == "disconnect":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(int(answer))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Drawer:
    """Secrets in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.locked = False

    def get(self, name: str) -> str:
        if self.locked:
            raise UserError("The keyring is locked.")
        return self.kept.get(name, "")

    def set(self, name: str, value: str) -> None:
        if self.locked:
            raise UserError("The keyring is locked.")
        self.kept[name] = value


@contextlib.contextmanager
def webhook() -> Iterator[Server]:
    """A server that runs until the block ends."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()
