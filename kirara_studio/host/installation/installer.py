"""The studio's end of an installation: it starts the child process, answers it and stops it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.host.folders import Folders
from kirara_studio.host.installation.values import (
    INSTALL,
    REMOVE,
    UNDO,
    UPDATE,
    UPDATES,
    Answer,
    Ask,
    BuildQuestion,
    InstallQuestion,
    Outcome,
    Output,
    Progress,
    Report,
    Request,
    Update,
    from_line,
    to_line,
)
from kirara_studio.processes import child_environment, exit_reason, hidden, python_command

_PATIENCE = 3.0  # seconds between asking the child to end, and ending it and its children
_LOG_LINES = 20


class Installer:
    """Changes the user's plugin folder, one change at a time.

    Every method but :meth:`stop` blocks until the change is done (seconds to minutes), so call it
    in a worker thread; ``ask`` and ``report`` are called in that thread. Another thread may call
    :meth:`stop` at any moment, and the process may be killed at any moment: the folder is then as
    it was before, or completely changed. Several studios and commands may use one folder: a change
    while another one runs raises a UserError.

    A queue of changes keeps one ``Installer`` and calls one method after the other; what one raises
    concerns that change only. Example, in a worker thread::

        installer = Installer(folders)
        try:
            outcome = installer.install("kirara-parikh", ask=show_dialog_and_wait, report=show)
        except UserError as error: ...  # a sentence and an advice, translatable (error_words)
        except Cancelled: ...           # after stop()
        else:
            if outcome is None: ...     # ask() returned False
    """

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._stopped = False

    def install(self, source: str, ask: Ask, report: Report = lambda _: None) -> Outcome | None:
        """Install a plugin, or replace the version that is there.

        ``source`` is a name (``hello``, ``hello==1.2``), a wheel, an sdist, a folder, or an address
        (https, git+https, or http on this computer). ``ask`` is called with a
        :class:`BuildQuestion` before code of a source is run, and with an :class:`InstallQuestion`
        before the plugin is activated. Returns None, and changes nothing, if it returns False.

        Raises UserError for whatever the user can do something about, and Cancelled.
        """
        return self._outcome(Request(INSTALL, source), ask, report)

    def update(self, name: str, ask: Ask, report: Report = lambda _: None) -> Outcome | None:
        """Install the newest version of a plugin that fits the studio.

        ``name`` is one of :meth:`updates`. An Outcome without packages means that there is no newer
        one. Otherwise as :meth:`install`.
        """
        return self._outcome(Request(UPDATE, name), ask, report)

    def remove(self, name: str, *, data: bool = False, report: Report = lambda _: None) -> Outcome:
        """Remove a plugin, and what only it needed. ``name`` is the plugin's or its distribution's.

        With ``data``, the folder with the plugin's data too. Raises UserError and Cancelled.
        """
        return self._unasked(Request(REMOVE, name, data), report)

    def undo(self, done: Outcome, report: Report = lambda _: None) -> Outcome:
        """Bring back the plugins from before the newest change, whose Outcome is ``done``.

        Raises UserError, for example if another change followed, and Cancelled.
        """
        return self._unasked(Request(UNDO, generations=done.generations), report)

    def updates(self, report: Report = lambda _: None) -> list[Update]:
        """Newer versions of the plugins that came from the index by their name.

        A version that does not fit the studio is not listed. Raises UserError, for example without
        a network, and Cancelled.
        """
        values = self._values(Request(UPDATES), lambda _: True, report)
        return [value for value in values if isinstance(value, Update)]

    def stop(self) -> None:
        """End the change that runs now, if any; its method raises Cancelled. For any thread."""
        with self._lock:
            child, self._stopped = self._child, True
        if child is not None:
            _end(child)

    def _unasked(self, request: Request, report: Report) -> Outcome:
        outcome = self._outcome(request, lambda _: True, report)
        assert outcome is not None
        return outcome

    def _outcome(self, request: Request, ask: Ask, report: Report) -> Outcome | None:
        outcome = None
        for value in self._values(request, ask, report):
            if isinstance(value, Outcome):
                outcome = value
        return outcome

    def _values(self, request: Request, ask: Ask, report: Report) -> Iterator[Any]:
        """Run one request, and yield what is neither a question nor progress."""
        with self._lock:
            self._stopped = False
            child = self._child = self._start()
        log: deque[str] = deque(maxlen=_LOG_LINES)
        reader = threading.Thread(target=lambda: log.extend(child.stderr or ()), daemon=True)
        reader.start()
        try:
            folders = {
                item.name: str(getattr(self._folders, item.name)) for item in fields(Folders)
            }
            self._send(child, replace(request, folders=folders))
            yield from self._conversation(child, ask, report)
        finally:
            _end(child)
            reader.join(1)
            with self._lock:
                self._child = None
        if self._stopped:
            raise Cancelled
        if child.returncode:
            raise UserError(
                "The installation ended unexpectedly ({reason}). Nothing was changed.",
                advice="Try again.",
                reason=log[-1].strip() if log else exit_reason(child.returncode),
            )

    def _conversation(
        self, child: subprocess.Popen[str], ask: Ask, report: Report
    ) -> Iterator[Any]:
        assert child.stdout is not None
        for line in child.stdout:
            try:
                value = from_line(line)
            except ValueError:  # a library printed it
                value = Output(line.rstrip())
            if isinstance(value, Progress | Output):
                report(value)
            elif isinstance(value, BuildQuestion | InstallQuestion):
                self._send(child, Answer(bool(ask(value))))
            elif isinstance(value, UserError):
                raise value
            else:
                yield value
        child.wait()

    def _start(self) -> subprocess.Popen[str]:
        environment = child_environment(without=self._folders.plugins)
        return subprocess.Popen(
            python_command("kirara_studio.host.installation"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            encoding="utf-8",
            errors="replace",
            **hidden(detached=True),  # a group of its own, which can be ended as a whole
        )

    def _send(self, child: subprocess.Popen[str], message: Request | Answer) -> None:
        assert child.stdin is not None
        with contextlib.suppress(OSError):  # it has ended, as its output shows
            child.stdin.write(to_line(message))
            child.stdin.flush()


def _end(child: subprocess.Popen[str]) -> None:
    """End the child and what it started. It gets a moment to remove its temporary files."""
    if child.poll() is None:
        with contextlib.suppress(OSError):
            child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_PATIENCE)
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            tree = ["taskkill", "/T", "/F", "/PID", str(child.pid)]
            subprocess.run(tree, check=False, capture_output=True)
        else:
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
