"""VOICEVOX's notation of a reading, after AquesTalk's: "コンニチワ'/セ'カイ、ゲ'ンキ？".

Katakana; "'" after the accented mora, once in each phrase; "/" between phrases, or "、" for a
pause; "_" before a devoiced mora; "？" at the end of a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kirara_speech.engines.voicevox_phrases import text_of
from kirara_speech.reading.morae import Mora, morae_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.symbols import VOWELS

_MESSAGES = {
    "UNKNOWN_TEXT": "判別できない読み仮名があります: {text}",
    "ACCENT_TOP": "句頭にアクセントは置けません: {text}",
    "ACCENT_TWICE": "1つのアクセント句に二つ以上のアクセントは置けません: {text}",
    "ACCENT_NOTFOUND": "アクセントを指定していないアクセント句があります: {text}",
    "EMPTY_PHRASE": "{position}番目のアクセント句が空白です",
    "INTERROGATION_MARK_NOT_AT_END": "アクセント句末以外に「？」は置けません: {text}",
}
_MORA = re.compile("(_?)([ァ-ヴー][ァィゥェォャュョヮ]?)")


class KanaError(ValueError):
    """A reading with an error; ``name`` and ``values`` are VOICEVOX's."""

    def __init__(self, name: str, **values: str) -> None:
        super().__init__(_MESSAGES[name].format(**values))
        self.name = name
        self.values: Mapping[str, str] = values


def parse_kana(text: str) -> tuple[AccentPhrase, ...]:
    """The phrases of a reading. Raises :class:`KanaError`."""
    parts = re.split("([/、])", text)
    phrases: list[AccentPhrase] = []
    for position, part in enumerate(parts[::2], 1):
        asks = part.endswith("？")
        reading = part.removesuffix("？")
        if not reading:
            raise KanaError("EMPTY_PHRASE", position=str(position))
        if "？" in reading:
            raise KanaError("INTERROGATION_MARK_NOT_AT_END", text=part)
        before = phrases[-1].morae if phrases and not phrases[-1].pause else ()
        morae, accent = _phrase(reading, before)
        pause = parts[2 * position - 1 : 2 * position] == ["、"]
        phrases.append(AccentPhrase(morae, accent, pause, asks))
    return tuple(phrases)


def write_kana(phrases: Sequence[AccentPhrase]) -> str:
    """The reading of phrases. Flat phrases have the accent on the last mora."""
    text = ""
    for index, phrase in enumerate(phrases):
        for number, mora in enumerate(phrase.morae, 1):
            text += ("_" if mora.devoiced else "") + text_of(mora)
            if number == (phrase.accent or len(phrase.morae)):
                text += "'"
        text += "？" if phrase.question else ""
        if index + 1 < len(phrases):
            text += "、" if phrase.pause else "/"
    return text


def _phrase(reading: str, before: tuple[Mora, ...]) -> tuple[tuple[Mora, ...], int]:
    morae: tuple[Mora, ...] = ()
    accent, place = 0, 0
    while place < len(reading):
        if reading[place] == "'":
            if not morae:
                raise KanaError("ACCENT_TOP", text=reading)
            if accent:
                raise KanaError("ACCENT_TWICE", text=reading)
            accent = len(morae)
            place += 1
            continue
        found = _MORA.match(reading, place)
        added = morae_of(found[2], morae or before) if found else ()
        if found is None or not added or (found[1] and added[-1].vowel not in VOWELS):
            raise KanaError("UNKNOWN_TEXT", text=reading[place:].split("'")[0])
        if found[1]:
            added = (*added[:-1], replace(added[-1], vowel=added[-1].vowel.upper()))
        morae += added
        place = found.end()
    if not accent:
        raise KanaError("ACCENT_NOTFOUND", text=reading)
    return morae, accent
