"""Synthesis for several programs: their requests are computed one after the other."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.compiled_dictionary import use_dictionary
from kirara_speech.reading.japanese import read_line
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.serving.queries import Measure, Place, Query, edited, with_reading
from kirara_speech.speaking.chunks import Chunk, SpeakRequest
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.synthesis import PAUSE, silence, stream_chunks
from kirara_speech.speaking.voices import Voice
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled, JobTools

Array = npt.NDArray[np.float32]
Check = Callable[[], None]

LONGEST = 1_800 * SAMPLE_RATE
"""Samples of a sound: the longest text, read slowly."""

_PLAIN = Prosody(after=0.0)
_WAIT = 0.5  # seconds between two checks of a program that waits
_CACHED = 32  # texts, with their sound
_LONGEST_CACHED = 30 * SAMPLE_RATE  # samples
_TEXTS = 1_000
_PHRASES = 10_000

Sounds = tuple[str, ...]
"""The phonemes of a phrase."""


class TooLong(UserError):
    """The sound would need too much memory."""


def too_long() -> TooLong:
    """The error for a sound that is too long."""
    return TooLong("The sound would be too long.", advice="Divide the text into several requests.")


@dataclass(frozen=True)
class Measured:
    """How a voice speaks unedited phrases; ``sound`` (samples,) is empty if it is too long."""

    measures: Mapping[Place, Measure]
    sound: Array


class SpeechService:
    """Reads texts, measures voices, and synthesizes. Safe to use from several threads.

    ``check`` is called while a program waits, and raises :class:`Cancelled` once it has
    disconnected.
    """

    def __init__(self, tools: JobTools, data_folder: Path) -> None:
        self._tools = tools
        self._turn = threading.Lock()
        self._stopped = threading.Event()
        self._measured: OrderedDict[Any, Measured] = OrderedDict()
        self._phrases: OrderedDict[Sounds, AccentPhrase] = OrderedDict()
        self._texts: OrderedDict[tuple[Sounds, ...], str] = OrderedDict()
        self._read_lock = threading.Lock()
        self._ready: set[str] = set()
        self.dictionary = use_dictionary(data_folder)

    def stop(self) -> None:
        """Cancel the current and all further requests. Returns at once."""
        self._stopped.set()

    def read(self, text: str, *, english_words: bool = True) -> tuple[AccentPhrase, ...]:
        """The phrases of a text; see :func:`read_line`.

        A query holds neither the text nor the dictionary's result, which a voice needs: they are
        cached by phonemes.
        """
        phrases = read_line(text, english_words=english_words)
        with self._read_lock:
            _cache(self._texts, _sounds(phrases), text, _TEXTS)
            for phrase in phrases:
                _cache(self._phrases, _phonemes(phrase), phrase, _PHRASES)
        return phrases

    def is_ready(self, voice: Voice) -> bool:
        """True if the voice has spoken, so its networks are loaded."""
        return voice.name in self._ready

    def prepare(self, voice: Voice, check: Check) -> None:
        """Load what the voice needs."""
        self.measure(voice, read_line("あ"), check)

    def measure(self, voice: Voice, phrases: tuple[AccentPhrase, ...], check: Check) -> Measured:
        """How the voice speaks phrases without edits."""
        phrases = self._with_readings(phrases)
        key = (voice.name, phrases, self._text_of(phrases))
        with self._exclusive(check):
            cached = self._measured.get(key)
            if cached is None:
                cached = self._measure(voice, phrases, check)
            _cache(self._measured, key, cached, _CACHED)
        return cached

    def synthesize(self, voice: Voice, query: Query, check: Check) -> Array:
        """The sound (samples,) of a query, at 22,050 Hz."""
        query = replace(query, phrases=self._with_readings(query.phrases))
        prosody = query.prosody
        if not query.phrases:
            return silence(prosody.before + prosody.after)
        measured = self.measure(voice, query.phrases, check)
        phrases = edited(query, measured.measures)
        if phrases == query.phrases and len(measured.sound) and _is_plain(prosody):
            sound = (silence(prosody.before), measured.sound, silence(prosody.after))
            return np.concatenate(sound)
        request = SpeakRequest(self._text_of(phrases), voice, phrases, prosody)
        with self._exclusive(check):
            return np.concatenate([chunk.sound for chunk in self._spoken(request, check)])

    def _with_readings(self, phrases: tuple[AccentPhrase, ...]) -> tuple[AccentPhrase, ...]:
        with self._read_lock:
            return tuple(with_reading(one, self._phrases.get(_phonemes(one))) for one in phrases)

    def _text_of(self, phrases: tuple[AccentPhrase, ...]) -> str:
        with self._read_lock:
            return self._texts.get(_sounds(phrases), "")

    def _measure(self, voice: Voice, phrases: tuple[AccentPhrase, ...], check: Check) -> Measured:
        measures: dict[Place, Measure] = {}
        sounds: list[Array] = []
        samples = 0
        request = SpeakRequest(self._text_of(phrases), voice, phrases, _PLAIN)
        for chunk in self._spoken(request, check):
            for mora in chunk.morae:
                seconds = (mora.end - mora.start) / SAMPLE_RATE
                consonant = mora.consonant / SAMPLE_RATE
                measures[mora.phrase, mora.mora] = Measure(seconds, mora.pitch, consonant)
            samples += len(chunk.sound)
            if samples <= _LONGEST_CACHED:
                sounds.append(chunk.sound)
        for number, phrase in enumerate(phrases[:-1]):
            if phrase.end:  # the voice does not speak the silence between sentences
                measures.setdefault((number, -1), Measure(PAUSE))
        self._ready.add(voice.name)
        whole = sounds if samples <= _LONGEST_CACHED else []
        return Measured(measures, np.concatenate([silence(0), *whole]))

    def _spoken(self, request: SpeakRequest, check: Check) -> Iterator[Chunk]:
        samples = 0
        for chunk in stream_chunks(request, self._tools_with(check)):
            self._check(check)
            samples += len(chunk.sound)
            if samples > LONGEST:
                raise too_long()
            yield chunk

    @contextmanager
    def _exclusive(self, check: Check) -> Iterator[None]:
        while not self._turn.acquire(timeout=_WAIT):
            self._check(check)
        try:
            self._check(check)
            yield
        finally:
            self._turn.release()

    def _tools_with(self, check: Check) -> JobTools:
        return cast("JobTools", _CheckingTools(self._tools, lambda: self._check(check)))

    def _check(self, check: Check) -> None:
        if self._stopped.is_set():
            raise Cancelled
        check()


class _CheckingTools:
    """The tools of a job that is cancelled when its program disconnects."""

    def __init__(self, tools: JobTools, check: Check) -> None:
        self._tools = tools
        self.progress = self.give = lambda *_: check()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tools, name)


def _cache(known: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    known[key] = value
    known.move_to_end(key)
    if len(known) > most:
        known.popitem(last=False)


def _sounds(phrases: tuple[AccentPhrase, ...]) -> tuple[Sounds, ...]:
    return tuple(_phonemes(phrase) for phrase in phrases)


def _phonemes(phrase: AccentPhrase) -> Sounds:
    """The phonemes of a phrase; devoiced vowels count as voiced ones."""
    return tuple(part for mora in phrase.morae for part in (mora.consonant, mora.vowel.lower()))


def _is_plain(prosody: Prosody) -> bool:
    return replace(prosody, before=0.0, after=0.0) == _PLAIN
