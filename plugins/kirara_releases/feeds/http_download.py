"""One file over HTTP(S), within bounds on time, size and redirects, whatever the server does."""

from __future__ import annotations

import contextlib
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, LocationParseError, ReadTimeoutError

from kirara_studio import __version__
from kirara_studio.api.errors import UserError, one_line

_CHUNK = 65_536  # bytes
_POLL = 0.1  # seconds between two looks at whether the user pressed Stop
_LONGEST_VALIDATOR = 1000  # characters of an ETag; a longer one is not sent back
_REDIRECTS = (301, 302, 303, 307, 308)
_TRY_LATER = "It is tried again later; what it told before stays."
_LOOK_AT_ADDRESS = "Look at the address in a browser, and correct it."


@dataclass(frozen=True)
class Limits:
    """Bounds of one download: times in seconds, ``size`` in bytes after decompression.

    ``connect`` and ``silence`` bound the wait for the connection and between two pieces of the
    answer, ``total`` all of it, redirects included.
    """

    connect: float = 10.0
    silence: float = 20.0
    total: float = 60.0
    size: int = 5_000_000
    redirects: int = 5


LIMITS = Limits()


@dataclass(frozen=True)
class Download:
    """What came. ``unchanged`` means: still as it was when ``etag`` or ``modified`` was given."""

    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


class DownloadError(UserError):
    """Nothing usable came. ``retry_after`` is how many seconds the server asked to wait, if it
    did; ``gone`` is True where it said that there is nothing any more, and never will be."""

    def __init__(
        self,
        message: str,
        *,
        advice: str = _TRY_LATER,
        retry_after: float | None = None,
        gone: bool = False,
        **values: object,
    ) -> None:
        super().__init__(message, advice=advice, **values)
        self.retry_after = retry_after
        self.gone = gone


def download(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    session: requests.Session | None = None,
    limits: Limits = LIMITS,
    check: Callable[[], None] = lambda: None,
) -> Download:
    """Fetch ``url`` (http, https, or webcal, which is taken for https).

    Parameters
    ----------
    url
        A name and password in it are used, and never shown in an error.
    etag, modified
        What the last download gave; with them the server may answer that nothing changed.
    session
        Whose proxies and certificates to use; without one, those of the environment.
    check
        Called about ten times a second; what it raises ends the download.

    Raises
    ------
    DownloadError
        Saying in a sentence why nothing usable came.
    """
    transfer = _Transfer(url, _conditions(etag, modified), session, limits)
    # In a thread of its own, since no time-out of a socket bounds a name look-up, or headers
    # that come drip by drip. One that is given up ends by itself, and holds up no exit.
    threading.Thread(target=transfer.run, name="download", daemon=True).start()
    deadline = time.monotonic() + limits.total
    try:
        while not transfer.done.wait(_POLL):
            check()
            if time.monotonic() > deadline:
                raise DownloadError(
                    "“{host}” took longer than {seconds:g} seconds.",
                    host=place(url),
                    seconds=limits.total,
                ) from None
    finally:
        transfer.give_up()
    if transfer.error is not None:
        raise transfer.error
    return transfer.result


def place(url: str) -> str:
    """The host of an address: short, and without secrets that the rest may hold."""
    try:
        return urlsplit(url).hostname or url[:60]
    except ValueError:
        return url[:60]


