"""Messengers, against a real HTTP server that behaves and misbehaves."""

from __future__ import annotations

import base64
import html
import logging
import socket
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice, Uncertain
from tests.api.webhook import Drawer, Server, webhook

NOTICE = Notice("今日はきららの発売日です。", "2026-12-09")


@pytest.fixture
def server() -> Iterator[Server]:
    with webhook() as server:
        yield server


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def messengers(tmp_path: Path, drawer: Drawer) -> Messengers:
    return Messengers(tmp_path / "data" / "messengers.json", drawer)


def send(messengers: Messengers, *attachments: Path) -> str:
    return messengers.send("Slack", NOTICE, attachments)


def test_a_message_arrives_as_it_is(messengers: Messengers, server: Server) -> None:
    messengers.add("Slack", server.url)
    assert send(messengers) == "Slack"
    assert server.got[0]["title"] == NOTICE.title and server.got[0]["message"] == NOTICE.text


def test_markup_in_a_notice_is_shown_as_it_is(
    messengers: Messengers, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = Notice("A & B", '<b>bold</b>\n<a href="https://e.org">here</a>')
    messengers.add("Slack", server.url)
    messengers.send("Slack", notice)
    assert server.got[0]["message"] == notice.text
    messengers.add("Slack", f"{server.url}?format=html")
    messengers.send("Slack", notice)
    shown = html.unescape(server.got[1]["message"].replace("<br />", "\n"))
    assert shown == notice.text and "<b>" not in server.got[1]["message"]
    telegram = "apprise.plugins.telegram.NotifyTelegram.notify_url"
    monkeypatch.setattr(telegram, f"http://127.0.0.1:{server.server_port}/bot")
    messengers.add("Telegram", "tgram://123456789:abcdefg_hijklmnop/12315544/")
    messengers.send("Telegram", notice)
    text = server.got[2]["text"].replace("\r\n", "\n")
    assert server.got[2]["parse_mode"] == "HTML" and text.startswith("<b>A &amp; B</b>")
    assert "&lt;b&gt;bold&lt;/b&gt;\n&lt;a href=" in text


def test_names_are_kept_and_addresses_are_secret(
    messengers: Messengers, drawer: Drawer, tmp_path: Path, server: Server
) -> None:
    messengers.add(" Slack ", server.url)
    messengers.add("メール", "mailto://user:password@example.org")
    assert messengers.names() == ["Slack", "メール"]
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"verysecret" not in kept and b"password" not in kept
    assert Messengers(tmp_path / "data" / "messengers.json", drawer).names() == ["Slack", "メール"]
    messengers.remove("メール")
    assert messengers.names() == ["Slack"]
    assert [name for name in drawer.kept if drawer.kept[name]] == ["messenger/Slack"]


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
    assert messengers.names() == []


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
    assert messengers.names() == []
    drawer.locked = False
    messengers.add("Slack", server.url)
    drawer.kept.clear()
    with pytest.raises(UserError, match="no longer in the keyring"):
        send(messengers)


def test_services_give_their_own_addresses(messengers: Messengers) -> None:
    messengers.add("Discord", "https://discord.com/api/webhooks/012345678901234567/abcdefgh_ijkl")
    slack = f"T{'1' * 8}/B{'1' * 8}/{'c' * 24}"
    messengers.add("Slack", f"https://hooks.slack.com/services/{slack}")
    assert messengers.names() == ["Discord", "Slack"]


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


# Pictures


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A file of all bytes, under a name that must not be parsed as an address."""
    path = tmp_path / "絵 100%25?name=x.png"
    path.write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 40)
    return path


def test_pictures_arrive_byte_for_byte(
    messengers: Messengers, server: Server, picture: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.png"
    other.write_bytes(b"2")
    messengers.add("Slack", server.url)
    assert send(messengers, picture, other) == "Slack"
    (message,) = server.got
    files = [(one["filename"], base64.b64decode(one["base64"])) for one in message["attachments"]]
    assert files == [(path.name, path.read_bytes()) for path in (picture, other)]
    assert message["message"] == NOTICE.text


def test_a_picture_arrives_in_a_form(messengers: Messengers, server: Server, picture: Path) -> None:
    messengers.add("Slack", server.address("form"))
    send(messengers, picture)
    assert picture.read_bytes() in server.bodies[0] and NOTICE.text.encode() in server.bodies[0]


def test_a_service_without_files_gets_the_text(
    messengers: Messengers, server: Server, picture: Path
) -> None:
    messengers.add("Slack", f"gotify://127.0.0.1:{server.server_port}/token")
    assert send(messengers, picture) == "Slack"
    assert [one["message"] for one in server.got] == [NOTICE.text]


def test_a_refused_picture_may_be_tried_again(
    messengers: Messengers, server: Server, picture: Path
) -> None:
    messengers.add("Slack", server.url)
    server.answers = ["413"]
    with pytest.raises(UserError, match=r"Slack.*error=413"):
        send(messengers, picture)
    assert send(messengers, picture) == "Slack"


@pytest.mark.parametrize("answer", ["stall", "disconnect"])
def test_a_picture_without_an_answer_may_have_arrived(
    messengers: Messengers, server: Server, picture: Path, answer: str
) -> None:
    messengers.add("Slack", f"{server.url}?rto=0.3")
    server.answers = [answer]
    with pytest.raises(Uncertain):
        send(messengers, picture)


def test_what_arrived_in_part_is_not_sent_again(
    messengers: Messengers, server: Server, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This service takes each file in a request of its own, the text with the first."""
    monkeypatch.setattr("apprise.NotifyBase.request_rate_per_sec", 0)  # seconds between them
    messengers.add("Slack", server.address("ntfy"))
    server.answers = ["200", "500"]
    with pytest.raises(Uncertain, match="500"):
        send(messengers, picture, picture)
    server.bodies.clear()
    server.answers = ["500"]
    with pytest.raises(UserError, match="500"):
        send(messengers, picture, picture)
    assert len(server.bodies) == 1


def test_a_picture_that_is_gone_is_named_before_anything_is_sent(
    messengers: Messengers, server: Server, picture: Path
) -> None:
    messengers.add("Slack", server.url)
    with pytest.raises(UserError, match=r"gone\.png"):
        send(messengers, picture, picture.with_name("gone.png"))
    assert server.got == []


@pytest.mark.parametrize("answer", ["500", "stall", "disconnect"])
@pytest.mark.parametrize("service", ["json", "form", "ntfy", "xml"])
def test_an_address_is_in_no_log_and_no_error(
    messengers: Messengers,
    server: Server,
    picture: Path,
    caplog: pytest.LogCaptureFixture,
    service: str,
    answer: str,
) -> None:
    url = server.address(service).replace("://", "://someone:password@")
    messengers.add("Slack", f"{url}?rto=0.2&+X-Key=anotherkey")
    server.answers = [answer]
    with caplog.at_level(logging.DEBUG), pytest.raises((UserError, Uncertain)) as raised:
        send(messengers, picture)
    reports = (caplog.text, "".join(traceback.format_exception(raised.value)))
    for secret in ("verysecret", "password", "anotherkey"):
        assert not [report for report in reports if secret in report]


# Those of a plugin


def test_a_plugins_own_messengers_are_taken_over_once(
    messengers: Messengers, drawer: Drawer
) -> None:
    for _ in range(2):
        assert messengers.take_over("Slack", "json://one/") == "Slack"
        assert messengers.take_over("Lost", "") == "Lost"
    assert messengers.names() == ["Lost", "Slack"]
    assert drawer.kept == {"messenger/Slack": "json://one/"}


def test_a_name_that_another_address_has_gets_a_number(
    messengers: Messengers, drawer: Drawer
) -> None:
    messengers.add("Slack", "json://one/")
    for _ in range(2):
        assert messengers.take_over("Slack", "json://two/") == "Slack 2"
    assert messengers.take_over("Slack", "json://three/") == "Slack 3"
    assert messengers.names() == ["Slack", "Slack 2", "Slack 3"]
    assert drawer.kept["messenger/Slack"] == "json://one/"


def test_a_list_that_cannot_be_read_is_not_empty(messengers: Messengers, tmp_path: Path) -> None:
    (tmp_path / "data" / "messengers.json").mkdir(parents=True)
    with pytest.raises(UserError, match=r"messengers\.json"):
        messengers.names()


def test_several_processes_change_the_list(
    messengers: Messengers, drawer: Drawer, tmp_path: Path
) -> None:
    others = [Messengers(tmp_path / "data" / "messengers.json", drawer) for _ in range(8)]
    threads = [
        threading.Thread(target=one.take_over, args=(f"{number}", "json://x/"))
        for number, one in enumerate(others)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert messengers.names() == [str(number) for number in range(8)]
