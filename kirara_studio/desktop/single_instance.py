"""One studio per user: a second start hands its request over to the first, and ends."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
import time
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import explain_write_error, is_folder, try_lock, write_atomically
from kirara_studio.api.kept_files import parse_json

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

_LONGEST_MESSAGE = 64 * 1024
_ANSWER = b"understood\n"


@dataclass(frozen=True)
class StartRequest:
    """What a start asks for.

    ``panel`` is the id of the panel to open, and ``file`` the absolute path of a model to import,
    or empty; a ``background`` start raises no window; ``activation_token`` is what the desktop gave
    for the user's click.
    """

    panel: str = ""
    background: bool = False
    activation_token: str = ""
    file: str = ""

    @classmethod
    def of_this_process(
        cls, panel: str = "", background: bool = False, file: str = ""
    ) -> StartRequest:
        """With the token from the environment."""
        token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
        return cls(panel, background, token or os.environ.get("DESKTOP_STARTUP_ID", ""), file)


class SingleInstance(QObject):
    """The claim to be the studio of these folders.

    A lock on ``studio.lock`` in the data folder decides who is first, since only one process can
    hold it and the system frees it when that process is gone. A local socket carries the requests
    of later starts, for which ``requested(StartRequest)`` is emitted; its address lies beside the
    lock, as later starts may have another runtime folder. Call :meth:`claim` before the
    QApplication is made.
    """

    requested = Signal(object)

    def __init__(self, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = _runtime_folder()
        # A checksum stands for the folder, since the path of a socket has at most 107 bytes.
        name = f"kirara-studio-{zlib.crc32(os.fsencode(data_folder.absolute())):08x}"
        self._own_address = name if os.name == "nt" else str(folder / name)
        self._lock_path = data_folder / "studio.lock"
        self._address_path = data_folder / "studio.address"
        self._lock: IO[bytes] | None = None
        self._server: QLocalServer | None = None

    def claim(self, request: StartRequest, timeout: float = 15.0) -> bool:
        """Become the studio (True), or hand the request to the running one (False).

        Raises UserError if another studio does not answer for ``timeout`` seconds.
        """
        end = time.monotonic() + timeout
        while True:
            if self._try_lock():
                return True
            # The first one opens its socket a moment after its lock; and it may end meanwhile.
            if self._hand_over(request):
                return False
            if time.monotonic() > end:
                raise UserError(
                    "Kirara Studio is already running, but does not answer.",
                    advice="Wait until it has finished, or end it and start again.",
                )
            time.sleep(0.05)

    def listen(self) -> None:
        """Accept the requests of later starts. Needs the event loop."""
        from PySide6.QtNetwork import QLocalServer

        # No other process has the lock, so an existing socket was left by a killed one.
        QLocalServer.removeServer(self._own_address)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._accept)
        if not server.listen(self._own_address):
            log.warning("Later starts are not noticed: %s", server.errorString())
            return
        self._server = server
        try:
            write_atomically(self._address_path, self._own_address, private=True)
        except UserError as error:
            log.warning("Later starts may not be noticed: %s", error)

    def release(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    # The first

    def _try_lock(self) -> bool:
        try:
            self._lock_path.parent.mkdir(parents=True, exist_ok=True)
            file = self._lock_path.open("a+b")
            locked = try_lock(file)
        except OSError as error:
            raise explain_write_error(error, self._lock_path) from error
        if locked:
            self._lock = file
        else:
            file.close()
        return locked

    def _accept(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_MESSAGE:
                socket.abort()
            return
        request = _parse(bytes(socket.readLine().data()))
        if request is None:
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.disconnectFromServer()
        self.requested.emit(request)

    # The second

    def _hand_over(self, request: StartRequest) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        address = self._own_address
        with contextlib.suppress(OSError, ValueError):
            address = self._address_path.read_text(encoding="utf-8", errors="surrogateescape")
        socket = QLocalSocket()
        socket.connectToServer(address)
        if not socket.waitForConnected(1000):
            return False
        socket.write(json.dumps(asdict(request)).encode() + b"\n")
        # A window that is busy, importing torch for instance, answers after seconds.
        deadline = QDeadlineTimer(10_000)
        while not socket.canReadLine() and socket.waitForReadyRead(deadline.remainingTime()):
            pass
        understood = bytes(socket.readLine().data()) == _ANSWER
        socket.abort()
        return understood


def _parse(line: bytes) -> StartRequest | None:
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        known, fields = asdict(StartRequest()), parse_json(line).items()
        values = {key: value for key, value in fields if key in known}
        if all(type(value) is type(known[key]) for key, value in values.items()):
            return StartRequest(**values)
    return None


def _runtime_folder() -> Path:
    """A folder in which only this user may write."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if folder and is_folder(folder):
        return Path(folder)
    temporary = Path(tempfile.gettempdir())
    if os.name == "nt":
        return temporary  # each user has one
    folder_of_user = temporary / f"kirara-studio-{os.getuid()}"
    with contextlib.suppress(OSError):
        folder_of_user.mkdir(mode=0o700, exist_ok=True)
        if folder_of_user.stat().st_uid == os.getuid():
            return folder_of_user
    raise UserError(
        "“{folder}” belongs to another user, or cannot be created.",
        advice="Set XDG_RUNTIME_DIR to a folder of your own.",
        folder=folder_of_user,
    )
