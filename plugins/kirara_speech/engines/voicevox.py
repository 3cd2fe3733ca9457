"""Voices of VOICEVOX, and of engines that speak its interface, on the user's machine. No torch."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from kirara_speech.engines.engine_http import LIMITS, ask_json, nonsense, normal_address
from kirara_speech.engines.remote import OUR_ENGINE, RemoteStyle
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import HttpError

USUAL_ADDRESSES = tuple(
    f"http://127.0.0.1:{port}"
    for port in (
        50021,  # VOICEVOX
        50025,  # SHAREVOX
        50032,  # COEIROINK
        10101,  # AivisSpeech
    )
)
"""Where engines listen, by default."""

_QUICK = replace(LIMITS, connect=0.5, total=2.0)
_LOOK = 3.0  # seconds for all engines together: one that stalls is not there
_MOST = 10_000  # styles of one engine


def find_styles(
    addresses: Sequence[str] = (), check: Callable[[], None] = lambda: None
) -> list[RemoteStyle]:
    """The styles of all engines that answer at the usual addresses, and at ``addresses``.

    Silent about engines that are not there, stall, or make no sense: that takes milliseconds if
    nothing listens, and three seconds at most. The studio's own server at a usual address is
    passed over. ``check`` is called in between, and may raise.
    """
    own = [normal_address(address) for address in addresses]
    all_addresses = dict.fromkeys([*own, *USUAL_ADDRESSES])
    looks = [_Look(address, passed_over=address not in own) for address in all_addresses]
    deadline = time.monotonic() + _LOOK
    for look in looks:
        while not look.done.wait(0.05) and time.monotonic() < deadline:
            check()
    return [style for look in looks for style in look.styles]


def terms_of(style: RemoteStyle, check: Callable[[], None] = lambda: None) -> str:
    """The terms of use of a speaker, as the engine gives them (Markdown); empty if it does not.

    A question of its own, since the answer also holds pictures and samples.
    """
    try:
        answer = ask_json(
            style.address,
            "GET",
            "/speaker_info",
            {"speaker_uuid": style.speaker_id, "resource_format": "url"},
            limits=replace(LIMITS, total=10, size=100_000_000),
            check=check,
        )
    except HttpError as error:
        if error.status:
            return ""
        raise
    policy = answer.get("policy") if isinstance(answer, dict) else None
    return policy if isinstance(policy, str) else ""


class _Look:
    """A look at one address, in a thread of its own."""

    def __init__(self, address: str, *, passed_over: bool) -> None:
        self.done = threading.Event()
        self.styles: list[RemoteStyle] = []
        self._address, self._passed_over = address, passed_over
        threading.Thread(target=self._run, name="engines", daemon=True).start()

    def _run(self) -> None:
        try:
            engine, styles = _styles(self._address, lambda: None)
            if not (self._passed_over and engine == OUR_ENGINE):
                self.styles = styles
        except UserError:
            pass  # not an engine
        finally:
            self.done.set()


def _styles(address: str, check: Callable[[], None]) -> tuple[str, list[RemoteStyle]]:
    version = ask_json(address, "GET", "/version", limits=_QUICK, check=check)
    if not isinstance(version, str):
        raise nonsense(address)
    speakers = ask_json(address, "GET", "/speakers", limits=_QUICK, check=check)
    engine = _engine_name(address, check)
    try:
        return engine, [
            RemoteStyle(
                address,
                engine,
                _text(speaker["name"]),
                _text(speaker.get("speaker_uuid", "")),
                _text(style["name"]),
                int(style["id"]),
            )
            for speaker in speakers
            for style in speaker["styles"]
            if style.get("type") in (None, "talk")
        ][:_MOST]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise nonsense(address) from error


def _engine_name(address: str, check: Callable[[], None]) -> str:
    try:
        answer = ask_json(address, "GET", "/engine_manifest", limits=_QUICK, check=check)
        return _text(answer.get("brand_name") or answer["name"])
    except (HttpError, AttributeError, KeyError, TypeError):
        return "VOICEVOX"  # old engines have no manifest


def _text(value: Any) -> str:
    """``value`` in one line that can be shown. Raises TypeError if it is not a text."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    return " ".join(value.split())[:200]
