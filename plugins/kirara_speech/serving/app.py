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
from fastapi.responses import HTMLResponse
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException as AnyHTTPException

from kirara_speech.engines.voicevox_phrases import to_voicevox as phrases_to_voicevox
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.user_dictionary import words_of_voicevox
from kirara_speech.reading.words import Word, word
from kirara_speech.reading.words import to_voicevox as word_to_voicevox
from kirara_speech.serving.answers import Devices, DictionaryWord, KanaRefusal, SpeakerInfo
from kirara_speech.serving.catalogue import Catalogue, CoreError, app_icon, icon_key
from kirara_speech.serving.kana import KanaError, parse_kana, write_kana
from kirara_speech.serving.models import AccentPhrases, AudioQuery, Manner, ResourceFormat
from kirara_speech.serving.presets import PresetStore
from kirara_speech.serving.queries import fill, phrases_of, plain_values, read_query
from kirara_speech.serving.speech_service import Check, SpeechService, TooLong, too_long
from kirara_speech.serving.unsupported import unsupported
from kirara_speech.serving.waves import Wav, joined, wav_of
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.jobs import Cancelled

Json = dict[str, Any]

LONGEST_TEXT = 5_000
"""The longest text, in characters."""

_LARGEST_BODY, _LARGEST_WAVES = 10_000_000, 50_000_000  # bytes
_MOST_QUERIES, _MOST_WAVES = 200, 500
_LARGEST_ARCHIVE = 500_000_000  # bytes
_ICONS = "/_resources/"
_WRONG_KANA: dict[int | str, Json] = {400: {"model": KanaRefusal}}
_PAGE = """<!doctype html>
<html lang="ja"><meta charset="utf-8"><title>Kirara Studio</title>
<h1>Kirara Studio</h1>{body}</html>
"""
_HOME = """<p>VOICEVOX 互換のサーバーです。 This server has VOICEVOX's interface.</p>
<ul><li><a href="/docs">API</a></li><li><a href="/setting">設定 / Settings</a></li></ul>"""
_SETTINGS = """<p>このページでは設定を変更できません。ウェブページに利用を許可するには、
<code>--allow-origin</code> を付けてサーバーを起動してください。</p>
<p>Nothing can be changed here. To allow pages of an origin, start the server with
<code>--allow-origin</code>.</p>"""


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


class _Zip(Response):
    media_type = "application/zip"


