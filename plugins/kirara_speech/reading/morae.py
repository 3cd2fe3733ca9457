"""Katakana to morae: a consonant and a vowel each, in Open JTalk's phonemes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kirara_speech.reading.symbols import DEVOICED, GEMINATE, MORAIC_NASAL, VOWELS


@dataclass(frozen=True)
class Mora:
    """A mora: how it is written, and its phonemes.

    ``consonant`` is empty if there is none. ``vowel`` is one of the vowels, a capital letter
    if it is devoiced, or "N" or "cl" for a moraic nasal or a geminate. ``pitch`` and ``length``
    are the user's: semitones above the voice's own pitch, and times its own length.
    """

    kana: str
    consonant: str
    vowel: str
    pitch: float = 0.0
    length: float = 1.0

    @property
    def phonemes(self) -> tuple[str, ...]:
        return (self.consonant, self.vowel) if self.consonant else (self.vowel,)

    @property
    def devoiced(self) -> bool:
        return self.vowel in DEVOICED


_ROWS = """
- アイウエオ
k カキクケコ
ky キャ キュ キェ キョ
kw クァ クィ クェ クォ
g ガギグゲゴ
gy ギャ ギュ ギェ ギョ
gw グァ グィ グェ グォ
s サスセソ スィ
sh シャ シ シュ シェ ショ
z ザズゼゾ ズィ
j ジャ ジ ジュ ジェ ジョ
t タテト トゥ ティ
ty テャ テュ テョ
ts ツァ ツィ ツ ツェ ツォ
ch チャ チ チュ チェ チョ
d ダデド ドゥ ディ
dy デャ デュ デョ
n ナニヌネノ
ny ニャ ニュ ニェ ニョ
h ハヒヘホ
hy ヒャ ヒュ ヒェ ヒョ
f ファ フィ フ フェ フォ
fy フャ フュ フョ
b バビブベボ
by ビャ ビュ ビェ ビョ
p パピプペポ
py ピャ ピュ ピェ ピョ
m マミムメモ
my ミャ ミュ ミェ ミョ
y ヤユヨ イェ
r ラリルレロ
ry リャ リュ リェ リョ
w ワ ウィ ウェ ウォ
v ヴァ ヴィ ヴ ヴェ ヴォ
"""
_SMALL = "ァィゥェォャュョヮ"
_ENDINGS = {
    "a": "アカガサザタダナハバパマヤラワァャ",
    "i": "イキギシジチニヒビピミリィ",
    "u": "ウクグスズツヌフブプムユルヴゥュ",
    "e": "エケゲセゼテデネヘベペメレェ",
    "o": "オコゴソゾトドノホボポモヨロォョ",
}
_LAST_VOWEL = {kana: vowel for vowel, all_kana in _ENDINGS.items() for kana in all_kana}
_SAME = str.maketrans(
    {"ヂ": "ジ", "ヅ": "ズ", "ヲ": "オ", "ヰ": "イ", "ヱ": "エ", "ヮ": "ァ", "ヵ": "カ", "ヶ": "ケ"}
)
_SAME_AS = {"ズァ": "ザ", "ヴュ": "ビュ", "ヴョ": "ビョ", "ホゥ": "フ"}


def _table() -> dict[str, tuple[str, str]]:
    table = {"ン": ("", MORAIC_NASAL), "ッ": ("", GEMINATE)}
    for line in _ROWS.split("\n")[1:-1]:
        consonant, _, rest = line.partition(" ")
        for kana in re.findall(rf"[ァ-ヴ][{_SMALL}]?", rest):
            table[kana] = (consonant.replace("-", ""), _LAST_VOWEL[kana[-1]])
    return table


_TABLE = _table()
_UNIT = re.compile(rf"([ァ-ヶー][{_SMALL}]?)([’']?)")


def morae_of(kana: str, before: tuple[Mora, ...] = ()) -> tuple[Mora, ...]:
    """Divide a reading (katakana, "’" after a devoiced mora) into morae.

    A long vowel "ー" becomes the vowel before it once more, at the beginning that of ``before``;
    after a moraic nasal it is another one. Other characters are left out.
    """
    morae = list(before[-1:])
    for unit, devoiced in _UNIT.findall(_katakana(kana)):
        if unit[0] == "ー":
            if morae and morae[-1].vowel.lower() in VOWELS:
                morae.append(Mora("ー", "", morae[-1].vowel.lower()))
            elif morae and morae[-1].vowel == MORAIC_NASAL:
                morae.append(Mora("ン", "", MORAIC_NASAL))
            continue
        for part in _known(unit):
            consonant, vowel = _TABLE[part]
            morae.append(Mora(part, consonant, vowel))
        if devoiced and morae and morae[-1].vowel in VOWELS:
            last = morae[-1]
            morae[-1] = Mora(last.kana, last.consonant, last.vowel.upper())
    return tuple(morae[len(before[-1:]) :])


_KANA = {phonemes: kana for kana, phonemes in reversed(_TABLE.items())}


def kana_of(consonant: str, vowel: str) -> str:
    """The kana of a mora's phonemes, devoiced or not; empty if there is none."""
    return _KANA.get((consonant, vowel if vowel == MORAIC_NASAL else vowel.lower()), "")


def _katakana(kana: str) -> str:
    shifted = (chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)
    return "".join(shifted).translate(_SAME)


def _known(unit: str) -> list[str]:
    """The unit as entries of the table: an odd pair of kana becomes two morae."""
    unit = _SAME_AS.get(unit, unit)
    if unit in _TABLE:
        return [unit]
    large = str.maketrans(_SMALL[:-1], "アイウエオヤユヨ")
    return [part for part in unit.translate(large) if part in _TABLE]
