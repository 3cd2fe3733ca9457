"""Signs: those with a name, those that divide, and those of other alphabets."""

from __future__ import annotations

import re
import unicodedata

from kirara_speech.reading.numbers import UNITS

DIVIDING = {
    **{mark: mark for mark in "、。！？!?…‥・「」『』（）()【】〔〕〈〉《》[]{}“”\"‘’' \n."},
    **dict.fromkeys("→←↑↓⇒⇔➡⬅:;/|―—–─━,", "、"),
    **dict.fromkeys("•·‧∙", "・"),
    **dict.fromkeys("‐‑-_~〜\t　", " "),
}
"""Marks that divide a text, with or without a pause, and how Open JTalk receives them."""

NAMES = {
    **{
        "+": "プラス",
        "＋": "プラス",
        "=": "イコール",
        "≠": "ノットイコール",
        "≒": "ニアリーイコール",
    },
    **{"<": "ショーナリ", ">": "ダイナリ", "≦": "ショーナリイコール", "≧": "ダイナリイコール"},
    **{
        "≤": "ショーナリイコール",
        "≥": "ダイナリイコール",
        "±": "プラスマイナス",
        "∓": "マイナスプラス",
    },
    **{"×": "バツ", "✕": "バツ", "✖": "バツ", "÷": "ワル", "√": "ルート", "∞": "無限大"},
    **{"%": "パーセント", "‰": "パーミル", "°": "度", "℃": "度", "℉": "カ氏", "&": "アンド"},
    **{"@": "アット", "#": "シャープ", "♯": "シャープ", "♭": "フラット", "§": "セクション"},
    **{"○": "マル", "◯": "マル", "◎": "ニジューマル", "△": "サンカク", "〒": "郵便番号"},
    **{"$": "ドル", "€": "ユーロ", "£": "ポンド", "¥": "円", "¢": "セント", "₩": "ウォン"},
    **{"Ω": "オーム", "Å": "オングストローム", "∑": "シグマ", "∴": "ユエニ", "∵": "ナゼナラバ"},
    **{"〃": "ドー", "ゟ": "ヨリ", "ヿ": "コト", "〼": "マス", "仝": "ドー"},
    **{"ヷ": "ヴァ", "ヸ": "ヴィ", "ヹ": "ヴェ", "ヺ": "ヴォ"},
}
"""How signs are read."""

_COMPOUNDS = {
    **{"㈱": "株式会社", "㈲": "有限会社", "㈹": "代表", "℡": "電話", "№": "ナンバー"},
    **{"㏍": "株式会社", "㏂": "午前", "㏘": "午後", "㋿": "令和", "ß": "ss", "æ": "ae", "Æ": "AE"},
    **{"œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "ł": "l", "Ł": "L", "ı": "i"},
}
_KEPT = frozenset("…‥℃℉Ω　") | {chr(code) for code in range(0x2160, 0x217C)}
"""Signs that stay although others stand for them: rules or the dictionary know them."""

_MARKS = r"\u0300-\u036f\u3099\u309a\u20d0-\u20ff\ufe00-\ufe0f\uff9e\uff9f\U000e0100-\U000e01ef"
CLUSTER = re.compile(rf"[^\x00-\x7f][{_MARKS}]*|[\x21-\x7e][{_MARKS}]+")
"""A character with the marks that belong to it; plain ones alone never change."""

_BARE = re.compile(f"[{_MARKS}]")
_CIRCLED = {
    **{"①": "イチ", "②": "ニ", "③": "サン", "④": "ヨン", "⑤": "ゴ"},
    **{"⑥": "ロク", "⑦": "ナナ", "⑧": "ハチ", "⑨": "キュー"},
}
"""As kana, or ①② would be twelve."""
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def compatible(match: re.Match[str]) -> str | None:
    """A cluster in plain characters: wide letters become narrow, ½ is 1/2, ㎡ a word.

    NFKC alone would make 52 of 5² and m² a variable.
    """
    cluster = match[0]
    sign, before = cluster[0], match.string[match.start() - 1 : match.start()]
    if sign in _KEPT:
        return sign if len(cluster) > 1 else None
    if sign in _COMPOUNDS:
        return _COMPOUNDS[sign]
    if sign in _CIRCLED:
        return _CIRCLED[sign]
    if sign in _SUPERSCRIPT:
        power = str(_SUPERSCRIPT.index(sign))
        return power if before == "m" and power in "23" else f"^{power}"
    plain = _plain(cluster)
    if "⁄" in plain:
        return ("と" if before.isdigit() else "") + plain.replace("⁄", "/")
    if len(plain) > 1 and plain.replace("∕", "/") in UNITS:
        return UNITS[plain]
    return None if plain == cluster else plain.replace("∕", "/")


def _plain(cluster: str) -> str:
    plain = unicodedata.normalize("NFKC", cluster)
    if plain.startswith(" ") or unicodedata.category(cluster[0]) == "Mn":
        return cluster[:1]  # a mark that stands alone
    if "LATIN" in unicodedata.name(plain[0], ""):
        plain = unicodedata.normalize("NFKD", plain)
    return _BARE.sub("", plain)
