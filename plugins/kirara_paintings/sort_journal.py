"""The journal of a request to sort pictures into folders, from which it can be finished or undone.

JSON lines: the request; each step before it is done (``source``, ``target``), that of an undo with
``undo``; and ``state``, when it begins to be undone and when it ends.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import read_bytes, reading

_ENDED, _UNDOING = "ended", "undoing"


def journals_in(data_folder: Path) -> Path:
    """The folder of the journals."""
    return data_folder / "journals"


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


class Journal:
    """What a journal holds when it is opened, and what is added to it.

    ``steps`` are the last steps of each file, ``undo_steps`` those of an undo. Raises
    :class:`UserError` if the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        steps: dict[Path, Transfer] = {}
        undo_steps: dict[Path, Transfer] = {}
        self._header: Mapping[str, Any] = {}
        self._state = ""
        for line in self._lines():
            with contextlib.suppress(UserError), reading(path):  # a damaged line costs itself
                if "files" in line:
                    self._header = line
                self._state = line.get("state", self._state)
                if "source" in line and "target" in line:
                    step = Transfer(Path(line["source"]), Path(line["target"]))
                    known = undo_steps if line.get("undo") else steps
                    known.pop(step.source, None)  # the order is that of the last steps
                    known[step.source] = step
        self.steps = tuple(steps.values())
        self.undo_steps = tuple(undo_steps.values())

    @classmethod
    def begin(cls, request: SortRequest) -> Journal:
        """Make the journal of a request. Raises OSError, also if the file exists."""
        request.journal.parent.mkdir(parents=True, exist_ok=True)
        request.journal.touch(exist_ok=False)
        journal = cls(request.journal)
        files = [[str(path.absolute()), style] for path, style in request.files]
        folder = str(request.folder.absolute())
        journal._add({"move": request.move, "folder": folder, "files": files})
        return journal

    @property
    def interrupted(self) -> SortRequest | None:
        """The request, if it neither ended nor is worked on by another process."""
        if not self._header or self._state == _ENDED:
            return None
        with contextlib.suppress(UserError), reading(self.path):
            files = tuple((Path(path), str(style)) for path, style in self._header["files"])
            folder, move = Path(self._header["folder"]), self._header["move"] is True
            with self.locked():
                return SortRequest(files, folder, move, self.path)
        return None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from working on it. Raises :class:`UserError` if one does."""
        from filelock import FileLock, Timeout

        path = self.path.with_suffix(".lock")
        try:
            lock = FileLock(path, timeout=0)
            lock.acquire()
        except Timeout as error:
            raise UserError(
                "These pictures are being moved already.", advice="Wait until that has ended."
            ) from error
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            lock.release()

    def note(self, source: Path, target: Path) -> None:
        """Note that ``source`` goes to ``target`` now. Raises OSError."""
        self._add({"source": str(source.absolute()), "target": str(target.absolute())})

    def note_undo(self, source: Path, target: Path) -> None:
        """Note that a file goes back. Raises OSError."""
        self._add({"source": str(source), "target": str(target.absolute()), "undo": True})

    def begin_undo(self) -> None:
        """Note that the request is undone from now on."""
        with contextlib.suppress(OSError):
            self._add({"state": _UNDOING})

    def end(self) -> None:
        """Note that nothing is left to do. Without room for it the user is asked once more."""
        with contextlib.suppress(OSError):
            self._add({"state": _ENDED})

    def _add(self, values: Mapping[str, Any]) -> None:
        with self.path.open("ab") as file:
            # What a crash cut off must not spoil this line.
            file.write(b"\n" + json.dumps(values).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _lines(self) -> Iterator[Mapping[str, Any]]:
        """The lines; one that a crash cut off is left out."""
        with reading(self.path):
            lines = read_bytes(self.path).splitlines()
        for line in lines:
            with contextlib.suppress(UserError), reading(self.path):
                if isinstance(values := parse_json(line), dict):
                    yield values
