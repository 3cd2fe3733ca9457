"""VOICEVOX's interface as a FastAPI application."""

# Annotations are evaluated here: FastAPI reads them.
import io
import json
import zipfile
from collections.abc import Callable
from typing import Annotated, Any

import anyio.from_thread
from fastapi import Body, Depends, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException as AnyHTTPException

from kirara_speech.engines.voicevox_phrases import to_voicevox as phrases_to_voicevox
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.user_dictionary import words_of_voicevox
from kirara_speech.reading.words import Word, word
from kirara_speech.reading.words import to_voicevox as word_to_voicevox
from kirara_speech.serving.catalogue import Catalogue
from kirara_speech.serving.kana import KanaError, parse_kana, write_kana
from kirara_speech.serving.models import AccentPhrases, AudioQuery, Manner
from kirara_speech.serving.presets import PresetStore
from kirara_speech.serving.queries import fill, phrases_of, plain_values, read_query
from kirara_speech.serving.speech_service import Check, SpeechService
from kirara_speech.serving.waves import joined, wav_of
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.jobs import Cancelled

Json = dict[str, Any]

LONGEST_TEXT = 5_000
"""The longest text, in characters."""

_LARGEST_BODY = 50_000_000  # bytes
_MOST_QUERIES, _MOST_WAVES = 200, 500


def _word(
    surface: str,
    pronunciation: str,
    accent_type: int,
    word_type: str = "PROPER_NOUN",
    priority: int = 5,
) -> Word:
    try:
        return word(surface, pronunciation, accent_type, word_type, priority)
    except UserError as error:
        raise HTTPException(422, str(error)) from error


NewWord = Annotated[Word, Depends(_word)]
Text = Annotated[str, Query(max_length=LONGEST_TEXT)]
Queries = Annotated[list[AudioQuery], Body(max_length=_MOST_QUERIES)]
Waves = Annotated[list[str], Body(max_length=_MOST_WAVES)]


class _Wav(Response):
    media_type = "audio/wav"


class _Zip(Response):
    media_type = "application/zip"


