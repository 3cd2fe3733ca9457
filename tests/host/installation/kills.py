"""Installations that are killed: ``python -m tests.host.installation.kills [KILLS]``.

Each kill is a real one (SIGKILL) of the installing process, every second time together with the
tool that it started. The moments are spread over a whole installation. Afterwards, and after what
the next start of the studio does, the plugin must be the old or the new one, complete, and nothing
may be left over.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import fields
from pathlib import Path

from kirara_studio.host.folders import Folders
from kirara_studio.host.installation.generations import active_generation, note_start
from kirara_studio.host.installation.inventory import distributions_in
from kirara_studio.host.installation.staged import files_of
from kirara_studio.host.installation.values import INSTALL, Answer, Request, to_line
from kirara_studio.processes import child_environment, python_command
from tests.host.plugin_maker import Made

_FILES = 60
_SIZE = 20_000  # bytes of each
_PATIENCE = 20.0  # seconds for what the killed process had started


class Bench:
    """A plugin folder in which one version is replaced by the other."""

    def __init__(self, folder: Path) -> None:
        self.folders = Folders.below(folder / "home")
        self._wheels = {}
        for version in ("1.0", "2.0"):
            content = os.urandom(_SIZE)
            files = {f"made_hello/{number}.bin": content for number in range(_FILES)}
            self._wheels[version] = Made("hello", version, files=files).wheel(folder)

    def start(self, version: str) -> subprocess.Popen[str]:
        """Begin to install a version; yes is the answer to every question."""
        folders = {item.name: str(getattr(self.folders, item.name)) for item in fields(Folders)}
        process = subprocess.Popen(
            python_command("kirara_studio.host.installation"),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={**child_environment(without=self.folders.plugins), "UV_OFFLINE": "1"},
            text=True,
            start_new_session=True,
        )
        assert process.stdin is not None
        request = Request(INSTALL, str(self._wheels[version]), folders=folders)
        process.stdin.write(to_line(request) + to_line(Answer(True)))
        process.stdin.flush()
        return process

    def version(self) -> str:
        """The version that is installed; a word that says what is wrong with it."""
        active = active_generation(self.folders.plugins)
        found = distributions_in(active) if active is not None else {}
        if active is None or "hello" not in found:
            return "missing"
        files = [active / path for path in files_of(found["hello"])]
        if len(files) < _FILES or not all(path.is_file() for path in files):
            return "incomplete"
        if len({path.read_bytes() for path in files if path.suffix == ".bin"}) != 1:
            return "mixed"
        return found["hello"].version

    def left(self) -> list[str]:
        """What the next start leaves over."""
        note_start(self.folders.plugins)
        active = active_generation(self.folders.plugins)
        kept = {"current", "lock", "starts", active.name if active is not None else ""}
        starts = (self.folders.plugins / "starts").read_text().split()
        return [p.name for p in self.folders.plugins.iterdir() if p.name not in {*kept, *starts}]


def kill(process: subprocess.Popen[str], *, whole: bool) -> None:
    """Kill the installing process, or its whole group; wait for what it had started."""
    if whole:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise TimeoutError("a process of a killed installation goes on")


def run(kills: int) -> Counter[str]:
    """Kill so many installations; returns how often each outcome came."""
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        bench.start("2.0").wait()  # fills the caches
        began = time.monotonic()
        bench.start("1.0").wait()
        whole = time.monotonic() - began
        assert bench.version() == "1.0"
        for number in range(kills):
            before = bench.version()
            wanted = "2.0" if before == "1.0" else "1.0"
            process = bench.start(wanted)
            time.sleep(whole * (number + random.random()) / kills)
            kill(process, whole=number % 2 == 0)
            after = bench.version()
            seen["old" if after == before else "new" if after == wanted else after] += 1
            seen["left over"] += len(bench.left())
            seen["changed by the start"] += bench.version() != after
    return seen


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seen = run(kills)
    print(", ".join(f"{count} {name}" for name, count in seen.items()))
    return int(seen["old"] + seen["new"] != kills or seen["left over"] > 0)


if __name__ == "__main__":
    sys.exit(main())
