"""Japanese text to accent phrases, with Open JTalk's dictionary (pyopenjtalk-plus)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from threading import Lock
from typing import Any

from kirara_speech.reading.compiled_dictionary import bring_up_to_date
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.sentences import sentences_of

QUICK = {"use_sudachi_kanji_yomi": False, "predict_nani": False}
"""Without Sudachi's check, which is slow to load, and without a network only for 何."""

_importing = Lock()

_SILENT = frozenset("「」『』（）()《》【】〈〉“”\"'・ 　")
"""Marks that divide phrases without a pause."""


def read_text(text: str) -> tuple[AccentPhrase, ...]:
    """The accent phrases of one sentence; none if there is nothing to say."""
    return phrases_of(open_jtalk().run_frontend(text, **QUICK))


def read_line(text: str) -> tuple[AccentPhrase, ...]:
    """The accent phrases of a text of any length, cleaned first.

    The last one of each sentence is marked as its end, and pauses.
    """
    phrases: list[AccentPhrase] = []
    for sentence in sentences_of(text):
        read = read_text(sentence)
        if read:
            phrases += [*read[:-1], replace(read[-1], end=True, pause=True)]
    return tuple(phrases)


def open_jtalk() -> Any:
    """Open JTalk's module, with the words of the user's dictionary, if one is in use.

    See :func:`kirara_speech.reading.compiled_dictionary.use_dictionary`.
    """
    # One thread at a time, since the one that redirects the output must also restore it.
    with _importing:
        if "pyopenjtalk" not in sys.modules:
            with redirect_stdout(StringIO()):  # a message about the missing network for 何
                import pyopenjtalk  # noqa: F401
    module = sys.modules["pyopenjtalk"]
    bring_up_to_date(module)
    return module


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
