"""Pictures reach messengers once, against a webhook that behaves and misbehaves."""

from __future__ import annotations

import base64
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from kirara_illustrations.options import TOGETHER, Options
from kirara_illustrations.sending.deliveries import deliver, deliveries, plan, queue, unsent
from kirara_illustrations.sending.words import Card, Message, filled, message_of, words_of
from kirara_illustrations.storage.library import Library
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.messengers import Messengers, MessengerSwitches
from tests.api.webhook import Drawer, Server, webhook

from .kept_pictures import NOW, judge, keep
from .picture_server import drawing

TEMPLATE = Options().template
KILLS, COUNT = 30, 70
CARD = Card(
    7, Path("7.png"), "@yuno@example.org", "Yuno", "<b>日常</b> & more", ("cats", "rain"),
    "https://example.org/7", NOW, "feed of Yuno",
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    with webhook() as server:
        yield server


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "data")
    yield library
    library.close()


@pytest.fixture
def messengers(tmp_path: Path, server: Server) -> Messengers:
    messengers = Messengers(tmp_path / "messengers.json", Drawer())
    messengers.add("Slack", server.url)
    return messengers


class Sending:
    """Sends what is queued, at a time that one can set."""

    def __init__(self, library: Library, messengers: Messengers) -> None:
        self.library, self.messengers = library, messengers
        self.now = NOW

    def go(self, minutes: float = 0.0, **more: Any) -> list[Message]:
        self.now += 60 * minutes
        return deliver(self.library, self.messengers, TEMPLATE, str, clock=lambda: self.now, **more)

    def plan(self, options: Options, *, judged: bool = True) -> int:
        return plan(self.library, options, ["Slack"], judged=judged, now=self.now)

    def states(self) -> list[str]:
        rows = self.library.rows("SELECT state FROM delivery ORDER BY id")
        return [state for (state,) in rows]


@pytest.fixture
def sending(library: Library, messengers: Messengers) -> Sending:
    return Sending(library, messengers)


def texts(server: Server) -> list[str]:
    return [one["message"] for one in server.got]


def test_a_picture_arrives_once_with_its_address(sending: Sending, server: Server) -> None:
    one, two = keep(sending.library, [1, 2])
    assert queue(sending.library, [two, one], ["Slack"]) == 2
    assert [message.notice.id for message in sending.go()] == [
        f"illustrations:{two}",
        f"illustrations:{one}",
    ]
    assert queue(sending.library, [one, two], ["Slack"], digest=TOGETHER) == 0
    assert sending.go(600) == []
    assert texts(server) == [
        f"@yuno@example.org: drawing {n}\nhttps://example.org/{n}" for n in (2, 1)
    ]
    files = [base64.b64decode(one["base64"]) for m in server.got for one in m["attachments"]]
    assert files == [drawing(2), drawing(1)]


def test_several_pictures_make_messages_of_ten(sending: Sending, server: Server) -> None:
    pictures = keep(sending.library, range(12))
    queue(sending.library, pictures, ["Slack"], digest=TOGETHER)
    assert [message.notice.title for message in sending.go()] == [
        "10 new illustrations", "2 new illustrations",
    ]  # fmt: skip
    assert [len(one["attachments"]) for one in server.got] == [10, 2]
    found = " ".join(texts(server)).split()
    assert [word for word in found if word.startswith("https:")] == [
        f"https://example.org/{n}" for n in range(12)
    ]


@pytest.mark.parametrize("answer", ["500", "429"])
def test_a_refusal_is_tried_again_later(sending: Sending, server: Server, answer: str) -> None:
    pictures = keep(sending.library, [1])
    queue(sending.library, pictures, ["Slack"], now=NOW)
    server.answers = [answer]
    assert sending.go() == []
    (delivery,) = deliveries(sending.library, pictures)
    assert delivery.state == "pending" and "Slack" in delivery.error
    assert "verysecret" not in delivery.error
    assert sending.go(0.5) == [] and len(sending.go(0.6)) == 1 and sending.go(60) == []
    assert len(server.got) == 2 and sending.states() == ["delivered"]


def test_by_hand_what_was_refused_is_tried_at_once(sending: Sending, server: Server) -> None:
    pictures = keep(sending.library, [1])
    queue(sending.library, pictures, ["Slack"], now=NOW)
    server.answers = ["500"]
    assert sending.go() == [] and sending.go() == []
    assert queue(sending.library, pictures, ["Slack"], now=NOW) == 1
    assert len(sending.go()) == 1


