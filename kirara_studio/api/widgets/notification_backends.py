"""The ways in which notices arrive: notification backends of the desktop, and messengers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets.task import Task

UNTESTED, TESTING, WORKS, REFUSED = "untested", "testing", "works", "refused"
"""States of a backend."""


@dataclass(frozen=True)
class ListedBackend:
    """One of the desktop's, or a messenger (``channel`` is None).

    ``key`` identifies it; titles may occur twice.
    """

    key: str
    title: str
    channel: NoticeBackend | None = None
    enabled: bool = True


class MessengerChoice(Protocol):
    """Which messengers a panel uses. Both methods raise UserError if that fails."""

    def enabled(self) -> Mapping[str, bool]:
        """Whether each messenger is used, in the order in which they are shown."""

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Use a messenger from now on, or do not."""


class NotificationBackends(QObject):
    """All of them, the desktop's first, in the order in which they are tried.

    A messenger that is added here is used by the panel, too. :attr:`changed` follows every change
    of the list or of a :meth:`state`; :attr:`added` carries the name of a messenger,
    :attr:`refused` why one was not added.
    """

    changed = Signal()
    added = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        context: PanelContext,
        choice: MessengerChoice,
        make_test: Callable[[ListedBackend], Notice],
        parent: QObject | None = None,
        *,
        desktop: bool = True,
    ) -> None:
        """``make_test`` makes the notice that tests a backend.

        Without ``desktop`` (version 1.4) only messengers are listed.
        """
        super().__init__(parent)
        self._context = context
        self._choice = choice
        self._make_test = make_test
        self.desktop = desktop
        self._states: dict[str, tuple[str, BaseException | None]] = {}
        self._tests: dict[str, Task] = {}
        self._adding = Task(context.jobs, "add messenger", io=True, parent=self)
        self._adding.failed.connect(self.refused)
        self.all: list[ListedBackend] = []
        self.reload()

    def reload(self) -> None:
        """List them again."""
        channels = self._context.notice_backends() if self.desktop else ()
        self.all = [ListedBackend(f"desktop/{c.id}", c.title, c) for c in channels]
        try:
            chosen = self._choice.enabled()
        except UserError as error:
            self._context.show_error(error)
        else:
            self.all += [
                ListedBackend(f"messenger/{name}", name, None, on) for name, on in chosen.items()
            ]
        self.changed.emit()

    def state(self, key: str) -> tuple[str, BaseException | None]:
        """The result of the last test, and why it was refused."""
        return self._states.get(key, (UNTESTED, None))

    def set_enabled(self, backend: ListedBackend, on: bool) -> None:
        """Use a messenger, or do not."""
        self._choose(backend.title, on)
        self.reload()

    def test_all(self) -> None:
        """Send a test through every backend, to show which ones work here."""
        self.reload()
        for backend in self.all:
            if backend.enabled:
                self.test(backend)

    def test(self, backend: ListedBackend) -> None:
        """Send a test through one of them."""
        key, context = backend.key, self._context
        if key not in self._tests:
            task = self._tests[key] = Task(context.jobs, f"test {key}", io=True, parent=self)
            task.failed.connect(lambda error: self._set_state(key, REFUSED, error))
            task.stopped.connect(lambda: self._set_state(key, UNTESTED))
        notice = self._make_test(backend)

        def send(messengers: Messengers, _tools: JobTools) -> None:
            if backend.channel is not None:
                backend.channel.send(notice)
            else:
                messengers.test(backend.title, notice)

        self._set_state(key, TESTING)
        self._tests[key].start(send, context.messengers, lambda _: self._set_state(key, WORKS))

    def add(self, name: str, url: str) -> None:
        """Add a messenger, or give one another address."""
        name = name.strip()

        def work(messengers: Messengers, _tools: JobTools) -> bool:
            new = name not in messengers.names()
            messengers.add(name, url)
            return new

        self._adding.start(work, self._context.messengers, lambda new: self._on_added(name, new))

    def remove(self, backend: ListedBackend) -> None:
        """Forget a messenger, for all panels."""

        def work(messengers: Messengers, _tools: JobTools) -> None:
            messengers.remove(backend.title)

        self._context.jobs.submit_io(
            f"remove {backend.key}",
            work,
            self._context.messengers,
            on_result=lambda _: self.reload(),
        )

    def _choose(self, name: str, on: bool) -> None:
        try:
            self._choice.set_enabled(name, on)
        except UserError as error:
            self._context.show_error(error)

    def _on_added(self, name: str, new: bool) -> None:
        self._states.pop(f"messenger/{name}", None)
        if new:
            self._choose(name, True)
        self.reload()
        self.added.emit(name)

    def _set_state(self, key: str, state: str, error: BaseException | None = None) -> None:
        self._states[key] = (state, error)
        self.changed.emit()
