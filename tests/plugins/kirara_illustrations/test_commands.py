"""``kirara-studio illustrations …``, as people and cron call it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from kirara_studio.cli import main
from tests.host.keyrings import use_keyring

from .picture_server import Site, drawing, picture_site

Run = Callable[..., tuple[int, str, str]]

FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Yuno</title>{items}</channel></rss>"""
ITEM = """<item><title>drawing {n}</title><guid>{n}</guid><link>{site}/{n}</link>
<pubDate>Sat, 28 Nov 2026 0{n}:00:00 GMT</pubDate>
<enclosure url="{site}/{n}.png" type="image/png" length="1"/></item>"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``kirara-studio illustrations`` and gives its exit status, output and errors."""
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main(["illustrations", *map(str, arguments)])
        except SystemExit as error:  # argparse
            status = int(error.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture
def site() -> Iterator[Site]:
    with picture_site() as site:
        yield site


def sources(run: Run) -> list[dict[str, Any]]:
    status, out, err = run("sources", "list", "--json")
    assert status == 0, err
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_a_folder_is_collected_and_collected_again(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "drawings"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.png").write_bytes(drawing(number))
    assert run("sources", "add", "mine", "folder", f"path={folder}")[0] == 0
    assert "3" in run("sources", "test", "mine")[1]
    assert run("collect", "--once") == (0, "mine: 3 new posts, 3 pictures\n", "")
    assert run("collect", "--once") == (0, "", ""), "it is not due"
    (folder / "1.png").write_bytes(drawing(7, 96))
    assert run("collect", "--source", "mine") == (0, "mine: 0 new posts, 1 pictures\n", "")
    (source,) = sources(run)
    assert source["kind"] == "folder" and source["settings"] == {"path": str(folder)}
    assert source["next"] > source["collected"] > 0 and source["error"] == ""


def test_a_feed_is_collected(run: Run, site: Site) -> None:
    items = "".join(ITEM.format(n=n, site=site.address) for n in range(4))
    for number in range(4):
        site.add(f"{number}.png", drawing(number))
    address = site.add("feed.xml", FEED.format(items=items).encode())
    assert run("sources", "add", "Yuno", "feed", f"address={address}", "every=30")[0] == 0
    assert run("collect", "--once") == (0, "Yuno: 4 new posts, 4 pictures\n", "")
    (source,) = sources(run)
    assert source["next"] - source["collected"] == pytest.approx(1800)
    assert run("sources", "list")[1].startswith(f"Yuno (feed: address {address}")


def test_two_do_not_collect_at_once(run: Run, tmp_path: Path) -> None:
    run("sources", "add", "mine", "folder", f"path={tmp_path}")
    (database,) = tmp_path.rglob("illustrations.sqlite")
    with FileLock(database.with_name("collecting.lock")):
        status, out, err = run("collect", "--once")
    assert status == 1 and out == "" and "Somebody else is collecting" in err


def test_what_fails_is_said_and_remembered(run: Run, site: Site) -> None:
    run("sources", "add", "gone", "feed", f"address={site.address}/none.xml")
    status, out, err = run("collect", "--once")
    assert status == 1 and out == "" and err.startswith("gone: ")
    assert sources(run)[0]["error"] in err
    assert "    " in run("sources", "list")[1]


def test_a_secret_is_kept_and_never_shown(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_keyring(monkeypatch, "memory")
    monkeypatch.setattr("sys.stdin", io.StringIO("s3cret-token\n"))
    words = ("mastodon", f"host={site.address}", "list=7", "--secret")
    assert run("sources", "add", "list", *words)[0] == 0
    shown = "".join(run("sources", "list", *more)[1] for more in ((), ("--json",)))
    status, _, err = run("collect", "--once")
    assert status == 1 and "s3cret" not in shown + err
    database = tmp_path.rglob("illustrations.sqlite*")
    assert not any(b"s3cret" in path.read_bytes() for path in database)
    assert run("sources", "remove", "list")[0] == 0 and sources(run) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sources", "add", "a", "feed", "adress=x"), "“adress” is not a setting"),
        (
            ("sources", "add", "a", "feed", "every=soon", "address=https://e.org"),
            "number of minutes",
        ),
        (("sources", "add", "a", "feed"), "source is not complete"),
        (
            ("sources", "add", "a", "mastodon", "account=@a@e.org", "boosts=maybe"),
            "either on or off",
        ),
        (("sources", "add", "a", "photos"), "invalid choice"),
        (("sources", "test", "b"), "no source “b”"),
        (("collect", "--source", "b"), "no source “b”"),
    ],
)
def test_mistakes_are_explained(run: Run, words: tuple[str, ...], said: str) -> None:
    status, _, err = run(*words)
    assert status != 0 and said in err
    assert sources(run) == []
