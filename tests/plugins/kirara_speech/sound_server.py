"""A real sound server without a sound card: PulseAudio, started for a test alone, and recorded."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

Array = npt.NDArray[np.float32]

RATE = 22_050


def _no_rewinds() -> str:
    # A sink that begins to play rewinds, and renders again what its monitor has recorded already:
    # the recording then jumps. Versions before 16 always rewind.
    done = subprocess.run(["pulseaudio", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+", done.stdout)
    return "norewinds=1" if found and int(found[0]) >= 16 else ""


class SoundServer:
    """PulseAudio with a sink "out" that leads nowhere."""

    def __init__(self, folder: Path) -> None:
        for program in ("pulseaudio", "pactl", "parec"):
            if shutil.which(program) is None:
                pytest.skip(f"“{program}” is not installed (packaging/system_packages.sh --test)")
        self.folder = folder
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "DBUS_"))},
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_SERVER": f"unix:{runtime}/native",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        self._server = subprocess.Popen(
            [
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--log-level=debug",
                "--disable-shm=yes",
                f"--load=module-native-protocol-unix socket={runtime}/native auth-anonymous=1",
                # At our rate, so that what is recorded is what was played, up to 16 bits.
                f"--load=module-null-sink sink_name=out rate=22050 channels=1 {_no_rewinds()}",
            ],
            env=self.environment,
            stderr=(folder / "pulseaudio.log").open("wb"),
        )
        until = time.monotonic() + 20
        while self.control("info", check=False).returncode:
            if self._server.poll() is not None or time.monotonic() > until:
                self.close()
                pytest.skip(f"PulseAudio does not start: {(folder / 'pulseaudio.log').read_text()}")
            time.sleep(0.05)

    def control(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run ``pactl``."""
        return subprocess.run(
            ["pactl", *arguments],
            env=self.environment,
            check=check,
            capture_output=True,
            text=True,
            timeout=20,
        )

    def python(self, program: str, *arguments: object) -> subprocess.Popen[str]:
        """Start a Python program that hears this server."""
        return subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def recording(self) -> Iterator[Recorder]:
        """Record what the sink plays."""
        recorder = Recorder(self.environment, self.folder / "recorded.raw")
        try:
            yield recorder
        finally:
            recorder.stop()

    @property
    def underruns(self) -> int:
        """How often silence was played because a program gave no sound in time."""
        log = (self.folder / "pulseaudio.log").read_text(encoding="utf-8", errors="replace")
        return len(re.findall(r"nderrun o[fn] '", log))

    def close(self) -> None:
        """End the server."""
        self._server.terminate()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()


class Recorder:
    """Records the monitor of the sink."""

    def __init__(self, environment: dict[str, str], path: Path) -> None:
        self._file = path.open("w+b")
        self._process = subprocess.Popen(
            [
                "parec",
                "--device=out.monitor",
                "--format=float32le",
                f"--rate={RATE}",
                "--channels=1",
                "--latency-msec=20",
            ],
            env=environment,
            stdout=self._file,
        )
        until = time.monotonic() + 20
        while not path.stat().st_size:
            assert self._process.poll() is None and time.monotonic() < until, "nothing is recorded"
            time.sleep(0.02)

    def wait_for_sound(self) -> None:
        """Wait until something is heard."""
        until = time.monotonic() + 30
        while not np.abs(self._so_far()).max(initial=0) > 0.01:
            assert time.monotonic() < until, "nothing is heard"
            time.sleep(0.02)

    def _so_far(self) -> Array:
        content = Path(self._file.name).read_bytes()
        return np.frombuffer(content[: len(content) // 4 * 4], np.float32)

    def stop(self) -> Array:
        """End; returns all that was recorded (samples,), with silence at both ends."""
        if self._process.poll() is None:
            time.sleep(0.3)  # what was played last is on its way
            self._process.terminate()
            self._process.wait()
        return self._so_far()
