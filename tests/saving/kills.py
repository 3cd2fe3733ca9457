"""Writers that are killed at random moments: ``python -m tests.saving.kills [KILLS]``.

Each kill is a real one (SIGKILL) of a process that does nothing but write. The table says how often
something was lost (it had been saved, or was there before), doubled, or left over after what the
program does at its next start: all must be 0.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kirara_paintings.sort_into_folders import (
    finish_job,
    interrupted_job,
    sort_job,
    undo_sort_job,
)
from kirara_paintings.sort_journal import SortRequest
from kirara_studio.api.files import remove_leftovers

_PICTURES = 12


class Tools:
    """A job that nobody stops."""

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        """Report nothing."""


@dataclass
class Row:
    """What came of so many kills."""

    kills: int = 0
    lost: int = 0
    doubled: int = 0
    left: int = 0

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.left)


class Writer(ABC):
    """Writes into ``folder`` until it is killed, and then says what is wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def prepare(self) -> None:
        """Make what is there before."""

    @abstractmethod
    def write(self, saved: Callable[[int], None]) -> None:
        """Write, calling ``saved`` with a rising number after each save."""

    @abstractmethod
    def judge(self, saved: int, row: Row) -> None:
        """Start again, as the program does, and count in ``row`` what is wrong."""


class Sorting(Writer):
    """Moves or copies pictures; then the move is finished, or undone."""

    move = True
    other_disk = False

    def prepare(self) -> None:
        self.elsewhere = self.folder / "out"
        if self.other_disk:
            self.elsewhere = Path(tempfile.mkdtemp(dir="/dev/shm"))
        for number in range(_PICTURES):
            path = self.folder / "in" / f"{number % 2}" / f"{number // 2}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes([number]) * 30_000)
        paths = sorted((self.folder / "in").rglob("*.png"))
        files = tuple((path, "One" if number % 3 else "Two") for number, path in enumerate(paths))
        journal = self.folder / "journals" / "a.jsonl"
        self.request = SortRequest(files, self.elsewhere, self.move, journal)
        self.before = _files(self.folder / "in")

    def write(self, saved: Callable[[int], None]) -> None:
        sort_job(self.request, Tools())
        undo_sort_job(self.request, Tools())

    def judge(self, saved: int, row: Row) -> None:
        finish = row.kills % 2 == 0  # every second time the user undoes
        journals = self.request.journal.parent
        for found in interrupted_job(journals, Tools()):
            (finish_job if finish else undo_sort_job)(found.request, Tools())
        inside, outside = _files(self.folder / "in"), _files(self.elsewhere)
        wanted = sorted(self.before.values())
        there = sorted([*inside.values(), *outside.values()] if self.move else inside.values())
        row.lost += sum(1 for content in wanted if content not in there)
        row.doubled += max(len(there) - len(wanted), 0)
        if not self.move:
            row.doubled += len(outside) - len(set(outside.values()))
            row.lost += sum(content not in wanted for content in outside.values())
        row.left += sum(name.rpartition("/")[2].startswith(".") for name in (*inside, *outside))
        row.left += sum(path != self.request.journal for path in journals.glob("*"))
        row.left += len(interrupted_job(journals, Tools()))
        if self.other_disk:
            shutil.rmtree(self.elsewhere)


class Copying(Sorting):
    """The same with copies."""

    move = False


class MovingToAnotherDisk(Sorting):
    """The same with a move between file systems, which is a copy."""

    other_disk = True


class Kept(Writer):
    """Saves rising numbers in one file."""

    @abstractmethod
    def save(self, number: int) -> None:
        """Save a number."""

    @abstractmethod
    def load(self) -> int:
        """The number that was saved last."""

    def prepare(self) -> None:
        self.save(0)

    def write(self, saved: Callable[[int], None]) -> None:
        for number in range(1, 100_000):
            self.save(number)
            saved(number)

    def judge(self, saved: int, row: Row) -> None:
        remove_leftovers(self.folder)
        number = self.load()
        row.lost += number < saved
        row.left += sum(path.name.startswith(".") for path in self.folder.iterdir())


