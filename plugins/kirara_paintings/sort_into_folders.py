"""Copies or moves pictures into folders by style, and back, without overwriting anything.

Each request has a journal (:mod:`kirara_paintings.sort_journal`), in which each step is written
before it is done. A file is always complete in its old or its new place, for a moment in both. So
whatever ends the process, the request can be finished or undone.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from kirara_paintings.sort_journal import Journal, SortRequest, Transfer
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import (
    exists,
    free_path,
    missing_file,
    remove_leftovers,
    rename_new,
    sync_folder,
    temporary_beside,
)
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.reading import reading

_ODD = '<>:"/\\|?*'
_LONGEST_NAME = 80


class Progress(Protocol):
    """What is needed of :class:`~kirara_studio.api.jobs.JobTools`."""

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        """Report progress; raises :class:`Cancelled` after a Stop."""


@dataclass(frozen=True)
class SortResult:
    """The transfers that were done, and how many were ``left``.

    ``error`` is that of the first file that failed; if the disk is full, the rest is not tried.
    """

    done: tuple[Transfer, ...]
    left: int = 0
    error: UserError | None = None


@dataclass(frozen=True)
class Interrupted:
    """A request whose process ended half-way, when ``done`` of its files were in their folders."""

    request: SortRequest
    done: int


def sort_job(request: SortRequest, tools: Progress) -> SortResult:
    """Copy or move pictures. For the pool of disk work.

    After a Stop, too, the transfers so far are returned, so they can be undone.
    """
    journal = _begun(request)
    with journal.locked():
        result = _sort(request, journal, tools)
        journal.end()
    return result


def finish_job(request: SortRequest, tools: Progress) -> SortResult:
    """Do the rest of a request that was interrupted. For the pool of disk work."""
    journal = Journal(request.journal)
    with journal.locked():
        _check_folder(request)
        _sweep(journal)
        done = []
        for step in journal.steps:
            with contextlib.suppress(OSError):  # a file that has gone is reported below
                if _completed(step, request.move):
                    done.append(step)
        known = {step.source for step in done}
        rest = tuple(file for file in request.files if file[0].absolute() not in known)
        result = _sort(replace(request, files=rest), journal, tools)
        journal.end()
    return replace(result, done=(*done, *result.done))


def undo_sort_job(request: SortRequest, tools: Progress) -> SortResult:
    """Undo a request by its journal, the last file first. For the pool of disk work.

    Copies are deleted, moved files are put back. If another file has taken the old place, it stays,
    and the returning file gets a number in its name. A copy stays if it was changed, or is the only
    one left.
    """
    journal = Journal(request.journal)
    with journal.locked():
        journal.begin_undo()
        _sweep(journal)
        result = _undo(request, journal, tools)
        journal.end()
    return result


def interrupted_job(folder: Path, tools: Progress) -> tuple[Interrupted, ...]:
    """The requests with a journal in ``folder`` that no process works on any more."""
    found = []
    for path in folder.glob("*.lock"):  # one of a process that was killed at its end
        with contextlib.suppress(UserError), Journal(path.with_suffix(".jsonl")).locked():
            pass
    for path in sorted(folder.glob("*.jsonl")):
        tools.progress(0, 1, path.name)
        with contextlib.suppress(UserError), reading(path):  # one journal never hides the others
            journal = Journal(path)
            request = journal.interrupted
            if request is None:
                continue
            done = [
                step
                for step in journal.steps
                if _size(step.target) and not (request.move and exists(step.source))
            ]
            found.append(Interrupted(request, len(done)))
    return tuple(found)


def finished_job(request: SortRequest, tools: Progress) -> SortResult:
    """The transfers of :func:`sort_job` before a Stop. For the pool of disk work."""
    return SortResult(
        tuple(step for step in _steps(request, tools) if not (request.move and exists(step.source)))
    )


def finished_undo_job(request: SortRequest, tools: Progress) -> SortResult:
    """The transfers of :func:`undo_sort_job` before a Stop. For the pool of disk work."""
    steps = _steps(request, tools)
    back = [step for step in steps if not exists(step.target) and exists(step.source)]
    return SortResult(tuple(Transfer(step.target, step.source) for step in back))


def _steps(request: SortRequest, tools: Progress) -> Iterable[Transfer]:
    tools.progress(0, 1)
    # Without a journal, it was stopped before it began.
    return Journal(request.journal).steps if exists(request.journal) else ()


def _sort(request: SortRequest, journal: Journal, tools: Progress) -> SortResult:
    done: list[Transfer] = []
    first: UserError | None = None
    total = len(request.files)
    place = _move if request.move else _copy
    for number, (source, style) in enumerate(request.files):
        if _stopped(tools, number, total, source.name):
            return SortResult(tuple(done), total - number, first)
        folder = request.folder / folder_name(style)
        if source.parent == folder:
            continue  # it is in its folder
        try:
            folder.mkdir(exist_ok=True)
            done.append(Transfer(source, place(source, folder, partial(journal.note, source))))
        except OSError as error:
            first = first or _explained(error, source)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                return SortResult(tuple(done), total - number, first)
    return SortResult(tuple(done), total - len(done), first)


def _undo(request: SortRequest, journal: Journal, tools: Progress) -> SortResult:
    back = set()  # what an undo that was interrupted has put back
    for step in journal.undo_steps:
        with contextlib.suppress(OSError):
            if _completed(step, move=True):
                back.add(step.source)
    done: list[Transfer] = []
    first: UserError | None = None
    steps = [step for step in journal.steps if step.target not in back]
    for number, step in enumerate(reversed(steps)):
        if _stopped(tools, number, len(steps), step.target.name):
            return SortResult(tuple(done), len(steps) - number, first)
        try:
            if _completed(step, request.move):
                done += _put_back(step, request.move, journal)
            with contextlib.suppress(OSError):
                step.target.parent.rmdir()  # if it is empty now
        except OSError as error:
            first = first or _explained(error, step.target)
    return SortResult(tuple(done), len(steps) - len(done), first)


def _put_back(step: Transfer, move: bool, journal: Journal) -> list[Transfer]:
    if move:
        note = partial(journal.note_undo, step.target)
        step.source.parent.mkdir(parents=True, exist_ok=True)
        return [Transfer(step.target, _move(step.target, step.source.parent, note, step.source))]
    if not _same(step.source, step.target):
        return []
    step.target.unlink()
    return [Transfer(step.target, step.source)]


def _completed(step: Transfer, move: bool) -> bool:
    """True if a step was done. One that was interrupted is completed, or else cleared away.

    Raises FileNotFoundError if a file that was moved is in neither place.
    """
    source, target = step.source, step.target
    if not os.path.lexists(target):
        if move and not os.path.lexists(source):
            raise FileNotFoundError(errno.ENOENT, "it is gone", str(target))
        return False
    if not os.path.lexists(source):
        return True
    if not _size(target) and _size(source):
        target.unlink()  # only its name had been taken
        return False
    if move and (source.samefile(target) or _same(source, target)):
        source.unlink()
    return True


def folder_name(style: str) -> str:
    """A name for a folder, on every system, that reads like the style's."""
    name = "".join("-" if letter in _ODD or ord(letter) < 32 else letter for letter in style)
    return name.strip(" .")[:_LONGEST_NAME] or "-"


