"""The inbox: what nobody else would take, remembered until it is read."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeAction, NoticeBackend
from kirara_studio.desktop.inbox import Inbox
from kirara_studio.desktop.notifications import Notifier
from tests.desktop.conftest import run_until

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

NOTICE = Notice("今日", "text", "releases", "releases.max", (NoticeAction("bought", "Bought"),))


def test_the_inbox_remembers_until_it_is_read(event_loop: QCoreApplication, tmp_path: Path) -> None:
    file = tmp_path / "inbox.json"
    inbox = Inbox(file)
    arrived: list[Notice] = []
    inbox.arrived.connect(arrived.append)
    notifier = Notifier([NoticeBackend("refuses", "", refuse), inbox.backend()])
    notifier.notify(NOTICE)
    run_until(lambda: arrived)
    assert arrived == [NOTICE]
    again = Inbox(file)
    assert again.unread() == [NOTICE]
    again.mark_read(NOTICE)
    assert again.unread() == [] and Inbox(file).unread() == []
    notifier.close()


def test_what_was_delivered_is_on_disk_without_the_ui_thread(tmp_path: Path) -> None:
    """No event loop runs here: a studio that is killed now has lost nothing."""
    send = Inbox(tmp_path / "inbox.json").backend().send
    threads = [threading.Thread(target=send, args=(Notice(str(n)),)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    titles = {notice.title for notice in Inbox(tmp_path / "inbox.json").unread()}
    assert titles == {str(n) for n in range(20)}


def test_a_notice_with_an_id_replaces_the_first_one_and_can_be_withdrawn(
    event_loop: QCoreApplication, tmp_path: Path
) -> None:
    inbox = Inbox(tmp_path / "inbox.json")
    withdrawn: list[str] = []
    inbox.withdrawn.connect(withdrawn.append)
    backend = inbox.backend()
    for notice in (Notice("one", id="a"), Notice("two"), Notice("2"), Notice("three", id="a")):
        backend.send(notice)
    assert [notice.title for notice in inbox.unread()] == ["two", "2", "three"]
    assert backend.withdraw is not None
    backend.withdraw("a")
    assert [notice.title for notice in inbox.unread()] == ["two", "2"]
    assert withdrawn == ["a"]


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        ("{", []),
        ("5", []),
        ('[5, {"title": "x", "actions": [{"id": "!"}, 3, {}]}, {}]', ["x", ""]),
        ('[{"title": "x", "actions": 7}]', ["x"]),
    ],
)
def test_a_damaged_file_costs_what_is_damaged(
    tmp_path: Path, content: str, titles: list[str]
) -> None:
    file = tmp_path / "inbox.json"
    file.write_text(content)
    inbox = Inbox(file)
    assert [notice.title for notice in inbox.unread()] == titles
    inbox.backend().send(Notice("new"))
    assert [notice.title for notice in Inbox(file).unread()] == [*titles, "new"]


def test_a_notice_that_is_there_is_kept_once_and_shown_once(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox.json")
    arrived: list[Notice] = []
    inbox.arrived.connect(arrived.append)
    for _ in range(2):
        inbox.backend().send(NOTICE)
    assert inbox.unread() == [NOTICE] and arrived == [NOTICE]


def test_the_inbox_does_not_grow_for_ever(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox.json")
    for number in range(105):
        inbox.backend().send(Notice(str(number)))
    assert [notice.title for notice in inbox.unread()] == [str(n) for n in range(5, 105)]


def test_where_nothing_can_be_written_nothing_counts_as_delivered(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    inbox = Inbox(tmp_path / "data" / "inbox.json")
    with pytest.raises(UserError):
        inbox.backend().send(NOTICE)
    assert inbox.unread() == []


def refuse(notice: Notice) -> None:
    raise UserError("not today")
