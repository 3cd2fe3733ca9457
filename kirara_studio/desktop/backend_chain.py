"""Notification backends, tried one after the other. Imports no Qt, for commands."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.notices import Notice, NoticeBackend

log = logging.getLogger(__name__)

SLOWEST_BACKEND = 30.0
"""Seconds after which a backend that neither delivers nor fails is skipped."""


class BackendChain:
    """Sends a notice through the first backend that takes it: lower ``order`` first.

    Every notice starts at the first backend, since daemons and trays come and go. A backend may
    take ``timeout`` seconds. Callable from any thread, and from several at once.
    """

    def __init__(
        self, backends: Iterable[NoticeBackend] = (), *, timeout: float = SLOWEST_BACKEND
    ) -> None:
        self._backends: list[NoticeBackend] = []
        self._timeout = timeout
        for backend in backends:
            self.add(backend)

    def backends(self) -> list[NoticeBackend]:
        return list(self._backends)

    def add(self, backend: NoticeBackend) -> None:
        self._backends = sorted([*self._backends, backend], key=lambda backend: backend.order)

    def deliver(self, notice: Notice) -> str:
        """Send the notice, and return the id of the backend that took it.

        Raises UserError if no backend takes it; the advice lists the reasons.
        """
        objections = []
        for backend in self._backends:
            try:
                _call_for(functools.partial(backend.send, notice), self._timeout)
            except UserError as error:
                objections.append(f"{backend.id}: {error}")
                log.info("Not through %s: %s", backend.id, error)
            except Exception as error:  # a plugin's mistake must not keep it from the user
                objections.append(f"{backend.id}: {one_line(error)}")
                log.warning("The backend %s failed", backend.id, exc_info=True)
            else:
                return backend.id
        raise UserError(
            "The notice “{title}” could not be delivered.",
            advice="{objections}",
            title=notice.title,
            objections=" ".join(objections),
        )

    def withdraw(self, notice_id: str) -> None:
        """Take a notice back from all backends."""
        for backend in self._backends:
            if backend.withdraw is None:
                continue
            try:
                _call_for(functools.partial(backend.withdraw, notice_id), self._timeout)
            except Exception:  # as above
                log.warning("The backend %s cannot withdraw", backend.id, exc_info=True)


def _call_for(function: Callable[[], None], seconds: float) -> None:
    """Call ``function`` in a thread. Raises what it raises, or TimeoutError."""
    done: Future[None] = Future()

    def call() -> None:
        try:
            function()
            done.set_result(None)
        except BaseException as error:
            done.set_exception(error if isinstance(error, Exception) else RuntimeError(repr(error)))

    threading.Thread(target=call, name="notice", daemon=True).start()
    if not wait([done], seconds).done:
        raise TimeoutError(f"it took longer than {seconds:g} s")
    done.result()
