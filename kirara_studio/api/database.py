"""A plugin's SQLite database (WAL), whatever becomes of its file.

One that is damaged, locked by another program, or not writable is set aside under a free name,
and a new one takes over every row that can still be read. A cache begins anew.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.files import free_path, full_disk, make_private
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import reading

log = logging.getLogger(__name__)

LOCKED_SECONDS = 5.0
"""So long a lock is waited for; nothing here takes more than some milliseconds."""

_META = "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
_SET_ASIDE = "set_aside"  # the message that nobody has seen yet
_LATEST_VERSION = 999  # of any studio to come; more is damage
_PATIENCE = 60.0  # seconds, while another process recovers rows
_PARTS = ("", "-wal", "-shm")  # of the file's name
_HEADER = 100  # bytes
_PAGES, _FREE_PAGES = slice(28, 32), slice(32, 40)  # in the header
_PAGE = 4096  # bytes
_MOST_GAPS = 500  # reads that fail, one after the other
_LAST_ROW = 2**62  # the number of a row; SQLite counts up from 1

# Files that were read through in this process: jobs open a large one again and again.
_sound: dict[Path, tuple[int, int, int]] = {}

_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
# Faults of the disk or of the folder, which another file would have as well.
_ELSEWHERE = (
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_PROTOCOL,
)  # fmt: skip


@dataclass(frozen=True)
class Schema:
    """The tables of a database: ``statements`` that make those that are missing, and a ``version``.

    A table ``meta`` of keys and values, both texts, is always there. What is in tables whose names
    begin with one of ``derived`` follows from the others: ``rebuild`` fills them again. A ``cache``
    can be made again: it is not read through when it is opened, may lose what was written last when
    the power fails, and is deleted if it is damaged (version 1.4).
    """

    statements: str
    version: int = 1
    derived: tuple[str, ...] = ()
    rebuild: str = ""
    cache: bool = False

    @property
    def script(self) -> str:
        """All statements."""
        return f"{_META}\n{self.statements}"

    def is_derived(self, table: str) -> bool:
        """Whether a table follows from the others."""
        return table.startswith(self.derived) if self.derived else False


def _open(
    path: Path,
    schema: Schema,
    damaged: tuple[sqlite3.Error, tuple[int, int] | None] | None = None,
) -> tuple[sqlite3.Connection, UserError | None]:
    """The database at ``path``, made if it is missing; and, if a file was set aside, the message.

    ``damaged`` is the error by which a database that was open turned out to be damaged, and which
    file that was. Several processes may call this at a time: one of them replaces the file, and
    the others wait for it. Raises UserError if the folder cannot be written to, or a newer studio
    made the database.
    """
    try:
        with FileLock(path.with_suffix(".lock"), timeout=_PATIENCE):
            if damaged is not None and damaged[1] == _identity(path):
                return _replaced(path, schema, damaged[0])
            try:
                return _connect(path, schema), None
            except sqlite3.Error as error:
                if not _is_of_the_file(path, error):
                    raise
                return _replaced(path, schema, error)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, str(getattr(error, "strerror", None) or error)) from error


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _state(path: Path) -> tuple[int, int, int] | None:
    """What a file is, and what changes when somebody writes into it; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_NOTADB)) & 0xFF


def _unusable(path: Path, reason: str) -> UserError:
    """The error for a database that cannot be used, with what to do by the kind of ``reason``."""
    if (full := full_disk(path)) is not None:
        return full
    refused = "readonly" in reason or "unable to open" in reason
    return UserError(
        "The database “{path}” cannot be used: {reason}.",
        advice="Make the folder “{folder}” writable."
        if refused or not os.access(path.parent, os.W_OK)
        else "Free disk space, or close the program that uses it, and try again.",
        path=path,
        folder=path.parent,
        reason=reason,
    )


