"""Notices through the notification daemon, ``org.freedesktop.Notifications``. Imports no Qt."""

from __future__ import annotations

import collections
import contextlib
import hashlib
import html
import threading
from collections.abc import Callable, Hashable
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice
from kirara_studio.desktop.bus import DBUS, Bus, BusError

Clicked = Callable[[Notice, str, str], None]
"""Called with the notice, the action ("" for the notice itself) and an activation token."""

DAEMON = "org.freedesktop.Notifications"

_REMEMBERED = 200  # notices
_DUNST = "org.dunstproject.cmd0"


class BusBackend:
    """Remembers the last notices that it sent over a bus, to recognise clicks on them."""

    service = path = interface = ""

    def __init__(self, bus: Bus, clicked: Clicked | None) -> None:
        self._bus = bus
        self._clicked = clicked
        self._lock = threading.Lock()
        self._sent: collections.OrderedDict[Any, Notice] = collections.OrderedDict()

    def _remember(self, key: Hashable, notice: Notice) -> None:
        self._sent[key] = notice
        self._sent.move_to_end(key)
        while len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)

    def _call(self, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        return self._bus.call(self.service, self.path, self.interface, method, signature, body)


class DaemonBackend(BusBackend):
    """The notification daemon of most desktops.

    ``clicked`` is called in the bus's thread; without it notices have no actions. ``icon`` is a
    file or a name, and ``open_title`` the text of a button for the click on the notice itself.
    """

    service = interface = DAEMON
    path = "/org/freedesktop/Notifications"

    def __init__(
        self, bus: Bus, clicked: Clicked | None = None, icon: str = "", open_title: str = "Open"
    ) -> None:
        super().__init__(bus, clicked)
        self._icon = icon
        self._open_title = open_title
        self._capabilities: set[str] | None = None
        self._tokens: dict[int, str] = {}
        self._unheard = [(DAEMON, self._hear, ""), (DBUS, self._forget, DAEMON)]
        if clicked is None:
            self._unheard.clear()

    def send(self, notice: Notice) -> None:
        try:
            capabilities = self._ask_capabilities()
            # Many daemons read the text as markup; “<3” must not vanish.
            text = html.escape(notice.text) if "body-markup" in capabilities else notice.text
            actions = self._actions(notice) if "actions" in capabilities else []
            hints = {"desktop-entry": ("s", "kirara-studio"), "urgency": ("y", 1)}
            replaced = self._number(notice.id) if notice.id else 0
            rest = (self._icon, notice.title, text, actions, hints, -1)
            (number,) = self._call("Notify", "susssasa{sv}i", ("Kirara Studio", replaced, *rest))
        except BusError as error:
            # Another daemon may answer next time, with other abilities.
            self._capabilities = None
            raise UserError(
                "The notification daemon did not accept it: {reason}.", reason=error
            ) from error
        self._remember(number, notice)

    def withdraw(self, notice_id: str) -> None:
        """Close the notice with this id, also one of an earlier start of the studio."""
        # Without asking first, the bus would start a daemon only to close something there.
        if notice_id and self._bus.has_owner(DAEMON):
            with contextlib.suppress(BusError):
                self._call("CloseNotification", "u", (self._number(notice_id),))

    def was_shown(self, notice_id: str) -> bool | None:
        """Whether the notice with this id was shown and closed. Only dunst can answer."""
        try:
            (program, *_) = self._call("GetServerInformation")
            if program != "dunst" or not notice_id:
                return None
            (history,) = self._bus.call(DAEMON, self.path, _DUNST, "NotificationListHistory")
        except BusError:
            return None
        # dunst writes down the unsigned number as a signed one.
        closed = {entry["id"][1] % 2**32 for entry in history if "id" in entry}
        return number_of(notice_id) in closed

    def _ask_capabilities(self) -> set[str]:
        # Without the lock, two threads would both listen, and every click would come twice.
        with self._lock:
            capabilities = self._capabilities
            if capabilities is None:
                (answer,) = self._call("GetCapabilities")
                while self._unheard:
                    interface, listener, about = self._unheard[0]
                    self._bus.listen(interface, listener, about=about)
                    self._unheard.pop(0)
                capabilities = self._capabilities = set(answer)
            return capabilities

    def _actions(self, notice: Notice) -> list[str]:
        if self._clicked is None:
            return []
        own = [text for action in notice.actions for text in (action.id, action.title)]
        return ["default", self._open_title, *own]

    def _number(self, notice_id: str) -> int:
        """The number of the notice with this id, or the one to ask for.

        A daemon may give another number than it was asked for, as GNOME Shell does.
        """
        shown = (number for number, notice in self._sent.copy().items() if notice.id == notice_id)
        return next(shown, number_of(notice_id))

    def _hear(self, signal: str, arguments: tuple[Any, ...]) -> None:
        # Every program receives the signals; the numbers show which notifications are ours.
        if not arguments or arguments[0] not in self._sent or self._clicked is None:
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

    def _forget(self, signal: str, arguments: tuple[Any, ...]) -> None:
        # Another daemon took over, or this one ended: it counts from the start again.
        if signal == "NameOwnerChanged":
            self._capabilities = None
            self._sent.clear()
            self._tokens.clear()


def number_of(notice_id: str) -> int:
    """The number that a notice with this id asks for, the same at every start.

    It is above 2**31, which a daemon that counts from 1 never reaches.
    """
    digest = hashlib.sha256(notice_id.encode()).digest()
    return 2**31 + int.from_bytes(digest[:4], "big") % 2**31
