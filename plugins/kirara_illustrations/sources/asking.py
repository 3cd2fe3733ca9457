"""How sources ask sites: within the bounds of ``api/http``, libraries included.

The libraries are given a session, or a transport, that asks through it. So time, size and
redirects are bounded for all of them alike, Stop ends a request of theirs, and what a site refuses
becomes a sentence before a library could put a token into its error.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from kirara_illustrations.sources.base import RateLimited
from kirara_illustrations.sources.settings import Surroundings
from kirara_illustrations.sources.values import moment
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import (
    HttpError,
    Limits,
    Response,
    host_of,
    is_private,
    places_of,
    request,
)
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import reading

if TYPE_CHECKING:
    import httpx
    import requests

LIMITS = Limits(size=20_000_000)

LONGEST_WAIT = 86_400.0
"""Seconds that a site may ask to wait; it is asked again then, whatever it said."""

_SHORTEST_WAIT = 10.0
_WAIT = 300.0  # if it is asked too often and says no time
_RESETS = ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset")
_REMAINING = ("x-rate-limit-remaining", "x-ratelimit-remaining", "ratelimit-remaining")
_AS_SECONDS = 1e9  # a smaller number counts from now on, a greater one since 1970
_MEANINGS = (
    (404, re.compile(r"NO_SUCH_|not found|could not find|unable to resolve", re.I)),
    (401, re.compile(r"ExpiredToken|InvalidToken|AUTHENTICATION_FAILED|CREDENTIAL_REQUIRED")),
    (429, re.compile(r"RATE_LIMIT")),
)
_LATER = "Try again later."


class Asker:
    """Asks one site, and remembers the last answer and the last error."""

    def __init__(
        self, origin: str, surroundings: Surroundings, *, with_secret: bool = False
    ) -> None:
        self.origin, self.wait = origin, 0.0
        self._surroundings, self._with_secret = surroundings, with_secret
        self._error: BaseException | None = None

    def ask(
        self,
        method: str,
        url: str,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        redirects: int = 0,
    ) -> Response:
        """The answer, of a status from 200 to 299, or 304. Raises HttpError and RateLimited.

        Redirects are not followed by default, so that no token goes to another site. One library
        asks another host, since the site names it at login (Bluesky): that must be as public as
        the site itself, and encrypted.
        """
        elsewhere = host_of(url) != host_of(self.origin)
        if elsewhere and self.origin.startswith("https://") and not url.startswith("https://"):
            raise HttpError(
                "“{host}” refers to another address.", advice=_LATER, host=host_of(self.origin)
            )
        foreign = elsewhere and not any(is_private(place) for place in places_of(self.origin))
        try:
            response = request(
                method,
                url,
                body=body,
                headers=headers,
                limits=replace(LIMITS, redirects=redirects),
                public=foreign,
                advice=_LATER,
                check=self._surroundings.check,
            )
            if not (200 <= response.status < 300 or response.status == 304):
                raise _refusal(response, host_of(url), self._with_secret)
        except BaseException as error:
            self._error = error
            raise
        self.wait, self._error = _asked_wait(response), None
        return response

    def json(self, path: str, body: Any) -> Any:
        """What the site answers to a POST of ``body``, as JSON."""
        response = self.ask("POST", self.origin + path, body=body)
        with self.reading():
            return parse_json(response.body)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn what goes wrong in the block, in a library too, into a UserError of this site.

        An error of :meth:`ask` that a library hid comes out as it was.
        """
        self._error = None
        try:
            with reading(
                host_of(self.origin),
                "“{file}” gave an answer that cannot be read.",
                advice="Look at its address in a browser: it may be another kind of site.",
            ):
                yield
        except UserError:
            if self._error is not None:
                raise self._error from None
            raise

    def found(self, value: str) -> str:
        """``value``, which the site must have given; raises UserError if it is empty."""
        with self.reading():
            if not value:
                raise ValueError("it is incomplete")
        return value

    def session(self) -> requests.Session:
        """A session for libraries that use requests."""
        import requests

        ask = self._asked_by_library

        class Session(requests.Session):
            def request(self, method: Any, url: Any, **options: Any) -> requests.Response:  # type: ignore[override]
                prepared = requests.Request(method, url, params=options.get("params")).prepare()
                response = ask(method, prepared.url or url, options.get("headers") or {}, None)
                answer = requests.Response()
                answer.status_code, answer.url = response.status, str(prepared.url)
                answer.headers.update(response.headers)
                answer.encoding = "utf-8"
                answer._content = response.body
                return answer

        return Session()

    def transport(self) -> httpx.BaseTransport:
        """A transport for libraries that use httpx."""
        import httpx

        ask = self._asked_by_library

        class Transport(httpx.BaseTransport):
            def handle_request(self, request: httpx.Request) -> httpx.Response:
                content = request.read()
                with reading(request.url.host):
                    body = parse_json(content) if content else None
                response = ask(request.method, str(request.url), dict(request.headers), body)
                return httpx.Response(
                    response.status, headers=_unpacked(response), content=response.body
                )

        return Transport()

    def _asked_by_library(
        self, method: str, url: str, headers: Mapping[str, Any], body: Any
    ) -> Response:
        # The connection and the length are those of the request that is made here.
        own = {"host", "connection", "content-length", "accept-encoding", "content-type"}
        sent = {name: str(value) for name, value in headers.items() if name.lower() not in own}
        return self.ask(method, url, headers=sent, body=body)


