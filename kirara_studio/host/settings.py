"""The settings: one TOML file that people may edit, also while the studio runs."""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import damaged, keep_copy, write_atomically
from kirara_studio.api.settings import Field, SettingsPage
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings_fields import default_of, fitted, is_secret

log = logging.getLogger(__name__)

_HEADER = "# Settings of Kirara Studio. Comments and unknown keys are kept.\n"

_TABLE = re.compile(r"\s*\[|[^=]*\]\s*(#|$)")  # or what is left of its line
_NOT_UTF_8 = re.compile("[\ud800-\udfff]")
_AT_LINE = re.compile(r"at line (\d+)")

Signature = tuple[int, int, int] | None


class SettingsStore:
    """Reads and writes the settings file, of which each page is a table.

    What was written by hand stays: comments, order, keys that nobody here knows. Nothing that
    goes wrong with the file is raised: the studio goes on with defaults, or with what it
    remembers, and says so through :meth:`watch_problems`.

    Parameters
    ----------
    path
        The TOML file; it need not exist.
    secrets
        Where the secret fields are kept.
    """

    def __init__(self, path: Path, secrets: Secrets) -> None:
        self._path = path
        self._secrets = secrets
        self._pages: dict[str, PageSettings] = {}
        self._problems: list[UserError] = []
        self._listeners: list[Callable[[UserError], None]] = []
        self._lock = threading.RLock()
        self._text = ""
        self._values: dict[str, Any] = {}
        self._signature: Signature = None
        self._readable = True
        self._load(at_start=True)

    def page(self, page: SettingsPage) -> PageSettings:
        """The values of ``page``; the same object for the same description."""
        with self._lock:
            known = self._pages.get(page.id)
            if known is None or known.page != page:
                known = PageSettings(page, self, self._secrets)
                self._pages[page.id] = known
                known.take(self._table(page.id))
            return known

    def refresh(self) -> None:
        """Take over what was changed in the file by hand; call it when the window is entered.

        Watchers of changed values are called. A file that cannot be parsed is reported and
        otherwise left alone: perhaps its owner is still typing.
        """
        with self._lock:
            unchanged = self._readable and _signature(self._path) == self._signature
            if unchanged or not self._load(at_start=False):
                return
            changes = [page.take(self._table(page.page.id)) for page in self._pages.values()]
        for notify in changes:
            notify()

    def watch_problems(self, listener: Callable[[UserError], None]) -> None:
        """Call ``listener`` for every problem so far and every one to come."""
        self._listeners.append(listener)
        for problem in self._problems:
            listener(problem)

    def report(self, problem: UserError) -> None:
        """Tell the user about a problem, once."""
        if any(str(problem) == str(known) for known in self._problems):
            return
        log.warning("%s", problem)
        self._problems.append(problem)
        for listener in self._listeners:
            listener(problem)

    def store(self, page: str, key: str, value: Any) -> None:
        """Write one value into the file; what cannot be written is remembered until the end."""
        with self._lock:
            if _signature(self._path) != self._signature:
                # Changed and damaged meanwhile: keep that file for its owner, and what we know.
                self._keep_copy()
            try:
                text = _with_value(self._text, page, key, value)
            except Exception as error:  # tomlkit raises many kinds on odd but valid files
                log.debug("tomlkit refused %s.%s", page, key, exc_info=True)
                self.report(
                    UserError(
                        "“{key}” in [{page}] could not be put into “{path}”: {reason}.",
                        advice="Set it there by hand.",
                        key=key,
                        page=page,
                        path=self._path,
                        reason=error,
                    )
                )
                return
            self._text, self._values = text, tomllib.loads(text)
            self._write()

    # The file

    def _table(self, page: str) -> dict[str, Any]:
        table = self._values.get(page, {})
        if isinstance(table, dict):
            return table
        self.report(
            UserError(
                "“{page}” in “{path}” is not a table, so its defaults are used.",
                advice="Write its settings below a line [{page}].",
                page=page,
                path=self._path,
            )
        )
        return {}

    def _load(self, *, at_start: bool) -> bool:
        """Read the file. False where what was known before stays."""
        signature = _signature(self._path)
        if signature is None:
            # Removed while running: what is known is written again with the next change.
            self._signature = None
            return False
        content = b""
        try:
            content = self._path.read_bytes()
            text = content.decode("utf-8-sig")
            values = tomllib.loads(text)
        except OSError as error:
            self._readable = False
            self.report(
                UserError(
                    "“{path}” cannot be read: {reason}.",
                    advice="Settings hold until the studio ends; correct the file's permissions.",
                    path=self._path,
                    reason=error.strerror or error,
                )
            )
            self._signature = signature
            return False
        except (ValueError, RecursionError) as error:  # TOML and Unicode errors are ValueErrors
            if at_start:
                return self._repair(content)
            self.report(_broken(self._path, error))
            return False
        self._readable = True
        self._text, self._values, self._signature = text, values, signature
        return True

    def _keep_copy(self) -> bool:
        """Keep the file as it is under a free name. False, and reported, if that fails."""
        with contextlib.suppress(FileNotFoundError):
            try:
                self.report(damaged(self._path, keep_copy(self._path, self._path.read_bytes())))
            except (PermissionError, IsADirectoryError, UserError) as error:
                # It cannot be copied, so it must not be written over either.
                self._readable = False
                self._signature = _signature(self._path)
                self.report(error if isinstance(error, UserError) else _broken(self._path, error))
        return self._readable

    def _repair(self, content: bytes) -> bool:
        """Put what can be read of a damaged file in its place."""
        self._text = readable_toml(content)
        self._values = tomllib.loads(self._text)
        if self._keep_copy():
            self._write()
        self._signature = _signature(self._path)
        return True

    def _write(self) -> None:
        if not self._readable:
            return
        try:
            # A settings file is often a link into a folder of dotfiles; the link stays.
            write_atomically(self._path.resolve(), self._text)
        except UserError as error:
            self.report(
                UserError(
                    "The settings could not be saved. {reason}",
                    advice="They hold until the studio ends. "
                    "Make “{folder}” writable to keep them.",
                    reason=error.message,
                    folder=self._path.parent,
                )
            )
        else:
            self._signature = _signature(self._path)


