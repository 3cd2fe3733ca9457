"""Plugins' code in the window's thread: whose it is, and how it is kept from ending the studio."""

from __future__ import annotations

import builtins
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any, NoReturn

Packages = Callable[[], Mapping[str, str]]
"""Which plugin each top-level package belongs to, now."""

_DEBUGGERS = {"bdb", "pdb", "pydevd", "debugpy"}


class ExitRefused(Exception):
    """A slot of a plugin called ``sys.exit()``, which would end the studio."""


class Unanswered(BaseException):
    """Ends code that keeps the window's thread. Not an Exception, which such code may catch."""


def frames_from(frame: FrameType | None) -> Iterator[FrameType]:
    """``frame`` and its callers, the deepest first."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def package_of(frame: FrameType) -> str:
    """The top-level package whose code a frame runs."""
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def deepest_frame(frame: FrameType | None, packages: Mapping[str, str]) -> FrameType | None:
    """The deepest frame that runs code of a plugin."""
    return next((one for one in frames_from(frame) if package_of(one) in packages), None)


def is_debugged(frame: FrameType | None) -> bool:
    """True if the code stands still in a debugger."""
    return any(package_of(one) in _DEBUGGERS for one in frames_from(frame))


def guard_exit(packages: Packages) -> Callable[[], None]:
    """Let ``sys.exit``, ``exit`` and ``quit`` in a slot of a plugin raise :class:`ExitRefused`.

    PySide ends the process for a SystemExit that leaves a slot. Code that handles SystemExit, such
    as around argparse, still gets one. Returns a function that takes the guard away.
    """
    before = sys.exit, builtins.exit, builtins.quit
    main = threading.main_thread()

    def guarded(status: Any = None, /) -> NoReturn:
        frame = sys._getframe(1)
        if threading.current_thread() is main and deepest_frame(frame, packages()) is not None:
            handled = {"SystemExit", "BaseException"}
            if not any(handled.intersection(one.f_code.co_names) for one in frames_from(frame)):
                raise ExitRefused(f"sys.exit({status!r})")
        raise SystemExit(status)

    def undo() -> None:
        sys.exit, builtins.exit, builtins.quit = before

    sys.exit = guarded
    builtins.exit = builtins.quit = guarded  # type: ignore[assignment]
    return undo


class CodeEnder:
    """Raises :class:`Unanswered` in the window's thread, in code of a plugin only.

    Make it in that thread; call :meth:`end` in any other. A signal also ends what waits in a system
    call, such as ``time.sleep``; on Windows the code ends when it runs Python the next time.
    """

    def __init__(self, packages: Packages) -> None:
        self._packages = packages
        self._thread = threading.main_thread()
        self._ending = ""
        self._number = getattr(signal, "SIGUSR2", None)
        if self._number is not None:
            signal.signal(self._number, self._on_signal)

    def end(self, plugin: str) -> None:
        """Raise it in code of ``plugin``, if that runs."""
        self._ending = plugin
        if self._number is not None:
            signal.pthread_kill(self._thread.ident or 0, self._number)
        else:
            self._raise_soon(Unanswered)

    def forgive(self) -> None:
        """The window answers: nothing is to be ended any more. For the window's thread."""
        if self._ending:
            self._ending = ""
            self._raise_soon(None)

    def _raise_soon(self, kind: type[BaseException] | None) -> None:
        """Raise it when the thread runs Python the next time; with None, not any more."""
        import ctypes

        thread = ctypes.c_ulong(self._thread.ident or 0)
        raised = ctypes.py_object(kind) if kind is not None else None
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, raised)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        packages, ending = self._packages(), self._ending
        if ending and any(packages.get(package_of(one)) == ending for one in frames_from(frame)):
            raise Unanswered
