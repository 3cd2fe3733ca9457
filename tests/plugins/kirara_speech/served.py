"""``kirara-studio speech serve`` as a process of its own, to test against."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The server's address and its process; it is ended with Ctrl+C, if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kirara_studio", "speech", "serve", "--port", "0", *arguments],
        env={**os.environ, "KIRARA_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+:\d+", line)
        assert found, line
        yield found[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            process.stdout.close()
