"""What the plugin manager works on, without widgets: changes in a queue, updates, the index."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.host.folders import Folders

if TYPE_CHECKING:
    from kirara_studio.host.installation.installer import Installer
    from kirara_studio.host.installation.values import Outcome, Output, Progress, Question

log = logging.getLogger(__name__)

INSTALL, UPDATE, REMOVE, UNDO = "install", "update", "remove", "undo"
WAITING, RUNNING, ASKING = "waiting", "running", "asking"
DONE, FAILED, STOPPED, DECLINED = "done", "failed", "stopped", "declined"
_MOST_LINES = 2_000


@dataclass(eq=False)
class Change:
    """One change in the queue: what is to be done, and where it stands.

    ``target`` is what to install (a name, a path, an address) or the name of an installed plugin.
    With ``data`` a plugin's data is removed with it; ``undone`` is the change to UNDO. ``step`` is
    one of the installer's steps, ``fraction`` from 0 to 1, ``lines`` its output. ``outcome`` is
    there once it is DONE, ``error`` once it FAILED.
    """

    action: str
    target: str
    data: bool = False
    undone: Change | None = None
    state: str = WAITING
    step: str = ""
    fraction: float = 0.0
    lines: list[str] = field(default_factory=list)
    outcome: Outcome | None = None
    error: BaseException | None = None

    @property
    def is_over(self) -> bool:
        """True if nothing more happens to it."""
        return self.state in (DONE, FAILED, STOPPED, DECLINED)

    @property
    def has_changed(self) -> bool:
        """True if it changed any plugin."""
        return self.state == DONE and self.outcome is not None and bool(self.outcome.packages)

    @property
    def can_be_undone(self) -> bool:
        """True if it can be undone, as long as it is the newest."""
        outcome = self.outcome if self.has_changed and self.action != UNDO else None
        return outcome is not None and any(outcome.generations)


class PluginChanges(QObject):
    """Installs, updates and removes one plugin after the other; what fails drops nothing else.

    Signals
    -------
    changed(Change)
        A change was added, or moved on.
    asked(Change, Question)
        The user must agree before it goes on: call :meth:`answer`.
    finished(Change)
        It is over.
    updates_found(object), index_read(object)
        What :meth:`look_for_updates` and :meth:`read_index` found: a list of Update or an error,
        and an Index.
    """

    changed = Signal(object)
    asked = Signal(object, object)
    finished = Signal(object)
    updates_found = Signal(object)
    index_read = Signal(object)

    def __init__(self, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self.changes: list[Change] = []
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._installer: Installer | None = None
        self._answered = threading.Event()
        self._answer = False
        self._closed = False

    def add(
        self, action: str, target: str, *, data: bool = False, undone: Change | None = None
    ) -> Change:
        """Put a change at the end of the queue."""
        change = Change(action, target, data, undone)
        self.changes.append(change)
        self._do(lambda: self._run(change))
        self.changed.emit(change)
        return change

    def cancel(self, change: Change) -> None:
        """Take a change out of the queue, or stop it; nothing of it remains then."""
        if change.state == WAITING:
            self._end(change, STOPPED)
        elif not change.is_over and self._installer is not None:
            self._installer.stop()
            self._answered.set()

    def answer(self, change: Change, agreed: bool) -> None:
        """What the user said to the question of ``change``."""
        if change.state == ASKING:
            self._answer = agreed
            self._answered.set()

    def clear(self) -> None:
        """Forget the changes that are over."""
        self.changes = [change for change in self.changes if not change.is_over]

    def look_for_updates(self) -> None:
        """Ask for newer versions; ``updates_found`` is sent with them, or with an error."""
        self._do(self._find_updates)

    def read_index(self, address: str) -> None:
        """Read the index of plugins; ``index_read`` is sent with it."""
        from kirara_studio.host.installation.index import read_index

        def read() -> None:
            index = read_index(address, self._folders.cache, self._check_open)
            self.index_read.emit(index)

        threading.Thread(target=self._quietly(read), name="plugin index", daemon=True).start()

    def close(self) -> None:
        """The studio ends: nothing half-done remains."""
        self._closed = True
        self._work.put(None)
        if self._installer is not None:
            self._installer.stop()
        self._answered.set()

    # In the thread of the queue

    def _do(self, work: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._loop, name="plugin changes", daemon=True)
            self._thread.start()
        self._work.put(self._quietly(work))

    def _loop(self) -> None:
        from kirara_studio.host.installation.installer import Installer

        self._installer = Installer(self._folders)
        while (work := self._work.get()) is not None and not self._closed:
            work()

    def _quietly(self, work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except (Cancelled, RuntimeError):  # the window is gone, and its signals too
                log.debug("The plugin manager was closed", exc_info=True)

        return run

    def _run(self, change: Change) -> None:
        if change.is_over or self._installer is None:
            return
        self._note(change, state=RUNNING)
        try:
            change.outcome = self._change(self._installer, change)
        except Cancelled:
            self._end(change, STOPPED)
        except BaseException as error:
            if not isinstance(error, UserError):
                log.exception("%s %s failed", change.action, change.target)
            change.error = error
            self._end(change, FAILED)
        else:
            self._end(change, DONE if change.outcome is not None else DECLINED)

    def _change(self, installer: Installer, change: Change) -> Outcome | None:
        def ask(question: Question) -> bool:
            return self._ask(change, question)

        def report(news: Progress | Output) -> None:
            self._report(change, news)

        if change.undone is not None and change.undone.outcome is not None:
            return installer.undo(change.undone.outcome, report=report)
        if change.action == REMOVE:
            return installer.remove(change.target, data=change.data, report=report)
        if change.action == UPDATE:
            return installer.update(change.target, ask, report)
        return installer.install(change.target, ask, report)

    def _ask(self, change: Change, question: Question) -> bool:
        self._answered.clear()
        self._answer = False
        self._note(change, state=ASKING)
        self.asked.emit(change, question)
        self._answered.wait()
        self._note(change, state=RUNNING)
        return self._answer

    def _report(self, change: Change, news: Progress | Output) -> None:
        if hasattr(news, "line"):
            change.lines = [*change.lines, news.line][-_MOST_LINES:]
            self._note(change)
        else:
            self._note(change, step=news.step, fraction=news.fraction)

    def _find_updates(self) -> None:
        assert self._installer is not None
        try:
            self.updates_found.emit(self._installer.updates())
        except UserError as error:
            self.updates_found.emit(error)

    def _note(self, change: Change, **values: object) -> None:
        for name, value in values.items():
            setattr(change, name, value)
        self.changed.emit(change)

    def _end(self, change: Change, state: str) -> None:
        self._note(change, state=state)
        self.finished.emit(change)

    def _check_open(self) -> None:
        if self._closed:
            raise Cancelled
