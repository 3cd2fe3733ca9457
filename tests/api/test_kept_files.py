"""JSON that is read and written safely, and the class for files that are kept.

``tests/test_kept_files.py`` damages every file that the program keeps.
"""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.kept_files import KeptFile, Parts, json_text, parse_json, readable_part

NOT_UTF_8 = os.fsdecode(b"\x83e\x83X\x83g.png")


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, '{"a": ' * 100_000, b"5" * 10_000, b"{}x"]
)
def test_whatever_is_wrong_is_a_value_error(data: bytes | str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_json(data)


def test_names_keep_their_bytes() -> None:
    data = json_text({"名": NOT_UTF_8}).encode("utf-8")
    assert parse_json(data) == json.loads(data) == {"名": NOT_UTF_8}
    assert "名" in data.decode("utf-8")
    assert os.fsencode(parse_json(data)["名"]) == b"\x83e\x83X\x83g.png"


def test_other_texts_keep_their_bytes_too(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.csv", f"{NOT_UTF_8};名\n")
    assert (tmp_path / "a.csv").read_bytes() == b"\x83e\x83X\x83g.png;" + "名\n".encode()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('{"a": [1, 2, {"b": "c', {"a": [1, 2, {}]}),
        ('{"a": 12', {}),
        ('{"a": 12,', {"a": 12}),
        ('{"a": 12, "b', {"a": 12}),
        ('{"a": "x", "b": tr', {"a": "x"}),
        ('[true, null, -1.5e3, NaN, "\\u30ad\\"]", oops]', [True, None, -1500.0, None, 'キ"]']),
        ('{"a": 1} and more', {"a": 1}),
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}),
        ('{"a": "x"', {"a": "x"}),
        ('{"a": [[1], {"b": tru', {"a": [[1], {}]}),
        ('{3: 1, "b": 2, "c', {"b": 2}),
        ('{"a": 1, }', {"a": 1}),
        ('{"a": 1]', {"a": 1}),
        ('{"a" "b"}', {}),
        ("[1,, 2]", [1, 2]),
        ("[1, 2}", [1, 2]),
        ('{"a": {}, "b": ' + "[" * 1000, None),
        ("[0, " + "1" * 5000 + ", 2]", [0]),
    ],
)
def test_what_stands_before_the_damage_is_read(text: str, part: Any) -> None:
    found = readable_part(text)
    if part is None:  # the nesting is cut off somewhere
        assert found["a"] == {} and json.dumps(found["b"]).count("[") <= 101
        return
    if isinstance(found, list) and len(found) > 3:
        assert found[3] != found[3], "NaN"
        found[3] = None
    assert found == part


@pytest.mark.parametrize("text", ["", "5", '"a"', "null", "x{}", "}", "?{"])
def test_if_nothing_can_be_read_it_raises(text: str) -> None:
    with pytest.raises(ValueError, match="nothing"):
        readable_part(text)


# The class


def numbers(path: Path, reported: list[UserError], **options: Any) -> KeptFile[list[int]]:
    def decode(values: Any, parts: Parts) -> list[int]:
        return parts.items(values, int)

    return KeptFile(path, decode, json_text, list, report=reported.append, **options)


def test_a_missing_file_is_not_damage(tmp_path: Path) -> None:
    reported: list[UserError] = []
    kept = numbers(tmp_path / "new" / "a.json", reported)
    assert kept.read() == [] and not (tmp_path / "new").exists()
    assert kept.change(lambda known: [*known, 1]) == [1]
    assert numbers(tmp_path / "new" / "a.json", reported).read() == [1] and reported == []


def test_once_it_can_be_read_it_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.mkdir()
    reported: list[UserError] = []
    kept = numbers(path, reported)
    for _ in range(2):
        assert kept.read() == []
        with pytest.raises(UserError, match="cannot be read"):
            kept.write([1])
    assert len(reported) == 1
    path.rmdir()
    path.write_text("[1]")
    kept.write([*kept.read(), 2])
    assert kept.read() == [1, 2] and len(reported) == 1


def test_the_copy_has_the_rights_of_the_file(tmp_path: Path) -> None:
    for private in (False, True):
        path = tmp_path / str(private) / "a.json"
        path.parent.mkdir()
        path.write_text("[1, ")
        path.chmod(0o640)
        assert numbers(path, [], private=private).read() == [1]
        (aside,) = path.parent.glob("*.damaged-*")
        rights = [stat.S_IMODE(one.stat().st_mode) for one in (aside, path)]
        assert rights[0] == (0o600 if private else 0o640)
        assert not private or rights[1] == 0o600


def test_a_file_that_another_process_repaired_is_not_set_aside_again(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[1, ")

    class Lock:
        def __enter__(self) -> None:
            path.write_text("[1, 2]")

        def __exit__(self, *_: object) -> None: ...

    reported: list[UserError] = []
    assert numbers(path, reported, lock=Lock).read() == [1, 2]
    assert reported == [] and list(tmp_path.iterdir()) == [path]


def test_a_change_is_made_under_the_lock(tmp_path: Path) -> None:
    lock = threading.Lock()
    kept = numbers(tmp_path / "a.json", [], lock=lambda: lock)
    threads = [
        threading.Thread(target=kept.change, args=(lambda known, n=n: [*known, n],))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept.read()) == list(range(20))


def test_file_copy_and_folder_are_synced_before_the_damaged_file_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_text("[1, ")
    steps: list[str] = []
    sync, rename = os.fsync, Path.replace

    def noted_sync(handle: int) -> None:
        status = os.fstat(handle)
        steps.append("folder" if stat.S_ISDIR(status.st_mode) else f"file of {status.st_size}")
        sync(handle)

    def noted_rename(self: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_rename)
    numbers(path, []).read()
    whole = f"file of {len(json_text([1]))}"
    assert steps == ["file of 4", "folder", whole, "rename", "folder"]
