"""Splits titles such as “MAGAZINE 2026年12月号” into the magazine and the number of the issue.

How sure a number is depends on how it is written. “12月号” or “Vol. 3” are numbers of issues
wherever they stand. “#34” or “(2)” need a second issue beside them, and a bare number, as in
“ゴルゴ13” or “Persona 5”, needs two more that count on from it.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

SURE, LIKELY, GUESSED = 3, 2, 1

_KANJI = "〇一二三四五六七八九十百"
_N = rf"(?:\d{{1,4}}|[{_KANJI}]{{1,5}})"
_NUMBERS = rf"{_N}(?:\s*[・･/,、&+~〜\-–]\s*{_N})*"
_MONTHS = r"\d{1,2}(?:\s*[・･/,、&+~〜\-–]\s*\d{1,2})?\s*月"
_YEAR = r"(?:(?:\d{4}|'?\d{2}|令和\s*(?:\d+|元))\s*年?度?\s*)?"
_KIND = r"(?:特大|特別|増刊|合併|創刊|臨時|新春|新年|超|別冊|記念|大増刊|\s)*"
_SEASON = r"(?:新春|新年|早春|春夏|秋冬|初夏|盛夏|初秋|晩秋|初冬|[春夏秋冬])"
_ROMAN = r"[IVXLC]{1,7}"
_ENGLISH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)"
)
_DATE = (
    r"(?:\d{4}\s*[./\-]\s*\d{1,2}(?:\s*[./\-]\s*\d{1,2})?"
    rf"|{_YEAR}\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|\d{{4}}\s*年\s*\d{{1,2}}\s*月)"
)
_SURE = "|".join(
    (
        rf"{_YEAR}{_MONTHS}{_KIND}号",
        rf"{_YEAR}{_SEASON}(?:\s*の)?{_KIND}号",
        rf"{_DATE}\s*号",
        rf"{_YEAR}第?\s*{_NUMBERS}\s*{_KIND}号",
        rf"第\s*{_NUMBERS}\s*[巻集話回冊]|\d{{1,4}}\s*巻",
        rf"(?<![a-z])(?:vol(?:ume)?|issue)\s*[.:]?\s*(?:\d+(?:\.\d+)?|(?-i:{_ROMAN}))(?![\w.])",
    )
)
_LIKELY = "|".join(
    (
        _DATE,
        r"(?<![a-z])(?:no\s*[.:]|№|#)\s*\d+",
        rf"\d{{4}}\s+{_ENGLISH}|(?<![a-z]){_ENGLISH}\.?\s+\d{{4}}",
        r"[(\[]\s*\d{1,4}\s*[)\]]",
    )
)
_GUESSED = rf"(?<=[\s\-:])\d{{1,5}}|(?<=[^\W\d_a-z])\d{{1,4}}|(?<=\s)(?-i:{_ROMAN})"
_WORDS = r"(?:\s|発売日?|本日|issue|雑誌|[\-–—:,、・|/()（）\[\]【】「」『』<>〈〉《》])*"
_LEVELS = (
    (SURE, re.compile(rf"(?:{_SURE})(?:\s*[(\[]?(?:{_DATE})?[)\]]?)?{_WORDS}$", re.I)),
    (LIKELY, re.compile(rf"(?:{_LIKELY}){_WORDS}$", re.I)),
    (GUESSED, re.compile(rf"(?:{_GUESSED})$", re.I)),
)
_BEFORE = re.compile(rf"^{_WORDS}(?:{_SURE}){_WORDS}(?=\S)", re.I)
_INSIDE = re.compile(rf"(?:{_YEAR}{_MONTHS}{_KIND}号|第\s*{_NUMBERS}\s*号)(?=[\s(\[「『【])", re.I)
_EDGES = " \u3000-–—:,、・|/<＜"
_OPENING, _CLOSING = tuple("([（［【〔「『《〈"), ")]）］】〕」』》〉"
_ANNOUNCED = re.compile(r"^(?:[【\[(（](?:本日)?発売日?[】\])）]|(?:本日)?発売日?[:：])\s*")
_TAIL = re.compile(r"\s*(?:発売日?|雑誌)$")
_BRACKETS = str.maketrans("（［【〔「『《〈", "([[[[[[[") | str.maketrans(
    "）］】〕」』》〉", ")]]]]]]]"
)


class IssueTitle(NamedTuple):
    """A title in two parts: ``title`` of the magazine, and ``issue``, perhaps empty.

    ``level`` is how sure that is: :data:`SURE`, :data:`LIKELY` or :data:`GUESSED`.
    """

    title: str
    issue: str = ""
    level: int = SURE


def split_issue(title: str) -> IssueTitle:
    """The parts of one title, seen alone; a title that is only a number is left whole."""
    plain, places = _plain(title)
    for level, pattern in _LEVELS:
        if (match := pattern.search(plain)) and (
            found := _parts(title, places[match.start()], level)
        ):
            before = split_issue(found.title)  # “Vol. 12 2026年12月号”
            if before.issue and before.level == SURE and level > GUESSED:
                return _parts(title, title.index(before.issue), SURE) or found
            return found
    if match := _BEFORE.match(plain):
        end = places[match.end()]
        if found := _parts(title[end:], len(title) - end, SURE):
            return found._replace(issue=title[:end].strip(_EDGES))
    if (match := _INSIDE.search(plain)) and (found := _parts(title, places[match.start()], SURE)):
        return found
    return IssueTitle(title)


def fold_titles(
    entries: Iterable[tuple[str, date]], known: Collection[str] = ()
) -> dict[str, IssueTitle]:
    """The parts of each title, seen together with the others and their dates.

    A title keeps its number if nothing shows that it is one of several issues: neither the way
    it is written, nor other issues beside it, nor a magazine with that title among ``known``.
    """
    dates: dict[str, list[date]] = {}
    for title, day in entries:
        dates.setdefault(title, []).append(day)
    parts = {title: split_issue(title) for title in dates}
    beside: dict[str, list[str]] = {}
    for title, part in parts.items():
        if part.issue:
            beside.setdefault(part.title, []).append(title)
    return {
        title: part
        if not part.issue
        or part.level == SURE
        or part.title in known
        or _are_issues([(min(dates[t]), parts[t]) for t in beside[part.title]])
        else IssueTitle(title)
        for title, part in parts.items()
    }


def _are_issues(found: list[tuple[date, IssueTitle]]) -> bool:
    if any(part.level > GUESSED for _, part in found):
        return len({part.issue for _, part in found}) > 1
    numbers = [_value(part.issue) for _, part in sorted(found)]
    return len(numbers) > 2 and all(b == a + 1 for a, b in itertools.pairwise(numbers))


def _value(number: str) -> int:
    number = unicodedata.normalize("NFKC", number)
    if number.isdecimal():
        return int(number)
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}.get(sign, 0) for sign in number.upper()]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _parts(title: str, place: int, level: int) -> IssueTitle | None:
    """Split at ``place``; None if nothing is left of the title."""
    name, issue = title[:place].rstrip(_EDGES), title[place:].strip(_EDGES)
    if name.endswith(_OPENING):
        name = name[:-1].rstrip(_EDGES)
        issue = issue.rstrip(_CLOSING)
    name = _ANNOUNCED.sub("", name)
    if not any(sign.isalnum() for sign in name):
        return None
    return IssueTitle(name, _TAIL.sub("", issue), level)


def _plain(title: str) -> tuple[str, list[int]]:
    """``title`` in half width, and for each of its characters the place in ``title``."""
    text, places = [], []
    for place, sign in enumerate(title):
        for part in unicodedata.normalize("NFKC", sign.translate(_BRACKETS)):
            text.append(part)
            places.append(place)
    return "".join(text), [*places, len(title)]
