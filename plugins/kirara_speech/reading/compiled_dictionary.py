"""The user's dictionary, compiled for Open JTalk and applied to this process."""

from __future__ import annotations

import contextlib
import csv
import ctypes
import hashlib
import io
import os
import re
import sys
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kirara_speech.reading.net_words import WORDS
from kirara_speech.reading.user_dictionary import UserDictionary
from kirara_speech.reading.words import KINDS, Word
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file, temporary_folder_beside

CACHE = "dictionary-cache"
"""Compiled dictionaries, in the plugin's folder for data."""

_COST, _STEP = 14_000, 2_000
"""The cost of a word of priority 0, and the reduction for each step of the priority. The
dictionary's own words cost about 4,000 to 9,000; the cheapest path through a sentence is taken."""

_PLAIN = re.compile(rf"(?!.*(?:笑|{'|'.join(map(re.escape, WORDS))}))[ぁ-ゖァ-ヺー一-鿿々]+")
"""Words that no rule touches."""


class InUse:
    """The dictionary that this process reads with, and which state of it Open JTalk has."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.dictionary: UserDictionary | None = None
        self.folder = Path()
        self.applied: tuple[Path, tuple[int, int, int]] | None = None
        self.compiled = b""
        self.written: Mapping[str, Sequence[str]] = {}
        self.temporary: TemporaryDirectory[str] | None = None


in_use = InUse()


def use_dictionary(folder: Path) -> UserDictionary:
    """Read texts with the dictionary in ``folder``, the plugin's folder for data, from now on.

    Cheap: it is compiled at the next reading, and again whenever the file has changed.
    """
    with in_use.lock:
        if in_use.dictionary is None or in_use.folder != folder:
            in_use.folder = folder
            in_use.dictionary = UserDictionary(folder, _print)
        return in_use.dictionary


def bring_up_to_date(open_jtalk: Any) -> None:
    """Give Open JTalk's module the current words of the dictionary in use."""
    with in_use.lock:
        dictionary = in_use.dictionary
        if dictionary is None:
            return
        # Before the words are read: changes in between are found the next time.
        stamp = (dictionary.path, dictionary.stamp)
        if stamp == in_use.applied:
            return
        words = dictionary.words()
        rows = _rows(words, open_jtalk)
        if rows != in_use.compiled:
            _apply(rows, in_use.folder / CACHE, open_jtalk)
            in_use.compiled = rows
            in_use.written = _by_beginning(word.surface for word in words.values())
        in_use.applied = (dictionary.path, stamp[1])


def find_words(text: str) -> Iterator[tuple[int, int]]:
    """Where ``text`` has words of the dictionary in use that rules could take for something else.

    Words of kana and kanji alone are left out: the dictionary finds them by itself. A word of
    letters or digits is not found within a longer one.
    """
    with in_use.lock:
        written = in_use.written
    at = 0
    while written and at < len(text):
        word = next(
            (
                word
                for word in written.get(text[at], ())
                if text.startswith(word, at) and not _continues(text, at, at + len(word))
            ),
            "",
        )
        if word:
            yield at, at + len(word)
        at += len(word) or 1


def _continues(text: str, start: int, end: int) -> bool:
    pairs = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return any(
        len(pair) == 2 and pair.isascii() and (pair.isalpha() or pair.isdigit()) for pair in pairs
    )


def _by_beginning(surfaces: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first character, the longest first."""
    known = {surface for surface in surfaces if not _PLAIN.fullmatch(surface)}
    found: dict[str, list[str]] = {}
    for written in sorted({w for s in known for w in _writings(s, known)}, key=len, reverse=True):
        found.setdefault(written[0], []).append(written)
    return found


def _print(error: UserError) -> None:
    print(error, file=sys.stderr)


def _apply(rows: bytes, cache: Path, open_jtalk: Any) -> None:
    if not rows:
        open_jtalk.unset_user_dict()
        return
    tag = hashlib.sha256(rows + version("pyopenjtalk-plus").encode()).hexdigest()[:16]
    try:
        if "," in str(cache):  # which divides the paths of several dictionaries
            raise OSError("a comma in the path")
        compiled = _compiled(rows, cache / f"{tag}.dic", open_jtalk)
    except OSError:
        in_use.temporary = in_use.temporary or TemporaryDirectory()
        compiled = _compiled(rows, Path(in_use.temporary.name) / f"{tag}.dic", open_jtalk)
    open_jtalk.update_global_jtalk_with_user_dict(
        [{"dic_path": str(compiled), "is_reading_protected": True}]
    )
    for other in compiled.parent.glob("*.dic"):
        if other != compiled:
            # On Windows, one that another process has open stays until that one changes too.
            with contextlib.suppress(OSError):
                other.unlink()


def _compiled(rows: bytes, compiled: Path, open_jtalk: Any) -> Path:
    if is_file(compiled):
        return compiled
    with temporary_folder_beside(compiled) as folder:
        source, result = folder / "words.csv", folder / "words.dic"
        source.write_bytes(rows)
        with _silent_output():
            open_jtalk.mecab_dict_index(str(source), str(result))
        return result.replace(compiled)


def _rows(words: Mapping[str, Word], open_jtalk: Any) -> bytes:
    """The words as rows of the dictionary's source; empty if there are none."""
    contexts = contexts_of(Path(os.fsdecode(open_jtalk.OPEN_JTALK_DICT_DIR)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    known = {word.surface for word in words.values()}
    for word in words.values():
        part = KINDS[word.kind]
        context = contexts.get(part.context, part.context_id)
        cost = _COST - _STEP * word.priority
        accent = f"{word.accent}/{word.morae}"
        for written in _writings(word.surface, known):
            surface = _looked_up(open_jtalk, written)
            read = (surface, word.reading, word.reading, accent)
            writer.writerow([surface, context, context, cost, *part.classes, "*", "*", *read, "*"])
    return text.getvalue().encode()


def _writings(surface: str, known: Collection[str]) -> list[str]:
    """A word as it was added, and in other cases ("kirara" also matches "Kirara"), except known."""
    others = {surface.lower(), surface.upper(), surface.capitalize()} - set(known)
    return [surface, *sorted(others)]


@lru_cache(maxsize=100_000)
def _looked_up(open_jtalk: Any, surface: str) -> str:
    """A word as Open JTalk looks it up: letters and signs are wide there."""
    return "".join(morph["surface"] for morph in open_jtalk.run_mecab_detailed(surface)[1])


def contexts_of(dictionary: Path) -> dict[str, int]:
    """The numbers of Open JTalk's contexts, by their names."""
    rows = (dictionary / "left-id.def").read_text(encoding="utf-8").splitlines()
    return {context: int(number) for number, _, context in (row.partition(" ") for row in rows)}


@contextlib.contextmanager
def _silent_output() -> Iterator[None]:
    """Send the standard output nowhere: MeCab's compiler, in C++, draws its progress there."""
    try:
        sys.stdout.flush()
        kept = os.dup(1)
    except (AttributeError, OSError):  # a program without a console has none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        library = ctypes.cdll.ucrtbase if sys.platform == "win32" else ctypes.CDLL(None)
        library.fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
