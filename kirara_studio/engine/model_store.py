"""Loaded models. The least recently used go first when the budget is spent."""

from __future__ import annotations

import os
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

Loaded = TypeVar("Loaded")

_UNKNOWN_MEMORY = 8 << 30


class ModelStore:
    """Keeps models up to ``budget`` bytes of parameters and buffers.

    A model that is larger than the budget by itself is kept alone.
    """

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self._models: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable, load: Callable[[], Loaded]) -> Loaded:
        """The model called ``key``, loaded by ``load`` if it is not here.

        Others are dropped after that, when its size is known.
        """
        if key in self._models:
            self._models.move_to_end(key)
            return self._models[key][0]
        model = load()
        size = size_of(model)
        while self._models and self.used + size > self.budget:
            self._models.popitem(last=False)
        self._models[key] = (model, size)
        return model

    def clear(self) -> None:
        self._models.clear()

    @property
    def used(self) -> int:
        return sum(size for _, size in self._models.values())


def size_of(model: object) -> int:
    """Bytes of the tensors and arrays in a module, container or object, each counted once."""
    return _size_of(model, set(), depth=4)


def _size_of(value: object, seen: set[int], depth: int) -> int:
    if id(value) in seen or depth == 0 or isinstance(value, str | bytes | int | float | type):
        return 0
    seen.add(id(value))
    if hasattr(value, "parameters") and hasattr(value, "buffers"):
        tensors = (*value.parameters(), *value.buffers())
        return sum(_size_of(tensor, seen, depth) for tensor in tensors)
    size = getattr(value, "nbytes", None)
    if isinstance(size, int):
        return size
    parts: Iterable[object] = ()
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, list | tuple | set):
        parts = value
    elif hasattr(value, "__dict__"):
        parts = vars(value).values()
    return sum(_size_of(part, seen, depth - 1) for part in parts)


def main_memory() -> int:
    """Bytes of this machine's memory; 8 GiB if it is unknown."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return _UNKNOWN_MEMORY


def _windows_memory() -> int:
    import ctypes

    kilobytes = ctypes.c_ulonglong()
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    if kernel.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes)):
        return kilobytes.value * 1024
    return _UNKNOWN_MEMORY
