"""Numbers as they are written, and as Open JTalk's dictionary reads them.

Each rule is a pattern, and what is written instead. The dictionary itself knows counters (三本 is
さんぼん), the days of a month and large numbers, so what it can read stays as digits.
"""

from __future__ import annotations

import re
from datetime import date

from kirara_speech.reading.traced_text import Rule

UNITS = {
    **{"km": "キロメートル", "m": "メートル", "cm": "センチメートル", "mm": "ミリメートル"},
    **{"μm": "マイクロメートル", "nm": "ナノメートル", "kg": "キログラム", "g": "グラム"},
    **{"mg": "ミリグラム", "μg": "マイクログラム", "t": "トン", "L": "リットル", "l": "リットル"},
    **{"mL": "ミリリットル", "ml": "ミリリットル", "dL": "デシリットル", "dl": "デシリットル"},
    **{"kL": "キロリットル", "kl": "キロリットル", "cc": "シーシー", "ha": "ヘクタール"},
    **{"m2": "平方メートル", "km2": "平方キロメートル", "cm2": "平方センチメートル"},
    **{"mm2": "平方ミリメートル", "m3": "立方メートル", "cm3": "立方センチメートル"},
    **{"km3": "立方キロメートル", "mm3": "立方ミリメートル"},
    **{"Hz": "ヘルツ", "kHz": "キロヘルツ", "MHz": "メガヘルツ", "GHz": "ギガヘルツ"},
    **{"W": "ワット", "kW": "キロワット", "MW": "メガワット", "mW": "ミリワット"},
    **{"Wh": "ワット時", "kWh": "キロワット時", "V": "ボルト", "kV": "キロボルト"},
    **{"mA": "ミリアンペア", "mAh": "ミリアンペア時", "Ω": "オーム", "kΩ": "キロオーム"},
    **{"cal": "カロリー", "kcal": "キロカロリー", "kJ": "キロジュール", "Pa": "パスカル"},
    **{"hPa": "ヘクトパスカル", "kPa": "キロパスカル", "MPa": "メガパスカル"},
    **{"dB": "デシベル", "KB": "キロバイト", "kB": "キロバイト", "MB": "メガバイト"},
    **{"GB": "ギガバイト", "TB": "テラバイト", "PB": "ペタバイト", "bit": "ビット"},
    **{"kbps": "キロビーピーエス", "Mbps": "メガビーピーエス", "Gbps": "ギガビーピーエス"},
    **{"px": "ピクセル", "pt": "ポイント", "ft": "フィート", "lb": "ポンド", "oz": "オンス"},
    **{"h": "時間", "min": "分", "sec": "秒", "ms": "ミリ秒", "μs": "マイクロ秒"},
    **{"°C": "度", "℃": "度", "°F": "度", "℉": "度", "°": "度", "%": "パーセント"},
    **{"‰": "パーミル", "ppm": "ピーピーエム", "rpm": "アールピーエム", "fps": "エフピーエス"},
}
"""Units, as they are written after a number, and their names."""

_SPEEDS = {
    **{"km/h": ("時速", "キロメートル"), "m/s": ("秒速", "メートル")},
    **{"km/s": ("秒速", "キロメートル"), "m/min": ("分速", "メートル")},
}
_ACCELERATION = {"m/s2": "メートル毎秒毎秒"}
_CURRENCIES = {
    **{"$": "ドル", "€": "ユーロ", "£": "ポンド", "¥": "円", "₩": "ウォン", "₹": "ルピー"},
    **{"₽": "ルーブル", "฿": "バーツ", "₿": "ビットコイン", "¢": "セント"},
}
_WEEKDAYS = "月火水木金土日"
_SHORT_DAYS = dict(
    zip(_WEEKDAYS, ("ゲツ", "カ", "スイ", "モク", "キン", "ド", "ニチ"), strict=True)
)
_DIGITS = ("ゼロ", "イチ", "ニー", "サン", "ヨン", "ゴー", "ロク", "ナナ", "ハチ", "キュー")
_COUNTERS = "人個本枚回年月日時分秒円歳才度点件台匹名巻話章階番号週泊%"
_NUMBER = r"(?<![\d.])\d+(?:\.\d+)?"
_LARGE = "[十百千万億兆]*"
_WAVE = "[〜~～–—―]"
_MOST = 16
"""Digits that the dictionary reads as one number; more are read one by one."""