class PageSettings:
    """The values of one page (:class:`kirara_studio.api.settings.Settings`)."""

    def __init__(self, page: SettingsPage, store: SettingsStore, secrets: Secrets) -> None:
        self.page = page
        self._store = store
        self._secrets = secrets
        self._fields = {field.key: field for field in page.fields}
        self._values = {key: default_of(field) for key, field in self._fields.items()}
        self._watchers: dict[str, list[Callable[[Any], None]]] = {}
        self._misfits: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        """The value. Raises KeyError for a key that the page does not describe."""
        if not is_secret(self._fields[key]):
            return self._values[key]
        try:
            return self._secrets.get(self._secret_name(key)) or self._values[key]
        except UserError as error:
            self._store.report(error)
            return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        """Store a value. Raises ValueError where it does not fit, and UserError where a secret
        could not be kept."""
        try:
            value = fitted(self._fields[key], value)
        except ValueError as error:
            raise ValueError(f"{key}: {error}, not {value!r}") from None
        self._store.refresh()
        if value == self[key] and key not in self._misfits:
            return
        if is_secret(self._fields[key]):
            self._secrets.set(self._secret_name(key), value)
        else:
            self._store.store(self.page.id, key, value)
            self._values[key] = value
            self._misfits.discard(key)
        self._notify(key, value)

    def watch(self, key: str, changed: Callable[[Any], None]) -> None:
        """Call ``changed(value)`` whenever the value changes."""
        self._fields[key]  # a slip of the pen should be seen at once
        self._watchers.setdefault(key, []).append(changed)

    def take(self, table: dict[str, Any]) -> Callable[[], None]:
        """Take the values from the file; returns a function that calls the watchers."""
        changes: dict[str, Any] = {}
        for key, field in self._fields.items():
            value = self._read(field, table)
            if value != self._values[key]:
                changes[key] = self._values[key] = value

        def notify() -> None:
            for key, value in changes.items():
                self._notify(key, value)

        return notify

    def _read(self, field: Field, table: dict[str, Any]) -> Any:
        self._misfits.discard(field.key)
        if field.key not in table:
            return default_of(field)
        if is_secret(field):
            self._store.report(
                UserError(
                    "“{key}” in [{page}] of the settings is a secret and is not read from the "
                    "file.",
                    advice="Enter it in the settings, and remove it from the file.",
                    key=field.key,
                    page=self.page.id,
                )
            )
            return default_of(field)
        try:
            return fitted(field, table[field.key])
        except ValueError as error:
            self._misfits.add(field.key)
            self._store.report(
                UserError(
                    "“{key}” in [{page}] of the settings does not fit: {reason}.",
                    advice="Until then its default is used.",
                    key=field.key,
                    page=self.page.id,
                    reason=error,
                )
            )
            return default_of(field)

    def _secret_name(self, key: str) -> str:
        return f"{self.page.id}.{key}"

    def _notify(self, key: str, value: Any) -> None:
        for changed in list(self._watchers.get(key, ())):
            try:
                changed(value)
            except Exception:  # a watcher of a plugin must not keep the others from hearing
                log.exception("A watcher of %s.%s failed", self.page.id, key)


def _with_value(text: str, page: str, key: str, value: Any) -> str:
    """``text`` with one value changed, and nothing else. Raises ValueError if that fails."""
    import tomlkit  # here, since it is not needed to start

    expected = tomllib.loads(text)
    if not isinstance(expected.get(page), dict):
        expected[page] = {}
    expected[page][key] = value

    document = tomlkit.parse(text or _HEADER)
    if not isinstance(document.get(page), dict):
        document.pop(page, None)
        document[page] = tomlkit.table()
    table: Any = document[page]
    table[key] = value
    changed = tomlkit.dumps(document)
    if tomllib.loads(changed) != expected:
        raise ValueError("the file is laid out in a way that cannot be changed safely")
    return changed


def readable_toml(content: bytes) -> str:
    """The lines of a damaged TOML file that can be read. Those of a table whose name cannot be read
    are left out: nobody knows where they belong."""
    text = content.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")
    tables: list[list[str]] = [[]]
    for line in text.split("\n"):
        if _TABLE.match(line):
            tables.append([])
        tables[-1].append(line)
    kept = _readable_lines(tables[0])
    for table in tables[1:]:
        if _readable_lines(table[:1]):
            kept += _readable_lines(table)
    return "\n".join(_readable_lines(kept))


def _readable_lines(lines: list[str]) -> list[str]:
    """Without the line at which the parser stops, until it does no more."""
    lines = [line for line in lines if not _NOT_UTF_8.search(line)]
    while True:
        try:
            tomllib.loads("\n".join(lines))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            found = _AT_LINE.search(str(error))
            del lines[min(int(found[1]) if found else len(lines), len(lines)) - 1]
        else:
            return lines


def _broken(path: Path, error: Exception | None) -> UserError:
    return UserError(
        "“{path}” is not valid TOML: {reason}." if error else "“{path}” is not valid TOML.",
        advice="The settings stay as they are until it is corrected.",
        path=path,
        reason=error or "",
    )


def _signature(path: Path) -> Signature:
    """What changes when the file is changed, or None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
