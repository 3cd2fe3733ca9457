"""Notices to the user outside the panel."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")
_TAKEN = "default"

DESKTOP = "desktop"
"""The name of the desktop among destinations, which no messenger may have (version 1.4)."""


class Uncertain(Exception):
    """It may have arrived; sending it again might deliver it twice (version 1.4)."""


@dataclass(frozen=True)
class NoticeAction:
    """A button on a notice, with a ``title`` in the user's language.

    ``id`` is a lower-case word, such as ``"bought"``; other texts raise ValueError, and so does
    ``"default"``, the desktops' name for the click on the notice itself.
    """

    id: str
    title: str

    def __post_init__(self) -> None:
        if not _WORD.fullmatch(self.id) or self.id == _TAKEN:
            raise ValueError(f"the id of a notice's action, “{self.id}”, is not a lower-case word")


@dataclass(frozen=True)
class Notice:
    """A message.

    Parameters
    ----------
    title, text
        Plain texts.
    panel
        Id of the panel that a click on the notice opens. Its plugin learns of the click, and of
        the actions, through :meth:`~kirara_studio.api.hooks.StudioHooks.kirara_notice_activated`.
    id
        Begins with the plugin's name: ``"releases.kirara.2026-12"``. A notice with the same id
        replaces the first one if the desktop can do that, and it can be withdrawn.
    actions
        Buttons. Not every desktop shows them, so whatever they do must be possible in the panel.
    """

    title: str
    text: str = ""
    panel: str = ""
    id: str = ""
    actions: tuple[NoticeAction, ...] = ()


@dataclass(frozen=True)
class NoticeBackend:
    """A way to deliver notices. All its functions are called from worker threads.

    Parameters
    ----------
    id, title
        The name for the studio and for the user.
    send
        Delivers one notice, or raises :class:`~kirara_studio.api.errors.UserError`.
    order
        Backends with a lower order are tried first.
    withdraw
        Takes back the notice with this id if it is still shown. None: it cannot.
    was_shown
        Returns whether the notice with this id was shown and closed, for exactly-once delivery
        by a sender that was killed right after sending. False also if it is on the screen now:
        sending it again replaces it. None, as the result or as the function: unknown.
    """

    id: str
    title: str
    send: Callable[[Notice], None]
    order: int = 100
    withdraw: Callable[[str], None] | None = None
    was_shown: Callable[[str], bool | None] | None = None


class Notices(Protocol):
    """Sends notices to the user, through the first backend that works."""

    def notify(self, notice: Notice) -> None:
        """Send a notice. Returns at once."""

    def deliver(self, notice: Notice) -> str:
        """Send a notice, wait, and return the id of the backend that took it.

        Call it in a worker thread, never in the UI thread. Returns immediately after the backend
        acknowledges, so a caller that needs exactly-once delivery can record success right away.
        Raises UserError if no backend takes it.
        """

    def withdraw(self, notice_id: str) -> None:
        """Take a notice back, if it is still shown. Returns at once."""
