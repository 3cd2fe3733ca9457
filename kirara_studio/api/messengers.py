"""Slack, Discord, LINE, mail and a hundred others, through apprise.

There is one list for the whole studio. A file holds the names of the user's messengers; their
addresses contain tokens and passwords, so they are in the system's keyring.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kirara_studio.api.database import Database
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.kept_files import KeptFile, Parts, json_text, locked
from kirara_studio.api.notices import DESKTOP, Notice, Uncertain
from kirara_studio.api.outbox import Destination
from kirara_studio.api.reading import reading
from kirara_studio.api.secrets import Secrets

if TYPE_CHECKING:
    from apprise import NotifyBase

_LONGEST_NAME = 60
_PATIENCE = 20.0  # seconds without an answer
_UPLOAD = 60.0  # seconds for sending files; apprise allows 4

# What the libraries below apprise report if a request was sent and no answer came back.
_SENT_WITHOUT_ANSWER = re.compile(
    r"read timed out|timed out\W*$|connection aborted|remotedisconnected|connection reset"
    r"|incompleteread|connection broken",
    re.IGNORECASE | re.MULTILINE,
)
_NEVER_SENT = re.compile(r"max retries exceeded|newconnectionerror|connect timeout", re.IGNORECASE)
_SENT = re.compile(r"\bsent\b", re.IGNORECASE)
_one_at_a_time = threading.Lock()
_SECRET = re.compile(r"(?<=/)[^/\s?]{16,}")
_HOST = re.compile(r"[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20})+", re.IGNORECASE)
_SHORTEST_SECRET = 8  # characters of a part of an address


class Messengers:
    """The user's messengers: their names in ``file``, their addresses in ``secrets``.

    The studio makes it: plugins get ``context.messengers``. Every method but :meth:`names` may wait
    for the keyring or the network, so call it in a worker thread. Version 1.4.
    """

    def __init__(
        self, file: Path, secrets: Secrets, report: Callable[[UserError], None] | None = None
    ) -> None:
        self._kept: KeptFile[list[str]] = KeptFile(
            file, _decode, json_text, list, report=report, lock=lambda: locked(file)
        )
        self._secrets = secrets

    def names(self) -> list[str]:
        """The names in their order.

        Raises UserError if none can be read, of which the studio has informed the user.
        """
        names = self._kept.read()
        if not names and self._kept.obstacle is not None:
            raise self._kept.obstacle
        return names

    def add(self, name: str, url: str) -> None:
        """Add a messenger, or give a known one another address.

        ``url`` is an address as apprise writes it (``discord://…``, ``mailto://…``), or one that
        the service itself gives (``https://hooks.slack.com/…``). Raises UserError if the name
        is invalid, apprise does not know the address, or it cannot be stored as a secret.
        """
        name, url = name.strip(), url.strip()
        if not _is_valid(name):
            raise UserError(
                "“{name}” is not a valid name for a messenger.",
                advice="Choose another one, of up to {longest} characters.",
                name=name[:80],
                longest=_LONGEST_NAME,
            )
        with _one_at_a_time, _listening():
            _service(url)
        self._secrets.set(_secret_name(name), url)
        self._kept.change(lambda names: sorted({*names, name}))

    def take_over(self, name: str, url: str) -> str:
        """Add a messenger that a plugin has kept by itself; returns its name here.

        It gets a number if another address has its name. The address (empty if it is lost) is not
        checked. Calling it again, after an interruption, changes nothing.
        """
        for number in itertools.count(1):
            free = name if number == 1 else f"{name[: _LONGEST_NAME - 4]} {number}"
            known = self._secrets.get(_secret_name(free))
            if not url or known in ("", url):
                break
        if url and not known:
            self._secrets.set(_secret_name(free), url)
        self._kept.change(lambda names: sorted({*names, free}))
        return free

    def remove(self, name: str) -> None:
        """Forget a messenger and its address."""
        self._secrets.set(_secret_name(name), "")
        self._kept.change(lambda names: [other for other in names if other != name])

    def test(self, name: str, notice: Notice) -> None:
        """Send ``notice``, waiting for the answer. Raises UserError if none came."""
        try:
            self.send(name, notice)
        except Uncertain as error:
            raise UserError(
                "“{name}” did not answer: {reason}.",
                advice="Check there whether it arrived.",
                name=name,
                reason=error,
            ) from error

    def send(self, name: str, notice: Notice, attachments: Sequence[Path] = ()) -> str:
        """Send ``notice`` with these files; returns ``name`` once the service has taken it all.

        A service that takes no files gets the notice alone, so its text should have an address of
        what the files show. Raises UserError if nothing arrived and it may be tried again, and
        :class:`~kirara_studio.api.notices.Uncertain` if all or a part of it may have arrived.
        """
        url = self._secrets.get(_secret_name(name))
        if not url:
            raise UserError(
                "The address of “{name}” is no longer in the keyring.",
                advice="Enter it again.",
                name=name,
            )
        for path in attachments:
            with reading(path), path.open("rb"):
                """A file that is gone is named before anything is sent."""
        with _one_at_a_time, _listening() as listener:
            service = _service(url)
            # Unless the address has one (rto=, cto=). After giving up, the result stays unknown.
            if service.socket_read_timeout == type(service).socket_read_timeout:
                service.socket_read_timeout = _UPLOAD if attachments else _PATIENCE
            # Sending counts as a part of connecting.
            if (
                attachments
                and service.socket_connect_timeout == type(service).socket_connect_timeout
            ):
                service.socket_connect_timeout = _UPLOAD
            try:
                delivered = service.notify(
                    **_words_for(service, notice), attach=_attached(attachments)
                )
            except Exception as error:  # a service's own mistake
                reason, delivered = _masked(one_line(error), url), False
                if not listener.sent_a_part():
                    raise UserError(
                        "“{name}” failed: {reason}.", name=name, reason=reason
                    ) from None
            else:
                reason = _masked(listener.reason(), url)
        if delivered:
            return name
        if listener.sent_a_part() or listener.sent_without_answer():
            raise Uncertain(reason)
        raise UserError(
            "“{name}” refused: {reason}.",
            advice="Check its address and the network.",
            name=name,
            reason=reason,
        )


class MessengerSwitches:
    """Which of ``messengers`` a plugin uses, kept in its ``database`` (version 1.4).

    A new one is off. The database's schema has the table :attr:`TABLE`.
    """

    TABLE = (
        "CREATE TABLE IF NOT EXISTS destination ("
        "name TEXT PRIMARY KEY, enabled INTEGER NOT NULL DEFAULT 1) STRICT;"
    )

    def __init__(self, database: Database, messengers: Messengers) -> None:
        self._database = database
        self._messengers = messengers

    def enabled(self) -> dict[str, bool]:
        """The switch of each messenger, in the order of their names."""
        kept = self._kept()
        try:
            names = set(self._messengers.names())
        except UserError:  # the studio has informed the user
            names = set(kept)
        return {name: kept.get(name, False) for name in sorted(names)}

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Use it from now on, or do not."""
        self._database.write("INSERT OR REPLACE INTO destination VALUES (?, ?)", (name, enabled))

    def destinations(self) -> list[Destination[Notice]]:
        """Those that are on, for an outbox of notices."""
        return [
            Destination(name, partial(self._messengers.send, name))
            for name, on in self.enabled().items()
            if on
        ]

    def _kept(self) -> dict[str, bool]:
        rows = self._database.rows("SELECT name, enabled FROM destination")
        return {name: bool(enabled) for name, enabled in rows}


class _Listener(logging.Handler):
    """apprise returns yes or no; the reason is only in its log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._lines: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append((record.levelno, record.getMessage()))

    def sent_a_part(self) -> bool:
        """True if one of several requests was taken, as for the text before the files."""
        return any(level == logging.INFO and _SENT.search(text) for level, text in self._lines)

    def sent_without_answer(self) -> bool:
        everything = "\n".join(text for _, text in self._lines)
        return bool(_SENT_WITHOUT_ANSWER.search(everything)) and not _NEVER_SENT.search(everything)

    def reason(self) -> str:
        warnings = [text for level, text in self._lines if level >= logging.WARNING]
        return warnings[-1].splitlines()[0].rstrip(". ") if warnings else "it gave no reason"


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


def _words_for(service: NotifyBase, notice: Notice) -> dict[str, str]:
    """What to send: the plain texts, or HTML that shows them where a service sends only that.

    apprise converts a text, but not for every service that is called by itself.
    """
    title, body = notice.title, notice.text or notice.title
    # Before apprise 2 a service had one format.
    resolve = getattr(service, "resolve_format", lambda _: service.notify_format)
    kind = "html" if resolve("text") == "html" else "text"
    if kind == "html":
        import html  # a start needs it not

        body = html.escape(body, quote=False).replace("\n", "<br />")
        if service.title_maxlen <= 0:  # it becomes a part of the body
            title = html.escape(title, quote=False)
    return {"title": title, "body": body, "body_format": kind}


def _attached(paths: Sequence[Path]) -> Any:
    """The files for apprise, by path: what it parses as an address may hold “?” and “%”."""
    if not paths:
        return None
    from apprise import AppriseAttachment
    from apprise.attachment.file import AttachFile

    files = [AttachFile(str(path.absolute())) for path in paths]  # type: ignore[no-untyped-call]
    return AppriseAttachment(files)


def _masked(text: str, url: str) -> str:
    """``text`` without what may be part of an address, but for names of hosts."""
    parts = {part for part in re.split(r"[:/?&=@#,\s]+", url) if not _HOST.fullmatch(part)}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= _SHORTEST_SECRET:
            text = text.replace(part, "…")
    return _SECRET.sub("…", text)


def _is_valid(name: str) -> bool:
    return bool(name.strip()) and len(name) <= _LONGEST_NAME and name != DESKTOP


def _decode(values: Any, parts: Parts) -> list[str]:
    def checked(name: Any) -> str:
        if not isinstance(name, str) or not _is_valid(name):
            raise ValueError("not a messenger's name")
        return name

    return sorted(set(parts.items(values, checked)))


def _secret_name(name: str) -> str:
    return f"messenger/{name}"
