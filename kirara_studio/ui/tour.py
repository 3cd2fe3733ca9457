"""Walks through every panel in the real window and shows what each produced."""

from __future__ import annotations

import json
import logging
import platform
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, qVersion

from kirara_studio import __version__
from kirara_studio.api.files import is_file, write_atomically
from kirara_studio.api.panel import Panel
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.main_window import MainWindow

log = logging.getLogger(__name__)

_OPENING = 30.0


@dataclass
class Stop:
    """One panel of the tour, as ``tour.json`` lists it."""

    panel: str
    seconds: float = 0.0
    screenshots: list[str] = field(default_factory=list)
    produced: list[str] = field(default_factory=list)
    error: str = ""


class Guide:
    """What a panel's tour function is lent (:class:`kirara_studio.api.panel.TourGuide`)."""

    def __init__(self, window: MainWindow, out: Path, stop: Stop) -> None:
        self._window = window
        self._out = out
        self._stop = stop

    @property
    def folder(self) -> Path:
        """Where to leave the produced files."""
        return self._out

    def wait_until(self, condition: Callable[[], bool], timeout: float = 60.0) -> None:
        """Run the event loop until ``condition()``."""
        run_until(condition, timeout)

    def screenshot(self, name: str) -> Path:
        """Save a screenshot of the whole window."""
        # Until everything is laid out and painted, and nothing moves any more.
        settled = time.monotonic() + current_tokens().motion_slow / 1000 + 0.1
        run_until(lambda: time.monotonic() > settled, 10)
        path = self._out / f"{name}.png"
        write_atomically(path, lambda temporary: _save(self._window, temporary))
        self._stop.screenshots.append(path.name)
        return path

    def produced(self, path: Path) -> None:
        """Note a file that the panel produced."""
        if not is_file(path) or not path.stat().st_size:
            raise FileNotFoundError(f"the panel did not produce “{path}”")
        self._stop.produced.append(path.name)


def walk(
    window: MainWindow,
    panels: Sequence[Panel],
    load: Callable[[Panel, str], Any],
    out: Path,
) -> bool:
    """Let every panel do its job; returns False if one failed. Leaves ``tour.json`` in ``out``.

    ``load(panel, path)`` imports the function that a panel names for its tour. A panel that
    names none is opened and shown.
    """
    out.mkdir(parents=True, exist_ok=True)
    stops = [_visit(window, panel, load, out) for panel in panels]
    report = {
        "studio": __version__,
        "qt": qVersion(),
        "system": platform.platform(),
        "passed": all(not stop.error for stop in stops),
        "panels": [asdict(stop) for stop in stops],
    }
    write_atomically(out / "tour.json", json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    return bool(report["passed"])


def run_until(condition: Callable[[], bool], timeout: float) -> None:
    """Run the event loop until ``condition()``; raises TimeoutError after ``timeout`` seconds."""
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {timeout:g} s in vain")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


def _visit(window: MainWindow, panel: Panel, load: Callable[[Panel, str], Any], out: Path) -> Stop:
    stop = Stop(panel.id)
    guide = Guide(window, out, stop)
    started = time.perf_counter()
    try:
        window.open_panel(panel.id)
        host = window.host(panel.id)
        run_until(lambda: host.widget is not None or host.fault is not None, _OPENING)
        if host.fault is not None:
            raise RuntimeError(host.fault.message)
        if panel.tour:
            load(panel, panel.tour)(host.widget, guide)
        else:
            guide.screenshot(panel.id)
    except Exception as error:
        log.error("The tour of %s failed:\n%s", panel.id, traceback.format_exc())
        stop.error = f"{type(error).__name__}: {error}"
    stop.seconds = round(time.perf_counter() - started, 2)
    return stop


def _save(window: MainWindow, path: Path) -> None:
    if not window.grab().save(str(path)):
        raise OSError(f"“{path}” could not be written as a picture")