def digits(number: str) -> str:
    """A number read digit by digit."""
    return "".join(_DIGITS[int(digit)] for digit in number)


def _date(match: re.Match[str]) -> str | None:
    year, month, day = (int(number) for number in match.group("y", "m", "d"))
    try:
        date(year, month, day)
    except ValueError:
        return None
    return f"{year}年{month}月{day}日"


def _day(match: re.Match[str]) -> str | None:
    month, day = int(match[1]), int(match[2])
    return f"{month}月{day}日" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _time(match: re.Match[str]) -> str:
    before, hour, minute, second, after = match.groups()
    half = (before or after or "").lower().replace(".", "").strip()
    text = {"am": "午前", "pm": "午後"}.get(half, "") + f"{int(hour)}時"
    if int(minute) or second:
        text += f"{int(minute)}分"
    return text + (f"{int(second)}秒" if second else "")


def _speed(match: re.Match[str]) -> str:
    before, name = _SPEEDS[match["unit"]]
    return ("" if match["word"] else before) + (match["word"] or "") + match["n"] + name


def _hyphens(match: re.Match[str]) -> str:
    return match[0].replace("-", "の")


def _score(match: re.Match[str]) -> str:
    return f"{match[1]}対{match[2]}"


def _call(match: re.Match[str]) -> str:
    return "、".join(digits(part) for part in re.findall(r"\d+", match[0]))


def _money(match: re.Match[str]) -> str:
    country = {"US": "アメリカ", "HK": "香港", "A": "オーストラリア", "C": "カナダ"}
    return country.get(match["c"] or "", "") + match["n"] + _CURRENCIES[match["s"]]


def _unit(match: re.Match[str]) -> str:
    before = "華氏" if match["unit"] in ("°F", "℉") else ""
    return before + match["n"] + UNITS[match["unit"]]


