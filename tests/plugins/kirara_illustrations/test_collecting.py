"""Collecting from a real server: pages, files, failures, and a process that is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kirara_illustrations.collecting.collector import Collecting, Collector, Result, collect_due
from kirara_illustrations.sources.base import RateLimited
from kirara_illustrations.storage.library import PICTURES, Library, Query, SourceRow
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from tests.api.webhook import Drawer

from .picture_server import Listed, Site, drawing, picture_site, post

ALL = Query(passing=None)
KILLS = 12


@pytest.fixture
def site() -> Iterator[Site]:
    with picture_site() as site:
        yield site


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def source(library: Library, site: Site, name: str = "site", kind: str = "listed") -> SourceRow:
    library.add_source(name, kind, {"address": site.address})
    return row_of(library, name)


def row_of(library: Library, name: str = "site") -> SourceRow:
    return next(row for row in library.sources() if row.name == name)


def files(library: Library) -> list[Path]:
    return sorted(path for path in (library.folder / PICTURES).rglob("*") if path.is_file())


def test_posts_and_files_arrive_once(library: Library, site: Site) -> None:
    row = source(library, site)
    posts = [post(n, site.add(f"{n}.png", drawing(n))) for n in range(5)]
    assert Collector(library).collect(row, Listed(*posts)) == Result(posts=5, files=5)
    items = library.items(library.find(ALL))
    assert [item.text for item in items] == [f"drawing {n}" for n in (4, 3, 2, 1, 0)]
    assert {(item.width, item.height, item.author) for item in items} == {
        (48, 48, "@yuno@example.org")
    }
    assert library.path_of(items[0].file).read_bytes() == drawing(4)
    again = Listed(*posts, post(9, site.add("9.png", drawing(9))))
    assert Collector(library).collect(row_of(library), again) == Result(posts=1, files=1)
    assert again.given == ["test:9"], "it goes on where it was"
    assert set(site.asked.values()) == {1}
    other = source(library, site, "other")
    assert Collector(library).collect(other, Listed(*posts)) == Result(), "the same posts"


def test_a_stop_between_pages_loses_and_repeats_nothing(library: Library, site: Site) -> None:
    row = source(library, site)
    posts = [post(n, site.add(f"{n}.png", drawing(n))) for n in range(6)]

    def stop(result: Result) -> None:
        if result.posts == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        Collector(library, report=stop).collect(row, Listed(*posts))
    rest = Listed(*posts)
    assert Collector(library).collect(row_of(library), rest) == Result(posts=2, files=6)
    assert rest.given == ["test:4", "test:5"] and set(site.asked.values()) == {1}


def test_what_fails_is_tried_again_or_given_up(library: Library, site: Site) -> None:
    now = [1_800_000_000.0]
    collector = Collector(library, clock=lambda: now[0])
    gone, busy = site.add("gone.png", 404), site.add("busy.png", 500)
    page, cut = site.add("page.png", b"<html>no picture"), site.add("cut.png", drawing(1)[:60])
    posts = [post(n, one) for n, one in enumerate((gone, busy, page, cut))]
    assert collector.collect(source(library, site), Listed(*posts)).failed == 4
    assert {address for address, _ in library.failures()} == {gone, busy, page, cut}
    assert files(library) == []
    site.add("busy.png", drawing(2))
    assert collector.fetch_files() == Result(), "not yet"
    now[0] += 61
    assert collector.fetch_files() == Result(files=1)
    now[0] += 1e7
    assert collector.fetch_files() == Result() and site.asked["/gone.png"] == 1


def test_a_host_that_asks_for_patience_is_left_alone(library: Library, site: Site) -> None:
    posts = [post(n, site.add(f"{n}.png", 429)) for n in range(9)]
    result = Collector(library).collect(source(library, site), Listed(*posts))
    assert result.failed == 1 and sum(site.asked.values()) == 1


def test_the_same_bytes_are_kept_once(library: Library, site: Site) -> None:
    posts = [post(n, site.add(f"{n}.png", drawing(7))) for n in range(3)]
    Collector(library).collect(source(library, site), Listed(*posts))
    assert len(files(library)) == 1 and len(library.find(ALL)) == 3
    assert library.size == len(drawing(7))


@pytest.mark.parametrize("kind", ["listed", "folder"])
def test_only_a_folder_may_name_files_of_the_user(
    library: Library, site: Site, tmp_path: Path, kind: str
) -> None:
    secret = tmp_path / "own.png"
    secret.write_bytes(drawing(3))
    Collector(library).collect(source(library, site, kind=kind), Listed(post(1, str(secret))))
    found = [item.file for item in library.items(library.find(ALL))]
    assert found == ([str(secret)] if kind == "folder" else [])
    library.trash([1])
    library.tidy()
    assert secret.read_bytes() == drawing(3), "it stays where it is"


def test_a_site_of_the_internet_may_not_refer_to_this_network(library: Library, site: Site) -> None:
    library.add_source("far", "listed", {"address": "https://93.184.215.14/feed"})
    address = site.add("router.png", drawing(1))
    result = Collector(library).collect(row_of(library, "far"), Listed(post(1, address)))
    assert result.failed == 1 and not site.asked
    assert "your own network" in str(library.failures()[0][1])


def test_an_error_and_the_next_time_are_remembered(library: Library, site: Site) -> None:
    row, now = source(library, site), 1_800_000_000.0
    collector = Collector(library, clock=lambda: now)
    with pytest.raises(UserError):
        collector.collect(row, Listed(error=UserError("The account is gone.")))
    row = row_of(library)
    assert "The account is gone." in row.error and row.next_time == now + 3600
    until = datetime.fromtimestamp(now + 900, UTC)
    with pytest.raises(RateLimited):
        collector.collect(row, Listed(error=RateLimited("Too often.", until=until)))
    assert row_of(library).next_time == now + 900
    collector.collect(row, Listed())
    assert row_of(library).error == ""


FEED = """<rss version="2.0"><channel><title>Yuno</title>{items}</channel></rss>"""
ITEM = """<item><title>{n}</title><guid>{n}</guid><link>{site}/{n}</link>
<enclosure url="{site}/{n}.png" type="image/png" length="1"/></item>"""


def feed(library: Library, site: Site, count: int) -> list[SourceRow]:
    for number in range(count):
        site.add(f"{number}.png", drawing(number))
    items = "".join(ITEM.format(n=n, site=site.address) for n in range(count))
    address = site.add("feed.xml", FEED.format(items=items).encode())
    library.add_source("Yuno", "feed", {"address": address})
    return library.sources()


def test_one_collects_at_a_time_and_nothing_is_fetched_twice(library: Library, site: Site) -> None:
    rows, other = feed(library, site, 4), Library(library.folder)
    library.add_source("gone", "feed", {"address": f"{site.address}/none.xml"})
    first = collect_due(library, Drawer(), library.sources())
    assert next(first)[1] == Result(posts=4, files=4)
    with pytest.raises(Collecting, match="Somebody else is collecting"):
        next(collect_due(other, Drawer(), rows))
    assert [row.name for row, _ in first] == ["gone"]
    assert list(collect_due(other, Drawer(), rows)) == [], "it was collected since"
    assert set(site.asked.values()) == {1}
    assert len(list(collect_due(other, Drawer(), other.sources()))) == 2


def test_two_processes_do_not_collect_at_once(library: Library, site: Site) -> None:
    rows = feed(library, site, 2)
    holder = (
        "import sys; from filelock import FileLock\n"
        "with FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(library.folder / "collecting.lock")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdout is not None and program.stdout.readline() == "held\n"
        with pytest.raises(Collecting):
            next(collect_due(library, Drawer(), rows))
        program.kill()
    assert [result for _, result in collect_due(library, Drawer(), rows)] == [
        Result(posts=2, files=2)
    ]
