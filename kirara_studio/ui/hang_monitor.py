"""Watches the window from a process of its own, and asks the user if it does not answer.

Started by :mod:`kirara_studio.ui.watchdog`, with JSON lines in both directions. It imports no Qt:
its window is another process (:mod:`kirara_studio.ui.hang_dialog`). It ends with the studio.

Time counts only while the studio could have answered. A studio that was stopped, that a debugger
holds, that waits for a disk, or whose computer sleeps, is not accused.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from kirara_studio.api.kept_files import parse_json
from kirara_studio.engine.children import kill_child
from kirara_studio.host.safe_mode import blame, deepest_plugin
from kirara_studio.processes import hidden, python_command

END, RESTART, WAIT = "end", "restart", "wait"
_TICK = 0.5
_REPLY_SECONDS = 2.0
_TRIES = 10
"""How often, in ticks, code is asked to end before the restart is offered."""
_AFTER_WAIT = 60.0
_SIGNAL_SECONDS = 3.0
_END_SIGNALS = {
    int(getattr(signal, name)) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)
}
_CANNOT_ANSWER = ("T", "t", "D")


class Monitor:
    """``messages`` are those of the studio, None at their end; ``send`` sends it a word."""

    def __init__(
        self,
        messages: queue.SimpleQueue[Any],
        send: Callable[[str], None],
        settings: dict[str, Any],
    ) -> None:
        self._messages = messages
        self._send = send
        self._process: int = settings["process"]
        self._patience: float = settings["patience"]
        self._session = Path(settings["session"])
        self._dump = settings["dump"]
        self._restart: list[str] = settings["restart"]
        self._signals = _socket(settings["signals"])
        self._names: dict[str, Any] = {}
        self._packages: dict[str, str] = {}
        self._look: dict[str, str] = {}
        self._closing = False
        self._silence = 0.0
        self._pending = 0.0
        self._tries = 0
        self._dialog: Dialog | None = None
        self._culprit: dict[str, Any] = {}

    def run(self) -> None:
        """Watch until the studio ends."""
        interval = 0.0
        while True:
            # A second late is not late: timers are coarse.
            pause = _TICK if self._silence else max(_TICK, interval + 1)
            try:
                message = self._messages.get(timeout=pause)
            except queue.Empty:
                self._on_silence(pause)
                continue
            if message is None:
                self._hide_dialog()
                return
            if "beat" in message:
                self._on_beat()
                interval = message["beat"]
                self._silence = _TICK if interval == 0 else 0.0
            else:
                self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        self._names = message.get("names", self._names)
        self._packages = message.get("packages", self._packages)
        self._look = {k: message.get(k, self._look.get(k, "")) for k in ("theme", "language")}
        if message.get("closing"):
            self._hide_dialog()
            self._closing, self._silence = True, _TICK
        if "choice" in message and message["dialog"] is self._dialog:
            self._on_choice(message["choice"])

    def _on_beat(self) -> None:
        self._pending = 0.0
        self._tries = 0
        self._hide_dialog()

    def _on_silence(self, waited: float) -> None:
        """So many seconds went by without a beat. How long they really took is no matter."""
        if state_of(self._process) in _CANNOT_ANSWER:
            self._silence = _TICK
            return
        # After sleep, a long wait is over before the studio had its turn.
        self._silence += min(waited, self._patience / 2)
        if self._signal_is_pending():
            self._pending += _TICK
            self._end_after_signal()
        elif self._tries:
            self._keep_ending()
        elif self._silence >= self._patience and self._dialog is None:
            self._on_block()

    def _on_block(self) -> None:
        culprit = self._find_culprit()
        if culprit is None or culprit.get("debugged"):
            self._silence = _TICK
        elif self._closing:
            self._culprit, self._tries = culprit, _TRIES if culprit["plugin"] else 0
            self._silence = _TICK
        else:
            self._culprit = culprit
            self._ask("hang")

    def _find_culprit(self) -> dict[str, Any] | None:
        """Whose code runs; None if the studio answered after all, or was stopped meanwhile."""
        answer = self._request("who")
        if answer is None or "who" in answer:
            return answer["who"] if answer else None
        # The interpreter lock is held. A stopped process does not answer either.
        if state_of(self._process) in _CANNOT_ANSWER:
            return None
        plugin = self._plugin_in_dump()
        names = self._names.get(plugin, {"plugin": "", "panel": "", "title": ""})
        return {**names, "where": "", "locked": True}

    def _request(self, word: str) -> dict[str, Any] | None:
        """The studio's answer, an empty one if it gives none, None if the window answers again."""
        self._send(word)
        end = time.monotonic() + _REPLY_SECONDS
        while (left := end - time.monotonic()) > 0:
            try:
                message = self._messages.get(timeout=left)
            except queue.Empty:
                break
            if message is None or "beat" in message:
                self._messages.put(message)
                return None
            if "who" in message or "saved" in message:
                return dict(message)
            self._take(message)
        return {}

    def _plugin_in_dump(self) -> str:
        if not self._dump:
            return ""
        with contextlib.suppress(OSError):
            path = Path(self._dump)
            before = path.stat().st_size
            os.kill(self._process, signal.SIGUSR1)
            time.sleep(_TICK)
            with path.open("rb") as file:
                file.seek(before)
                return deepest_plugin(file.read(1 << 20).decode("utf-8", "replace"), self._packages)
        return ""

    # What is done

    def _on_choice(self, choice: str) -> None:
        self._hide_dialog()
        if choice == END:
            self._tries = _TRIES
            self._send("end")
        elif choice == RESTART:
            self._start_again()
        else:
            self._silence = min(self._silence, self._patience) - _AFTER_WAIT

    def _keep_ending(self) -> None:
        self._tries -= 1
        if self._tries:
            self._send("end")
        elif not self._closing:
            self._ask("stuck")

    def _end_after_signal(self) -> None:
        """The studio shall end, and does not hear of it."""
        if _SIGNAL_SECONDS <= self._pending < 2 * _SIGNAL_SECONDS:
            self._send("end")
        elif self._pending >= 2 * _SIGNAL_SECONDS:
            self._request("save")
            kill_child(self._process)

    def _start_again(self) -> None:
        if self._request("save") is None:
            return  # it answers
        kill_child(self._process)
        if self._culprit["panel"]:
            blame(self._session, self._culprit["panel"], self._culprit["plugin"], self._process)
        while self._messages.get() is not None:  # until its end closes the pipe
            pass
        self._messages.put(None)
        quiet = subprocess.DEVNULL
        subprocess.Popen(
            self._restart, stdin=quiet, stdout=quiet, stderr=quiet, **hidden(detached=True)
        )

    def _ask(self, state: str) -> None:
        self._dialog = Dialog({"state": state, **self._culprit, **self._look}, self._messages)

    def _hide_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None

    def _signal_is_pending(self) -> bool:
        """True if a signal to end waits unread: the studio reads it in its event loop."""
        if self._signals is None or self._closing:
            return False
        try:
            flags = socket.MSG_PEEK | socket.MSG_DONTWAIT
            return not _END_SIGNALS.isdisjoint(self._signals.recv(64, flags))
        except OSError:
            return False


