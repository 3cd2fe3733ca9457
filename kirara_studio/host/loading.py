"""Loads one plugin in a thread of its own, asks it what it adds, and measures both."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.host.discovery import PluginRecord
from kirara_studio.host.figures import resident_memory
from kirara_studio.host.global_state import GlobalState, sentence

HEAVY = ("torch", "cv2")
"""Packages that take seconds to import, and which the module of the hooks must not import."""

Ask = Callable[[object, Callable[[str], None]], dict[str, list[Any]]]
"""Registers a plugin and returns its hooks' answers; reports the hook that it is about to call."""


class Loading:
    """A plugin that is being loaded, or was.

    It runs in a thread, so one that hangs in Python code, or waits, delays nothing else. After
    :meth:`wait` returned True the outcome is there: ``plugin`` and ``answers``, or ``reason`` and
    ``details`` of a failure.
    """

    def __init__(self, found: PluginRecord, ask: Ask, finished: Callable[[], None]) -> None:
        self.found = found
        self.plugin: object | None = None
        self.answers: dict[str, list[Any]] = {}
        self.reason = ""
        self.details = ""
        self.hook = ""
        """The hook that is being called, or empty while the module is imported."""
        self.seconds = 0.0
        self.memory: int | None = None
        self.heavy: tuple[str, ...] = ()
        self.changes: tuple[str, ...] = ()
        self._ask = ask
        self._finished = finished
        self._began = time.monotonic()
        self._alone = True
        self._thread = threading.Thread(target=self._run, name=f"load {found.name}", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait so long for the outcome at most. True if it is there."""
        self._thread.join(max(0.0, seconds))
        # From now on others change the state of the process, too.
        self._alone = not self._thread.is_alive()
        return self._alone

    @property
    def age(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    def too_slow(self, seconds: float) -> str:
        """Why it is listed as broken after so many seconds."""
        what = f"{self.hook} of it" if self.hook else "Importing it"
        return f"{what} took longer than {seconds:g} seconds."

    def notes(self) -> list[UserError]:
        """What it does that a plugin should not."""
        name = self.found.name
        return [sentence(key, name) for key in self.changes] + [
            UserError(
                "“{plugin}” imports {package} at each start: {seconds} s and {memory} MB.",
                advice="Its author should import it in the functions that need it.",
                plugin=name,
                package=package,
                seconds=f"{self.seconds:.1f}",
                memory=round((self.memory or 0) / 1e6),
            )
            for package in self.heavy
        ]

    def _run(self) -> None:
        state, before = GlobalState.now(), resident_memory()
        known = {name for name in HEAVY if name in sys.modules}
        start = time.perf_counter()
        try:
            plugin = self.found.entry_point.load()
            self.seconds = time.perf_counter() - start
            self.answers = self._ask(plugin, self._note_hook)
            self.plugin = plugin
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            self.seconds = self.seconds or time.perf_counter() - start
            self.reason = f"{self.hook}: {one_line(error)}" if self.hook else one_line(error)
            self.details = traceback.format_exc()
        after = resident_memory()
        self.memory = after - before if before is not None and after is not None else None
        if self._alone:
            self.heavy = tuple(n for n in HEAVY if n in sys.modules and n not in known)
            self.changes = state.restore()
        self._finished()

    def _note_hook(self, hook: str) -> None:
        self.hook = hook
