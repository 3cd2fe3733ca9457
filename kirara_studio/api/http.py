"""HTTP(S) requests within bounds on time, size and redirects, whatever the server does.

They block, so call them in a job, and can be stopped at any moment: the connection is closed, even
while the answer is awaited. requests is imported when the first one is made.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from kirara_studio import __version__
from kirara_studio.api.errors import UserError, one_line

if TYPE_CHECKING:
    import requests

_CHUNK = 65_536  # bytes
_POLL = 0.05  # seconds between two calls of ``check``
_LARGEST_REFUSAL = 65_536  # bytes of the body of an answer that is an error
_OF_VPNS = ipaddress.ip_network("198.18.0.0/15")
_REDIRECTS = (301, 302, 303, 307, 308)
_CORRECT_ADDRESS = "Look at the address in a browser, and correct it."


@dataclass(frozen=True)
class Limits:
    """Bounds of one request: times in seconds, ``size`` in bytes after decompression.

    ``connect`` and ``silence`` bound the wait for the connection and between two chunks of the
    answer, ``total`` all of it, redirects included. With 0 ``redirects`` none is followed, never
    one of a POST, and never one from a public address to this computer or its network.
    """

    connect: float = 10.0
    silence: float = 20.0
    total: float = 60.0
    size: int = 5_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Response:
    """An answer, of any status. The names of ``headers`` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def retry_after(self) -> float | None:
        """How many seconds the server asks to wait; None if it does not."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:12])
        try:
            return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
        except (ValueError, TypeError, OverflowError, OSError):
            return None


class HttpError(UserError):
    """A failed request.

    ``status`` is that of the answer, 0 if there was none; ``retry_after`` is how many seconds the
    server asked to wait, if it did.
    """

    def __init__(
        self,
        message: str,
        *,
        advice: str = "",
        status: int = 0,
        retry_after: float | None = None,
        **values: object,
    ) -> None:
        super().__init__(message, advice=advice, **values)
        self.status = status
        self.retry_after = retry_after


class Unreachable(HttpError):
    """There was no connection."""


def request(
    method: str,
    url: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    body: Any = None,
    headers: Mapping[str, str] | None = None,
    limits: Limits = Limits(),
    environment: bool = True,
    public: bool = False,
    advice: str = "",
    check: Callable[[], None] = lambda: None,
) -> Response:
    """Send a request to an http or https address, and return the answer, whatever its status.

    Parameters
    ----------
    url
        A name and password in it are used, and never shown in an error.
    parameters
        Added to the query of the address.
    body
        Sent as JSON, unless it is None.
    headers
        Further headers, such as ``If-None-Match``; redirects send them on.
    environment
        Use the proxies, certificates and ``.netrc`` of the environment.
    public
        The address comes from somebody else: refuse it if it is of this computer or its network.
    advice
        The advice of errors that have none of their own.
    check
        Called about twenty times a second; what it raises ends the request.

    Raises :class:`HttpError` if no answer came, :class:`Unreachable` if nothing listens there.
    """
    import requests

    sent = {"User-Agent": f"KiraraStudio/{__version__}", "Accept-Encoding": "gzip"}
    content = None
    if body is not None:
        content, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
    sent |= headers or {}
    # Otherwise requests would replace a token by what .netrc has for this host, or for any.
    has_token = any(name.lower() == "authorization" for name in sent)
    wanted = requests.Request(
        method, url, sent, None, content, parameters, auth=_as_it_is if has_token else None
    )
    exchange = _Exchange(wanted, limits, environment, public)
    # In a thread of its own, since no time-out of a socket bounds a name look-up, or headers that
    # come byte by byte. A daemon, so an abandoned one does not delay the exit.
    threading.Thread(target=exchange.run, name="http", daemon=True).start()
    deadline = time.monotonic() + limits.total
    try:
        while not wait([exchange.answer], _POLL).done:
            check()
            if time.monotonic() > deadline:
                raise HttpError(
                    "“{host}” took longer than {seconds:g} seconds.",
                    host=host_of(url),
                    seconds=limits.total,
                )
        return exchange.answer.result()
    except HttpError as error:
        if not error.advice:
            error.advice = error.advice_template = advice
        raise
    finally:
        exchange.hang_up()


def host_of(url: str) -> str:
    """The host of an address, with its port if it names one, without secrets in the rest."""
    with contextlib.suppress(ValueError):
        parts = urlsplit(url)
        if parts.hostname:
            return parts.hostname + (f":{parts.port}" if parts.port is not None else "")
    # Something else: what stands where the host would.
    scheme, mark, rest = url.rpartition("://")
    return f"{scheme}{mark}{re.split('[/?#]', rest.rpartition('@')[2])[0]}"[:60]


def masked(url: str) -> str:
    """An address to be shown: only scheme and host, as the rest may hold a password or a key."""
    scheme = url.partition("://")[0]
    return f"{scheme}://{host_of(url).removeprefix(f'{scheme}://')}/…"


def is_private(address: str) -> bool:
    """True if an IP address is of this computer or of its network, and not of the internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    # VPN programs answer with addresses of the second kind for hosts of the internet.
    return not found.is_global and found not in _OF_VPNS


