"""Arrays in files: read where they are what they should be, and refused without unpickling."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kirara_studio.api.arrays import array_names, open_archive, read_array, write_array
from kirara_studio.api.errors import UserError


class Bomb:
    """Unpickling this would create a file."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.target,)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_arrays_come_back_as_float32(dtype: type, tmp_path: Path) -> None:
    values = np.arange(6, dtype=dtype).reshape(2, 3)
    np.save(tmp_path / "a.npy", values)
    np.savez_compressed(tmp_path / "a.npz", one=values, two=values[:, ::2])
    read = read_array(tmp_path / "a.npy")
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read, values)
    assert array_names(tmp_path / "a.npz") == ["one", "two"]
    with open_archive(tmp_path / "a.npz") as archive:
        assert {name: header.shape for name, header in archive.headers().items()} == {
            "one": (2, 3),
            "two": (2, 2),
        }
        assert archive.read("two").dtype == np.float32
        np.testing.assert_array_equal(archive.read("two"), values[:, ::2])


def test_what_was_written_is_read(tmp_path: Path) -> None:
    values = np.random.default_rng(0).random((3, 4), np.float32)
    write_array(tmp_path / "new" / "a.npy", values)
    np.testing.assert_array_equal(read_array(tmp_path / "new" / "a.npy"), values)


def test_objects_are_refused_unopened(tmp_path: Path) -> None:
    bomb = np.array([Bomb(tmp_path / "exploded")], object)
    np.save(tmp_path / "a.npy", bomb)
    np.savez(tmp_path / "a.npz", bomb=bomb)
    with pytest.raises(UserError):
        read_array(tmp_path / "a.npy")
    with open_archive(tmp_path / "a.npz") as archive, pytest.raises(UserError, match="pickled"):
        archive.headers()
    assert not (tmp_path / "exploded").exists()


def test_other_numbers_and_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    for content in (b"", b"hello", b"\x93NUMPY\x09\x09", b"\x93NUMPY\x01\x00\xff\xff"):
        path.write_bytes(content)
        with pytest.raises(UserError, match=r"a\.npy"):
            read_array(path)
        assert array_names(path) == []
    np.save(path, np.arange(3))
    with pytest.raises(UserError, match="int64"):
        read_array(path)
    with pytest.raises(UserError, match="no file"):
        read_array(tmp_path / "nowhere.npy")
    with pytest.raises(UserError, match="no file"), open_archive(tmp_path / "nowhere.npz"):
        pass
    np.savez(tmp_path / "a.npz", one=np.zeros(3))
    with pytest.raises(UserError, match="several"):
        read_array(tmp_path / "a.npz")


def test_a_huge_claim_costs_no_memory(tmp_path: Path) -> None:
    header = io.BytesIO()
    claim = {"descr": "<f4", "fortran_order": False, "shape": (1 << 40, 512)}
    np.lib.format.write_array_header_1_0(header, claim)
    (tmp_path / "a.npy").write_bytes(header.getvalue())
    with pytest.raises(UserError, match=r"a\.npy"):
        read_array(tmp_path / "a.npy")
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("one.npy", header.getvalue())
    with open_archive(tmp_path / "a.npz") as opened:
        assert opened.header("one").shape == (1 << 40, 512)
