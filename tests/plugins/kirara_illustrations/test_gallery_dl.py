"""gallery-dl: the real program, and a small one that lists what its documentation describes."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kirara_illustrations.sources import RateLimited, Source, make_source
from kirara_illustrations.sources import gallery_dl as module
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled

from .collecting import collect, ids

ADDRESS = "https://art.example.org/yuno"

PROGRAM = """#!{python}
import json, sys
given = sys.argv[1:]
assert given[-2] == "--" and "--dump-json" in given and "--no-input" in given
first, last = map(int, given[given.index("--range") + 1].split("-"))
plan = json.load(open({plan!r}))
with open({log!r}, "a") as log:
    log.write(f"{{given[-1]}} {{first}}-{{last}}\\n")
place = plan.get(given[-1])
if place is None:
    print("[gallery-dl][error] Unsupported URL", file=sys.stderr)
    sys.exit(64)
if isinstance(place, str):
    exec(place)
files = [one for one in place if isinstance(one, list) and one[0] == 3][first - 1:last]
print(json.dumps([one for one in place if not isinstance(one, list) or one[0] != 3] + files))
"""


class Fake:
    """The program on the path, and what it was asked for."""

    def __init__(self, folder: Path) -> None:
        self._plan, self._log = folder / "plan.json", folder / "log"
        self._log.touch()
        program = folder / "gallery-dl"
        program.write_text(
            PROGRAM.format(python=sys.executable, plan=str(self._plan), log=str(self._log))
        )
        program.chmod(0o755)

    def plan(self, **places: Any) -> None:
        plan = {f"{ADDRESS}{'/' if name else ''}{name}": one for name, one in places.items()}
        self._plan.write_text(json.dumps(plan))

    def asked(self) -> list[str]:
        return [line.removeprefix(ADDRESS) for line in self._log.read_text().splitlines()]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(module, "FIRST", 5)  # within a post
    monkeypatch.setattr(module, "_OVERLAP", 2)
    return Fake(tmp_path)


def make(**options: Any) -> Source:
    return make_source("gallery_dl", {"address": ADDRESS}, {}, **options)


def files(*numbers: int) -> list[Any]:
    """Posts of two files each, as -j prints them, the newest first."""
    found: list[Any] = []
    for number in sorted(numbers, reverse=True):
        post = {
            "category": "art", "id": number, "title": f"Number {number}", "rating": "explicit",
            "author": {"name": "yuno", "nick": "Yuno ×"}, "tags": ["flower", "sun"],
            "date": "2026-04-01 09:00:00", "content": "<p>a &amp; b</p>",
        }  # fmt: skip
        found.append([2, post])
        for part in (1, 2):
            metadata = {**post, "num": part, "filename": f"{number}-{part}", "extension": "png"}
            found.append([3, f"https://files.example.org/{number}-{part}.png", metadata])
    return found


def everything(*numbers: int) -> list[str]:
    return sorted(f"gallery_dl:art:{number}" for number in numbers)


def test_metadata_become_posts(fake: Fake) -> None:
    fake.plan(**{"": files(7)})
    (post,), _ = collect(make())
    assert post.author == "yuno@art" and post.author_name == "Yuno ×"
    assert post.text == "Number 7\n\na & b" and post.tags == ("flower", "sun", "sensitive")
    assert post.posted is not None and post.posted.isoformat() == "2026-04-01T09:00:00+00:00"
    assert [picture.name for picture in post.pictures] == ["7-1.png", "7-2.png"]
    assert make().test() == "yuno@art: 1"


def test_a_listing_goes_on_in_parts_and_next_time_ends_at_what_is_known(fake: Fake) -> None:
    fake.plan(**{"": files(*range(1, 21))})
    posts, state = collect(make())
    assert sorted(ids(posts)) == everything(*range(1, 21))
    assert all(len(post.pictures) == 2 for post in posts)
    before = len(fake.asked())
    assert collect(make(), state) == ([], state)
    assert fake.asked()[before:] == [" 1-5"]
    fake.plan(**{"": files(*range(1, 26))})
    new, state = collect(make(), state)
    assert sorted(ids(new)) == everything(*range(21, 26))
    assert collect(make(), state) == ([], state)


@pytest.mark.parametrize("stop", [1, 2])
def test_a_stop_between_two_parts_loses_and_repeats_nothing(fake: Fake, stop: int) -> None:
    fake.plan(**{"": files(*range(1, 21))})
    posts, state = collect(make(), stop=stop)
    fake.plan(**{"": files(*range(1, 31))})
    more, state = collect(make(), state, stop=1)  # in the midst of what is new
    fake.plan(**{"": files(*range(1, 32))})
    rest, state = collect(make(), state)
    assert sorted(ids([*posts, *more, *rest])) == everything(*range(1, 32))
    assert all(len(post.pictures) == 2 for post in [*posts, *more, *rest])


def test_pages_that_consist_of_pages_are_followed_once(fake: Fake) -> None:
    inner = [[6, f"{ADDRESS}/{name}", {}] for name in ("posts", "media", "posts")]
    circle = [[6, ADDRESS, {}]]
    fake.plan(**{"": inner, "posts": files(1, 2) + circle, "media": files(3)})
    posts, state = collect(make())
    assert sorted(ids(posts)) == everything(1, 2, 3)
    fake.plan(**{"": inner, "posts": files(1, 2, 4) + circle, "media": files(3)})
    assert ids(collect(make(), state)[0]) == everything(4)


def test_films_and_odd_messages_are_left_out(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    film = [3, "https://files.example.org/a.mp4", {"id": 8, "extension": "mp4", "filename": "a"}]
    odd = [[3], [3, None, {"id": 9}], [3, "ytdl:x", {"id": 10}], 5, None, [6, "x"], {}, [3, 1, 2]]
    monkeypatch.setattr(module, "FIRST", 50)
    fake.plan(**{"": [*odd, film, *files(1)]})
    assert ids(collect(make())[0]) == everything(1)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ([[-1, {"error": "HttpError", "message": "'403 Forbidden' for 'https://u:p@e.org/?key=k'"}]],
         "403 Forbidden"),
        ("sys.exit(4)", "exit status 4"),
        ("print('[art][error] it is locked', file=sys.stderr); sys.exit(8)", "it is locked"),
        ("print('<html>'); sys.exit()", "cannot be read"),
        ("print('{}'); sys.exit()", "cannot be read"),
        ("print('[' * 100000); sys.exit()", "cannot be read"),
    ],
)  # fmt: skip
def test_what_the_program_says_becomes_a_sentence(fake: Fake, place: Any, words: str) -> None:
    fake.plan(**{"": place})
    with pytest.raises(UserError, match=words) as caught:
        collect(make())
    assert "key=k" not in str(caught.value) and "u:p@" not in str(caught.value)


def test_a_rate_limit_is_told_apart(fake: Fake) -> None:
    fake.plan(**{"": [[-1, {"error": "HttpError", "message": "'429 Too Many Requests'"}]]})
    with pytest.raises(RateLimited):
        collect(make())


def test_an_unknown_page_and_a_missing_program_are_named(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.plan()
    with pytest.raises(UserError, match="does not know pages"):
        collect(make())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="not installed") as caught:
        make().test()
    assert "install" in caught.value.advice


@pytest.mark.skipif(sys.platform == "win32", reason="processes are looked for as POSIX has them")
def test_stop_ends_the_program_and_what_it_started(fake: Fake, tmp_path: Path) -> None:
    started = tmp_path / "started"
    fake.plan(**{"": f"import subprocess, time; p = subprocess.Popen(['sleep', '60']); "
                     f"open({str(started)!r}, 'w').write(str(p.pid)); time.sleep(60)"})  # fmt: skip

    def check() -> None:
        if started.exists() and started.read_text():
            raise Cancelled

    begin = time.monotonic()
    with pytest.raises(Cancelled):
        collect(make(check=check))
    assert time.monotonic() - begin < 20
    child = Path("/proc", started.read_text(), "stat")
    for _ in range(100):
        if not child.exists() or child.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.02)
    pytest.fail("the program's own child still runs")


def test_too_long_and_too_much_is_ended(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    program = "kirara_illustrations.sources.gallery_dl_program"
    fake.plan(**{"": "import time; time.sleep(60)"})
    monkeypatch.setattr(f"{program}.SECONDS", 0.3)
    with pytest.raises(UserError, match="too long"):
        collect(make())
    monkeypatch.setattr(f"{program}.SECONDS", 30.0)
    monkeypatch.setattr(f"{program}.LARGEST", 1_000_000)
    fake.plan(**{"": "while True: print('x' * 100000)"})
    with pytest.raises(UserError, match="too much"):
        collect(make())


REAL = shutil.which("gallery-dl", path=str(Path(sys.executable).parent))


@pytest.mark.skipif(REAL is None, reason="gallery-dl is not installed")
def test_the_real_program_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert REAL is not None
    monkeypatch.setenv("PATH", str(Path(REAL).parent))
    monkeypatch.setenv("HOME", str(tmp_path))  # without the settings of who runs the tests
    # A link to a file, which the program describes without asking anybody.
    source = make_source("gallery_dl", {"address": "https://127.0.0.1/art/flower.png"}, {})
    (post,), state = collect(source)
    (picture,) = post.pictures
    assert picture.address == "https://127.0.0.1/art/flower.png" and picture.name == "flower.png"
    assert post.id == "gallery_dl:directlink:https://127.0.0.1/art/flower.png"
    assert collect(source, state) == ([], state)
    with pytest.raises(UserError, match="does not know pages"):
        make_source("gallery_dl", {"address": "https://127.0.0.1/"}, {}).test()


@pytest.mark.parametrize("address", ["", "--exec=x", "r:https://example.org", "oauth:x"])
def test_only_addresses_are_given_to_the_program(address: str) -> None:
    with pytest.raises(UserError, match="not complete"):
        make_source("gallery_dl", {"address": address}, {})
