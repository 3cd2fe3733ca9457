"""The voices under numbers and uuids, as VOICEVOX's programs identify them."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

from fastapi import HTTPException

from kirara_speech.engines.voicevox import OUR_ENGINE
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.speaking.voices import Voice, config_in
from kirara_studio.api.errors import UserError
from kirara_studio.api.resources import resource_folder

Json = dict[str, Any]

_STYLE = "ノーマル"
_ENGINE_ID = uuid.UUID("d9f5d6cf-7a5e-5c0b-9a3b-6f4f3d1c2b7e")
_OPEN_JTALK_TERMS = (
    "Open JTalk の音声「mei」（名古屋工業大学、CC BY 3.0）です。"
    '利用の際は「HTS Voice "Mei" (c) 2009-2015 Nagoya Institute of Technology」と表示してください。'
)


def speaks_japanese(voice: Voice) -> bool:
    """True for a voice with phrases and morae; this interface supports only those."""
    if voice.kind != "networks":
        return True
    if voice.text2mel is None:
        return False
    try:
        return getattr(config_in(voice.text2mel), "front_end", "") == "japanese"
    except UserError:
        return False


class Catalogue:
    """The voices that are served. Programs may store their numbers, which depend on the names."""

    def __init__(self, voices: Sequence[Voice], version: str) -> None:
        self._version = version
        self._voices: dict[int, Voice] = {}
        for voice in voices:
            number = int.from_bytes(hashlib.sha256(voice.name.encode()).digest()[:4]) >> 1
            while number in self._voices:  # two names with the same hash
                number = (number + 1) & 0x7FFFFFFF
            self._voices[number] = voice

    def __getitem__(self, style_id: int) -> Voice:
        """The voice of a style. Raises :class:`fastapi.HTTPException` if there is none."""
        if style_id not in self._voices:
            raise HTTPException(422, "指定されたスタイルが見つかりませんでした。")
        return self._voices[style_id]

    def speakers(self) -> list[Json]:
        """For ``/speakers``."""
        return [
            {
                "name": _title(voice),
                "speaker_uuid": _uuid(voice),
                "styles": [{"name": _STYLE, "id": number, "type": "talk"}],
                "version": self._version,
                "supported_features": {"permitted_synthesis_morphing": "NOTHING"},
            }
            for number, voice in self._voices.items()
        ]

    def speaker_info(self, speaker_uuid: str) -> Json:
        """For ``/speaker_info``. Raises :class:`fastapi.HTTPException` for an unknown uuid."""
        for number, voice in self._voices.items():
            if _uuid(voice) == speaker_uuid:
                icon = app_icon()
                style = {"id": number, "icon": icon, "portrait": None, "voice_samples": []}
                return {"policy": _terms(voice), "portrait": icon, "style_infos": [style]}
        raise HTTPException(404, "該当する話者が見つかりません")

    def manifest(self) -> Json:
        """For ``/engine_manifest``."""
        return {
            "manifest_version": "0.13.1",
            "name": OUR_ENGINE,
            "brand_name": OUR_ENGINE,
            "uuid": str(_ENGINE_ID),
            "url": "",
            "icon": app_icon(),
            "default_sampling_rate": SAMPLE_RATE,
            "frame_rate": SAMPLE_RATE / 256,
            "terms_of_service": "\n\n".join(
                f"{_title(voice)}: {_terms(voice)}" for voice in self._voices.values()
            ),
            "update_infos": [],
            "dependency_licenses": [],
            "supported_vvlib_manifest_version": None,
            "supported_features": {
                "adjust_mora_pitch": True,
                "adjust_phoneme_length": True,
                "adjust_speed_scale": True,
                "adjust_pitch_scale": True,
                "adjust_intonation_scale": True,
                "adjust_volume_scale": True,
                "adjust_pause_length": True,
                "interrogative_upspeak": True,
                "synthesis_morphing": False,
                "sing": False,
                "manage_library": False,
                "return_resource_url": False,
                "apply_katakana_english": False,
            },
        }


def app_icon() -> str:
    """The studio's icon, a PNG in base64."""
    path = resource_folder() / "icons" / "app" / "kirara-studio-128.png"
    return base64.b64encode(path.read_bytes()).decode()


def _title(voice: Voice) -> str:
    if voice.is_open_jtalk:
        return "Open JTalk (mei)"
    return voice.name if voice.card is None else voice.card.name or voice.name


def _uuid(voice: Voice) -> str:
    return str(uuid.uuid5(_ENGINE_ID, voice.name))


def _terms(voice: Voice) -> str:
    if voice.is_open_jtalk:
        return _OPEN_JTALK_TERMS
    if voice.remote is not None:
        return f"{voice.remote.engine} の「{voice.remote.speaker}」の利用規約に従ってください。"
    card = voice.card
    lines = (f"Licence: {card.licence}", f"Trained on: {card.training_data}") if card else ()
    return "\n".join(line for line in lines if not line.endswith(": ")) or "Licence: not stated"
