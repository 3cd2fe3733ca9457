"""``kirara-studio releases …``, as people and cron call it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jpholiday
import pytest

from kirara_studio.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``kirara-studio releases`` and gives its exit status, output and errors."""
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main(["releases", *map(str, arguments)])
        except SystemExit as error:  # argparse
            status = int(error.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def as_json(run: Run, *arguments: object) -> list[dict[str, Any]]:
    status, out, err = run(*arguments, "--json")
    assert status == 0, err
    return json.loads(out)


@pytest.mark.parametrize(
    "verb", ["", "next", "notify", "export", "import", "add", "list", "remove"]
)
def test_every_command_explains_itself(run: Run, verb: str) -> None:
    status, out, _ = run(*verb.split(), "--help")
    assert status == 0 and f"kirara-studio releases {verb}".strip() in out


def test_needs_neither_torch_nor_qt(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        f"os.environ['KIRARA_HOME'] = {str(tmp_path)!r}\n"
        "from kirara_studio.cli import main\n"
        "assert main(['releases', 'next', '--json']) == 0\n"
        "assert not {'torch', 'cv2', 'numpy', 'PySide6', 'requests', 'apprise'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_every_month_from_2018_to_2030_is_the_authors(run: Run) -> None:
    releases = as_json(run, "next", "--from", "2018-01-01", "--months", 13 * 12)
    found = {(release["magazine"], release["date"]) for release in releases}
    expected = set()
    for year in range(2018, 2031):
        for month in range(1, 13):
            for name, day in {"kirara": 9, "max": 19, "forward": 24, "carat": 28}.items():
                out = date(year, month, day)
                while out.isoweekday() == 7 or jpholiday.is_holiday(out):
                    out -= timedelta(1)
                expected.add((name, out.isoformat()))
    assert found == expected and len(releases) == 13 * 12 * 4
    assert [r["date"] for r in releases] == sorted(r["date"] for r in releases)
    assert all(r["rule_date"] == r["date"] for r in releases)


def test_next_is_a_list_that_people_can_read(run: Run) -> None:
    status, out, _ = run("next", "--from", "2026-12-01", "--months", 1)
    assert status == 0
    assert out.splitlines()[0].startswith("2026-12-09 (水)  まんがタイムきらら")
    assert (
        run("next", "--magazine", "max", "--from", "2026-12-01", "--months", 1)[1].count("\n") == 1
    )
    assert "no magazine “jump”" in run("next", "--magazine", "jump")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("next", "--months", "0"),
        ("next", "--months", "1201"),
        ("next", "--months", "x"),
        ("next", "--from", "yesterday"),
        ("add", "A"),
        ("add", "A", "--day", "9", "--feed", "https://example.org"),
        ("add", "A", "--weekday", "funday"),
    ],
)
def test_nonsense_is_misuse(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_the_ends_of_the_calendar_are_no_trouble(run: Run) -> None:
    assert len(as_json(run, "next", "--from", "9999-11-01", "--months", 24)) == 8
    assert len(as_json(run, "next", "--from", "1900-01-01", "--months", 12)) == 48
    assert len(as_json(run, "next", "--from", "0001-01-01", "--months", 1)) == 4


def test_magazines_come_and_go(run: Run) -> None:
    assert (
        run("add", "COMIC FUZ", "--weekday", "friday", "--nth", "-1", "--color", "#112233")[0] == 0
    )
    assert run("add", "増刊", "--dates", "2027-01-08", "2026-12-30", "--id", "extra")[0] == 0
    assert run("add", "月末", "--day", "31", "--holidays", "later")[0] == 0
    listed = as_json(run, "list")
    assert [m["id"] for m in listed][4:] == ["comic-fuz", "extra", "magazine"]
    assert "last friday" in run("list")[1] and "2 single dates" in run("list")[1]
    extra = as_json(run, "next", "--from", "2026-12-01", "--months", 2, "--magazine", "extra")
    assert [r["date"] for r in extra] == ["2026-12-30", "2027-01-08"]
    assert run("remove", "extra")[0] == 0
    status, _, err = run("remove", "extra")
    assert status == 1 and "no magazine “extra”" in err


def test_a_magazine_that_makes_no_sense_is_not_added(run: Run) -> None:
    for arguments in (("--day", "32"), ("--feed", "ftp://x"), ("--day", "9", "--color", "red")):
        status, _, err = run("add", "A", *arguments)
        assert status == 1 and "cannot be added" in err
    assert run("add", "A", "--day", "9", "--id", "kirara")[0] == 1
    assert len(as_json(run, "list")) == 4


def test_a_correction_in_the_file_wins(run: Run, tmp_path: Path) -> None:
    run("add", "A", "--day", "9")
    path = tmp_path / "data" / "plugins-data" / "releases" / "magazines.toml"
    path.write_text(path.read_text() + 'corrections = { "2026-12" = 2026-12-11 }\n')
    (release,) = as_json(run, "next", "--from", "2026-12-01", "--months", 1, "--magazine", "a")
    assert (release["date"], release["rule_date"]) == ("2026-12-11", "2026-12-09")
    assert "corrected" in run("next", "--from", "2026-12-01", "--months", 1, "--magazine", "a")[1]
    path.write_text(path.read_text() + "corrections = 3\n")
    status, _, err = run("next")
    assert status == 1 and "not valid TOML" in err


def test_without_anybody_to_tell_it_fails_and_keeps_it(run: Run) -> None:
    for identity in ("kirara", "max", "forward", "carat"):  # today may be a day of theirs
        run("remove", identity)
    today = date.today().isoformat()
    run("add", "Today", "--dates", today)
    status, out, _ = run("notify")
    assert status == 1 and "Not told through desktop" in out
    assert run("notify", "--quiet")[0] == 1  # and it was tried again
    run("remove", "today")
    assert run("notify")[:2] == (0, "Nothing new to tell.\n")


def test_the_last_day_is_included_once(run: Run) -> None:
    first = as_json(run, "next", "--from", "2026-11-09", "--months", 1)
    second = as_json(run, "next", "--from", "2026-12-09", "--months", 1)
    assert not {r["date"] for r in first} & {r["date"] for r in second}
