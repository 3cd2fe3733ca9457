"""The lines of a script in the metadata of their sound file."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from kirara_speech.project.script import Line
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import reading

_ROOM = 1_100  # bytes in a WAV file, beside texts and fingerprints
_LARGEST = 16_000_000  # bytes of unpacked lines


def remembered(lines: Sequence[Line], suffix: str) -> dict[str, Any]:
    """The metadata of the lines, for :func:`kirara_speech.sound.saving.save_sound`.

    WAV has little room: if it is not enough, without edits of the readings, or else only texts.
    What only VOICEVOX understands stays in the project.
    """
    lines = [replace(line, voicevox="") for line in lines]
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
    """The lines in the metadata of a sound file. Raises :class:`UserError` without any."""
    text, voice = settings.get("text"), settings.get("voice", "")
    if settings.get("kind") != "speech" or not isinstance(text, str):
        raise UserError(
            "This sound was not made of a text.", advice="Choose one that was saved here."
        )
    packed = settings.get("lines")
    if isinstance(packed, str):
        with suppress(UserError), reading("lines"):  # they may be damaged, and the text not
            return _unpack(packed)
    name = voice if isinstance(voice, str) else ""
    prosody = settings.get("manner")
    known = Prosody()
    with suppress(UserError), reading("manner"):
        known = Prosody.from_dict(prosody) if isinstance(prosody, Mapping) else known
    return [replace(Line(part, name), prosody=known) for part in text.split("\n") if part.strip()]


def _pack(lines: Sequence[Line]) -> str:
    values = json.dumps([line.to_dict() for line in lines], ensure_ascii=False)
    return base64.b85encode(zlib.compress(values.encode(), 9)).decode()


def _unpack(packed: str) -> list[Line]:
    unpacking = zlib.decompressobj()
    values = parse_json(unpacking.decompress(base64.b85decode(packed), _LARGEST))
    return [Line.from_dict(value) for value in values]
