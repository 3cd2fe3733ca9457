"""Rounds of the service that are killed: database and folder agree, and all happens once.

A round collects from a feed with pages and sends to a webhook, both real ones on this computer.
It is killed at moments spread over its whole life; ``KIRARA_KILLS`` says how often.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kirara_illustrations.sending.deliveries import deliveries
from kirara_illustrations.storage.library import PICTURES, Library, Query
from tests.api.webhook import Server, webhook

from .kept_pictures import NOW
from .picture_server import Site, drawing, picture_site

KILLS = int(os.environ.get("KIRARA_KILLS", "20"))
ITEM = """<item><title>{n}</title><guid>{n}</guid><link>{site}/{n}</link>
<enclosure url="{site}/{n}.png" type="image/png" length="1"/></item>"""
A_PAGE = 4
MOST_NEW = 7  # posts between two rounds
A_COPY = 10  # each tenth picture has the bytes of the one before


@pytest.fixture
def server() -> Iterator[Server]:
    with webhook() as server:
        yield server


@pytest.fixture
def site() -> Iterator[Site]:
    with picture_site() as site:
        yield site


class Feed:
    """A site with a feed that grows: its newest page, and the older ones in an archive."""

    def __init__(self, site: Site) -> None:
        self.site, self.count = site, 0

    def grow(self, count: int) -> None:
        for number in range(self.count, self.count + count):
            self.site.add(f"{number}.png", picture(number))
        self.count += count
        for page in range((self.count - 1) // A_PAGE + 1):
            last = (page + 1) * A_PAGE >= self.count
            numbers = range(min((page + 1) * A_PAGE, self.count) - 1, page * A_PAGE - 1, -1)
            items = "".join(ITEM.format(n=n, site=self.site.address) for n in numbers)
            link = f'<atom:link rel="prev-archive" href="/{page - 1}.xml"/>' if page else ""
            self.site.add(
                "feed.xml" if last else f"{page}.xml",
                '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
                f"<channel><title>Yuno</title>{link}{items}</channel></rss>".encode(),
            )

    def asked(self) -> Counter[int]:
        """How often each picture was asked for."""
        asked = self.site.asked.items()
        return Counter({int(path[1:-4]): n for path, n in asked if path.endswith(".png")})


def picture(number: int) -> bytes:
    return drawing(number - (number % A_COPY == A_COPY - 1))


class Rounds:
    """Rounds of the program, each in a process of its own."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program
        self._now = NOW
        self._lasting: list[float] = []  # seconds, of those that nobody killed

    def finish(self) -> None:
        """Do a round."""
        start = time.monotonic()
        self._start()
        assert self._end() == "done 0\n"
        self._lasting.append(time.monotonic() - start)

    def kill(self, share: float) -> bool:
        """Kill a round after a share of its life (0…1); returns whether it had not ended before."""
        process = self._start()
        time.sleep(share * statistics.median(self._lasting[-5:]))
        os.kill(process, signal.SIGKILL)
        end = self._end()
        assert end in ("killed\n", "done 0\n")
        return end == "killed\n"

    def _start(self) -> int:
        self._now += 7_200
        return int(self._ask(f"{self._now}"))

    def _end(self) -> str:
        return self._ask("")

    def _ask(self, line: str) -> str:
        assert self._program.stdin is not None and self._program.stdout is not None
        self._program.stdin.write(f"{line}\n")
        self._program.stdin.flush()
        return self._program.stdout.readline()


@contextmanager
def program(*arguments: str) -> Iterator[Rounds]:
    command = [sys.executable, "-m", "tests.plugins.kirara_illustrations.collecting_program"]
    with subprocess.Popen(
        [*command, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Rounds(process)
        assert process.stdin is not None
        process.stdin.close()


def files(folder: Path) -> dict[Path, bytes]:
    """The files of pictures, without those that are being written."""
    paths = (folder / PICTURES).rglob("*")
    return {one: one.read_bytes() for one in paths if one.is_file() and one.name[0] != "."}


def there(folder: Path) -> set[int]:
    """The numbers of the pictures that have come; each has a whole file, and each file a picture.

    The database is read as it was left, and not as the library would repair it.
    """
    path, stems = folder / "illustrations.sqlite", {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT id, address, state, file FROM picture").fetchall()
    found, come = files(folder), set()
    for identity, address, state, file in rows:
        number = int(address.rpartition("/")[2].removesuffix(".png"))
        stems[f"{identity:08d}"] = number
        if state == "kept":
            assert found[folder / file] == picture(number)
            come.add(number)
    for one, data in found.items():
        assert data == picture(stems[one.stem])
        come.add(stems[one.stem])
    return come


@pytest.mark.timeout(120 + 15 * KILLS)
def test_killed_at_any_moment_all_happens_once(tmp_path: Path, site: Site, server: Server) -> None:
    folder, feed, chance = tmp_path / "data", Feed(site), random.Random(18)
    folder.mkdir()
    kills, moments, again = 0, Counter[str](), Counter[int]()
    with program(str(folder), site.address, server.url) as rounds:
        feed.grow(MOST_NEW)
        rounds.finish()
        while kills < KILLS:
            come = there(folder)
            feed.grow(chance.randint(2, MOST_NEW) if feed.count - len(come) < MOST_NEW else 0)
            if kills % 8 == 0:  # how long it takes changes with what else this machine does
                rounds.finish()
                feed.grow(MOST_NEW)
            before, sent = feed.asked(), len(server.got)
            if not rounds.kill(chance.random()):
                continue
            kills += 1
            asked = feed.asked() - before
            again.update(asked.keys() & before.keys())
            assert not asked.keys() & come, "fetched though it was there"
            moments["sending" if len(server.got) > sent else "files" if asked else "before"] += 1
        feed.grow(MOST_NEW)
        rounds.finish()
    library = Library(folder)
    items = library.items(library.find(Query(passing=None, folded=False)))
    assert sorted(int(item.text) for item in items) == list(range(feed.count))
    assert set(files(folder)) == {library.path_of(item.file) for item in items}
    assert not list((folder / PICTURES).rglob(".*")), "a part was left behind"
    # A file that came and was not written yet when the process was killed is fetched once more.
    assert sum((feed.asked() - Counter(range(feed.count))).values()) <= moments["files"]
    shown = {item.id: item.address for item in items if item.alike <= 0}
    assert len(shown) == feed.count - feed.count // A_COPY
    found = deliveries(library, (item.id for item in items))
    assert sorted(one.picture for one in found) == sorted(shown)
    arrived = [one["message"].split()[-1] for one in server.got]
    assert len(arrived) == len(set(arrived)), "sent twice"
    states = Counter(one.state for one in found)
    assert set(states) <= {"delivered", "uncertain"}
    assert states["uncertain"] <= moments["sending"] + moments["files"] + moments["before"]
    assert {shown[one.picture] for one in found if one.state == "delivered"} <= set(arrived)
    print(f"{kills} kills: {dict(moments)}; {feed.count} pictures, {sum(again.values())} fetched")
    print(f"again; deliveries: {dict(states)}, {len(arrived)} arrived")
