"""What counts as an explosion, and what as a collapse."""

from __future__ import annotations

import math

import pytest
import torch

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.guard import Guard


def guard_after(losses: list[float], least: float = 0.0) -> Guard:
    guard = Guard(1e-3, least)
    for loss in losses:
        guard.add(torch.tensor(loss))
    return guard


def test_a_loss_far_above_its_own_median_for_many_steps_is_an_explosion() -> None:
    usual = [1.0, 1.2, 0.8, 1.1, 0.9] * 10
    assert not guard_after(usual).exploded()
    assert not guard_after(usual + [1e27] * 10).exploded()
    assert guard_after(usual + [1e27] * 20).exploded()
    assert guard_after(usual + [-1e27] * 20).exploded()
    assert guard_after([1.0] + [1e27] * 20).exploded()  # from the second step on
    assert not guard_after(usual + [30.0] * 200).exploded()
    assert not guard_after((usual + [1e27] * 10) * 5).exploded()  # never many in a row
    assert not guard_after([1e-3] * 50 + [0.9] * 50, least=1.0).exploded()


def test_a_slow_explosion_is_one_too() -> None:
    """The median follows losses that double every hundred steps."""
    slow = guard_after([1.01**step for step in range(1200)])
    assert slow.exploded() and slow.doubtful
    assert not guard_after([1.001**step for step in range(1200)]).exploded()  # to 3.3


def test_losses_that_swing_are_an_explosion() -> None:
    """Seen at a rate of 0.5: 6441, and 5e-19 in the next step; never many in a row."""
    swinging = guard_after([1.0] * 50 + [1e-6, 1e27, 1.0] * 10)
    assert not swinging.exploded() and swinging.doubtful
    assert guard_after([1.0] * 50 + [1e-6, 1e27, 1.0] * 30).exploded()
    before, after = guard_after([1.0]), Guard(1e-3)
    assert not before.exploded()
    after.restore(before.values())
    for loss in [1e27, 1e-6] * 30:  # as the first ones after a restart
        after.add(torch.tensor(loss))
    assert after.exploded()


def test_it_says_so_until_the_run_goes_back() -> None:
    guard = guard_after([1.0, math.nan])
    assert guard.exploded() and guard.exploded()
    guard.slow_down()
    assert not guard.exploded() and guard.share == 0.5


def test_while_losses_are_far_too_high_nothing_is_kept() -> None:
    guard = guard_after([1.0] * 20 + [1e6] * 3)
    assert not guard.exploded() and guard.doubtful
    guard.add(torch.tensor(1.0))
    assert not guard.exploded() and not guard.doubtful


def test_two_losses_are_watched_apart() -> None:
    guard = Guard(1e-3)
    for _ in range(50):
        guard.add(torch.tensor(1.0), torch.tensor(1e6))
    assert not guard.exploded()


def test_quality_falls_when_two_figures_are_below_half_of_the_best() -> None:
    guard = Guard(1e-3)
    assert [guard.fell("recall", value) for value in (0.2, 0.6, 0.25, 0.5, 0.29, 0.2)] == [
        False, False, False, False, False, True,
    ]  # fmt: skip
    assert not guard.good and not guard.doubtful  # saved as usual, not as a good place
    guard.slow_down()
    assert guard.good and not guard.fell("recall at another size", 0.01)


def test_after_three_times_it_gives_up() -> None:
    guard = Guard(8e-3)
    for share in (0.5, 0.25, 0.125):
        guard.slow_down()
        assert guard.share == share
    with pytest.raises(UserError, match=r"diverged.*0\.001.*") as caught:
        guard.slow_down()
    assert "Resume it" in caught.value.advice
    resumed = Guard(8e-3)
    resumed.restore(guard.values())
    assert resumed.share == 1 / 16, "resumed as it advises, it does not diverge again at once"
    for _ in range(3):
        resumed.slow_down()


def test_a_checkpoint_remembers_the_rate_unless_another_is_asked_for() -> None:
    guard = Guard(8e-3)
    guard.slow_down()
    guard.fell("recall", 0.5)
    same, other, old = Guard(8e-3), Guard(4e-3), Guard(8e-3)
    for one in (same, other):
        one.restore(guard.values())
    old.restore({})  # a checkpoint of before there was a guard
    assert (same.share, other.share, old.share) == (0.5, 1.0, 1.0)
    assert [same.fell("recall", 0.1) for _ in range(2)] == [False, True]


def test_an_explosion_is_one_after_a_restart_too() -> None:
    before, after = guard_after([1.0] * 20), Guard(1e-3)
    assert not before.exploded()
    after.restore(before.values())
    for _ in range(20):
        after.add(torch.tensor(1e27))
    assert after.exploded()
