"""The user's dictionary: words in one JSON file, which several processes may read and change."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kirara_speech.reading.words import Word, from_dict, from_voicevox, to_voicevox
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.kept_files import KeptFile, Parts, json_text, locked
from kirara_studio.api.reading import read_json, reading

FILE = "user-dictionary.json"
"""The dictionary, in the plugin's folder for data."""

_VERSION = 1
_LARGEST = 20_000_000  # bytes

Words = dict[str, Word]
"""Words under their ids (uuids)."""


class UserDictionary:
    """The words in ``folder / FILE``.

    The file is read again each time, since another process may have changed it. ``report``
    receives the problem with a damaged file. Safe to use from several threads.
    """

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        self.path = folder / FILE
        self._file: KeptFile[Words] = KeptFile(
            self.path, _decode, _encode, dict, report=report, lock=lambda: locked(self.path)
        )

    @property
    def stamp(self) -> tuple[int, int, int]:
        """Changes whenever the file does: when it was written, its length, and its number."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_size, found.st_ino

    def words(self) -> dict[str, Word]:
        """The words, under their ids (uuids), in the order in which they were added."""
        return self._file.read()

    def add(self, word: Word) -> str:
        """Add a word, and return its id. It replaces one that is written the same."""
        key = str(uuid.uuid4())

        def added(words: Words) -> Words:
            nonlocal key
            key = _places(words).get(_writing(word), key)
            return {**words, key: word}

        self._file.change(added)
        return key

    def remove(self, key: str) -> None:
        """Remove a word. Raises :class:`UserError` if there is none of that id."""
        self.change(key, None)

    def add_all(self, added: Mapping[str, Word], *, override: bool) -> int:
        """Add words with their ids; returns how many were added.

        Known ones, by id or as they are written, are replaced only with ``override``.
        """
        taken = 0

        def merged(words: Words) -> Words:
            nonlocal taken
            places = _places(words)
            for key, word in added.items():
                same = key if key in words else places.get(_writing(word))
                if same not in words or override:
                    words.pop(same or "", None)
                    words[key] = word
                    places[_writing(word)] = key
                    taken += 1
            return words

        self._file.change(merged)
        return taken

    def change(self, key: str, word: Word | None) -> None:
        """Replace the word whose id is ``key``. Raises :class:`UserError` if there is none."""

        def edited(words: Words) -> Words:
            if key not in words:
                raise UserError(
                    "The dictionary does not have this word any more.",
                    advice="Look at the list of its words again.",
                )
            if word is None:
                del words[key]
            else:
                words[key] = word
            return words

        self._file.change(edited)


def _decode(values: Any, parts: Parts) -> Words:
    return parts.mapping(values["words"], from_dict)


def _encode(words: Words) -> str:
    listed = {key: word.to_dict() for key, word in words.items()}
    return json_text({"version": _VERSION, "words": listed})


def _writing(word: Word) -> str:
    """A word as it is written, whether its letters are wide or narrow."""
    return unicodedata.normalize("NFKC", word.surface)


def _places(words: Mapping[str, Word]) -> dict[str, str]:
    """The ids of words, by how they are written."""
    return {_writing(word): key for key, word in words.items()}


def read_voicevox_file(path: Path) -> dict[str, Word]:
    """Read a dictionary that VOICEVOX, or :func:`write_voicevox_file`, exported.

    Raises :class:`UserError` if it is not one, or a word of it cannot be used.
    """
    with reading(
        path,
        "“{file}” is not a dictionary of VOICEVOX.",
        advice="Choose a JSON file that VOICEVOX exported.",
    ):
        values = read_json(path, _LARGEST)
        try:
            return words_of_voicevox(values)
        except UserError as error:
            raise UserError(
                "“{file}” holds a word that cannot be used: {reason}",
                advice="Correct it in the program that made the file, and export it again.",
                file=path.name,
                reason=error.message,
            ) from error


def words_of_voicevox(values: Any) -> dict[str, Word]:
    """Words under their ids, of VOICEVOX's plain values; an id that is not a uuid is replaced.

    Raises ValueError if these are not a mapping, :class:`UserError` if a word does not fit.
    """
    if not isinstance(values, dict):
        raise ValueError("not a mapping of words")
    return {_uuid(key): from_voicevox(word) for key, word in values.items()}


def _uuid(key: str) -> str:
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return str(uuid.uuid4())


def write_voicevox_file(path: Path, words: Mapping[str, Word]) -> None:
    """Write a dictionary as VOICEVOX imports it."""
    listed = {key: to_voicevox(word) for key, word in words.items()}
    write_atomically(path, json_text(listed))
