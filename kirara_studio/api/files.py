"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import shutil
import stat
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from kirara_studio.api.errors import UserError, one_line

TRASH = ".trash"
"""Holds what was deleted, in the folder that it was in, until the studio's next start."""

_TEMPORARY = ".kirara-"
_LEFT = re.compile(rf"{re.escape(_TEMPORARY)}(\d+)-(?:([0-9a-f]{{8}})-)?\w+(\.\w+)?")
_STARTED = time.time()
_HOST = os.uname().nodename if sys.platform != "win32" else os.environ.get("COMPUTERNAME", "")
_HOST_CODE = f"{zlib.crc32(_HOST.encode()):08x}"
_DAY = 86_400  # seconds
_PROBE = 65_536  # bytes; more than the block of any file system

# Packages whose errors say that something was not written, but are no OSErrors.
_WRITERS = {"soundfile", "safetensors", "safetensors_rust", "PIL", "av", "cv2", "zipfile"}
_OS_ERROR = re.compile(r"os error (\d+)")  # as Rust ends the texts of the system's errors
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_LINKS = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK)

_swept: set[Path] = set()


class DiskFull(UserError):
    """The disk is full: it may work once there is room."""


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Provide a temporary path beside ``path``; on leaving, it is synced and renamed to ``path``.

    If the block raises, nothing at ``path`` changes and the temporary file is removed; what killed
    processes left in that folder is removed, too. The temporary name keeps the suffix, since many
    encoders choose their format by it, and names the process for :func:`remove_leftovers`. Only the
    owner may read a ``private`` file. Raises :class:`UserError` if the folder cannot be written to,
    and :class:`DiskFull`, whatever the library raised that wrote in the block.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = temporary_beside(path)
    except OSError as error:
        raise explain_write_error(error, path) from error
    try:
        with explained_writing(path, temporary):
            yield temporary
            _sync(temporary)
            if not private:
                # mkstemp makes files that only their owner reads; people share what they export.
                temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
            sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """The same for a folder: provide a temporary one beside ``path``, and rename it to ``path``.

    ``path`` must not exist, or be an empty folder. Raises as :func:`whole_file` does.
    """
    path = Path(path)
    with temporary_folder_beside(path) as temporary, explained_writing(path, temporary):
        yield temporary
        for place, _, names in os.walk(temporary):
            for name in names:
                _sync(Path(place, name))
            sync_folder(Path(place))
        temporary.chmod(0o777 & ~_umask())
        if is_folder(path):
            path.rmdir()
        temporary.rename(path)
        sync_folder(path.parent)


