"""Starts the studio: one per user, with a log, until the user quits."""

from __future__ import annotations

import atexit
import faulthandler
import logging
import logging.handlers
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from PySide6.QtWidgets import QApplication

from kirara_studio.api.errors import UserError
from kirara_studio.desktop.display import has_display
from kirara_studio.desktop.end_signals import EndSignals
from kirara_studio.desktop.single_instance import SingleInstance, StartRequest
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import CRASH_LOG
from kirara_studio.importing import import_pyside
from kirara_studio.studio import Studio

log = logging.getLogger(__name__)

_SET_BY_OPENCV = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def run(
    folders: Folders,
    *,
    panel: str = "",
    background: bool = False,
    safe_mode: bool = False,
    trace_hooks: bool = False,
    file: str = "",
    develop: Path | None = None,
) -> int:
    """Open the window, import ``file``, and run until the user quits; returns the exit status.

    A second start raises the first one's window and returns at once. The plugin in the source
    folder ``develop`` runs without being installed, again after each change of its files. Raises
    :class:`UserError` if there is no display.
    """
    drop_opencv_variables()
    request = StartRequest.of_this_process(panel, background, file)
    instance = SingleInstance(folders.data)
    if not instance.claim(request):
        if develop is not None:
            raise UserError(
                "The studio is open already.",
                advice="Quit it, and start it again with --develop.",
            )
        return 0
    if not has_display():
        raise UserError(
            "There is no display to open a window on.",
            advice="Start it on a desktop, or use “kirara-studio tour”, which needs none.",
        )
    write_log(folders.logs)
    application = make_application()
    # First: a KeyboardInterrupt while plugins are loaded is then one of theirs.
    signals = EndSignals()
    studio = _make_studio(
        develop,
        application,
        folders,
        safe_mode=safe_mode,
        trace_hooks=trace_hooks,
        end_signals=signals,
    )
    signals.wanted.connect(studio.quit)
    instance.requested.connect(studio.answer)
    studio.start(request)
    studio.started.connect(instance.listen)
    # A plugin's slot that raises SystemExit ends the process past the event loop.
    atexit.register(studio.end_unexpectedly)
    status = application.exec()
    studio.shutdown()
    atexit.unregister(studio.end_unexpectedly)
    instance.release()
    if studio.restart_arguments is not None:
        from PySide6.QtCore import QProcess

        QProcess.startDetached(
            sys.executable, ["-m", "kirara_studio", *studio.restart_arguments], str(Path.cwd())
        )
    return status


def _make_studio(develop: Path | None, *arguments: Any, **options: Any) -> Studio:
    """A studio, which runs the plugin in the source folder ``develop``, if any."""
    if develop is None:
        return Studio(*arguments, **options)
    from kirara_studio.host.source_plugins import read_project
    from kirara_studio.live_reload import LiveReload, write_no_bytecode

    write_no_bytecode()
    project = read_project(develop)
    project.make_importable()
    studio = Studio(*arguments, **options, find=project.find)
    studio.started.connect(LiveReload(studio, project).start)
    return studio


def run_tour(folders: Folders, out: Path) -> int:
    """Walk through every panel in the real window; 0 if every panel did its job.

    The user's settings and plugins apply; what was open and made before is left alone.
    """
    from kirara_studio.ui.tour import walk

    drop_opencv_variables()
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="kirara-tour-") as home:
        application = make_application()
        elsewhere = replace(folders, data=Path(home, "data"), results=Path(home, "results"))
        studio = Studio(application, elsewhere, on_tour=True)
        try:
            studio.start(StartRequest())
            passed = walk(studio.window, studio.registry.panels, studio.load_object, out)
        finally:
            studio.shutdown()
        return 0 if passed else 1


def make_application() -> QApplication:
    """The application object, with the names that desktops and X sessions look for."""
    import_pyside()  # programs that make a studio of their own do not come from the command line
    QApplication.setApplicationName("kirara-studio")
    QApplication.setApplicationDisplayName("Kirara Studio")
    QApplication.setDesktopFileName("kirara-studio")
    # Named here and not by setStyle(), whose answer makes PySide import QStyle and its enums.
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    # Without a window the studio lives on in the tray.
    application.setQuitOnLastWindowClosed(False)
    return application


def write_log(folder: Path) -> None:
    """Keep a log of the last days, for the crash dialog's "Open the log folder"."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "kirara-studio.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError as error:
        log.warning("No log is written: %s", error)
        return
    # A crash in native code leaves its stacks here; nothing else could report it.
    faulthandler.enable((folder / CRASH_LOG).open("a", encoding="utf-8"))
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for other in root.handlers:  # the terminal shows problems only
        other.setLevel(max(other.level, root.level))
    root.addHandler(handler)
    logging.getLogger("kirara_studio").setLevel(logging.INFO)


def drop_opencv_variables() -> None:
    """Forget the Qt plugins and fonts that opencv-python points to when it is imported.

    They belong to its own Qt 5, and child processes inherit them. Call it at start, and before a
    child is started. Other values stay.
    """
    for name in _SET_BY_OPENCV:
        if "cv2" in PurePath(os.environ.get(name, "")).parts:
            del os.environ[name]
