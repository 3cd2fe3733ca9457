"""Notices through the desktop portal, ``org.freedesktop.portal.Notification``. Imports no Qt."""

from __future__ import annotations

import contextlib
import itertools
import os
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists
from kirara_studio.api.notices import Notice
from kirara_studio.desktop.bus import Bus, BusError
from kirara_studio.desktop.daemon_backend import DAEMON, BusBackend, Clicked


class PortalBackend(BusBackend):
    """The only way out of a sandbox.

    Outside a sandbox the portal accepts notifications even if nothing can show them, so there it
    is used only if there is a notification daemon. ``sandboxed`` is found out if it is None.
    """

    service = "org.freedesktop.portal.Desktop"
    path = "/org/freedesktop/portal/desktop"
    interface = "org.freedesktop.portal.Notification"

    def __init__(
        self, bus: Bus, clicked: Clicked | None = None, *, sandboxed: bool | None = None
    ) -> None:
        super().__init__(bus, clicked)
        self._sandboxed = is_sandboxed() if sandboxed is None else sandboxed
        self._numbers = itertools.count(1)
        self._listening = clicked is None

    def send(self, notice: Notice) -> None:
        if not self._sandboxed and not self._bus.has_service(DAEMON):
            raise UserError("There is no notification daemon behind the desktop portal.")
        name = _name_of(notice.id) if notice.id else f"kirara-{os.getpid()}-{next(self._numbers)}"
        try:
            self._listen()
            self._remember(name, notice)
            self._call("AddNotification", "sa{sv}", (name, self._content(notice)))
        except BusError as error:
            self._sent.pop(name, None)
            raise UserError(
                "The desktop portal did not accept it: {reason}.", reason=error
            ) from error

    def withdraw(self, notice_id: str) -> None:
        name = _name_of(notice_id)
        if notice_id and (self._sandboxed or name in self._sent):
            self._sent.pop(name, None)
            with contextlib.suppress(BusError):
                self._call("RemoveNotification", "s", (name,))

    def _content(self, notice: Notice) -> dict[str, tuple[str, Any]]:
        content: dict[str, tuple[str, Any]] = {}
        content["title"], content["body"] = ("s", notice.title), ("s", notice.text)
        if self._clicked is not None:
            content["default-action"] = ("s", "default")
            buttons = [
                {"label": ("s", action.title), "action": ("s", action.id)}
                for action in notice.actions
            ]
            if buttons:
                content["buttons"] = ("aa{sv}", buttons)
        return content

    def _listen(self) -> None:
        with self._lock:
            if not self._listening:
                self._bus.listen(self.interface, self._hear)
                self._listening = True

    def _hear(self, signal: str, arguments: tuple[Any, ...]) -> None:
        if signal != "ActionInvoked" or not arguments or arguments[0] not in self._sent:
            return
        name, action, *rest = arguments
        notice = self._sent.pop(name)
        if self._clicked is not None:
            self._clicked(notice, "" if action == "default" else str(action), _token(rest))


def is_sandboxed() -> bool:
    """True inside a Flatpak or a Snap."""
    return exists("/.flatpak-info") or "SNAP" in os.environ


def _name_of(notice_id: str) -> str:
    return f"kirara-notice-{notice_id}"


def _token(parameters: list[Any]) -> str:
    """Newer portals add ``{"activation-token": …}`` to the parameters of the action."""
    for _, value in parameters[0] if parameters else ():
        if isinstance(value, dict) and "activation-token" in value:
            return str(value["activation-token"][1])
    return ""
