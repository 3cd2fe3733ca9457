"""The background service: every minute it collects what is due, judges it, and sends it.

A round is a chain of jobs, none of which occupies the window: collecting and sending wait for
networks in threads of this process, and the filter computes in a process of its own, which ends
afterwards. A start imports nothing heavy here: that is for the first job.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from kirara_illustrations.options import PAGE, Options
from kirara_studio.api.errors import UserError
from kirara_studio.api.hooks import Studio
from kirara_studio.api.jobs import Cancelled, JobHandle, JobTools
from kirara_studio.api.notices import Notice
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import error_words

if TYPE_CHECKING:
    from kirara_illustrations.filter.judging import FilterRequest, Verdict
    from kirara_illustrations.rounds import Rounds
    from kirara_illustrations.sending.words import Translate

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two rounds."""

_PLUGIN = "illustrations"
_LATER = 3_600.0  # seconds until the filter is tried again after the user's Stop, or a failure
_PROBLEM = QT_TRANSLATE_NOOP("illustrations", "Illustrations cannot be collected at the moment")
_JUDGING = QT_TRANSLATE_NOOP("illustrations", "Judging new pictures")

Result = TypeVar("Result")
Work = Callable[["Rounds", Callable[[], None]], Result]
"""Part of a round: it gets the rounds, and a function to call often."""


class _Quiet(Exception):
    """The quiet hours have begun."""


class Service:
    """Collects, judges and sends while the studio runs. Use it from the UI thread.

    ``translate`` translates into the current language, ``clock`` gives seconds since 1970.
    """

    def __init__(
        self, studio: Studio, translate: Translate, clock: Callable[[], float] = time.time
    ) -> None:
        self._studio = studio
        self._translate = translate
        self._clock = clock
        self._settings = studio.settings(PAGE)
        self._jobs = studio.jobs(_PLUGIN)
        self._job: JobHandle | None = None
        self._options = Options()  # of this round
        self._busy = self._ended = False
        self._judge_again = 0.0
        self._problem = ""
        self._one_at_a_time = threading.Lock()
        self._rounds: Rounds | None = None  # made by the first job

    def start(self) -> None:
        """Start with a first round."""
        self._studio.every(EVERY, self.check)
        for field in PAGE.fields:
            if field.key not in ("cascade", "digest", "template"):
                self._settings.watch(field.key, lambda _: self._start_again())
        self.check()

    @property
    def busy(self) -> bool:
        """Whether a round goes on."""
        return self._busy

    def check(self) -> None:
        """Begin a round, unless one goes on. Returns immediately."""
        if self._busy or self._ended:
            return
        self._busy = True
        self._options = options = Options.of(self._settings)
        self._run(lambda rounds, check: rounds.collect(options, check), self._judge)

    def stop(self, patience: float = 3.0) -> None:
        """End; waits at most ``patience`` seconds for what cannot be interrupted."""
        self._ended = True
        if self._job is not None:
            self._job.cancel()
        if self._one_at_a_time.acquire(timeout=patience):
            if self._rounds is not None:
                self._rounds.close()
            self._one_at_a_time.release()

    def _start_again(self) -> None:
        if self._job is not None:
            self._job.cancel()  # it calls nobody back
        self._busy = False
        self._judge_again = 0.0
        self.check()

    def _judge(self, request: FilterRequest | None) -> None:
        """The pictures were collected: judge the new ones, then send."""
        if request is None or self._clock() < self._judge_again:
            self._send()
            return
        from kirara_illustrations.filter.judging import filter_job

        self._job = self._jobs.submit(
            "judge", filter_job, request, title=self._translate(_JUDGING), background=True,
            on_part=self._keep, on_result=lambda _: self._send(), on_error=self._judge_later,
        )  # fmt: skip

    def _keep(self, verdicts: tuple[Verdict, ...]) -> None:
        if self._rounds is not None:
            self._rounds.take(verdicts)

            def keep(_: None, __: JobTools) -> None:
                self._locked(lambda rounds: rounds.keep_verdicts())

            self._jobs.submit_io("keep", keep, None, on_error=self._report_problem)

    def _judge_later(self, error: BaseException) -> None:
        self._judge_again = self._clock() + _LATER
        if not isinstance(error, Cancelled):  # the user has not stopped it
            self._report_problem(error)
        self._send()

    def _send(self) -> None:
        options, translate = self._options, self._translate
        self._run(lambda rounds, check: rounds.send(options, translate, check), self._end_round)

    def _end_round(self, _: object = None) -> None:
        self._busy = False
        if self._clock() >= self._judge_again:
            self._problem = ""

    def _run(self, work: Work[Result], then: Callable[[Result], None]) -> None:
        """Run ``work`` in a thread, then ``then`` here; not in the quiet hours."""
        options = self._options

        def run(_: None, tools: JobTools) -> list[Result]:
            def check() -> None:
                tools.progress(0)
                if options.is_quiet(datetime.fromtimestamp(self._clock()).hour):
                    raise _Quiet

            try:
                return self._locked(lambda rounds: work(rounds, check))
            except _Quiet:
                return []

        def go_on(results: list[Result]) -> None:
            then(results[0]) if results else self._end_round()

        self._job = self._jobs.submit_io("round", run, None, on_result=go_on, on_error=self._fail)

    def _fail(self, error: BaseException) -> None:
        self._busy = False
        self._report_problem(error)

    # In threads

    def _locked(self, work: Callable[[Rounds], Result]) -> list[Result]:
        """The result of ``work``; nothing after the end."""
        from kirara_illustrations.rounds import Rounds

        with self._one_at_a_time:
            if self._ended:
                return []
            if self._rounds is None:
                studio = self._studio
                self._rounds = Rounds(
                    studio.data_folder(_PLUGIN), studio.secrets(_PLUGIN), studio.messengers,
                    report=self._report_problem, failed=self._report_sources, clock=self._clock,
                )  # fmt: skip
            return [work(self._rounds)]

    def _report_problem(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            log.error("A round failed", exc_info=error)
        text = str(error_words(error))
        if text != self._problem:
            self._problem = text
            self._notify(text)

    def _report_sources(self, errors: dict[str, UserError]) -> None:
        self._notify("\n".join(f"{name}: {error_words(error)}" for name, error in errors.items()))

    def _notify(self, text: str) -> None:
        title = self._translate(_PROBLEM)
        self._studio.notify(Notice(title, text, panel=_PLUGIN, id="illustrations:problem"))


_running: Service | None = None


def begin(studio: Studio) -> None:
    """Start the one service of this process."""
    from PySide6.QtCore import QCoreApplication

    global _running
    end()
    _running = Service(studio, lambda text: QCoreApplication.translate(_PLUGIN, text))
    _running.start()


def running() -> Service | None:
    """The service, if it was started."""
    return _running


def end() -> None:
    """Stop it."""
    global _running
    if _running is not None:
        _running.stop()
        _running = None
