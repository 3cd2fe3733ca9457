"""The guard of all readers: whatever goes wrong is one error that names the file."""

from __future__ import annotations

import gzip
import json
import os
import struct
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import entries, exists, is_file, is_folder
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.reading import read_bytes, read_json, reading, reason_of
from kirara_studio.api.training import StopTraining


class PanicException(BaseException):
    """As libraries in Rust raise it, outside Exception."""


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("it is cut off"), "“a.png” cannot be read: it is cut off."),
        (ValueError(), "“a.png” cannot be read: it is damaged (ValueError)."),
        (IndexError("list index"), "cannot be read: it is damaged (IndexError: list index)."),
        (struct.error("unpack"), "cannot be read: it is damaged (error: unpack)."),
        (SyntaxError("broken PNG"), "it is damaged (SyntaxError: broken PNG)"),
        (KeyError("audioKeys"), "cannot be read: 'audioKeys' is missing."),
        (RecursionError("maximum depth"), "cannot be read: it is nested too deeply."),
        (MemoryError(), "cannot be read: it does not fit into memory."),
        (OSError(5, "Input/output error"), "cannot be read: Input/output error."),
        (OSError("image file is truncated"), "it is damaged (OSError: image file is truncated)"),
        (FileNotFoundError(2, "No such file"), "There is no file “/pictures/a.png”."),
        (NotADirectoryError(20, "Not a directory"), "There is no file “/pictures/a.png”."),
        (PermissionError(13, "Permission denied"), "“a.png” may not be read."),
        (IsADirectoryError(21, "Is a directory"), "“a.png” is a folder, not a file."),
        (PanicException("called unwrap()"), "it is damaged (PanicException: called unwrap())"),
    ],
)
def test_every_error_becomes_one_that_names_the_file(error: BaseException, message: str) -> None:
    with pytest.raises(UserError) as raised, reading(Path("/pictures/a.png")):
        raise error
    assert message in raised.value.message
    assert raised.value.advice and raised.value.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [UserError("Mine."), Cancelled(), StopTraining(), KeyboardInterrupt(), SystemExit(3)],
)
def test_what_is_no_damage_passes(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised, reading("a.png"):
        raise error
    assert raised.value is error


def test_a_reader_has_words_of_its_own() -> None:
    with (
        pytest.raises(UserError) as raised,
        reading(
            Path("/a/b.ics"), "“{path}” in “{folder}”, {name}: {reason}.", advice="Do it.", name="x"
        ),
    ):
        raise ValueError("odd {braces}")
    assert raised.value.message == "“/a/b.ics” in “/a”, x: odd {braces}."
    assert raised.value.advice == "Do it." and reason_of(raised.value) == "odd {braces}"


def test_deep_nesting_and_size(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" * 200_000)
    with pytest.raises(UserError, match=r"“a\.json”.*nested too deeply"), reading(path):
        read_json(path)
    path.write_text(json.dumps(list(range(1000))))
    assert len(read_bytes(path, 10_000)) == path.stat().st_size
    with pytest.raises(UserError, match="more than 0 MB"), reading(path):
        read_json(path, 100)
    packed = tmp_path / "a.gz"
    packed.write_bytes(gzip.compress(bytes(10_000_000)))
    assert packed.stat().st_size < 20_000, "a bomb"
    with pytest.raises(UserError, match="more than 1 MB"), reading(packed):
        read_bytes(packed, 1_000_000, packed=True)


def test_looking_at_a_path_never_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.touch()
    assert exists(file) and is_file(file) and not is_folder(file)
    assert is_folder(str(tmp_path)) and entries(tmp_path) == [file]
    odd = (tmp_path / ("x" * 5000), Path("a\0b"), file / "below", tmp_path / "\udce3")
    assert not any(look(path) for path in odd for look in (exists, is_file, is_folder))
    assert entries(file) == entries(tmp_path / "none") == []

    def gone(*_: object, **__: object) -> None:
        raise OSError(107, "Transport endpoint is not connected")

    monkeypatch.setattr(os, "stat", gone)  # a dead mount; root may enter every folder
    assert not any(look(tmp_path) for look in (exists, is_file, is_folder))
