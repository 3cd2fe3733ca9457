"""Japanese text to accent phrases, with Open JTalk's dictionary (pyopenjtalk-plus)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kirara_speech.morae import morae_of
from kirara_speech.phrases import AccentPhrase

_SILENT = frozenset("「」『』（）()《》【】〈〉“”\"'・ 　")
"""Marks that divide phrases, but that nobody pauses at."""


def read_text(text: str) -> tuple[AccentPhrase, ...]:
    """The accent phrases of ``text``; none where there is nothing to say."""
    import pyopenjtalk  # takes a moment, and its dictionary some memory

    # Without Sudachi's second opinion, which is slow to load.
    return phrases_of(pyopenjtalk.run_frontend(text, use_sudachi_kanji_yomi=False))


def phrases_of(words: Sequence[Any]) -> tuple[AccentPhrase, ...]:
    """Join Open JTalk's words ("NJD features") to accent phrases."""
    phrases: list[AccentPhrase] = []
    divided = True
    for word in words:
        before = phrases[-1].morae if phrases and not phrases[-1].pause else ()
        morae = morae_of(word["pron"], before)
        if not morae:
            divided = True
            mark = word["string"]
            if phrases and mark not in _SILENT:
                question = phrases[-1].question or mark in ("？", "?")
                phrases[-1] = replace(phrases[-1], pause=True, question=question)
        elif divided or (word["chain_flag"] != 1 and not word["pron"].startswith("ー")):
            phrases.append(AccentPhrase(morae, accent=word["acc"]))
            divided = False
        else:
            last = phrases[-1]
            phrases[-1] = replace(last, morae=last.morae + morae)
    return tuple(
        replace(phrase, accent=min(phrase.accent, len(phrase.morae))) for phrase in phrases
    )
