"""A text, cleaned and divided into sentences and utterances."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.traced_text import NOWHERE, Span, TracedText

LONGEST_SENTENCE = 200
"""Characters."""
LONGEST_UTTERANCE = 100
"""Phonemes: recordings, and so what a network was trained on, are hardly longer."""

_TAG = re.compile(
    r"</?(?:speak|break|voice|prosody|emphasis|phoneme|say-as|sub|audio|mark|lang|desc|lexicon|"
    r"meta|metadata|par|seq|media|bookmark|p|s|w|b|i|u|br|em|strong|span|div|ruby|rt|rp|rb)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}'))*\s*/?>"
    r"|<!--.{0,400}?-->|<\?xml[^<>]{0,400}\?>",
    re.IGNORECASE,
)
_BREAK = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_ENDS = "。．！？!?\n"
_CLOSING = "」』）)》】〉”\"'’"
_SENTENCE = re.compile(rf"[^{_ENDS}]*[{_ENDS}]*[{_CLOSING}]*")
_DIVIDES = "、，,;；:：…・ 　"


def clean(text: str) -> str:
    """``text`` without tags (as of SSML), surrogates, control and format characters.

    Marks and line breaks stay; of line breaks one kind is left.
    """
    return cleaned(TracedText.of(text)).text


def cleaned(text: TracedText) -> TracedText:
    """The same for a text that is being rewritten."""
    text = text.replace(_BREAK, "\n").remove(_TAG, " ")
    kept: list[str] = []
    spans: list[Span] = []
    for character, span in zip(text.text, text.spans, strict=True):
        kind = unicodedata.category(character)
        if character == "\n" or not kind.startswith("C"):
            kept.append(character)
            spans.append(span)
        elif kind == "Cc":
            kept.append(" ")
            spans.append(span if character == "\t" else NOWHERE)
    return TracedText("".join(kept), tuple(spans))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, cleaned: not empty, not longer than ``LONGEST_SENTENCE``."""
    text = clean(text)
    return [text[start:end] for start, end in sentence_spans(text)]


def sentence_spans(text: str) -> Iterator[Span]:
    """Where the sentences of a clean text are."""
    for match in _SENTENCE.finditer(text):
        start, end = _stripped(text, *match.span())
        while end - start > LONGEST_SENTENCE:
            most = start + LONGEST_SENTENCE
            cut = max(text.rfind(mark, start, most) for mark in _DIVIDES) + 1 or most
            yield _stripped(text, start, cut)
            start, end = _stripped(text, cut, end)
        if start < end:
            yield start, end


def _stripped(text: str, start: int, end: int) -> Span:
    found = text[start:end].strip()
    start = text.index(found, start)
    return start, start + len(found)


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
