"""The message buses of the desktop and of the computer (D-Bus), through jeepney.

PySide6's QtDBus cannot send an unsigned integer, which showing a notification takes, and the
command line, which has no Qt, sends notifications too.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kirara_studio.api.files import exists

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.threading import DBusConnection

log = logging.getLogger(__name__)

Listener = Callable[[str, tuple[Any, ...]], None]

DBUS = "org.freedesktop.DBus"
"""The bus itself: its name, and that of its interface."""


class BusError(Exception):
    """There is no such bus, or a call failed."""


class Bus:
    """A connection that is made when it is needed, and again when it was lost.

    Calls may come from any thread; another one waits for answers and signals. ``address`` returns
    the address of the bus, or raises an OSError.
    """

    def __init__(self, name: str, address: Callable[[], str]) -> None:
        self._name = name
        self._address = address
        self._lock = threading.Lock()
        self._connection: DBusConnection | None = None
        self._answers: dict[int, Future[Message]] = {}
        self._listeners: list[tuple[_Subject, Listener]] = []

    def call(
        self,
        name: str,
        path: str,
        interface: str,
        method: str,
        signature: str = "",
        body: tuple[Any, ...] = (),
        timeout: float = 10.0,
    ) -> tuple[Any, ...]:
        """Call a method and wait for its answer. Raises BusError."""
        from jeepney import DBusAddress, MessageType, new_method_call

        message = new_method_call(
            DBusAddress(path, name, interface), method, signature or None, body
        )
        answer: Future[Message] = Future()
        with self._lock:
            connection = self._connected()
            serial = next(connection.outgoing_serial)
            self._answers[serial] = answer
            try:
                connection.send(message, serial=serial)
            except OSError as error:
                self._answers.pop(serial, None)
                self._drop(connection)
                raise BusError(str(error)) from error
        try:
            reply = answer.result(timeout)
        except TimeoutError:
            raise BusError(f"{name} did not answer within {timeout:g} s") from None
        finally:
            self._answers.pop(serial, None)
        if reply.header.message_type is MessageType.error:
            raise BusError(" ".join(str(part) for part in reply.body) or f"{name} refused")
        return tuple(reply.body)

    def has_service(self, name: str) -> bool:
        """True if ``name`` has an owner, or the bus can start one."""
        try:
            return self.has_owner(name) or name in self._ask_bus("ListActivatableNames")[0]
        except BusError:
            return False

    def has_owner(self, name: str) -> bool:
        """True if ``name`` has an owner now."""
        try:
            return bool(self._ask_bus("NameHasOwner", "s", (name,))[0])
        except BusError:
            return False

    def listen(
        self, interface: str, listener: Listener, *, sender: str = "", about: str = ""
    ) -> None:
        """Call ``listener(signal, arguments)`` for the signals of ``interface``.

        Only those of the owner of the name ``sender``, or whose first argument is ``about``, if
        these are given. The listener runs in the bus's thread, so it must not use :meth:`call`.
        Raises BusError if there is no bus.
        """
        subject = _Subject(interface, sender, about)
        self._ask_bus("AddMatch", "s", (subject.rule,))
        self._listeners.append((subject, listener))

    def close(self) -> None:
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.interrupt()

    def _ask_bus(self, *arguments: Any) -> tuple[Any, ...]:
        return self.call(DBUS, "/org/freedesktop/DBus", DBUS, *arguments)

    def _connected(self) -> DBusConnection:
        # The lock is held.
        if self._connection is not None:
            return self._connection
        try:
            from jeepney import new_method_call
            from jeepney.bus_messages import message_bus
            from jeepney.io.threading import open_dbus_connection

            connection = open_dbus_connection(self._address())
            for subject, _ in self._listeners:
                match = new_method_call(message_bus, "AddMatch", "s", (subject.rule,))
                connection.send(match, serial=next(connection.outgoing_serial))
        except Exception as error:  # jeepney raises many kinds if there is no bus
            raise BusError(f"there is no {self._name}: {error}") from error
        self._connection = connection
        threading.Thread(
            target=self._receive, args=(connection,), name=self._name, daemon=True
        ).start()
        return connection

    def _receive(self, connection: DBusConnection) -> None:
        from jeepney.io.threading import ReceiveStopped

        try:
            while True:
                self._dispatch(connection.receive())
        except (OSError, EOFError, ReceiveStopped):
            pass
        except Exception:
            log.exception("The %s sent an invalid message", self._name)
        finally:
            with self._lock:
                self._drop(connection)
            with contextlib.suppress(OSError):
                connection.close()

    def _dispatch(self, message: Message) -> None:
        from jeepney import HeaderFields, MessageType

        fields = message.header.fields
        answer = self._answers.get(fields.get(HeaderFields.reply_serial, -1))
        if answer is not None:
            with contextlib.suppress(Exception):  # the caller may have given up just now
                answer.set_result(message)
        elif message.header.message_type is MessageType.signal:
            interface, name = fields[HeaderFields.interface], fields[HeaderFields.member]
            arguments = tuple(message.body)
            for subject, listener in list(self._listeners):
                if subject.covers(interface, arguments):
                    try:
                        listener(name, arguments)
                    except Exception:
                        log.exception("A listener to %s failed", interface)

    def _drop(self, connection: DBusConnection) -> None:
        # The lock is held.
        if self._connection is connection or self._connection is None:
            self._connection = None
            for answer in list(self._answers.values()):
                with contextlib.suppress(Exception):
                    answer.set_exception(BusError(f"the {self._name} went away"))


@dataclass(frozen=True)
class _Subject:
    """Which signals a listener receives."""

    interface: str
    sender: str
    about: str

    @property
    def rule(self) -> str:
        parts = {"interface": self.interface, "sender": self.sender, "arg0": self.about}
        rest = "".join(f",{key}='{value}'" for key, value in parts.items() if value)
        return f"type='signal'{rest}"

    def covers(self, interface: str, arguments: tuple[Any, ...]) -> bool:
        # The bus checks the sender: it knows who owns a name.
        return interface == self.interface and (not self.about or arguments[:1] == (self.about,))


def session_bus() -> Bus:
    """The bus of the user's desktop."""
    return Bus("session bus", _session_address)


def system_bus() -> Bus:
    """The bus of the whole computer."""
    return Bus("system bus", lambda: "SYSTEM")


def _session_address() -> str:
    """From the environment, or systemd's place, for jobs that cron starts."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return "SESSION"
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    if exists(runtime / "bus"):
        return f"unix:path={runtime / 'bus'}"
    raise FileNotFoundError("DBUS_SESSION_BUS_ADDRESS is not set")