@pytest.mark.parametrize("answer", ["stall", "disconnect"])
def test_what_may_have_arrived_is_not_sent_again(
    sending: Sending, server: Server, answer: str
) -> None:
    sending.messengers.add("Slack", f"{server.url}?rto=2")
    pictures = keep(sending.library, [1])
    queue(sending.library, pictures, ["Slack"], now=NOW)
    server.answers = [answer]
    assert sending.go() == sending.go(600) == []
    assert queue(sending.library, pictures, ["Slack"]) == 0 and sending.go(600) == []
    assert len(server.got) == 1 and sending.states() == ["uncertain"]


def test_only_new_illustrations_are_sent_by_themselves(sending: Sending, server: Server) -> None:
    library, on = sending.library, Options(send=True, threshold=0.8)
    judge(library, keep(library, [1], NOW - 60))  # kept before the switch was turned on
    assert sending.plan(on) == 0
    sure, unsure, no, yes, hidden, deleted, alike, old, unjudged = (
        keep(library, [number], NOW + 60)[0] for number in range(10, 19)
    )
    old_post = "UPDATE post SET posted = ? WHERE id = (SELECT post FROM picture WHERE id = ?)"
    library.write(old_post, (NOW - 1e6, old))
    judge(library, [sure, no, hidden, deleted, alike, old])
    judge(library, [unsure, yes], 0.79)
    library.correct([no], "photograph")
    library.correct([yes], "illustration")
    library.mark([hidden], hidden=True)
    library.trash([deleted])
    library.write("UPDATE picture SET alike = ? WHERE id = ?", (sure, alike))
    sending.now += 120
    assert unsent(library, "Slack", NOW, 0.8, judged=True) == [old, sure, yes]
    assert sending.plan(on) == 2 and sending.plan(on) == 0 and len(sending.go()) == 2
    assert [d.picture for d in deliveries(library, range(100))] == [sure, yes]
    assert len(server.got) == 2
    assert sending.plan(on, judged=False) == 1, "without a filter every picture passes"
    assert deliveries(library, range(100))[-1].picture == unjudged
    assert unsent(library, "Slack", NOW, 0.8, judged=True) == [old]


def test_what_was_queued_by_the_switch_ends_with_it(sending: Sending, server: Server) -> None:
    library, on = sending.library, Options(send=True)
    sending.plan(on)
    by_itself, by_hand = keep(library, [1, 2], NOW + 1)
    judge(library, [by_itself])
    queue(library, [by_hand], ["Slack"], now=NOW)
    assert sending.plan(on) == 1
    sending.plan(Options(send=False))
    assert len(sending.go()) == 1 and sending.states() == ["delivered", "dropped"]
    assert sending.plan(on) == 0, "it was kept before"


def test_a_messenger_that_was_switched_off_gets_nothing(
    sending: Sending, server: Server, messengers: Messengers
) -> None:
    switches = MessengerSwitches(sending.library, messengers)
    assert switches.enabled() == {"Slack": False}
    switches.set_enabled("Slack", True)
    assert [one.name for one in switches.destinations()] == ["Slack"]
    sending.plan(Options(send=True))
    judge(sending.library, keep(sending.library, [1], NOW + 1))
    assert sending.plan(Options(send=True)) == 1
    plan(sending.library, Options(send=True), [], judged=True, now=NOW)
    assert sending.go() == [] and sending.states() == ["dropped"]


def test_what_was_deleted_or_corrected_meanwhile_is_dropped(
    sending: Sending, server: Server
) -> None:
    library, on = sending.library, Options(send=True)
    sending.plan(on)
    pictures = keep(library, [1, 2, 3], NOW + 1)
    judge(library, pictures)
    assert sending.plan(on) == 3
    library.trash(pictures[:1])
    library.correct(pictures[1:2], "other")
    (message,) = sending.go()
    assert message.notice.id == f"illustrations:{pictures[2]}"
    assert sending.states() == ["dropped", "dropped", "delivered"]


def test_one_sends_at_a_time(sending: Sending, server: Server) -> None:
    queue(sending.library, keep(sending.library, [1]), ["Slack"], now=NOW)
    with FileLock(sending.library.folder / "sending.lock"):
        assert sending.go() == []
    assert len(sending.go()) == 1


