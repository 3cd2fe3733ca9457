"""The studio waiting in the tray: memory, processor time and wake-ups.

Compared with the least that PySide6 can put there: an icon with a menu of two entries. Both wait
side by side in one desktop (X server, session bus, panel with a tray, notification daemon), all
of it private to the benchmark. ``--minutes`` says how long they are watched (1).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.desktop_session import DesktopSession, desktop, wait_until

PARTS = ("Xvfb", "dbus-daemon", "xfce4-panel", "dunst")
SETTLE = 40.0
"""Seconds from the start until nothing of it is left: the studio looks for a tray for 30 s."""

BARE = """
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
application = QApplication([])
application.setQuitOnLastWindowClosed(False)
picture = QPixmap(64, 64)
picture.fill(QColor("#E5678F"))
menu = QMenu()
menu.addAction("Show")
menu.addAction("Quit", application.quit)
icon = QSystemTrayIcon(QIcon(picture))
icon.setContextMenu(menu)
icon.show()
application.exec()
"""


@dataclass(frozen=True)
class Reading:
    """Of a process and its children: megabytes now; seconds and wake-ups since their start."""

    resident: float
    proportional: float
    unique: float
    seconds: float
    wake_ups: int
    processes: int


def read(pid: int) -> Reading:
    """What a process and its children take."""
    root = psutil.Process(pid)
    family = [root, *root.children(recursive=True)]
    memory = [process.memory_full_info() for process in family]
    threads = [task for process in family for task in Path(f"/proc/{process.pid}/task").iterdir()]
    return Reading(
        resident=sum(one.rss for one in memory) / 1e6,
        proportional=sum(one.pss for one in memory) / 1e6,
        unique=sum(one.uss for one in memory) / 1e6,
        # The first number is nanoseconds on a processor, finer than the ticks of /proc/…/stat.
        seconds=sum(int((task / "schedstat").read_text().split()[0]) for task in threads) / 1e9,
        wake_ups=sum(_voluntary_switches(task) for task in threads),
        processes=len(family),
    )


def _voluntary_switches(task: Path) -> int:
    """How often the thread went to sleep by itself, that is, was woken."""
    lines = (task / "status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("voluntary_ctxt")).split()[1])


def watch(session: DesktopSession, minutes: float) -> dict[str, tuple[Reading, Reading]]:
    """Start both programs, let them settle, and read twice, so many minutes apart."""
    pids = {
        "studio": session.start_python("-m", "kirara_studio", "--background").process.pid,
        "bare": session.start_python("-c", BARE).process.pid,
    }
    wait_until(lambda: _icons(session) == len(pids))
    time.sleep(SETTLE)
    first = {name: read(pid) for name, pid in pids.items()}
    time.sleep(60 * minutes)
    return {name: (first[name], read(pid)) for name, pid in pids.items()}


def _icons(session: DesktopSession) -> int:
    from jeepney import DBusAddress

    name = "org.kde.StatusNotifierWatcher"
    address = DBusAddress("/StatusNotifierWatcher", name, "org.freedesktop.DBus.Properties")
    (answer,) = session.call(address, "Get", "ss", (name, "RegisteredStatusNotifierItems"))
    return len(answer[1])


def main() -> None:
    """Watch both and print what each takes, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    minutes = parser.parse_args().minutes
    missing = [name for name in PARTS if shutil.which(name) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}; see packaging/system_packages.sh --test")
    folder = Path(tempfile.mkdtemp(prefix="kirara-"))
    try:
        with desktop(folder) as session:
            readings = watch(session, minutes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"in the tray, watched for {minutes:g} min:")
    rates = {}
    for name, (first, last) in readings.items():
        seconds = (last.seconds - first.seconds) / (60 * minutes)
        wake_ups = (last.wake_ups - first.wake_ups) / minutes
        rates[name] = wake_ups
        print(
            f"  {name:<7} {last.resident:.0f} MB resident, {last.proportional:.0f} proportional, "
            f"{last.unique:.0f} unique, {last.processes} process(es); "
            f"{100 * seconds:.3f} % of a core; {wake_ups:.1f} wake-ups a minute; "
            f"{first.seconds:.2f} s to start"
        )
    studio, bare = readings["studio"][1], readings["bare"][1]
    print(
        f"  ratios: resident {studio.resident / bare.resident:.2f}, "
        f"unique {studio.unique / bare.unique:.2f}, "
        f"wake-ups {rates['studio'] / max(rates['bare'], 1 / minutes):.1f}"
    )


if __name__ == "__main__":
    main()
