"""Files from the disk become proposals: a magazine for each title, with its dates."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kirara_releases.exchange.importing import read_file
from kirara_studio.api.errors import UserError

TODAY = date(2026, 12, 1)


def saved(folder: Path, content: str | bytes, name: str = "my.ics") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_events_are_gathered_by_title(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "BEGIN:VCALENDAR\n"
        "BEGIN:VEVENT\nSUMMARY:MAX\nDTSTART:20261219\nRRULE:FREQ=MONTHLY;COUNT=2\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:きらら\nDTSTART:20261209\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY: MAX\nDTSTART:20270219\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART:20270101\nEND:VEVENT\n"
        "END:VCALENDAR\n",
    )
    assert list(read_file(path, today=TODAY).items()) == [
        ("きらら", (date(2026, 12, 9),)),
        ("MAX", (date(2026, 12, 19), date(2027, 1, 19), date(2027, 2, 19))),
        ("my", (date(2027, 1, 1),)),
    ]


def test_json_without_titles_is_called_as_it_calls_itself(tmp_path: Path) -> None:
    path = saved(tmp_path, '{"title": "All", "releases": ["2026-12-09"]}', "x.json")
    assert read_file(path) == {"All": (date(2026, 12, 9),)}


def test_two_names_that_become_one_are_one_proposal(tmp_path: Path) -> None:
    path = saved(tmp_path, '[{"date": "2026-12-09", "title": "x"}, "2027-01-09"]', "x.json")
    assert read_file(path) == {"x": (date(2026, 12, 9), date(2027, 1, 9))}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"[]", "lists no dates"),
        (b"<html>", "web page"),
        (b"BEGIN:VCALENDAR\n", "is incomplete"),
        (b"[" * 1_000_000, "nested too deeply"),
        (b" " * 5_000_001, "more than 5 MB"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_calendar_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence) as raised:
        read_file(saved(tmp_path, content))
    assert "my.ics" in raised.value.message and raised.value.advice


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no file .*missing\.ics"):
        read_file(tmp_path / "missing.ics")
    with pytest.raises(UserError, match="is not a file"):
        read_file(tmp_path)
    with pytest.raises(UserError):
        read_file(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ics")
    with pytest.raises(UserError, match="is not a file"):
        read_file(tmp_path / "pipe.ics")
