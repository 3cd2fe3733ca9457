"""``python -m tests.fuzz [--count 10000] [--reader NAME] [--seed N] [--jobs N]``: the fuzz table.

Each reader runs in a process of its own, so a crash in native code, or a loop without end, counts
for the file that caused it, and the next file is tried.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_HANGS = 120.0  # seconds for one file, after which the process ends as if it had crashed
NAMES = ("read", "refused", "others", "slowest")


def _run_one(arguments: argparse.Namespace) -> int:
    """In the child: try one reader, and print the outcome as JSON."""
    from tests.fuzz.harness import try_reader
    from tests.fuzz.readers import all_readers

    logging.disable(logging.CRITICAL)
    reader = next(reader for reader in all_readers() if reader.name == arguments.reader)

    def before(number: int) -> None:
        faulthandler.dump_traceback_later(_HANGS, exit=True)
        if number % 50 == 0 or arguments.each:
            Path(arguments.place).write_text(str(number))

    outcome = try_reader(reader, arguments.count, arguments.seed, before, first=arguments.first)
    print(json.dumps({name: getattr(outcome, name) for name in NAMES}))
    return 0


def _child(name: str, arguments: argparse.Namespace, place: Path, **changes: Any) -> Any:
    options = {"count": arguments.count, "seed": arguments.seed, "first": 0, **changes}
    command = [sys.executable, "-m", "tests.fuzz", "--child", "--reader", name,
               "--place", str(place)]  # fmt: skip
    for option, value in options.items():
        command += [f"--{option}"] if value is True else [f"--{option}", str(value)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def _tried(name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """The outcome of one reader, crashes of the process included."""
    total: dict[str, Any] = {"read": 0, "refused": 0, "others": [], "slowest": 0.0}
    first = 0
    with TemporaryDirectory() as folder:
        place = Path(folder) / "number"
        while first < arguments.count:
            done = _child(name, arguments, place, first=first)
            if done.returncode == 0:
                outcome = json.loads(done.stdout.splitlines()[-1])
                for key in ("read", "refused", "others"):
                    total[key] += outcome[key]
                total["slowest"] = max(total["slowest"], outcome["slowest"])
                break
            if not place.exists():
                sys.exit(f"{name} does not read its own valid file:\n{done.stderr}")
            # It died: find the file, one by one, and go on behind it.
            near = int(place.read_text())
            again = _child(name, arguments, place, first=near, each=True)
            number = int(place.read_text()) if again.returncode else near + 50
            total["others"].append(f"{name} --seed {arguments.seed}, number {number}: "
                                   f"exit {done.returncode}: {done.stderr[-600:]}")  # fmt: skip
            first = number + 1
            if len(total["others"]) > 20:
                break
    return total


def main() -> int:
    """Try readers and print the table; 1 if something else came than a value or a refusal."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="damaged files a reader")
    parser.add_argument("--reader", action="append", help="only this one; may be repeated")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time")
    for option in ("--child", "--each"):
        parser.add_argument(option, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--place", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        arguments.reader = arguments.reader[0]
        return _run_one(arguments)
    from tests.fuzz.readers import all_readers

    names = [r.name for r in all_readers() if not arguments.reader or r.name in arguments.reader]
    print(f"{'reader':24}{'tried':>8}{'read':>8}{'refused':>9}{'other':>7}{'slowest':>9}")
    others: list[str] = []
    with ThreadPoolExecutor(arguments.jobs) as pool:
        results = pool.map(lambda name: _tried(name, arguments), names)
        for name, result in zip(names, results, strict=True):
            tried = result["read"] + result["refused"] + len(result["others"])
            print(f"{name:24}{tried:8}{result['read']:8}{result['refused']:9}"
                  f"{len(result['others']):7}{result['slowest']:8.1f}s", flush=True)  # fmt: skip
            others += result["others"]
    for other in others:
        print(f"\n{other}")
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
