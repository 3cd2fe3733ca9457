"""Downloads a feed, unless it is as it was."""

from __future__ import annotations

from collections.abc import Callable

from kirara_studio.api.http import HttpError, Limits, Response, host_of, request

_LONGEST_VALIDATOR = 1000  # characters of an ETag; a longer one is not sent back
TRY_LATER = "It is tried again later; what it gave before stays."
"""The advice of errors that may pass."""

LIMITS = Limits()


def download(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    limits: Limits = LIMITS,
    check: Callable[[], None] = lambda: None,
) -> Response:
    """Fetch ``url`` (http, https, or webcal, which is taken for https).

    ``etag`` and ``modified`` are the validators of the last download; with them the server may
    answer that nothing changed, with status 304; otherwise the status is 200. ``check`` is called
    about twenty times a second; what it raises ends the download.

    Raises :class:`HttpError`, saying in a sentence why nothing usable came.
    """
    if url.lower().startswith("webcal://"):
        url = "https" + url[len("webcal") :]
    headers = {"Accept": "text/calendar, application/json, */*;q=0.5"}
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    response = request("GET", url, headers=headers, limits=limits, advice=TRY_LATER, check=check)
    if response.status != 200 and not (response.status == 304 and (etag or modified)):
        raise _refusal(response, host_of(url))
    return response


def validator(response: Response, name: str) -> str:
    """A header (``etag``, ``last-modified``) to send back next time; empty if it is too long."""
    value = response.headers.get(name, "")
    return value if len(value) <= _LONGEST_VALIDATOR else ""


def _refusal(response: Response, host: str) -> HttpError:
    status = response.status
    if status == 404:
        return HttpError(
            "“{host}” has nothing at this address.",
            advice="Look at the address in a browser, and correct it.",
            status=status,
            host=host,
        )
    if status == 410:
        return HttpError(
            "“{host}” has taken this calendar away for good.",
            advice="Look for its new address, or remove it.",
            status=status,
            host=host,
        )
    if status in (401, 403, 407):
        return HttpError(
            "“{host}” does not let you read this calendar.",
            advice="Look for an address that is public, or that holds your key.",
            status=status,
            host=host,
        )
    if status in (429, 503):
        return HttpError(
            "“{host}” is asked too often." if status == 429 else "“{host}” is busy.",
            advice=TRY_LATER,
            status=status,
            retry_after=response.retry_after,
            host=host,
        )
    return HttpError(
        "“{host}” has a fault of its own ({code})."
        if status >= 500
        else "“{host}” gave an unexpected answer ({code}).",
        advice=TRY_LATER,
        status=status,
        host=host,
        code=status,
    )
