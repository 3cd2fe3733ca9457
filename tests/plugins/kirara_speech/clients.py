"""Clients of VOICEVOX that others wrote, in a folder of their own outside the checkout.

``python -m tests.plugins.kirara_speech.clients`` installs them without a time limit.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_cache_path

PYTHON_CLIENT, NODE_CLIENT = "voicevox-client==1.1.0", "@kajidog/voicevox-client@0.2.0"
QUICK = 10.0
"""Seconds that a test waits for an installation."""


def python_client(limit: float | None = QUICK) -> Path:
    """A folder for PYTHONPATH with PyPI's client; the test is skipped without it."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return _installed(PYTHON_CLIENT, [*pip, "--target", ".", PYTHON_CLIENT], limit)


def node_client(limit: float | None = QUICK) -> tuple[str, Path]:
    """Node, and a folder with npm's client; the test is skipped without them."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm are not installed")
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"]
    return node, _installed(NODE_CLIENT, [npm, "install", *quiet, NODE_CLIENT], limit)


def _installed(name: str, command: list[str], limit: float | None) -> Path:
    folder = user_cache_path("kirara-studio-tests") / name.replace("/", "+")
    complete = folder / "complete"
    if complete.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    reason = "it took too long"
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=limit, check=False
        )
        if done.returncode == 0:
            complete.touch()
            return folder
        reason = (done.stderr.strip().splitlines() or [""])[-1]
    except (OSError, subprocess.TimeoutExpired):
        pass
    pytest.skip(f"{name} was not installed ({reason}); python -m {__spec__.name} installs it")


if __name__ == "__main__":
    for install in (python_client, node_client):
        try:
            print(install(None))
        except pytest.skip.Exception as skipped:
            print(skipped)
