"""Tries a reader on damaged copies of its files, and counts what comes of it."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
import time
import traceback
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from kirara_studio.api.errors import UserError
from tests.fuzz.mutations import Layer, raw

SECONDS = 20.0
"""So long a file may take, on a machine that is busy."""
MEMORY = 1_500_000_000
"""Bytes by which the process may grow while one file is read."""


@dataclass(frozen=True)
class Reader:
    """A reader of files.

    ``make(folder)`` writes a valid file, and perhaps others that belong to it, and returns the one
    to damage. ``read(path)`` reads it as the program does. ``layers`` are ways to damage it.
    ``names`` are other names that an error may give, for files that are part of something.
    ``repairs`` is for files that the program repairs: every UserError is one too many.
    """

    name: str
    make: Callable[[Path], Path]
    read: Callable[[Path], Any]
    layers: tuple[Layer, ...] = (raw,)
    names: tuple[str, ...] = ()
    repairs: bool = False


@dataclass
class Outcome:
    """How many damaged files were read, refused, or something else, which ``others`` describe."""

    read: int = 0
    refused: int = 0
    others: list[str] = field(default_factory=list)
    slowest: float = 0.0


def try_reader(
    reader: Reader,
    count: int,
    seed: int = 0,
    before: Callable[[int], None] = lambda _: None,
    first: int = 0,
) -> Outcome:
    """Read damaged files number ``first`` to ``count``, the same for the same ``seed``.

    ``before(number)`` is called before each one.
    """
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_fast_folder()) as name:
        valid = Path(name) / "valid"
        valid.mkdir()
        relative = reader.make(valid).relative_to(valid)
        content = (valid / relative).read_bytes()
        reader.read(_copy(valid, Path(name) / "try", relative, content))  # nothing is wrong yet
        for number in range(first, count):
            before(number)
            random = Random(zlib.crc32(f"{reader.name} {seed} {number}".encode()))
            damaged = _damaged(random.choice(reader.layers), content, random)
            path = _copy(valid, Path(name) / "try", relative, damaged)
            if problem := _problem_of(reader, path, outcome):
                outcome.others.append(f"{reader.name} --seed {seed}, number {number}: {problem}")
    return outcome


def _fast_folder() -> Path | None:
    """A folder in memory, if there is one: some readers wait for the disk."""
    folder = Path("/dev/shm")
    return folder if os.access(folder, os.W_OK) else None


def _damaged(layer: Layer, content: bytes, random: Random) -> bytes:
    try:
        return layer(content, random)
    except (ValueError, UnicodeError, RecursionError, OverflowError):
        return raw(content, random)  # cannot be packed


def _copy(valid: Path, folder: Path, relative: Path, content: bytes) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(valid, folder)
    (folder / relative).write_bytes(content)
    return folder / relative


def _problem_of(reader: Reader, path: Path, outcome: Outcome) -> str:
    """Read one file, and count it; what is wrong with that, or an empty text."""
    started, before = time.monotonic(), _memory()
    problem, refused = "", False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader.read(path)
    except UserError as error:
        refused = True
        names = {path.name, path.stem, path.parent.name, *reader.names}
        if reader.repairs:
            problem = f"not repaired: {error}"
        elif not any(name in str(error) for name in names):
            problem = f"no name in: {error}"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        problem = "".join(traceback.format_exception(error)[-6:])[:1500]
    seconds = time.monotonic() - started
    outcome.slowest = max(outcome.slowest, seconds)
    if seconds > SECONDS:
        problem = problem or f"took {seconds:.0f} s"
    if _memory() - before > MEMORY:
        problem = problem or f"took {(_memory() - before) / 1e9:.1f} GB"
    if not problem:
        outcome.refused += refused
        outcome.read += not refused
    return problem


def _memory() -> int:
    """The most bytes that this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def check(reader: Reader, count: int = 200) -> None:
    """Fail with what came of ``count`` damaged files besides values and refusals.

    Raises AssertionError as well if not one was read, or not one refused.
    """
    outcome = try_reader(reader, count)
    assert not outcome.others, "\n\n".join(outcome.others[:5])
    assert outcome.read and (outcome.refused or reader.repairs)
    assert outcome.read + outcome.refused == count
