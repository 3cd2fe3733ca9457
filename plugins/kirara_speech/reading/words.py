"""Words of the user's dictionary: how they are written, read and accented."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kirara_speech.reading.morae import morae_of
from kirara_studio.api.errors import UserError

LONGEST = 100
"""Characters of a word, and of its reading."""

HIGHEST_PRIORITY = 10
"""Priorities go from 0, hardly ever chosen, to this one, chosen before nearly any other word."""

_READING = re.compile("[ァ-ヴー]+")
_MARKS = "。．、，…・「」『』【】〈〉《》 　"
"""Cut off the ends of a word: with some of them it would never be found in a text."""


@dataclass(frozen=True)
class PartOfSpeech:
    """A kind of word: its four classes in the dictionary, and its left context.

    ``context`` is a row of the dictionary's table of contexts ("left-id.def"), ``context_id`` its
    number there.
    """

    classes: tuple[str, str, str, str]
    context: str
    context_id: int


KINDS: Mapping[str, PartOfSpeech] = {
    "PROPER_NOUN": PartOfSpeech(
        ("名詞", "固有名詞", "一般", "*"), "名詞,固有名詞,一般,*,*,*,*", 1348
    ),
    "COMMON_NOUN": PartOfSpeech(("名詞", "一般", "*", "*"), "名詞,一般,*,*,*,*,*", 1345),
    "VERB": PartOfSpeech(("動詞", "自立", "*", "*"), "動詞,自立,*,*,一段,*,*", 642),
    "ADJECTIVE": PartOfSpeech(
        ("形容詞", "自立", "*", "*"), "形容詞,自立,*,*,形容詞・アウオ段,基本形,*", 20
    ),
    "SUFFIX": PartOfSpeech(("名詞", "接尾", "一般", "*"), "名詞,接尾,一般,*,*,*,*", 1358),
}
"""The kinds of words, under VOICEVOX's names."""

_CLASSES = ("part_of_speech", *(f"part_of_speech_detail_{number}" for number in (1, 2, 3)))
"""VOICEVOX's names of a word's classes."""


@dataclass(frozen=True)
class Word:
    """A word: as it is written (``surface``), read (``reading``, katakana), and accented.

    ``accent`` counts the morae up to the fall of the pitch, 0 if it does not fall. ``kind`` is
    a key of ``KINDS``. Made by :func:`word`, which checks it.
    """

    surface: str
    reading: str
    accent: int = 0
    kind: str = "PROPER_NOUN"
    priority: int = 5

    @property
    def morae(self) -> int:
        return len(morae_of(self.reading))

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def word(
    surface: str,
    reading: str,
    accent: int = 0,
    kind: str = "PROPER_NOUN",
    priority: int = 5,
) -> Word:
    """Make a word: the reading becomes katakana, and marks around the word are cut off.

    Raises :class:`UserError`, with advice, if it does not fit.
    """
    surface = surface.strip().strip(_MARKS) or surface.strip()
    reading = _katakana(reading)
    if not surface or len(surface) > LONGEST or any(map(_invisible, surface)):
        raise UserError(
            "“{word}” cannot be a word of the dictionary.",
            advice="Write it in one line, with at most {longest} characters.",
            word=surface[:20],
            longest=LONGEST,
        )
    if not _READING.fullmatch(reading) or reading[0] == "ー" or len(reading) > LONGEST:
        raise UserError(
            "“{reading}” is not a reading.",
            advice="Write how the word is pronounced, only in katakana, for example ズンダモン.",
            reading=reading[:20],
        )
    made = Word(surface, reading, accent, kind, priority)
    if not made.morae or not 0 <= accent <= made.morae:
        raise UserError(
            "The accent of “{reading}” cannot fall after mora {accent}.",
            advice="Give a number from 0 (it does not fall) to {morae}, how many it has.",
            reading=reading,
            accent=accent,
            morae=made.morae,
        )
    if kind not in KINDS:
        raise UserError(
            "There is no kind of word called “{kind}”.",
            advice="Choose one of {kinds}.",
            kind=kind,
            kinds=", ".join(KINDS),
        )
    if not 0 <= priority <= HIGHEST_PRIORITY:
        raise UserError(
            "The priority of a word cannot be {priority}.",
            advice="Give a number from 0 to {highest}.",
            priority=priority,
            highest=HIGHEST_PRIORITY,
        )
    return made


def from_dict(values: Mapping[str, Any]) -> Word:
    """Read :meth:`Word.to_dict`'s values. Raises :class:`UserError` if they do not fit."""
    try:
        given = {name: values[name] for name in Word.__dataclass_fields__}
        return word(**{name: _typed(name, value) for name, value in given.items()})
    except (KeyError, TypeError) as error:
        raise _not_a_word(error) from error


def to_voicevox(given: Word) -> dict[str, Any]:
    """The word as VOICEVOX's dictionaries have it."""
    part = KINDS[given.kind]
    return {
        "surface": given.surface,
        "priority": given.priority,
        "context_id": part.context_id,
        **dict(zip(_CLASSES, part.classes, strict=True)),
        "inflectional_type": "*",
        "inflectional_form": "*",
        "stem": "*",
        "yomi": given.reading,
        "pronunciation": given.reading,
        "accent_type": given.accent,
        "mora_count": given.morae,
        "accent_associative_rule": "*",
    }


def from_voicevox(values: Mapping[str, Any]) -> Word:
    """Read a word of a VOICEVOX dictionary; one of an unknown kind is a proper noun.

    Raises :class:`UserError` if the values do not fit.
    """
    try:
        classes = tuple(values.get(name, "*") for name in _CLASSES)
        kinds = {part.classes: kind for kind, part in KINDS.items()}
        return word(
            _typed("surface", values["surface"]),
            _typed("reading", values["pronunciation"]),
            _typed("accent", values["accent_type"]),
            kinds.get(classes, "PROPER_NOUN"),
            _typed("priority", values.get("priority", 5)),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise _not_a_word(error) from error


def _typed(name: str, value: Any) -> Any:
    wanted = int if name in ("accent", "priority") else str
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise TypeError(f"“{name}” is {value!r}")
    return value


def _not_a_word(error: Exception) -> UserError:
    return UserError(
        "The dictionary holds something that is not a word ({reason}).",
        advice="Export it again from the program that made it.",
        reason=error,
    )


def _katakana(reading: str) -> str:
    reading = unicodedata.normalize("NFKC", reading).strip()
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in reading)


def _invisible(character: str) -> bool:
    return unicodedata.category(character).startswith("C")
