"""Time from the start of the process to the first paint of the studio's window.

Compared with the least that a Qt program can do here: a window with one label, started alike.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile

STARTS = 7

# Both programs note the time when the event of their first paint has been handled.
WATCH = """
import sys, time, json
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

# On the window alone: a filter on the application would see every event of every object.
class FirstPaint(QObject):
    seen = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = True
            QTimer.singleShot(0, self.report)
        return False
    def report(self):
        import os
        ticks = os.sysconf("SC_CLK_TCK")
        started = int(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19]) / ticks
        seconds = time.clock_gettime(time.CLOCK_BOOTTIME) - started
        heavy = [name for name in ("torch", "cv2", "numpy", "PIL") if name in sys.modules]
        print(json.dumps({"seconds": seconds, "imported": heavy}), flush=True)
        QApplication.quit()

watch = FirstPaint()
"""

# In the order of a real start: the command line first, then the window.
STUDIO = """
from kirara_studio import cli
import_pyside = cli.import_pyside
def import_watched():
    import_pyside()
    from kirara_studio.studio import Studio
    start = Studio.start
    def start_watched(studio, request):
        start(studio, request)
        exec(WATCH, globals())
        studio.window.installEventFilter(watch)
    Studio.start = start_watched
cli.import_pyside = import_watched
cli.main([])
"""

BARE = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("Hello")
label.resize(1280, 800)
label.show()
exec(WATCH, globals())
label.installEventFilter(watch)
application.exec()
"""


def measure(code: str, home: str) -> dict[str, object]:
    """Start a program and return what it reported."""
    program = f"WATCH = {WATCH!r}\n{code}"
    environment = {**os.environ, "KIRARA_HOME": home}
    # An installed program has compiled modules.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    result = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(result.stdout.splitlines()[-1])


def main() -> None:
    """Start both programs in turn and print the medians."""
    seconds: dict[str, list[float]] = {"studio": [], "bare": []}
    imported: set[str] = set()
    with tempfile.TemporaryDirectory() as home:
        measure(STUDIO, home)  # the first start makes its folders and the compiled modules
        for _ in range(STARTS):
            studio = measure(STUDIO, home)
            imported.update(studio["imported"])  # type: ignore[arg-type]
            seconds["studio"].append(studio["seconds"])  # type: ignore[arg-type]
            seconds["bare"].append(measure(BARE, home)["seconds"])  # type: ignore[arg-type]
    studio, bare = (statistics.median(seconds[name]) for name in ("studio", "bare"))
    print(f"first paint: {studio:.2f} s, a bare Qt window {bare:.2f} s, ratio {studio / bare:.2f}")
    print(f"  worst of {STARTS}: {max(seconds['studio']):.2f} s")
    print(f"  imported by then, of torch, cv2, numpy and PIL: {sorted(imported) or 'none'}")


if __name__ == "__main__":
    main()