@contextmanager
def temporary_folder_beside(path: Path) -> Iterator[Path]:
    """Provide a folder beside ``path``, removed in the end. Raises :class:`UserError`.

    For libraries that make temporary files of their own beside what they write.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left(path.parent)
        temporary = Path(tempfile.mkdtemp(prefix=_prefix(), dir=path.parent))
    except OSError as error:
        raise explain_write_error(error, path) from error
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


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


@contextmanager
def explained_writing(path: Path, written: Path) -> Iterator[None]:
    """Turn errors of writing ``written``, a file or folder, into the UserError for ``path``.

    Many encoders raise errors without the system's reason. Then some bytes more are written, to
    find out whether the disk is full. Errors that have nothing to do with it pass.
    """
    try:
        yield
    except Exception as error:
        reason = None if isinstance(error, UserError) else _reason(error, written)
        if reason is None:
            raise
        raise explain_write_error(reason, path) from error


def _reason(error: Exception, written: Path) -> OSError | None:
    """What the system said; None for an error that no writer raises."""
    if isinstance(error, OSError) and error.errno:
        return error
    writers = type(error).__module__.partition(".")[0] in _WRITERS
    if not writers and not isinstance(error, OSError):
        return None
    if found := _OS_ERROR.search(str(error)):
        return OSError(int(found[1]), os.strerror(int(found[1])))
    return _refusal(written) or (error if isinstance(error, OSError) else OSError(one_line(error)))


def _refusal(written: Path) -> OSError | None:
    """What the system says against more bytes in a file or folder; None if it takes them."""
    try:
        with (
            tempfile.TemporaryFile(dir=written)
            if is_folder(written)
            else written.open("ab") as file
        ):
            file.write(bytes(_PROBE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error
    return None


def full_disk(path: Path) -> DiskFull | None:
    """The error for a file that could not be written, if that is so because the disk is full."""
    refusal = _refusal(path.parent)
    error = explain_write_error(refusal, path) if refusal is not None else None
    return error if isinstance(error, DiskFull) else None


def temporary_beside(path: Path) -> Path:
    """A new empty file beside ``path``, which :func:`remove_leftovers` removes after a crash.

    What killed processes left in that folder is removed. Raises OSError.
    """
    _remove_left(path.parent)
    handle, name = tempfile.mkstemp(prefix=_prefix(), suffix=path.suffix, dir=path.parent)
    os.close(handle)
    return Path(name)


def _prefix() -> str:
    return f"{_TEMPORARY}{os.getpid()}-{_HOST_CODE}-"


def rename_new(source: Path, target: Path) -> None:
    """Rename a file unless ``target`` exists. Raises FileExistsError and other OSErrors.

    A process that is killed meanwhile may leave both names of the one file, or where there are no
    hard links, an empty file at ``target``; never none.
    """
    if sys.platform == "win32":
        source.rename(target)  # it refuses to replace anything
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        rename: Callable[[], object] = partial(os.replace, source, target)
    else:
        rename = source.unlink
    try:
        rename()
    except OSError:
        target.unlink()
        raise


def remove_leftovers(
    folder: Path, is_running: Callable[[int], bool] | None = None, *, below: bool = True
) -> None:
    """Remove temporary files whose process is gone, as ``is_running`` shows.

    They are searched for in ``folder``, and unless ``below`` is false in all folders below it.
    Those of another machine, which may share the folder, are removed after a day.
    """
    for place, folders, names in os.walk(folder):
        _remove_left(Path(place), names + folders, is_running)
        if not below:
            return


def _remove_left(
    folder: Path,
    names: Iterable[str] | None = None,
    is_running: Callable[[int], bool] | None = None,
) -> None:
    """The same in one folder. Without ``names``, all in it, the first time it is written to."""
    if names is None:
        if folder in _swept:
            return
        _swept.add(folder)
        names = [path.name for path in folder.iterdir()]
    for name in names:
        if not (found := _LEFT.fullmatch(name)):
            continue
        path, process = folder / name, int(found[1])
        with contextlib.suppress(OSError):
            if found[2] not in (None, _HOST_CODE):
                left = path.stat().st_mtime < time.time() - _DAY
            elif process == os.getpid():
                left = path.stat().st_mtime < _STARTED
            else:
                left = not (is_running or process_runs)(process)
            if left:
                shutil.rmtree(path) if is_folder(path) else path.unlink()


def process_runs(process: int) -> bool:
    """True if another process has this number."""
    if process <= 0 or process == os.getpid():
        return False
    if sys.platform == "win32":
        return _runs_on_windows(process)
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # another user's
    return True


def _runs_on_windows(process: int) -> bool:
    # os.kill(process, 0) would end it there.
    import ctypes

    synchronize, timeout = 0x00100000, 0x102
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(synchronize, False, process)
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == timeout)
    finally:
        kernel.CloseHandle(handle)


def try_lock(file: IO[bytes]) -> bool:
    """Lock an open file, until it is closed or the process ends, however it does.

    A process must not open the file a second time while it holds the lock: closing that one frees
    it. Raises OSError where files cannot be locked.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # lockf, not flock: a process that this one forked must not keep the lock alive.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise
        return False
    return True


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


def make_private(path: Path) -> None:
    """Take the rights to a file from all but its owner, if there is one and the system can."""
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            path.chmod(mode & 0o700)


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


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


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
    if error.errno in _FULL:
        return DiskFull(
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
