"""The settings: one TOML file that people may edit, also while the studio runs."""

from __future__ import annotations

import logging
import re
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import KeptFile
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

    What was written by hand stays: comments, order, unknown keys. Problems with the file are
    never raised: the studio goes on with defaults, or with what it remembers, and reports them
    through :meth:`watch_problems`. Secret fields are kept in ``secrets``.
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
        self._file: KeptFile[str] = KeptFile(
            path,
            lambda text, _parts: text,
            str,
            str,
            report=self.report,
            parse=_parsed,
            salvage=readable_toml,
        )
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

        Calls the watchers of changed values. Reports a file that cannot be parsed.
        """
        with self._lock:
            known = self._file.obstacle is None and _signature(self._path) == self._signature
            if known or not self._load(at_start=False):
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
        """Report a problem to the user, once."""
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
                self._file.read()  # changed and damaged meanwhile: keeps a copy for its owner
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
        """Read the file, and repair it at the start. False if what was known before stays."""
        signature = _signature(self._path)
        if signature is None:
            # Removed while running: what is known is written again with the next change.
            self._signature = None
            return False
        if not at_start:
            try:
                _parsed(self._path.read_bytes())
            except ValueError as error:  # perhaps its owner is still typing
                self.report(
                    UserError(
                        "“{path}” is not valid TOML: {reason}.",
                        advice="The settings stay as they are until it is corrected.",
                        path=self._path,
                        reason=error,
                    )
                )
                return False
            except OSError as error:
                log.debug("The settings are not read now: %s", error)
        text = self._file.read()
        if self._file.obstacle is not None and not at_start:
            return False
        self._text, self._values, self._signature = text, tomllib.loads(text), signature
        return True

    def _write(self) -> None:
        if self._file.obstacle is not None:
            return
        try:
            self._file.write(self._text)
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
        """Store a value. Raises ValueError if it does not fit, and UserError from the keyring."""
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
        self._fields[key]  # raises KeyError for a misspelt key
        self._watchers.setdefault(key, []).append(changed)

    def unwatch(self, key: str, changed: Callable[[Any], None]) -> None:
        """Call ``changed`` no more."""
        self._watchers[key].remove(changed)

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
            except Exception:  # a plugin's watcher must not stop the others
                log.exception("A watcher of %s.%s failed", self.page.id, key)


class PanelSettings:
    """A page as one open panel has it: what the panel watches ends when the panel is closed."""

    def __init__(self, page: PageSettings) -> None:
        self._page = page
        self._watched: list[tuple[str, Callable[[Any], None]]] = []

    def __getitem__(self, key: str) -> Any:
        return self._page[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._page[key] = value

    def watch(self, key: str, changed: Callable[[Any], None]) -> None:
        self._page.watch(key, changed)
        self._watched.append((key, changed))

    def close(self) -> None:
        """Call the panel's functions no more."""
        while self._watched:
            self._page.unwatch(*self._watched.pop())


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


def _parsed(content: bytes) -> str:
    """The text of a TOML file. Raises ValueError, also for the wrong encoding."""
    text = content.decode("utf-8-sig")
    try:
        tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return text


def readable_toml(text: str) -> str:
    """The lines of damaged TOML that can be read, without tables whose name cannot be read."""
    tables: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").split("\n"):
        if _TABLE.match(line):
            tables.append([])
        tables[-1].append(line)
    kept = _readable_lines(tables[0])
    for table in tables[1:]:
        if _readable_lines(table[:1]):
            kept += _readable_lines(table)
    return "\n".join(_readable_lines(kept))


def _readable_lines(lines: list[str]) -> list[str]:
    """Drop the line at which the parser stops, until the rest can be parsed."""
    lines = [line for line in lines if not _NOT_UTF_8.search(line)]
    while True:
        try:
            tomllib.loads("\n".join(lines))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            found = _AT_LINE.search(str(error))
            del lines[min(int(found[1]) if found else len(lines), len(lines)) - 1]
        else:
            return lines


def _signature(path: Path) -> Signature:
    """A value that changes with the file; None if there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