class CheckpointOfARun(Kept):
    """As a training saves it."""

    def save(self, number: int) -> None:
        import torch

        from kirara_studio.api.learning.run_files import Trained, save_run

        torch.set_num_threads(1)
        layer = torch.nn.Linear(1000, 100)
        save_run(
            self.folder / "checkpoint.safetensors", Trained({"net": layer}, {}), "k", {"n": number}
        )

    def load(self) -> int:
        from kirara_studio.api.learning.run_files import read_state, read_tensors

        path = self.folder / "checkpoint.safetensors"
        assert read_tensors(path)["net.weight"].shape == (100, 1000)
        return int(read_state(path, "k")["n"])


class State(Kept):
    """``state.json``."""

    def _store(self) -> Any:
        from kirara_studio.host.state import StateStore

        def report(problem: Exception) -> None:
            raise problem

        return StateStore(self.folder / "state.json", report=report)

    def save(self, number: int) -> None:
        store = self._store()
        store.section("panel.test")["script"] = [number, "x" * 5000]
        store.save()

    def load(self) -> int:
        return int(self._store().section("panel.test")["script"][0])


class Presets(Kept):
    """Speech's presets."""

    def _presets(self) -> Any:
        from kirara_speech.project.presets import Presets

        def report(problem: Exception) -> None:
            raise problem

        return Presets(self.folder, report)

    def save(self, number: int) -> None:
        from kirara_speech.project.presets import Preset

        self._presets().put("one", Preset(str(number)))

    def load(self) -> int:
        return int(self._presets().all()["one"].voice)


class Database(Kept):
    """The database of Releases."""

    def _store(self) -> Any:
        from kirara_releases.storage.store import ReleaseStore

        def report(problem: Exception) -> None:
            raise problem

        return ReleaseStore(self.folder, report)

    def save(self, number: int) -> None:
        store = self._store()
        store.set_note("a", "b", str(number))
        store.close()

    def load(self) -> int:
        store = self._store()
        try:
            return int(store.marks()["a", "b"].note or 0)
        finally:
            store.close()


WRITERS: dict[str, type[Writer]] = {
    "move into folders": Sorting,
    "copy into folders": Copying,
    "move to another disk": MovingToAnotherDisk,
    "checkpoint": CheckpointOfARun,
    "state.json": State,
    "database": Database,
    "presets": Presets,
}


def killed(writer: Writer, after: float) -> int:
    """Let a process write, kill it after so many seconds; returns the last number it saved."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            writer.write(lambda number: _said(writing, number))
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(reading) as said:
        lines = said.read().split("\n")
    return int(lines[-2]) if len(lines) > 1 else 0


def _said(pipe: int, number: int) -> None:
    os.write(pipe, f"{number}\n".encode())


def row_of(name: str, kills: int, seed: int = 0) -> Row:
    """Kill a writer so often, each time in a new folder."""
    rng, row = random.Random(seed), Row()
    longest = 0.2
    if issubclass(WRITERS[name], Sorting):  # the kills fall all over the move and its undo
        longest = _seconds(name)
    for _ in range(kills):
        with tempfile.TemporaryDirectory() as folder:
            writer = WRITERS[name](Path(folder))
            writer.prepare()
            saved = killed(writer, rng.uniform(0, longest))
            writer.judge(saved, row)
            row.kills += 1
    return row


def _seconds(name: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        writer = WRITERS[name](Path(folder))
        writer.prepare()
        begun = time.monotonic()
        writer.write(lambda _: None)
        seconds = time.monotonic() - begun
        writer.judge(0, Row())
        return seconds


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    bad = False
    print(f"{'writer':<22} {'kills':>5} {'lost':>5} {'doubled':>8} {'left over':>10}")
    for name, writer in WRITERS.items():
        if writer is MovingToAnotherDisk and not Path("/dev/shm").is_dir():
            continue
        row = row_of(name, kills)
        bad |= not row.good
        print(
            f"{name:<22} {row.kills:>5} {row.lost:>5} {row.doubled:>8} {row.left:>10}", flush=True
        )
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
