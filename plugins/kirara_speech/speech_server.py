"""The server for programs written for VOICEVOX, as a process beside the studio."""

from __future__ import annotations

import os
import re
import sys
from collections import deque

import shiboken6
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from kirara_speech.serving.listening import THIS_COMPUTER, listen
from kirara_speech.settings import SERVE, SERVE_ANY, SERVE_PORT
from kirara_studio.api.errors import UserError
from kirara_studio.api.settings import Settings

_ADDRESS = re.compile(r"http://\S+:\d+")
_LAST_WORDS = 5  # lines of the process's errors that are kept
_SOON = 300  # milliseconds until a changed port is used, while it is typed
_PATIENCE = 3000  # milliseconds to end


class SpeechServer(QObject):
    """Runs while the setting says so; ``changed`` when :attr:`address` or :attr:`problem` do.

    Its process ends when its standard input closes, so it never survives the studio.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._process: QProcess | None = None
        self._errors: deque[str] = deque(maxlen=_LAST_WORDS)
        self.address = ""
        """Where it answers, once it does."""
        self.problem: UserError | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.restart)
        for key in (SERVE, SERVE_PORT, SERVE_ANY):
            settings.watch(key, self._on_setting)

    def _on_setting(self, _: object) -> None:
        if shiboken6.isValid(self):  # settings outlive it
            self._soon.start()

    @property
    def starting(self) -> bool:
        return self._process is not None and not self.address

    @property
    def process_id(self) -> int:
        """The number of its process, 0 without one."""
        return 0 if self._process is None else self._process.processId()

    def restart(self) -> None:
        """Start, end, or start it again, as the settings say."""
        self.stop()
        self.problem = None
        if self._settings[SERVE]:
            try:
                self._start(int(self._settings[SERVE_PORT]))
            except UserError as error:
                self.problem = error
        self.changed.emit()

    def stop(self) -> None:
        """End the process, and wait for it. Its signals count no more."""
        process, self._process, self.address = self._process, None, ""
        if process is None:
            return
        process.closeWriteChannel()
        if not process.waitForFinished(_PATIENCE):
            process.kill()
            process.waitForFinished(_PATIENCE)
        process.deleteLater()

    def _start(self, port: int) -> None:
        listen(THIS_COMPUTER, port).close()  # raises a UserError that the window can translate
        arguments = ["-P", "-m", "kirara_studio", "speech", "serve", "--until-input-ends"]
        arguments += [
            "--port",
            str(port),
            *(["--any-speaker"] if self._settings[SERVE_ANY] else []),
        ]
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        environment.insert("PYTHONIOENCODING", "utf-8")
        environment.insert("OMP_WAIT_POLICY", "passive")
        process = self._process = QProcess(self)
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._on_end)
        process.errorOccurred.connect(self._on_end)
        self._errors.clear()
        process.start(sys.executable, arguments)

    def _read(self) -> None:
        if self._process is None:
            return  # it was stopped
        found = _ADDRESS.search(bytes(self._process.readAllStandardOutput().data()).decode())
        if found and not self.address:
            self.address = found[0]
            self.changed.emit()

    def _read_errors(self) -> None:
        if self._process is None:
            return
        text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self._errors.extend(line for line in text.splitlines() if line.strip())

    def _on_end(self) -> None:
        if self._process is None:
            return
        self._read_errors()
        reason = self._errors[-1] if self._errors else self._process.errorString()
        self._process.deleteLater()
        self._process, self.address = None, ""
        self.problem = UserError(
            "The server ended: {reason}",
            advice="Switch it off and on again, or choose another port.",
            reason=reason,
        )
        self.changed.emit()


_server: SpeechServer | None = None


def studio_server(settings: Settings) -> SpeechServer:
    """The only one of this studio, made with the plugin's settings when it is first needed."""
    global _server
    if _server is None:
        _server = SpeechServer(settings)
    return _server


def end_server() -> None:
    """End the studio's server."""
    global _server
    if _server is not None:
        _server.stop()
        _server.deleteLater()
        _server = None
