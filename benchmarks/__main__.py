"""``python -m benchmarks [NAME…]``: every benchmark, one after the other, each in a process.

Without a display, windows are painted into memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kirara_studio.desktop.display import has_display


def main() -> int:
    """Run the named benchmarks, or all; 1 where one could not be run."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = [name for name in names if not sys.argv[1:] or name[6:] in sys.argv[1:]]
    failed = []
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in chosen:
        print(f"── {name[6:].replace('_', ' ')}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode:
            failed.append(name)
        print(flush=True)
    if failed or not chosen:
        print(f"failed: {', '.join(failed) or 'there is no such benchmark'}", file=sys.stderr)
    return int(bool(failed or not chosen))


if __name__ == "__main__":
    sys.exit(main())