@contextmanager
def library(kind: str, package: str) -> Iterator[None]:
    """Turn a failed import in the block into the UserError that says what to install."""
    try:
        yield
    except ImportError as error:
        raise UserError(
            "Sources of the kind “{kind}” need the package “{package}”, which is not installed.",
            advice="Install it: pip install 'kirara-studio[illustrations]'.",
            kind=kind,
            package=package,
        ) from error


def rate_limited(host: str, seconds: float | None = None) -> RateLimited:
    """The error of a site that asks to wait for ``seconds``, or for a time that it does not say."""
    wait = min(max(_WAIT if seconds is None else seconds, _SHORTEST_WAIT), LONGEST_WAIT)
    until = datetime.now(UTC) + timedelta(seconds=wait)
    return RateLimited(
        "“{host}” is asked too often.",
        advice="It can be asked again at {time}.",
        until=until,
        host=host,
        time=f"{until.astimezone():%H:%M}",
    )


def conditions(state: Mapping[str, Any]) -> dict[str, str]:
    """The headers that ask only for what changed since ``validators`` were kept in ``state``."""
    names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
    return {header: state[name] for name, header in names.items() if _is_header(state.get(name))}


def validators(response: Response) -> dict[str, str]:
    """What an answer is known by, to be kept."""
    names = {"etag": "etag", "modified": "last-modified"}
    kept = {name: response.headers.get(header, "") for name, header in names.items()}
    return {name: value for name, value in kept.items() if _is_header(value)}


def _is_header(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 1000 and value.isprintable()


def _unpacked(response: Response) -> dict[str, str]:
    """The headers of a body that ``request`` has unpacked already."""
    packed = ("content-encoding", "content-length", "transfer-encoding")
    return {name: value for name, value in response.headers.items() if name not in packed}


def _asked_wait(response: Response) -> float:
    """How many seconds the site asks to wait before the next request."""
    left = next((response.headers[name] for name in _REMAINING if name in response.headers), "")
    if left.strip() == "0" and (seconds := _until_reset(response)) is not None:
        return min(max(seconds, 0.0), LONGEST_WAIT)
    return 0.0


def _until_reset(response: Response) -> float | None:
    for name in _RESETS:
        value = response.headers.get(name, "").strip()
        if value.isascii() and value[:12].isdigit():
            number = float(value[:12])
            return number if number < _AS_SECONDS else number - time.time()
        if (then := moment(value)) is not None:
            return then.timestamp() - time.time()
    return None


def _meant(response: Response) -> int:
    """The status; some sites answer 400 to everything, and name the reason in the body."""
    if response.status == 400:
        said = response.body[:2000].decode("utf-8", "replace")
        return next((status for status, words in _MEANINGS if words.search(said)), 400)
    return response.status


def _refusal(response: Response, host: str, with_secret: bool) -> UserError:
    status = _meant(response)
    if status == 429 or (status == 503 and response.retry_after is not None):
        seconds = response.retry_after
        return rate_limited(host, _until_reset(response) if seconds is None else seconds)
    return HttpError(
        "“{host}” has nothing at this address."
        if status in (404, 410)
        else "“{host}” does not accept the secret of this source."
        if status == 401 and with_secret
        else "“{host}” shows this only to those who are signed in."
        if status == 401
        else "“{host}” does not let you read this."
        if status == 403
        else "“{host}” refers to another address."
        if 300 <= status < 400
        else "“{host}” has a fault of its own ({code})."
        if status >= 500
        else "“{host}” did not understand the request ({code}).",
        advice="Look for the account, the list or the tag in a browser, and correct the source."
        if status in (400, 404, 410, 422)
        else "Make a new one on the site; it may have expired."
        if status == 401 and with_secret
        else "Make a token on the site, and add it to the source."
        if status == 401
        else "The secret may lack a right, or the account may be locked to you."
        if status == 403
        else "Use the address that a browser shows in the end."
        if 300 <= status < 400
        else _LATER,
        status=status,
        host=host,
        code=status,
    )
