"""``kirara-studio releases …``, as people and cron call it."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jpholiday
import pytest

from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.cli import main
from tests.plugins.kirara_releases.feed_server import closed_port

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    application: object,
) -> Run:
    """Runs ``kirara-studio releases`` and gives its exit status, output and errors.

    Commands make an application without windows where there is none, and that would then be the
    only one of all tests.
    """
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
    assert "“nth” does not belong" in run("add", "A", "--day", "9", "--nth", "2")[2]
    assert (
        "“holidays” does not belong"
        in run("add", "A", "--dates", "2026-12-09", "--holidays", "none")[2]
    )
    assert len(as_json(run, "list")) == 4


def test_a_release_that_no_rule_gives_is_a_correction(run: Run, tmp_path: Path) -> None:
    run("add", "Once", "--dates", "2026-12-09")
    path = tmp_path / "data" / "plugins-data" / "releases" / "magazines.toml"
    path.write_text(path.read_text() + 'corrections = { "2027-01" = 2027-01-08 }\n')
    (release,) = as_json(run, "next", "--from", "2027-01-01", "--months", 1, "--magazine", "once")
    assert (release["rule_date"], release["corrected"]) == (None, True)


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "KIRARA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "kirara_studio", "releases", "add"]
    adding = [
        subprocess.Popen([*command, f"P{n}", "--day", str(n)], env=environment) for n in range(1, 9)
    ]
    assert [process.wait(60) for process in adding] == [0] * 8
    folder = tmp_path / "data" / "plugins-data" / "releases"
    assert len(Catalogue(folder).magazines) == 4 + 8


def test_rules_need_no_records(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "plugins-data" / "releases"
    folder.mkdir(parents=True)
    with contextlib.closing(ReleaseStore(folder)) as store:
        store.connection.execute("PRAGMA user_version = 99")  # nothing can be kept there
    assert len(as_json(run, "next", "--from", "2026-12-01", "--months", 1)) == 4
    status, out, err = run("next", "--from", "2026-12-01", "--months", 1)
    assert status == 0 and out.count("\n") == 4 and "newer Kirara Studio" in err
    assert run("list")[0] == 0


def test_a_feed_is_fetched_by_the_command_for_cron(run: Run, tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    (tmp_path / "served" / "a.json").write_text(f'["{date.today().isoformat()}"]')
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "served"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        folder = tmp_path / "data" / "plugins-data" / "releases"
        folder.mkdir(parents=True)
        url = f"http://127.0.0.1:{server.server_port}/a.json"
        (folder / "magazines.toml").write_text(
            f"[[magazine]]\nid = 'fed'\ntitle = 'Fed'\nrule = {{ feed = '{url}' }}\n"
        )
        assert "was never fetched" in run("next")[1]
        status, out, _ = run("notify")
        assert status == 1 and "今日はFedの発売日です。" in out  # nobody listens, but it knows
        assert "never fetched" not in run("next")[1]
        server.shutdown()


def test_with_an_invalid_list_the_last_valid_one_counts(run: Run, tmp_path: Path) -> None:
    today = date.today().isoformat()
    run("add", "Only today", "--dates", today, "--id", "today")
    run("notify")
    path = tmp_path / "data" / "plugins-data" / "releases" / "magazines.toml"
    path.write_text("[[magazine]\n" + path.read_text())
    with contextlib.closing(ReleaseStore(path.parent)) as store, store.transaction() as connection:
        connection.execute("DELETE FROM telling")
    status, out, err = run("notify")
    assert status == 1 and "Only today" in out and "not valid TOML" in err


def test_a_calendar_file_is_kept_by_the_command_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "kept.ics"
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(
        f"[releases]\non_day = false\ncalendar_file = '{file}'\n"
    )
    assert run("notify")[0] == 0
    assert "BEGIN:VCALENDAR" in file.read_text()


def test_what_was_exported_is_not_imported_twice(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "days.ics"
    assert run("export", file, "--months", 3)[0] == 0
    status, out, _ = run("import", file)
    assert status == 0 and out.count("has a rule of its own, which stays") == 4
    assert len(as_json(run, "list")) == 4


def test_a_calendar_that_is_imported_again_moves_its_dates(run: Run, shared_folder: Path) -> None:
    field = shared_folder / "field" / "releases"
    assert run("import", field / "reimport-a.ics") == (0, "COMIC FUZ (1 date)\n", "")
    status, out, _ = run("import", field / "reimport-b.ics")
    assert status == 0 and out == "COMIC FUZ (1 moved: 12/9 → 12/11)\n"
    wanted = ("--from", "2026-12-01", "--months", 1, "--magazine", "comic-fuz")
    assert [r["date"] for r in as_json(run, "next", *wanted)] == ["2026-12-11"]
    assert "nothing new" in run("import", field / "reimport-b.ics")[1]
    assert run("import", field / "r-14-numbered.ics")[1] == "まんがタイムきらら (11 noted)\n"
    assert "2026年12月号" in run("next", "--from", "2026-12-01", "--months", 1)[1]


def test_an_alphabet_without_japanese_is_no_mistake(tmp_path: Path) -> None:
    environment = {**os.environ, "KIRARA_HOME": str(tmp_path), "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "kirara_studio", "releases", "next"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert b"?" in done.stdout and not done.stderr
    done = subprocess.run([*command, "--json"], env=environment, capture_output=True, check=True)
    assert "まんがタイム" in json.loads(done.stdout)[0]["title"]


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


def test_without_a_backend_it_fails_and_keeps_the_reminder(run: Run) -> None:
    for identity in ("kirara", "max", "forward", "carat"):  # today may be a day of theirs
        run("remove", identity)
    today = date.today().isoformat()
    run("add", "Today", "--dates", today)
    status, out, _ = run("notify")
    assert status == 1 and "Not delivered to desktop: The notice" in out
    assert run("notify", "--quiet")[0] == 1  # it is not delivered yet


def test_the_last_day_is_included_once(run: Run) -> None:
    first = as_json(run, "next", "--from", "2026-11-09", "--months", 1)
    second = as_json(run, "next", "--from", "2026-12-09", "--months", 1)
    assert not {r["date"] for r in first} & {r["date"] for r in second}


SECRETS = ("password", "0123456789abcdef", "token-in-query")


def test_passwords_and_keys_of_feeds_are_seen_by_nobody(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")  # as the studio logs
    here = f"me:password@127.0.0.1:{closed_port()}"
    url = f"http://{here}/private-0123456789abcdef/basic.ics?key=token-in-query"
    printed = [run("add", "Club", "--feed", url), run("list"), run("next"), run("notify")]
    printed += [run("list", "--json"), run("next", "--json")]
    printed.append(run("add", "Odd", "--feed", url.replace("127.0.0.1", "[broken")))
    assert '"http://127.0.0.1' in printed[4][1] and "http://127.0.0.1" in printed[1][1]
    seen = "".join(out + err for _, out, err in printed) + caplog.text
    assert not [secret for secret in SECRETS if secret in seen]
    holding = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and any(secret.encode() in path.read_bytes() for secret in SECRETS)
    ]
    assert holding
    if os.name != "nt":
        assert [path for path in holding if path.stat().st_mode & 0o077] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_list_of_an_earlier_version_becomes_private(run: Run, tmp_path: Path) -> None:
    run("add", "Club", "--day", "3")
    (path,) = tmp_path.rglob("magazines.toml")
    path.chmod(0o644)
    assert run("list")[0] == 0
    assert path.stat().st_mode & 0o077 == 0
