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

    ``make`` must depend on its key alone: then the thread changes when a batch is made, never what
    is in it, and a run that is resumed gets the same batches. An error that it raises is raised
    by the :meth:`take` that asks for that key.
    """

    def __init__(self, make: Callable[[Key], Value]) -> None:
        self._make = make
        self._ahead: tuple[Key, Future[Value]] | None = None
        self._thread = ThreadPoolExecutor(1, "prefetch")
        # Of its own torch threads it needs none: more threads than cores slow down all of them.
        # A thread takes over the number of all when it is first asked, so it is asked before; and
        # setting it in one thread sets it for threads to come, so that is put back.
        threads = torch.get_num_threads()
        self._thread.submit(torch.get_num_threads).result()
        self._thread.submit(torch.set_num_threads, 1).result()
        torch.set_num_threads(threads)

    def take(self, key: Key, following: Key | None = None) -> Value:
        """What ``make`` makes of ``key``; begins to make that of ``following``, if there is one."""
        ahead, self._ahead = self._ahead, None
        ready = ahead is not None and ahead[0] == key
        value = ahead[1].result() if ahead and ready else self._make(key)
        if following is not None:
            self._ahead = (following, self._thread.submit(self._make, following))
        return value

    def close(self) -> None:
        """End the thread. What it has made ahead is dropped."""
        self._ahead = None
        self._thread.shutdown(cancel_futures=True)
