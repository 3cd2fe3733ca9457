"""Edits of a reading: each function returns new phrases, and changes nothing.

A phrase is given by its number in the line, a mora by its number in the phrase, both from 0;
IndexError if there is none. Pitches and lengths beyond their range are clamped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from math import isnan
from typing import TypeVar

from kirara_speech.reading.mora_diff import places_of
from kirara_speech.reading.morae import Mora, morae_of
from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.reading.symbols import DEVOICED, VOWELS
from kirara_studio.api.errors import UserError

_Item = TypeVar("_Item")

PITCH = (-12.0, 12.0)
"""Semitones above the voice's own."""
LENGTH = (0.2, 5.0)
"""Times as long as the voice would make a mora."""
PAUSE_LENGTH = (0.0, 10.0)
"""Times as long as the voice would make a pause."""

_KANA = re.compile(r"[ぁ-ゖァ-ヺー’']*")


def with_accent(phrases: Phrases, phrase: int, accent: int) -> Phrases:
    """Let the pitch fall after ``accent`` morae; 0: not at all. ValueError beyond the last mora.

    The dictionary's accent is kept, since a voice without accents goes on speaking with it.
    """

    def change(old: AccentPhrase) -> AccentPhrase:
        if not 0 <= accent <= len(old.morae):
            raise ValueError(f"the accent is from 0 to {len(old.morae)}, not {accent}")
        return _accented(old, accent, old.accent_of_voice)

    return _changed(phrases, phrase, change)


def with_reading(phrases: Phrases, phrase: int, kana: str) -> Phrases:
    """Read a phrase as ``kana``: hiragana or katakana, "’" after a devoiced mora.

    Morae that stay keep their pitch, length and devoicing, and the accent stays on its mora, or
    else on the mora of that number. Raises :class:`UserError` if the text is not kana.
    """
    before = phrases[phrase - 1].morae if phrase else ()
    morae = morae_of(_kana(kana), before)
    if not morae:
        raise UserError(
            "A reading needs at least one kana.", advice="Write it in hiragana or katakana."
        )

    def change(old: AccentPhrase) -> AccentPhrase:
        places = places_of(old.morae, morae)
        kept = tuple(
            _kept(mora, old.morae[places[i]]) if i in places else mora
            for i, mora in enumerate(morae)
        )
        now = {was: i for i, was in places.items()}

        def moved(accent: int) -> int:
            return now[accent - 1] + 1 if accent - 1 in now else min(accent, len(kept))

        new = replace(old, morae=kept)
        return _accented(new, moved(old.accent), moved(old.accent_of_voice))

    return _changed(phrases, phrase, change)


def with_pitch(phrases: Phrases, phrase: int, mora: int, semitones: float) -> Phrases:
    """Pronounce a mora so many semitones higher than the voice would."""
    return _with_mora(phrases, phrase, mora, lambda m: replace(m, pitch=_clamp(semitones, PITCH)))


def with_length(phrases: Phrases, phrase: int, mora: int, factor: float) -> Phrases:
    """Pronounce a mora so many times as long as the voice would."""
    return _with_mora(phrases, phrase, mora, lambda m: replace(m, length=_clamp(factor, LENGTH)))


def with_devoicing(phrases: Phrases, phrase: int, mora: int, devoiced: bool) -> Phrases:
    """Whisper the vowel of a mora, or do not. Raises :class:`UserError` if it has none."""

    def change(old: Mora) -> Mora:
        if not can_be_devoiced(old):
            raise UserError(
                "“{kana}” has no vowel that could be devoiced.",
                advice="Choose another mora.",
                kana=old.kana,
            )
        return replace(old, vowel=old.vowel.upper() if devoiced else old.vowel.lower())

    return _with_mora(phrases, phrase, mora, change)


def can_be_devoiced(mora: Mora) -> bool:
    """True for every mora but a moraic nasal and a geminate."""
    return mora.vowel in VOWELS or mora.vowel in DEVOICED


def with_pause(phrases: Phrases, phrase: int, pause: bool, length: float = 1.0) -> Phrases:
    """Pause after a phrase, or do not; ``length`` times as long as the voice would."""
    length = _clamp(length, PAUSE_LENGTH)
    return _changed(phrases, phrase, lambda old: replace(old, pause=pause, pause_length=length))


def with_question(phrases: Phrases, phrase: int, question: bool) -> Phrases:
    """Make a phrase a question, or a statement."""
    return _changed(phrases, phrase, lambda old: replace(old, question=question))


