"""The last notification backend: a list inside the studio, kept in a file."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import KeptFile, Parts, json_text
from kirara_studio.api.notices import Notice, NoticeAction, NoticeBackend

log = logging.getLogger(__name__)

INBOX = "inbox"
"""The id of its backend."""
_LONGEST = 100


class Inbox(QObject):
    """Notices that no other backend took, until they are read.

    The file is written before a notice counts as delivered: its sender may forget it then, and the
    studio may be killed.
    """

    arrived = Signal(object)
    """A notice to show at once."""
    withdrawn = Signal(str)
    """The id of a notice."""

    def __init__(
        self,
        file: Path,
        parent: QObject | None = None,
        report: Callable[[UserError], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._file: KeptFile[list[Notice]] = KeptFile(file, _decode, _encode, list, report=report)
        self._lock = threading.Lock()
        self._notices = self._file.read()

    def backend(self) -> NoticeBackend:
        """The last backend: it fails only if nothing can be written."""
        title = self.tr("Inside the studio")
        return NoticeBackend(INBOX, title, self._send, order=10_000, withdraw=self._withdraw)

    def unread(self) -> list[Notice]:
        """The unread notices, oldest first."""
        return list(self._notices)

    def mark_read(self, notice: Notice) -> None:
        """The user has seen it."""
        try:
            self._keep(lambda other: other != notice)
        except UserError as error:  # then it is shown again at the next start
            log.warning("%s", error)

    def _send(self, notice: Notice) -> None:
        # Called in the notifier's thread.
        if notice not in self._notices:  # one that is was offered to the others again
            self._keep(lambda other: not notice.id or other.id != notice.id, notice)
            self.arrived.emit(notice)

    def _withdraw(self, notice_id: str) -> None:
        self._keep(lambda other: other.id != notice_id)
        self.withdrawn.emit(notice_id)

    def _keep(self, wanted: Callable[[Notice], bool], *new: Notice) -> None:
        with self._lock:
            notices = [*filter(wanted, self._notices), *new][-_LONGEST:]
            if notices != self._notices:
                self._file.write(notices)
                self._notices = notices


def _decode(entries: Any, parts: Parts) -> list[Notice]:
    def notice(entry: dict[str, Any]) -> Notice:
        title, text, panel, identity = (
            str(entry.get(key, "")) for key in ("title", "text", "panel", "id")
        )
        actions = parts.items(entry.get("actions", []), _action)
        return Notice(title, text, panel, identity, tuple(actions))

    return parts.items(entries, notice)


def _action(values: dict[str, Any]) -> NoticeAction:
    return NoticeAction(str(values["id"]), str(values["title"]))


def _encode(notices: list[Notice]) -> str:
    return json_text([asdict(notice) for notice in notices])
