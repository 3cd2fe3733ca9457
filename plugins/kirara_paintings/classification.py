"""Classifies the panel's pictures in the background, a second's worth at a time.

Handfuls, since the engine runs one job after another: whoever opens a picture meanwhile is answered
between two of them, however many thousands wait.
"""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kirara_paintings.classifying import Outcome
from kirara_paintings.collection import Collection
from kirara_paintings.jobs import ClassifyRequest, FindRequest, classify_job, find_job
from kirara_paintings.setting import Setting
from kirara_studio.api.jobs import Cancelled, JobHandle, Jobs

_HANDFUL = 64  # pictures, as long as nobody knows how many a second there are
_FEWEST, _MOST = 16, 512
_SECONDS = 1.0  # of a handful: so long an opened picture waits, and less often the cores do
_SHOW_EVERY = 150  # ms
_SHARE = 8  # how many times as long as showing takes is waited before it is shown anew


class Classification(QObject):
    """Fills a collection. :attr:`changed` tells, a few times a second, that there is something new
    to show; :attr:`failed` carries an error that ended it."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        collection: Collection,
        setting: Callable[[], Setting],
        models: Callable[[], list[Path]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._collection = jobs, collection
        self._setting, self._models = setting, models
        self._finding: dict[int, JobHandle] = {}
        self._names = itertools.count()
        self._waiting: deque[int] = deque()
        self._job: JobHandle | None = None
        self._running: list[int] = []
        self._handful = _HANDFUL
        self._began = 0.0
        self._done = 0
        self._soon = QTimer(self, interval=_SHOW_EVERY, singleShot=True)
        self._soon.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """True while files are looked for or looked at."""
        return bool(self._finding or self._waiting or self._job)

    @property
    def progress(self) -> tuple[int, int]:
        """How many pictures were looked at since it began, and how many there are to look at."""
        left = sum(number in self._collection.unsaid for number in self._running)
        return self._done, self._done + left + len(self._waiting)

    def add(self, paths: Iterable[Path]) -> None:
        """Find the pictures in files and folders, and look at them as they are found."""
        name = next(self._names)

        def end(error: BaseException | None = None) -> None:
            self._finding.pop(name, None)
            if error is not None and not isinstance(error, Cancelled):
                self.failed.emit(error)
            self._tell_soon()

        self._finding[name] = self._jobs.submit_io(
            f"find {name}",
            find_job,
            FindRequest(tuple(paths)),
            on_part=lambda found: self.look_at(self._collection.add(found)),
            on_result=lambda _: end(),
            on_error=end,
        )
        self._tell_soon()

    def look_at(self, numbers: Iterable[int]) -> None:
        """Look at pictures, after those that wait already."""
        self._waiting.extend(numbers)
        self._start()
        self._tell_soon()

    def look_again(self, numbers: Iterable[int]) -> None:
        """Forget what was said of pictures, and look at them anew; first at them."""
        again = list(numbers)
        if not again:
            return
        self._collection.forget(again)
        if self._job is not None:  # it works for another setting
            self._job.cancel()
            self._job = None
            again += self._unsaid(self._running)
        self._running = []
        self._waiting = deque(dict.fromkeys([*again, *self._waiting]))
        self._start()
        self._tell_soon()

    def go_on(self) -> None:
        """Look at all that was not looked at yet, such as after a Stop."""
        removed = self._setting().removed
        known = {*self._waiting, *self._running}
        self.look_at(sorted(self._collection.unsaid - removed - known))

    def stop(self) -> None:
        """Stop; what was said stays."""
        for job in self._finding.values():
            job.cancel()
        self._finding.clear()
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()
        self._end_job()
        self._tell_soon()

    def _unsaid(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if number in self._collection.unsaid]

    def _start(self) -> None:
        if self._job is not None or not self._waiting:
            return
        setting = self._setting()
        models = self._models()
        if not models:
            self._waiting.clear()
            return
        count = min(self._handful, len(self._waiting))
        handful = [self._waiting.popleft() for _ in range(count)]
        self._running = [number for number in handful if number not in setting.removed]
        items = tuple(self._collection.item(number, setting) for number in self._running)
        self._began = time.monotonic()
        self._job = self._jobs.submit(
            "classify",
            classify_job,
            ClassifyRequest(items, tuple(models)),
            on_part=self._take,
            on_result=lambda _: self._next(),
            on_error=self._fail,
        )

    def _take(self, outcomes: tuple[Outcome, ...]) -> None:
        for outcome in outcomes:
            self._collection.put(outcome)
        self._done += len(outcomes)
        self._tell_soon()

    def _next(self) -> None:
        if len(self._running) >= self._handful // 2:  # a last few tell little
            rate = len(self._running) / max(time.monotonic() - self._began, 0.01)
            # The first one loads torch and the models: no more than twice, or half, as many.
            wanted = min(max(round(rate * _SECONDS), self._handful // 2), 2 * self._handful)
            self._handful = min(max(wanted, _FEWEST), _MOST)
        self._end_job()
        self._start()
        self._tell_soon()

    def _fail(self, error: BaseException) -> None:
        self._waiting.clear()
        self._end_job()
        self._tell_soon()
        if not isinstance(error, Cancelled):
            self.failed.emit(error)

    def _end_job(self) -> None:
        self._job = None
        self._running = []
        if not self._waiting:
            self._done = 0

    def _tell_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _tell(self) -> None:
        began = time.monotonic()
        self.changed.emit()
        took = 1000 * (time.monotonic() - began)  # with thousands of pictures it takes longer
        self._soon.setInterval(max(_SHOW_EVERY, round(_SHARE * took)))