def _begun(request: SortRequest) -> Journal:
    _check_folder(request)
    try:
        return Journal.begin(request)
    except OSError as error:
        raise _explained(error, request.journal) from error


def _check_folder(request: SortRequest) -> None:
    try:
        request.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=request.folder):
            pass
    except OSError as error:
        raise _explained(error, request.folder) from error


def _sweep(journal: Journal) -> None:
    """Remove what a killed process left in the folders of a request."""
    steps = (*journal.steps, *journal.undo_steps)
    for folder in {path.parent for step in steps for path in (step.source, step.target)}:
        remove_leftovers(folder, below=False)


Note = Callable[[Path], None]


def _free(folder: Path, like: Path) -> Path:
    return free_path(folder, like.stem, like.suffix, taken=os.path.lexists)


def _move(source: Path, folder: Path, note: Note, like: Path | None = None) -> Path:
    """Move ``source`` into ``folder``, under its name or that of ``like``, as far as it is free."""
    source.stat()
    while True:
        target = _free(folder, like or source)
        note(target)
        try:
            rename_new(source, target)
            return target
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
        with contextlib.suppress(FileExistsError):
            _fill(source, target)  # another disk: it is deleted here only once it is whole there
            source.unlink()
            return target


def _copy(source: Path, folder: Path, note: Note) -> Path:
    source.stat()
    while True:
        target = _free(folder, source)
        note(target)
        with contextlib.suppress(FileExistsError):
            _fill(source, target)
            return target


def _fill(source: Path, target: Path) -> None:
    """Copy a file to the new file ``target``, whole or not at all."""
    temporary = temporary_beside(target)
    try:
        shutil.copyfile(source, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        shutil.copystat(source, temporary)
        rename_new(temporary, target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _size(path: Path) -> int:
    """The size of a file in bytes, 0 without one."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _same(first: Path, second: Path) -> bool:
    """True if both exist and have the same content."""
    try:
        return _size(first) == _size(second) and _digest(first) == _digest(second)
    except OSError:
        return False


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _stopped(tools: Progress, done: int, total: int, name: str) -> bool:
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
        return missing_file(path)
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
