"""A text, cleaned and divided into sentences and utterances."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from kirara_speech.reading.phrases import AccentPhrase

LONGEST_SENTENCE = 200
"""Characters."""
LONGEST_UTTERANCE = 100
"""Phonemes: recordings, and so what a network was trained on, are hardly longer."""

_TAG = re.compile(r"</?[A-Za-z!?][^<>]{0,400}>")
_ENDS = "。．！？!?\n"
_CLOSING = "」』）)》】〉”\"'’"
_SENTENCE = re.compile(rf"[^{_ENDS}]*[{_ENDS}]*[{_CLOSING}]*")
_DIVIDES = "、，,;；:：…・ 　"


def clean(text: str) -> str:
    """``text`` without tags (as of SSML), surrogates, control and format characters.

    Marks and line breaks stay.
    """
    text = _TAG.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    kinds = (unicodedata.category(character) for character in text)
    kept = (
        c if c == "\n" or not kind.startswith("C") else " " if kind == "Cc" else ""
        for c, kind in zip(text, kinds, strict=True)
    )
    return "".join(kept)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, cleaned: not empty, not longer than ``LONGEST_SENTENCE``."""
    found = []
    for sentence in _SENTENCE.findall(clean(text)):
        rest = sentence.strip()
        while len(rest) > LONGEST_SENTENCE:
            start = rest[:LONGEST_SENTENCE]
            cut = max(start.rfind(mark) for mark in _DIVIDES) + 1 or LONGEST_SENTENCE
            found.append(rest[:cut].strip())
            rest = rest[cut:].strip()
        found.append(rest)
    return [sentence for sentence in found if sentence]


def utterances_of(
    phrases: Sequence[AccentPhrase], longest: int = LONGEST_UTTERANCE
) -> list[tuple[AccentPhrase, ...]]:
    """Divide phrases into parts of at most ``longest`` phonemes.

    At the end of each sentence, at pauses, or else between phrases; a single phrase that is too
    long is divided between morae.
    """
    parts: list[tuple[AccentPhrase, ...]] = []
    current: list[AccentPhrase] = []
    for phrase in (piece for whole in phrases for piece in _short(whole, longest)):
        if current and _length([*current, phrase]) > longest:
            # Back to the last pause, if it is not too far back.
            pauses = [i for i, before in enumerate(current, 1) if before.pause]
            cut = pauses[-1] if pauses and 2 * pauses[-1] >= len(current) else len(current)
            parts.append(tuple(current[:cut]))
            current = current[cut:]
        current.append(phrase)
        if phrase.end:
            parts.append(tuple(current))
            current = []
    return [*parts, tuple(current)] if current else parts


def _short(phrase: AccentPhrase, longest: int) -> list[AccentPhrase]:
    most = longest // 2  # morae of two phonemes
    morae = phrase.morae
    if len(morae) <= most:
        return [phrase]
    starts = range(0, len(morae), most)
    last = replace(phrase, morae=morae[starts[-1] :], accent=0, read_accent=None)
    return [*(AccentPhrase(morae[i : i + most]) for i in starts[:-1]), last]


def _length(phrases: Sequence[AccentPhrase]) -> int:
    return sum(len(mora.phonemes) for phrase in phrases for mora in phrase.morae)
