"""How the studio starts Python processes of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_studio.engine.run_folder import RunFolder

WAITING = {"OMP_WAIT_POLICY": "passive"}
"""Makes idle threads sleep instead of spinning: costs some milliseconds a picture, but beside a
training, spinning made a network ten times as slow. Must be set before torch is imported."""

NICENESS = 5
"""Of the engine: keeps the UI's ticks regular while all cores compute."""

TRAINING_NICENESS = 10
"""Niceness of trainings; the engine has 5. At 19, a training beside other programs gets almost no
time: its reports and its reaction to Stop take minutes."""


def python_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs ``module`` in this interpreter.

    ``-P`` keeps the current folder off the path: the user may have a ``random.py`` there.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """The environment for a child, which can import what this process can import."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return {**WAITING, **os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}


def hidden(*, detached: bool = False) -> Mapping[str, Any]:
    """Arguments of Popen: no console window and a low priority on Windows.

    A ``detached`` child lives on when this process and its terminal are gone.
    """
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        return {"creationflags": flags | subprocess.BELOW_NORMAL_PRIORITY_CLASS}
    return {"start_new_session": detached}


def start_training_child(folder: RunFolder) -> subprocess.Popen[bytes]:
    """Run the trainer of a folder in a detached child, which prints into the folder's log."""
    module = "kirara_studio.engine.training_child"
    with folder.log.open("ab") as output:
        return subprocess.Popen(
            python_command(module, str(folder.path)),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=child_environment(),
            **hidden(detached=True),
        )


def kill_child(pid: int) -> None:
    """End a process at once, if it is there."""
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def lower_priority(nice: int) -> None:
    """Set the niceness (0 to 19) of this process, except on Windows."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        os.nice(nice - os.nice(0))
    if os.getsid(0) == os.getpid():
        # Linux groups tasks by session and compares the groups, so the niceness of a process with
        # a session of its own would mean nothing.
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")


def exit_reason(code: int | None) -> str:
    """How a process ended, such as “signal 9” or “exit status 3”."""
    if code is None:
        return "unknown reason"
    return f"signal {-code}" if code < 0 else f"exit status {code}"