def split_phrase(phrases: Phrases, phrase: int, mora: int) -> Phrases:
    """Divide a phrase before a mora. ValueError before the first one.

    The accent stays where it is; what comes after a fall begins high and falls again.
    """
    old = phrases[phrase]
    if not 0 < mora < len(old.morae):
        raise ValueError(f"a phrase of {len(old.morae)} is divided before 1 or later, not {mora}")

    def parted(accent: int) -> tuple[int, int]:
        if accent > mora:
            return 0, accent - mora
        return accent, min(accent, 1)

    (first, second), (read_first, read_second) = parted(old.accent), parted(old.accent_of_voice)
    one = AccentPhrase(old.morae[:mora])
    two = replace(old, morae=old.morae[mora:])
    parts = (_accented(one, first, read_first), _accented(two, second, read_second))
    return (*phrases[:phrase], *parts, *phrases[phrase + 1 :])


def join_phrases(phrases: Phrases, phrase: int) -> Phrases:
    """Join a phrase with the next one; a pause between them is gone. IndexError at the last one.

    The pitch falls where it falls first.
    """
    one, two = phrases[phrase], phrases[phrase + 1]

    def joined(first: int, second: int) -> int:
        return first or (second and len(one.morae) + second)

    both = _accented(
        replace(two, morae=one.morae + two.morae),
        joined(one.accent, two.accent),
        joined(one.accent_of_voice, two.accent_of_voice),
    )
    return (*phrases[:phrase], both, *phrases[phrase + 2 :])


def as_read(phrases: Phrases, phrase: int, read: Phrases) -> Phrases:
    """Take back the edits of one phrase; ``read`` is the line as the dictionary reads it.

    If ``read`` has a phrase of the same kana at the same place, it is taken. Otherwise pitches and
    lengths go, the accent is the voice's, and pause and question are those of the phrase of
    ``read`` that ends there; without one, a pause stays only at the end of a sentence.
    """
    old, fresh = phrases[phrase], _ending_there(read, phrases, phrase)
    if fresh is not None and fresh.kana == old.kana:
        return _changed(phrases, phrase, lambda _: fresh)
    plain = replace(
        old,
        morae=tuple(replace(mora, pitch=0.0, length=1.0) for mora in old.morae),
        pause=old.end if fresh is None else fresh.pause,
        pause_length=1.0,
        question=old.question if fresh is None else fresh.question,
    )
    accent = old.accent_of_voice
    return _changed(phrases, phrase, lambda _: _accented(plain, accent, accent))


def _ending_there(read: Phrases, phrases: Phrases, phrase: int) -> AccentPhrase | None:
    """The phrase of ``read`` with as many morae before its end as ``phrase``, or after it."""
    morae = [len(one.morae) for one in phrases]
    before, after = sum(morae[: phrase + 1]), sum(morae[phrase + 1 :])
    counts = [len(one.morae) for one in read]
    for number, one in enumerate(read, 1):
        if sum(counts[:number]) == before:
            return one
    return next((one for n, one in enumerate(read, 1) if sum(counts[n:]) == after), None)


def _with_mora(phrases: Phrases, phrase: int, mora: int, change: Callable[[Mora], Mora]) -> Phrases:
    return _changed(
        phrases, phrase, lambda old: replace(old, morae=_changed(old.morae, mora, change))
    )


def _changed(
    items: tuple[_Item, ...], number: int, change: Callable[[_Item], _Item]
) -> tuple[_Item, ...]:
    if number < 0:
        raise IndexError("numbers are from 0")
    return (*items[:number], change(items[number]), *items[number + 1 :])


def _accented(phrase: AccentPhrase, accent: int, read: int) -> AccentPhrase:
    return replace(phrase, accent=accent, read_accent=None if read == accent else read)


def _kept(new: Mora, old: Mora) -> Mora:
    vowel = new.vowel if new.devoiced else old.vowel
    return replace(new, vowel=vowel, pitch=old.pitch, length=old.length)


def _clamp(value: float, limits: tuple[float, float]) -> float:
    if isnan(value):
        raise ValueError("not a number")
    lowest, highest = limits
    return min(max(float(value), lowest), highest)


def _kana(text: str) -> str:
    """Without spaces, half-width kana made wide."""
    kana = "".join(unicodedata.normalize("NFKC", text).split())
    known = _KANA.match(kana)
    rest = kana[known.end() if known else 0 :]
    if rest:
        raise UserError(
            "“{kana}” is not kana.",
            advice="Write the reading in hiragana or katakana.",
            kana=rest[0],
        )
    return kana
