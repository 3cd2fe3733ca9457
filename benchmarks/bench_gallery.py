"""Whether the gallery of the Illustrations panel stays quick with 50,000 pictures.

Measured are reading the collection and painting it, looking for a change, searches, the gaps
between ticks of a timer in the UI thread while the gallery scrolls, and the memory after
scrolling through all of it. Beside a duration stands the time that the UI thread computed: on a
busy machine the rest is waiting. The baseline is the plainest way to show them with Qt: the same
query, an item each in a model of Qt's, and a list of Qt's that lays them out.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView

from benchmarks._timing import note_on_load
from benchmarks.bench_illustrations import ROWS, fill, some_head
from benchmarks.bench_responsiveness import percentile, spin
from kirara_illustrations.filter.classes import ILLUSTRATION_FILTER
from kirara_illustrations.options import PAGE
from kirara_illustrations.storage.library import Library, Query
from kirara_illustrations.storage.thumbnails import ThumbnailStore, small
from kirara_studio.api.learning.head import save_head
from kirara_studio.api.learning.lite0 import FEATURES_COUNT
from kirara_studio.api.models import ModelCard
from kirara_studio.host.discovery import find_plugins
from kirara_studio.testing.studio import OffscreenStudio

SIZES = ((1200, 1600), (1600, 1200), (1000, 2400), (1400, 1400), (1920, 1080), (900, 1600))
FEATURES = 4 * FEATURES_COUNT  # bytes of one picture
FRAME_MS = 16
SCROLL_SECONDS = 15.0
SPEEDS = (60, 400)  # pixels a frame: reading, and skimming
SWEEP = 1_500  # steps through all
PAUSE_MS = 120  # after the last key
WORDS = ("sunflower", "sunflower kaede", "絵", "nothing of the kind")


def prepare(folder: Path) -> None:
    """A collection of :data:`ROWS` pictures, judged, with small copies but of the newest 2,000."""
    drawings = [drawing(number, size) for number, size in enumerate(SIZES)]
    (folder / "pictures").mkdir(parents=True)
    for number, image in enumerate(drawings):
        image.save(folder / "pictures" / f"{number}.jpg", quality=92)
    with closing(Library(folder)) as library:
        fill(library).close()
        with library.transaction() as connection:
            for number, (width, height) in enumerate(SIZES):
                connection.execute(
                    "UPDATE picture SET digest = 'digest' || id, file = ?, width = ?, height = ?,"
                    f" size = 900000, kept = 1 WHERE id % {len(SIZES)} = ?",
                    (f"pictures/{number}.jpg", width, height, number),
                )
            connection.execute("UPDATE features SET numbers = randomblob(?)", (FEATURES,))
        numbers = library.find(Query(passing=None))
    copies = []
    for image in drawings:
        stream = io.BytesIO()
        small(image).save(stream, "JPEG", quality=82)
        copies.append(stream.getvalue())
    with closing(ThumbnailStore(folder)) as store, store.transaction() as connection:
        connection.executemany(
            "INSERT INTO thumbnail VALUES (?, ?)",
            ((f"digest{one}", copies[one % len(SIZES)]) for one in numbers[2_000:]),
        )


def drawing(number: int, size: tuple[int, int]) -> Image.Image:
    """A picture with areas and fine grain."""
    random, (width, height) = np.random.default_rng(number), size
    areas = Image.fromarray(random.integers(0, 256, (9, 7, 3), np.uint8)).resize(size)
    grain = random.normal(0, 6, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(areas) + grain, 0, 255).astype(np.uint8))


class Gaps:
    """Gaps between the ticks of a timer of 10 ms: passed, and computed in this thread (ms)."""

    def __init__(self) -> None:
        self.passed: list[float] = []
        self.computed: list[float] = []
        self._last = time.perf_counter(), time.thread_time()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=10)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.passed.append(1000 * (now[0] - self._last[0]))
        self.computed.append(1000 * (now[1] - self._last[1]))
        self._last = now

    def describe(self, name: str) -> None:
        """Print them, and begin again."""
        print(f"{name}: {len(self.passed)} ticks")
        for what, values in (("passed", self.passed), ("computed", self.computed)):
            ordered = sorted(values)
            figures = ", ".join(f"p{n} {percentile(ordered, n / 100):.1f}" for n in (50, 95, 99))
            over = sum(value > 50 for value in values)
            print(f"  {what:<9} {figures}, longest {ordered[-1]:.1f} ms; {over} over 50 ms")
        self.passed, self.computed = [], []


def timed(name: str, function: Callable[[], object], times: int = 5) -> float:
    """Print how long a call takes, the best of some; returns milliseconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter(), time.thread_time()
        function()
        found.append((time.perf_counter() - start[0], time.thread_time() - start[1]))
    passed, computed = (1000 * min(each) for each in zip(*found, strict=True))
    worst = 1000 * max(one for one, _ in found)
    print(f"{name:<44}{passed:8.1f} ms, worst {worst:.1f} ms; computed {computed:.1f} ms")
    return passed


