"""The list of magazines: a TOML file that people may edit, by hand or in the panel."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kirara_releases.calendar.magazine import Magazine, misspelt
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, explain_write_error, make_private, write_atomically
from kirara_studio.api.reading import read_bytes, reading

FILE = "magazines.toml"
_BUNDLED = Path(__file__).with_name(FILE)
_LARGEST = 10_000_000  # bytes
_LOCKED_SECONDS = 20.0
_CORRECT_IT = "Correct the file, or move it away."


class Catalogue:
    """The magazines of one user, read from ``folder / "magazines.toml"``.

    If that file is missing, the four of the blog author are used, and the file is made with the
    first change. Changes keep comments, the order, and unknown keys.
    """

    def __init__(self, folder: Path) -> None:
        self.path = Path(folder) / FILE
        self._good_path = self.path.with_name("magazines.last-good.toml")
        self._seen: tuple[int, int] | None = None
        self._kept: tuple[int, int] | None = None
        self._magazines: tuple[Magazine, ...] = ()

    @property
    def magazines(self) -> tuple[Magazine, ...]:
        """As the file is now; it is read again if it changed.

        Raises UserError, naming the line or the magazine, if it cannot be read.
        """
        stamp = self._stamp()
        if stamp != self._seen:
            for path in (self.path, self._good_path):  # earlier versions let others read them
                make_private(path)
            self._magazines = parse(self._text(), self.path.name)
            self._seen = stamp
        return self._magazines

    def get(self, identity: str) -> Magazine:
        """The magazine with this id. Raises UserError naming the known ones."""
        for magazine in self.magazines:
            if magazine.id == identity:
                return magazine
        known = ", ".join(magazine.id for magazine in self.magazines) or "none"
        raise UserError(
            "There is no magazine “{identity}”.",
            advice="Known ids: {known}.",
            identity=identity,
            known=known,
        )

    def put(self, magazine: Magazine) -> None:
        """Add a magazine at the end, or replace the one with its id. Raises as :meth:`change`."""
        self.change(lambda current: replaced(current, [magazine]))

    def remove(self, identity: str) -> None:
        """Take a magazine out. Raises UserError if there is none, and as :meth:`change` does."""
        self.get(identity)
        self.change(lambda current: [other for other in current if other.id != identity])

    def change(self, change: Callable[[Sequence[Magazine]], Sequence[Magazine]]) -> None:
        """Read, change and write the list in one go: several processes may do so at a time.

        Raises UserError if the file cannot be read or written, or stays locked.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_name("magazines.lock"), timeout=_LOCKED_SECONDS):
                self._seen = None
                current = self.magazines  # an unreadable file is refused, not overwritten
                self._write(current, change(current))
        except Timeout as error:
            raise UserError(
                "Another program has locked “{file}”.",
                advice="Close it and try again.",
                file=self.path.name,
            ) from error
        except OSError as error:
            raise explain_write_error(error, self.path) from error

    def best(self) -> tuple[tuple[Magazine, ...], UserError | None]:
        """The magazines and None; if they cannot be read, the last valid ones and the reason."""
        try:
            magazines = self.magazines
        except UserError as problem:
            return self._last_good(), problem
        self._keep_good()
        return magazines, None

    def _last_good(self) -> tuple[Magazine, ...]:
        with contextlib.suppress(UserError):
            return read_list(self._good_path)
        return self._magazines

    def _keep_good(self) -> None:
        if self._seen == self._kept or self._seen == (0, 0):
            return
        with contextlib.suppress(UserError):  # it is only a precaution
            text = self._text()
            known = exists(self._good_path) and _read(self._good_path)
            if text != known:
                write_atomically(self._good_path, text, private=True)
            self._kept = self._seen

    def _write(self, current: Sequence[Magazine], wanted: Sequence[Magazine]) -> None:
        import tomlkit  # slow to import, and only changes need it

        document = tomlkit.parse(self._text())
        entries: Any = document.get("magazine")
        if not entries:  # an empty list has no lines to be kept, and cannot grow where it is
            document.pop("magazine", None)
            entries = tomlkit.aot()
        order = [magazine.id for magazine in wanted]
        for index in reversed(range(len(entries))):
            if str(entries[index]["id"]) not in order:
                del entries[index]
        known = {str(entry["id"]): entry for entry in entries}
        for magazine in wanted:
            if magazine.id not in known:
                table = tomlkit.table()
                _update(table, magazine.to_dict())
                entries.append(table)
            elif magazine not in current:
                _update(known[magazine.id], magazine.to_dict())
        ordered = sorted(entries, key=lambda entry: order.index(str(entry["id"])))
        if ordered != list(entries):
            for index, entry in enumerate(ordered):
                entries[index] = entry
        if entries and "magazine" not in document:
            document.append("magazine", entries)
        text = tomlkit.dumps(document)
        parse(text, self.path.name)
        # Addresses of feeds may hold passwords and keys.
        write_atomically(self.path, text, private=True)
        self._seen = None

    def _stamp(self) -> tuple[int, int]:
        try:
            with _reading_list(self.path):
                status = self.path.stat()
        except UserError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return (0, 0)
            raise
        return (status.st_mtime_ns, status.st_size)

    def _text(self) -> str:
        return _read(_BUNDLED if self._stamp() == (0, 0) else self.path)


