"""The priorities of the engine and of trainings, and how a training is started and ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from kirara_studio.engine.run_folder import RunFolder
from kirara_studio.processes import child_environment, hidden, python_command

NICENESS = 5
"""Of the engine: keeps the UI's ticks regular while all cores compute."""

TRAINING_NICENESS = 10
"""Niceness of trainings; the engine has 5. At 19, a training beside other programs gets almost no
time: its reports and its reaction to Stop take minutes."""

FULL_PRIORITY = "KIRARA_FULL_PRIORITY"
"""Environment variable for a machine on which nobody waits for a window, such as one that only
trains or tests: if it is set, no priority is lowered."""


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
    """Set the niceness (0 to 19) of this process; not on Windows, and not at full priority."""
    if sys.platform == "win32" or FULL_PRIORITY in os.environ:
        return
    with contextlib.suppress(OSError):
        os.nice(nice - os.nice(0))
    if os.getsid(0) == os.getpid():
        # Linux groups tasks by session and compares the groups, so the niceness of a process with
        # a session of its own would mean nothing.
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")
