"""Network and disk work: each job in a thread of the UI process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

from kirara_studio.api.jobs import Device
from kirara_studio.engine.errors import answer_of
from kirara_studio.engine.job import Job
from kirara_studio.engine.tools import ExecutionContext, Tools, throttled


class _WithoutDevice(ExecutionContext):
    @property
    def device(self) -> Device:
        raise RuntimeError("submit_io() jobs have no device; use submit() to compute")


_CONTEXT = _WithoutDevice(Path(), budget=0)


def run_io_job(job: Job, receive: Callable[[tuple[Any, ...], Any], None]) -> None:
    """Start a thread for ``job``; it answers as the engine process would.

    The threads are daemons: a server that never answers must not keep the studio from ending.
    """
    number = job.info.id
    tools = Tools(
        _CONTEXT,
        on_progress=throttled(lambda p: receive(("progress", number, *astuple(p)), None)),
        on_part=lambda part: receive(("part", number), part),
        cancelled=job.cancelled.is_set,
    )

    def run() -> None:
        receive(*answer_of(number, lambda: job.function(job.request, tools)))

    threading.Thread(target=run, name=f"io {job.info.title or number}", daemon=True).start()