class _Transfer:
    """A download on its way. ``result`` or ``error`` hold once ``done`` is set."""

    def __init__(
        self, url: str, headers: dict[str, str], session: requests.Session | None, limits: Limits
    ) -> None:
        self.done = threading.Event()
        self.result = Download()
        self.error: BaseException | None = None
        self._url, self._headers, self._session, self._limits = url, headers, session, limits
        self._given_up = False
        self._response: requests.Response | None = None

    def run(self) -> None:
        try:
            if self._session is not None:
                self.result = self._fetch(self._session)
            else:
                with requests.Session() as session:
                    self.result = self._fetch(session)
        except UserError as error:
            self.error = error
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            self.error = _explained(error, self._url, self._limits)
            self.error.__cause__ = error
        except BaseException as error:
            self.error = error  # raised again where the download was asked for
        finally:
            self.done.set()

    def give_up(self) -> None:
        self._given_up = True
        if not self.done.is_set() and self._response is not None:
            # This wakes the thread, which closes it; or it has just ended by itself.
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                self._response.raw.shutdown()

    def _fetch(self, session: requests.Session) -> Download:
        url = self._url
        if url.lower().startswith("webcal://"):
            url = "https" + url[len("webcal") :]
        for _ in range(self._limits.redirects + 1):
            if not url.lower().startswith(("http://", "https://")):
                raise DownloadError(
                    "“{host}” refers to an address that is neither http nor https.",
                    advice=_LOOK_AT_ADDRESS,
                    host=place(self._url),
                )
            response = self._asked(session, url)
            self._response = response
            with response:
                target = response.headers.get("Location", "")
                if response.status_code not in _REDIRECTS or not target:
                    return self._received(response)
                url = urljoin(url, target)
        raise DownloadError(
            "“{host}” refers from one address to another without end.",
            advice=_LOOK_AT_ADDRESS,
            host=place(self._url),
        )

    def _asked(self, session: requests.Session, url: str) -> requests.Response:
        # Not through session.get: it reads the body of a redirect, however long, even where it
        # is told not to follow any.
        request = session.prepare_request(requests.Request("GET", url, headers=self._headers))
        assert request.url is not None
        settings = session.merge_environment_settings(request.url, {}, True, None, None)
        return session.get_adapter(request.url).send(
            request, timeout=(self._limits.connect, self._limits.silence), **settings
        )

    def _received(self, response: requests.Response) -> Download:
        conditional = "If-None-Match" in self._headers or "If-Modified-Since" in self._headers
        if response.status_code == 304 and conditional:
            return Download(unchanged=True)
        if response.status_code != 200:
            raise _refusal(response, place(self._url))
        return Download(
            body=self._body(response),
            content_type=response.headers.get("Content-Type", ""),
            etag=_short(response.headers.get("ETag", "")),
            modified=_short(response.headers.get("Last-Modified", "")),
        )

    def _body(self, response: requests.Response) -> bytes:
        """The body, decompressed here so that a few bytes never become more than the limit."""
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise DownloadError(
                "“{host}” sends its data compressed as “{encoding}”.",
                host=place(self._url),
                encoding=encoding,
            )
        unpacker = None if encoding in ("", "identity") else zlib.decompressobj(wbits=47)
        limit = self._limits.size
        body = bytearray()
        came = False
        # read1 returns with whatever came; read would wait until a whole chunk is there.
        while piece := response.raw.read1(_CHUNK, decode_content=False):
            if self._given_up:
                raise DownloadError("The download was given up.")
            came = True
            if unpacker is not None:
                piece = self._unpacked(unpacker, piece, limit + 1 - len(body))
            body += piece
            if len(body) > limit:
                raise DownloadError(
                    "“{host}” sends more than {megabytes:g} MB, which is no list of release dates.",
                    advice=_LOOK_AT_ADDRESS,
                    host=place(self._url),
                    megabytes=limit / 1e6,
                )
        if unpacker is not None and not unpacker.eof and came:
            raise DownloadError("“{host}” broke off half-way.", host=place(self._url))
        return bytes(body)

    def _unpacked(self, unpacker: zlib._Decompress, piece: bytes, longest: int) -> bytes:
        try:
            return unpacker.decompress(piece, longest)
        except zlib.error as error:
            raise DownloadError(
                "What “{host}” sends cannot be decompressed.", host=place(self._url)
            ) from error


def _conditions(etag: str, modified: str) -> dict[str, str]:
    headers = {
        "User-Agent": f"KiraraStudio/{__version__}",
        "Accept": "text/calendar, application/json, */*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    return headers


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_VALIDATOR else ""


def _refusal(response: requests.Response, host: str) -> DownloadError:
    status = response.status_code
    if status == 404:
        return DownloadError(
            "“{host}” has nothing at this address.", advice=_LOOK_AT_ADDRESS, host=host
        )
    if status == 410:
        return DownloadError(
            "“{host}” has taken this calendar away for good.",
            advice="Look for its new address, or remove it.",
            gone=True,
            host=host,
        )
    if status in (401, 403, 407):
        return DownloadError(
            "“{host}” does not let you read this calendar.",
            advice="Look for an address that is public, or that holds your key.",
            host=host,
        )
    if status in (429, 503):
        return DownloadError(
            "“{host}” is asked too often." if status == 429 else "“{host}” is busy.",
            retry_after=_seconds(response.headers.get("Retry-After", "")),
            host=host,
        )
    if status >= 500:
        return DownloadError(
            "“{host}” has a fault of its own ({status}).", host=host, status=status
        )
    return DownloadError("“{host}” gave an unexpected answer ({status}).", host=host, status=status)


def _seconds(retry_after: str) -> float | None:
    """What Retry-After asks for, a number of seconds or a date; None where it is neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _explained(error: Exception, url: str, limits: Limits) -> DownloadError:
    host = place(url)
    if isinstance(error, requests.exceptions.SSLError):
        if "CERTIFICATE" not in str(error).upper():
            return DownloadError(
                "“{host}” does not speak https, or another kind of it.",
                advice="If its address begins with http:// in a browser, write it so here.",
                host=host,
            )
        return DownloadError(
            "“{host}” has no valid certificate, so that it may be somebody else.",
            advice="Look at the clock of this computer, then ask whoever runs that site.",
            host=host,
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return DownloadError(
            "The proxy on the way to “{host}” does not answer.",
            advice="Look at the proxy settings of this computer.",
            host=host,
        )
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return DownloadError(
            "“{host}” did not answer within {seconds:g} seconds.", host=host, seconds=limits.connect
        )
    if isinstance(error, requests.exceptions.Timeout | ReadTimeoutError | TimeoutError):
        return DownloadError(
            "“{host}” went silent for {seconds:g} seconds.", host=host, seconds=limits.silence
        )
    if isinstance(error, requests.exceptions.ConnectionError):
        return DownloadError(
            "“{host}” cannot be reached.",
            advice="Look at the network and at the address. It is tried again later.",
            host=host,
        )
    # Among the ValueErrors are those of addresses: requests', urllib's, and of encodings.
    if isinstance(error, ValueError | LocationParseError):
        return DownloadError("“{address}” is no address.", advice="Correct it.", address=url[:60])
    if isinstance(error, HTTPError | requests.exceptions.ChunkedEncodingError):
        return DownloadError("“{host}” broke off half-way.", host=host)
    return DownloadError(
        "“{host}” cannot be read: {reason}.", host=host, reason=one_line(error, 100)
    )
