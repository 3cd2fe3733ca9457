"""Notices through the desktop portal, ``org.freedesktop.portal.Notification``. Without Qt."""

from __future__ import annotations

import collections
import contextlib
import itertools
import os
import threading
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice
from kirara_studio.desktop.bus import Bus, BusError
from kirara_studio.desktop.daemon_backend import DAEMON, REMEMBERED, Clicked

PORTAL = "org.freedesktop.portal.Desktop"

_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Notification"


class PortalBackend:
    """The only way out of a sandbox.

    Outside a sandbox the portal accepts notifications even where nothing can show them, so
    there it is trusted only where a notification daemon stands behind it.

    Parameters
    ----------
    bus, clicked
        As for :class:`~kirara_studio.desktop.daemon_backend.DaemonBackend`.
    sandboxed
        Whether this process is in a sandbox; None: find out.
    """

    def __init__(
        self, bus: Bus, clicked: Clicked | None = None, *, sandboxed: bool | None = None
    ) -> None:
        self._bus = bus
        self._clicked = clicked
        self._sandboxed = is_sandboxed() if sandboxed is None else sandboxed
        self._sent: collections.OrderedDict[str, Notice] = collections.OrderedDict()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._listening = clicked is None

    def send(self, notice: Notice) -> None:
        """Show the notice, in place of one with its id. Raises UserError where there is no
        portal, or nothing behind it."""
        if not self._sandboxed and not self._bus.has_service(DAEMON):
            raise UserError("No notification daemon stands behind the desktop portal.")
        name = _name_of(notice.id) if notice.id else f"kirara-{os.getpid()}-{next(self._numbers)}"
        try:
            self._listen()
            self._remember(name, notice)
            self._call("AddNotification", "sa{sv}", (name, self._content(notice)))
        except BusError as error:
            self._sent.pop(name, None)
            raise UserError(
                "The desktop portal did not take it: {reason}.", reason=error
            ) from error

    def withdraw(self, notice_id: str) -> None:
        """Take the notice with this id back, where the portal is what shows notices here."""
        name = _name_of(notice_id)
        if notice_id and (self._sandboxed or name in self._sent):
            self._sent.pop(name, None)
            with contextlib.suppress(BusError):
                self._call("RemoveNotification", "s", (name,))

    def _content(self, notice: Notice) -> dict[str, tuple[str, Any]]:
        content: dict[str, tuple[str, Any]] = {
            "title": ("s", notice.title),
            "body": ("s", notice.text),
        }
        if self._clicked is not None:
            content["default-action"] = ("s", "default")
            buttons = [
                {"label": ("s", action.title), "action": ("s", action.id)}
                for action in notice.actions
            ]
            if buttons:
                content["buttons"] = ("aa{sv}", buttons)
        return content

    def _remember(self, name: str, notice: Notice) -> None:
        self._sent[name] = notice
        self._sent.move_to_end(name)
        while len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)

    def _listen(self) -> None:
        with self._lock:
            if not self._listening:
                self._bus.listen(_INTERFACE, self._hear)
                self._listening = True

    def _call(self, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        return self._bus.call(PORTAL, _PATH, _INTERFACE, method, signature, body)

    def _hear(self, signal: str, arguments: tuple[Any, ...]) -> None:
        if signal != "ActionInvoked" or not arguments or arguments[0] not in self._sent:
            return
        name, action, *rest = arguments
        notice = self._sent.pop(name)
        if self._clicked is not None:
            self._clicked(notice, "" if action == "default" else str(action), _token(rest))


def is_sandboxed() -> bool:
    """True inside a Flatpak or a Snap."""
    return Path("/.flatpak-info").exists() or "SNAP" in os.environ


def _name_of(notice_id: str) -> str:
    return f"kirara-notice-{notice_id}"


def _token(parameters: list[Any]) -> str:
    """Newer portals add ``{"activation-token": …}`` to the parameters of the action."""
    for _, value in parameters[0] if parameters else ():
        if isinstance(value, dict) and "activation-token" in value:
            return str(value["activation-token"][1])
    return ""
