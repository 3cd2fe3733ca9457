"""The ways in which reminders arrive: notification backends of the desktop, and messengers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_releases.jobs import use_messengers
from kirara_releases.notifications.messengers import Messengers
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.secrets import Secrets
from kirara_studio.api.widgets import Task

translate = QCoreApplication.translate

UNTESTED, TESTING, WORKS, REFUSED = "untested", "testing", "works", "refused"
"""States of a backend."""


@dataclass(frozen=True)
class Backend:
    """One of the desktop's, or a messenger (``channel`` is None).

    ``key`` identifies it; titles may occur twice.
    """

    key: str
    title: str
    channel: NoticeBackend | None = None
    enabled: bool = True


class Backends(QObject):
    """All of them, the desktop's first, in the order in which they are tried.

    :attr:`changed` follows every change of the list or of a :meth:`state`; :attr:`added` carries
    the name of a messenger, :attr:`refused` why one was not added.
    """

    changed = Signal()
    added = Signal(str)
    refused = Signal(object)

    def __init__(
        self, context: PanelContext, store: ReleaseStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._messengers = Messengers(store, context.secrets)
        self._states: dict[str, tuple[str, BaseException | None]] = {}
        self._tests: dict[str, Task] = {}
        self._adding = Task(context.jobs, "add messenger", io=True, parent=self)
        self._adding.failed.connect(self.refused)
        self.all: list[Backend] = []
        self.reload()

    def reload(self) -> None:
        desktop = self._context.notice_backends()
        self.all = [Backend(f"desktop/{c.id}", c.title, c) for c in desktop] + [
            Backend(f"messenger/{name}", name, None, on)
            for name, on in self._messengers.enabled().items()
        ]
        self.changed.emit()

    def state(self, key: str) -> tuple[str, BaseException | None]:
        """The result of the last test, and why it was refused."""
        return self._states.get(key, (UNTESTED, None))

    def set_enabled(self, backend: Backend, on: bool) -> None:
        try:
            self._messengers.set_enabled(backend.title, on)
        except UserError as error:
            self._context.show_error(error)
        self.reload()

    def test_all(self) -> None:
        """Send a test through every backend, to show which ones work here."""
        self.reload()
        for backend in self.all:
            if backend.enabled:
                self.test(backend)

    def test(self, backend: Backend) -> None:
        key, context = backend.key, self._context
        if key not in self._tests:
            task = self._tests[key] = Task(context.jobs, f"test {key}", io=True, parent=self)
            task.failed.connect(lambda error: self._set_state(key, REFUSED, error))
            task.stopped.connect(lambda: self._set_state(key, UNTESTED))
        notice = Notice(
            translate("releases", "This is a test"),
            translate("releases", "Reminders arrive through {0}").format(backend.title),
            panel="releases",
            id=f"releases.test.{key}",
        )

        def send(messengers: Messengers) -> None:
            if backend.channel is not None:
                backend.channel.send(notice)
            else:
                messengers.test(backend.title, notice)

        self._set_state(key, TESTING)
        self._tests[key].start(
            use_messengers, self._request(send), lambda _: self._set_state(key, WORKS)
        )

    def add(self, name: str, url: str) -> None:
        """Add a messenger, or give one another address."""
        request = self._request(lambda messengers: messengers.add(name, url))
        self._adding.start(use_messengers, request, lambda _: self._on_added(name.strip()))

    def remove(self, backend: Backend) -> None:
        self._context.jobs.submit_io(
            f"remove {backend.key}",
            use_messengers,
            self._request(lambda messengers: messengers.remove(backend.title)),
            on_result=lambda _: self.reload(),
        )

    def _request(
        self, work: Callable[[Messengers], None]
    ) -> tuple[Path, Secrets, Callable[[Messengers], None]]:
        return self._context.data_folder, self._context.secrets, work

    def _on_added(self, name: str) -> None:
        self._states.pop(f"messenger/{name}", None)
        self.reload()
        self.added.emit(name)

    def _set_state(self, key: str, state: str, error: BaseException | None = None) -> None:
        self._states[key] = (state, error)
        self.changed.emit()
