"""An outbox over a table of a plugin's own: pictures arrive once at a real webhook."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

import pytest
from filelock import FileLock

from kirara_studio.api.database import Database, Schema, load_error
from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.outbox import DeliveryTable, Destination, Outbox, desktop_destination
from tests.api.webhook import Drawer, Server, webhook

TABLE = DeliveryTable("delivery")
SCHEMA = Schema(
    f"CREATE TABLE IF NOT EXISTS delivery (id INTEGER PRIMARY KEY, picture TEXT NOT NULL,"
    f" {TABLE.columns}, UNIQUE (picture, destination)) STRICT;"
)


@dataclass(frozen=True)
class Message:
    """A notice with pictures."""

    notice: Notice
    pictures: tuple[Path, ...]


class Alerts:
    """Sends new pictures to a messenger, as a panel would."""

    def __init__(self, folder: Path, messengers: Messengers) -> None:
        self.database = Database(folder / "pictures.sqlite", SCHEMA)
        self.lock = folder / "outbox.lock"
        self.now = 0.0
        self.destinations: list[Destination[Message]] = [
            Destination("Slack", lambda m: messengers.send("Slack", m.notice, m.pictures))
        ]

    def add(self, batch: str, *pictures: Path) -> None:
        for picture in pictures:
            for destination in self.destinations:
                self.database.write(
                    "INSERT OR IGNORE INTO delivery (picture, destination, due, batch, state)"
                    " VALUES (?, ?, ?, ?, 'pending')",
                    (str(picture), destination.name, self.now, batch),
                )

    def deliver(self, minutes: float = 0) -> list[Message]:
        self.now += 60 * minutes
        outbox = Outbox(
            self.database, TABLE, self.lock, self.destinations, self.claim, self.compose
        )
        return outbox.deliver(lambda: self.now)

    def claim(self, connection: Connection, batch: str, destination: str) -> list[Path]:
        rows = connection.execute(
            "UPDATE delivery SET state = 'sending'"
            " WHERE batch = ? AND destination = ? AND state = 'pending' RETURNING picture",
            (batch, destination),
        )
        return [Path(picture) for (picture,) in rows.fetchall()]

    def compose(self, batch: str, pictures: list[Path]) -> Message:
        return Message(Notice(f"{len(pictures)} new", id=batch), tuple(pictures))

    @property
    def states(self) -> list[str]:
        return [state for (state,) in self.database.rows("SELECT state FROM delivery ORDER BY id")]


@pytest.fixture
def server() -> Iterator[Server]:
    with webhook() as server:
        yield server


@pytest.fixture
def alerts(tmp_path: Path, server: Server) -> Iterator[Alerts]:
    messengers = Messengers(tmp_path / "messengers.json", Drawer())
    messengers.add("Slack", f"{server.url}?rto=0.3")
    alerts = Alerts(tmp_path, messengers)
    yield alerts
    alerts.database.close()


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.png" for number in range(2)]
    for path in paths:
        path.write_bytes(f"picture {path.name}".encode())
    return paths


def received(server: Server) -> list[list[bytes]]:
    """The pictures of each message that the server was sent."""
    return [[base64.b64decode(one["base64"]) for one in m["attachments"]] for m in server.got]


def test_pictures_arrive_once(alerts: Alerts, server: Server, pictures: list[Path]) -> None:
    alerts.add("new", *pictures)
    alerts.add("again", *pictures)
    (message,) = alerts.deliver()
    assert message.notice.title == "2 new" and alerts.deliver(600) == []
    assert received(server) == [[path.read_bytes() for path in pictures]]
    rows = alerts.database.rows("SELECT state, backend, delivered_at FROM delivery")
    assert rows == [("delivered", "Slack", 0.0)] * 2


def test_a_refusal_is_tried_again_and_names_no_address(
    alerts: Alerts, server: Server, pictures: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    alerts.add("new", *pictures)
    server.answers = ["500"]
    with caplog.at_level(logging.DEBUG):
        assert alerts.deliver() == []
    (error,) = {text for (text,) in alerts.database.rows("SELECT error FROM delivery")}
    assert "500" in str(load_error(error)) and "500" in caplog.text
    assert "verysecret" not in error + caplog.text
    assert alerts.deliver(0.5) == [] and len(alerts.deliver(0.6)) == 1
    assert len(server.got) == 2 and alerts.states == ["delivered"] * 2


@pytest.mark.parametrize("answer", ["stall", "disconnect"])
def test_what_may_have_arrived_is_not_sent_again(
    alerts: Alerts, server: Server, pictures: list[Path], answer: str
) -> None:
    alerts.add("new", *pictures)
    server.answers = [answer]
    assert alerts.deliver() == alerts.deliver(600) == []
    assert len(server.got) == 1 and alerts.states == ["uncertain"] * 2


def test_a_picture_that_is_gone_is_given_up_after_a_week(
    alerts: Alerts, server: Server, pictures: list[Path]
) -> None:
    pictures[0].unlink()
    alerts.add("new", pictures[0])
    alerts.add("other", pictures[1])
    assert len(alerts.deliver()) == 1
    alerts.deliver(8 * 24 * 60)
    assert alerts.states == ["failed", "delivered"] and len(server.got) == 1


def test_after_a_kill_a_messenger_is_not_asked_to_deliver_again(
    alerts: Alerts, server: Server, pictures: list[Path]
) -> None:
    alerts.add("new", *pictures)
    sending = alerts.destinations

    def killed(message: Message) -> str:
        sending[0].send(message)
        raise KeyboardInterrupt

    alerts.destinations = [Destination("Slack", killed)]
    with pytest.raises(KeyboardInterrupt):
        alerts.deliver()
    alerts.destinations = sending
    assert alerts.states == ["sending"] * 2 and alerts.deliver(1) == []
    assert alerts.states == ["uncertain"] * 2 and len(server.got) == 1


def test_one_process_delivers_at_a_time(alerts: Alerts, pictures: list[Path]) -> None:
    alerts.add("new", *pictures)
    with FileLock(alerts.lock):
        assert alerts.deliver() == []
    assert len(alerts.deliver()) == 1


def test_a_folder_for_the_lock_that_is_gone_is_named(alerts: Alerts, pictures: list[Path]) -> None:
    alerts.add("new", *pictures)
    alerts.lock = alerts.lock.with_name("gone.png") / "outbox.lock"
    alerts.lock.parent.write_bytes(b"a file")
    with pytest.raises(UserError, match="outbox"):
        alerts.deliver()
    assert alerts.states == ["pending"] * 2


@pytest.mark.parametrize(
    ("answers", "shown"),
    [([None, True], True), ([False, None], False), ([None], None), ([], None)],
)
def test_the_desktop_knows_what_one_of_its_backends_knows(
    answers: list[bool | None], shown: bool | None
) -> None:
    backends = [
        NoticeBackend(str(n), "", lambda notice: None, was_shown=lambda _, answer=answer: answer)
        for n, answer in enumerate(answers)
    ]
    desktop = desktop_destination(lambda notice: "daemon", lambda: backends)
    assert desktop.was_shown("batch") is shown and desktop.repeatable
