"""The model store: what is kept, what goes, and how sizes are counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from kirara_studio.engine.model_store import ModelStore, main_memory, size_of


def kilobytes(count: int) -> np.ndarray:
    return np.zeros(count * 1024, dtype=np.uint8)


@dataclass(frozen=True)
class Pair:
    name: str
    weights: np.ndarray
    others: dict[str, np.ndarray]


def test_the_least_recently_used_goes_first() -> None:
    store = ModelStore(budget=3 * 1024)
    for key in "abc":
        store.get(key, lambda: kilobytes(1))
    store.get("a", lambda: pytest.fail("it is here"))
    store.get("d", lambda: kilobytes(1))
    with pytest.raises(KeyError):
        store.get("b", lambda: {}["it left"])
    for key in "cad":
        store.get(key, lambda: pytest.fail("it is here"))
    store.get("e", lambda: kilobytes(2))
    store.get("d", lambda: pytest.fail("it is here"))
    assert store.used == 3 * 1024


def test_a_model_above_the_budget_is_kept_alone() -> None:
    store = ModelStore(budget=1024)
    store.get("small", lambda: kilobytes(1))
    large = store.get("large", lambda: kilobytes(5))
    assert store.get("large", lambda: None) is large
    assert store.used == large.nbytes


def test_a_failing_load_changes_nothing() -> None:
    store = ModelStore(budget=1024)
    store.get("a", lambda: kilobytes(1))
    with pytest.raises(ZeroDivisionError):
        store.get("b", lambda: 1 / 0)
    store.get("a", lambda: pytest.fail("it is here"))
    store.clear()
    assert store.used == 0


def test_sizes_count_each_array_once() -> None:
    array = kilobytes(2)
    assert size_of(array) == 2048
    assert size_of([array, {"again": array}, (kilobytes(1),)]) == 3072
    assert size_of(Pair("x", array, {"y": kilobytes(1)})) == 3072
    assert size_of("text") == size_of(None) == 0


def test_sizes_of_networks_are_their_parameters_and_buffers() -> None:
    torch = pytest.importorskip("torch")
    network = torch.nn.Sequential(torch.nn.Linear(10, 10), torch.nn.BatchNorm1d(10))
    numbers = 10 * 10 + 10 + 4 * 10
    assert size_of(network) == 4 * numbers + 8  # and the count of batches
    assert size_of((network, network[0])) == size_of(network)


def test_the_memory_of_this_machine_is_plausible() -> None:
    assert 1 << 28 < main_memory() < 1 << 45
