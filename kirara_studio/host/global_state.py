"""What belongs to the whole process. What a plugin changed of it is put back, and named."""

from __future__ import annotations

import contextlib
import locale
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from kirara_studio.api.errors import UserError


class Watched(NamedTuple):
    """One thing of the process: its key in :func:`sentence`, how it is read, and put back."""

    key: str
    read: Callable[[], Any]
    put_back: Callable[[Any], object]


def _signals() -> tuple[Any, ...]:
    return signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)


def _put_signals_back(handlers: tuple[Any, ...]) -> None:
    if threading.current_thread() is threading.main_thread():
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), handlers, strict=True):
            signal.signal(number, handler)


WATCHED = [
    Watched(
        "locale",
        lambda: locale.setlocale(locale.LC_ALL),
        lambda value: locale.setlocale(locale.LC_ALL, value),
    ),
    Watched("excepthook", lambda: sys.excepthook, lambda hook: setattr(sys, "excepthook", hook)),
    Watched("folder", os.getcwd, os.chdir),
    Watched("signals", _signals, _put_signals_back),
]
"""What every thread may look at."""

OF_THE_WINDOW: list[Watched] = []
"""What only the UI thread may look at: palette, font, style sheet. The window adds them."""


class GlobalState:
    """The state of the process at one moment.

    ``state = GlobalState.now()``; then code of a plugin runs; then ``state.restore()`` puts back
    what differs and returns its keys.
    """

    looks = 0
    """How often the studio itself has changed palette, font and style sheet."""

    def __init__(self, watched: list[Watched]) -> None:
        self._looks = GlobalState.looks
        self._before: list[tuple[Watched, Any]] = []
        for one in watched:
            with contextlib.suppress(Exception):  # such as a current folder that was removed
                self._before.append((one, one.read()))

    @classmethod
    def now(cls, *, of_the_window: bool = False) -> GlobalState:
        """What is in force now."""
        return cls([*WATCHED, *OF_THE_WINDOW] if of_the_window else WATCHED)

    def restore(self) -> tuple[str, ...]:
        """Put back what differs; returns the keys of what did.

        If the theme changed meanwhile, nothing is known of palette, font and style sheet.
        """
        changed = []
        for one, before in self._before:
            if one in OF_THE_WINDOW and GlobalState.looks != self._looks:
                continue
            with contextlib.suppress(Exception):
                if one.read() != before:
                    changed.append(one.key)
                    one.put_back(before)
        return tuple(changed)


def sentence(key: str, plugin: str) -> UserError:
    """A change, in words for the user."""
    sentences = {
        "locale": UserError("“{plugin}” changed the locale. This was undone.", plugin=plugin),
        "excepthook": UserError(
            "“{plugin}” replaced the handler of unexpected errors. This was undone.", plugin=plugin
        ),
        "folder": UserError(
            "“{plugin}” changed the current folder. This was undone.", plugin=plugin
        ),
        "signals": UserError(
            "“{plugin}” replaced a handler of signals. This was undone.", plugin=plugin
        ),
        "palette": UserError("“{plugin}” changed the palette. This was undone.", plugin=plugin),
        "font": UserError("“{plugin}” changed the font. This was undone.", plugin=plugin),
        "style": UserError("“{plugin}” changed the style sheet. This was undone.", plugin=plugin),
    }
    return sentences[key]
