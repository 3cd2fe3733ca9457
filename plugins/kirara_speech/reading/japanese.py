"""Japanese text to accent phrases, with Open JTalk's dictionary (pyopenjtalk-plus)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from itertools import compress
from threading import Lock
from typing import Any

from kirara_speech.reading.compiled_dictionary import bring_up_to_date, find_words
from kirara_speech.reading.morae import Mora, morae_of
from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.reading.sentences import sentence_spans
from kirara_speech.reading.signs import DIVIDING
from kirara_speech.reading.spoken_text import memos, spoken_text
from kirara_speech.reading.symbols import GEMINATE
from kirara_speech.reading.traced_text import Span, TracedText

QUICK = {"use_sudachi_kanji_yomi": False, "predict_nani": False}
"""Without Sudachi's check, which is slow to load, and without a network only for 何."""

_importing = Lock()

_SILENT = frozenset("「」『』（）()《》【】〈〉“”\"'・ 　")
"""Marks that divide phrases without a pause."""

_DIVIDING = frozenset(DIVIDING.values())
_SOUNDLESS = frozenset(("pau", "sp", "unk"))
_EXCLAIMED = re.compile(rf"(?:[{re.escape(''.join(_DIVIDING))}]*[！？!?])?")
_ZEROS = re.compile(b"\0+")


@dataclass(frozen=True)
class Reading:
    """How a text is read.

    ``unread``: the characters of the text that belong to no mora and divide nothing, such as
    emoji. ``memos``: those that are left out on purpose, [in brackets]. All others are in a mora
    of ``phrases``, or mark a pause or the border of a phrase.
    """

    phrases: Phrases
    unread: tuple[Span, ...] = ()
    memos: tuple[Span, ...] = ()


def read_text(text: str) -> Phrases:
    """The accent phrases of one sentence of a spoken text; none if there is nothing to say."""
    return phrases_of(open_jtalk().run_frontend(text, **QUICK))


def read_line(text: str, *, english_words: bool = True) -> Phrases:
    """The accent phrases of a text of any length, as people write it.

    The last one of each sentence is marked as its end, and pauses. Without ``english_words``,
    Latin words that the dictionary does not know are spelled.
    """
    phrases: list[AccentPhrase] = []
    for sentence in spoken_sentences(text, english_words=english_words):
        phrases += _ended(read_text(sentence.text))
    return tuple(phrases)


def read_fully(text: str) -> Reading:
    """The accent phrases of a text of any length, and what of it cannot be read."""
    spoken = _spoken(text)
    heard = bytearray(character in _DIVIDING for character in spoken.text)
    phrases: list[AccentPhrase] = []
    for start, end in _sentences(spoken.text):
        words, spans = _words_of(spoken.text[start:end])
        phrases += _ended(phrases_of(words))
        for first, last in spans:
            heard[start + first : start + last] = b"\1" * (last - first)
    left_out = memos(text)
    found = bytearray(len(text))
    for start, end in (*compress(spoken.spans, heard), *left_out):
        found[start:end] = b"\1" * (end - start)
    unread = tuple(match.span() for match in _ZEROS.finditer(found))
    return Reading(tuple(phrases), unread, tuple(left_out))


def _words_of(sentence: str) -> tuple[list[Any], list[Span]]:
    """Open JTalk's words, and where in the sentence those are that sound."""
    module = open_jtalk()
    words, morphs = module.run_frontend_detailed(sentence, **QUICK)
    mapping = module.make_phoneme_mapping(words, morphs, caller_text=sentence)
    return words, [e["char_span"] for e in mapping if not _SOUNDLESS.issuperset(e["phonemes"])]


def _spoken(text: str, *, english_words: bool = True) -> TracedText:
    return spoken_text(text, open_jtalk(), find_words, english_words=english_words)


def spoken_sentences(text: str, *, english_words: bool = True) -> list[TracedText]:
    """The sentences of a text as the dictionary reads them (:func:`spoken_text`)."""
    spoken = _spoken(text, english_words=english_words)
    return [spoken.part(start, end) for start, end in _sentences(spoken.text)]


def _sentences(spoken: str) -> Iterator[Span]:
    """Where the sentences are, without an exclamation at the beginning, as in “！？はい”.

    It changes no reading, and Open JTalk complains of it on the standard error.
    """
    for start, end in sentence_spans(spoken):
        marks = _EXCLAIMED.match(spoken, start, end)
        first = marks.end() if marks else start
        if first < end:
            yield first, end


def _ended(phrases: Phrases) -> Phrases:
    if not phrases:
        return ()
    return (*phrases[:-1], replace(phrases[-1], end=True, pause=True))


def open_jtalk() -> Any:
    """Open JTalk's module, with the words of the user's dictionary, if one is in use.

    See :func:`kirara_speech.reading.compiled_dictionary.use_dictionary`.
    """
    # One thread at a time, since the one that redirects the output must also restore it.
    with _importing:
        if "pyopenjtalk" not in sys.modules:
            with redirect_stdout(StringIO()):  # a message about the missing network for 何
                import pyopenjtalk  # noqa: F401
    module = sys.modules["pyopenjtalk"]
    bring_up_to_date(module)
    return module


def phrases_of(words: Sequence[Any]) -> tuple[AccentPhrase, ...]:
    """Join Open JTalk's words ("NJD features") to accent phrases."""
    phrases: list[AccentPhrase] = []
    divided = True
    for word in words:
        before = phrases[-1].morae if phrases and not phrases[-1].pause else ()
        morae = morae_of_word(word, before)
        if not morae:
            divided = True
            mark = word["string"]
            if phrases and mark not in _SILENT:
                question = phrases[-1].question or mark in ("？", "?")
                phrases[-1] = replace(phrases[-1], pause=True, question=question)
        elif divided or (word["chain_flag"] != 1 and not word["pron"].startswith("ー")):
            phrases.append(AccentPhrase(morae, accent=word["acc"]))
            divided = False
        else:
            last = phrases[-1]
            phrases[-1] = replace(last, morae=last.morae + morae)
    return tuple(
        replace(phrase, accent=min(phrase.accent, len(phrase.morae))) for phrase in phrases
    )


def morae_of_word(word: Mapping[str, Any], before: tuple[Mora, ...] = ()) -> tuple[Mora, ...]:
    """The morae of one of Open JTalk's words; ``before`` are those of the word before it."""
    # It lengthens with う whatever is before, also a geminate, which cannot be (うっう).
    lengthens = word["pron"].startswith("ー") and before and before[-1].vowel == GEMINATE
    return morae_of(word["read"] if lengthens else word["pron"], before)
