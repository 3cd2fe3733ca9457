"""Slack, Discord, LINE, mail and a hundred others, through apprise.

The database holds the names of the user's messengers. Their addresses contain tokens and
passwords, so they are in the system's keyring.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from kirara_releases.notifications.outbox import Destination, Uncertain
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.notices import Notice
from kirara_studio.api.secrets import Secrets

if TYPE_CHECKING:
    from apprise import NotifyBase

_LONGEST_NAME = 60
_PATIENCE = 20.0  # seconds without an answer

# What the libraries below apprise report if a request was sent and no answer came back.
_SENT_WITHOUT_ANSWER = re.compile(
    r"read timed out|timed out\W*$|connection aborted|remotedisconnected|connection reset"
    r"|incompleteread|connection broken",
    re.IGNORECASE | re.MULTILINE,
)
_NEVER_SENT = re.compile(r"max retries exceeded|newconnectionerror|connect timeout", re.IGNORECASE)
_one_at_a_time = threading.Lock()
_SECRET = re.compile(r"(?<=/)[^/\s?]{16,}")


class Messengers:
    """The user's messengers: their names in ``store``, their addresses in ``secrets``."""

    def __init__(self, store: ReleaseStore, secrets: Secrets) -> None:
        self._store = store
        self._secrets = secrets

    def enabled(self) -> dict[str, bool]:
        """Whether each of them gets reminders, in the order of their names."""
        rows = self._store.rows("SELECT name, enabled FROM destination ORDER BY name")
        return {name: bool(enabled) for name, enabled in rows}

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Send reminders to it from now on, or do not."""
        self._store.write("UPDATE destination SET enabled = ? WHERE name = ?", (enabled, name))

    def add(self, name: str, url: str) -> None:
        """Add a messenger, or give a known one another address.

        ``url`` is an address as apprise writes it (``discord://…``, ``mailto://…``), or one that
        the service itself gives (``https://hooks.slack.com/…``). Raises UserError if the name
        is invalid, apprise does not know the address, or it cannot be stored as a secret.
        """
        name = name.strip()
        if not name or len(name) > _LONGEST_NAME or name == "desktop":
            raise UserError(
                "“{name}” is not a valid name for a messenger.",
                advice="Choose another one, of up to {longest} characters.",
                name=name[:80],
                longest=_LONGEST_NAME,
            )
        with _one_at_a_time, _listening():
            _service(url.strip())
        self._secrets.set(_secret_name(name), url.strip())
        self._store.write("INSERT OR IGNORE INTO destination (name) VALUES (?)", (name,))

    def remove(self, name: str) -> None:
        """Forget a messenger and its address."""
        self._secrets.set(_secret_name(name), "")
        self._store.write("DELETE FROM destination WHERE name = ?", (name,))

    def test(self, name: str, notice: Notice) -> None:
        """Send ``notice``, waiting for the answer. Raises UserError if none came."""
        try:
            self._send(name, notice)
        except Uncertain as error:
            raise UserError(
                "“{name}” did not answer: {reason}.",
                advice="Check there whether it arrived.",
                name=name,
                reason=error,
            ) from error

    def destinations(self) -> list[Destination]:
        """Those that are enabled, for the outbox."""
        return [
            Destination(name, partial(self._send, name))
            for name, on in self.enabled().items()
            if on
        ]

    def _send(self, name: str, notice: Notice) -> str:
        url = self._secrets.get(_secret_name(name))
        if not url:
            raise UserError(
                "The address of “{name}” is no longer in the keyring.",
                advice="Enter it again.",
                name=name,
            )
        with _one_at_a_time, _listening() as listener:
            service = _service(url)
            # Unless the address has one (rto=). After giving up, the result stays unknown.
            if service.socket_read_timeout == type(service).socket_read_timeout:
                service.socket_read_timeout = _PATIENCE
            try:
                delivered = service.notify(title=notice.title, body=notice.text or notice.title)
            except Exception as error:  # a service's own mistake
                raise UserError(
                    "“{name}” failed: {reason}.", name=name, reason=one_line(error)
                ) from error
        if delivered:
            return name
        reason = listener.reason()
        if listener.sent_without_answer():
            raise Uncertain(reason)
        raise UserError(
            "“{name}” refused: {reason}.",
            advice="Check its address and the network.",
            name=name,
            reason=reason,
        )


class _Listener(logging.Handler):
    """apprise returns yes or no; the reason is only in its log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._lines: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append((record.levelno, record.getMessage()))

    def sent_without_answer(self) -> bool:
        everything = "\n".join(text for _, text in self._lines)
        return bool(_SENT_WITHOUT_ANSWER.search(everything)) and not _NEVER_SENT.search(everything)

    def reason(self) -> str:
        """The last warning, without what may be part of an address."""
        warnings = [text for level, text in self._lines if level >= logging.WARNING]
        text = warnings[-1].splitlines()[0] if warnings else "it gave no reason"
        return _SECRET.sub("…", text).rstrip(". ")


@contextlib.contextmanager
def _listening() -> Iterator[_Listener]:
    """Collect what apprise logs, and keep it from other logs: it contains addresses and tokens."""
    listener = _Listener()
    with contextlib.ExitStack() as later:
        for name in ("apprise", "urllib3"):
            log = logging.getLogger(name)
            later.callback(setattr, log, "propagate", log.propagate)
            later.callback(log.setLevel, log.level)
            later.callback(log.removeHandler, listener)
            log.propagate = False
            log.setLevel(logging.DEBUG)
            log.addHandler(listener)
        yield listener


def _service(url: str) -> NotifyBase:
    import apprise  # slow to import, and most of the time nothing is sent

    service = apprise.Apprise.instantiate(url) if url else None
    if service is None:
        raise UserError(
            "This is not the address of a known messenger.",
            advice="Enter for example discord://…, slack://…, line://…, mailto://…, or the "
            "webhook’s own address; the list of services is in apprise’s documentation.",
        )
    return service


def _secret_name(name: str) -> str:
    return f"messenger/{name}"
