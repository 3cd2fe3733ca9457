"""Run a tool of the checkout's ``.venv``, on any system. For ``.pre-commit-config.yaml``.

    python packaging/venv_tool.py ruff check FILE…

The folder of the programs is ``Scripts`` on Windows and ``bin`` elsewhere, so a configuration for
all systems cannot name it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def program(name: str) -> Path:
    """The program of this name in ``.venv``; ends with a message if it is not there."""
    for path in (f"bin/{name}", f"Scripts/{name}.exe"):
        if (found := ROOT / ".venv" / path).is_file():
            return found
    sys.exit(
        f"There is no {name} in .venv. Run make setup, or without make:\n"
        "    python -m venv .venv\n"
        "    (enter it)\n"
        '    pip install -c requirements.lock -e ".[dev]"'
    )


def main() -> int:
    """Run the tool; its exit status is that of this program."""
    name, *arguments = sys.argv[1:]
    return subprocess.run([program(name), *arguments], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
