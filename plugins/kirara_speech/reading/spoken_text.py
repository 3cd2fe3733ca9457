"""A text as it is written to one that Open JTalk's dictionary reads rightly.

The stages, in their order: markup (tags, memos, ruby), words of the user's dictionary, which no
later stage touches, faces, plain characters, addresses, laughter, numbers, English words, signs.
What nobody can read is left out; as each character remembers where it was, it can be reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from kirara_speech.reading import english, net_words, numbers, signs
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.sentences import cleaned
from kirara_speech.reading.traced_text import NOWHERE, Rule, Span, TracedText

FindWords = Callable[[str], Iterable[Span]]
"""Finds the words of the user's dictionary in a text, in their order."""

_MEMO = re.compile(r"(?:(?<![ 　])[ 　]+)?(?:\[[^\[\]\n]{0,400}\]|［[^［］\n]{0,400}］)")
_KANA = "ぁ-ゖァ-ヺー"
_KANJI = "一-鿿㐀-䶿豈-\ufaff々〆"
_RUBY = re.compile(
    rf"[|｜][^|｜《》\n]{{1,50}}《(?P<wide>[{_KANA}・ 　]{{1,100}})》"
    rf"|[{_KANJI}ヶ]{{1,20}}《(?P<kanji>[{_KANA}・ 　]{{1,100}})》"
    rf"|[{{｛][^{{}}｛｝|｜\n]{{1,50}}[|｜](?P<braces>[{_KANA}・ 　]{{1,100}})[}}｝]"
)
_ADDRESSES: tuple[Rule, ...] = (
    (
        re.compile(r"(?:https?|ftp)://[!-~]+|(?<![\w.@])www\.[A-Za-z0-9-]+\.[!-~]+", re.ASCII),
        "ユーアールエル",
    ),
    (
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII),
        "メールアドレス",
    ),
    (
        re.compile(
            r"(?<![\w.-])(?:[A-Za-z0-9-]{1,63}\.)+"
            r"(?:com|net|org|jp|io|dev|app|me|info|tv|ai|gg|co|moe|page|xyz)(?![\w-])",
            re.ASCII,
        ),
        lambda match: match[0].replace(".", "ドット"),
    ),
)
_MARKS: tuple[Rule, ...] = (
    (re.compile(r"(?:(?<=[。！？!?\n「『(])|^)は(?=[、,…ー〜])"), "ハ"),
    (re.compile(r"(?<![A-Za-z])(?:[A-Za-z]\.){2,}"), lambda m: m[0].replace(".", "")),
    (
        re.compile(r"(?<!\d)\.(?=$|[\s」』)\"'ぁ-ヿ一-鿿])|(?<=\d)\.(?=$|[\s」』)\"'])"),
        "。",
    ),
    (re.compile(r",(?!\d)|(?<!\d),"), "、"),
    (re.compile(r"(?<=[一-鿿ァ-ヺーA-Za-z])[〜~](?=[一-鿿ァ-ヺA-Za-z])"), "から"),
    (re.compile(rf"(?<=[{_KANA}])[〜~]+"), lambda m: "ー" * len(m[0])),
    (re.compile(r"(?<=[A-Za-z])\+\+"), "プラスプラス"),
    (re.compile(r"(?<![A-Za-z])[Nn]o\.\s*(?=\d)"), "ナンバー"),
    (re.compile(r"(?<=[A-Za-z])\.(?=\d)"), " "),
    (re.compile(r"(?<![A-Za-z0-9)])<([^<>\n]{1,50})>(?![A-Za-z0-9])"), lambda m: f"「{m[1]}」"),
    (re.compile(r"(?<![A-Za-z#])#(?=\d)"), "ナンバー"),
    (re.compile(r"(?<![A-Za-z#])#(?=[^\W\d])"), "ハッシュタグ"),
)
_FIRST_HIDDEN, _MOST_HIDDEN = 0xF0000, 0x1FFFE
"""Private characters, which stand for words of the user's dictionary for a while."""
_HIDDEN = re.compile("[\U000f0000-\U0010ffff]")
_DIVIDING = frozenset(signs.DIVIDING.values())
_PLAIN = re.compile(r"[ぁ-ゖァ-ヶA-Za-z0-9々〇ゝゞヽヾ\U000f0000-\U0010ffff]")


def memos(text: str) -> list[Span]:
    """Where ``text`` has memos, [in brackets], which are not read on purpose."""
    return [match.span() for match in _MEMO.finditer(text)]


def spoken_text(
    text: str, open_jtalk: Any, find_words: FindWords, *, english_words: bool = True
) -> TracedText:
    """``text`` as Open JTalk receives it: kana, kanji, digits, letters and dividing marks.

    Without ``english_words``, words in Latin letters stay as they are.
    """
    hidden: list[str] = []

    def hide(traced: TracedText) -> TracedText:
        return traced.rewrite(
            (start, end, _hide(traced.text[start:end], hidden))
            for start, end in find_words(traced.text)
            if len(hidden) < _MOST_HIDDEN
        )

    traced = cleaned(TracedText.of(text)).remove(_MEMO).replace(_RUBY, _ruby)
    traced = hide(traced)
    traced = traced.rewrite(((*span, " ") for span in net_words.faces(traced.text)), lost=True)
    traced = hide(traced.replace(signs.CLUSTER, signs.compatible))
    for pattern, new in (*_ADDRESSES, *net_words.RULES, *numbers.RULES, *_MARKS):
        traced = traced.replace(pattern, new)
    if english_words:
        traced = traced.replace(english.WORD, lambda m: english.kana_of(m[0], open_jtalk))
    traced = _without_signs(traced, open_jtalk)
    return traced.replace(_HIDDEN, lambda match: hidden[ord(match[0]) - _FIRST_HIDDEN])


def _hide(word: str, hidden: list[str]) -> str:
    hidden.append(word)
    return chr(_FIRST_HIDDEN + len(hidden) - 1)


def _ruby(match: re.Match[str]) -> str:
    reading = match["wide"] or match["kanji"] or match["braces"]
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in reading)


def _without_signs(traced: TracedText, open_jtalk: Any) -> TracedText:
    """Signs become their names or marks that divide; what nobody can read goes."""
    kept: list[str] = []
    spans: list[Span] = []
    lost: set[Span] = set()
    for character, span in zip(traced.text, traced.spans, strict=True):
        written, where = _written(character, kept[-1:], open_jtalk), span
        if written is None:
            where = NOWHERE
            lost.add(span)
            written = "" if unicodedata.category(character).startswith("M") else " "
        kept += written
        spans += [where] * len(written)
    # Of ㈀, the brackets are not enough.
    for place, character in enumerate(kept):
        if spans[place] in lost and character in _DIVIDING:
            spans[place] = NOWHERE
    return TracedText("".join(kept), tuple(spans))


def _written(character: str, before: list[str], open_jtalk: Any) -> str | None:
    """A character as Open JTalk receives it; None if nobody can read it."""
    if _PLAIN.match(character):
        return character
    if character == "ー":
        return character if before and (before[0].isalpha() or before[0] == "ー") else None
    mark = signs.DIVIDING.get(character)
    if mark is not None:
        return mark
    name = signs.NAMES.get(character)
    if name is not None:
        return name
    return character if character.isalnum() and _readable(character, open_jtalk) else None


@lru_cache(maxsize=20_000)
def _readable(character: str, open_jtalk: Any) -> bool:
    words = open_jtalk.run_frontend(character, use_sudachi_kanji_yomi=False, predict_nani=False)
    return any(morae_of(word["pron"]) for word in words)
