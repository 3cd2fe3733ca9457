"""A package index on loopback: a folder of files, served as PyPI serves them."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename

if TYPE_CHECKING:
    import pytest


class PackageIndex:
    """Serves the wheels and sdists in ``folder``; ``asked`` are the names that were looked up."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.asked: list[str] = []
        handler = functools.partial(_Handler, self)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def running(self) -> Iterator[PackageIndex]:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            self.stop()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def files(self, name: str) -> list[str]:
        return [path.name for path in sorted(self.folder.iterdir()) if _name(path) == name]


def _name(path: Path) -> str:
    if path.suffix == ".whl":
        return parse_wheel_filename(path.name)[0]
    return parse_sdist_filename(path.name)[0] if path.name.endswith(".tar.gz") else ""


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, index: PackageIndex, *arguments: object) -> None:
        self._index = index
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        kind, _, name = self.path.strip("/").partition("/")
        if kind == "files" and (self._index.folder / name).is_file():
            self._answer((self._index.folder / name).read_bytes())
            return
        if kind == "simple":
            self._index.asked.append(canonicalize_name(name))
            if files := self._index.files(canonicalize_name(name)):
                links = "".join(f'<a href="/files/{file}">{file}</a><br>' for file in files)
                self._answer(f"<!DOCTYPE html><html><body>{links}</body></html>".encode())
                return
        self.send_error(404)

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


def use_index(monkeypatch: pytest.MonkeyPatch, address: str, tool: str = "uv") -> None:
    """Make ``tool`` use this index, and nothing that this machine is configured for."""
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KIRARA_INSTALLER", tool)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{address}/simple")
    monkeypatch.setenv("UV_NO_CONFIG", "1")
