"""The last resort for notices: a list inside the studio, which remembers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.notices import Channel, Notice

_LONGEST = 100


class Inbox(QObject):
    """Notices that no other route would take, until somebody has read them.

    Parameters
    ----------
    state
        A section of the :class:`~kirara_studio.host.state.StateStore`; what is unread when
        the studio ends is there at the next start.

    Signals
    -------
    arrived(Notice)
        A notice came; show it at once, in a banner for instance.
    """

    arrived = Signal(object)
    _sent = Signal(object)

    def __init__(self, state: dict[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        # Sent from the notifier's thread, and received in this one.
        self._sent.connect(self._add)

    def channel(self) -> Channel:
        """The route to here. It never fails, so it comes last."""
        return Channel("inbox", self.tr("Inside the studio"), self._sent.emit, order=10_000)

    def unread(self) -> list[Notice]:
        """What nobody has read yet, oldest first."""
        return [
            Notice(*(str(entry.get(key, "")) for key in ("title", "text", "panel")))
            for entry in self._entries()
        ]

    def mark_read(self, notice: Notice) -> None:
        """The user has seen it."""
        kept = list(zip(self._entries(), self.unread(), strict=True))
        self._state["entries"] = [entry for entry, other in kept if other != notice]

    def _entries(self) -> list[dict[str, str]]:
        stored = self._state.get("entries")
        entries = stored if isinstance(stored, list) else []
        return [entry for entry in entries if isinstance(entry, dict)]

    def _add(self, notice: Notice) -> None:
        self._state["entries"] = [*self._entries(), asdict(notice)][-_LONGEST:]
        self.arrived.emit(notice)
