"""The voices under numbers and uuids, as VOICEVOX's programs identify them."""

# Annotations are evaluated here: FastAPI reads them.
import base64
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from fastapi import HTTPException
from pydantic.json_schema import SkipJsonSchema

from kirara_speech.engines.voicevox import OUR_ENGINE
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.serving.answers import Manifest, Speaker, SpeakerInfo, Style, StyleInfo
from kirara_speech.speaking.voices import Voice, config_in
from kirara_studio.api.errors import UserError
from kirara_studio.api.resources import resource_folder

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


class CoreError(Exception):
    """An unknown style or version; VOICEVOX answers with a "message" instead of a "detail"."""


class Catalogue:
    """The voices that are served. Programs may store their numbers, which depend on the names.

    ``aliases`` are further numbers of voices. A voice for ``any_number`` has all the others.
    """

    def __init__(
        self,
        voices: Sequence[Voice],
        version: str,
        aliases: Mapping[int, Voice] = MappingProxyType({}),
        any_number: Voice | None = None,
    ) -> None:
        self._version, self._any_number = version, any_number
        self._voices: dict[int, Voice] = dict(aliases)
        self._numbers: dict[str, list[int]] = {}
        self._own = {voice.name: voice for voice in (*voices, *aliases.values())}
        for voice in self._own.values():
            number = int.from_bytes(hashlib.sha256(voice.name.encode()).digest()[:4]) >> 1
            while number in self._voices:  # two names with the same hash
                number = (number + 1) & 0x7FFFFFFF
            self._voices[number] = voice
            others = [alias for alias, known in aliases.items() if known.name == voice.name]
            self._numbers[voice.name] = [number, *others]

    def __getitem__(self, style_id: int) -> Voice:
        """The voice of a style. Raises :class:`CoreError` if there is none."""
        voice = self._voices.get(style_id, self._any_number)
        if voice is None:
            raise CoreError("指定されたスタイルが見つかりませんでした。")
        return voice

    @property
    def style_ids(self) -> list[int]:
        """The numbers of all voices, without those for any number."""
        return [number for numbers in self._numbers.values() for number in numbers]

    def check_version(self, core_version: str | SkipJsonSchema[None] = None) -> None:
        """Raises :class:`CoreError` for another version than that of ``/core_versions``."""
        if core_version and core_version != self._version:
            raise CoreError(f"バージョン {core_version} のコアが見つかりません。")

    def speakers(self) -> list[Speaker]:
        """For ``/speakers``."""
        speakers = []
        for voice in self._own.values():
            first, *others = self._numbers[voice.name]
            styles = [Style(name=_STYLE, id=first)]
            styles += [Style(name=f"{_STYLE}（{number}）", id=number) for number in others]
            speakers.append(
                Speaker(
                    name=_title(voice),
                    speaker_uuid=_uuid(voice),
                    styles=styles,
                    version=self._version,
                )
            )
        return speakers

    def speaker_info(self, speaker_uuid: str, folder: str = "") -> SpeakerInfo:
        """For ``/speaker_info``; pictures are in base64, or addresses in ``folder``.

        Raises :class:`fastapi.HTTPException` for an unknown uuid.
        """
        for voice in self._own.values():
            if _uuid(voice) == speaker_uuid:
                icon = folder + icon_key() if folder else base64.b64encode(app_icon()).decode()
                styles = [StyleInfo(id=n, icon=icon) for n in self._numbers[voice.name]]
                return SpeakerInfo(policy=_terms(voice), portrait=icon, style_infos=styles)
        raise unknown_speaker()

    def manifest(self) -> Manifest:
        """For ``/engine_manifest``."""
        return Manifest(
            manifest_version="0.13.1",
            name=OUR_ENGINE,
            brand_name=OUR_ENGINE,
            uuid=str(_ENGINE_ID),
            url="",
            icon=base64.b64encode(app_icon()).decode(),
            default_sampling_rate=SAMPLE_RATE,
            frame_rate=SAMPLE_RATE / 256,
            terms_of_service="\n\n".join(
                f"{_title(voice)}: {_terms(voice)}" for voice in self._own.values()
            ),
        )


def unknown_speaker() -> HTTPException:
    """The answer for an unknown uuid."""
    return HTTPException(404, "該当するキャラクターが見つかりません")


def app_icon() -> bytes:
    """The studio's icon, a PNG."""
    return (resource_folder() / "icons" / "app" / "kirara-studio-128.png").read_bytes()


def icon_key() -> str:
    """The icon's name in its address, which changes with the picture."""
    return hashlib.sha256(app_icon()).hexdigest()


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
