"""How the studio starts Python processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WAITING = {"OMP_WAIT_POLICY": "passive"}
"""Makes idle threads sleep instead of spinning: costs some milliseconds a picture, but beside a
training, spinning made a network ten times as slow. Must be set before torch is imported."""


def python_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs ``module`` in this interpreter.

    ``-P`` keeps the current folder off the path: the user may have a ``random.py`` there.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment(*, without: Path | None = None) -> dict[str, str]:
    """The environment for a child, which can import what this process can import.

    It cannot import what lies in the folder ``without``.
    """
    path = [entry for entry in sys.path if entry]
    if without is not None:
        path = [entry for entry in path if not Path(entry).is_relative_to(without)]
    extra = {"PYTHONPATH": os.pathsep.join(path), "PYTHONIOENCODING": "utf-8"}
    return {**WAITING, **os.environ, **extra}


def hidden(*, detached: bool = False) -> Mapping[str, Any]:
    """Arguments of Popen: no console window and a low priority on Windows.

    A ``detached`` child lives on when this process and its terminal are gone.
    """
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        return {"creationflags": flags | subprocess.BELOW_NORMAL_PRIORITY_CLASS}
    return {"start_new_session": detached}


def exit_reason(code: int | None) -> str:
    """How a process ended, such as “signal 9” or “exit status 3”."""
    if code is None:
        return "unknown reason"
    return f"signal {-code}" if code < 0 else f"exit status {code}"
