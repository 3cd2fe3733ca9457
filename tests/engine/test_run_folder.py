"""What the studio and the training child leave for each other, whole, torn and damaged."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.engine.run_folder import (
    PAUSE,
    RUN,
    STOP,
    Control,
    EventReader,
    EventWriter,
    RunFolder,
    last_event,
)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


def kinds(folder: RunFolder) -> list[str]:
    return [event["event"] for event in EventReader(folder).read(math.inf)[0]]


def test_events_are_read_as_they_come(folder: RunFolder) -> None:
    reader = EventReader(folder)
    assert reader.read() == ([], True)
    writer = EventWriter(folder)
    writer.write("started", pid=1)
    (event,) = reader.read()[0]
    assert event["pid"] == 1 and event["time"] > 1_000_000_000
    assert reader.read() == ([], True)
    writer.write("message", text="日本語")
    assert [event["text"] for event in reader.read()[0]] == ["日本語"]
    name = os.fsdecode(b"\x83e.png")  # not UTF-8
    writer.write("message", text=name)
    assert [event["text"] for event in reader.read()[0]] == [name]
    writer.close()
    assert not (folder.path / "reserve").exists()


def test_a_torn_line_waits_for_its_end(folder: RunFolder) -> None:
    line = b'{"event": "message", "text": "whole", "time": 1}\n'
    folder.events.write_bytes(line + line[:20])
    reader = EventReader(folder)
    assert len(reader.read()[0]) == 1
    with folder.events.open("ab") as file:
        file.write(line[20:])
    assert len(reader.read()[0]) == 1


@pytest.mark.parametrize("torn", [b'{"event": "mess', b"x" * 10_000, b"\xff\x00{"])
def test_the_next_writer_mends_a_torn_line(folder: RunFolder, torn: bytes) -> None:
    writer = EventWriter(folder)
    writer.write("started")
    writer.close()
    with folder.events.open("ab") as file:
        file.write(torn)
    reader = EventReader(folder)
    assert len(reader.read()[0]) == 1
    writer = EventWriter(folder)
    writer.write("finished")
    writer.close()
    assert [event["event"] for event in reader.read()[0]] == ["finished"]
    for line in folder.events.read_bytes().splitlines():
        json.loads(line)


def test_a_file_that_is_one_torn_line_becomes_empty(folder: RunFolder) -> None:
    folder.events.write_bytes(b'{"event"')
    EventWriter(folder).close()
    assert folder.events.read_bytes() == b""


def test_lines_that_are_not_events_are_skipped(folder: RunFolder) -> None:
    folder.events.write_bytes(
        b'null\n[1]\n\n{"event": 3}\n{"event": "surprise"}\nnonsense\n\xff\xfe\n'
        b'{"event": []}\n' + b"[" * 100_000 + b"\n"
        b'{"event": "finished"}\n[{"event": "failed"}]\n'
    )
    assert kinds(folder) == ["finished"]
    last = last_event(folder)
    assert last is not None and last["event"] == "finished"


def test_the_last_event_of_a_long_file(folder: RunFolder) -> None:
    writer = EventWriter(folder)
    for _ in range(3):
        writer.write("message", text="x" * 100_000)
    writer.write("message", text="y" * 100_000)
    last = last_event(folder)
    assert last is not None and last["text"] == "y" * 100_000
    writer.close()


def test_a_long_history_is_read_in_parts(folder: RunFolder) -> None:
    line = json.dumps({"event": "progress", "metrics": {"loss": 0.5}}).encode() + b"\n"
    folder.events.write_bytes(line * 30_000)
    reader = EventReader(folder)
    total, rounds, all_read = 0, 0, False
    while not all_read:
        events, all_read = reader.read(seconds=0.005)
        total += len(events)
        rounds += 1
    assert total == 30_000
    assert rounds > 1


def test_paths_follow_a_moved_folder(folder: RunFolder) -> None:
    folder.events.write_bytes(b'{"event": "preview", "path": "previews/1.png"}\n')
    (event,) = EventReader(folder).read()[0]
    assert event["path"] == str(folder.path / "previews" / "1.png")


def test_a_new_file_is_read_from_its_beginning(folder: RunFolder) -> None:
    folder.events.write_bytes(b'{"event": "message", "text": "a long one"}\n')
    reader = EventReader(folder)
    reader.read()
    folder.events.write_bytes(b'{"event": "started"}\n')
    assert [event["event"] for event in reader.read()[0]] == ["started"]


def test_control_holds_what_is_wanted(folder: RunFolder) -> None:
    control = Control(folder)
    assert control.wanted == RUN
    for wanted in (PAUSE, RUN, STOP):
        folder.want(wanted)
        assert control.wanted == wanted


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"[]", b'"pause"', b'{"wanted": "explode"}', b'{"wanted": []}', b"\xff"]
)
def test_a_damaged_control_file_changes_nothing(folder: RunFolder, damaged: bytes) -> None:
    control = Control(folder)
    folder.want(PAUSE)
    assert control.wanted == PAUSE
    (folder.path / "control.json").write_bytes(damaged)
    assert control.wanted == PAUSE
    folder.want(RUN)
    assert control.wanted == RUN


@pytest.mark.parametrize(
    "damaged", [b"", b"[]", b"{}", b'{"trainer": 1, "request": {}}', b"\xff", b"[" * 100_000]
)
def test_a_damaged_description_is_a_user_error(folder: RunFolder, damaged: bytes) -> None:
    (folder.path / "run.json").write_bytes(damaged)
    with pytest.raises(UserError, match=r"run\.json"):
        folder.read_run()


def test_requests_are_plain_values(folder: RunFolder) -> None:
    with pytest.raises(TypeError):
        folder.write_run("a:b", {"folder": folder.path})
    assert not folder.exists


def test_the_lock_lives_as_long_as_its_process(folder: RunFolder) -> None:
    assert not folder.alive
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from kirara_studio.engine.run_folder import RunFolder\n"
        "lock = RunFolder(Path(sys.argv[1])).lock()\nprint('locked', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"locked\n"
        assert folder.alive
        with pytest.raises(UserError, match="being trained already"):
            folder.lock(patience=0.1)
        holder.kill()
    assert not folder.alive
    folder.lock().close()
