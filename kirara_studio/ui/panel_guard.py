"""Guards a panel from its opening on: notes it for the next start, measures it, undoes changes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from kirara_studio.api.errors import UserError
from kirara_studio.api.panel import Panel
from kirara_studio.host.figures import resident_memory
from kirara_studio.host.global_state import GlobalState
from kirara_studio.host.registry import Registry
from kirara_studio.host.safe_mode import UNANSWERED, HeldPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FRESH_MS = 60_000
"""How long after its opening a panel is to blame if the studio ends while it is in sight."""


class PanelGuard(QObject):
    """Guards the panel whose place is ``parent``."""

    def __init__(self, panel: Panel, registry: Registry, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel = panel
        self._registry = registry
        self._plugin = registry.plugin_of(panel.id)
        self._fresh = QTimer(self, singleShot=True, interval=FRESH_MS)
        self._fresh.timeout.connect(lambda: self.set_in_sight(True))
        self._opened = False
        self._start = 0.0
        self._memory: int | None = None
        self._state: GlobalState | None = None

    @property
    def held(self) -> HeldPanel | None:
        """Why the panel shall not be opened, or None."""
        return self._registry.session.held.get(self._panel.id)

    def release(self) -> None:
        """The user wants to try the panel again."""
        self._registry.session.release(self._panel.id)

    @contextlib.contextmanager
    def opening(self) -> Iterator[None]:
        """Note that the panel's widget is imported and made in this block."""
        self._opened = True
        self._fresh.start()
        self.set_in_sight(True)
        self._start = time.perf_counter()
        self._memory = resident_memory()
        self._state = GlobalState.now(of_the_window=True)
        try:
            yield
        except BaseException:
            self._opened = False
            self.set_in_sight(False)
            raise
        finally:
            self._undo_changes()

    def watch(self, widget: QWidget) -> None:
        """Measure until ``widget`` was painted for the first time."""
        widget.installEventFilter(self)

    def set_in_sight(self, in_sight: bool) -> None:
        """The panel was shown or hidden."""
        session = self._registry.session
        if in_sight and self._opened:
            session.show(self._panel.id, self._plugin, fresh=self._fresh.isActive())
        else:
            session.hide(self._panel.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._on_painted)
        return False

    def _on_painted(self) -> None:
        after = resident_memory()
        added = after - self._memory if after is not None and self._memory is not None else None
        seconds = time.perf_counter() - self._start
        self._registry.figures(self._plugin).add_panel(seconds, added)
        self._undo_changes()
        self._state = None

    def _undo_changes(self) -> None:
        if self._state is not None:
            self._registry.note_changes(self._plugin, self._state)


def explain_held(held: HeldPanel, title: str) -> UserError:
    """Why a panel was not opened."""
    if held.reason == UNANSWERED:
        return UserError(
            "“{title}” did not answer, so the studio was restarted without it.",
            advice="Try it again, or switch its plugin “{plugin}” off.",
            title=title,
            plugin=held.plugin,
        )
    return UserError(
        "The studio ended unexpectedly soon after “{title}” was opened, so it stays closed.",
        advice="Try it again, or switch its plugin “{plugin}” off.",
        title=title,
        plugin=held.plugin,
    )