def _alternatives(names: dict[str, str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _weekday(match: re.Match[str]) -> str:
    names = [f"{day}曜日" for day in match[1] if day in _WEEKDAYS]
    return "、".join(names) + ("、祝日" if "祝" in match[1] else "")


_HALF = r"(?i:(a\.?m\.?|p\.?m\.?))"
_GAME = r"(?:試合|スコア|対戦|セット|ゲーム|勝|負|敗|引き分け|リード|先制|同点)"

RULES: tuple[Rule, ...] = (
    (re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])"), lambda m: m[0].replace(",", "")),
    (
        re.compile(
            r"(?<![\d/.-])(?P<y>\d{4})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d/-])"
        ),
        _date,
    ),
    (
        re.compile(r"(?<![\d/])((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?![\d/])"),
        lambda m: f"{m[1]}年{int(m[2])}月",
    ),
    (
        re.compile(
            r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])"
            rf"(?=\s*(?:[(（][{_WEEKDAYS}]|に|から|まで|より|{_WAVE}|発売|開催|締切|[、,]\d|開始|公開|放送))"
        ),
        _day,
    ),
    (
        re.compile(rf"(?<=日)[(（]([{_WEEKDAYS}](?:[・/、]?[{_WEEKDAYS}祝])*)(?:曜日?)?[)）]"),
        _weekday,
    ),
    (
        re.compile(
            rf"(?<![\d:.])(?:(?<![A-Za-z]){_HALF}\s*)?([0-2]?\d):([0-5]\d)(?::([0-5]\d))?"
            rf"(?:\s*{_HALF}(?![A-Za-z]))?(?![\d:])"
        ),
        _time,
    ),
    (re.compile(r"(?<![\d:])(\d+):(\d+)(?![\d:])"), _score),
    (
        re.compile(r"〒\s*(\d{3})-(\d{4})(?!\d)"),
        lambda m: f"郵便番号{digits(m[1])}の{digits(m[2])}",
    ),
    (re.compile(r"(?<![\d-])(?:\+\d{1,3}-\d{1,4}|0\d{1,4})-\d{1,4}-\d{3,4}(?![\d-])"), _call),
    (re.compile(r"(?<![\d/])(\d+)/(\d+)(?![\d/])"), lambda m: f"{m[2]}分の{m[1]}"),
    (re.compile(r"(?<![\d-])\d+(?:-\d+){2,}(?![\d-])"), _hyphens),
    (re.compile(r"(?<![\dA-Za-z-])(\d+)-(\d+)(?=\s*=)"), lambda m: f"{m[1]}マイナス{m[2]}"),
    (
        re.compile(rf"(?<![\dA-Za-z-])(\d+)-(\d+)(?=[{_COUNTERS}])"),
        lambda m: f"{m[1]}から{m[2]}",
    ),
    (
        re.compile(
            rf"{_GAME}[はがを、で]\s*\d+-\d+(?![\d-])|(?<![\dA-Za-z-])\d+-\d+(?=(?:で|の|に)?{_GAME})"
        ),
        lambda m: m[0].replace("-", "対"),
    ),
    (re.compile(r"(?<![\dA-Za-z-])(\d+)-(\d+)(?![\d-])"), _hyphens),
    (
        re.compile(rf"(?<![\d一-鿿])([{_WEEKDAYS}]){_WAVE}([{_WEEKDAYS}])(?![一-鿿])"),
        lambda m: f"{_SHORT_DAYS[m[1]]}から{_SHORT_DAYS[m[2]]}",
    ),
    (re.compile(rf"(?<=[^\sぁ-ゖ、。(「]){_WAVE}(?=[$€£¥]?\d)"), "から"),
    (re.compile(rf"(?<=[\d年月日時分円人]){_WAVE}(?=$|[\s、。)」])"), "から"),
    (re.compile(r"(?<=\d)\s+[-−]\s+(?=\d)"), "マイナス"),
    (re.compile(r"(?<![\dA-Za-z)\]\-−])[-−‐‑–](?=[$€£¥]?\.?\d)"), "マイナス"),
    (
        re.compile(rf"(?P<c>US|HK|A|C)?(?P<s>[$€£¥₩₹₽฿₿])\s*(?P<n>{_NUMBER}{_LARGE})"),
        _money,
    ),
    (re.compile(rf"(?P<c>)(?P<n>{_NUMBER}{_LARGE})(?P<s>[$€£¥¢₩₿])"), _money),
    (
        re.compile(
            rf"(?P<word>[時分秒]速\s*)?(?P<n>{_NUMBER})\s*(?P<unit>km/h|km/s|m/s|m/min)(?![A-Za-z\d])"
        ),
        _speed,
    ),
    (
        re.compile(rf"(?P<n>\d{_LARGE})\s*(?P<unit>{_alternatives(UNITS)})(?![A-Za-z])"),
        _unit,
    ),
    (re.compile(r"(?<=メートル)走(?![らりるれろっ])"), "ソー"),
    (re.compile(r"(?<=[時分])着(?=$|[\s。、の])"), "チャク"),
    (re.compile(r"(?<![A-Za-z])[Vv]er\.?\s*(?=\d)"), "バージョン"),
    (re.compile(r"(?<![\d.])\d+(?:\.\d+){2,}(?![\d.])"), lambda m: m[0].replace(".", "テン")),
    (re.compile(r"(?<=\d)\s*[xX×✕✖*]\s*(?=\d)"), "カケル"),
    (re.compile(r"(?<=\d)\s*÷\s*(?=\d)"), "ワル"),
    (re.compile(r"(?<=[\dA-Za-z)])\^(\d+)"), lambda m: f"の{m[1]}乗"),
    (re.compile(rf"(?<![\d.])(?:\d{{{_MOST + 1},}}|0\d+)(?![\d.])"), lambda m: digits(m[0])),
)
"""In their order."""