def replaced(current: Sequence[Magazine], new: Sequence[Magazine]) -> list[Magazine]:
    """``current``, with each of ``new`` in place of the one with its id, or at the end."""
    magazines = {magazine.id: magazine for magazine in current}
    return list((magazines | {magazine.id: magazine for magazine in new}).values())


def read_list(path: Path) -> tuple[Magazine, ...]:
    """The magazines of any file. Raises UserError as :class:`Catalogue` does."""
    return parse(_read(path), path.name)


def parse(text: str, source: str) -> tuple[Magazine, ...]:
    """Read a catalogue. Raises UserError saying where ``source`` is wrong."""
    with reading(
        source, "“{file}” is not valid TOML: {reason}.", advice="Correct that place in the file."
    ):
        document = tomllib.loads(text)
    if slip := misspelt(document, ("magazine",)):
        raise UserError(
            "“{slip}” in “{source}” is probably a misspelt “magazine”.",
            advice="Begin every magazine with a line [[magazine]].",
            slip=slip,
            source=source,
        )
    entries = document.get("magazine", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UserError(
            "“magazine” in “{source}” is not a list of tables.",
            advice="Begin every magazine with a line [[magazine]].",
            source=source,
        )
    magazines: list[Magazine] = []
    for number, entry in enumerate(entries, start=1):
        name = entry.get("id") or entry.get("title") or f"number {number}"
        with reading(
            source,
            "The magazine “{name}” in “{file}” is invalid: {reason}.",
            advice="Correct it in the file.",
            name=name,
        ):
            magazine = Magazine.from_dict(entry)
        if any(magazine.id == other.id for other in magazines):
            raise UserError(
                "“{source}” has two magazines with the id “{id}”.",
                advice="Change one of the ids.",
                source=source,
                id=magazine.id,
            )
        magazines.append(magazine)
    return tuple(magazines)


def bundled() -> tuple[Magazine, ...]:
    """The author's four."""
    return parse(_BUNDLED.read_text(encoding="utf-8"), FILE)


def _update(table: Any, values: dict[str, Any]) -> None:
    """Set only what differs: comments beside the rest are kept."""
    import tomlkit

    for key in ("page", "notify", "remind", "corrections"):
        if key in table and key not in values:
            del table[key]
    for key, value in values.items():
        if key in table and table[key] == value:
            continue
        if isinstance(value, dict):
            inline = tomlkit.inline_table()
            inline.update(value)
            value = inline
        table[key] = value


def _read(path: Path) -> str:
    with _reading_list(path):
        data = read_bytes(path, _LARGEST)
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
        raise ValueError("it is not UTF-8")


def _reading_list(path: Path) -> contextlib.AbstractContextManager[None]:
    return reading(path, "“{path}” cannot be read: {reason}.", advice=_CORRECT_IT)