class _Exchange:
    def __init__(
        self, wanted: requests.Request, limits: Limits, environment: bool, public: bool
    ) -> None:
        self.answer: Future[Response] = Future()
        self._wanted, self._limits, self._host = wanted, limits, host_of(str(wanted.url))
        self._session = _session(self._reached, self._connected)
        self._session.trust_env = environment
        self._lock = threading.Lock()
        self._given_up = False
        self._socket: socket.socket | None = None
        self._proxied = False
        self._is_public = False
        self._from_public = public  # a public address refers to this one

    def run(self) -> None:
        import requests
        from urllib3.exceptions import HTTPError

        try:
            with self._session:
                self.answer.set_result(self._fetch())
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            explained = _explained(error, self._host, self._limits)
            explained.__cause__ = error
            self.answer.set_exception(explained)
        except BaseException as error:
            self.answer.set_exception(error)

    def hang_up(self) -> None:
        """Close the connection, whatever it is doing."""
        with self._lock:
            self._given_up = True
            if self._socket is not None and not self.answer.done():
                # Shut down and not only closed: that wakes a thread which waits for the answer.
                with contextlib.suppress(OSError, ValueError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _connected(self, connection: socket.socket) -> None:
        with self._lock:
            if self._given_up:
                raise OSError("given up")
            self._socket = connection

    def _reached(self, connection: socket.socket) -> None:
        if not self._proxied:
            self._check_place([connection.getpeername()[0]])

    def _check_place(self, places: Iterable[str]) -> None:
        """Raise HttpError if an IP address may not be asked after a redirect."""
        private = any(is_private(place) for place in places)
        self._is_public = not private
        if private and self._from_public:
            raise HttpError(
                "“{host}” refers to an address in your own network, which is not followed.",
                advice=_CORRECT_ADDRESS,
                host=self._host,
            )

    def _fetch(self) -> Response:
        url = str(self._wanted.url)
        for _ in range(self._limits.redirects + 1):
            if not url.lower().startswith(("http://", "https://")):
                raise HttpError(
                    "“{host}” refers to an address that is neither http nor https.",
                    advice=_CORRECT_ADDRESS,
                    host=self._host,
                )
            with self._sent() as response:
                target = response.headers.get("Location", "")
                redirected = response.status_code in _REDIRECTS and target
                follow = self._limits.redirects and self._wanted.method in ("GET", "HEAD")
                if not (redirected and follow):
                    return self._received(response)
            url = urljoin(url, target)
            self._wanted.url, self._wanted.params = url, {}
            self._from_public = self._from_public or self._is_public
            self._session.close()  # the next one is a new connection, which is checked
        raise HttpError("“{host}” keeps redirecting.", advice=_CORRECT_ADDRESS, host=self._host)

    def _sent(self) -> requests.Response:
        from requests.cookies import extract_cookies_to_jar
        from requests.utils import select_proxy

        # Not through session.request: it reads the body of a redirect, however long, even if it
        # does not follow any.
        request = self._session.prepare_request(self._wanted)
        assert request.url is not None
        settings = self._session.merge_environment_settings(request.url, {}, True, None, None)
        timeout = (self._limits.connect, self._limits.silence)
        adapter = self._session.get_adapter(request.url)
        self._proxied = bool(select_proxy(request.url, settings["proxies"]))
        if self._proxied:  # the connection does not show the place
            self._check_place(places_of(request.url))
        response = adapter.send(request, timeout=timeout, **settings)
        # Some servers redirect until their cookie comes back.
        extract_cookies_to_jar(self._session.cookies, request, response.raw)
        return response

    def _received(self, response: requests.Response) -> Response:
        status, body = response.status_code, b""
        if 200 <= status < 300:
            body = self._body(response, self._limits.size)
        elif status >= 400:  # it may hold the reason
            with contextlib.suppress(Exception):
                body = self._body(response, _LARGEST_REFUSAL)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Response(status, headers, body)

    def _body(self, response: requests.Response, limit: int) -> bytes:
        """The body, decompressed here, so a few bytes never become more than the limit."""
        host, came = self._host, False
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise HttpError(
                "“{host}” sends its data compressed as “{encoding}”.", host=host, encoding=encoding
            )
        unpacker = None if encoding in ("", "identity") else zlib.decompressobj(wbits=47)
        body = bytearray()
        # read1 returns with whatever came; read would wait until a whole chunk is there.
        while chunk := response.raw.read1(_CHUNK, decode_content=False):
            came = True
            if unpacker is not None:
                try:
                    chunk = unpacker.decompress(chunk, limit + 1 - len(body))
                except zlib.error as error:
                    raise HttpError(
                        "What “{host}” sends cannot be decompressed.", host=host
                    ) from error
            body += chunk
            if len(body) > limit:
                raise HttpError(
                    "“{host}” sends more than {megabytes:g} MB.",
                    advice=_CORRECT_ADDRESS,
                    host=host,
                    megabytes=limit / 1e6,
                )
        if unpacker is not None and not unpacker.eof and came:
            raise HttpError("“{host}” broke off half-way.", host=host)
        return bytes(body)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def places_of(url: str) -> list[str]:
    """The IP addresses of an address's host, as far as this computer knows them."""
    with contextlib.suppress(OSError, ValueError):
        return [str(found[4][0]) for found in socket.getaddrinfo(urlsplit(url).hostname, None)]
    return []


def _session(
    reached: Callable[[socket.socket], None], connected: Callable[[socket.socket], None]
) -> requests.Session:
    """A session that reports its connections, before and after they are encrypted."""
    import requests

    class Adapter(requests.adapters.HTTPAdapter):
        def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> Any:
            pool: Any = super().get_connection_with_tls_context(*arguments, **options)

            class Connection(pool.ConnectionCls):  # type: ignore[misc]  # urllib3 chooses it when it connects
                def _new_conn(self) -> socket.socket:
                    # Checked once there is a connection, as a name may mean another address then.
                    sock: socket.socket = super()._new_conn()
                    try:
                        reached(sock)
                    except BaseException:
                        sock.close()
                        raise
                    return sock

                def connect(self) -> None:
                    super().connect()
                    connected(self.sock)

            pool.ConnectionCls = Connection
            return pool

    session = requests.Session()
    session.mount("http://", Adapter())
    session.mount("https://", Adapter())
    return session


def _explained(error: Exception, host: str, limits: Limits) -> HttpError:
    from requests import exceptions
    from urllib3.exceptions import HTTPError, ReadTimeoutError

    if isinstance(error, exceptions.SSLError):
        if "CERTIFICATE" not in str(error).upper():
            return HttpError(
                "“{host}” does not speak https, or another kind of it.",
                advice="If its address begins with http:// in a browser, write it so here.",
                host=host,
            )
        return HttpError(
            "“{host}” has no valid certificate, so it may be another server.",
            advice="Look at the clock of this computer, then ask the operator of that site.",
            host=host,
        )
    silent = HttpError(
        "“{host}” went silent for {seconds:g} seconds.", host=host, seconds=limits.silence
    )
    proxy = HttpError(
        "The proxy on the way to “{host}” asks for a name and a password."
        if "407" in str(error)
        else "The proxy on the way to “{host}” does not answer.",
        advice="Look at the proxy settings of this computer.",
        host=host,
    )
    unreachable = Unreachable(
        "“{host}” cannot be reached.", advice="Look at the network and at the address.", host=host
    )
    invalid = HttpError("“{host}” is not an address.", advice="Correct it.", host=host)
    torn = HttpError("“{host}” broke off half-way.", host=host)
    odd = HttpError("“{host}” cannot be read: {reason}.", host=host, reason=one_line(error, 100))
    kinds = (
        (exceptions.ProxyError, proxy),
        (exceptions.ReadTimeout | ReadTimeoutError | TimeoutError, silent),
        (exceptions.ConnectionError, unreachable),
        (ValueError, invalid),  # of addresses: requests', urllib's, and of encodings
        (HTTPError | exceptions.ChunkedEncodingError, torn),
    )
    return next((answer for kind, answer in kinds if isinstance(error, kind)), odd)
