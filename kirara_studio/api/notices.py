"""Notices: something worth telling the user outside the panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """A message. ``panel`` is the id of the panel that a click on the notice opens."""

    title: str
    text: str = ""
    panel: str = ""


@dataclass(frozen=True)
class Channel:
    """A way to deliver notices.

    ``send`` delivers one notice or raises :class:`~kirara_studio.api.errors.UserError`; it is
    called from a worker thread. A channel with a higher ``order`` is tried later.
    """

    id: str
    title: str
    send: Callable[[Notice], None]
    order: int = 100