class Interface:
    """VOICEVOX's interface to some voices: ``app``. Its ``/docs`` page loads no external files."""

    def __init__(
        self, catalogue: Catalogue, service: SpeechService, presets: PresetStore, version: str
    ) -> None:
        self._catalogue, self._service, self._presets = catalogue, service, presets
        handled = (AnyHTTPException, RequestValidationError, UserError, CoreError, Cancelled)
        self.app = FastAPIOffline(
            title="Kirara Studio, in VOICEVOX's interface",
            version=version,
            redoc_url=None,
            swagger_ui_parameters={"validatorUrl": None},  # a server on the internet
            max_body_size=_LARGEST_WAVES,
            telemetry={"auto_configure": False},
            exception_handlers=dict.fromkeys((*handled, Exception), _refused),
        )
        self._core = [Depends(catalogue.check_version)]
        self._add_information(version)
        self._add_presets()
        self._add_speech()
        self._add_words()
        self.app.include_router(unsupported(catalogue))

    def _add(
        self,
        method: str,
        path: str,
        endpoint: Callable[..., Any],
        *,
        core: bool = False,
        **options: Any,
    ) -> None:
        options = {"max_body_size": _LARGEST_BODY, "name": path[1:] or "page", **options}
        dependencies = self._core if core else []
        self.app.add_api_route(
            path, endpoint, methods=[method], dependencies=dependencies, **options
        )

    def _add_information(self, version: str) -> None:
        pages = {"/": _HOME, "/setting": _SETTINGS}
        for path, body in pages.items():
            self._add("GET", path, _page(body), response_class=HTMLResponse)
        catalogue, devices = self._catalogue, Devices(cpu=True, cuda=False, dml=False)
        self._add("GET", "/version", lambda: version, response_model=str)
        self._add("GET", "/core_versions", lambda: [version], response_model=list[str])
        self._add("GET", "/supported_devices", lambda: devices, response_model=Devices, core=True)
        self._add("GET", "/engine_manifest", catalogue.manifest)
        self._add("GET", "/speakers", catalogue.speakers, core=True)
        self._add("GET", "/speaker_info", self._speaker_info, core=True)
        self._add("GET", _ICONS + "{key}", _icon, include_in_schema=False)
        self._add("POST", "/initialize_speaker", self._initialize, status_code=204, core=True)
        self._add("GET", "/is_initialized_speaker", self._is_initialized, core=True)

    def _add_presets(self) -> None:
        presets = self._presets
        self._add("GET", "/presets", presets.all)
        self._add("POST", "/add_preset", presets.add)
        self._add("POST", "/update_preset", presets.update)
        self._add("POST", "/delete_preset", presets.delete, status_code=204)

    def _add_speech(self) -> None:
        def phrases(path: str, endpoint: Callable[..., Any], **options: Any) -> None:
            self._add("POST", path, endpoint, response_model=AccentPhrases, core=True, **options)

        def sound(path: str, endpoint: Callable[..., Any], kind: type[Response] = Wav) -> None:
            self._add("POST", path, endpoint, response_class=kind, core=True)

        query: Json = {"response_model": AudioQuery, "core": True}
        self._add("POST", "/audio_query", self._audio_query, **query)
        self._add("POST", "/audio_query_from_preset", self._query_from_preset, **query)
        phrases("/accent_phrases", self._accent_phrases, responses=_WRONG_KANA)
        phrases("/mora_data", self._measure())
        phrases("/mora_length", self._measure(pitches=False))
        phrases("/mora_pitch", self._measure(lengths=False))
        self._add("POST", "/validate_kana", self._validate, responses=_WRONG_KANA)
        sound("/synthesis", self._synthesis)
        sound("/cancellable_synthesis", self._synthesis)
        sound("/multi_synthesis", self._multi_synthesis, _Zip)
        self._add(
            "POST",
            "/connect_waves",
            self._connect_waves,
            response_class=Wav,
            max_body_size=_LARGEST_WAVES,
        )

    def _add_words(self) -> None:
        one = "/user_dict_word/{word_uuid}"
        self._add("GET", "/user_dict", self._words, response_model=dict[str, DictionaryWord])
        self._add("POST", "/user_dict_word", self._add_word)
        self._add("PUT", one, self._change_word, status_code=204)
        self._add("DELETE", one, self._remove_word, status_code=204)
        self._add("POST", "/import_user_dict", self._import_words, status_code=204)

    # Voices

    def _speaker_info(
        self, speaker_uuid: str, request: Request, resource_format: ResourceFormat = "base64"
    ) -> SpeakerInfo:
        """The terms of use and the pictures of a voice."""
        folder = f"{request.base_url}{_ICONS[1:]}" if resource_format == "url" else ""
        return self._catalogue.speaker_info(speaker_uuid, folder)

    def _initialize(self, speaker: int, request: Request, skip_reinit: bool = False) -> None:
        """Load a voice."""
        self._service.prepare(self._catalogue[speaker], _check(request))

    def _is_initialized(self, speaker: int) -> bool:
        """Whether a voice is loaded."""
        return self._service.is_ready(self._catalogue[speaker])

    # Texts

    def _audio_query(
        self, text: Text, speaker: int, request: Request, enable_katakana_english: bool = True
    ) -> Json:
        """Text to query."""
        phrases = self._service.read(text, english_words=enable_katakana_english)
        return {
            "accent_phrases": self._filled(phrases_to_voicevox(phrases), speaker, request),
            **Manner().model_dump(),
            "outputSamplingRate": SAMPLE_RATE,
            "outputStereo": False,
            "kana": write_kana(phrases),
        }

    def _query_from_preset(
        self, text: Text, preset_id: int, request: Request, enable_katakana_english: bool = True
    ) -> Json:
        """Text to query, with a preset."""
        preset = self._presets.get(preset_id)
        query = self._audio_query(text, preset.style_id, request, enable_katakana_english)
        return {**query, **preset.model_dump()}

    def _accent_phrases(
        self,
        text: Text,
        speaker: int,
        request: Request,
        is_kana: bool = False,
        enable_katakana_english: bool = True,
    ) -> list[Json]:
        """Text, or a reading in kana, to phrases."""
        if is_kana:
            phrases = _parsed_kana(text)
        else:
            phrases = self._service.read(text, english_words=enable_katakana_english)
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

    def _synthesis(
        self,
        query: AudioQuery,
        speaker: int,
        request: Request,
        enable_interrogative_upspeak: bool = True,
    ) -> Response:
        """Query to WAV. A question always rises."""
        return Wav(self._sound(query, speaker, request))

    def _multi_synthesis(
        self,
        queries: Queries,
        speaker: int,
        request: Request,
        enable_interrogative_upspeak: bool = True,
    ) -> Response:
        """Queries to WAVs in a zip file. Questions always rise."""
        if len({query.outputSamplingRate for query in queries}) > 1:
            raise HTTPException(422, "サンプリングレートが異なるクエリがあります")
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for number, query in enumerate(queries, 1):
                archive.writestr(f"{number:03d}.wav", self._sound(query, speaker, request))
                if file.tell() > _LARGEST_ARCHIVE:
                    raise too_long()
        return _Zip(file.getvalue())

    def _connect_waves(self, waves: Waves) -> Response:
        """Join WAVs in base64."""
        return Wav(joined(waves))

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


def _page(body: str) -> Callable[[], Response]:
    return lambda: HTMLResponse(_PAGE.replace("{body}", body))


def _icon(key: str) -> Response:
    if key != icon_key():
        raise HTTPException(404)
    return Response(app_icon(), media_type="image/png", headers={"Cache-Control": "max-age=86400"})


async def _refused(_: Request, error: Exception) -> Response:
    status, headers, name = 500, None, "detail"
    detail: Any = str(error) if isinstance(error, UserError) else one_line(error)
    if isinstance(error, RequestValidationError):
        status = 422
        detail = [{name: one[name] for name in ("type", "loc", "msg")} for one in error.errors()]
    elif isinstance(error, AnyHTTPException):
        status, detail, headers = error.status_code, error.detail, error.headers
    elif isinstance(error, CoreError):
        status, name, detail = 422, "message", str(error)
    elif isinstance(error, TooLong):
        status = 422
    elif isinstance(error, Cancelled):  # the program disconnected, or the server stops
        status, detail = 503, "Service Unavailable"
    # Not JSONResponse, which fails at a lone surrogate, as an error may quote one.
    return Response(json.dumps({name: detail}), status, headers, "application/json")
