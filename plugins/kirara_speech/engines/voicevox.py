"""Voices of VOICEVOX and compatible engines on the user's machine. Imports no torch."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kirara_speech.engines.engine_http import LIMITS, ask_json, nonsense, normal_address
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

VOICEVOX_ID = "074fc39e-678b-4c13-8916-ffca8d505d1d"
"""The uuid of VOICEVOX's own engine."""

OUR_ENGINE = "Kirara Studio"
"""The name of the studio's own server."""

_QUICK = replace(LIMITS, connect=0.5, total=2.0)
_LOOK = 3.0  # seconds for all engines together
_MOST = 10_000  # styles of one engine


@dataclass(frozen=True)
class RemoteStyle:
    """A style of a speaker: "ノーマル" of "ずんだもん" at ``address`` ("http://127.0.0.1:50021").

    ``engine`` is the engine's own name and ``engine_id`` its uuid, ``speaker_id`` the speaker's
    uuid, ``style_id`` the number for requests.
    """

    address: str
    engine: str
    speaker: str
    speaker_id: str
    style: str
    style_id: int
    engine_id: str = VOICEVOX_ID

    @property
    def name(self) -> str:
        """Speaker and style, as VOICEVOX writes them."""
        return f"{self.speaker}（{self.style}）"


def find_styles(
    addresses: Sequence[str] = (), check: Callable[[], None] = lambda: None
) -> list[RemoteStyle]:
    """The styles of all engines that answer at the usual addresses, and at ``addresses``.

    Does not report engines that do not answer, or not as VOICEVOX does: that takes milliseconds if
    nothing listens, and three seconds at most. The studio's own server is skipped at a usual
    address. ``check`` is called in between, and may raise.
    """
    own = [normal_address(address) for address in addresses]
    found: dict[str, list[RemoteStyle]] = {}

    def look(address: str) -> None:
        with contextlib.suppress(UserError):  # not an engine
            engine, styles = _styles(address)
            if address in own or engine != OUR_ENGINE:
                found[address] = styles

    # Daemon threads: one that hangs must not delay the end of the process.
    all_addresses = dict.fromkeys([*own, *USUAL_ADDRESSES])
    threads = [threading.Thread(target=look, args=(a,), daemon=True) for a in all_addresses]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + _LOOK
    for thread in threads:
        while thread.is_alive() and time.monotonic() < deadline:
            check()
            thread.join(0.05)
    return [style for address in all_addresses for style in found.get(address, [])]


def terms_of(style: RemoteStyle, check: Callable[[], None] = lambda: None) -> str:
    """The terms of use of a speaker (Markdown), empty if the engine does not give them.

    The answer also holds pictures and samples, so this is a separate request.
    """
    try:
        answer = ask_json(
            style.address,
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


def _styles(address: str) -> tuple[str, list[RemoteStyle]]:
    version = ask_json(address, "/version", limits=_QUICK)
    if not isinstance(version, str):
        raise nonsense(address)
    speakers = ask_json(address, "/speakers", limits=_QUICK)
    engine, engine_id = _engine(address)
    try:
        return engine, [
            RemoteStyle(
                address,
                engine,
                _text(speaker["name"]),
                _text(speaker.get("speaker_uuid", "")),
                _text(style["name"]),
                int(style["id"]),
                engine_id,
            )
            for speaker in speakers
            for style in speaker["styles"]
            if style.get("type") in (None, "talk")
        ][:_MOST]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise nonsense(address) from error


def _engine(address: str) -> tuple[str, str]:
    """The name and the uuid of an engine."""
    try:
        answer = ask_json(address, "/engine_manifest", limits=_QUICK)
        return _text(answer.get("brand_name") or answer["name"]), _text(answer["uuid"])
    except (HttpError, AttributeError, KeyError, TypeError):
        return "VOICEVOX", VOICEVOX_ID  # old engines have no manifest


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return " ".join(value.split())[:200]
