"""Accent phrases to Open JTalk's labels.

A label also holds the parts of speech around it. As long as the words of the text are those of a
phrase, they are used, so an unedited phrase sounds as usual; phrases that were divided, joined or
read otherwise become nouns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

from kirara_speech.reading.japanese import QUICK, morae_of_word, open_jtalk
from kirara_speech.reading.mora_diff import places_of
from kirara_speech.reading.morae import Mora
from kirara_speech.reading.phrases import morae_in
from kirara_speech.reading.symbols import OFTEN_DEVOICED
from kirara_speech.reading.utterances import Utterance
from kirara_speech.speaking.timing import Slot

_KANA_OF = {"a": "ア", "i": "イ", "u": "ウ", "e": "エ", "o": "オ"}
_LIKE = {"フャ": "ヒャ", "フョ": "ヒョ"}
"""Morae that Open JTalk does not know, and those nearest to them."""
_BARE = {
    **dict.fromkeys(("pos_group1", "pos_group2", "pos_group3", "ctype", "cform"), "*"),
    "chain_rule": "*",
}

Feature = Mapping[str, Any]


@dataclass(frozen=True)
class Label(Slot):
    """A label of Open JTalk."""

    text: str = ""


def labels_of(utterance: Utterance) -> list[Label]:
    """The labels of an utterance: silence, its morae and pauses, silence."""
    features = [*_features(utterance)]
    texts = iter(open_jtalk().make_label(features))
    labels = [Label(text=next(texts))]
    number = -1
    for index, phrase in enumerate(utterance.phrases):
        for mora in phrase.morae:
            number += 1
            if mora.consonant:
                labels.append(Label(number, text=next(texts)))
            labels.append(Label(number, vowel=True, text=next(texts)))
        if phrase.pause and index + 1 < len(utterance.phrases):
            labels.append(Label(pause=index, text=next(texts)))
    return [*labels, *(Label(text=text) for text in texts)]


def _features(utterance: Utterance) -> Iterator[Feature]:
    """Open JTalk's NJD features: one for each word."""
    words = _WordsOf(utterance) if utterance.text else None
    start = 0
    for index, phrase in enumerate(utterance.phrases):
        end = start + len(phrase.morae)
        found = words.between(start, end) if words is not None else None
        prons = iter(_prons(phrase.morae))
        for place, (word, size) in enumerate(found or [(_noun(), len(phrase.morae))]):
            pron = "".join(islice(prons, size))
            accent = phrase.accent if not place else 0
            yield {
                **word,
                "string": word.get("string") or pron,
                "orig": word.get("orig") or pron,
                "read": pron.replace("’", ""),
                "pron": pron,
                "acc": accent,
                "mora_size": size,
                "chain_flag": int(place > 0),
            }
        if phrase.pause or index + 1 == len(utterance.phrases):
            exclaims = words is not None and words.exclaims(end)
            yield _mark("？" if phrase.question else "！" if exclaims else "、")
        start = end


class _WordsOf:
    """The words of an utterance's text, found by their morae."""

    def __init__(self, utterance: Utterance) -> None:
        read: list[Mora] = []
        self._words: list[tuple[Feature, int]] = []
        self._exclaiming: set[int] = set()  # morae before each exclamation mark
        for word in open_jtalk().run_frontend(utterance.text, **QUICK):
            morae = morae_of_word(word, tuple(read[-1:]))
            if morae:
                self._words.append((word, len(morae)))
                read.extend(morae)
            elif word["pron"] == "！":
                self._exclaiming.add(len(read))
        self._ends = [*accumulate(size for _, size in self._words)]
        self._places = places_of(read, morae_in(utterance.phrases))

    def exclaims(self, end: int) -> bool:
        """True if the text has an exclamation mark after the mora before ``end``."""
        place = self._places.get(end - 1)
        return place is not None and place + 1 in self._exclaiming

    def between(self, start: int, end: int) -> list[tuple[Feature, int]] | None:
        """The words that the morae from ``start`` to ``end`` are, each with its number of morae.

        None if these are not whole words of the text.
        """
        places = [self._places.get(place) for place in range(start, end)]
        first = places[0]
        if first is None or places != [*range(first, first + len(places))]:
            return None
        begins = [0, *self._ends]
        if first not in begins or first + len(places) not in begins:
            return None
        return self._words[begins.index(first) : begins.index(first + len(places))]


def _prons(morae: Sequence[Mora]) -> list[str]:
    """How Open JTalk writes each mora of a phrase."""
    prons, before = [], ""
    for mora in morae:
        kana = _LIKE.get(mora.kana, mora.kana)
        # It makes of a long vowel whatever is before it, and of none at the beginning.
        if kana == "ー" and (mora.vowel != before or mora.devoiced):
            kana = _KANA_OF[mora.vowel.lower()]
        prons.append(kana + ("’" if mora.vowel in OFTEN_DEVOICED else ""))
        before = mora.vowel
    return prons


def _noun() -> Feature:
    return {**_BARE, "pos": "名詞", "pos_group1": "一般"}


def _mark(mark: str) -> Feature:
    texts = dict.fromkeys(("string", "orig", "read", "pron"), mark)
    return {**_BARE, **texts, "pos": "記号", "acc": 0, "mora_size": 0, "chain_flag": 0}
