"""Merge the user's edits of a reading into the reading of a changed text.

A three-way merge: what the dictionary read, what the user made of it, and what the dictionary reads
now. They are compared by their morae, so typing at one end of a line leaves the other alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TypeVar

from kirara_speech.reading.mora_diff import blocks_of, places_of, same_morae
from kirara_speech.reading.morae import Mora
from kirara_speech.reading.phrases import AccentPhrase, Phrases, morae_in

_Value = TypeVar("_Value")


def merge_edits(old: Phrases, new: Phrases, read: Phrases) -> Phrases:
    """``new``, the reading of the new text, with what the user changed in ``old``.

    ``read`` is what the dictionary read in the old text. It shows which readings, divisions, pauses
    and questions the user made; those are kept wherever their text is unchanged.
    """
    now = {was: is_at for is_at, was in places_of(morae_in(read), morae_in(new)).items()}
    numbers = _numbers(new)
    kept = {}
    for group in _groups(read, old):
        number = numbers.get(now.get(group.start, -1))
        if number is not None and _unchanged(group, number, new, now):
            kept[number] = group
    return tuple(_merged(kept, new, _LooseMorae(old, read, new)))


@dataclass(frozen=True)
class _Group:
    """Phrases that the dictionary read, from mora ``start`` of the line on, and the user's."""

    start: int
    read: Phrases
    old: Phrases

    @property
    def same(self) -> bool:
        return len(self.read) == len(self.old) and all(
            same_morae(a.morae, b.morae) for a, b in zip(self.read, self.old, strict=True)
        )


def _groups(read: Phrases, old: Phrases) -> list[_Group]:
    """The smallest parts that begin and end between two phrases in both readings."""
    numbers, old_numbers = _numbers(read), _numbers(old)
    ends = (max(numbers), max(old_numbers))
    points = [(0, 0)]
    for block in blocks_of(morae_in(read), morae_in(old)):
        for place in range(block.a, block.a + block.size + 1):
            other = place - block.a + block.b
            last = points[-1]
            inside = last[0] < place < ends[0] and last[1] < other < ends[1]
            if inside and place in numbers and other in old_numbers:
                points.append((place, other))
    points.append(ends)
    return [
        _Group(a, read[numbers[a] : numbers[b]], old[old_numbers[c] : old_numbers[d]])
        for (a, c), (b, d) in pairwise(points)
        if a < b
    ]


def _unchanged(group: _Group, number: int, new: Phrases, now: Mapping[int, int]) -> bool:
    found = new[number : number + len(group.read)]
    sizes = [len(phrase.morae) for phrase in group.read]
    if [len(phrase.morae) for phrase in found] != sizes:
        return False
    places = range(group.start, group.start + sum(sizes))
    return all(now.get(place) == now[group.start] + i for i, place in enumerate(places))


def _merged(kept: Mapping[int, _Group], new: Phrases, loose: _LooseMorae) -> Iterator[AccentPhrase]:
    number = start = 0
    while number < len(new):
        group = kept.get(number)
        found = new[number : number + (len(group.read) if group else 1)]
        if group is None:
            yield loose.merged(found[0], start)
        elif group.same:
            yield from map(_merged_phrase, group.old, group.read, found)
        else:
            yield from group.old[:-1]
            was, base, phrase = group.old[-1], group.read[-1], found[-1]
            yield replace(
                was,
                pause=_merge(was.pause, base.pause, phrase.pause),
                question=_merge(was.question, base.question, phrase.question),
                end=_merge(was.end, base.end, phrase.end),
            )
        number += len(found)
        start += sum(len(phrase.morae) for phrase in found)


def _merged_phrase(old: AccentPhrase, base: AccentPhrase, new: AccentPhrase) -> AccentPhrase:
    """A phrase of the same morae in all three readings."""
    accent, read_accent = _merge(_accents(old), _accents(base), _accents(new))
    if _accents(base) not in (_accents(old), _accents(new)):  # both changed it
        accent, read = old.accent, new.accent_of_voice
        read_accent = None if read == accent else read
    morae = zip(old.morae, base.morae, new.morae, strict=True)
    return AccentPhrase(
        tuple(_merged_mora(*three) for three in morae),
        accent,
        _merge(old.pause, base.pause, new.pause),
        _merge(old.question, base.question, new.question),
        _merge(old.end, base.end, new.end),
        old.pause_length,
        read_accent,
    )


class _LooseMorae:
    """Morae that are found again one by one, in phrases that are not."""

    def __init__(self, old: Phrases, base: Phrases, new: Phrases) -> None:
        self._old, self._base = morae_in(old), morae_in(base)
        self._phrases = {
            place: old[number] for place, number in _numbers(old).items() if number < len(old)
        }
        self._base_of = places_of(self._base, morae_in(new))
        self._old_of = {b: o for o, b in places_of(self._base, self._old).items()}

    def merged(self, phrase: AccentPhrase, start: int) -> AccentPhrase:
        """A new phrase that begins at mora ``start`` of the line, with the user's edits."""
        morae = []
        for place, mora in enumerate(phrase.morae, start):
            base = self._base_of.get(place, -1)
            old = self._old_of.get(base)
            morae.append(
                mora if old is None else _merged_mora(self._old[old], self._base[base], mora)
            )
        was = self._phrases.get(self._old_of.get(self._base_of.get(start, -1), -1))
        new = replace(phrase, morae=tuple(morae))
        # The accent too, if the dictionary gives the longer phrase the accent of this one.
        same = was is not None and phrase.accent == was.accent_of_voice
        if was is not None and same and was.accent != phrase.accent and was.accent <= len(morae):
            return replace(new, accent=was.accent, read_accent=phrase.accent)
        return new


def _merged_mora(old: Mora, base: Mora, new: Mora) -> Mora:
    vowel = _merge(old.vowel, base.vowel, new.vowel)
    return replace(new, vowel=vowel, pitch=old.pitch, length=old.length)


def _merge(old: _Value, base: _Value, new: _Value) -> _Value:
    return new if old == base else old


def _accents(phrase: AccentPhrase) -> tuple[int, int | None]:
    return phrase.accent, phrase.read_accent


def _numbers(phrases: Phrases) -> dict[int, int]:
    """The number of the phrase that begins at a mora of the line; the end is there too."""
    starts = accumulate((len(phrase.morae) for phrase in phrases), initial=0)
    return {start: number for number, start in enumerate(starts)}
