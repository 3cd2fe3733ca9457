"""The user's dictionary: words in one JSON file, which several processes may read and change."""

from __future__ import annotations

import json
import time
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kirara_speech.reading.words import Word, from_dict, from_voicevox, to_voicevox
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically

FILE = "user-dictionary.json"
"""The dictionary, in the plugin's folder for data."""

_VERSION = 1
_PATIENCE = 10  # seconds until another process has changed the file
_LARGEST = 20_000_000  # bytes


class UserDictionary:
    """The words in ``folder / FILE``.

    What is read is what is in the file at the time, also where another process wrote it. A
    damaged file is set aside under another name, and its legible words are kept; ``told`` gets a
    :class:`UserError` for the user then. Safe to use from several threads.
    """

    def __init__(
        self, folder: Path, told: Callable[[UserError], None] = lambda error: None
    ) -> None:
        self.path = folder / FILE
        self._told = told

    @property
    def stamp(self) -> tuple[int, int, int]:
        """Changes whenever the file does: when it was written, its length, and its number."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_size, found.st_ino

    def words(self) -> dict[str, Word]:
        """The words, under their ids (uuids), in the order in which they were taught."""
        words, damaged = self._read()
        if not damaged:
            return words
        try:
            with self._locked():
                words, damaged = self._read()
                if damaged:
                    aside = self._set_aside()
                    self._write(words)
                    self._told(
                        UserError(
                            "The dictionary was damaged; {count} of its words were kept.",
                            advice="The file as it was is “{aside}”.",
                            count=len(words),
                            aside=aside,
                        )
                    )
        except UserError as error:  # it cannot be mended, but be read
            self._told(error)
        return words

    def add(self, word: Word) -> str:
        """Teach a word, and return its id. It replaces one that is written the same."""
        self.words()  # so that a damaged file is set aside before it is written
        with self._locked():
            words = self._read()[0]
            key = _places(words).get(_writing(word)) or str(uuid.uuid4())
            self._write({**words, key: word})
        return key

    def change(self, key: str, word: Word) -> None:
        """Put another word in the place of the one whose id is ``key``.

        Raises :class:`UserError` where there is none.
        """
        self._edit(key, word)

    def remove(self, key: str) -> None:
        """Forget a word. Raises :class:`UserError` where there is none of that id."""
        self._edit(key, None)

    def add_all(self, added: Mapping[str, Word], *, override: bool) -> int:
        """Take over words with their ids. What is known, by its id or as it is written, is replaced
        only where ``override`` says so.

        Returns how many were taken over.
        """
        self.words()
        with self._locked():
            words = self._read()[0]
            places = _places(words)
            taken = 0
            for key, word in added.items():
                same = key if key in words else places.get(_writing(word))
                if same not in words or override:
                    words.pop(same or "", None)
                    words[key] = word
                    places[_writing(word)] = key
                    taken += 1
            self._write(words)
        return taken

    def _edit(self, key: str, word: Word | None) -> None:
        self.words()
        with self._locked():
            words = self._read()[0]
            if key not in words:
                raise UserError(
                    "The dictionary does not have this word any more.",
                    advice="Look at the list of its words again.",
                )
            if word is None:
                del words[key]
            else:
                words[key] = word
            self._write(words)

    def _read(self) -> tuple[dict[str, Word], bool]:
        """The legible words, and whether something was not."""
        try:
            if self.path.stat().st_size > _LARGEST:
                return {}, True
            values = json.loads(self.path.read_text(encoding="utf-8"))
            listed = values["words"].items()
        except FileNotFoundError:
            return {}, False
        except OSError as error:
            raise UserError(
                "The dictionary “{path}” cannot be read ({reason}).",
                advice="Make the file readable.",
                path=self.path,
                reason=error.strerror,
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}, True
        words: dict[str, Word] = {}
        damaged = False
        for key, word in listed:
            try:
                words[key] = from_dict(word)
            except UserError:
                damaged = True
        return words, damaged

    def _write(self, words: Mapping[str, Word]) -> None:
        listed = {key: word.to_dict() for key, word in words.items()}
        values = {"version": _VERSION, "words": listed}
        write_atomically(self.path, json.dumps(values, ensure_ascii=False, indent=1) + "\n")

    def _set_aside(self) -> Path:
        stamp = time.strftime("%Y%m%d-%H%M%S")
        aside, number = self.path.with_name(f"{self.path.stem}.damaged-{stamp}.json"), 2
        while aside.exists():
            aside = aside.with_name(f"{self.path.stem}.damaged-{stamp}-{number}.json")
            number += 1
        try:
            return self.path.rename(aside)
        except OSError as error:
            raise UserError(
                "The dictionary “{path}” is damaged, and cannot be set aside.",
                advice="Make its folder one that you may write to.",
                path=self.path,
            ) from error

    def _locked(self) -> _Lock:
        return _Lock(self.path)


def _writing(word: Word) -> str:
    """A word as it is written, whether its letters are wide or narrow."""
    return unicodedata.normalize("NFKC", word.surface)


def _places(words: Mapping[str, Word]) -> dict[str, str]:
    """The ids of words, by how they are written."""
    return {_writing(word): key for key, word in words.items()}


class _Lock:
    """Keeps the file for one thread of one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_suffix(".lock"), timeout=_PATIENCE)

    def __enter__(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise UserError(
                "Another program keeps the dictionary to itself.",
                advice="Close other windows of the studio, and try again.",
            ) from error
        except OSError as error:
            raise UserError(
                "The dictionary “{path}” cannot be changed ({reason}).",
                advice="Make its folder one that you may write to.",
                path=self._path,
                reason=error.strerror or error,
            ) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def read_voicevox_file(path: Path) -> dict[str, Word]:
    """Read a dictionary that VOICEVOX, or :func:`write_voicevox_file`, exported.

    Raises :class:`UserError` where the file is none, or a word of it cannot be used.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        return words_of_voicevox(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise UserError(
            "“{path}” cannot be read ({reason}).",
            advice="Choose another file.",
            path=path,
            reason=error.strerror,
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError(
            "“{file}” is no dictionary of VOICEVOX.",
            advice="Choose a JSON file that VOICEVOX exported.",
            file=path.name,
        ) from error


def words_of_voicevox(values: Any) -> dict[str, Word]:
    """Words under their ids, of VOICEVOX's plain values; one whose id is no uuid gets another.

    Raises ValueError where these are no mapping, :class:`UserError` where a word does not fit.
    """
    if not isinstance(values, dict):
        raise ValueError("no mapping of words")
    return {_uuid(key): from_voicevox(word) for key, word in values.items()}


def _uuid(key: str) -> str:
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return str(uuid.uuid4())


def write_voicevox_file(path: Path, words: Mapping[str, Word]) -> None:
    """Write a dictionary as VOICEVOX imports it."""
    listed = {key: to_voicevox(word) for key, word in words.items()}
    write_atomically(path, json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
