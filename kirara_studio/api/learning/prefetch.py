"""The next step's data, made in a thread while this step is trained."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

import torch

Key = TypeVar("Key")
Value = TypeVar("Value")


class Prefetch(Generic[Key, Value]):
    """Calls ``make`` one step ahead.

    ``make`` must depend on its key alone, so that a resumed run gets the same batches. Its errors
    are raised by :meth:`take`.
    """

    def __init__(self, make: Callable[[Key], Value]) -> None:
        self._make = make
        self._ahead: tuple[Key, Future[Value]] | None = None
        self._thread = ThreadPoolExecutor(1, "prefetch")
        # It uses one torch thread, since more threads than cores slow down all. A thread takes the
        # common number at its first call, so it is called before; and setting the number in one
        # thread sets it for later threads, so that is undone.
        threads = torch.get_num_threads()
        self._thread.submit(torch.get_num_threads).result()
        self._thread.submit(torch.set_num_threads, 1).result()
        torch.set_num_threads(threads)

    def take(self, key: Key, following: Key | None = None) -> Value:
        """Return the value of ``key``, and begin to make that of ``following``."""
        ahead, self._ahead = self._ahead, None
        ready = ahead is not None and ahead[0] == key
        value = ahead[1].result() if ahead and ready else self._make(key)
        if following is not None:
            self._ahead = (following, self._thread.submit(self._make, following))
        return value

    def close(self) -> None:
        """End the thread."""
        self._ahead = None
        self._thread.shutdown(cancel_futures=True)
