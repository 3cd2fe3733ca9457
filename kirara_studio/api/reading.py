"""The one way to read a file that something else may have written, or damaged.

Libraries raise errors of any kind for such files: a PNG may raise SyntaxError, a WAV IndexError,
deeply nested JSON RecursionError. Every reader therefore works inside :func:`reading`, and its
callers have one error to expect.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.files import missing_file
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.training import StopTraining

log = logging.getLogger(__name__)

LARGEST_TEXT = 64_000_000
"""Bytes of a text that is read whole."""


@contextmanager
def reading(
    path: Path | str,
    message: str = "“{file}” cannot be read: {reason}.",
    *,
    advice: str = "Choose another file, or an older copy. The file was not changed.",
    **values: object,
) -> Iterator[None]:
    """Turn whatever goes wrong in the block into a :class:`UserError` that names the file.

    ``message`` and ``advice`` are literal templates, as for UserError; besides ``values`` they may
    use ``{file}`` (the name), ``{path}``, ``{folder}`` and ``{reason}``. ``path`` may be another
    name, for example of a host. In the block, raise ValueError with a reason ("it is cut off"), or
    UserError if it can say more. These pass: UserError, Cancelled, StopTraining, and what ends the
    program.
    """
    try:
        yield
    except (UserError, Cancelled, StopTraining):
        raise
    except BaseException as error:
        # Libraries in Rust (safetensors) report their own mistakes past Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        log.debug("Reading “%s” failed", path, exc_info=True)
        raise _explained(error, Path(path), message, advice, values) from error


def _explained(
    error: BaseException, path: Path, message: str, advice: str, values: dict[str, object]
) -> UserError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return missing_file(path)
    if isinstance(error, PermissionError):
        return UserError(
            "“{file}” may not be read.",
            advice="Change its permissions, or copy it to a folder of your own.",
            file=path.name,
        )
    if isinstance(error, IsADirectoryError):
        return UserError(
            "“{file}” is a folder, not a file.", advice="Choose a file.", file=path.name
        )
    known = {"file": path.name or path, "path": path, "folder": path.parent}
    return UserError(message, advice=advice, **{**known, "reason": reason_of(error), **values})


def reason_of(error: BaseException) -> str:
    """Why a file could not be read, as the end of a sentence."""
    if isinstance(error, UserError):
        return str(error.values.get("reason", error.message))
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, MemoryError):
        return "it does not fit into memory"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, KeyError):
        return f"{error} is missing"
    text = one_line(error, 200)
    if isinstance(error, ValueError) and str(error):
        return text.partition(": ")[2]
    return f"it is damaged ({text})"


def read_bytes(path: Path, largest: int = LARGEST_TEXT, *, packed: bool = False) -> bytes:
    """All of a file, unpacked if it is ``packed`` by gzip. For a block of :func:`reading`.

    Raises ValueError if there are more than ``largest`` bytes.
    """
    with _opened(path, packed=packed) as file:
        data: bytes = file.read(largest + 1)
    if len(data) > largest:
        raise ValueError(f"it has more than {largest // 1_000_000} MB")
    return data


def _opened(path: Path, *, packed: bool) -> Any:
    if not packed:
        return path.open("rb")
    import gzip  # not needed for the first paint

    return gzip.open(path, "rb")


def read_json(path: Path, largest: int = LARGEST_TEXT) -> Any:
    """The JSON value in a file. For a block of :func:`reading`."""
    return parse_json(read_bytes(path, largest))
