"""A job as the queue keeps it, and as the job bar and the panel see it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from kirara_studio.api.jobs import JobTools, Progress

Function = Callable[[Any, JobTools], Any]
ShowError = Callable[[BaseException], Any]


@dataclass(frozen=True)
class JobInfo:
    """A job as the job bar shows it."""

    id: int
    panel_id: str
    title: str
    stoppable: bool = True


@dataclass(eq=False)
class Job:
    """A submitted job. ``key`` is unique among all panels."""

    info: JobInfo
    key: Hashable
    function: Function
    request: Any
    show_error: ShowError
    on_result: Callable[[Any], Any] | None = None
    on_error: ShowError | None = None
    on_progress: Callable[[Progress], Any] | None = None
    on_part: Callable[[Any], Any] | None = None
    alive: bool = True
    """False once it ended, was stopped, or was replaced: nothing of it is reported any more."""
    begun: bool = False
    """True when the engine has taken it up."""
    sent_again: bool = False
    submitted: float = field(default_factory=time.monotonic)
    """In seconds of the monotonic clock."""
    cancelled: threading.Event = field(default_factory=threading.Event)
