"""What is called again and again: by the clock on the wall, whatever that does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from kirara_studio.desktop.scheduler import WallClockScheduler
from tests.desktop.conftest import run_until

NOON = 1_800_000_000.0


class Clock:
    """A clock on the wall that somebody sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scheduler(event_loop: QCoreApplication, clock: Clock) -> Iterator[WallClockScheduler]:
    scheduler = WallClockScheduler(clock=clock)
    yield scheduler
    # Functions that know it keep it alive until the garbage is collected, in whichever thread;
    # and a timer must end in its own.
    scheduler.stop()


def test_a_function_is_called_when_its_time_has_come_and_once(
    scheduler: WallClockScheduler, clock: Clock
) -> None:
    called: list[float] = []
    scheduler.every(60, lambda: called.append(clock.now - NOON))
    for seconds in (0, 30, 59, 60, 61, 100, 119.75, 121):
        clock.now = NOON + seconds
        scheduler.look()
    assert called == [60, 119.75]


def test_what_came_due_in_sleep_is_called_once_on_waking_and_the_rest_is_not(
    scheduler: WallClockScheduler, clock: Clock
) -> None:
    called: list[str] = []
    scheduler.every(60, lambda: called.append("each minute"))
    scheduler.every(86400, lambda: called.append("each day"))
    clock.now += 8 * 3600
    scheduler.look()
    assert called == ["each minute"]
    clock.now += 16 * 3600
    scheduler.look()
    assert called == ["each minute", "each minute", "each day"]


@pytest.mark.parametrize("jump", [365 * 86400.0, -365 * 86400.0, -10.0])
def test_after_a_jump_of_the_clock_all_goes_on(
    scheduler: WallClockScheduler, clock: Clock, jump: float
) -> None:
    called: list[str] = []
    scheduler.every(3600, lambda: called.append("called"))
    clock.now += 5
    scheduler.look()
    assert called == []
    clock.now += jump
    scheduler.look()
    assert called == ["called"]
    clock.now += 3590
    scheduler.look()
    assert called == ["called"]
    clock.now += 10
    scheduler.look()
    assert called == ["called", "called"]


def test_a_small_correction_of_the_clock_is_not_a_jump(
    scheduler: WallClockScheduler, clock: Clock
) -> None:
    called: list[str] = []
    scheduler.every(3600, lambda: called.append("called"))
    clock.now -= 0.5
    scheduler.look()
    assert called == []


def test_a_failure_is_reported_once_and_the_function_called_again(
    scheduler: WallClockScheduler, clock: Clock
) -> None:
    reported: list[str] = []
    called: list[str] = []
    works = [True, False, False, True, False]

    def moody() -> None:
        called.append("called")
        if not works[len(called) - 1]:
            raise OSError(f"call {len(called)}")

    scheduler.failed.connect(lambda error: reported.append(str(error)))
    scheduler.every(60, moody)
    scheduler.every(60, lambda: called.append("other"))
    for _ in works:
        clock.now += 60
        scheduler.look()
        called.remove("other")
    assert reported == ["call 2", "call 5"]


def test_functions_may_come_and_go_while_others_are_called(
    scheduler: WallClockScheduler, clock: Clock
) -> None:
    called: list[str] = []
    scheduler.every(60, lambda: scheduler.every(60, lambda: called.append("later")))
    clock.now += 60
    scheduler.look()
    assert called == []
    clock.now += 60
    scheduler.look()
    assert called == ["later"]
    scheduler.every(60, scheduler.stop)
    clock.now += 60
    scheduler.look()
    clock.now += 60
    called.clear()
    scheduler.look()
    assert called == []


def test_with_the_real_clock_the_event_loop_calls(event_loop: QCoreApplication) -> None:
    scheduler = WallClockScheduler()
    called: list[str] = []
    scheduler.every(0.05, lambda: called.append("often"))
    scheduler.every(0.2, lambda: called.append("seldom"))
    run_until(lambda: called.count("seldom") == 2)
    assert called.count("often") > 2
    scheduler.stop()


@pytest.mark.parametrize("seconds", [61, 3600, 86400])
def test_it_looks_at_the_clock_once_a_minute_at_least(
    scheduler: WallClockScheduler, seconds: float
) -> None:
    scheduler.every(seconds, lambda: None)
    assert 55_000 <= scheduler.findChild(QTimer).remainingTime() <= 60_500
