"""A text divided into utterances, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kirara_speech.reading.japanese import read_line, read_text, spoken_sentences
from kirara_speech.reading.phrases import AccentPhrase, symbols_of
from kirara_speech.reading.sentences import LONGEST_UTTERANCE, sentences_of, utterances_of
from kirara_speech.reading.symbols import DEVOICED, OFTEN_DEVOICED, letters_of


def symbols_for(front_end: str, text: str) -> Sequence[str]:
    """The symbols of a sentence for a network trained with ``front_end``: "japanese" or "letters".

    Raises ValueError if the text has nothing to say.
    """
    symbols = symbols_of(read_line(text)) if front_end == "japanese" else letters_of(text)
    if not any(symbol.isalpha() for symbol in symbols):
        raise ValueError("its text has nothing to say")
    return symbols


@dataclass(frozen=True)
class Utterance:
    """What is spoken in one go.

    ``symbols`` are those of a network, made of ``phrases``, which are empty if the voice reads
    letters. ``text`` is their sentence as Open JTalk reads it, empty if the phrases do not belong
    to it any more. ``places`` has, for each mora, the number of its phrase in the line and its own
    in the phrase.
    ``pause``: how many times as long as usual the pause after it is, 0 for none.
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
    """The utterances of ``text``; none if it has nothing to say.

    ``phrases`` is how it is read, None reads it; a front end for letters ignores them.
    ``longest`` is how many phonemes an utterance has at most.
    """
    if front_end != "japanese":
        for sentence in sentences_of(text):
            letters = letters_of(sentence)
            if any(letter.isalpha() for letter in letters):
                yield Utterance(sentence, tuple(letters))
        return
    first = 0
    for sentence, read in _sentences(text, phrases):
        yield from _parts(sentence, read, first, longest)
        first += len(read)


def _sentences(
    text: str, phrases: Sequence[AccentPhrase] | None
) -> Iterator[tuple[str, Sequence[AccentPhrase]]]:
    """The phrases, sentence by sentence, each with its text, if there are as many of both."""
    if phrases is None:
        for spoken in spoken_sentences(text):
            yield spoken.text, read_text(spoken.text)
        return
    ends = [number for number, phrase in enumerate(phrases, 1) if phrase.end]
    if phrases and not phrases[-1].end:
        ends.append(len(phrases))
    texts = [spoken.text for spoken in spoken_sentences(text)]
    if len(texts) != len(ends):  # some have nothing to say, or the user joined some
        texts = [sentence for sentence in texts if read_text(sentence)]
    if len(texts) != len(ends):
        texts = [""] * len(ends)
    start = 0
    for sentence, end in zip(texts, ends, strict=True):
        yield sentence, phrases[start:end]
        start = end


def _trained_symbol(symbol: str) -> str:
    """The symbol that a network was trained with; other devoiced vowels are whispered later."""
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
        # A pause follows every sentence, also if the reading's last phrase has none.
        pauses = last.pause or (end == len(places) and not last.end)
        yield Utterance(
            text,
            tuple(map(_trained_symbol, symbols_of(part))),
            part,
            tuple(places[start:end]),
            last.pause_length if pauses else 0.0,
        )
        start = end
