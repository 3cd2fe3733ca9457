"""VOICEVOX's operations that the studio has no answer to: songs, morphing, libraries, settings.

Requests are checked as usual, and refused as VOICEVOX refuses what a voice cannot do.
"""

# Annotations are evaluated here: FastAPI reads them.
from typing import Annotated, Any, Never

from fastapi import APIRouter, Depends, HTTPException, Query

from kirara_speech.serving.answers import (
    FrameQuery,
    InstalledLibrary,
    Library,
    Morphable,
    Score,
    SongAndScore,
    Speaker,
    SpeakerInfo,
)
from kirara_speech.serving.catalogue import Catalogue, CoreError, unknown_speaker
from kirara_speech.serving.models import AudioQuery, ResourceFormat
from kirara_speech.serving.waves import Wav

_FORM = {
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "properties": {
                    "cors_policy_mode": {"type": "string", "enum": ["all", "localapps"]},
                    "allow_origin": {"type": "string"},
                },
                "required": ["cors_policy_mode"],
            }
        }
    },
    "required": True,
}


def unsupported(catalogue: Catalogue) -> APIRouter:
    """Their routes."""
    router = APIRouter()
    core = [Depends(catalogue.check_version)]
    _add_songs(router, catalogue, core)
    _add_morphing(router, catalogue, core)
    _add_libraries(router)

    @router.post("/setting", status_code=204, openapi_extra={"requestBody": _FORM})
    def change_settings() -> None:
        """Refused: a program must not change which pages may use the server."""
        raise HTTPException(
            403, "設定は変更できません。サーバーの起動時に --allow-origin を指定してください。"
        )

    return router


def _add_songs(router: APIRouter, catalogue: Catalogue, core: list[Any]) -> None:
    def refuse(speaker: int) -> Never:
        catalogue[speaker]  # an unknown one has its own error
        raise CoreError("このスタイルは歌唱に対応していません。")

    @router.get("/singers", dependencies=core)
    def singers() -> list[Speaker]:
        """Nobody sings."""
        return []

    @router.get("/singer_info", dependencies=core)
    def singer_info(speaker_uuid: str, resource_format: ResourceFormat = "base64") -> SpeakerInfo:
        """Nobody sings."""
        raise unknown_speaker()

    @router.post("/sing_frame_audio_query", dependencies=core)
    def song(score: Score, speaker: int) -> FrameQuery:
        """Refused: nobody sings."""
        refuse(speaker)

    @router.post("/sing_frame_f0", dependencies=core)
    def pitches(values: SongAndScore, speaker: int) -> list[float]:
        """Refused: nobody sings."""
        refuse(speaker)

    @router.post("/sing_frame_volume", dependencies=core)
    def volumes(values: SongAndScore, speaker: int) -> list[float]:
        """Refused: nobody sings."""
        refuse(speaker)

    @router.post("/frame_synthesis", dependencies=core, response_class=Wav)
    def sing(query: FrameQuery, speaker: int) -> None:
        """Refused: nobody sings."""
        refuse(speaker)


def _add_morphing(router: APIRouter, catalogue: Catalogue, core: list[Any]) -> None:
    def check(speaker: int) -> None:
        try:
            catalogue[speaker]
        except CoreError as error:
            message = f"該当するスタイル(style_id={speaker})が見つかりません"
            raise HTTPException(404, message) from error

    @router.post("/morphable_targets", dependencies=core)
    def targets(base_style_ids: list[int]) -> list[dict[str, Morphable]]:
        """No voice can be morphed with another one."""
        for speaker in base_style_ids:
            check(speaker)
        none = {str(number): Morphable(is_morphable=False) for number in catalogue.style_ids}
        return [none for _ in base_style_ids]

    @router.post("/synthesis_morphing", dependencies=core, response_class=Wav)
    def morph(
        query: AudioQuery,
        base_speaker: int,
        target_speaker: int,
        morph_rate: Annotated[float, Query(ge=0, le=1)],
        enable_interrogative_upspeak: bool = True,
    ) -> None:
        """Refused: no voice can be morphed with another one."""
        check(base_speaker)
        check(target_speaker)
        raise HTTPException(400, "指定されたスタイルペアでのモーフィングはできません")


def _add_libraries(router: APIRouter) -> None:
    @router.get("/downloadable_libraries")
    def downloadable() -> list[Library]:
        """There are none."""
        return []

    @router.get("/installed_libraries")
    def installed() -> dict[str, InstalledLibrary]:
        """There are none."""
        return {}

    @router.post("/install_library/{library_uuid}", status_code=204)
    def install(library_uuid: str) -> None:
        """Refused: there are none."""
        raise HTTPException(404, f"音声ライブラリ {library_uuid} が見つかりません。")

    @router.post("/uninstall_library/{library_uuid}", status_code=204)
    def uninstall(library_uuid: str) -> None:
        """Refused: there are none."""
        raise HTTPException(404, f"音声ライブラリ {library_uuid} が見つかりません。")
