"""Work that runs off the UI thread."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

Request = TypeVar("Request")
Result = TypeVar("Result")
Loaded = TypeVar("Loaded")


class Cancelled(Exception):
    """Raised inside a job when the user pressed Stop, or when a newer request made it pointless."""


@dataclass(frozen=True)
class Progress:
    """How far a job is: ``done`` of ``total``, and what it is doing."""

    done: float
    total: float = 1.0
    text: str = ""

    @property
    def fraction(self) -> float:
        """A number from 0 to 1."""
        return min(max(self.done / self.total, 0.0), 1.0) if self.total > 0 else 0.0


@dataclass(frozen=True)
class Device:
    """Where and how the networks run.

    ``kind`` is "cuda", "mps" or "cpu"; ``precision`` "fp32", "bf16" or "fp16", as measured on
    this machine; ``threads`` the CPU threads that torch may use.
    """

    kind: str
    name: str
    precision: str
    threads: int


class JobTools(Protocol):
    """The tools of a running job; every job function is ``function(request, tools) -> result``.

    The same function runs for the window (in the engine's process) and on the command line (in
    its own): it sees only its request and these tools.
    """

    @property
    def device(self) -> Device:
        """The device to compute on. It changes to the CPU after the memory of a GPU ran out."""

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        """Report progress. Call it often: it raises :class:`Cancelled` after a Stop."""

    def model(self, key: str, load: Callable[[Device], Loaded]) -> Loaded:
        """Borrow the model called ``key`` from the model store, loading it if need be."""

    def batch_size(self, preferred: int) -> int:
        """``preferred``, or less when memory ran out in this job before. At least 1."""

    def give(self, part: Any) -> None:
        """Hand over a part of the result while the rest is being computed (version 1.2).

        It arrives at the ``on_part`` of the job, if any, in order, before the result. Raises
        :class:`Cancelled` after a Stop.
        """


class JobHandle(Protocol):
    """A submitted job."""

    @property
    def running(self) -> bool:
        """True while the job waits or runs."""

    def cancel(self) -> None:
        """Ask the job to stop. It ends at its next call of ``tools.progress``."""


class Submit(Protocol):
    """Submits a job. Callbacks run in the UI thread."""

    def __call__(
        self,
        key: str,
        function: Callable[[Request, JobTools], Result],
        request: Request,
        *,
        title: str = "",
        background: bool = False,
        on_result: Callable[[Result], Any] | None = None,
        on_error: Callable[[BaseException], Any] | None = None,
        on_progress: Callable[[Progress], Any] | None = None,
        on_part: Callable[[Any], Any] | None = None,
    ) -> JobHandle:
        """Run ``function(request, tools)``.

        A newer request with the same ``key`` replaces an older one: if that still waits it is
        dropped unrun, if it runs it is cancelled, and its result is dropped as stale. Keys are
        private to the panel. A job with a ``title`` is shown in the job bar with a Stop button.
        Without ``on_error`` an error becomes a banner in the panel. ``on_part`` gets what the job
        gives while it runs (:meth:`JobTools.give`, version 1.2). A long job in the ``background``
        runs in a second engine process, beside others, one at a time (version 1.3).
        """


class Jobs(Protocol):
    """The queue of the studio, as a panel sees it."""

    @property
    def submit(self) -> Submit:
        """For the engine, which runs one job at a time, besides one in the background."""

    @property
    def submit_io(self) -> Submit:
        """For work with the internet or the disk, in threads of the window's process.

        There is no device to compute on. Up to eight such jobs run at once.
        """


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread: sharing out small products costs more than they do.

    The number of threads is one for the whole process, so other threads of it compute alone, too.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
