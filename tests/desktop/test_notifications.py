"""Notification backends, and the notifier that tries them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeAction, NoticeBackend
from kirara_studio.desktop.notifications import Notifier
from tests.desktop.conftest import run_until
from tests.desktop_session import DesktopSession

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def collected(notifier: Notifier) -> list[tuple[str, str]]:
    delivered: list[tuple[str, str]] = []
    notifier.delivered.connect(lambda notice, backend: delivered.append((notice.title, backend)))
    return delivered


def refuse(notice: Notice) -> None:
    raise UserError("not today")


def test_each_notice_tries_the_backends_from_the_first_on(event_loop: QCoreApplication) -> None:
    sent: list[str] = []
    works = threading.Event()

    def moody(notice: Notice) -> None:
        if not works.is_set():
            raise UserError("not yet")
        sent.append(notice.title)

    def broken(notice: Notice) -> None:
        raise KeyError("a slip of the pen")

    def exits(notice: Notice) -> None:
        raise SystemExit(3)

    last: list[str] = []
    notifier = Notifier(
        [
            NoticeBackend("last", "", lambda notice: last.append(notice.title), order=1000),
            NoticeBackend("exits", "", exits, order=30),
            NoticeBackend("moody", "", moody, order=10),
            NoticeBackend("broken", "", broken, order=20),
        ]
    )
    delivered = collected(notifier)
    assert [backend.id for backend in notifier.backends()] == ["moody", "broken", "exits", "last"]
    notifier.notify(Notice("one"))
    run_until(lambda: delivered)
    works.set()
    notifier.notify(Notice("two"))
    run_until(lambda: len(delivered) == 2)
    assert delivered == [("one", "last"), ("two", "moody")]
    assert (sent, last) == (["two"], ["one"])
    notifier.close()


def test_a_channel_that_hangs_is_passed_over(event_loop: QCoreApplication) -> None:
    free = threading.Event()
    notifier = Notifier(
        [
            NoticeBackend("hangs", "", lambda notice: free.wait(30) and None, order=1),
            NoticeBackend("works", "", lambda notice: None, order=2),
        ],
        timeout=0.1,
    )
    delivered = collected(notifier)
    notifier.notify(Notice("one"))
    run_until(lambda: delivered)
    assert delivered == [("one", "works")]
    free.set()
    notifier.close()


def test_notices_are_sent_in_order_and_to_the_end(event_loop: QCoreApplication) -> None:
    sent: list[str] = []

    def slow(notice: Notice) -> None:
        time.sleep(0.005)
        sent.append(notice.title)

    notifier = Notifier([NoticeBackend("slow", "", slow)])
    for number in range(20):
        notifier.notify(Notice(str(number)))
    notifier.close()
    assert sent == [str(number) for number in range(20)]


def test_a_notice_that_no_backend_takes_is_reported(event_loop: QCoreApplication) -> None:
    notifier = Notifier([NoticeBackend("refuses", "", refuse)])
    lost: list[str] = []
    notifier.undelivered.connect(lambda notice: lost.append(notice.title))
    notifier.notify(Notice("one"))
    run_until(lambda: lost)
    assert lost == ["one"]
    notifier.close()


def in_a_thread(function: Callable[[], object]) -> object:
    """What the function returns, or the exception that it raises, in a worker thread."""
    results: list[object] = []

    def call() -> None:
        try:
            results.append(function())
        except Exception as error:
            results.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    return results[0]


def test_to_deliver_is_to_wait_and_to_know_who_took_it(event_loop: QCoreApplication) -> None:
    sent: list[str] = []
    notifier = Notifier(
        [
            NoticeBackend("works", "", lambda notice: sent.append(notice.title), order=2),
            NoticeBackend("refuses", "", refuse, order=1),
        ]
    )
    delivered = collected(notifier)
    assert in_a_thread(lambda: notifier.deliver(Notice("one"))) == "works"
    assert sent == ["one"]
    run_until(lambda: delivered == [("one", "works")])


def test_to_deliver_in_vain_is_an_error_that_names_every_channel(
    event_loop: QCoreApplication,
) -> None:
    def broken(notice: Notice) -> None:
        raise KeyError("a slip of the pen")

    notifier = Notifier([NoticeBackend("refuses", "", refuse), NoticeBackend("broken", "", broken)])
    error = in_a_thread(lambda: notifier.deliver(Notice("今日")))
    assert isinstance(error, UserError)
    assert "“今日”" in error.message
    assert "refuses: not today" in error.advice and "broken: KeyError" in error.advice


def test_the_ui_thread_must_not_wait(event_loop: QCoreApplication) -> None:
    with pytest.raises(RuntimeError, match="worker thread"):
        Notifier([NoticeBackend("works", "", lambda notice: None)]).deliver(Notice("one"))


def test_a_notice_is_withdrawn_everywhere_and_after_what_waits(
    event_loop: QCoreApplication,
) -> None:
    done: list[str] = []

    def slow(notice: Notice) -> None:
        time.sleep(0.05)
        done.append(f"sent {notice.id}")

    def broken(notice_id: str) -> None:
        raise KeyError("a slip of the pen")

    notifier = Notifier(
        [
            NoticeBackend("broken", "", refuse, order=1, withdraw=broken),
            NoticeBackend("cannot", "", refuse, order=2),
            NoticeBackend(
                "slow", "", slow, order=3, withdraw=lambda i: done.append(f"withdrew {i}")
            ),
        ]
    )
    notifier.notify(Notice("one", id="a"))
    notifier.withdraw("a")
    notifier.close()
    assert done == ["sent a", "withdrew a"]


@pytest.mark.parametrize("identity", ["", "default", "Bought", "app.quit", "a b", "買った"])
def test_an_action_has_a_word_as_its_id(identity: str) -> None:
    with pytest.raises(ValueError, match="lower-case word"):
        NoticeAction(identity, "Bought")


def test_in_a_running_program_notices_go_where_somebody_sees_them(
    session: DesktopSession,
) -> None:
    session.start_tray()
    program = session.start_python("-m", "tests.desktop.tray_program")
    program.wait_for(available=True)
    program.tell("notify nobody-there")
    # The icon went over the bus, so a balloon would be lost without a daemon: not even tried.
    assert program.wait_for(delivered="nobody-there")["backend"] == "inbox"
    session.start_notifications()
    program.tell("notify daemon-there")
    assert program.wait_for(delivered="daemon-there")["backend"] == "daemon"
    session.run("dunstctl", "action", "0")
    assert program.wait_for(activated="daemon-there")["panel"] == "characters"
    session.stop_notifications()
    program.tell("notify gone-again")
    assert program.wait_for(delivered="gone-again")["backend"] == "inbox"
