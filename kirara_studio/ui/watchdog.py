"""Notices when the window does not answer, names the plugin whose code runs, and ends that code.

A small process of its own watches (:mod:`kirara_studio.ui.hang_monitor`), since it must do so while
the window's thread holds the interpreter lock, and show a window (:mod:`.hang_dialog`) then.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kirara_studio.host.registry import Registry
from kirara_studio.processes import child_environment, hidden, python_command
from kirara_studio.ui.plugin_code import CodeEnder, deepest_frame, is_debugged, package_of

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds without an answer after which the user is asked."""
BEAT_MS, BEAT_IN_TRAY_MS = 2_000, 30_000


class Watchdog(QObject):
    """Lets the monitor know that the window answers, and does what the monitor asks for.

    ``dump`` is a file for the stack of a thread that holds the interpreter lock. ``save`` saves
    what can be saved from another thread. ``look`` gives "theme" and
    "language" of the monitor's window.
    """

    def __init__(
        self,
        registry: Registry,
        *,
        dump: Path,
        save: Callable[[], None],
        look: Callable[[], dict[str, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._registry = registry
        self._dump = dump
        self._save = save
        self._look = look
        self._child: subprocess.Popen[bytes] | None = None
        self._ender: CodeEnder | None = None
        self._main = threading.main_thread().ident or 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.beat)

    def start(self, signals: int | None = None) -> None:
        """Start the monitor. ``signals`` is the socket on which the system's signals wait."""
        fds = [signals] if signals is not None and sys.platform != "win32" else []
        try:
            self._child = subprocess.Popen(
                python_command("kirara_studio.ui.hang_monitor"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=child_environment(),
                pass_fds=fds,
                **hidden(detached=True),
            )
        except OSError:
            log.warning("Nobody watches whether the window answers", exc_info=True)
            return
        assert self._child.stdin is not None
        os.set_blocking(self._child.stdin.fileno(), False)
        self._ender = CodeEnder(self._registry.packages)
        self._send(
            process=os.getpid(),
            patience=PATIENCE,
            session=str(self._registry.session.path or ""),
            dump=str(self._dump) if self._register_dump() else "",
            signals=fds[0] if fds else -1,
            restart=python_command("kirara_studio"),
        )
        self.name_plugins()
        threading.Thread(target=self._listen, name="watchdog", daemon=True).start()
        self.beat()

    def name_plugins(self) -> None:
        """Send the monitor the names of the plugins; it cannot ask while the lock is held."""
        packages = self._registry.packages()
        names = {name: self._names(name) for name in set(packages.values())}
        self._send(packages=packages, names=names, **self._look())

    def beat(self) -> None:
        """The window answers."""
        if self._ender is not None:
            self._ender.forgive()
        in_sight = any(window.isVisible() for window in QApplication.topLevelWidgets())
        interval = BEAT_MS if in_sight else BEAT_IN_TRAY_MS
        if interval != self._timer.interval() or not self._timer.isActive():
            self._timer.start(interval)
        self._send(beat=interval / 1000)

    def hurry(self) -> None:
        """The studio shall end: expect an answer at once. For a handler of signals."""
        self._send(beat=0)

    def close(self) -> None:
        """The studio ends: plugins' code that does not return is ended without a question."""
        self._timer.stop()
        self._send(closing=True)

    def stop(self) -> None:
        """End the monitor."""
        self._timer.stop()
        child, self._child = self._child, None
        if child is not None and child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()

    def _register_dump(self) -> bool:
        """Let a signal write the stacks of all threads, whoever holds the interpreter lock."""
        if not hasattr(faulthandler, "register"):
            return False
        with contextlib.suppress(OSError):
            self._dump.parent.mkdir(parents=True, exist_ok=True)
            self._stacks = self._dump.open("w")
            faulthandler.register(signal.SIGUSR1, self._stacks, all_threads=True, chain=False)
            return True
        return False

    def _send(self, **message: Any) -> None:
        child = self._child
        if child is None or child.stdin is None:
            return
        try:
            os.write(child.stdin.fileno(), json.dumps(message).encode() + b"\n")
        except BlockingIOError:
            pass  # the monitor is stopped
        except OSError:
            self._child = None

    # In a thread of its own, which waits for the monitor

    def _listen(self) -> None:
        child = self._child
        assert child is not None and child.stdout is not None
        for line in child.stdout:
            command = line.strip()
            try:
                if command == b"who":
                    self._send(who=self.describe())
                elif command == b"end" and self._ender is not None:
                    self._ender.end(self.describe()["plugin"])
                elif command == b"save":
                    self._save()
                    self._send(saved=True)
            except Exception:
                log.exception("The monitor's %s failed", command)
                self._send(saved=False)
        child.wait()

    def describe(self) -> dict[str, Any]:
        """Whose code runs in the window's thread: "plugin", "panel", "title" and "where"."""
        packages = self._registry.packages()
        stack = sys._current_frames().get(self._main)
        frame = deepest_frame(stack, packages)
        where = frame or stack
        plugin = packages[package_of(frame)] if frame else ""
        return {
            **self._names(plugin),
            "where": f"{where.f_code.co_filename}:{where.f_lineno} ({where.f_code.co_name})"
            if where is not None
            else "",
            "debugged": is_debugged(stack),
            **self._look(),
        }

    def _names(self, plugin: str) -> dict[str, str]:
        """What a plugin is called, and its panel in sight or its first one."""
        registry = self._registry
        in_sight = registry.session.in_sight
        mine = sorted(registry.panels_of(plugin), key=lambda panel: panel.id not in in_sight)
        if not mine:
            return {"plugin": plugin, "panel": "", "title": plugin}
        title = QCoreApplication.translate(mine[0].id, mine[0].title)
        return {"plugin": plugin, "panel": mine[0].id, "title": title}
