"""What each writer does on a full disk: ``python -m tests.saving.full_disk`` prints the table.

The disk is a real one, a small file system in memory, which Linux lets root mount.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kirara_studio.api.errors import UserError
from tests.saving.writers import WRITERS, contents, free_sizes

_SIZE = 2_000_000  # bytes
_EARLIER, _LARGE = 1, 30
_ALLOWED = {"magazines.lock", "releases.sqlite-wal", "releases.sqlite-shm"}
"""Files that stay beside others, and hold nothing that a full disk can damage."""


@dataclass
class Row:
    """What a writer did: the error's texts, whether the earlier file is as it was, what is left."""

    errors: list[str]
    intact: bool
    left: list[str]

    @property
    def good(self) -> bool:
        return (
            self.intact
            and not self.left
            and all("disk is full" in text or "is full" in text for text in self.errors)
        )


@contextmanager
def small_disk(folder: Path, size: int = _SIZE) -> Iterator[Path]:
    """A file system of so many bytes. Raises OSError if it cannot be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True)
    if done.returncode:
        raise OSError(done.stderr)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, free: int) -> Path:
    """Fill the disk up to ``free`` bytes; returns the file to be removed for it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
        file.truncate(max(file.tell() - free, 0))
    return filler


def row_of(name: str, disk: Path) -> Row:
    """Save a small file, then a large one over it with more and more room, never enough."""
    file, write = WRITERS[name]
    row = Row([], True, [])
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / file, _LARGE)
        # A database writes its changes twice.
        size = sum(map(len, contents(Path(folder)).values())) if name != "database" else 0
    for number, free in enumerate(free_sizes(size)):
        place = disk / str(number)
        place.mkdir()
        if file != "frames":  # a folder is never replaced
            write(place / file, _EARLIER)
        before = contents(place)
        filler = fill(disk, free)
        try:
            write(place / file, _LARGE)
            row.errors.append("saved")
        except UserError as error:
            row.errors.append(str(error))
        except BaseException as error:
            row.errors.append(f"{type(error).__name__}: {error}")
        filler.unlink()
        after = contents(place)
        row.left += [name for name in after if name not in before and name not in _ALLOWED]
        row.intact = row.intact and all(
            after.get(name) == content for name, content in before.items() if name not in _ALLOWED
        )
    return row


def main() -> int:
    bad = 0
    print(f"{'writer':<20} {'intact':<7} {'left over':<10} error")
    for name in WRITERS:
        with tempfile.TemporaryDirectory() as folder, small_disk(Path(folder) / "disk") as disk:
            row = row_of(name, disk)
        bad += not row.good
        errors = " | ".join(dict.fromkeys(row.errors))
        print(f"{name:<20} {'yes' if row.intact else 'NO':<7} {len(row.left):<10} {errors[:200]}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
