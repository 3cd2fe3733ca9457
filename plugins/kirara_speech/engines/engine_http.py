"""Requests to a VOICEVOX engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from http.client import responses
from typing import Any
from urllib.parse import urlsplit

from kirara_studio.api.errors import UserError
from kirara_studio.api.http import HttpError, Limits, Unreachable, host_of, request
from kirara_studio.api.kept_files import parse_json

_START = "Start it, and try again."

LIMITS = Limits(connect=2.0, total=30.0, size=20_000_000)


def normal_address(address: str) -> str:
    """An address as people write it ("localhost:50021") as "http://localhost:50021".

    Raises :class:`UserError` if it is not one.
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


def ask(
    address: str,
    method: str,
    path: str,
    parameters: Mapping[str, Any] | None = None,
    body: Any = None,
    *,
    limits: Limits = LIMITS,
    check: Callable[[], None] = lambda: None,
) -> bytes:
    """Send a request, and return the body of the answer.

    ``body`` is sent as JSON, unless it is None. An exception of ``check`` closes the connection.
    Proxies are not used, and redirects not followed. Raises :class:`HttpError`.
    """
    try:
        response = request(
            method,
            address + path,
            parameters=parameters,
            body=body,
            # Synthesis sends nothing until it is complete, so only the total has a limit.
            limits=replace(limits, silence=2 * limits.total + 10, redirects=0),
            environment=False,
            advice=_START,
            check=check,
        )
    except Unreachable as error:
        raise HttpError(
            "No engine answers at {address}.", advice=_START, address=host_of(address)
        ) from error
    if response.status >= 400:
        raise HttpError(
            "The engine at {address} refused the request (HTTP {code}: {detail}).",
            advice="Look at its log; it may be too old, or a file may be missing.",
            status=response.status,
            address=host_of(address),
            code=response.status,
            detail=_detail(response.body) or responses.get(response.status, ""),
        )
    if response.status >= 300:
        raise nonsense(address)
    return response.body


def ask_json(address: str, path: str, parameters: Any = None, **options: Any) -> Any:
    """:func:`ask` with GET, for an answer in JSON."""
    return decoded(ask(address, "GET", path, parameters, **options), address)


def decoded(answer: bytes, address: str) -> Any:
    """An answer in JSON. Raises :class:`HttpError` for anything else."""
    try:
        return parse_json(answer)
    except ValueError as error:
        raise nonsense(address) from error


def nonsense(address: str) -> HttpError:
    """The error for an answer that is not VOICEVOX's."""
    return HttpError(
        "The program at {address} is not an engine that the studio understands.",
        advice="Check the address in the settings, and which program listens there.",
        address=host_of(address),
    )


def _detail(body: bytes) -> str:
    try:
        answer = parse_json(body)
        detail = answer.get("detail") or answer["message"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return " ".join(str(detail).split())[:200]
