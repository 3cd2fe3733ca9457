"""The user's plugin folder: numbered generations, and a file that names the active one.

::

    plugins/
        current           the number of the active generation
        7/  8/            generations: flat folders of packages, as made by ``pip --target``
            starts            the generations of the last two starts of the window
        lock              locked while something changes
        kirara_hello/ …   plugins that pip put into the folder itself; they work, too

A generation never changes once it is complete. The next one is cloned with hard links, changed,
checked and synced under a temporary name, renamed to its number, and then ``current`` is replaced.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import (
    entries,
    explain_write_error,
    is_folder,
    remove_leftovers,
    try_lock,
    whole_folder,
    write_atomically,
)

CURRENT, STARTS, LOCK = "current", "starts", "lock"


def active_generation(folder: Path) -> Path | None:
    """The active generation of a plugin folder; None if it has none. Never raises.

    If the file that names it is missing or damaged, the newest one: each is complete.
    """
    if (named := named_generation(folder)) is not None:
        return named
    newest = max(_numbers(folder), default=None)
    return folder / str(newest) if newest is not None else None


def named_generation(folder: Path) -> Path | None:
    """The generation that the file names; None if that is not there. Never raises."""
    try:
        number = int((folder / CURRENT).read_text(encoding="ascii")[:20])
    except (OSError, ValueError):
        return None
    return folder / str(number) if number in _numbers(folder) else None


def plugin_paths(folder: Path) -> list[Path]:
    """The folders that belong at the end of ``sys.path``, for the plugins of this user."""
    found = (active_generation(folder), folder)
    return [path for path in found if path is not None and is_folder(path)]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep all others from changing the plugin folder. Raises UserError if one is doing so."""
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise explain_write_error(error, path) from error
    with file:
        if not try_lock(file):
            raise UserError(
                "Another installation is running.", advice="Wait until it is done, and try again."
            )
        yield


@contextmanager
def next_generation(folder: Path) -> Iterator[Path]:
    """Provide a clone of the active generation; on leaving, it becomes the active one.

    If the block raises, nothing changes. The folder must be locked. Raises UserError.
    """
    with _added(folder, active_number(folder)) as clone:
        yield clone


def restore_generation(folder: Path, number: int) -> None:
    """Make a copy of an earlier generation (0: an empty one) the active one.

    The folder must be locked. Raises UserError if that generation is not kept any more.
    """
    if number and number not in _numbers(folder):
        raise UserError(
            "The plugins as they were before are not kept any more.",
            advice="Install or remove the plugin again.",
        )
    with _added(folder, number):
        pass


def active_number(folder: Path) -> int:
    """The number of the active generation; 0 if there is none. Never raises."""
    active = active_generation(folder)
    return int(active.name) if active is not None else 0


@contextmanager
def _added(folder: Path, base: int) -> Iterator[Path]:
    """Provide a clone of a generation; on leaving, it becomes the active one."""
    previous = active_number(folder)
    number = max(_numbers(folder), default=0) + 1
    with whole_folder(folder / str(number)) as clone:
        if base:
            _clone(folder / str(base), clone)
        yield clone
    write_atomically(folder / CURRENT, f"{number}\n")
    _remove_generations(folder, {number, previous, *_starts(folder)})


def note_start(folder: Path) -> None:
    """Note that a window started, and remove what only earlier ones used. Never raises.

    Two generations are kept besides the active one: that of this start, from which the window goes
    on to import, and that of the start before, whose trainings may still run.
    """
    if not is_folder(folder):
        return
    with contextlib.suppress(UserError, OSError), locked(folder):
        sweep(folder)
        active = active_generation(folder)
        if active is None:
            return
        last = _starts(folder)[-1:]
        write_atomically(folder / STARTS, " ".join(map(str, (*last, active.name))))
        _remove_generations(folder, {*last, int(active.name)})


def sweep(folder: Path) -> None:
    """Remove what killed installations left. The folder must be locked."""
    # All of it: who made it held the lock, so nobody needs it any more.
    remove_leftovers(folder, lambda _: False, below=False)
    active = active_generation(folder)
    if active is not None:
        # One that was complete, but did not become the active one.
        current = int(active.name)
        _remove_generations(folder, {n for n in _numbers(folder) if n <= current})


def _numbers(folder: Path) -> set[int]:
    names = (path.name for path in entries(folder) if is_folder(path))
    return {int(name) for name in names if name.isascii() and name.isdigit() and name[0] != "0"}


def _starts(folder: Path) -> list[int]:
    try:
        return [int(word) for word in (folder / STARTS).read_text(encoding="ascii").split()][-2:]
    except (OSError, ValueError):
        return []


def _remove_generations(folder: Path, kept: set[int]) -> None:
    for number in _numbers(folder) - kept:
        shutil.rmtree(folder / str(number), ignore_errors=True)


def _clone(source: Path, target: Path) -> None:
    """Copy a folder with hard links, or copies where there are none."""
    for place, folders, names in os.walk(source):
        there = target / Path(place).relative_to(source)
        for name in folders:
            (there / name).mkdir()
        for name in names:
            link_or_copy(Path(place, name), there / name)


def link_or_copy(source: Path, target: Path) -> None:
    """Make a second name of a file, or a copy where that is not possible. Raises OSError."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
