"""Network and disk work: each job in a thread of the UI process."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from typing import Any

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.jobs import Cancelled, Device, Progress
from kirara_studio.engine.errors import parts_of
from kirara_studio.engine.job import Job
from kirara_studio.engine.tools import Loaded, throttled


def run_io_job(job: Job, receive: Callable[[tuple[Any, ...], Any], None]) -> None:
    """Start a thread for ``job``; it answers as the engine process would.

    The threads are daemons: a server that never answers must not keep the studio from ending.
    """
    number = job.info.id

    def run() -> None:
        tools = IoTools(
            job,
            lambda progress: receive(("progress", number, *progress), None),
            lambda part: receive(("part", number), part),
        )
        try:
            result = job.function(job.request, tools)
        except Cancelled:
            receive(("cancelled", number), None)
        except UserError as error:
            trace = traceback.format_exc()
            receive(("user_error", number, *parts_of(error), trace), None)
        except BaseException as error:
            receive(("error", number, f"failed: {one_line(error)}", traceback.format_exc()), None)
        else:
            receive(("result", number), result)

    threading.Thread(target=run, name=f"io {job.info.title or number}", daemon=True).start()


class IoTools:
    """The tools of network and disk work: progress, but no network to compute with."""

    def __init__(
        self,
        job: Job,
        send: Callable[[tuple[float, float, str]], None],
        send_part: Callable[[Any], None],
    ) -> None:
        self._job = job
        self._send_part = send_part
        self._send = throttled(lambda p: send((p.done, p.total, p.text)))

    @property
    def device(self) -> Device:
        """There is none here: torch stays out of the UI process."""
        raise RuntimeError("submit_io() jobs have no device; use submit() to compute")

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        """Report progress; raises :class:`Cancelled` after a Stop."""
        if self._job.cancelled.is_set():
            raise Cancelled
        self._send(Progress(done, total, text))

    def model(self, key: str, load: Callable[[Device], Loaded]) -> Loaded:
        """There are no models here either."""
        return load(self.device)

    def batch_size(self, preferred: int) -> int:
        """``preferred``."""
        return preferred

    def give(self, part: Any) -> None:
        """Hand over a part of the result; raises :class:`Cancelled` after a Stop."""
        if self._job.cancelled.is_set():
            raise Cancelled
        self._send_part(part)
