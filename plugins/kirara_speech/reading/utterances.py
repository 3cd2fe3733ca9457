"""What is spoken in one go, made of a text and how it is read, while the rest is still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kirara_speech.reading.japanese import read_text
from kirara_speech.reading.letters import letters_of
from kirara_speech.reading.phrases import AccentPhrase, symbols_of
from kirara_speech.reading.sentences import LONGEST_UTTERANCE, sentences_of, utterances_of
from kirara_speech.reading.symbols import DEVOICED, OFTEN_DEVOICED


def symbols_for(front_end: str, text: str) -> Sequence[str]:
    """The symbols of a sentence for a network trained with ``front_end``: "japanese" or "letters".

    Raises ValueError if there is nothing to say in it.
    """
    symbols = symbols_of(read_text(text)) if front_end == "japanese" else letters_of(text)
    if not any(symbol.isalpha() for symbol in symbols):
        raise ValueError("its text has nothing to say")
    return symbols


@dataclass(frozen=True)
class Utterance:
    """What is spoken in one go: the symbols of a voice, and the sentence ``text`` they are of,
    empty if the phrases do not show it any more.

    ``phrases`` are what the symbols were made of, none if the voice reads letters. ``places``
    says of each of their morae the number of its phrase in the line, and its own in the phrase.
    ``pause`` is how many times as long as usual the pause after it is, 0 if there is none.
    """

    text: str
    symbols: tuple[str, ...]
    phrases: tuple[AccentPhrase, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    pause: float = 1.0


def utterances(
    text: str,
    front_end: str,
    phrases: Sequence[AccentPhrase] | None = None,
    longest: int = LONGEST_UTTERANCE,
) -> Iterator[Utterance]:
    """What will be spoken of ``text``, whatever it is; nothing if nothing can be.

    ``phrases`` is how it is read, None reads it. A front end for letters has no use for them.
    ``longest`` is how many phonemes are spoken in one go.
    """
    if front_end != "japanese":
        for sentence in sentences_of(text):
            letters = letters_of(sentence)
            if any(letter.isalpha() for letter in letters):
                yield Utterance(sentence, tuple(letters))
        return
    first = 0
    for sentence, read in _read(text) if phrases is None else _sentences(text, phrases):
        yield from _parts(sentence, read, first, longest)
        first += len(read)


_Sentence = tuple[str, Sequence[AccentPhrase]]


def _read(text: str) -> Iterator[_Sentence]:
    for sentence in sentences_of(text):
        yield sentence, read_text(sentence)


def _sentences(text: str, phrases: Sequence[AccentPhrase]) -> Iterator[_Sentence]:
    """The phrases, sentence by sentence, each with its text, if there are as many of both."""
    ends = [number for number, phrase in enumerate(phrases, 1) if phrase.end]
    if phrases and not phrases[-1].end:
        ends.append(len(phrases))
    texts = sentences_of(text)
    if len(texts) != len(ends):  # some have nothing to say, or the user joined some
        texts = [sentence for sentence in texts if read_text(sentence)]
    if len(texts) != len(ends):
        texts = [""] * len(ends)
    start = 0
    for sentence, end in zip(texts, ends, strict=True):
        yield sentence, phrases[start:end]
        start = end


def _heard_before(symbol: str) -> str:
    """The symbol that a network was trained with; what it lacks of it is whispered afterwards."""
    return symbol.lower() if symbol in DEVOICED and symbol not in OFTEN_DEVOICED else symbol


def _parts(
    text: str, phrases: Sequence[AccentPhrase], first: int, longest: int
) -> Iterator[Utterance]:
    places = [
        (first + number, mora)
        for number, phrase in enumerate(phrases)
        for mora in range(len(phrase.morae))
    ]
    start = 0
    for part in utterances_of(phrases, longest):
        end = start + sum(len(phrase.morae) for phrase in part)
        last = part[-1]
        # A reading's last phrase may not say so, but a sentence is always followed by a pause.
        pauses = last.pause or (end == len(places) and not last.end)
        yield Utterance(
            text,
            tuple(_heard_before(symbol) for symbol in symbols_of(part)),
            part,
            tuple(places[start:end]),
            last.pause_length if pauses else 0.0,
        )
        start = end
