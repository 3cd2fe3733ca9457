"""Notifications over the session bus: the notification daemon, and the desktop portal.

Without Qt, since ``kirara-studio`` commands send notifications too. Both routes raise where
nobody would see the notification, so that the next one may try.
"""

from __future__ import annotations

import collections
import html
import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice
from kirara_studio.desktop.session_bus import BusError, SessionBus

Clicked = Callable[[Notice, str, str], None]
"""Called with the notice, the action ("" for the notice itself) and an activation token."""

DAEMON = "org.freedesktop.Notifications"
PORTAL = "org.freedesktop.portal.Desktop"

_PATH = "/org/freedesktop/Notifications"
_PORTAL_PATH = "/org/freedesktop/portal/desktop"
_PORTAL_INTERFACE = "org.freedesktop.portal.Notification"
_REMEMBERED = 200
"""So many notices back, a click is still understood."""


class DaemonRoute:
    """``org.freedesktop.Notifications``, which most desktops have.

    Parameters
    ----------
    bus
        The session bus.
    clicked
        Called, in the bus's thread, when the user clicks a notification.
    icon
        An icon's file or name.
    """

    def __init__(self, bus: SessionBus, clicked: Clicked, icon: str = "") -> None:
        self._bus = bus
        self._clicked = clicked
        self._icon = icon
        self._capabilities: set[str] | None = None
        self._sent: collections.OrderedDict[int, Notice] = collections.OrderedDict()
        self._tokens: dict[int, str] = {}
        self._listening = False

    def send(self, notice: Notice) -> None:
        """Show the notice. Raises UserError where no daemon takes it."""
        try:
            capabilities = self._ask_capabilities()
            # Many daemons read the text as markup; “<3” must not vanish.
            text = html.escape(notice.text) if "body-markup" in capabilities else notice.text
            actions = ["default", "Open"] if "actions" in capabilities else []
            hints = {"desktop-entry": ("s", "kirara-studio"), "urgency": ("y", 1)}
            arguments = ("Kirara Studio", 0, self._icon, notice.title, text, actions, hints, -1)
            (number,) = self._call("Notify", "susssasa{sv}i", arguments)
        except BusError as error:
            # Another daemon may answer next time, with other abilities.
            self._capabilities = None
            raise UserError(f"The notification daemon did not take it: {error}.") from error
        _remember(self._sent, number, notice)

    def _ask_capabilities(self) -> set[str]:
        if self._capabilities is None:
            (answer,) = self._call("GetCapabilities")
            if not self._listening:
                self._bus.listen(DAEMON, self._hear)
                self._listening = True
            self._capabilities = set(answer)
        return self._capabilities

    def _call(self, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        return self._bus.call(DAEMON, _PATH, DAEMON, method, signature, body)

    def _hear(self, signal: str, arguments: tuple[Any, ...]) -> None:
        # The signals go to everybody; the numbers tell which notifications are ours.
        if not arguments or arguments[0] not in self._sent:
            return
        number = arguments[0]
        if signal == "ActivationToken":
            self._tokens[number] = str(arguments[1])
        elif signal == "ActionInvoked":
            action = "" if arguments[1] == "default" else str(arguments[1])
            self._clicked(self._sent[number], action, self._tokens.pop(number, ""))
        elif signal == "NotificationClosed":
            del self._sent[number]
            self._tokens.pop(number, None)


class PortalRoute:
    """``org.freedesktop.portal.Notification``, the only way out of a sandbox.

    Outside a sandbox the portal accepts notifications even where nothing can show them, so
    there it is trusted only where a notification daemon stands behind it.
    """

    def __init__(self, bus: SessionBus, clicked: Clicked, *, sandboxed: bool | None = None) -> None:
        self._bus = bus
        self._clicked = clicked
        self._sandboxed = is_sandboxed() if sandboxed is None else sandboxed
        self._sent: collections.OrderedDict[str, Notice] = collections.OrderedDict()
        self._numbers = itertools.count(1)
        self._listening = False

    def send(self, notice: Notice) -> None:
        """Show the notice. Raises UserError where there is no portal, or nothing behind it."""
        if not self._sandboxed and not self._bus.has_service(DAEMON):
            raise UserError("No notification daemon stands behind the desktop portal.")
        number = f"kirara-{os.getpid()}-{next(self._numbers)}"
        content = {
            "title": ("s", notice.title),
            "body": ("s", notice.text),
            "default-action": ("s", "default"),
        }
        _remember(self._sent, number, notice)
        try:
            if not self._listening:
                self._bus.listen(_PORTAL_INTERFACE, self._hear)
                self._listening = True
            self._call("AddNotification", "sa{sv}", (number, content))
        except BusError as error:
            self._sent.pop(number, None)
            raise UserError(f"The desktop portal did not take it: {error}.") from error

    def _call(self, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        return self._bus.call(PORTAL, _PORTAL_PATH, _PORTAL_INTERFACE, method, signature, body)

    def _hear(self, signal: str, arguments: tuple[Any, ...]) -> None:
        if signal != "ActionInvoked" or not arguments or arguments[0] not in self._sent:
            return
        number, action, *rest = arguments
        self._clicked(
            self._sent.pop(number), "" if action == "default" else str(action), _token(rest)
        )


def is_sandboxed() -> bool:
    """True inside a Flatpak or a Snap."""
    return Path("/.flatpak-info").exists() or "SNAP" in os.environ


def _token(parameters: list[Any]) -> str:
    """Newer portals add ``{"activation-token": …}`` to the parameters of the action."""
    for _, value in parameters[0] if parameters else ():
        if isinstance(value, dict) and "activation-token" in value:
            return str(value["activation-token"][1])
    return ""


def _remember(sent: collections.OrderedDict[Any, Notice], number: Any, notice: Notice) -> None:
    sent[number] = notice
    while len(sent) > _REMEMBERED:
        sent.popitem(last=False)
