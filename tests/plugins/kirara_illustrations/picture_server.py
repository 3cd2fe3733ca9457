"""A site with pictures on this computer, and a source that lists them in pages."""

from __future__ import annotations

import io
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import numpy as np
from PIL import Image

from kirara_illustrations.sources.base import Page, Picture, Post


def drawing(number: int, side: int = 48) -> bytes:
    """A PNG file of its own for each number."""
    pixels = np.random.default_rng(number).integers(0, 256, (6, 6, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).resize((side, side), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


class Site:
    """Serves ``files`` (path → bytes, or a status), and counts what it was asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files: dict[str, bytes | int] = {}
        self.headers: dict[str, str] = {}
        self.asked: Counter[str] = Counter()

    def add(self, name: str, content: bytes | int) -> str:
        self.files[f"/{name}"] = content
        return f"{self.address}/{name}"


@contextmanager
def picture_site() -> Iterator[Site]:
    """The site, as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked[self.path] += 1
            content = site.files.get(self.path, 404)
            data = content if isinstance(content, bytes) else b""
            self.send_response(200 if isinstance(content, bytes) else content)
            for name, value in site.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(ConnectionError):  # of a process that was killed
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Site(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


def post(number: int, *addresses: str, **values: Any) -> Post:
    """The post of a number, with pictures at ``addresses``."""
    values = {
        "author": "@yuno@example.org",
        "author_name": "Yuno",
        "text": f"drawing {number}",
        "tags": (),
        "posted": datetime.fromtimestamp(1_700_000_000 + number, UTC),
    } | values
    pictures = tuple(Picture(address) for address in addresses)
    return Post(f"test:{number}", f"https://example.org/{number}", pictures=pictures, **values)


class Listed:
    """A source of fixed posts, some a page; its state is how many were given."""

    kind: ClassVar[str] = "listed"

    def __init__(self, *posts: Post, a_page: int = 2, error: Exception | None = None) -> None:
        self.posts, self.a_page, self.error = posts, a_page, error
        self.given: list[str] = []

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        for start in range(int(state.get("given", 0)), len(self.posts), self.a_page):
            posts = self.posts[start : start + self.a_page]
            self.given += [one.id for one in posts]
            yield Page(posts, {"given": start + len(posts)})
        if self.error is not None:
            raise self.error

    def test(self) -> str:
        return f"{len(self.posts)} posts"
