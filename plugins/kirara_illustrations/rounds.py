"""What the background service does in a round: collect, fold, make room, and send. No Qt.

Nothing here computes the verdicts: :meth:`Rounds.collect` says what is to be judged.
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable
from pathlib import Path

from kirara_illustrations.collecting.collector import Collecting, collect_due
from kirara_illustrations.filter.judging import FilterRequest, Verdict
from kirara_illustrations.options import Options
from kirara_illustrations.sending.deliveries import deliver, note_switch, plan
from kirara_illustrations.sending.words import Message, Translate
from kirara_illustrations.sources.base import RateLimited
from kirara_illustrations.storage.library import Library
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import Unreachable
from kirara_studio.api.messengers import Messengers, MessengerSwitches
from kirara_studio.api.secrets import Secrets

log = logging.getLogger(__name__)

_GIGABYTE = 1_000_000_000
_MOST = 10_000  # pictures that are judged in a round


class Rounds:
    """The rounds of one start, over the library in ``folder``; use it from one thread at a time.

    ``report`` gets what is wrong with the database, and ``failed`` new errors of sources, by their
    names. ``clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        folder: Path,
        secrets: Secrets,
        messengers: Messengers,
        *,
        report: Callable[[UserError], None],
        failed: Callable[[dict[str, UserError]], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.library = Library(folder, report)
        self.library.tidy()
        self._secrets, self._messengers = secrets, messengers
        self._failed, self._clock = failed, clock
        self._failing: dict[str, str] = {}  # what was reported, by source
        self._limit = 0.0  # that the library was last brought down to
        self._model: Path | None = None
        self._waiting: dict[Path, list[int]] = {}  # pictures that are being judged, by file
        self._verdicts: queue.SimpleQueue[tuple[Verdict, ...]] = queue.SimpleQueue()

    def collect(self, options: Options, check: Callable[[], None]) -> FilterRequest | None:
        """Collect from the sources that are due, and make room; returns what is to be judged.

        ``check`` is called often, and what it raises ends it.
        """
        note_switch(self.library, options.send, self._clock())
        check()
        if options.collect:
            self._collect_due(check)
        if self.library.has_new or options.disk_limit != self._limit:
            self.library.fold()
            self.library.shrink(int(options.disk_limit * _GIGABYTE), options.threshold)
            self._limit = options.disk_limit
        self.keep_verdicts()  # of a round that was interrupted
        self._waiting = self.library.unjudged(_MOST)
        if not self._waiting:
            return None
        model = options.filter_model(self.library.folder)
        self._model = model.path if model is not None else None
        return FilterRequest(tuple(self._waiting), model.path) if model is not None else None

    def _collect_due(self, check: Callable[[], None]) -> None:
        now = self._clock()
        due = [row for row in self.library.sources() if row.enabled and row.next_time <= now]
        new: dict[str, UserError] = {}
        try:
            for row, result in collect_due(
                self.library, self._secrets, due, check=check, clock=self._clock
            ):
                if not isinstance(result, UserError):
                    self._failing.pop(row.name, None)
                elif not isinstance(result, RateLimited | Unreachable):  # those pass
                    if self._failing.get(row.name) != str(result):
                        new[row.name] = result
                    self._failing[row.name] = str(result)
        except Collecting:  # a command, or the panel
            log.info("Somebody else collects")
        if new:
            self._failed(new)

    def take(self, verdicts: tuple[Verdict, ...]) -> None:
        """Take verdicts in, from any thread, for :meth:`keep_verdicts`."""
        self._verdicts.put(verdicts)

    def keep_verdicts(self) -> None:
        """Store the verdicts that were taken in."""
        while not self._verdicts.empty():
            rows = []
            for verdict in self._verdicts.get():
                rows += [verdict.row(picture) for picture in self._waiting.get(verdict.path, ())]
            self.library.put_verdicts(rows)

    def send(
        self, options: Options, translate: Translate, check: Callable[[], None]
    ) -> list[Message]:
        """Send what passes and what is queued; returns what was delivered."""
        self.keep_verdicts()
        check()
        switches = MessengerSwitches(self.library, self._messengers).enabled()
        on = [name for name, enabled in switches.items() if enabled]
        plan(self.library, options, on, judged=self._model is not None, now=self._clock())
        return deliver(
            self.library, self._messengers, options.template, translate,
            clock=self._clock, check=check,
        )  # fmt: skip

    def close(self) -> None:
        """Close the library."""
        self.library.close()