def memory() -> float:
    """Megabytes that this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def scroll(gallery: Any, values: Iterator[int], seconds: float = 600.0) -> None:
    """Scroll to each value, one a frame."""
    done = False

    def step() -> None:
        nonlocal done
        value = next(values, None)
        if value is None:
            done = True
        else:
            gallery.verticalScrollBar().setValue(value)

    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=FRAME_MS)
    timer.timeout.connect(step)
    timer.start()
    spin(lambda: done, seconds)
    timer.stop()


def in_qts_way(library: Library, width: float) -> Callable[[], object]:
    """Reads the same pictures into Qt's own model, and lays them out in Qt's own list."""
    view = QListView(viewMode=QListView.ViewMode.IconMode, movement=QListView.Movement.Static)
    view.resize(900, 700)
    view.show()

    def show() -> None:
        model = QStandardItemModel(view)
        for number, wide, high in library.shapes(Query(passing=None)):
            item = QStandardItem(str(number))
            item.setSizeHint(QSize(int(width), int(width * high / wide)))
            model.appendRow(item)
        view.setModel(model)
        view.doItemsLayout()
        view.viewport().repaint()

    return show


def search(panel: Any, words: str) -> tuple[float, float]:
    """Search, and paint what is found; returns milliseconds after the pause, and computed ones."""
    ended: list[tuple[float, float]] = []

    def painted() -> None:
        panel.gallery.viewport().repaint()
        ended.append((time.perf_counter(), time.thread_time()))

    panel.session.changed.connect(painted)
    start = time.perf_counter(), time.thread_time()
    panel.session.search(words)
    spin(lambda: bool(ended), 60)
    panel.session.changed.disconnect(painted)
    return 1000 * (ended[0][0] - start[0]) - PAUSE_MS, 1000 * (ended[0][1] - start[1])


def measure(home: Path) -> None:
    """Open the panel and measure."""
    plugins = [one for one in find_plugins() if one.name == "illustrations"]
    with OffscreenStudio(plugins, home, engine=True) as studio:
        folder = studio.studio.data_folder("illustrations")
        begin = time.perf_counter()
        if not folder.exists():
            prepare(folder)
        model = home / "filter.safetensors"
        save_head(model, some_head(), ModelCard(ILLUSTRATION_FILTER), half=True)
        print(f"{ROWS:,} pictures, put in within {time.perf_counter() - begin:.1f} s;", end=" ")
        print(f"{sum(one.stat().st_size for one in folder.glob('*.sqlite')) / 1e6:.0f} MB")
        studio.studio.settings(PAGE)["model"] = str(model)
        studio.window.show()

        start = time.perf_counter(), time.thread_time()
        panel = studio.open_panel("illustrations")
        QApplication.processEvents()
        passed, computed = time.perf_counter() - start[0], time.thread_time() - start[1]
        print(f"the panel opens: {passed:.2f} s, computed {computed:.2f} s")
        session, gallery = panel.session, panel.gallery
        session.set_show("any")
        assert len(session.shapes) == ROWS and gallery.isVisible()
        spin(lambda: len(panel.thumbnails) > 10, 120)

        def again() -> None:
            session.reload()
            gallery.viewport().repaint()

        def anew() -> None:
            session.set_show("passing")
            session.set_show("any")
            gallery.viewport().repaint()

        took = timed("read the collection again, and paint", again)
        timed("the same with other pictures, twice", anew)
        timed("look for a change (every second)", session.look)
        timed("where they lie", lambda: gallery.make_flow(gallery.viewport().width()))
        timed("choose all", gallery.selectAll)
        gallery.clearSelection()
        plain = timed("in Qt's own way", in_qts_way(session.library, gallery.places.side), 3)
        print(f"  the gallery takes {took / plain:.2f} of that")
        for words in (*WORDS, ""):
            found = sorted(search(panel, words) for _ in range(5))
            passed, computed = found[0][0], min(one for _, one in found)
            print(
                f"search for “{words}”: {len(session.shapes):,} found, {passed:.1f} ms,"
                f" worst {found[-1][0]:.1f} ms; computed {computed:.1f} ms"
            )

        gaps = Gaps()
        spin(lambda: False, 3)
        gaps.describe("idle")
        bar = gallery.verticalScrollBar()
        for speed in SPEEDS:
            bar.setValue(0)
            count = int(1000 * SCROLL_SECONDS / FRAME_MS)
            scroll(gallery, iter(range(0, count * speed, speed)))
            gaps.describe(f"scrolling by {speed} pixels a frame")
        sweep = range(0, bar.maximum(), bar.maximum() // SWEEP)
        kept = []
        for _ in range(3):
            scroll(gallery, iter(sweep))
            kept.append(f"{memory():.0f}")
        gaps.describe("three times through all")
        print(f"memory after each: {', '.join(kept)} MB")


def main() -> None:
    """Measure in a folder of its own, or in the one that is named, where an earlier one left it."""
    if sys.argv[1:]:
        measure(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder))
    print(note_on_load())


if __name__ == "__main__":
    main()
