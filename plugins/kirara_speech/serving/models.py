"""The values in requests, validated by pydantic, under VOICEVOX's names."""

# Annotations are evaluated here: pydantic reads them.
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from kirara_speech.reading.morae import kana_of
from kirara_speech.reading.symbols import CONSONANTS, DEVOICED, GEMINATE, MORAIC_NASAL, VOWELS
from kirara_speech.sound.resampling import is_usual

_MOST_PHRASES, _MOST_MORAE, _MOST_ALTOGETHER = 5_000, 1_000, 20_000

_VOWELS = frozenset((*VOWELS, *DEVOICED, MORAIC_NASAL, GEMINATE))
_CONSONANTS = frozenset(CONSONANTS)


def _writable(text: str) -> str:
    text.encode()  # raises for a lone surrogate; a UnicodeError is a ValueError
    return text


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


ResourceFormat = Literal["base64", "url"]
"""Pictures in answers: themselves, or their addresses."""

Text = Annotated[str, AfterValidator(_writable)]
Whole = Annotated[int, BeforeValidator(_whole)]


class _Values(BaseModel):
    model_config = ConfigDict(allow_inf_nan=False, strict=True)


class Pause(_Values):
    """A pause, or the values of a mora: seconds, and ln Hz (0: unvoiced)."""

    text: Text
    consonant: Text | None = None
    consonant_length: float | None = None
    vowel: Text
    vowel_length: float
    pitch: float


class Mora(Pause):
    """A mora that can be spoken. Only its phonemes matter: its text may be anything."""

    @field_validator("consonant")
    @classmethod
    def _is_consonant(cls, consonant: str | None) -> str | None:
        if consonant and consonant not in _CONSONANTS:
            raise ValueError(f"There is no consonant {consonant!r}")
        return consonant

    @field_validator("vowel")
    @classmethod
    def _is_vowel(cls, vowel: str, info: ValidationInfo) -> str:
        if vowel not in _VOWELS:
            raise ValueError(f"There is no vowel {vowel!r}")
        consonant = info.data.get("consonant") or ""
        if not kana_of(consonant, vowel):
            raise ValueError(f"There is no mora {consonant + vowel!r}")
        return vowel


class AccentPhrase(_Values):
    """Morae with one accent, on the mora of number ``accent``."""

    moras: Annotated[list[Mora], Field(min_length=1, max_length=_MOST_MORAE)]
    accent: Whole
    pause_mora: Pause | None = None
    is_interrogative: bool = False

    @field_validator("accent")
    @classmethod
    def _is_in_phrase(cls, accent: int, info: ValidationInfo) -> int:
        morae = len(info.data.get("moras", ()))
        if not 0 <= accent <= morae:
            raise ValueError(f"Input should be from 1 to {morae}")
        return accent


def _few_enough(phrases: list[AccentPhrase]) -> list[AccentPhrase]:
    if sum(len(phrase.moras) for phrase in phrases) > _MOST_ALTOGETHER:
        raise ValueError(f"There should be at most {_MOST_ALTOGETHER} moras")
    return phrases


def _usable_rate(rate: int) -> int:
    if not is_usual(rate):
        raise ValueError("Choose 24000, 44100 or 48000")
    return rate


AccentPhrases = Annotated[
    list[AccentPhrase], Field(max_length=_MOST_PHRASES), AfterValidator(_few_enough)
]


class AudioQuery(_Values):
    """Phrases and their prosody. ``pauseLength`` is the length of every pause, in seconds."""

    accent_phrases: AccentPhrases
    speedScale: float
    pitchScale: float
    intonationScale: float
    volumeScale: float
    prePhonemeLength: float
    postPhonemeLength: float
    pauseLength: float | None = None
    pauseLengthScale: float = 1.0
    outputSamplingRate: Annotated[Whole, AfterValidator(_usable_rate)]
    outputStereo: bool
    kana: Text | None = None


class Manner(_Values):
    """The prosody of a query, with the defaults."""

    speedScale: float = 1.0
    pitchScale: float = 0.0
    intonationScale: float = 1.0
    volumeScale: float = 1.0
    prePhonemeLength: float = 0.1
    postPhonemeLength: float = 0.1
    pauseLengthScale: float = 1.0
    pauseLength: float | None = None


class Preset(Manner):
    """A voice with its prosody, under a number."""

    id: Whole
    name: Text
    speaker_uuid: Text
    style_id: Whole