class Interface:
    """VOICEVOX's interface to some voices: ``app``. Its ``/docs`` page loads no external files."""

    def __init__(
        self, catalogue: Catalogue, service: SpeechService, presets: PresetStore, version: str
    ) -> None:
        self._catalogue, self._service, self._presets = catalogue, service, presets
        handled = (AnyHTTPException, RequestValidationError, UserError, Cancelled, Exception)
        self.app = FastAPIOffline(
            title="Kirara Studio, in VOICEVOX's interface",
            version=version,
            redoc_url=None,
            swagger_ui_parameters={"validatorUrl": None},  # a server on the internet
            max_body_size=_LARGEST_BODY,
            telemetry={"auto_configure": False},
            exception_handlers=dict.fromkeys(handled, _refused),
        )
        self._add("GET", "/version", lambda: version)
        self._add("GET", "/core_versions", lambda: [version])
        self._add("GET", "/singers", lambda: [])
        devices = {"cpu": True, "cuda": False, "dml": False}
        self._add("GET", "/supported_devices", lambda: devices)
        self._add("GET", "/engine_manifest", catalogue.manifest)
        self._add("GET", "/speakers", catalogue.speakers)
        self._add("GET", "/speaker_info", catalogue.speaker_info)
        self._add("POST", "/initialize_speaker", self._initialize, status_code=204)
        self._add("GET", "/is_initialized_speaker", self._is_initialized)
        self._add("GET", "/presets", presets.all)
        self._add("POST", "/add_preset", presets.add)
        self._add("POST", "/update_preset", presets.update)
        self._add("POST", "/delete_preset", presets.delete, status_code=204)
        self._add_speech()
        self._add_words()

    def _add(self, method: str, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.app.add_api_route(path, endpoint, methods=[method], name=path[1:], **options)

    def _add_speech(self) -> None:
        phrases, query = {"response_model": AccentPhrases}, {"response_model": AudioQuery}
        self._add("POST", "/audio_query", self._audio_query, **query)
        self._add("POST", "/audio_query_from_preset", self._query_from_preset, **query)
        self._add("POST", "/accent_phrases", self._accent_phrases, **phrases)
        self._add("POST", "/mora_data", self._measure(), **phrases)
        self._add("POST", "/mora_length", self._measure(pitches=False), **phrases)
        self._add("POST", "/mora_pitch", self._measure(lengths=False), **phrases)
        self._add("POST", "/validate_kana", self._validate)
        self._add("POST", "/synthesis", self._synthesis, response_class=_Wav)
        self._add("POST", "/cancellable_synthesis", self._synthesis, response_class=_Wav)
        self._add("POST", "/multi_synthesis", self._multi_synthesis, response_class=_Zip)
        self._add("POST", "/connect_waves", self._connect_waves, response_class=_Wav)

    def _add_words(self) -> None:
        one = "/user_dict_word/{word_uuid}"
        self._add("GET", "/user_dict", self._words)
        self._add("POST", "/user_dict_word", self._add_word)
        self._add("PUT", one, self._change_word, status_code=204)
        self._add("DELETE", one, self._remove_word, status_code=204)
        self._add("POST", "/import_user_dict", self._import_words, status_code=204)

    # Voices

    def _initialize(self, speaker: int, request: Request) -> None:
        """Load a voice."""
        self._service.prepare(self._catalogue[speaker], _check(request))

    def _is_initialized(self, speaker: int) -> bool:
        """Whether a voice is loaded."""
        return self._service.is_ready(self._catalogue[speaker])

    # Texts

    def _audio_query(self, text: Text, speaker: int, request: Request) -> Json:
        """Text to query."""
        phrases = self._service.read(text)
        return {
            "accent_phrases": self._filled(phrases_to_voicevox(phrases), speaker, request),
            **Manner().model_dump(),
            "outputSamplingRate": SAMPLE_RATE,
            "outputStereo": False,
            "kana": write_kana(phrases),
        }

    def _query_from_preset(self, text: Text, preset_id: int, request: Request) -> Json:
        """Text to query, with a preset."""
        preset = self._presets.get(preset_id)
        return {**self._audio_query(text, preset.style_id, request), **preset.model_dump()}

    def _accent_phrases(
        self, text: Text, speaker: int, request: Request, is_kana: bool = False
    ) -> list[Json]:
        """Text, or a reading in kana, to phrases."""
        phrases = _parsed_kana(text) if is_kana else self._service.read(text)
        return self._filled(phrases_to_voicevox(phrases), speaker, request)

    def _measure(self, **which: bool) -> Callable[..., list[Json]]:
        def measure(phrases: AccentPhrases, speaker: int, request: Request) -> list[Json]:
            """Phrases with the lengths, pitches or both of the voice."""
            return self._filled(plain_values(phrases), speaker, request, **which)

        return measure

    def _filled(
        self, plain: list[Json], speaker: int, request: Request, **which: bool
    ) -> list[Json]:
        voice = self._catalogue[speaker]
        if not plain:
            return []
        measured = self._service.measure(voice, phrases_of(plain), _check(request))
        return fill(plain, measured.measures, **which)

    def _validate(self, text: Text) -> bool:
        """Check a reading in kana."""
        return bool(_parsed_kana(text))

    # Sound

    def _synthesis(self, query: AudioQuery, speaker: int, request: Request) -> Response:
        """Query to WAV."""
        return _Wav(self._sound(query, speaker, request))

    def _multi_synthesis(self, queries: Queries, speaker: int, request: Request) -> Response:
        """Queries to WAVs in a zip file."""
        if len({query.outputSamplingRate for query in queries}) > 1:
            raise HTTPException(422, "サンプリングレートが異なるクエリがあります")
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for number, query in enumerate(queries, 1):
                archive.writestr(f"{number:03d}.wav", self._sound(query, speaker, request))
        return _Zip(file.getvalue())

    def _connect_waves(self, waves: Waves) -> Response:
        """Join WAVs in base64."""
        return _Wav(joined(waves))

    def _sound(self, query: AudioQuery, speaker: int, request: Request) -> bytes:
        voice = self._catalogue[speaker]
        sound = self._service.synthesize(voice, read_query(query), _check(request))
        return wav_of(sound, query.outputSamplingRate, stereo=query.outputStereo)

    # Words

    def _words(self) -> dict[str, Json]:
        """The words of the user's dictionary."""
        words = self._service.dictionary.words()
        return {key: word_to_voicevox(known) for key, known in words.items()}

    def _add_word(self, word: NewWord) -> str:
        """Add a word."""
        return self._service.dictionary.add(word)

    def _change_word(self, word_uuid: str, word: NewWord) -> None:
        """Replace a word."""
        self._check_known(word_uuid)
        self._service.dictionary.change(word_uuid, word)

    def _remove_word(self, word_uuid: str) -> None:
        """Remove a word."""
        self._check_known(word_uuid)
        self._service.dictionary.remove(word_uuid)

    def _check_known(self, key: str) -> None:
        if key not in self._service.dictionary.words():
            raise HTTPException(422, "UUIDに該当するワードが見つかりませんでした")

    def _import_words(self, words: Json, override: bool) -> None:
        """Add words of another dictionary."""
        try:
            added = words_of_voicevox(words)
        except UserError as error:
            raise HTTPException(422, str(error)) from error
        self._service.dictionary.add_all(added, override=override)


def _check(request: Request) -> Check:
    """Raises :class:`Cancelled` once the program has disconnected."""

    def check() -> None:
        if anyio.from_thread.run(request.is_disconnected):
            raise Cancelled

    return check


def _parsed_kana(text: str) -> tuple[AccentPhrase, ...]:
    try:
        return parse_kana(text)
    except KanaError as error:
        detail = {"text": str(error), "error_name": error.name, "error_args": dict(error.values)}
        raise HTTPException(400, detail) from error


async def _refused(_: Request, error: Exception) -> Response:
    status, headers = 500, None
    detail: Any = str(error) if isinstance(error, UserError) else one_line(error)
    if isinstance(error, RequestValidationError):
        status = 422
        detail = [{name: one[name] for name in ("type", "loc", "msg")} for one in error.errors()]
    elif isinstance(error, AnyHTTPException):
        status, detail, headers = error.status_code, error.detail, error.headers
    elif isinstance(error, Cancelled):  # the program disconnected, or the server stops
        status, detail = 503, "Service Unavailable"
    # Not JSONResponse, which fails at a lone surrogate, as an error may quote one.
    return Response(json.dumps({"detail": detail}), status, headers, "application/json")