def test_a_stop_comes_between_two_messages(sending: Sending, server: Server) -> None:
    queue(sending.library, keep(sending.library, range(3)), ["Slack"], now=NOW)

    def check() -> None:
        if server.got:
            raise Cancelled

    with pytest.raises(Cancelled):
        sending.go(check=check)
    assert sending.states() == ["delivered", "pending", "pending"]
    assert len(sending.go()) == 2


@pytest.mark.parametrize(("more", "text"), [("", "<b>"), ("?format=html", "&lt;b&gt;")])
def test_html_of_a_post_is_plain_text(
    sending: Sending, server: Server, more: str, text: str
) -> None:
    sending.messengers.add("Slack", server.url + more)
    queue(sending.library, keep(sending.library, [1], text="<b>bold</b>"), ["Slack"])
    assert len(sending.go()) == 1
    assert f"{text}bold" in texts(server)[0]


def test_the_template_is_filled() -> None:
    everything = "{author} {author_name} {text}\\n{tags} {address} {date} {source}"
    first, second = words_of(CARD, everything).split("\n")
    assert first == "@yuno@example.org Yuno <b>日常</b> & more"
    assert second.startswith("#cats #rain https://example.org/7 2027-01-1")
    assert second.endswith(" feed of Yuno")


@pytest.mark.parametrize(
    "broken", ["{", "}", "{}", "{0}", "{author.x}", "{nobody}", "{text!r}", "%s"]
)
def test_what_the_template_does_not_know_stays(broken: str) -> None:
    assert filled(broken, {"text": "t"}) == broken
    assert words_of(CARD, f"{broken} {{address}}") == f"{broken} {CARD.address}"


def test_braces_in_posts_are_no_places() -> None:
    assert filled("{text}", {"text": "{author} \\n"}) == "{author} \\n"


def test_the_address_is_always_there_and_long_posts_are_cut() -> None:
    card = Card(*(*list(vars(CARD).values())[:4], "あ" * 5000, *list(vars(CARD).values())[5:]))
    words = words_of(card, "{text}")
    assert words.endswith(f"…\n{CARD.address}") and len(words) < 1300
    notice = message_of("illustrations:7", [card] * 10, TEMPLATE, str).notice
    assert len(notice.text) < 2000 and notice.text.count(CARD.address) == 10


def test_a_file_that_is_gone_leaves_the_words(sending: Sending, server: Server) -> None:
    (picture,) = keep(sending.library, [1])
    queue(sending.library, [picture], ["Slack"])
    (item,) = sending.library.items([picture])
    sending.library.path_of(item.file).unlink()
    assert len(sending.go()) == 1 and server.got[0]["attachments"] == []


def test_killed_at_any_moment_nothing_arrives_twice(tmp_path: Path, server: Server) -> None:
    library = Library(tmp_path / "data")
    pictures = keep(library, range(COUNT))
    queue(library, pictures, ["Slack"], now=NOW)
    command = [sys.executable, "-m", "tests.plugins.kirara_illustrations.sending_program"]
    chance = random.Random(20)
    with subprocess.Popen(
        [*command, str(library.folder), server.url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdin is not None and program.stdout is not None
        for kill in range(KILLS + 1):
            wanted = len(server.got) + chance.randint(0, 3)
            program.stdin.write("\n")
            program.stdin.flush()
            process = int(program.stdout.readline())
            until = time.monotonic() + 60
            while len(server.got) < min(wanted, COUNT - KILLS) and time.monotonic() < until:
                time.sleep(0.001)
            if kill < KILLS:  # the last one may end
                time.sleep(chance.uniform(0.0, 0.02))
                os.kill(process, signal.SIGKILL)
            assert program.stdout.readline() == "ended\n"
        program.stdin.close()
    found = deliveries(library, pictures)
    states = [one.state for one in found]
    assert set(states) <= {"delivered", "uncertain"} and states.count("delivered") > COUNT // 2
    arrived = [text.split()[-1] for text in texts(server)]
    assert len(arrived) == len(set(arrived)), "twice"
    addresses = {item.id: item.address for item in library.items(pictures)}
    delivered = {addresses[one.picture] for one in found if one.state == "delivered"}
    assert delivered <= set(arrived)
    print(f"{states.count('uncertain')} of {COUNT} were interrupted while they were sent")
