"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kirara_studio.api.errors import UserError

_TEMPORARY = ".kirara-"
_LEFT = re.compile(rf"{re.escape(_TEMPORARY)}(\d+)-\w+(\.\w+)?")
_STARTED = time.time()


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Provide a temporary path beside ``path``; on leaving, it is synced and renamed to ``path``.

    If the block raises, nothing at ``path`` changes and the temporary file is removed. The
    temporary name keeps the suffix, since many encoders choose their format by it, and names the
    process for :func:`remove_leftovers`. Only the owner may read a ``private`` file. Raises
    :class:`UserError` if the folder cannot be written to, or the disk is full.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=f"{_TEMPORARY}{os.getpid()}-", suffix=path.suffix, dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise explain_write_error(error, path) from error
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if not private:
            # mkstemp makes files that only their owner reads; people share what they export.
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise explain_write_error(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_atomically(
    path: Path, content: bytes | str | Callable[[Path], None], *, private: bool = False
) -> None:
    """Write ``content`` to ``path``, whole or not at all.

    ``content`` is bytes, text, or a function that writes to the path it is given. Text becomes
    UTF-8; names of files in it that are not UTF-8 keep their bytes. Raises :class:`UserError` as
    :func:`whole_file` does.
    """
    with whole_file(path, private=private) as temporary:
        if callable(content):
            content(temporary)
        else:
            if isinstance(content, str):
                content = content.encode("utf-8", "surrogateescape")
            temporary.write_bytes(content)


def remove_leftovers(folder: Path, is_running: Callable[[int], bool]) -> None:
    """Remove temporary files below ``folder`` whose process is gone, as ``is_running`` shows."""
    for place, _, names in os.walk(folder):
        for name in names:
            if not (found := _LEFT.fullmatch(name)):
                continue
            path, process = Path(place, name), int(found[1])
            with contextlib.suppress(OSError):
                earlier = process == os.getpid() and path.stat().st_mtime < _STARTED
                if earlier or (process != os.getpid() and not is_running(process)):
                    path.unlink()


def keep_copy(path: Path, content: bytes, *, private: bool = False) -> Path:
    """Keep ``content`` of a damaged file beside it under a free name; may raise UserError."""
    stem = f"{path.stem}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    while True:
        copy = free_path(path.parent, stem, path.suffix)
        try:
            copy.touch(0o600, exist_ok=False)
            with copy.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if not private:
                shutil.copymode(path, copy)
            sync_folder(copy.parent)
            return copy
        except FileExistsError:
            continue
        except OSError as error:
            with contextlib.suppress(OSError):
                copy.unlink()
            raise explain_write_error(error, copy) from error


def damaged(path: Path, copy: Path) -> UserError:
    """The message for a file that was damaged, and is repaired."""
    return UserError(
        "“{file}” was damaged; what could still be read of it was kept.",
        advice="The file as it was is “{aside}”.",
        file=path.name,
        aside=copy,
    )


# Path's own methods raise if a folder may not be entered, or its disk is gone (ENOTCONN, ESTALE).


def exists(path: Path | str) -> bool:
    """True if there is something at ``path`` that can be reached. Never raises."""
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path | str) -> bool:
    """True if there is a file at ``path`` that can be reached. Never raises."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path | str) -> bool:
    """True if there is a folder at ``path`` that can be reached. Never raises."""
    return os.path.isdir(path)  # noqa: PTH112


def entries(folder: Path) -> list[Path]:
    """What is in ``folder``, by name; nothing if it cannot be listed. Never raises."""
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):
        return []


def sync_folder(folder: Path) -> None:
    """Make sure that a new name in ``folder`` survives a power cut, if the system can do that."""
    with contextlib.suppress(OSError):  # Windows cannot open folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def free_path(
    folder: Path,
    stem: str,
    suffix: str = "",
    *,
    number: str = "-{}",
    always: bool = False,
    taken: Callable[[Path], bool] = exists,
) -> Path:
    """The first of ``stem.suffix``, ``stem-2.suffix``, ``stem-3.suffix``… that is not taken.

    ``number`` is how the number is appended to ``stem``. With ``always`` the first path has a
    number as well, 1. ``taken`` returns whether a path is in use. Nothing is created, so call it
    right before the file is written.
    """
    path = folder / f"{stem}{number.format(1) if always else ''}{suffix}"
    for count in itertools.count(2):
        if not taken(path):
            break
        path = folder / f"{stem}{number.format(count)}{suffix}"
    return path


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current


def missing_file(path: Path) -> UserError:
    """The error for a file that does not exist."""
    return UserError("There is no file “{path}”.", advice="Check the name.", path=path)


def explain_write_error(error: OSError, path: Path) -> UserError:
    """Why ``path`` could not be written, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            "The disk is full; “{file}” was not written.",
            advice="Make room, or save to another disk, and try again.",
            file=path.name,
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(
            "“{folder}” cannot be written to.",
            advice="Choose a folder of your own.",
            folder=path.parent,
        )
    return UserError(
        "“{path}” could not be written: {reason}.",
        advice="Choose another place and try again.",
        path=path,
        reason=error.strerror or error,
    )
