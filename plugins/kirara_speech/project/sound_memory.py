"""How a sound file remembers the lines that it was made of, and gives them back."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kirara_speech.project.script import Line
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_json import parse_json

_ROOM = 1_100  # bytes in a WAV file, beside texts and fingerprints
_LARGEST = 16_000_000  # bytes of unpacked lines


def remembered(lines: Sequence[Line], suffix: str) -> dict[str, Any]:
    """What a file of the lines' sound holds, for :func:`kirara_speech.sound.saving.save_sound`.

    All of it, packed; where the format has little room (WAV), without what the user changed of
    the readings, or else texts and voices alone.
    """
    settings = {
        "kind": "speech",
        "text": "\n".join(line.text for line in lines),
        "voice": lines[0].voice if lines else "",
    }
    for kept in (lines, [line.edited(None) for line in lines]):
        packed = _pack(kept)
        if suffix.lower() != ".wav" or len(packed) <= _ROOM:
            return {**settings, "lines": packed}
    return settings


def lines_of(settings: Mapping[str, Any]) -> list[Line]:
    """The lines that a sound file was made of.

    Raises :class:`UserError` if it was made of something else.
    """
    text, voice = settings.get("text"), settings.get("voice", "")
    if settings.get("kind") != "speech" or not isinstance(text, str):
        raise UserError(
            "This sound was not made of a text.", advice="Choose one that this panel saved."
        )
    packed = settings.get("lines")
    if isinstance(packed, str):
        try:
            return _unpack(packed)
        except (ValueError, KeyError, TypeError, zlib.error):
            pass  # shortened; the text is there all the same
    name = voice if isinstance(voice, str) else ""
    prosody = settings.get("manner")
    try:
        known = Prosody.from_dict(prosody) if isinstance(prosody, Mapping) else Prosody()
    except (ValueError, TypeError):
        known = Prosody()
    return [replace(Line(part, name), prosody=known) for part in text.split("\n") if part.strip()]


def _pack(lines: Sequence[Line]) -> str:
    values = json.dumps([line.to_dict() for line in lines], ensure_ascii=False)
    return base64.b85encode(zlib.compress(values.encode(), 9)).decode()


def _unpack(packed: str) -> list[Line]:
    unpacking = zlib.decompressobj()
    values = parse_json(unpacking.decompress(base64.b85decode(packed), _LARGEST))
    return [Line.from_dict(value) for value in values]
