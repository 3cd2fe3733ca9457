"""The tools of a running job, in the engine process and on the command line."""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled, Device, JobTools, Progress
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.engine import device as devices
from kirara_studio.engine.model_store import ModelStore, main_memory

log = logging.getLogger(__name__)

Request = TypeVar("Request")
Result = TypeVar("Result")
Loaded = TypeVar("Loaded")

Notify = Callable[[str, Mapping[str, Any]], None]
"""Shows the user a sentence: a text with fields in braces, and their values."""

_PROGRESS_INTERVAL = 1 / 30  # seconds

CONTEXT = "Engine"
SMALLER_BATCH = QT_TRANSLATE_NOOP(
    "Engine", "There was too little memory for {before} at once; going on with {after}."
)
TO_THE_CPU = QT_TRANSLATE_NOOP(
    "Engine", "The memory of {device} ran out; this job goes on with the processor, more slowly."
)


class ExecutionContext:
    """What all jobs of a process share: the device and the loaded models.

    The measured precision is kept in ``cache_folder``. Loaded models may take ``budget`` bytes
    together, by default a quarter of the memory. ``on_device`` receives the device when it is
    known, and whenever a job changes it.
    """

    def __init__(
        self,
        cache_folder: Path,
        *,
        budget: int | None = None,
        on_device: Callable[[Device], None] | None = None,
    ) -> None:
        self.store = ModelStore(main_memory() // 4 if budget is None else budget)
        self._cache_file = Path(cache_folder) / "devices.json"
        self._on_device = on_device
        self._best: Device | None = None
        self._now: Device | None = None

    @property
    def device(self) -> Device:
        """The device in use. The first call imports torch and may measure the precision."""
        if self._now is None:
            self._best = devices.find_device(self._cache_file)
            self._use(self._best)
        assert self._now is not None
        return self._now

    def use_cpu(self) -> None:
        """Go on with the CPU, without the models on the other device."""
        self.free()
        self._use(devices.cpu())

    def use_best(self) -> None:
        """Use the best device (again)."""
        if self._now is not self._best and self._best is not None:
            self.store.clear()
            self._use(self._best)

    def free(self) -> None:
        """Give back what models and torch's caches hold."""
        self.store.clear()
        gc.collect()
        torch = sys.modules.get("torch")
        if torch is not None and torch.accelerator.is_available():
            torch.accelerator.empty_cache()

    def _use(self, device: Device) -> None:
        self._now = device
        if self._on_device is not None:
            self._on_device(device)


class Tools:
    """The tools of one job (:class:`kirara_studio.api.jobs.JobTools`).

    Models are kept under ``owner``, so two plugins may use the same key. ``notify`` receives what
    the user must know: that memory ran out.
    """

    def __init__(
        self,
        context: ExecutionContext,
        owner: str = "",
        *,
        on_progress: Callable[[Progress], None] | None = None,
        on_part: Callable[[Any], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        notify: Notify = lambda text, values: log.warning(text.format(**values)),
    ) -> None:
        self._context = context
        self._owner = owner
        self._on_progress = on_progress
        self._on_part = on_part
        self._cancelled = cancelled
        self._notify = notify
        self._lent_batch = 1
        self._largest_batch: int | None = None

    @property
    def device(self) -> Device:
        return self._context.device

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        self._check()
        if self._on_progress is not None:
            self._on_progress(Progress(done, total, text))

    def model(self, key: str, load: Callable[[Device], Loaded]) -> Loaded:
        device = self.device
        return self._context.store.get((self._owner, key), lambda: load(device))

    def batch_size(self, preferred: int) -> int:
        limit = preferred if self._largest_batch is None else min(preferred, self._largest_batch)
        self._lent_batch = max(1, limit)
        return self._lent_batch

    def give(self, part: Any) -> None:
        self._check()
        if self._on_part is not None:
            self._on_part(part)

    def _check(self) -> None:
        if self._cancelled():
            raise Cancelled

    def run(self, function: Callable[[Request, JobTools], Result], request: Request) -> Result:
        """Call ``function(request, tools)``, and again with less when memory runs out.

        The batch is halved down to 1, then the job goes on with the CPU. Raises
        :class:`UserError` if that is not enough either, and whatever the function raises.
        """
        self._context.use_best()
        while True:
            # Recovery happens after the except block: inside it the traceback still holds the
            # function's tensors.
            with _OutOfMemory() as memory:
                return function(request, self)
            self._take_less(memory.text)

    def _take_less(self, reason: str) -> None:
        self._context.free()
        if self._lent_batch > 1:
            self._largest_batch = self._lent_batch // 2
            values = {"before": self._lent_batch, "after": self._largest_batch}
            self._lent_batch = self._largest_batch
            self._notify(SMALLER_BATCH, values)
        elif self.device.kind != "cpu":
            self._notify(TO_THE_CPU, {"device": self.device.name})
            self._context.use_cpu()
            self._largest_batch = None
        else:
            raise UserError(
                "There is too little memory for this job ({reason}).",
                advice="Choose a smaller size or close other programs, and try again.",
                reason=reason,
            )


class _OutOfMemory(contextlib.AbstractContextManager["_OutOfMemory"]):
    """Swallows errors of memory and keeps only their text."""

    text = ""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if error is None or not is_out_of_memory(error):
            return False
        self.text = (str(error).strip().splitlines() or ["memory ran out"])[0]
        return True


def throttled(send: Callable[[Progress], None]) -> Callable[[Progress], None]:
    """Pass on thirty reports a second, and any that has a new text or is the last."""
    last_time, last_text = 0.0, ""

    def report(progress: Progress) -> None:
        nonlocal last_time, last_text
        now = time.monotonic()
        ended = progress.done >= progress.total
        if ended or progress.text != last_text or now - last_time >= _PROGRESS_INTERVAL:
            last_time, last_text = now, progress.text
            send(progress)

    return report


def is_out_of_memory(error: BaseException) -> bool:
    """True for the errors of torch, NumPy and Python for a lack of memory."""
    if isinstance(error, MemoryError):
        return True
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(error, torch.OutOfMemoryError):
        return True
    # torch's allocator for main memory raises a bare RuntimeError.
    signs = ("defaultcpuallocator", "not enough memory", "out of memory", "can't allocate memory")
    return isinstance(error, RuntimeError) and any(sign in str(error).lower() for sign in signs)


def inline_tools(
    cache_folder: Path, on_progress: Callable[[Progress], None] | None = None
) -> Tools:
    """Tools for functions that run in this process, as those of commands.

    Only ``tools.run(function, request)`` answers a lack of memory as the window does.
    """
    return Tools(ExecutionContext(cache_folder), on_progress=on_progress)


def warm_up(_request: None, tools: JobTools) -> None:
    """A job that imports torch and finds the device, ahead of need."""
    _ = tools.device
