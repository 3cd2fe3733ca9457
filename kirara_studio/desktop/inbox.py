"""The last resort for notices: a list inside the studio, which remembers."""

from __future__ import annotations

import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.notices import Channel, Notice

_LONGEST = 100


class Inbox(QObject):
    """Notices that no other route would take, newest last.

    Parameters
    ----------
    state
        A section of the :class:`~kirara_studio.host.state.StateStore`; what is unread when
        the studio ends is there at the next start.

    Signals
    -------
    arrived(Notice)
        A notice came; show it at once, in a banner for instance.
    changed()
        The list, or what of it was read, changed.
    """

    arrived = Signal(object)
    changed = Signal()
    _sent = Signal(object)

    def __init__(self, state: dict[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        # Sent from the notifier's thread, and received in this one.
        self._sent.connect(self._add)

    def channel(self) -> Channel:
        """The route to here. It never fails, so it comes last."""
        return Channel("inbox", self.tr("Inside the studio"), self._sent.emit, order=10_000)

    def entries(self) -> list[dict[str, Any]]:
        """Dicts with ``time`` (ISO 8601, with its offset), ``title``, ``text``, ``panel`` and
        ``read``."""
        stored = self._state.get("entries")
        return [dict(entry) for entry in stored] if isinstance(stored, list) else []

    def unread(self) -> int:
        """How many nobody has read."""
        return sum(not entry.get("read") for entry in self.entries())

    def mark_read(self) -> None:
        """The user has seen the list."""
        self._keep([entry | {"read": True} for entry in self.entries()])

    def clear(self) -> None:
        """Forget them all."""
        self._keep([])

    def _add(self, notice: Notice) -> None:
        entry = {
            "time": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
            "title": notice.title,
            "text": notice.text,
            "panel": notice.panel,
            "read": False,
        }
        self._keep([*self.entries(), entry][-_LONGEST:])
        self.arrived.emit(notice)

    def _keep(self, entries: list[dict[str, Any]]) -> None:
        self._state["entries"] = entries
        self.changed.emit()
