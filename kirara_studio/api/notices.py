"""Notices: something worth telling the user outside the panel."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")
_TAKEN = "default"


@dataclass(frozen=True)
class NoticeAction:
    """A button on a notice.

    Parameters
    ----------
    id
        A lower-case word, such as ``"bought"``. ``"default"`` is what desktops call the click
        on the notice itself, and is refused.
    title
        What is written on the button, in the user's language.

    Raises
    ------
    ValueError
        Where ``id`` is no such word.
    """

    id: str
    title: str

    def __post_init__(self) -> None:
        if not _WORD.fullmatch(self.id) or self.id == _TAKEN:
            raise ValueError(f"the id of a notice's action, “{self.id}”, is no lower-case word")


@dataclass(frozen=True)
class Notice:
    """A message.

    Parameters
    ----------
    title, text
        What it says, as plain text.
    panel
        Id of the panel that a click on the notice opens. Its plugin hears of the click, and of
        the actions, through :meth:`~kirara_studio.api.hooks.StudioHooks.kirara_notice_activated`.
    id
        What the notice is about, if anything: ``"releases.kirara.2026-12"``. Sent again with the
        same id, it takes the place of the first one where the desktop can do that, and it can be
        withdrawn. All plugins share the ids, so begin with your plugin's name.
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
        What the studio calls it, and what the user reads.
    send
        Delivers one notice, or raises :class:`~kirara_studio.api.errors.UserError`.
    order
        A backend with a higher one is tried later.
    withdraw
        Takes back the notice with this id, where it is still shown. None: it cannot.
    was_shown
        Answers whether the notice with this id was shown to the end: the user, or its time,
        closed it. For whoever was ended right after sending, and needs exactly-once delivery.
        False: it was not, or it is on the screen now, where sending it again replaces it.
        None as an answer, or instead of the function: unknown.
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
        ...

    def deliver(self, notice: Notice) -> str:
        """Send a notice, wait, and return the id of the backend that took it.

        Call it in a worker thread, never in the UI thread. The backends are tried again from the
        first one on each time. Returns immediately after the backend acknowledges, so a caller
        that needs exactly-once delivery can record success right away.

        Raises
        ------
        UserError
            If no backend takes it.
        """
        ...

    def withdraw(self, notice_id: str) -> None:
        """Take a notice back from wherever it is still shown. Returns at once.

        For what the user has dealt with otherwise; an id that is not shown is not an error.
        """
        ...
