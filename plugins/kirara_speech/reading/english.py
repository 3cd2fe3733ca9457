"""English words to kana.

Words that Open JTalk's dictionary knows stay if they can, for it also knows their accents. A few
are listed here, abbreviations are spelled, and all others go through kanalizer (MIT, VOICEVOX).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

WORD = re.compile(
    r"(?i:thank you)(?![A-Za-z])|(?<![A-Za-z0-9])[A-Za-z0-9]+(?:[-'’][A-Za-z0-9]+)*", re.ASCII
)
"""Words, also with digits and hyphens, as Wi-Fi and 3D; and numbers, which stay as they are."""

_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            *("エー", "ビー", "シー", "ディー", "イー", "エフ", "ジー", "エイチ", "アイ", "ジェー"),
            *("ケー", "エル", "エム", "エヌ", "オー", "ピー", "キュー", "アール", "エス", "ティー"),
            *("ユー", "ブイ", "ダブリュー", "エックス", "ワイ", "ゼット"),
        ),
        strict=True,
    )
)
_WORDS = {
    **{"kirara": "キララ", "git": "ギット", "github": "ギットハブ", "gitlab": "ギットラボ"},
    **{"discord": "ディスコード", "vtuber": "ブイチューバー", "youtuber": "ユーチューバー"},
    **{"youtube": "ユーチューブ", "tiktok": "ティックトック", "iphone": "アイフォーン"},
    **{
        "ipad": "アイパッド",
        "linux": "リナックス",
        "voicevox": "ボイスボックス",
        "pixiv": "ピクシブ",
    },
    **{"python": "パイソン", "steam": "スチーム", "wi-fi": "ワイファイ", "wifi": "ワイファイ"},
    **{"e-mail": "イーメール", "login": "ログイン", "logout": "ログアウト", "save": "セーブ"},
    **{"christmas": "クリスマス", "birthday": "バースデー", "boy": "ボーイ", "app": "アプリ"},
    **{"thank you": "サンキュー", "thanks": "サンクス", "i'm": "アイム", "it's": "イッツ"},
    **{"don't": "ドント", "can't": "キャント", "let's": "レッツ", "you're": "ユアー"},
    **{"that's": "ザッツ", "the": "ザ", "of": "オブ", "to": "トゥー", "is": "イズ", "was": "ワズ"},
    **{"has": "ハズ", "she": "シー", "we": "ウィー", "he": "ヒー", "me": "ミー", "be": "ビー"},
    **{"it": "イット", "in": "イン", "on": "オン", "at": "アット", "by": "バイ", "my": "マイ"},
    **{"us": "アス", "an": "アン", "or": "オア", "up": "アップ", "so": "ソー", "no": "ノー"},
    **{"tea": "ティー", "yes": "イエス", "go": "ゴー", "if": "イフ", "as": "アズ", "his": "ヒズ"},
}
"""Words that are neither in the dictionary nor guessed well."""
_SPELLED = frozenset(
    (
        *("ai", "abc", "api", "cpu", "faq", "gpu", "gui", "id", "io", "ip", "os", "ui"),
        *("url", "usb", "ux", "vip"),
    )
)
"""Abbreviations that could be words. Without a vowel, or in capitals, they are known as such."""

_RUNS = re.compile("[A-Za-z']+|[0-9]+")
_PARTS = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_VOWEL = re.compile("[AEIOUYaeiouy]")
_MOST_CAPITALS, _LONGEST = 4, 30
"""Letters up to which unknown capitals are an abbreviation, and a word is one at all."""


def kana_of(word: str, open_jtalk: Any) -> str | None:
    """The kana of a word; None if the dictionary reads it as it is."""
    plain = word.replace("’", "'")
    listed = _listed(plain)
    if listed:
        return listed
    runs = _RUNS.findall(plain)
    letters = [run for run in runs if not run.isdigit()]
    if not letters or len(plain) == 1 or _known(plain, open_jtalk):
        return None
    if len(runs) > 1 and all(len(run) == 1 for run in letters):
        return None  # F-15
    return "".join(run if run.isdigit() else _run(run, open_jtalk) for run in runs)


def _run(run: str, open_jtalk: Any) -> str:
    listed = _listed(run) or _known(run, open_jtalk)
    if listed:
        return listed
    return "".join(_part(part, open_jtalk) for part in _PARTS.findall(run.replace("'", "")))


def _listed(word: str) -> str:
    if word.isupper() and len(word) < 3:  # IT is no pronoun
        return ""
    return _WORDS.get(word.lower(), "")


def _part(part: str, open_jtalk: Any) -> str:
    listed = _listed(part)
    if listed:
        return listed
    spelling = spelled(part)
    if part.lower() in _SPELLED or len(part) > _LONGEST or not _VOWEL.search(part):
        return _known(part, open_jtalk) or spelling
    for written in dict.fromkeys((part, part.lower(), part.capitalize(), part.upper())):
        known = _known(written, open_jtalk)
        if known and (written == part or not _same(known, spelling)):
            return known
    if part.isupper() and len(part) <= _MOST_CAPITALS:
        return spelling
    return _guessed(part.lower())


def spelled(word: str) -> str:
    """A word letter by letter."""
    return "".join(_LETTERS[letter] for letter in word.lower())


def _same(reading: str, spelling: str) -> bool:
    return reading.replace("エイ", "エー").replace("ケイ", "ケー") == spelling


@lru_cache(maxsize=10_000)
def _guessed(word: str) -> str:
    from kanalizer import convert

    return str(convert(word, on_incomplete="ignore"))


def _known(word: str, open_jtalk: Any) -> str:
    """The reading of a word in Open JTalk's own dictionary; empty if it is not there.

    Asked each time (20 µs), since a user's word can divide it.
    """
    if len(word) > _LONGEST:
        return ""
    morphs = open_jtalk.run_mecab_detailed(word)[1]
    if len(morphs) != 1 or morphs[0]["is_unknown"] or morphs[0]["dictionary_index"]:
        return ""
    features = morphs[0]["features"]
    return str(features[8]) if len(features) > 8 and "アルファベット" not in features else ""