class Dialog:
    """The window that asks the user; what was chosen comes as a message."""

    def __init__(self, question: dict[str, Any], messages: queue.SimpleQueue[Any]) -> None:
        self._messages = messages
        self._child = subprocess.Popen(
            python_command("kirara_studio.ui.hang_dialog", json.dumps(question)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            **hidden(),
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Take the window away."""
        self._child.kill()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        choice = self._child.stdout.read().decode().strip()
        self._child.wait()
        self._messages.put({"choice": choice or WAIT, "dialog": self})


def state_of(process: int) -> str:
    """What the main thread of a process does.

    "T" if it is stopped, "t" if a debugger holds it, "D" if it waits for a disk; anything else, or
    nothing, if it can answer.
    """
    if sys.platform == "darwin":
        command = ["ps", "-o", "state=", "-p", str(process)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout.strip()[:1].replace("U", "D")
    with contextlib.suppress(OSError, IndexError):
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        return text.rpartition(")")[2].split()[0]
    return ""


def _socket(fd: int) -> socket.socket | None:
    return socket.socket(fileno=fd) if fd >= 0 else None


def _read(stream: IO[bytes], messages: queue.SimpleQueue[Any]) -> None:
    for line in stream:
        messages.put(parse_json(line))
    messages.put(None)


def main() -> None:
    """Watch the process at the other end of stdin and stdout."""
    settings = parse_json(sys.stdin.buffer.readline())
    messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, messages), daemon=True).start()

    def send(word: str) -> None:
        with contextlib.suppress(OSError):
            sys.stdout.write(f"{word}\n")
            sys.stdout.flush()

    Monitor(messages, send, settings).run()


if __name__ == "__main__":
    main()
