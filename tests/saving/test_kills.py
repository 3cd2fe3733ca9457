"""A writer that is killed at any moment loses nothing, doubles nothing and leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_nothing_is_lost_doubled_or_left(repository: Path) -> None:
    # In a process without threads, since it forks; 100 kills of each writer without the number.
    command = [sys.executable, "-m", "tests.saving.kills", "4"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
