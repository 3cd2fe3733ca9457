"""Messengers, against a real HTTP server that behaves and misbehaves."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kirara_releases.notifications.messengers import Messengers
from kirara_releases.notifications.outbox import Uncertain
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice

NOTICE = Notice("今日はきららの発売日です。", "2026-12-09")


class Server(ThreadingHTTPServer):
    """Answers with each of ``answers`` once, and 200 afterwards."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[str] = []
        self.got: list[dict[str, object]] = []
        self.release = threading.Event()

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/services/T0123/B0123/verysecrettoken0123456"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.server.answers.pop(0) if self.server.answers else "200"
        self.server.got.append(json.loads(body))
        if answer == "stall":
            self.server.release.wait(10)
            return
        if answer == "disconnect":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(int(answer))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Drawer:
    """Secrets in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.locked = False

    def get(self, name: str) -> str:
        if self.locked:
            raise UserError("The keyring is locked.")
        return self.kept.get(name, "")

    def set(self, name: str, value: str) -> None:
        if self.locked:
            raise UserError("The keyring is locked.")
        self.kept[name] = value


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def messengers(tmp_path: Path, drawer: Drawer) -> Iterator[Messengers]:
    store = ReleaseStore(tmp_path)
    yield Messengers(store, drawer)
    store.close()


def send(messengers: Messengers) -> str:
    (destination,) = messengers.destinations()
    return destination.send(NOTICE)


def test_a_message_arrives_as_it_is(messengers: Messengers, server: Server) -> None:
    messengers.add("Slack", server.url)
    assert send(messengers) == "Slack"
    assert server.got[0]["title"] == NOTICE.title and server.got[0]["message"] == NOTICE.text


def test_names_are_kept_and_addresses_are_secret(
    messengers: Messengers, drawer: Drawer, tmp_path: Path, server: Server
) -> None:
    messengers.add(" Slack ", server.url)
    messengers.add("メール", "mailto://user:password@example.org")
    assert list(messengers.enabled()) == ["Slack", "メール"]
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"verysecret" not in kept and b"password" not in kept
    messengers.set_enabled("Slack", False)
    assert not messengers.enabled()["Slack"]
    assert [d.name for d in messengers.destinations()] == ["メール"]
    messengers.remove("メール")
    assert list(messengers.enabled()) == ["Slack"] and "messenger/メール" not in filter(
        drawer.kept.get, drawer.kept
    )


@pytest.mark.parametrize("answer", ["500", "429", "404"])
def test_a_refusal_may_be_tried_again(messengers: Messengers, server: Server, answer: str) -> None:
    messengers.add("Slack", server.url)
    server.answers = [answer]
    with pytest.raises(UserError, match=f"Slack.*error={answer}"):
        send(messengers)
    assert send(messengers) == "Slack"


@pytest.mark.parametrize("answer", ["stall", "disconnect"])
def test_without_an_answer_it_may_have_arrived(
    messengers: Messengers, server: Server, answer: str
) -> None:
    messengers.add("Slack", f"{server.url}?rto=0.3")
    server.answers = [answer]
    with pytest.raises(Uncertain):
        send(messengers)
    assert len(server.got) == 1
    server.answers = [answer]
    with pytest.raises(UserError, match="whether it arrived"):
        messengers.test("Slack", NOTICE)


def test_where_nobody_listens_nothing_arrived(messengers: Messengers) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    messengers.add("Slack", f"json://127.0.0.1:{port}/")
    with pytest.raises(UserError, match="refused"):
        send(messengers)


def test_where_nobody_accepts_nothing_arrived(messengers: Messengers) -> None:
    """A network that swallows everything: the connection itself times out."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        messengers.add("Slack", f"json://127.0.0.1:{port}/?cto=0.3")
        with pytest.raises(UserError, match="refused"):
            send(messengers)
        for one in waiting:
            one.close()


def test_tokens_do_not_reach_the_log(
    messengers: Messengers, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    messengers.add("Slack", server.url)
    server.answers = ["500"]
    with caplog.at_level(logging.DEBUG), pytest.raises(UserError) as refused:
        send(messengers)
    assert "verysecret" not in caplog.text and "verysecret" not in str(refused.value)


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://example.org/", "slack://", "json://"])
def test_an_unknown_address_is_refused(messengers: Messengers, url: str) -> None:
    with pytest.raises(UserError, match="not the address of a known"):
        messengers.add("Slack", url)
    assert list(messengers.enabled()) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "desktop"])
def test_some_names_are_refused(messengers: Messengers, server: Server, name: str) -> None:
    with pytest.raises(UserError, match="name"):
        messengers.add(name, server.url)


def test_a_locked_keyring_is_reported_and_adds_nothing(
    messengers: Messengers, drawer: Drawer, server: Server
) -> None:
    drawer.locked = True
    with pytest.raises(UserError, match="locked"):
        messengers.add("Slack", server.url)
    assert list(messengers.enabled()) == []
    drawer.locked = False
    messengers.add("Slack", server.url)
    drawer.kept.clear()
    with pytest.raises(UserError, match="no longer in the keyring"):
        send(messengers)


def test_services_give_their_own_addresses(messengers: Messengers) -> None:
    messengers.add("Discord", "https://discord.com/api/webhooks/012345678901234567/abcdefgh_ijkl")
    slack = f"T{'1' * 8}/B{'1' * 8}/{'c' * 24}"
    messengers.add("Slack", f"https://hooks.slack.com/services/{slack}")
    assert len(list(messengers.enabled())) == 2


def test_two_at_once_do_not_mix_their_reasons(messengers: Messengers, server: Server) -> None:
    messengers.add("Slack", server.url)
    server.answers = ["500", "404"]
    reasons: list[str] = []

    def one() -> None:
        try:
            messengers.test("Slack", NOTICE)
        except UserError as error:
            reasons.append(str(error))

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reasons) == 2 and sorted("500" in reason for reason in reasons) == [False, True]
