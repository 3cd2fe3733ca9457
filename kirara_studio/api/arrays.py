"""Arrays in numpy's files, read without ever unpickling.

An ``.npz`` is a zip file of arrays. Names and shapes can be read before any array, so a hostile
file is refused by its headers.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file
from kirara_studio.api.reading import reading

Floats = npt.NDArray[np.float32]

_SAVE_AGAIN = "Save it with numpy.save, as float32 and without pickled objects."


@dataclass(frozen=True)
class ArrayHeader:
    """The header of an array in a file."""

    shape: tuple[int, ...]


class ArrayArchive:
    """An ``.npz`` file of floating-point numbers, opened by :func:`open_archive`."""

    def __init__(self, archive: zipfile.ZipFile, source: str) -> None:
        self._archive = archive
        self._source = source

    @property
    def names(self) -> list[str]:
        """The names of its arrays."""
        return [name.removesuffix(".npy") for name in self._archive.namelist()]

    def header(self, name: str) -> ArrayHeader:
        """Read an array's header.

        Raises :class:`UserError` if it is not an array of floating-point numbers; objects, which
        only pickle could read, are refused too.
        """
        with self._opened(name) as file:
            if np.lib.format.read_magic(file) == (1, 0):
                shape, _, dtype = np.lib.format.read_array_header_1_0(file)
            else:
                shape, _, dtype = np.lib.format.read_array_header_2_0(file)
        if dtype.hasobject:
            raise UserError(
                "“{name}” in “{source}” holds pickled Python objects, which could run any program.",
                advice="Do not use this file; fetch it from a source that you trust.",
                name=name,
                source=self._source,
            )
        if dtype.kind != "f":
            raise UserError(
                "“{name}” in “{source}” holds {dtype}, not floating-point numbers.",
                advice="Check that the file is of this network.",
                name=name,
                source=self._source,
                dtype=dtype,
            )
        return ArrayHeader(shape)

    def headers(self) -> dict[str, ArrayHeader]:
        """Read the headers of all arrays, as :meth:`header` does."""
        return {name: self.header(name) for name in self.names}

    def read(self, name: str) -> Floats:
        """Read an array as float32. Raises :class:`UserError` if it is cut off."""
        with self._opened(name) as file:
            return np.lib.format.read_array(file, allow_pickle=False).astype(np.float32)

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        stored = name if name in self._archive.NameToInfo else f"{name}.npy"
        with (
            reading(
                self._source,
                "“{name}” in “{file}” is not a whole array: {reason}.",
                advice="Fetch the file again.",
                name=name,
            ),
            self._archive.open(stored) as file,
        ):
            yield file


@contextmanager
def open_archive(path: Path) -> Iterator[ArrayArchive]:
    """Open an ``.npz``. Raises :class:`UserError` if it is missing or damaged, then or later."""
    path = Path(path)
    with (
        reading(
            path,
            "“{file}” is damaged or is not an .npz file: {reason}.",
            advice="Fetch the file again.",
        ),
        zipfile.ZipFile(path) as archive,
    ):
        yield ArrayArchive(archive, path.name)


def array_names(path: Path) -> list[str]:
    """The names of the arrays in an ``.npz``; none if it is something else."""
    try:
        with open_archive(path) as archive:
            return archive.names
    except UserError:
        return []


def read_array(path: Path, *, kinds: str = "f") -> Floats:
    """Read an ``.npy`` file as float32.

    ``kinds`` are the letters of the dtype kinds that may be in it: "fiub" takes integers and
    booleans as well. Raises :class:`UserError` for a file that is missing, damaged, or holds
    something else.
    """
    with reading(path, "“{file}” cannot be read as an array: {reason}.", advice=_SAVE_AGAIN):
        # Mapped, so a header that claims too much is refused before memory is allocated.
        array = np.load(path, mmap_mode="r", allow_pickle=False)
        if not isinstance(array, np.ndarray):
            array.close()
            raise ValueError("it holds several arrays")
        if array.dtype.kind not in kinds:
            raise ValueError(f"it holds {array.dtype}, not floating-point numbers")
        return np.array(array, np.float32)


def write_array(path: Path, array: Floats) -> None:
    """Write an ``.npy`` file. Raises :class:`UserError` if that is not possible."""
    with whole_file(Path(path)) as temporary, temporary.open("wb") as file:
        np.save(file, array, allow_pickle=False)
