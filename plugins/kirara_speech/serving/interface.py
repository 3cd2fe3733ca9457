"""What each address of VOICEVOX's interface answers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kirara_speech.engines.voicevox_phrases import to_voicevox as phrases_to_voicevox
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.user_dictionary import words_of_voicevox
from kirara_speech.reading.words import to_voicevox as word_to_voicevox
from kirara_speech.reading.words import word
from kirara_speech.serving.catalogue import Catalogue
from kirara_speech.serving.checking import Parameters, Refusal, field, invalid, listed, parsed
from kirara_speech.serving.docs_page import docs_page
from kirara_speech.serving.kana import KanaError, parse_kana, write_kana
from kirara_speech.serving.presets import Presets
from kirara_speech.serving.queries import fill, read_phrases, read_query
from kirara_speech.serving.speaker import Check, Speaker
from kirara_speech.serving.waves import joined, wav_of
from kirara_speech.speaking.voices import Voice
from kirara_studio.api.errors import UserError

Json = dict[str, Any]

LONGEST_TEXT = 5_000
"""Characters of a text."""

_MOST_QUERIES = 200
_TITLE = "Kirara Studio, in VOICEVOX's interface"


@dataclass(frozen=True)
class Asked:
    """A request: its parameters, its body, what stands in the place of a name in its address, and
    what raises once nobody waits for the answer."""

    parameters: Parameters
    body: bytes
    name: str
    check: Check


@dataclass(frozen=True)
class Answer:
    """An answer, when all is well."""

    content: bytes
    kind: str


@dataclass(frozen=True)
class Route:
    """An address: a word of what it is for, its answer (plain values, sent as JSON; None, nothing
    at all; or an :class:`Answer`), and its parameters: those with a "?" may be left out."""

    about: str
    answer: Callable[[Asked], Any]
    parameters: tuple[str, ...] = ()


class Interface:
    """VOICEVOX's interface to some voices."""

    def __init__(
        self, catalogue: Catalogue, speaker: Speaker, presets: Presets, version: str
    ) -> None:
        self._catalogue = catalogue
        self._speaker = speaker
        self._presets = presets
        self._version = version
        self.routes: Mapping[tuple[str, str], Route] = self._routes()

    def _routes(self) -> dict[tuple[str, str], Route]:
        text, one = ("text", "speaker"), ("speaker",)
        word_parameters = ("surface", "pronunciation", "accent_type", "word_type?", "priority?")
        return {
            ("GET", "/version"): Route("version of the studio", lambda _: self._version),
            ("GET", "/core_versions"): Route("versions", lambda _: [self._version]),
            ("GET", "/speakers"): Route("the voices", lambda _: self._catalogue.speakers()),
            ("GET", "/speaker_info"): Route("terms of a voice", self._info, ("speaker_uuid",)),
            ("GET", "/singers"): Route("nobody sings", lambda _: []),
            ("GET", "/supported_devices"): Route(
                "where it computes", lambda _: {"cpu": True, "cuda": False, "dml": False}
            ),
            ("GET", "/engine_manifest"): Route(
                "what it can do", lambda _: self._catalogue.manifest()
            ),
            ("POST", "/audio_query"): Route("a text to a query", self._audio_query, text),
            ("POST", "/audio_query_from_preset"): Route(
                "the same by a preset", self._query_from_preset, ("text", "preset_id")
            ),
            ("POST", "/accent_phrases"): Route(
                "a text to phrases", self._accent_phrases, (*text, "is_kana?")
            ),
            ("POST", "/mora_data"): Route("lengths and pitches", self._measure(True, True), one),
            ("POST", "/mora_length"): Route("lengths", self._measure(True, False), one),
            ("POST", "/mora_pitch"): Route("pitches", self._measure(False, True), one),
            ("POST", "/synthesis"): Route("a query to a WAV", self._synthesis, one),
            ("POST", "/cancellable_synthesis"): Route("the same", self._synthesis, one),
            ("POST", "/multi_synthesis"): Route("queries to a zip", self._multi_synthesis, one),
            ("POST", "/connect_waves"): Route(
                "WAVs in base64 to one", lambda asked: _wav(joined(parsed(asked.body)))
            ),
            ("POST", "/initialize_speaker"): Route("load a voice", self._initialize, one),
            ("GET", "/is_initialized_speaker"): Route(
                "whether it is loaded",
                lambda asked: self._speaker.is_ready(self._voice(asked)),
                one,
            ),
            ("POST", "/validate_kana"): Route("check a reading", self._validate, ("text",)),
            ("GET", "/presets"): Route("the presets", lambda _: self._presets.all()),
            ("POST", "/add_preset"): Route(
                "add one", lambda asked: self._presets.add(parsed(asked.body))
            ),
            ("POST", "/update_preset"): Route(
                "change one", lambda asked: self._presets.update(parsed(asked.body))
            ),
            ("POST", "/delete_preset"): Route(
                "remove one",
                lambda asked: self._presets.delete(asked.parameters.whole("id")),
                ("id",),
            ),
            ("GET", "/user_dict"): Route("the words", self._words),
            ("POST", "/user_dict_word"): Route("teach a word", self._add_word, word_parameters),
            ("PUT", "/user_dict_word/{word_uuid}"): Route(
                "change a word", self._change_word, word_parameters
            ),
            ("DELETE", "/user_dict_word/{word_uuid}"): Route("forget a word", self._remove_word),
            ("POST", "/import_user_dict"): Route(
                "take over words", self._import_words, ("override",)
            ),
            ("GET", "/openapi.json"): Route("this list", lambda _: self._description()),
            ("GET", "/docs"): Route("the same, for people", lambda _: self._page()),
        }

    # Texts and sound

    def _voice(self, asked: Asked) -> Voice:
        return self._catalogue[asked.parameters.whole("speaker")]

    def _info(self, asked: Asked) -> Json:
        return self._catalogue.speaker_info(asked.parameters.text("speaker_uuid"))

    def _audio_query(self, asked: Asked) -> Json:
        return self._query(_text(asked), self._voice(asked), asked.check)

    def _query_from_preset(self, asked: Asked) -> Json:
        preset = self._presets.get(asked.parameters.whole("preset_id"))
        query = self._query(_text(asked), self._catalogue[preset["style_id"]], asked.check)
        return {name: preset.get(name, value) for name, value in query.items()}

    def _query(self, text: str, voice: Voice, check: Check) -> Json:
        phrases = self._speaker.read(text)
        return {
            "accent_phrases": self._told(phrases, voice, check),
            "speedScale": 1.0,
            "pitchScale": 0.0,
            "intonationScale": 1.0,
            "volumeScale": 1.0,
            "prePhonemeLength": 0.1,
            "postPhonemeLength": 0.1,
            "pauseLength": None,
            "pauseLengthScale": 1.0,
            "outputSamplingRate": SAMPLE_RATE,
            "outputStereo": False,
            "kana": write_kana(phrases),
        }

    def _told(self, phrases: tuple[AccentPhrase, ...], voice: Voice, check: Check) -> list[Json]:
        """Phrases in VOICEVOX's way, with lengths and pitches."""
        plain = phrases_to_voicevox(phrases)
        return self._filled(plain, voice, check) if plain else []

    def _filled(self, plain: list[Json], voice: Voice, check: Check, **which: bool) -> list[Json]:
        measured = self._speaker.measure(voice, read_phrases(plain), check)
        return fill(plain, measured.measures, **which)

    def _accent_phrases(self, asked: Asked) -> list[Json]:
        text = _text(asked)
        is_kana = asked.parameters.flag("is_kana", False)
        phrases = _parsed_kana(text) if is_kana else self._speaker.read(text)
        return self._told(phrases, self._voice(asked), asked.check)

    def _measure(self, lengths: bool, pitches: bool) -> Callable[[Asked], list[Json]]:
        def answer(asked: Asked) -> list[Json]:
            plain = parsed(asked.body)
            voice = self._voice(asked)
            read_phrases(plain)
            if not plain:
                return []
            return self._filled(plain, voice, asked.check, lengths=lengths, pitches=pitches)

        return answer

    def _synthesis(self, asked: Asked) -> Answer:
        return _wav(self._sound(parsed(asked.body), ("body",), asked))

    def _sound(self, values: Any, where: tuple[str | int, ...], asked: Asked) -> bytes:
        voice = self._voice(asked)
        query = read_query(values, where)
        sound = self._speaker.speak(voice, query, asked.check)
        return wav_of(sound, query.rate, stereo=query.stereo)

    def _multi_synthesis(self, asked: Asked) -> Answer:
        queries = listed(parsed(asked.body), ("body",), _MOST_QUERIES)
        if len({field(query, "outputSamplingRate", ("body",), 0) for query in queries}) > 1:
            raise Refusal(422, "サンプリングレートが異なるクエリがあります")
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for index, query in enumerate(queries):
                sound = self._sound(query, ("body", index), asked)
                archive.writestr(f"{index + 1:03d}.wav", sound)
        return Answer(file.getvalue(), "application/zip")

    def _initialize(self, asked: Asked) -> None:
        self._speaker.prepare(self._voice(asked), asked.check)

    def _validate(self, asked: Asked) -> bool:
        _parsed_kana(_text(asked))
        return True

    # Words

    def _words(self, _: Asked) -> Json:
        words = self._speaker.dictionary.words()
        return {key: word_to_voicevox(known) for key, known in words.items()}

    def _add_word(self, asked: Asked) -> str:
        return self._speaker.dictionary.add(_word(asked.parameters))

    def _change_word(self, asked: Asked) -> None:
        self._known(asked.name)
        self._speaker.dictionary.change(asked.name, _word(asked.parameters))

    def _remove_word(self, asked: Asked) -> None:
        self._known(asked.name)
        self._speaker.dictionary.remove(asked.name)

    def _known(self, key: str) -> None:
        if key not in self._speaker.dictionary.words():
            raise Refusal(422, "UUIDに該当するワードが見つかりませんでした")

    def _import_words(self, asked: Asked) -> None:
        override = asked.parameters.flag("override")
        try:
            words = words_of_voicevox(parsed(asked.body))
        except ValueError as error:
            raise invalid(("body",), "Input should be a valid dictionary", "dict_type") from error
        except UserError as error:
            raise Refusal(422, str(error)) from error
        self._speaker.dictionary.add_all(words, override=override)

    # What there is

    def _description(self) -> Json:
        paths: dict[str, Json] = {}
        for (method, path), route in self.routes.items():
            names = [name.removesuffix("?") for name in route.parameters]
            parameters = [
                {"name": name, "in": "query", "required": name in route.parameters, "schema": {}}
                for name in names
            ]
            if "{word_uuid}" in path:
                place = {"name": "word_uuid", "in": "path", "required": True}
                parameters.append({**place, "schema": {"type": "string"}})
            paths.setdefault(path, {})[method.lower()] = {
                "summary": route.about,
                "parameters": parameters,
                "responses": {"default": {"description": "as VOICEVOX answers"}},
            }
        info = {"title": _TITLE, "version": self._version}
        return {"openapi": "3.1.0", "info": info, "paths": paths}

    def _page(self) -> Answer:
        page = docs_page(_TITLE, self._version, self.routes)
        return Answer(page, "text/html; charset=utf-8")


def _wav(content: bytes) -> Answer:
    return Answer(content, "audio/wav")


def _text(asked: Asked) -> str:
    text = asked.parameters.text("text")
    if len(text) > LONGEST_TEXT:
        message = f"String should have at most {LONGEST_TEXT} characters"
        raise invalid(("query", "text"), message, "string_too_long")
    return text


def _parsed_kana(text: str) -> tuple[AccentPhrase, ...]:
    try:
        return parse_kana(text)
    except KanaError as error:
        raise Refusal(
            400,
            {"text": str(error), "error_name": error.name, "error_args": dict(error.values)},
        ) from error


def _word(parameters: Parameters) -> Any:
    try:
        return word(
            parameters.text("surface"),
            parameters.text("pronunciation"),
            parameters.whole("accent_type"),
            parameters.text("word_type", "PROPER_NOUN"),
            parameters.whole("priority", 5),
        )
    except UserError as error:
        raise Refusal(422, str(error)) from error
