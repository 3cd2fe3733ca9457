"""Whether the window stays quick while the engine works flat out.

A timer in the UI thread ticks every 10 ms; what is measured are the gaps between its ticks: of
the idle window first, then from the very start of the engine (its process, the import of torch,
the loading of the model) through frames of the author's full 256×256 network as fast as they
come. Last, how long it takes from a slider's move to the new picture on the screen.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TICK_MS = 10
IDLE_SECONDS, BUSY_SECONDS = 5.0, 20.0
MOVES = 60


class Ticks:
    """Collects the gaps between the ticks of a timer, in milliseconds."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def take(self) -> list[float]:
        """Return the gaps so far, sorted, and forget them."""
        gaps, self.gaps = sorted(self.gaps), []
        return gaps


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the sorted ``values`` lie."""
    return values[min(len(values) - 1, int(share * len(values)))]


def describe(name: str, gaps: list[float]) -> str:
    """One line about gaps."""
    return (
        f"{name}: p50 {percentile(gaps, 0.5):.1f}, p99 {percentile(gaps, 0.99):.1f}, "
        f"worst {gaps[-1]:.1f} ms ({len(gaps)} ticks)"
    )


def save_author_network(path: Path) -> None:
    """A generator of the author's full shape, with weights drawn at random."""
    import torch

    from kirara_characters.networks.config import AUTHOR
    from kirara_characters.networks.network import Generator
    from kirara_studio.api.models import Checkpoint, ModelCard

    torch.manual_seed(2017)
    card = ModelCard("pggan-generator", "benchmark", AUTHOR.to_dict())
    Checkpoint(card, Generator(AUTHOR).state_dict()).save(path)


def spin(condition: Callable[[], bool], timeout: float) -> None:
    """Run the event loop as the studio does, in C++, until ``condition()``."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    check = QTimer()
    check.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > end else None)
    end = time.monotonic() + timeout
    check.start(50)
    loop.exec()


def measure(model: Path) -> None:
    """Open the studio and measure."""
    from PySide6.QtCore import QEventLoop

    from kirara_characters.jobs import frame_job
    from kirara_characters.networks.character import of_seeds
    from kirara_characters.networks.latents import LatentPath
    from kirara_characters.requests import Frame, FrameRequest
    from kirara_studio.api.widgets import ImageCanvas
    from kirara_studio.app import Studio, make_application
    from kirara_studio.desktop.single_instance import StartRequest
    from kirara_studio.host.folders import Folders

    application = make_application()
    studio = Studio(application, Folders.default())
    studio.start(StartRequest(background=True))  # no warming up: the start is to be measured
    studio.show_window()
    ticks = Ticks()
    jobs = studio.jobs.for_panel("benchmark", lambda error: sys.exit(str(error)))
    way = LatentPath(of_seeds((1, 2, 3)))
    begin = time.monotonic()
    spin(lambda: time.monotonic() - begin > 2, 10)  # the window opens
    studio.jobs.rest()

    ticks.take()
    begin = time.monotonic()
    spin(lambda: time.monotonic() - begin > IDLE_SECONDS, 60)
    idle = ticks.take()

    canvas = ImageCanvas()
    canvas.resize(512, 512)
    canvas.show()
    frames: list[float] = []

    def ask() -> None:
        request = FrameRequest(way, len(frames) * 0.04 % way.duration, model=str(model))
        jobs.submit("frame", frame_job, request, on_result=show)

    def show(frame: Frame) -> None:
        frames.append(frame.milliseconds)
        canvas.set_picture(frame.picture)
        if not done():
            ask()

    def done() -> bool:
        return len(frames) > 20 and time.monotonic() - begin > BUSY_SECONDS

    begin = time.monotonic()
    ask()
    spin(done, 120)
    busy = ticks.take()
    print(describe("gaps between ticks of 10 ms, idle", idle))
    print(describe("  engine starting and running flat out", busy))
    print(f"  ratio of p99 {percentile(busy, 0.99) / percentile(idle, 0.99):.2f}")
    print(f"  torch in the window's process: {'torch' in sys.modules}")
    spin(lambda: not studio.jobs.busy, 30)

    waits: list[float] = []
    loop = QEventLoop()  # as in the studio, the window's thread sleeps while it waits

    def paint(frame: Frame) -> None:
        canvas.set_picture(frame.picture)
        canvas.repaint()
        waits.append((time.perf_counter() - start) * 1000)
        loop.quit()

    for move in range(MOVES):
        request = FrameRequest(way, move * way.duration / MOVES, model=str(model))
        start = time.perf_counter()
        jobs.submit("frame", frame_job, request, on_result=paint)
        loop.exec()
    waits.sort()
    drawing = statistics.median(frames)
    print(
        f"slider moved → picture on screen, 256×256: median {statistics.median(waits):.0f} ms, "
        f"p95 {percentile(waits, 0.95):.0f} ms; the network alone {drawing:.0f} ms, "
        f"ratio {statistics.median(waits) / drawing:.2f}"
    )
    studio.shutdown()


def main() -> None:
    """Make the network in a process of its own, so that this one never imports torch."""
    import subprocess

    with tempfile.TemporaryDirectory() as home:
        model = Path(home) / "author.safetensors"
        code = (
            "import sys; from pathlib import Path; "
            "from benchmarks.bench_responsiveness import save_author_network as save; "
            "save(Path(sys.argv[1]))"
        )
        subprocess.run([sys.executable, "-c", code, str(model)], check=True)
        os.environ["KIRARA_HOME"] = home
        measure(model)


if __name__ == "__main__":
    main()
