"""One question to an engine over HTTP, within bounds on time and size, and with a Stop.

http.client and not requests, since a Stop must reach the socket: the engine hears that nobody
waits any more, and nothing of the question is left in this process.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.kept_json import parse_json

_CHUNK = 65_536  # bytes
_POLL = 0.05  # seconds between two looks at whether the user pressed Stop
_START = "Start it, and try again."


@dataclass(frozen=True)
class Bounds:
    """Seconds until the connection stands, seconds for all of the answer, bytes of the answer."""

    connect: float = 2.0
    total: float = 30.0
    size: int = 20_000_000


class EngineError(UserError):
    """The engine gave nothing usable. ``status`` is that of its answer, 0 where it had none."""

    def __init__(
        self, message: str, *, advice: str = "", status: int = 0, **values: object
    ) -> None:
        super().__init__(message, advice=advice, **values)
        self.status = status


def normal_address(address: str) -> str:
    """An address as people write it ("localhost:50021") as "http://localhost:50021".

    Raises :class:`UserError` where it is none.
    """
    text = address.strip()
    text = (text if "://" in text else f"http://{text}").rstrip("/")
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = None
    if not usable or parts.query or parts.fragment or parts.username:
        raise UserError(
            "“{address}” is not the address of an engine.",
            advice="Write it as http://127.0.0.1:50021.",
            address=address,
        )
    return text


def place(address: str) -> str:
    """Host and port, as errors name an engine."""
    return urlsplit(address).netloc


def ask(
    address: str,
    method: str,
    path: str,
    parameters: Mapping[str, Any] | None = None,
    body: Any = None,
    *,
    bounds: Bounds = Bounds(),
    check: Callable[[], None] = lambda: None,
) -> bytes:
    """Ask, and return the body of the answer.

    ``body`` is sent as JSON, unless it is None. ``check`` is called some twenty times a second;
    what it raises ends the question, and hangs up. No proxy is asked, and no redirect followed.

    Raises
    ------
    EngineError
        Saying in a sentence why nothing usable came.
    """
    question = _Question(address, method, _target(address, path, parameters), body, bounds)
    thread = threading.Thread(target=question.run, name="engine", daemon=True)
    thread.start()
    deadline = time.monotonic() + bounds.total
    try:
        while not question.done.wait(_POLL):
            check()
            if time.monotonic() > deadline:
                raise EngineError(
                    "The engine at {address} took longer than {seconds:g} seconds.",
                    advice="Look whether it still works, or start it anew.",
                    address=place(address),
                    seconds=bounds.total,
                )
    finally:
        question.hang_up()
    if question.error is not None:
        raise question.error
    return question.answer


def ask_json(address: str, method: str, path: str, *arguments: Any, **options: Any) -> Any:
    """As :func:`ask`, for an answer in JSON."""
    answer = ask(address, method, path, *arguments, **options)
    try:
        return parse_json(answer)
    except ValueError as error:
        raise nonsense(address) from error


def nonsense(address: str) -> EngineError:
    """The error for an answer that is none."""
    return EngineError(
        "What answers at {address} is no engine that the studio understands.",
        advice="Look in the settings which address is given, and which program listens there.",
        address=place(address),
    )


def _target(address: str, path: str, parameters: Mapping[str, Any] | None) -> str:
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{urlsplit(address).path}{path}{query}"


class _Question:
    """A question on its way. ``answer`` or ``error`` hold once ``done`` is set."""

    def __init__(self, address: str, method: str, target: str, body: Any, bounds: Bounds) -> None:
        self.done = threading.Event()
        self.answer = b""
        self.error: EngineError | None = None
        self._address, self._method, self._target = address, method, target
        self._body, self._bounds = body, bounds
        self._lock = threading.Lock()
        self._given_up = False
        self._socket: socket.socket | None = None

    def run(self) -> None:
        """Ask, in a thread of its own, since a name look-up, or headers that come drip by drip,
        are bounded by no time-out of a socket."""
        try:
            self.answer = self._ask()
        except EngineError as error:
            self.error = error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.error = EngineError(
                "The engine at {address} broke off ({reason}).",
                advice=_START,
                address=place(self._address),
                reason=one_line(error, 80),
            )
        finally:
            self.done.set()

    def hang_up(self) -> None:
        """Close the connection, whatever it is doing."""
        with self._lock:
            self._given_up = True
            if self._socket is not None:
                # Shut down and not only closed: that wakes a thread which waits for the answer.
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _ask(self) -> bytes:
        parts = urlsplit(self._address)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(parts.hostname or "", parts.port, timeout=self._bounds.connect)
        try:
            try:
                connection.connect()
            except OSError as error:
                raise EngineError(
                    "No engine answers at {address}.", advice=_START, address=place(self._address)
                ) from error
            # Only where nobody hangs up on it: who waits for the answer has the shorter clock.
            connection.sock.settimeout(2 * self._bounds.total + 10)
            with self._lock:
                if self._given_up:
                    return b""
                self._socket = connection.sock
            headers = {"Accept": "*/*"}
            content = None
            if self._body is not None:
                content = json.dumps(self._body).encode()
                headers["Content-Type"] = "application/json"
            elif self._method == "POST":
                headers["Content-Length"] = "0"
            connection.request(self._method, self._target, content, headers)
            return self._read(connection.getresponse())
        finally:
            with self._lock:
                self._socket = None
            connection.close()

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        pieces, size = [], 0
        while piece := response.read(_CHUNK):
            size += len(piece)
            if size > self._bounds.size:
                raise EngineError(
                    "The engine at {address} answers with more than {megabytes:g} MB.",
                    advice="Look which program listens at this address.",
                    address=place(self._address),
                    megabytes=self._bounds.size / 1e6,
                )
            pieces.append(piece)
        body = b"".join(pieces)
        if 300 <= response.status < 400:
            raise nonsense(self._address)
        if response.status >= 400:
            detail = _detail(body)
            raise EngineError(
                "The engine at {address} refuses (HTTP {code}: {detail})."
                if detail
                else "The engine at {address} refuses (HTTP {code}).",
                advice="Look at what it prints; it may be too old, or miss a file.",
                status=response.status,
                address=place(self._address),
                code=response.status,
                detail=detail,
            )
        return body


def _detail(body: bytes) -> str:
    """What the engine says of its refusal."""
    try:
        detail = parse_json(body)["detail"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return " ".join(str(detail).split())[:200]