def _connect(path: Path, schema: Schema) -> sqlite3.Connection:
    wal = path.with_name(f"{path.name}-wal")
    if path.is_file() and not path.stat().st_size and wal.is_file() and wal.stat().st_size:
        raise sqlite3.DatabaseError("emptied")  # SQLite would delete the other file
    state = _state(path)
    known = state is not None and _sound.get(path) == state
    # Addresses of feeds may hold passwords and keys. SQLite's other files get the same mode.
    with contextlib.suppress(OSError):
        path.touch(0o600)
    for part in _PARTS:
        make_private(path.with_name(path.name + part))
    connection = sqlite3.connect(
        path, timeout=LOCKED_SECONDS, isolation_level=None, check_same_thread=False
    )
    # One damaged character must not keep all other rows from being read.
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        # A stored delivery must survive a power failure.
        connection.execute(f"PRAGMA synchronous = {'NORMAL' if schema.cache else 'FULL'}")
        _check_schema(path, schema, connection)
        connection.execute("PRAGMA journal_mode = WAL")
        if not (schema.cache or known):
            (sound,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if sound != "ok":
                raise sqlite3.DatabaseError(sound)
        # A lock, and a file that is read-only, must show now and not at the first change.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM meta WHERE false")
        connection.execute("COMMIT")
    except BaseException as error:
        connection.close()
        if isinstance(error, UnicodeError):  # of a message about damage
            raise sqlite3.DatabaseError("unreadable names") from error
        raise
    if state := _state(path):
        _sound[path] = state
    return connection


def _check_schema(path: Path, schema: Schema, connection: sqlite3.Connection) -> None:
    """Make the tables that are missing. Raises DatabaseError if it is not our database."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if schema.version < version <= _LATEST_VERSION:
        raise UserError(
            "“{path}” was made by a newer Kirara Studio.",
            advice="Install the newest version.",
            path=path,
        )
    found = _columns(connection)
    ours = _columns_of(schema)
    if any(columns != ours.get(table) for table, columns in found.items()):
        raise sqlite3.DatabaseError("other tables")
    if version != schema.version:
        if version and found:
            raise sqlite3.DatabaseError("no such version")
        connection.executescript(schema.script)
        connection.execute(f"PRAGMA user_version = {schema.version}")
    elif len(found) < len(ours):
        raise sqlite3.DatabaseError("missing tables")


def _columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    query = "SELECT name FROM pragma_table_info(?)"
    return {table: [name for (name,) in connection.execute(query, (table,))] for (table,) in tables}


@cache
def _columns_of(schema: Schema) -> dict[str, list[str]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema.script)
        return _columns(connection)


def _is_of_the_file(path: Path, error: sqlite3.Error) -> bool:
    """True if another file in its place could be used."""
    if _code_of(error) == sqlite3.SQLITE_CANTOPEN:
        return path.exists() and not (path.is_file() and os.access(path, os.R_OK | os.W_OK))
    return _code_of(error) not in _ELSEWHERE


def _replaced(
    path: Path, schema: Schema, fault: sqlite3.Error
) -> tuple[sqlite3.Connection, UserError | None]:
    if schema.cache:
        log.warning("%s begins anew: %s", path.name, one_line(fault))
        for part in _PARTS:
            path.with_name(path.name + part).unlink(missing_ok=True)
        return _connect(path, schema), None
    aside = _set_aside(path)
    connection = _connect(path, schema)
    saved = _salvage(aside, schema, connection)
    log.warning("%s was set aside as %s: %s", path.name, aside.name, one_line(fault))
    code = _code_of(fault)
    problem = UserError(
        "The database “{database}” could not be used because another program keeps it "
        "locked. It was set aside as “{file}”, and {saved} of its entries were recovered."
        if code in _LOCKED
        else "The database “{database}” could not be used because you have no permission to read "
        "and change it. It was set aside as “{file}”, and {saved} of its entries were recovered."
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) and aside.is_file()
        else "The database “{database}” could not be used because it is damaged. It was set "
        "aside as “{file}”, and {saved} of its entries were recovered.",
        advice="If something is missing, it is in “{aside}”. Today’s messages may come once more.",
        database=path.name,
        file=aside.name,
        saved=saved,
        aside=aside,
    )
    return connection, problem


def _set_aside(path: Path) -> Path:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")

    def taken(aside: Path) -> bool:
        return any(os.path.lexists(f"{aside}{part}") for part in _PARTS)

    aside = free_path(path.parent, f"{path.name}.{stamp}", taken=taken)
    for part in _PARTS:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + part).rename(aside.with_name(aside.name + part))
    return aside


def _salvage(aside: Path, schema: Schema, connection: sqlite3.Connection) -> int:
    """Copy every row that can be read; returns how many.

    It reads a copy, as the file may be locked or not writable, and must stay as it is.
    """
    with tempfile.TemporaryDirectory(prefix="kirara-") as folder:
        copy = Path(folder, "copy")
        for prepare in (_keep_all, _without_log, _with_our_header):
            with contextlib.suppress(OSError):
                if not os.access(aside, os.R_OK):
                    aside.chmod(0o600)
                shutil.copyfile(aside, copy)
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(f"{aside}-wal", f"{copy}-wal")
                prepare(copy, schema)
                if count := _copied(copy, schema, connection):
                    return count
    return 0


def _keep_all(_copy: Path, _schema: Schema) -> None:
    """The file as it is."""


def _without_log(copy: Path, _schema: Schema) -> None:
    """The write-ahead log may be that of another file."""
    Path(f"{copy}-wal").unlink()


def _with_our_header(copy: Path, schema: Schema) -> None:
    """Replace the first 100 bytes, which are nearly the same in each of our databases."""
    model = copy.with_name("model")
    with contextlib.closing(sqlite3.connect(model)) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.executescript(schema.script)
    data = copy.read_bytes()
    header = bytearray(model.read_bytes()[:_HEADER])
    header[_PAGES] = (len(data) // _PAGE).to_bytes(4, "big")
    header[_FREE_PAGES] = bytes(8)
    copy.write_bytes(header + data[_HEADER:])


def _copied(copy: Path, schema: Schema, new: sqlite3.Connection) -> int:
    """Copy the rows of one database into another."""
    count = 0
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as old:
        old.text_factory = new.text_factory
        with contextlib.suppress(sqlite3.Error):
            old.execute("PRAGMA writable_schema = ON")  # reads a file that was cut, too
        new.execute("BEGIN IMMEDIATE")
        for table, ours in _columns_of(schema).items():
            if schema.is_derived(table):
                continue
            query = "SELECT name FROM pragma_table_info(?)"
            with contextlib.suppress(sqlite3.Error, UnicodeError):
                found = [name for (name,) in old.execute(query, (table,)) if name in ours]
                count += _copy_table(table, found, old, new) if found else 0
        new.execute("COMMIT")
        new.executescript(schema.rebuild)
    return count


def _copy_table(
    table: str, columns: list[str], old: sqlite3.Connection, new: sqlite3.Connection
) -> int:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    query = f"SELECT rowid, {names} FROM {table} WHERE rowid > ? ORDER BY rowid"
    statement = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})"
    count = last = gaps = 0
    while gaps < _MOST_GAPS and last < _LAST_ROW:
        try:
            for row in old.execute(query, (last,)):
                gaps = 0 if row[0] > last else gaps + 1
                last = max(last, row[0])
                if gaps > _MOST_GAPS:  # a damaged tree may lead in circles
                    break
                with contextlib.suppress(sqlite3.Error):  # it breaks a rule of the table
                    count += new.execute(statement, row[1:]).rowcount
            break
        except sqlite3.Error:  # the next page may be sound
            gaps += 1
            last += 1 + gaps // 50
    return count


def store_error(error: BaseException) -> str:
    """``error`` as a text for a database, to be shown in the language of the window later."""
    if not isinstance(error, UserError):
        return one_line(error)
    return json.dumps([error.template, error.advice_template, error.values], ensure_ascii=False)


def load_error(text: str) -> UserError:
    """The error stored as ``text``; earlier versions stored a sentence."""
    try:
        with reading("error"):
            template, advice, values = parse_json(text)
            return UserError(str(template), advice=str(advice), **values)
    except UserError:
        return UserError(text)


class Database:
    """A database at ``path``. Use an object from one thread; several may be open at once.

    ``report`` is called with an error for the user if a database was set aside; without it, that
    is left for the next object that has one. Raises UserError if the folder cannot be written to,
    or a newer studio made the database.
    """

    def __init__(
        self, path: Path, schema: Schema, report: Callable[[UserError], None] | None = None
    ) -> None:
        self.path = Path(path)
        self._schema = schema
        self._report = report
        self._file: tuple[int, int] | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(self.path, str(error.strerror or error)) from error
        self._open()

    @property
    def connection(self) -> sqlite3.Connection:
        """The database; opened again if another program has set the file aside meanwhile."""
        if _identity(self.path) != self._file:
            self._connection.close()
            self._open()
        return self._connection

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block or nothing; on leaving, it is on the disk.

        Raises UserError if the disk is full or the database stays locked.
        """
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            self._repair(error)
            raise _unusable(self.path, str(error)) from error

    def write(self, statement: str, values: Sequence[object] = ()) -> None:
        """Execute one statement. Raises as :meth:`transaction` does."""
        with self.transaction() as connection:
            connection.execute(statement, values)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises UserError if the database cannot be read."""
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            if self._repair(error):
                return self.rows(query, values)
            raise _unusable(self.path, str(error)) from error

    def _open(self, damaged: sqlite3.Error | None = None) -> None:
        """Open the file, and report it, once, if one was set aside."""
        fault = (damaged, self._file) if damaged is not None else None
        self._connection, problem = _open(self.path, self._schema, fault)
        self._file = _identity(self.path)
        if problem is not None:  # kept until somebody is there to see it
            put_meta(self._connection, _SET_ASIDE, store_error(problem))
        if self._report is None:
            return
        query = "SELECT value FROM meta WHERE key = ?"
        for (text,) in self._connection.execute(query, (_SET_ASIDE,)).fetchall():
            self._connection.execute("DELETE FROM meta WHERE key = ?", (_SET_ASIDE,))
            self._report(load_error(text))

    def _repair(self, error: sqlite3.Error) -> bool:
        """Replace the database if an error shows that it is damaged; True if it was."""
        if _code_of(error) not in _DAMAGED:
            return False
        self._connection.close()
        self._open(error)
        return True


def put_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Within a transaction, remember a single value."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
