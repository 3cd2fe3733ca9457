"""Classifies the panel's pictures in the background, in batches of about a second.

The engine runs one job after another, so a picture that is opened meanwhile is explained between
two batches, even if thousands wait.
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
from kirara_paintings.jobs import ClassifyRequest, classify_job, find_job
from kirara_paintings.view_state import ViewState
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Jobs
from kirara_studio.api.widgets import Task

_BATCH = 64  # pictures, until their rate is known
_FEWEST, _MOST = 16, 512
_SECONDS = 1.0  # a batch: an opened picture waits no longer, and the cores are rarely idle
_SHOW_EVERY = 150  # ms
_SHARE = 8  # the pause between two updates, as a multiple of the duration of the last one


class Classification(QObject):
    """Fills a collection.

    :attr:`changed` is emitted a few times a second while results arrive; :attr:`failed` carries the
    error that ended it, :attr:`noted` a note on files that were left out.
    """

    changed = Signal()
    failed = Signal(object)
    noted = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        collection: Collection,
        state: Callable[[], ViewState],
        models: Callable[[], list[Path]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._collection = jobs, collection
        self._state, self._models = state, models
        self._finding: list[Task] = []
        self._names = itertools.count()
        self._waiting: deque[int] = deque()
        self._running: list[int] = []
        self._batch = _BATCH
        self._began = 0.0
        self._done = 0
        self._soon = QTimer(self, interval=_SHOW_EVERY, singleShot=True)
        self._soon.timeout.connect(self._report)
        self._task = Task(jobs, "classify", parent=self)
        self._task.failed.connect(self._fail)
        self._task.stopped.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """True while pictures are searched for or classified."""
        return bool(self._waiting) or any(task.busy for task in (self._task, *self._finding))

    @property
    def progress(self) -> tuple[int, int]:
        """The number of pictures classified since it began, and the total."""
        left = sum(number in self._collection.pending for number in self._running)
        return self._done, self._done + left + len(self._waiting)

    def add(self, paths: Iterable[Path]) -> None:
        """Find the pictures in files and folders, and classify them as they are found."""
        task = Task(self._jobs, f"find {next(self._names)}", io=True, parent=self)
        self._finding = [*(other for other in self._finding if other.busy), task]
        task.failed.connect(self.failed)
        task.changed.connect(self._report_soon)
        task.start(
            find_job,
            tuple(paths),
            self._note,
            on_part=lambda found: self.classify(self._collection.add(found)),
        )

    def _note(self, note: UserError | None) -> None:
        if note is not None:
            self.noted.emit(note)

    def classify(self, numbers: Iterable[int]) -> None:
        """Classify pictures, after those that already wait."""
        self._waiting.extend(numbers)
        self._start()
        self._report_soon()

    def reclassify(self, numbers: Iterable[int]) -> None:
        """Forget the answers for pictures and classify them again, before all others."""
        again = list(numbers)
        if not again:
            return
        self._collection.forget(again)
        # The running job has another state.
        again += [number for number in self._running if number in self._collection.pending]
        waiting = deque(dict.fromkeys([*again, *self._waiting]))
        self._task.stop()
        self._waiting = waiting
        self._start()
        self._report_soon()

    def resume(self) -> None:
        """Classify the pictures that have not been classified, such as after a Stop."""
        removed = self._state().removed
        known = {*self._waiting, *self._running}
        self.classify(sorted(self._collection.pending - removed - known))

    def stop(self) -> None:
        """Stop; the answers so far stay."""
        for task in self._finding:
            task.stop()
        self._task.stop()
        self._give_up()

    def _start(self) -> None:
        if self._task.busy or not self._waiting:
            return
        state = self._state()
        models = self._models()
        if not models:
            self._waiting.clear()
            return
        count = min(self._batch, len(self._waiting))
        batch = [self._waiting.popleft() for _ in range(count)]
        self._running = [number for number in batch if number not in state.removed]
        items = tuple(self._collection.item(number, state) for number in self._running)
        self._began = time.monotonic()
        self._task.start(
            classify_job,
            ClassifyRequest(items, tuple(models)),
            lambda _: self._next(),
            on_part=self._take,
        )

    def _take(self, outcomes: tuple[Outcome, ...]) -> None:
        for outcome in outcomes:
            self._collection.put(outcome)
        self._done += len(outcomes)
        self._report_soon()

    def _next(self) -> None:
        if len(self._running) >= self._batch // 2:  # a small batch does not show the rate
            rate = len(self._running) / max(time.monotonic() - self._began, 0.01)
            # The first one loads torch and the models: no more than twice, or half, as many.
            wanted = min(max(round(rate * _SECONDS), self._batch // 2), 2 * self._batch)
            self._batch = min(max(wanted, _FEWEST), _MOST)
        self._end_batch()
        self._start()
        self._report_soon()

    def _fail(self, error: BaseException) -> None:
        self._give_up()
        self.failed.emit(error)

    def _give_up(self) -> None:
        self._waiting.clear()
        self._end_batch()
        self._report_soon()

    def _end_batch(self) -> None:
        self._running = []
        if not self._waiting:
            self._done = 0

    def _report_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _report(self) -> None:
        began = time.monotonic()
        self.changed.emit()
        took = 1000 * (time.monotonic() - began)  # with thousands of pictures it takes longer
        self._soon.setInterval(max(_SHOW_EVERY, round(_SHARE * took)))
