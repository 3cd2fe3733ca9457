"""Copies or moves pictures into folders by style, and back, without overwriting anything.

Each step is written to a journal before it is done, and a moved file is always complete in its old
or its new place, so an undo finds all files, also after a crash.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled, JobTools
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import read_bytes, reading

_ODD = '<>:"/\\|?*'
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Transfer:
    """A file that was moved or copied from ``source`` to ``target``."""

    source: Path
    target: Path


@dataclass(frozen=True)
class SortRequest:
    """Copy, or ``move``, files to a folder of their style in ``folder``.

    ``files`` are pairs of a file and the name of its style's folder. ``journal`` is a new file in
    which each step is noted.
    """

    files: tuple[tuple[Path, str], ...] = field(repr=False)
    folder: Path
    move: bool
    journal: Path


@dataclass(frozen=True)
class SortResult:
    """The transfers that were done, and how many were ``left``.

    ``error`` is that of the first file that failed; if the disk is full, the rest is not tried.
    """

    done: tuple[Transfer, ...]
    left: int = 0
    error: UserError | None = None


def sort_job(request: SortRequest, tools: JobTools) -> SortResult:
    """Copy or move pictures. For the pool of disk work.

    After a Stop, too, the transfers so far are returned, so they can be undone.
    """
    _check_folder(request)
    done: list[Transfer] = []
    first: UserError | None = None
    total = len(request.files)
    for number, (source, style) in enumerate(request.files):
        if _stopped(tools, number, total, source.name):
            return SortResult(tuple(done), total - number, first)
        folder = request.folder / folder_name(style)
        if source.parent == folder:
            continue  # it is in its folder
        try:
            done.append(_file(source, folder, request))
        except OSError as error:
            first = first or _explained(error, source)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                return SortResult(tuple(done), total - number, first)
    return SortResult(tuple(done), total - len(done), first)


def undo_sort_job(request: SortRequest, tools: JobTools) -> SortResult:
    """Undo a request by its journal, the last file first. For the pool of disk work.

    Copies are deleted, moved files are put back. If another file has taken the old place, it stays,
    and the returning file gets a number in its name. A copy stays if it was changed, or is the only
    one left.
    """
    steps = list(_journal(request.journal))
    done: list[Transfer] = []
    first: UserError | None = None
    for number, step in enumerate(reversed(steps)):
        if _stopped(tools, number, len(steps), step.target.name):
            return SortResult(tuple(done), len(steps) - number, first)
        try:
            if request.move:
                if not step.target.exists():
                    continue  # the crash came before it was moved
                if step.source.exists() and not step.target.stat().st_size:
                    step.target.unlink()  # only its name had been taken
                    continue
                back = _move(step.target, step.source.parent, step.source.name)
                done.append(Transfer(step.target, back))
            elif _same(step.source, step.target):
                step.target.unlink()
                done.append(Transfer(step.target, step.source))
            with contextlib.suppress(OSError):
                step.target.parent.rmdir()  # if it is empty now
        except OSError as error:
            first = first or _explained(error, step.target)
    return SortResult(tuple(done), len(steps) - len(done), first)


def folder_name(style: str) -> str:
    """A name for a folder, on every system, that reads like the style's."""
    name = "".join("-" if letter in _ODD or ord(letter) < 32 else letter for letter in style)
    return name.strip(" .")[:_LONGEST_NAME] or "-"


def _check_folder(request: SortRequest) -> None:
    try:
        request.folder.mkdir(parents=True, exist_ok=True)
        request.journal.parent.mkdir(parents=True, exist_ok=True)
        request.journal.touch(exist_ok=False)
        with tempfile.TemporaryFile(dir=request.folder):
            pass
    except OSError as error:
        raise _explained(error, request.folder) from error


def _file(source: Path, folder: Path, request: SortRequest) -> Transfer:
    folder.mkdir(exist_ok=True)
    place = _move if request.move else _copy

    def note(target: Path) -> None:
        line = {"source": str(source), "target": str(target)}
        with request.journal.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(line) + "\n")
            journal.flush()
            os.fsync(journal.fileno())

    return Transfer(source, place(source, folder, source.name, note))


def _reserved(folder: Path, name: str) -> Path:
    """A free path in ``folder``, reserved by an empty file."""
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while True:
        target = folder / (name if number == 1 else f"{stem}-{number}{suffix}")
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            return target
        except FileExistsError:
            number += 1


Note = Callable[[Path], None]


def _move(source: Path, folder: Path, name: str, note: Note = lambda _: None) -> Path:
    source.stat()
    folder.mkdir(parents=True, exist_ok=True)
    target = _reserved(folder, name)
    try:
        note(target)
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            target.unlink(missing_ok=True)
            raise
        _fill(source, target)  # another disk: it is deleted here only once it is whole there
        source.unlink()
    return target


def _copy(source: Path, folder: Path, name: str, note: Note) -> Path:
    target = _reserved(folder, name)
    try:
        note(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    _fill(source, target)
    return target


def _fill(source: Path, target: Path) -> None:
    """Copy over the empty file ``target``, whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        shutil.copyfile(source, temporary)
        shutil.copystat(source, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    finally:
        temporary.unlink(missing_ok=True)


def finished_job(request: SortRequest, tools: JobTools) -> SortResult:
    """The transfers of :func:`sort_job` before a Stop. For the pool of disk work."""
    return SortResult(
        tuple(
            step for step in _steps(request, tools) if not (request.move and step.source.exists())
        )
    )


def finished_undo_job(request: SortRequest, tools: JobTools) -> SortResult:
    """The transfers of :func:`undo_sort_job` before a Stop. For the pool of disk work."""
    steps = _steps(request, tools)
    back = [step for step in steps if not step.target.exists() and step.source.exists()]
    return SortResult(tuple(Transfer(step.target, step.source) for step in back))


def _steps(request: SortRequest, tools: JobTools) -> list[Transfer]:
    tools.progress(0, 1)
    # Without a journal, it was stopped before it began.
    return list(_journal(request.journal)) if request.journal.exists() else []


def _journal(path: Path) -> Iterator[Transfer]:
    """The steps of a journal; one that a crash cut off is left out."""
    with reading(path):
        lines = read_bytes(path).splitlines()
    for line in lines:
        with contextlib.suppress(UserError), reading(path):
            values = parse_json(line)
            yield Transfer(Path(values["source"]), Path(values["target"]))


def _same(first: Path, second: Path) -> bool:
    """True if both exist and have the same size and time, which copies keep."""
    try:
        one, other = first.stat(), second.stat()
    except OSError:
        return False
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _stopped(tools: JobTools, done: int, total: int, name: str) -> bool:
    try:
        tools.progress(done, total, name)
    except Cancelled:
        return True
    return False


def _explained(error: OSError, path: Path) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            "The disk is full; “{file}” stays where it is.",
            advice="Free some space or choose another disk, then continue. Files in folders can "
            "be put back with Undo.",
            file=path.name,
        )
    if isinstance(error, FileNotFoundError):
        return UserError("There is no file “{path}”.", advice="Check the name.", path=path)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(
            "“{file}” may not be written to or moved.",
            advice="Choose a folder of your own, or copy the pictures.",
            file=path.name,
        )
    return UserError(
        "“{file}” could not be copied or moved: {reason}.",
        advice="Choose another folder and try again.",
        file=path.name,
        reason=error.strerror or error,
    )
