"""Files that the program keeps for its user, of which damage costs only the damaged part.

Also helpers that read and write JSON safely.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Generic, TypeVar

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import damaged, keep_copy, write_atomically

log = logging.getLogger(__name__)

Value = TypeVar("Value")
Part = TypeVar("Part")

_DEEPEST = 100  # levels of nesting that are still looked for in a damaged file
_BETWEEN = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")
_PATIENCE = 10.0  # seconds until another process has changed the file


def parse_json(data: bytes | str) -> Any:
    """Parse JSON. Raises ValueError whatever is wrong: the syntax, the encoding, the nesting."""
    try:
        return json.loads(data if isinstance(data, str) else data.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def json_text(value: Any, indent: int | None = 1) -> str:
    """``value`` as JSON that people can read, letters of any script included.

    Names of files that are not UTF-8 become escapes, and keep their bytes when they are read.
    """
    # Such names hold lone surrogates (PEP 383); this handler writes them as JSON escapes them.
    text = json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def readable_part(text: str, start: int = 0, depth: int = 0) -> Any:
    """The part of damaged JSON before the damage, which ends the objects and lists there.

    Raises ValueError if not even an object or list begins.
    """
    start = _after(_BETWEEN, text, start)
    if text[start : start + 1] not in ("{", "[") or depth > _DEEPEST:
        raise ValueError("nothing in it can be read")
    members: dict[str, Any] = {}
    items: list[Any] = []
    is_object, position = text[start] == "{", start + 1
    decode = json.JSONDecoder().raw_decode
    with contextlib.suppress(ValueError, RecursionError):
        whole = True
        while whole:
            position = key_position = _after(_BETWEEN, text, position)
            if is_object:
                key, position = decode(text, position)
                position = _after(_COLON, text, position)
            try:
                value, end = decode(text, position)
                if end == len(text) and not isinstance(value, str):
                    break  # perhaps half a number
            except (ValueError, RecursionError):
                value, end, whole = readable_part(text, position, depth + 1), len(text), False
            position = end
            if not is_object:
                items.append(value)
            elif text[key_position] == '"':
                members[key] = value
    return members if is_object else items


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    if found is None:
        raise ValueError("something else stands there")
    return found.end()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Lock ``path`` for one thread of one process, by a file beside it.

    Raises UserError if the folder is not writable, or another program holds the lock.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_suffix(".lock"), timeout=_PATIENCE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise UserError(
            "Another program has locked “{path}”.",
            advice="Close other windows of the studio, and try again.",
            path=path,
        ) from error
    except OSError as error:
        raise UserError(
            "“{path}” cannot be changed: {reason}.",
            advice="Free disk space, or make the folder writable.",
            path=path,
            reason=error.strerror or error,
        ) from error
    try:
        yield
    finally:
        lock.release()


class Parts:
    """Reads the parts of a kept file one by one: a damaged part is left out, and noted."""

    def __init__(self) -> None:
        self.damaged = False

    def note(self, reason: object) -> None:
        """Note that something was left out."""
        self.damaged = True
        log.warning("A part of a file is damaged: %r", reason)

    def mapping(self, values: Any, read: Callable[[Any], Part]) -> dict[str, Part]:
        """The members of an object, each through ``read``, without those for which it raises."""
        if not isinstance(values, dict):
            self.note(TypeError("not an object"))
            return {}
        return {key: part for key, value in values.items() for part in self.items([value], read)}

    def items(self, values: Any, read: Callable[[Any], Part]) -> list[Part]:
        """The same for a list."""
        if not isinstance(values, list):
            self.note(TypeError("not a list"))
            return []
        parts = []
        for value in values:
            try:
                parts.append(read(value))
            except Exception as error:  # whatever an invalid value leads to
                self.note(error)
        return parts


class KeptFile(Generic[Value]):
    """One file that the program keeps, of JSON by default; it need not exist.

    If the file is damaged, a copy is kept under a free name beside it, what can still be read
    takes its place, and ``report`` is called once. A file that can neither be read nor copied is
    never overwritten: writing then raises until it has been read.

    Parameters
    ----------
    decode
        Makes the value from the parsed JSON, reading and checking it part by part through
        :class:`Parts`; an exception means that all is damaged.
    encode, default
        Make JSON of the value, by :func:`json_text`, and the value of a missing file.
    report
        Receives a :class:`UserError` for the user; by default it is logged.
    lock
        Held while the file is repaired or changed, if several processes or threads use it.
    private
        Only the owner may read the file.
    parse, salvage
        For another format than JSON: give the values in the file, or in its readable part. Both
        raise ValueError.
    """

    def __init__(
        self,
        path: Path,
        decode: Callable[[Any, Parts], Value],
        encode: Callable[[Value], str],
        default: Callable[[], Value],
        *,
        report: Callable[[UserError], None] | None = None,
        lock: Callable[[], AbstractContextManager[Any]] = contextlib.nullcontext,
        private: bool = False,
        parse: Callable[[bytes], Any] = parse_json,
        salvage: Callable[[str], Any] = readable_part,
    ) -> None:
        self.path = path
        self._decode = decode
        self._encode = encode
        self._default = default
        self._report = report or (lambda error: log.warning("%s", error))
        self._lock = lock
        self._private = private
        self._parse = parse
        self._salvage = salvage
        self.obstacle: UserError | None = None
        """Why the file can be neither read nor repaired; it is not written then."""
        self._set_aside_as: tuple[bytes, Path] | None = None

    def read(self) -> Value:
        """The value in the file, as far as it can be read. Problems are reported, never raised."""
        value: Value | None = None
        try:
            value, content = self._load()
            if content is not None:
                with self._lock():
                    value = self._repaired()
        except UserError as error:
            if str(error) != str(self.obstacle):
                self._report(error)
            self.obstacle = error
            return self._default() if value is None else value
        self.obstacle = None
        return value

    def write(self, value: Value) -> None:
        """Write the file. Raises :class:`UserError` if that is not possible or not safe."""
        if self.obstacle is not None:
            raise self.obstacle
        self._write(value)

    def _write(self, value: Value) -> None:
        # Such a file is often a link into a folder of dotfiles; the link stays.
        write_atomically(self.path.resolve(), self._encode(value), private=self._private)

    def change(self, change: Callable[[Value], Value]) -> Value:
        """Read, change and write in one go; returns the new value. Raises as :meth:`write`."""
        with self._lock():
            value = change(self._repaired())
            self.obstacle = None
            self.write(value)
        return value

    def _load(self) -> tuple[Value, bytes | None]:
        """The value, and the whole content of a file that is damaged."""
        try:
            content = self.path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return self._default(), None
        except OSError as error:
            raise UserError(
                "“{path}” cannot be read: {reason}.",
                advice="Make the file readable. Until then it is left as it is, and changes to it "
                "are not saved.",
                path=self.path,
                reason=error.strerror or error,
            ) from error
        parts = Parts()
        try:
            values = self._parse(content)
        except ValueError as error:
            parts.note(error)
            try:
                values = self._salvage(content.decode("utf-8-sig", "surrogateescape"))
            except ValueError:
                return self._default(), content
        try:
            value = self._decode(values, parts)
        except Exception as error:  # whatever an invalid value leads to
            parts.note(error)
            value = self._default()
        return value, content if parts.damaged else None

    def _repaired(self) -> Value:
        value, content = self._load()
        if content is not None:
            aside = self._set_aside(content)
            self._write(value)
            self._report(damaged(self.path, aside))
        return value

    def _set_aside(self, content: bytes) -> Path:
        """Keep a copy, unless the same content was kept but could not be repaired."""
        if self._set_aside_as is None or self._set_aside_as[0] != content:
            self._set_aside_as = content, keep_copy(self.path, content, private=self._private)
        return self._set_aside_as[1]
