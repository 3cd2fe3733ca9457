"""Training with several processes, as ``torchrun`` starts them; without it, one process."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import torch
from torch import distributed

if TYPE_CHECKING:
    from torch.nn import Parameter

Value = TypeVar("Value")


@dataclass(frozen=True)
class Processes:
    """This process, number ``rank`` of ``count``."""

    rank: int = 0
    count: int = 1
    local_rank: int = 0

    @classmethod
    @contextmanager
    def join(cls) -> Iterator[Processes]:
        """Join the other processes of torchrun, if there are any."""
        count = int(os.environ.get("WORLD_SIZE", "1"))
        if count == 1:
            yield cls()
            return
        backend = "nccl" if torch.cuda.is_available() else "gloo"
        # While the first process is paused by the user, or reads pictures, the others wait.
        distributed.init_process_group(backend, timeout=timedelta(days=7))
        try:
            yield cls(distributed.get_rank(), count, int(os.environ.get("LOCAL_RANK", "0")))
            distributed.barrier()  # wait for the others
        finally:
            distributed.destroy_process_group()
        atexit.register(_leave)

    @property
    def first(self) -> bool:
        """True in the one process that reports and saves."""
        return self.rank == 0

    def device(self, wanted: str = "auto") -> torch.device:
        """The device ``wanted``, or the best one; each process gets its own GPU."""
        if wanted != "auto":
            return torch.device(wanted)
        if torch.cuda.is_available():
            device = torch.device("cuda", self.local_rank)
            torch.cuda.set_device(device)
            return device
        if torch.backends.mps.is_available() and self.count == 1:
            return torch.device("mps")
        return torch.device("cpu")

    def first_then_others(self, function: Callable[[], Value]) -> Value:
        """Call ``function`` in the first process, then in the others."""
        if self.count == 1:
            return function()
        if self.first:
            try:
                return function()
            finally:
                distributed.barrier()
        distributed.barrier()
        return function()

    def any_true(self, value: bool) -> bool:
        """True in all processes if it is in one."""
        if self.count == 1:
            return value
        backend_device = "cuda" if distributed.get_backend() == "nccl" else "cpu"
        flag = torch.tensor(int(value), device=backend_device)
        distributed.all_reduce(flag, distributed.ReduceOp.MAX)
        return bool(flag.item())

    def from_first(self, numbers: Sequence[float]) -> list[float]:
        """The numbers of the first process, in all processes; each gives as many."""
        if self.count == 1:
            return list(numbers)
        backend_device = "cuda" if distributed.get_backend() == "nccl" else "cpu"
        kept = torch.tensor(numbers, dtype=torch.float64, device=backend_device)
        distributed.broadcast(kept, 0)
        return [float(number) for number in kept.tolist()]

    def average_gradients(self, parameters: Iterable[Parameter]) -> None:
        """Replace every gradient by its mean over the processes, in one exchange."""
        if self.count == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        distributed.all_reduce(flat)
        flat /= self.count
        means = flat.split([gradient.numel() for gradient in gradients])
        for gradient, mean in zip(gradients, means, strict=True):
            gradient.copy_(mean.view_as(gradient))


def _leave() -> None:
    """End the process at once, after success.

    Otherwise threads of torch may abort it while the interpreter exits ("terminate called without
    an active exception"; seen on a busy machine).
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
