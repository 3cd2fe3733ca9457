"""The last resort for notices: a list inside the studio, which remembers."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.notices import Channel, Notice, NoticeAction

log = logging.getLogger(__name__)

_LONGEST = 100


class Inbox(QObject):
    """Notices that no other route would take, until somebody has read them.

    They lie in a file of their own, which is written before a notice counts as delivered: who
    sent it may forget it then, and the studio may be killed.

    Parameters
    ----------
    file
        The JSON file.

    Signals
    -------
    arrived(Notice)
        A notice came; show it at once, in a banner for instance.
    withdrawn(str)
        The notice with this id is no longer of interest.
    """

    arrived = Signal(object)
    withdrawn = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._lock = threading.Lock()
        self._notices = _read(file)

    def channel(self) -> Channel:
        """The route to here. It fails only where nothing can be written, so it comes last."""
        title = self.tr("Inside the studio")
        return Channel("inbox", title, self._send, order=10_000, withdraw=self._withdraw)

    def unread(self) -> list[Notice]:
        """What nobody has read yet, oldest first."""
        return list(self._notices)

    def mark_read(self, notice: Notice) -> None:
        """The user has seen it."""
        try:
            self._keep(lambda other: other != notice)
        except UserError as error:  # then it is shown again at the next start
            log.warning("%s", error)

    def _send(self, notice: Notice) -> None:
        """Called in the notifier's thread; ``arrived`` comes in that of whoever listens."""
        self._keep(lambda other: not notice.id or other.id != notice.id, notice)
        self.arrived.emit(notice)

    def _withdraw(self, notice_id: str) -> None:
        self._keep(lambda other: other.id != notice_id)
        self.withdrawn.emit(notice_id)

    def _keep(self, wanted: Callable[[Notice], bool], *new: Notice) -> None:
        with self._lock:
            notices = [*filter(wanted, self._notices), *new][-_LONGEST:]
            if notices != self._notices:
                entries = [asdict(notice) for notice in notices]
                write_atomically(self._file, json.dumps(entries, ensure_ascii=False, indent=1))
                self._notices = notices


def _read(file: Path) -> list[Notice]:
    """A damaged file, or entry, is nobody's fault and no reason not to start."""
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        log.warning("“%s” cannot be read: %s", file, error)
        return []
    entries = entries if isinstance(entries, list) else []
    return [_notice(entry) for entry in entries if isinstance(entry, dict)]


def _notice(entry: dict[str, Any]) -> Notice:
    title, text, panel, identity = (
        str(entry.get(key, "")) for key in ("title", "text", "panel", "id")
    )
    stored = entry.get("actions")
    actions = []
    for action in stored if isinstance(stored, list) else ():
        try:
            actions.append(NoticeAction(str(action["id"]), str(action["title"])))
        except (ValueError, KeyError, TypeError):
            log.warning("An action of “%s” cannot be read", title)
    return Notice(title, text, panel, identity, tuple(actions))
