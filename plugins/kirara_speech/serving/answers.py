"""The values in answers, under VOICEVOX's names: ``/openapi.json`` describes them."""

# Annotations are evaluated here: pydantic reads them.
from typing import Literal

from pydantic import BaseModel


class Style(BaseModel):
    """A style of a speaker; ``id`` is the number in requests."""

    name: str
    id: int
    type: Literal["talk", "singing_teacher", "frame_decode", "sing"] = "talk"


class SpeakerFeatures(BaseModel):
    """Which morphing a speaker permits."""

    permitted_synthesis_morphing: Literal["ALL", "SELF_ONLY", "NOTHING"] = "NOTHING"


class Speaker(BaseModel):
    """A voice and its styles."""

    name: str
    speaker_uuid: str
    styles: list[Style]
    version: str
    supported_features: SpeakerFeatures = SpeakerFeatures()


class StyleInfo(BaseModel):
    """Pictures (base64, or addresses) and samples of a style."""

    id: int
    icon: str
    portrait: str | None = None
    voice_samples: list[str] = []


class SpeakerInfo(BaseModel):
    """The terms of use (Markdown) and pictures of a speaker."""

    policy: str
    portrait: str
    style_infos: list[StyleInfo]


class Devices(BaseModel):
    """Where a voice can be computed."""

    cpu: bool
    cuda: bool
    dml: bool


class Features(BaseModel):
    """What an engine can do."""

    adjust_mora_pitch: bool = True
    adjust_phoneme_length: bool = True
    adjust_speed_scale: bool = True
    adjust_pitch_scale: bool = True
    adjust_intonation_scale: bool = True
    adjust_volume_scale: bool = True
    adjust_pause_length: bool = True
    interrogative_upspeak: bool = True
    synthesis_morphing: bool = False
    sing: bool = False
    manage_library: bool = False
    return_resource_url: bool = True
    apply_katakana_english: bool = True


class Update(BaseModel):
    """A release of the engine."""

    version: str
    descriptions: list[str]
    contributors: list[str] = []


class Licence(BaseModel):
    """The licence of a part of the engine."""

    name: str
    version: str | None = None
    license: str | None = None
    text: str


class Manifest(BaseModel):
    """The engine; ``icon`` is a PNG in base64."""

    manifest_version: str
    name: str
    brand_name: str
    uuid: str
    url: str
    icon: str
    default_sampling_rate: int
    frame_rate: float
    terms_of_service: str
    update_infos: list[Update] = []
    dependency_licenses: list[Licence] = []
    supported_vvlib_manifest_version: str | None = None
    supported_features: Features = Features()


class DictionaryWord(BaseModel):
    """A word of the user's dictionary, with Open JTalk's grammar."""

    surface: str
    priority: int
    context_id: int = 1348
    part_of_speech: str
    part_of_speech_detail_1: str
    part_of_speech_detail_2: str
    part_of_speech_detail_3: str
    inflectional_type: str
    inflectional_form: str
    stem: str
    yomi: str
    pronunciation: str
    accent_type: int
    mora_count: int | None = None
    accent_associative_rule: str


class WrongKana(BaseModel):
    """An error in AquesTalk-like kana."""

    text: str
    error_name: str
    error_args: dict[str, str]


class KanaRefusal(BaseModel):
    """The answer to wrong kana."""

    detail: WrongKana


class Morphable(BaseModel):
    """Whether two styles can be morphed."""

    is_morphable: bool


class LibrarySpeaker(BaseModel):
    """A speaker of a library."""

    speaker: Speaker
    speaker_info: SpeakerInfo


class Library(BaseModel):
    """A library of voices; the studio has none."""

    name: str
    uuid: str
    version: str
    download_url: str
    bytes: int
    speakers: list[LibrarySpeaker]


class InstalledLibrary(Library):
    """A library that is installed."""

    uninstallable: bool


class Note(BaseModel):
    """A note of a score, or a rest without ``key``; its length is in frames."""

    id: str | None = None
    key: int | None = None
    frame_length: int
    lyric: str


class Score(BaseModel):
    """A score to sing."""

    notes: list[Note]


class FramePhoneme(BaseModel):
    """A phoneme of a song; its length is in frames."""

    phoneme: str
    frame_length: int
    note_id: str | None = None


class FrameQuery(BaseModel):
    """A song, frame by frame."""

    f0: list[float]
    volume: list[float]
    phonemes: list[FramePhoneme]
    volumeScale: float
    outputSamplingRate: int
    outputStereo: bool


class SongAndScore(BaseModel):
    """A song with its score."""

    score: Score
    frame_audio_query: FrameQuery
