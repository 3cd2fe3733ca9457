"""Imports one module in a fresh process and prints, as JSON, what that did to the process."""

from __future__ import annotations

import gc
import importlib
import json
import locale
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable

import kirara_studio.api.commands
import kirara_studio.api.errors
import kirara_studio.api.hooks
import kirara_studio.api.text  # noqa: F401  (what every plugin needs does not count as its time)

LOOK: dict[str, Callable[[], object]] = {
    "the locale": lambda: locale.setlocale(locale.LC_ALL),
    "sys.excepthook": lambda: sys.excepthook,
    "threading.excepthook": lambda: threading.excepthook,
    "the handler of SIGINT": lambda: signal.getsignal(signal.SIGINT),
    "the handler of SIGTERM": lambda: signal.getsignal(signal.SIGTERM),
    "the current folder": os.getcwd,
    "the environment variables": lambda: dict(os.environ),
    "the filters of warnings": lambda: list(warnings.filters),
    "the garbage collector": gc.isenabled,
    "the recursion limit": sys.getrecursionlimit,
    "the standard output": lambda: (sys.stdout, sys.stderr),
    "sys.path": lambda: list(sys.path),
    "the running threads": lambda: sorted(thread.name for thread in threading.enumerate()),
}
"""What importing a module must leave alone."""


def main(module: str) -> None:
    """Import ``module`` and print the CPU seconds, the modules that came, and what changed."""
    sink = sys.stdout
    before = {name: look() for name, look in LOOK.items()}
    there = set(sys.modules)
    start = time.process_time()
    importlib.import_module(module)
    seconds = time.process_time() - start
    changed = [name for name, look in LOOK.items() if look() != before[name]]
    new = sorted(set(sys.modules) - there)
    print(json.dumps({"seconds": seconds, "modules": new, "changed": changed}), file=sink)


if __name__ == "__main__":
    main(sys.argv[1])
