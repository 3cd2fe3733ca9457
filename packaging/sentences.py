"""Japanese sentences put together by chance, for a voice to read aloud.

``python packaging/sentences.py 1000 > sentences.txt``. They are grammatical, if not always wise:
what counts is that many sounds meet in many places of a sentence, in the forms people use every
day. The patterns and the words, in sentences.toml, were written for this.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LISTS: dict[str, list[str]] = {name: words.split() for name, words in _DATA["lists"].items()}
PATTERNS: list[str] = _DATA["patterns"].split()

_GODAN = {  # the last kana, and what it becomes before ます, before ない, and in て and た
    "う": ("い", "わ", "って", "った"),
    "つ": ("ち", "た", "って", "った"),
    "る": ("り", "ら", "って", "った"),
    "む": ("み", "ま", "んで", "んだ"),
    "ぶ": ("び", "ば", "んで", "んだ"),
    "く": ("き", "か", "いて", "いた"),
    "ぐ": ("ぎ", "が", "いで", "いだ"),
    "す": ("し", "さ", "して", "した"),
}
_ICHIDAN = tuple(_DATA["ichidan"].split())
"""Verbs that only lose their る."""
_FORMS = ("masu", "nai", "te", "ta")


def conjugated(verb: str, form: str) -> str:
    """A verb at the end of a phrase, in a form ("ru" is the dictionary's)."""
    if form == "ru":
        return verb
    number = _FORMS.index(form)
    if verb.endswith("する"):
        return verb[:-2] + ("し", "し", "して", "した")[number]
    if verb.endswith(_ICHIDAN):
        return verb[:-1] + ("", "", "て", "た")[number]
    if verb.endswith("行く") and number >= 2:
        return verb[:-1] + ("って", "った")[number - 2]
    return verb[:-1] + _GODAN[verb[-1]][number]


def sentence(chance: random.Random) -> str:
    """One more sentence."""

    def fill(match: re.Match[str]) -> str:
        name, _, form = match[1].partition(":")
        words = chance.choice(LISTS[name])
        if form:
            words = conjugated(words, form)
        return re.sub("〈(.+?)〉", fill, words)

    return re.sub("〈(.+?)〉", fill, chance.choice(PATTERNS))


def main() -> None:
    """Print so many, each once, and none that voices are judged with."""
    parser = argparse.ArgumentParser(description="Japanese sentences put together by chance.")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1710)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    judged = Path(__file__).parents[1] / "evaluation" / "everyday_sentences.txt"
    seen = set(judged.read_text(encoding="utf-8").splitlines())
    for _ in range(arguments.count):
        while (text := sentence(chance)) in seen:
            pass
        seen.add(text)
        print(text)


if __name__ == "__main__":
    main()
