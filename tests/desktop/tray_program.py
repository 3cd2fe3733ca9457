"""A window with a tray icon and notices, which prints JSON lines of what happens to it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTranslator
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from kirara_studio.api.notices import Notice
from kirara_studio.api.panel import Panel
from kirara_studio.desktop.desktop_backends import desktop_backends
from kirara_studio.desktop.inbox import Inbox
from kirara_studio.desktop.notifications import Notifier
from kirara_studio.desktop.tray import Tray
from kirara_studio.ui.panel_windows import raise_window


def say(**event: object) -> None:
    print(json.dumps(event), flush=True)


class Japanese(QTranslator):
    """Translates every text in the same way."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"日本語 {context} {text}"

    def isEmpty(self) -> bool:
        return False


application = QApplication([])
application.setQuitOnLastWindowClosed(False)
picture = QPixmap(64, 64)
picture.fill(QColor("#E5678F"))

tray = Tray(QIcon(picture), application, grace=0.5, patience=float(os.environ.get("PATIENCE", 1)))
tray.set_panels(
    [Panel("characters", "Characters", "", "a:B"), Panel("speech", "Speech", "", "a:C")]
)
tray.availability_changed.connect(lambda available: say(available=available))
tray.toggle_requested.connect(lambda: say(asked="toggle"))
tray.show_requested.connect(lambda: say(asked="show"))
tray.quit_requested.connect(application.quit)
tray.panel_requested.connect(lambda panel: say(asked="panel", panel=panel))
tray.absent.connect(lambda: say(absent=True))
tray.balloon_clicked.connect(lambda notice: say(balloon=notice.title))

inbox = Inbox(Path(os.environ["KIRARA_HOME"], "inbox.json"), application)
inbox.arrived.connect(lambda notice: say(inbox=notice.title, unread=len(inbox.unread())))
notifier = Notifier([tray.balloon_backend(), inbox.backend()], application)
for backend in desktop_backends(notifier.activated.emit):
    notifier.add(backend)
notifier.delivered.connect(lambda notice, backend: say(delivered=notice.title, backend=backend))
notifier.activated.connect(
    lambda notice, action, token: say(activated=notice.title, panel=notice.panel, action=action)
)


def obey() -> None:
    for line in os.read(sys.stdin.fileno(), 4096).decode().splitlines():
        follow(*line.partition(" ")[::2])


def follow(command: str, argument: str) -> None:
    if command == "can_hide":
        say(can_hide=tray.can_hide(), question=argument)
    elif command == "japanese":
        application.installTranslator(translator)
    elif command == "minimise":
        window.showMinimized()
    elif command == "hide":
        window.hide()
    elif command == "raise":
        raise_window(window, argument)
        state = window.isVisible(), window.isMinimized(), window.isMaximized()
        say(raised=state, token=os.environ.get("XDG_ACTIVATION_TOKEN", ""))
    elif command == "notify":
        notifier.notify(Notice(argument, "text of it", panel="characters"))


window = QWidget()
window.setWindowTitle("Kirara Studio")
translator = Japanese()
commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
commands.activated.connect(obey)
tray.start()
say(started=True)
status = application.exec()
notifier.close()
tray.stop()
sys.exit(status)
