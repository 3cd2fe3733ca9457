"""The Bluesky source with the real servers, if they are installed: @atproto/dev-env from npm.

KIRARA_ATPROTO names the folder with its node_modules; the app view wants PostgreSQL and Redis,
DB_POSTGRES_URL and REDIS_HOST as for its own tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kirara_illustrations.sources import bluesky, make_source
from kirara_studio.api.errors import UserError

from .collecting import collect, ids

MODULES = os.environ.get("KIRARA_ATPROTO", "")

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="there is no node"),
    pytest.mark.skipif(
        not (MODULES and os.environ.get("DB_POSTGRES_URL") and os.environ.get("REDIS_HOST")),
        reason="set KIRARA_ATPROTO, DB_POSTGRES_URL and REDIS_HOST (see the top of this file)",
    ),
]


class Network:
    """A network of servers in a process of its own."""

    def __init__(self) -> None:
        program = Path(__file__).with_name("bluesky_network.mjs")
        self._process = subprocess.Popen(
            ["node", str(program), MODULES, "kirara"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, *command: Any) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("KIRARA "):
                return json.loads(line.removeprefix("KIRARA "))
        pytest.fail("the network ended")

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    network = Network()
    yield network
    network.end()


@pytest.fixture(scope="module")
def places(network: Network) -> dict[str, str]:
    return network.ask("begin")


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bluesky, "_PAGE", 3)


def test_an_account_and_a_list_are_collected_from_both_ends(
    network: Network, places: dict[str, str]
) -> None:
    first = network.ask("post", "yuno", 8)
    account = make_source("bluesky", {"host": places["view"], "account": "yuno.test"}, {})
    posts, state = collect(account, stop=1)
    newer = network.ask("post", "yuno", 5)
    more, state = collect(account, state, stop=1)  # in the midst of what is new
    newest = network.ask("post", "yuno", 1)
    rest, state = collect(account, state)
    everything = sorted(f"bluesky:{uri}" for uri in [*first, *newer, *newest])
    assert sorted(ids([*posts, *more, *rest])) == everything
    assert collect(account, state) == ([], state)
    assert posts[0].tags == ("sunflower",) and posts[0].author == "@yuno.test"
    assert posts[0].pictures[0].description == "a flower" and posts[0].posted is not None

    settings = {"host": places["pds"], "list": places["list"], "login": "miyako.test"}
    painters = make_source("bluesky", settings, {"password": places["password"]})
    assert painters.test() == "Painters: 3"
    assert sorted(ids(collect(painters)[0])) == everything


def test_what_the_servers_refuse_is_said_in_words(places: dict[str, str]) -> None:
    nobody = make_source("bluesky", {"host": places["view"], "account": "nobody.test"}, {})
    with pytest.raises(UserError, match="nothing at this address"):
        nobody.test()
    settings = {"host": places["pds"], "account": "yuno.test", "login": "miyako.test"}
    with pytest.raises(UserError, match="does not accept the secret"):
        make_source("bluesky", settings, {"password": "aaaa-bbbb-cccc-dddd"}).test()
    with pytest.raises(UserError, match="signed in"):
        make_source("bluesky", {"host": places["pds"], "account": "yuno.test"}, {}).test()
