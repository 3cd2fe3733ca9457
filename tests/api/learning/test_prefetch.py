"""Batches made ahead are the batches that were asked for."""

from __future__ import annotations

import threading

import pytest
import torch

from kirara_studio.api.learning.training_loop import Prefetch


def test_what_is_made_ahead_is_what_was_asked_for() -> None:
    makers: list[tuple[int, int]] = []

    def make(key: int) -> int:
        makers.append((key, threading.get_ident()))
        return 10 * key

    ahead = Prefetch(make)
    assert [ahead.take(key, key + 1 if key < 4 else None) for key in range(5)] == [
        0,
        10,
        20,
        30,
        40,
    ]
    ahead.close()
    assert [key for key, _ in makers] == [0, 1, 2, 3, 4]  # each once
    here = threading.get_ident()
    assert [maker == here for _, maker in makers] == [True, False, False, False, False]


def test_a_run_that_goes_back_gets_its_own_batch_not_the_one_made_ahead() -> None:
    ahead = Prefetch(lambda key: -key)
    assert ahead.take(7, 8) == -7
    assert ahead.take(3, 4) == -3
    assert ahead.take(4) == -4
    ahead.close()


def test_an_error_comes_up_where_the_batch_is_needed() -> None:
    def make(key: int) -> int:
        if key == 2:
            raise ValueError("no frames")
        return key

    ahead = Prefetch(make)
    assert ahead.take(1, 2) == 1
    with pytest.raises(ValueError, match="no frames"):
        ahead.take(2, 3)
    ahead.close()


def test_the_thread_takes_no_torch_threads_from_the_training() -> None:
    threads = torch.get_num_threads()
    ahead: Prefetch[int, int] = Prefetch(lambda key: torch.get_num_threads())
    assert (ahead.take(0, 1), ahead.take(1)) == (threads, 1)
    assert torch.get_num_threads() == threads
    ahead.close()
