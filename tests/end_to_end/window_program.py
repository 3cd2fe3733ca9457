"""The real window, which obeys lines of text and tells in JSON lines what can be seen.

``banners``            what the banners above everything say, and their buttons
``press TEXT``         click the button of a banner
``plugins``            what the list of plugins says of each
``open PANEL``         as from the navigation
``key KEYS PANEL``     press keys in the panel's own window, or without a panel in the main one
``page PAGE``          open the settings, the plugins or the help
``drop PANEL PATH``    drop a file on the panel
``quiet``              answer once nothing has been computed for a second
``apart PANEL``        open a panel in a window of its own
``click PANEL``        click the panel's primary button
``texts PANEL``        what is written in the panel
``close``              as the window's own button does
``tray``               a click on the tray's icon
``state``              which windows are there
``made``               whether there is a window at all, hidden or not
``quit``               as the tray's menu does
``again PANEL``        click “Try again” instead of the panel
``figures PLUGIN``     what was measured of a plugin

``clock SECONDS``     set the clock on the wall forward, as it stands after sleep

With ``--background`` it starts so, and with ``--impatient`` it waits a second for a tray.
``--patience SECONDS`` is how long the window may be silent, ``--fresh SECONDS`` how long a panel is
new.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow

from kirara_studio.app import make_application, write_log
from kirara_studio.desktop.end_signals import EndSignals
from kirara_studio.desktop.single_instance import StartRequest
from kirara_studio.host.folders import Folders
from kirara_studio.studio import Studio
from kirara_studio.ui import panel_guard, watchdog
from kirara_studio.ui.studio_pages import PLUGINS
from kirara_studio.ui.tour import run_until


def say(**event: object) -> None:
    print(json.dumps(event), flush=True)


def obey() -> None:
    for line in os.read(sys.stdin.fileno(), 4096).decode().splitlines():
        follow(*line.partition(" ")[::2])


def follow(command: str, argument: str) -> None:
    if command == "made":
        windows = QApplication.topLevelWidgets()
        say(made=any(isinstance(w, QMainWindow) for w in windows), question=argument)
        return
    if command == "quit":
        studio.quit()
        return
    if command == "clock":
        now = time.time() + float(argument)
        studio.scheduler._clock = lambda: now
        studio.scheduler.look()
        return
    window = studio.window
    if command == "banners":
        say(
            banners=[f"{banner.message} {banner.advice}" for banner in window.banners.banners],
            buttons=[button.text() for button in banner_buttons() if button.text()],
        )
    elif command == "press":
        next(button for button in banner_buttons() if button.text() == argument).click()
    elif command == "plugins":
        cards = window.page(PLUGINS).cards  # type: ignore[attr-defined]
        say(plugins={name: card.state_text for name, card in cards.items()})
    elif command == "open":
        window.open_panel(argument)
    elif command == "page":
        {
            "settings": window.open_settings,
            "plugins": window.open_plugins,
            "help": window.open_help,
        }[argument]()
    elif command == "drop":
        panel, _, path = argument.partition(" ")
        run_until(lambda: window.host(panel).widget is not None, 30)
        window.host(panel).widget.dropped.emit([Path(path)])  # type: ignore[union-attr]
    elif command == "quiet":
        wait_for_quiet(argument)
    elif command == "click":
        window.host(argument).widget.primary.click()  # type: ignore[union-attr]
    elif command == "texts":
        labels = window.host(argument).findChildren(QLabel)
        banners = [banner.message for banner in window.host(argument).banners.banners]
        say(texts=[label.text() for label in labels if label.isVisible()], faults=banners)
    elif command == "apart":
        window.detach(argument)
    elif command == "key":
        keys, _, panel = argument.partition(" ")
        target = window.panel_window(panel) or window
        target.activateWindow()
        QTest.qWaitForWindowActive(target)
        combination = QKeySequence(keys)[0]
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
    elif command == "again":
        window.host(argument).fault_page.again.click()  # type: ignore[union-attr]
    elif command == "figures":
        figures = studio.registry.figures(argument)
        say(figures={**vars(figures), "notes": [str(note) for note in figures.notes]})
    elif command == "close":
        window.close()
    elif command == "tray":
        studio.tray.toggle_requested.emit()
    elif command == "state":
        say(
            title=window.windowTitle(),
            visible=window.isVisible(),
            minimised=window.isMinimized(),
            active=window.isVisible() and QTest.qWaitForWindowActive(window, 3000),
            palette=window.command_palette is not None and window.command_palette.isVisible(),
            question=argument,
        )


def wait_for_quiet(question: str, since: float = 0.0) -> None:
    """Answer after a second in which no job ran."""
    since = time.monotonic() if studio.queue.busy or not since else since
    if time.monotonic() - since > 1:
        say(quiet=question)
    else:
        QTimer.singleShot(50, lambda: wait_for_quiet(question, since))


def banner_buttons() -> list[QAbstractButton]:
    return [
        button
        for banner in studio.window.banners.banners
        for button in banner.findChildren(QAbstractButton)
        if not button.isHidden()
    ]


def seconds(option: str, otherwise: float) -> float:
    return float(sys.argv[sys.argv.index(option) + 1]) if option in sys.argv else otherwise


panel_guard.FRESH_MS = int(1000 * seconds("--fresh", 60))
watchdog.PATIENCE = seconds("--patience", watchdog.PATIENCE)
watchdog.BEAT_MS = min(watchdog.BEAT_MS, int(1000 * watchdog.PATIENCE / 4))
application = make_application()
write_log(Folders.default().logs)
signals = EndSignals()
studio = Studio(application, Folders.default(), end_signals=signals)
atexit.register(studio.end_unexpectedly)
signals.wanted.connect(studio.quit)
commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
commands.activated.connect(obey)
studio.tray.availability_changed.connect(lambda there: say(tray=there))
studio.tray.absent.connect(lambda: say(absent=True))
if "--impatient" in sys.argv:
    studio.tray._patience = 1.0
studio.start(StartRequest(background="--background" in sys.argv))
say(started=True)
status = application.exec()
studio.shutdown()
say(ended=True)
sys.exit(status)
