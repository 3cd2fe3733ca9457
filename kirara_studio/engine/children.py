"""How the studio starts Python processes of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_studio.engine.run_folder import RunFolder

WAITING = {"OMP_WAIT_POLICY": "passive"}
"""Threads that have nothing to do sleep instead of spinning. Alone that costs a network some
milliseconds a picture; beside a training, spinning made it ten times as slow. It must be in the
environment before torch is imported."""


def python_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs ``module`` in this interpreter.

    ``-P`` keeps the current folder off the path: the user may have a ``random.py`` there.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """The environment for a child that shall find what this process can import."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return {
        **WAITING,
        **os.environ,
        "PYTHONPATH": path,
        "PYTHONIOENCODING": "utf-8",
    }


def hidden(*, detached: bool = False, lowest: bool = False) -> Mapping[str, Any]:
    """Arguments of Popen: no console window on Windows; there the priority is set here too.

    A ``detached`` child lives on when this process and its terminal are gone.
    """
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        flags |= (
            subprocess.IDLE_PRIORITY_CLASS if lowest else subprocess.BELOW_NORMAL_PRIORITY_CLASS
        )
        return {"creationflags": flags}
    return {"start_new_session": detached}


def start_training_child(folder: RunFolder, *arguments: str) -> subprocess.Popen[bytes]:
    """Run the trainer of a folder (:mod:`kirara_studio.engine.training_child`) in a child that
    lives on when this process is gone, and writes what it prints into the folder."""
    module = "kirara_studio.engine.training_child"
    with folder.log.open("ab") as output:
        return subprocess.Popen(
            python_command(module, str(folder.path), *arguments),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=child_environment(),
            **hidden(detached=True, lowest=True),
        )


def lower_priority(nice: int) -> None:
    """Be ``nice`` (0 to 19) to other processes; called by the child itself, not on Windows."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        os.nice(nice - os.nice(0))
    if os.getsid(0) == os.getpid():
        # Linux groups tasks by session and then compares the groups, not their members, so
        # that the niceness of a session of its own would mean nothing.
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")


def exit_reason(code: int | None) -> str:
    """How a process ended, such as “signal 9” or “exit status 3”."""
    if code is None:
        return "unknown reason"
    return f"signal {-code}" if code < 0 else f"exit status {code}"
